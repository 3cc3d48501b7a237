import { didYouMean, error, hint, listOf, quote, warning, type DiagnosticTable } from "./define.js";

export const resolveDiagnostics = {
  "unknown-reference": error(
    (p: { kind: string; name: string; nearest?: string | undefined; known: readonly string[]; is?: string | undefined }) =>
      `There is no ${p.kind} ${quote(p.name)}${p.is === undefined ? "" : `: it is ${/^[aeiou]/.test(p.is) ? "an" : "a"} ${p.is}`}.${p.nearest !== undefined ? didYouMean(p.nearest) : p.known.length === 0 ? ` No ${p.kind} is defined: add one, or name the file that holds it in ${quote("include")}.` : p.known.length <= 8 ? ` There is ${listOf(p.known, "and")}.` : ""}`,
    {
      what: "A name is used that nothing in the project defines.",
      why: "What does not exist cannot be read, computed or deployed.",
      fix: "Correct the name, or add the definition. If it stands in another file, name that file in `include`.",
    },
  ),
  "duplicate-definition": error(
    (p: { kind: string; name: string }) => `${quote(p.name)} is defined twice: ${p.kind}. Rename one of the two.`,
    {
      what: "Two definitions of one kind, or a source and a transform, have the same name.",
      why: "Sources and transforms are both tables in SQL, so they share their names; every other kind has its own. A name must mean one thing.",
      fix: "Rename one of them. The other place is shown with the message.",
    },
  ),
  "unused-definition": warning(
    (p: { kind: string; name: string }) => `Nothing uses the ${p.kind} ${quote(p.name)}. Use it, or take it out.`,
    {
      what: "A definition is used by no other.",
      why: "It costs attention and, for some kinds, computing time.",
      fix: "Use it or remove it.",
    },
  ),
  "unused-var": hint((p: { name: string }) => `Nothing uses the variable ${quote(p.name)}.`, {
    what: "A variable of `vars` is used nowhere.",
    why: "Whoever changes it will expect something to change.",
    fix: "Remove it, or use it as `${var.name}`.",
  }),
  "unknown-var": error(
    (p: { name: string; nearest?: string | undefined; known: readonly string[] }) =>
      `There is no variable ${quote(p.name)}.${p.nearest !== undefined ? didYouMean(p.nearest) : p.known.length === 0 ? " Define it in `vars`." : ` There is ${listOf(p.known, "and")}.`}`,
    {
      what: "`${var.name}` or an environment's `vars` names a variable that the project does not define.",
      why: "Its value, and so its type, is unknown.",
      fix: "Correct the name, or define it with its default value in `vars` of `mlspec.yaml`.",
    },
  ),
  "substitution-here": error(
    (p: { text: string }) => `${quote(p.text)} is not replaced here: this key does not take variables. Write the value out.`,
    {
      what: "`${…}` stands in a value that is not marked for variables in the reference.",
      why: "Left as it is, it would silently reach the emitted files as text.",
      fix: "Write the value out, or change it per environment in `overrides`.",
    },
  ),
  "bad-substitution": error(
    (p: { text: string; meant?: string | undefined }) =>
      `${quote(p.text)} cannot be replaced: only \`\${var.name}\` is, with \`name\` defined in \`vars\`.${p.meant === undefined ? " Variables of the shell are not read." : didYouMean(p.meant)}`,
    {
      what: "A `${…}` is not of the form `${var.name}`, or a variable is written as in another tool: `{{ var.name }}`, `$name`.",
      why: "mlspec replaces variables of the project only: no environment variables, no expressions. What it leaves as it is would become a folder or topic of that name.",
      fix: "Write `${var.name}` and define `name` in `vars`.",
    },
  ),
  "var-type": error(
    (p: { name: string; wanted: string; found: string }) =>
      `The variable ${quote(p.name)} is ${p.wanted} by its default in \`vars\`; this is ${p.found}. Write ${p.wanted}, or change the default.`,
    {
      what: "An environment gives a variable a value of another kind than its default.",
      why: "The default gives the type: what is right with the default must be right with every other value.",
      fix: "Write a value of the same kind, or change the default.",
    },
  ),
  "include-nothing": error(
    (p: { pattern: string; nearest?: string | undefined }) =>
      `${quote(p.pattern)} matches no file below the project folder.${p.nearest === undefined ? " Correct it, or remove it." : didYouMean(p.nearest)}`,
    {
      what: "An entry of `include` matches no file below the project folder.",
      why: "The definitions that are meant would be missing without a word.",
      fix: "Correct the path, or remove the entry.",
    },
  ),
} satisfies DiagnosticTable;
