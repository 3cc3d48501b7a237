import { didYouMean, error, listOf, quote, warning, type DiagnosticTable } from "./define.js";

export const templateDiagnostics = {
  "template-unknown": error(
    (p: { name: string; names: readonly string[]; nearest: string | undefined }) =>
      `There is no template ${quote(p.name)}.${didYouMean(p.nearest)}${p.nearest === undefined ? listed(p) : ""}`,
    {
      what: "A key of `templates` is not the name of a template.",
      why: "The file would replace nothing, and nobody would notice.",
      fix: "Correct the name: `mlspec eject` lists them. A name is the target and the path below it, without `.hbs`: `airflow/dag.py`.",
    },
  ),
  "template-mistake": error((p: { name: string; reason: string }) => `In place of ${quote(p.name)} this cannot be used: ${p.reason}.`, {
    what: "A template of the project's own has a slip of syntax, a hole that is not typed, or asks for data that there is not.",
    why: "What a specification says must never become code by itself: each hole says how its value is printed, as ours do.",
    fix: "Correct the line. Holes are `{{py x}}` (a Python literal), `{{ident x}}`, `{{name x}}`, `{{block x}}` (code that was printed already), `{{comment x}}` and `{{docstring x}}`; blocks are `if`, `unless`, `each` and `with`. `mlspec eject NAME` writes ours, which shows the data that there is.",
  }),
  "template-refused": error(
    (p: { name: string; path: string }) =>
      `${quote(p.path)} would print ${quote(p.name)}, and ${quote("--no-plugins")} refuses templates of the project's own. Run without it where you trust the project.`,
    {
      what: "The project has a template of its own, and mlspec was told not to run the project's code.",
      why: "A template decides what the emitted programs do: whoever can change the project could put anything there.",
      fix: "Leave `--no-plugins` out where you trust whoever wrote the project, or remove the key.",
    },
  ),
  "template-unused": warning(
    (p: { name: string }) => `Nothing is printed by ${quote(p.name)} in this project, so its replacement has no effect. Remove it.`,
    {
      what: "A template is replaced that no file of the output is printed by.",
      why: "The change that it makes is nowhere to be seen.",
      fix: "Remove the key, or add the definitions or the target that the template is for.",
    },
  ),
} satisfies DiagnosticTable;

/** Those of the same target, where it has any. */
function listed({ name, names }: { readonly name: string; readonly names: readonly string[] }): string {
  const near = names.filter((each) => each.split("/")[0] === name.split("/")[0]);
  return near.length === 0 ? ` ${quote("mlspec eject")} lists them.` : ` There ${near.length === 1 ? "is" : "are"} ${listOf(near, "and")}.`;
}
