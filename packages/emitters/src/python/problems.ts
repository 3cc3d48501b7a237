/** What only this target cannot do: said at the definition, before anything is written. */
import type { EmitContext, EmitterDiagnostic, Model } from "@mlspec/compiler";
import { isScalar, typeName } from "./types.js";

export function reportProblems({ ir, report }: Pick<EmitContext<unknown>, "ir" | "report">): void {
  for (const problem of Object.values(ir.models).flatMap(problemsOf)) report(problem);
}

function problemsOf(model: Model): readonly EmitterDiagnostic[] {
  const inputs = model.inputs
    .filter(({ type }) => !isScalar(type))
    .map(({ group, column, type }) =>
      problem(
        model,
        "input-type",
        `\`${group}.${column}\` is of type ${typeName(type)}, which no model takes. Leave it out of \`features\`, or derive a number or a string from it.`,
      ),
    );
  const { trainer } = model;
  if (trainer.kind === "class" || IMPORTABLE.test(trainer.file)) return inputs;
  const text = `\`${trainer.file}\` cannot be imported: name the file and its folders with letters, digits and underscores, as in \`src/train.py\`.`;
  return [...inputs, problem(model, "module-path", text)];
}

const IMPORTABLE = /^(?:[A-Za-z_][A-Za-z0-9_]*\/)*[A-Za-z_][A-Za-z0-9_]*\.py$/;

function problem(model: Model, code: string, message: string): EmitterDiagnostic {
  return { code, severity: "error", message, definition: model.definition };
}
