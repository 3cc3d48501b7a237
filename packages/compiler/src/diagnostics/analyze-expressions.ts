import { didYouMean, error, listOf, quote, type DiagnosticTable } from "./define.js";

/** What there is instead, where it is short. */
function had(names: readonly string[]): string {
  if (names.length === 0) return "";
  return names.length <= 12
    ? ` It has ${listOf(names, "and")}.`
    : ` It has ${listOf(names.slice(0, 10), "and").replace(/ and (`[^`]*`)$/, ", $1")} and ${names.length - 10} more.`;
}

/** Of an aggregate's name without a window, the names that it has with one; else all. */
function windowsOf(name: string, known: readonly string[]): readonly string[] {
  const windows = known.filter((one) => one.startsWith(`${name}_`) && /^(?:\d+(?:ms|[smhdw])|all)$/.test(one.slice(name.length + 1)));
  return windows.length === 0 ? known : windows;
}

export const expressionDiagnostics = {
  "expression-syntax": error((p: { reason: string }) => `This expression cannot be read: ${p.reason}.`, {
    what: "An expression is not Spark SQL.",
    why: "It would fail when the job runs.",
    fix: "Correct the place that is underlined. Text stands in single quotes, names with special characters in backquotes.",
  }),
  "expression-too-deep": error(() => "This expression is too long or too deeply nested. Compute parts of it in a transform.", {
    what: "An expression has thousands of parts, or brackets nested dozens deep.",
    why: "Parsers, Spark's too, run out of stack on such expressions.",
    fix: "Compute parts of it in a transform's SQL.",
  }),
  "not-yet-supported": error(
    (p: { what: string; kind?: string | undefined }) =>
      `${p.kind === undefined ? "" : `The ${p.kind} `}${quote(p.what)} is Spark's, and cannot be used here yet. Compute it in the SQL of a transform, and use that column here.`,
    {
      what: "An expression or aggregate uses a part of Spark SQL that is not in mlspec's grammar yet.",
      why: "Expressions run in Spark and in Python with the same result, which holds only for what has been tested in both.",
      fix: "Compute the value in a transform's SQL, and use its column here.",
    },
  ),
  "unknown-function": error(
    (p: { name: string; nearest?: string | undefined; known?: readonly string[] | undefined }) =>
      p.known === undefined || p.known.length === 0
        ? `Spark has no function ${quote(p.name)}.${didYouMean(p.nearest)}`
        : p.name === "mask.drop"
          ? "There is no function `mask.drop`: what a query is not to give, it does not select. Leave the column out here, or keep it out of the stored source by `mask: drop` at its declaration."
          : `There is no function ${quote(p.name)}.${p.nearest === undefined ? ` \`mask\` has ${listOf(p.known, "and")}.` : didYouMean(p.nearest)}`,
    {
      what: "An expression calls a function that neither Spark nor `mask` has.",
      why: "It would fail when the job runs.",
      fix: "Correct the name.",
    },
  ),
  "unknown-aggregate": error(
    (p: { name: string; nearest?: string | undefined; known: readonly string[] }) =>
      `There is no aggregate ${quote(p.name)}.${p.nearest === undefined ? ` It takes ${listOf(p.known)}.` : didYouMean(p.nearest)}`,
    {
      what: "A feature uses an aggregate that does not exist.",
      why: "It cannot be computed.",
      fix: "Choose one of the aggregates that the message lists: `avg` for a mean, `approx_percentile(x, 0.5)` for a median. What has no aggregate, such as the most frequent value, is computed in a transform.",
    },
  ),
  "unknown-column": error(
    (p: { name: string; where: string; known: readonly string[]; nearest?: string | undefined }) =>
      `${/[ `]/.test(p.where) ? p.where : quote(p.where)} has no ${quote(p.name)}.${p.nearest === undefined ? had(windowsOf(p.name, p.known)) : didYouMean(p.nearest)}`,
    {
      what: "A name is no column, output or metric of what it is looked up in. An aggregate is known by its name and the window's: `spend: sum(amount) over [1h, 7d]` makes `spend_1h` and `spend_7d`, and no `spend`.",
      why: "It would fail when the job runs.",
      fix: "Correct the name. Outputs of other groups are written `group.output`, with the window's name: `spend_7d`.",
    },
  ),
  "type-mismatch": error(
    (p: { reason: string; remedy?: string | undefined }) =>
      `The types do not fit: ${p.reason}.${p.remedy ?? (/condition|boolean/.test(p.reason) ? " Compare the other value with something, such as `amount > 0`." : " Convert with `cast(… AS type)`, or in a transform.")}`,
    {
      what: "An operator or function gets values of types that it does not take.",
      why: "Spark would refuse it, or convert text at run time and fail on the first row that does not fit.",
      fix: "Compare and compute values of one kind; convert with `CAST`, or in a transform.",
    },
  ),
  "not-boolean": error(
    (p: { type: string }) =>
      `A condition has to be true or false for each row; this is of type ${p.type}. Compare it with something, such as \`amount > 0\`.`,
    {
      what: "A check or `where` is an expression of another type than boolean.",
      why: "It does not say which rows are meant.",
      fix: "Write a comparison, such as `amount > 0`.",
    },
  ),
  "may-fail": error(
    (p: { reason: "divides" | "casts" | "overflows"; what: string }) =>
      p.reason === "overflows"
        ? `${quote(p.what)} never fits its type. Write a number of it with a point, such as \`1.0\`, or cast to double.`
        : p.reason === "divides"
          ? `This fails on a row where ${quote(p.what)} is zero. Write \`nullif(${p.what}, 0)\`.`
          : `This fails on a row where ${quote(p.what)} does not fit the type. Cast to double, or convert it in a transform.`,
    {
      what: "A derived feature, a condition or what is aggregated divides by a value that can be zero, casts to a type that may not hold the value, or computes what never fits its type.",
      why: "One such row would stop a whole job, and, of a derived feature, every request with it.",
      fix: "Divide by `nullif(x, 0)`, or write `try_divide(a, x)`: the result is then NULL. Sums, differences and products need nothing: where one does not fit its type it is NULL.",
    },
  ),
} satisfies DiagnosticTable;
