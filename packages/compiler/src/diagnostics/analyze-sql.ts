import { didYouMean, error, hint, listOf, quote, type DiagnosticTable } from "./define.js";

/** Ours, for what Spark has only a number for, or an internal error. */
const UNNAMED: ReadonlySet<string> = new Set([
  "COLUMN_IS_NOT_VARIANT_TYPE",
  "INVALID_PIVOT_AGGREGATE",
  "UNSUPPORTED_EXPR_FOR_OPERATOR",
  "WINDOW_FUNCTION_AND_FRAME_MISMATCH",
  "WINDOW_FUNCTION_WITHOUT_ORDER",
]);

/** What Spark calls it, for who looks it up there: the condition without what it is refined to, of which it has several for one mistake. */
export function sparkCondition(condition: string): string | undefined {
  const [first = ""] = condition.split(".");
  return first.startsWith("_") || UNNAMED.has(first) ? undefined : first;
}

function spark(condition: string): string {
  const name = sparkCondition(condition);
  return name === undefined ? "" : ` (Spark: ${name})`;
}

export interface Said {
  readonly says: string;
  readonly condition: string;
}
const sentence = ({ says, condition }: Said): string => {
  const [first = "", ...rest] = says.split(/\. (?=[A-Z])/);
  return [`${first}${spark(condition)}`, ...rest].map((part) => `${part}.`).join(" ");
};

const REFUSED = "Spark refuses the query, but only when the job runs.";

/** Mistakes that the binder finds in SQL: each code stands for several of Spark's error conditions, which the message names. */
/** What Spark has in place of words of other databases. */
const IN_SPARK: Readonly<Record<string, string>> = {
  QUALIFY: "Name the window function in a subquery, and put a `WHERE` around it.",
  TOP: "Write `LIMIT` at the end of the query.",
  FETCH: "Write `LIMIT` at the end of the query.",
  EXCLUDE: "Write `* EXCEPT (…)`.",
  PREWHERE: "Write `WHERE`.",
  INTO: "Write the query only: `as: table` stores what it gives.",
  CONNECT: "Write `WITH RECURSIVE`.",
};

export const sqlDiagnostics = {
  "sql-not-spark": error(
    (p: { what: string }) =>
      `Spark SQL has no ${quote(p.what)}. ${IN_SPARK[p.what.toUpperCase()] ?? "Write it another way, such as a subquery."}`,
    {
      what: "The SQL uses a construct of another database.",
      why: "Spark refuses it when the job runs.",
      fix: "Write it in Spark's SQL. `QUALIFY` becomes a subquery with the window function and a `WHERE` around it.",
    },
  ),
  "sql-unresolved-column": error(
    (p: Said & { name: string; nearest?: string | undefined; known: readonly string[] }) =>
      `${sentence(p)}${p.nearest === undefined ? (p.known.length > 0 && p.known.length <= 12 ? ` There is ${listOf(p.known, "and")}.` : "") : didYouMean(p.nearest)}`,
    {
      what: "SQL names a column, a field or an alias that none of the tables it reads has.",
      why: REFUSED,
      fix: "Correct the name. Columns of other tables have to be joined; an alias of SELECT is not known in WHERE.",
    },
  ),
  "sql-ambiguous-reference": error(sentence, {
    what: "SQL names a column that several of its tables have.",
    why: REFUSED,
    fix: "Write the table or its alias before the name, or join with `USING (…)`.",
  }),
  "sql-missing-aggregation": error(sentence, {
    what: "A query with aggregates also selects a column of single rows.",
    why: "A group has many rows, and it is not said which row's value is meant. " + REFUSED,
    fix: "Group by the column, aggregate it, or compute the aggregate over a window with `OVER (…)`.",
  }),
  "sql-datatype-mismatch": error(sentence, {
    what: "An operator, a function or a set operation in SQL is given types that it does not take.",
    why: REFUSED,
    fix: "Convert with `CAST(… AS type)`; `TRY_CAST` gives NULL where a value cannot be converted.",
  }),
  "sql-wrong-arguments": error(sentence, {
    what: "A function is called with another number or kind of arguments than it takes.",
    why: REFUSED,
    fix: "Correct the arguments.",
  }),
  "sql-column-count": error(sentence, {
    what: "Two parts of a query should have the same number of columns, and have not.",
    why: REFUSED,
    fix: "Select as many columns as the other part has.",
  }),
  "sql-misplaced": error(sentence, {
    what: "An aggregate, a window function, a star or what makes rows stands where it cannot.",
    why: "A query looks at WHERE first, then groups, then computes windows: a clause sees only what comes before it. " + REFUSED,
    fix: "Compute the value in a query below (`WITH … AS (…)`), and name its column.",
  }),
  "sql-invalid-clause": error(sentence, {
    what: "A clause of a query says something that it cannot say.",
    why: REFUSED,
    fix: "Correct the clause.",
  }),
  "sql-not-modelled": hint(
    (p: { why: string }) =>
      `mlspec does not follow Spark here: ${p.why}. What is made of it has no known type; declare it in \`columns\` where something reads it.`,
    {
      what: "A query uses a part of Spark SQL whose result mlspec does not work out.",
      why: "Nothing is guessed: types that are not known are not checked.",
      fix: "Nothing has to be done. Where features or a model read the column, declare the transform's `columns`.",
    },
  ),
} satisfies DiagnosticTable;
