import { error, quote, warning, type DiagnosticTable } from "./define.js";

/** What transforms say of themselves: functions, and what is recomputed of them. */
export const transformDiagnostics = {
  "function-needs": error(
    (p: { name: string; key: "columns" | "inputs" }) =>
      p.key === "columns"
        ? `What ${quote(p.name)} returns is not declared: write its ${quote("columns")} with their types.`
        : `What ${quote(p.name)} reads is not declared: write its ${quote("inputs")}.`,
    {
      what: "A transform by a function of the project's own lacks `columns` or `inputs`.",
      why: "Nobody can see what a function reads and returns before it runs, so both are declared, and the result is held to it.",
      fix: "Add `inputs: [orders, customers]`, the datasets that the function gets, and `columns:` with the name and type of each column that it returns.",
    },
  ),
  "inputs-of-sql": error(
    (p: { name: string }) => `${quote("inputs")} are of functions: the SQL of ${quote(p.name)} says itself what it reads. Remove the key.`,
    {
      what: "A transform by SQL has `inputs`.",
      why: "A SELECT names its tables, and a list beside it could say something else.",
      fix: "Remove `inputs`.",
    },
  ),
  "not-incremental": error((p: { name: string; why: string }) => `${quote(p.name)} cannot be incremental: ${p.why}.`, {
    what: "A transform is to be recomputed for an interval alone, but its rows may depend on any others.",
    why: "What an interval leaves out would be missing from the values, and the table would not be what a whole computation gives.",
    fix: "Write `as: table`, which recomputes the whole; or compute each row from one row (no joins, groups, windows, limits), with the event time as it is; or, where a row needs rows up to some time before it, declare that time as `look_back`. A window may look no further back than that, and never ahead.",
  }),
  "look-back-idle": warning(
    (p: { name: string }) =>
      `Nothing goes by the \`look_back\` of ${quote(p.name)}: neither it nor what reads it is incremental. Remove it.`,
    {
      what: "A transform declares `look_back`, and no incremental transform is computed from it.",
      why: "Whatever is computed as a whole looks at all rows anyway.",
      fix: "Remove `look_back`, or write `as: incremental`.",
    },
  ),
} satisfies DiagnosticTable;
