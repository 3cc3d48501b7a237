import { didYouMean, error, listOf, quote, type DiagnosticTable } from "./define.js";

/** What is said of the columns of datasets. */
export const columnDiagnostics = {
  "unnamed-column": error(
    (p: { column?: string | undefined }) =>
      p.column === undefined
        ? "This column has no name. Give it one: `… AS name`."
        : `To Spark, ${quote(JSON.stringify(p.column))} is a text, not a column. Write ${quote(p.column)}, or give the text a name: \`… AS name\`.`,
    {
      what: "A SELECT of a transform has an expression without an alias; it may be a column's name in double quotes, which Spark takes for a text.",
      why: "Spark makes a name up, which nothing can refer to with confidence.",
      fix: "Add `AS name`. Names of columns stand without quotes, or in backquotes.",
    },
  ),
  "column-not-selected": error(
    (p: { name: string; nearest?: string | undefined; known: readonly string[] }) =>
      `${quote(p.name)} is declared, and the SQL does not select it.${p.nearest === undefined ? (p.known.length > 0 && p.known.length <= 8 ? ` It selects ${listOf(p.known, "and")}.` : " Select it, or remove it from `columns`.") : didYouMean(p.nearest)}`,
    {
      what: "`columns` of a transform has a column that its SELECT does not give.",
      why: "Whoever reads the column would find nothing.",
      fix: "Select it, or remove it from `columns`.",
    },
  ),
  "column-not-declared": error(
    (p: { name: string; transform: string }) =>
      `The SQL also selects ${quote(p.name)}. Add it to \`columns\` of ${quote(p.transform)}, with its type, or select it no longer.`,
    {
      what: "The SELECT of a transform gives a column that its `columns` do not have.",
      why: "`columns` says what the table is; a column that is in one and not in the other is a mistake in one of them.",
      fix: "Declare it, or take it out of the SELECT.",
    },
  ),
  "column-type-differs": error(
    (p: { name: string; declared: string; found: string }) =>
      p.declared === "NOT NULL"
        ? `${quote(p.name)} is declared NOT NULL (\`!\`), and the SQL can give NULL for it. Declare it without \`!\`, or give a value in place of NULL with \`coalesce(…)\`.`
        : `${quote(p.name)} is declared ${p.declared}, and the SQL gives ${p.found}. Correct one of them, such as with \`CAST(… AS ${p.declared})\`.`,
    {
      what: "`columns` of a transform gives a column another type than its SELECT does, or says NOT NULL where the SELECT can give NULL.",
      why: "`columns` is what readers of the table count on. A column that is declared without `!` and never NULL is no mistake: that promises less.",
      fix: "Correct the declaration or the SQL; or remove `columns`, which are inferred then.",
    },
  ),
  "column-order": error(
    (p: { name: string; declared: number; found: number }) =>
      `${quote(p.name)} is column ${p.declared} of \`columns\`, and column ${p.found} of the SELECT. Put them in the same order.`,
    {
      what: "`columns` of a transform has the columns of its SELECT in another order.",
      why: "Columns have an order for who reads the table by position.",
      fix: "Put them in the same order; or remove `columns`, which are inferred then.",
    },
  ),
  "duplicate-column": error(
    (p: { name: string; topic?: string }) =>
      p.topic !== undefined
        ? `${quote(p.topic)} gets a column \`ingested_at\` from \`ingested_at: broker\`. Take ${quote(p.name)} out; a field of the messages has to have another name.`
        : `Two columns are named ${quote(p.name)}; Spark does not tell upper from lower case. Rename one.`,
    {
      what: "Two columns of one table have the same name, if upper and lower case are not told apart.",
      why: "A reference to the name would be ambiguous.",
      fix: "Give one of them an alias.",
    },
  ),
  "columns-needed": error(
    (p: { name: string; reader: string; unknown: readonly string[] }) =>
      p.unknown.length === 0
        ? `The columns of ${quote(p.name)} are not all known, and ${quote(p.reader)} reads it. Add \`columns\` to ${quote(p.name)}, with the name and type of each.`
        : `The type of ${listOf(p.unknown, "and")} in ${quote(p.name)} is not known, and ${quote(p.reader)} reads it. Write \`CAST(… AS …)\` around what gives ${p.unknown.length === 1 ? "it" : "each"}, or add \`columns\` to ${quote(p.name)}.`,
    {
      what: "Features, a model or a deployment read a transform, and the type of one of its columns does not follow from its SQL.",
      why: "Types are needed to check what is computed from them.",
      fix: "Write `CAST(… AS type)` around what gives the column; or add `columns:` with the name and type of each column of the SELECT.",
    },
  ),
  "unfit-type": error(
    (p: { column: string; type: string; reason: string }) => `${quote(p.column)} cannot be ${p.type} here: ${p.reason}.`,
    {
      what: "A column has a type that its place does not take.",
      why: "Spark would fail when the job runs, or read something else than what is meant.",
      fix: "Choose another type, or read the column as it is and convert it in a transform.",
    },
  ),
  "reserved-column": error(
    (p: { name: string; reason: string }) => `No column can be named ${quote(p.name)} here: ${p.reason}. Rename it.`,
    {
      what: "A column has a name that emitted programs use for a column of their own.",
      why: "Two columns of one table would have the same name.",
      fix: "Rename the column, or give it another name in a transform.",
    },
  ),
} satisfies DiagnosticTable;
