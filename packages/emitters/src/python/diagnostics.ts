/** The codes of this emitter. */
import type { Emitter } from "@mlspec/compiler";

export const pythonDiagnostics = {
  "input-type": {
    severity: "error",
    docs: {
      what: "A feature that a model takes has a type that is no number, string, boolean or time.",
      why: "Estimators take tables of plain values; there is no one right way to flatten an array or a struct.",
      fix: "Leave the feature out of the model's `features`, or derive a number or a string from it.",
    },
  },
  "module-path": {
    severity: "error",
    docs: {
      what: "The file of a model's `train` or `estimator` has a name that Python cannot import.",
      why: "The training program imports it as a module.",
      fix: "Name the file and its folders with letters, digits and underscores, as in `src/train.py`.",
    },
  },
} satisfies Emitter["diagnostics"];
