import fc from "fast-check";
import { expect, it } from "vitest";
import { checkExpression, type Scope } from "../../src/4-analyze/expr/check.js";
import { fitting } from "../../src/4-analyze/expr/fitting.js";
import { printSpark, sparkString } from "../../src/4-analyze/expr/print.js";
import { whyRaises } from "../../src/4-analyze/expr/raises.js";
import { parseDataType, printDataType } from "../../src/4-analyze/types/text.js";

const types: Record<string, string> = {
  amount: "decimal(12,2)",
  credit: "double",
  n: "int",
  big: "bigint",
  country: "string",
  ok: "boolean",
  at: "timestamp",
  "order id": "string",
  select: "int",
};
const scope: Scope = {
  resolve([name = ""]) {
    const type = parseDataType(types[name] ?? "");
    return type
      ? { ref: { scope: "dataset", name }, type, nullable: name !== "n" }
      : { unknown: 0, names: Object.keys(types), where: "payments" };
  },
};
const check = (text: string): NonNullable<ReturnType<typeof checkExpression>["expr"]> => {
  const { expr, findings } = checkExpression(text, scope);
  if (expr === undefined) throw new Error(JSON.stringify(findings));
  return expr;
};
const finding = (text: string): unknown => {
  const { code, span } = checkExpression(text, scope).findings[0] ?? { code: "", span: { start: 0, end: 0 } };
  return [code, text.slice(span.start, span.end)];
};

it.each([
  ["1", "int"],
  ["3000000000", "bigint"],
  ["99999999999999999999", "decimal(20,0)"],
  ["1.5", "decimal(2,1)"],
  ["0.005", "decimal(3,3)"],
  ["1e3", "double"],
  ["-1", "int"],
  ["n + 1", "int"],
  ["n / 2", "double"],
  ["n + big", "bigint"],
  ["amount + 1", "decimal(13,2)"],
  ["amount * amount", "decimal(25,4)"],
  ["amount / amount", "decimal(27,15)"],
  ["amount % 3", "decimal(3,2)"],
  ["amount + credit", "double"],
  ["amount / 3", "decimal(14,4)".replace("14,4", "16,6")],
  ["coalesce(n, 0.5)", "decimal(11,1)"],
  ["coalesce(1, amount)", "decimal(12,2)"],
  ["coalesce(0.125, 1)", "decimal(13,3)"],
  ["case when ok then n else big end", "bigint"],
  ["nullif(n, 0)", "int"],
  ["hour(at)", "int"],
  ["cast(amount as double)", "double"],
  ["try_add(n, big)", "bigint"],
  ["try_divide(n, 2)", "double"],
  ["try_multiply(amount, amount)", "decimal(25,4)"],
  ["try_subtract(1, credit)", "double"],
  ["try_divide(amount, 3)", "decimal(16,6)"],
  ["abs(n)", "int"],
  ["abs(amount)", "decimal(12,2)"],
  ["round(amount)", "decimal(11,0)"],
  ["round(amount, 1)", "decimal(12,1)"],
  ["round(amount, 5)", "decimal(13,2)"],
  ["round(amount, -2)", "decimal(11,0)"],
  ["round(0.5, -3)", "decimal(4,0)"],
  ["round(credit, 2)", "double"],
  ["round(n)", "int"],
  ["floor(credit)", "bigint"],
  ["ceiling(n)", "bigint"],
  ["ceil(amount)", "decimal(11,0)"],
  ["greatest(n, amount, 0.125)", "decimal(13,3)"],
  ["least(country, 'x')", "string"],
  ["greatest(at, null)", "timestamp"],
  ["sqrt(amount)", "double"],
  ["log(2, n)", "double"],
  ["power(n, 2)", "double"],
  ["isnan(credit)", "boolean"],
  ["CHAR_LENGTH(country)", "int"],
  ["upper(trim(country))", "string"],
  ["country like 'F%'", "boolean"],
  ["not country not like 'F\\\\%'", "boolean"],
  ["country || '-' || upper(country)", "string"],
  ["concat(country, null)", "string"],
  ["startswith(country, 'F')", "boolean"],
  ["substr(country, -2, 1)", "string"],
  ["replace(country, 'F', '')", "string"],
])("types %s as %s", (text, type) => {
  expect(printDataType(check(text).type)).toBe(type);
});

it.each([
  ["if(ok, n, big)", "case when ok then n else big end"],
  ["IF(n > 1, 'a', 'b')", "case when n > 1 then 'a' else 'b' end"],
  ["nvl(amount, 0)", "coalesce(amount, 0)"],
  ["ifnull(country, 'FR')", "coalesce(country, 'FR')"],
  ["nvl2(amount, 1, 2)", "case when amount is not null then 1 else 2 end"],
  ["isnull(amount)", "amount is null"],
  ["isnotnull(amount)", "amount is not null"],
  ["country || '-' || country", "concat(country, '-', country)"],
  ["country not like 'F%'", "not (country like 'F%')"],
  ["like(country, 'F%')", "country like 'F%'"],
])("reads %s as %s", (text, plain) => {
  expect(check(text)).toEqual(check(plain));
});

it("follows NULL", () => {
  expect(check("n + 1").nullable).toBe(false);
  expect(check("amount > 1").nullable).toBe(true);
  expect(check("coalesce(amount, 0)").nullable).toBe(false);
  expect(check("case when ok then 1 end").nullable).toBe(true);
  expect(check("amount is null").nullable).toBe(false);
  expect(check("try_add(n, 1)").nullable).toBe(true);
  expect(check("sqrt(n)").nullable).toBe(false);
  expect(check("ln(n)").nullable).toBe(true);
  expect(check("greatest(amount, 0)").nullable).toBe(false);
  expect(check("least(amount, credit)").nullable).toBe(true);
  expect(check("pow(n, credit)").nullable).toBe(true);
  expect(check("isnan(credit)").nullable).toBe(false);
});

it.each([
  ["amout > 0", "unknown-column", "amout"],
  ["initcap(country) = 'Fr'", "not-yet-supported", "initcap"],
  ["uper(country)", "unknown-function", "uper"],
  ["country > 1", "type-mismatch", "country > 1"],
  ["n + ", "expression-syntax", "+"],
  ["n && ok", "type-mismatch", "n && ok"],
  ["country rlike '^F'", "not-yet-supported", "rlike"],
  ["country like country", "type-mismatch", "country"],
  ["country like 'F\\\\x'", "type-mismatch", "'F\\\\x'"],
  ["country like 'F!%' escape '!'", "not-yet-supported", "escape"],
  ["country like any ('F%')", "not-yet-supported", "like any"],
  ["n like '1%'", "type-mismatch", "n"],
  ["n || country", "type-mismatch", "n"],
  ["substring(country, 'a')", "type-mismatch", "'a'"],
  ["substring(country, big)", "type-mismatch", "big"],
  ["replace(country, 'a')", "type-mismatch", "replace(country, 'a')"],
  ["n in (select 1)", "not-yet-supported", "select"],
  ["country = 'FR", "expression-syntax", "'FR"],
  ["count(*)", "not-yet-supported", "count(*"],
  ["a b", "expression-syntax", "b"],
  ["not n", "type-mismatch", "n"],
  ["if(ok, n)", "type-mismatch", "if(ok, n)"],
  ["if(n, 1, 2)", "type-mismatch", "n"],
  ["isnull(n, n)", "type-mismatch", "isnull(n, n)"],
  ["try_add(n)", "type-mismatch", "try_add(n)"],
  ["try_add(n, country)", "type-mismatch", "try_add(n, country)"],
  ["try_divide(n, 1, 2)", "type-mismatch", "try_divide(n, 1, 2)"],
  ["length(n)", "type-mismatch", "n"],
  ["round(country, 1)", "type-mismatch", "country"],
  ["round(credit, n)", "type-mismatch", "n"],
  ["round(credit, 39)", "type-mismatch", "39"],
  ["round(n, -1)", "type-mismatch", "n"],
  ["greatest(n)", "type-mismatch", "greatest(n)"],
  ["least(n, country)", "type-mismatch", "least(n, country)"],
  ["sqrt(n, n)", "type-mismatch", "sqrt(n, n)"],
  ["isnan(n)", "type-mismatch", "n"],
  ["case n when 1 then 2 else 'x' end", "type-mismatch", "case n when 1 then 2 else 'x' end"],
])("finds what is wrong with %s", (text, code, at) => {
  expect(finding(text)).toEqual([code, at]);
});

it("knows what can fail", () => {
  for (const text of [
    "n / n",
    "n % n",
    "n / 0",
    "n / coalesce(n, 1)",
    "n / greatest(n, 0)",
    "n / least(n, 1)",
    "n / greatest(cast(n as decimal(38,0)), 0.5)",
    "n / abs(n)",
    "round(cast(n as decimal(38,0)), -1)",
    "cast(credit as int)",
    "cast(1e300 as bigint)",
    "cast(amount as decimal(10,0))",
  ])
    expect(whyRaises(check(text)), text).toBeDefined();
  for (const text of [
    "n / nullif(n, 0)",
    "n / 2",
    "n / -2.5",
    "n * big",
    "cast(n as double)",
    "n / cast(nullif(n, 0) as double)",
    "try_divide(n, n)",
    "n / greatest(n, 1)",
    "n / least(credit, -0.5)",
    "n / (hour(at) + 1)",
    "round(amount, -2)",
    "abs(n)",
    "pow(n, -1)",
    "cast(1e3 as int)",
    "cast(amount as decimal(11,0))",
  ])
    expect(whyRaises(check(text)), text).toBeUndefined();
});

it.each([
  ["n + 1", "try_add(n, 1)"],
  ["n + n", "try_add(n, n)"],
  ["n + big", "try_add(n, big)"],
  ["big * big", "try_multiply(big, big)"],
  ["n - 1", "try_subtract(n, 1)"],
  ["-n", "try_subtract(0, n)"],
  ["-big + 1", "try_add(try_subtract(0, big), 1)"],
  ["-(n % 100)", "-(n % 100)"],
  ["hour(at) + 1", "hour(at) + 1"],
  ["hour(at) * dayofweek(at) - 200", "hour(at) * dayofweek(at) - 200"],
  ["hour(at) * 100000000", "try_multiply(hour(at), 100000000)"],
  ["coalesce(hour(at), 5) + nullif(dayofweek(at), 1)", "coalesce(hour(at), 5) + nullif(dayofweek(at), 1)"],
  ["case when ok then hour(at) else n end + 1", "try_add(CASE WHEN ok THEN hour(at) ELSE n END, 1)"],
  ["cast(n as bigint) + n", "CAST(n AS BIGINT) + n"],
  ["cast(n as bigint) * n * 2", "try_multiply(CAST(n AS BIGINT) * n, 2)"],
  ["n / 2", "n / 2"],
  ["n % 7", "n % 7"],
  ["credit * credit", "credit * credit"],
  ["amount + amount", "amount + amount"],
  ["amount * amount", "amount * amount"],
  ["amount / nullif(amount, 0)", "amount / nullif(amount, 0)"],
  ["-amount", "-amount"],
  ["amount * amount * amount * amount", "try_multiply(amount * amount * amount, amount)"],
  ["n + 1 > 5 and ok", "try_add(n, 1) > 5 AND ok"],
  ["abs(n)", "abs(nullif(n, -2147483648))"],
  ["abs(big - 1)", "abs(nullif(try_subtract(big, 1), -9223372036854775808))"],
  ["abs(hour(at) - 12) + 1", "abs(hour(at) - 12) + 1"],
  ["abs(credit) + abs(amount)", "abs(credit) + abs(amount)"],
  ["length(country) + 1", "length(country) + 1"],
  ["length(country) * 2", "try_multiply(length(country), 2)"],
  ["floor(n) + 1", "floor(n) + 1"],
  ["floor(credit) + 1", "try_add(floor(credit), 1)"],
  ["greatest(hour(at), 5) * 1000", "greatest(hour(at), 5) * 1000"],
  ["least(n, 5) + 1", "try_add(least(n, 5), 1)"],
])("computes %s so that it never fails", (text, safe) => {
  const { expr, never } = fitting(check(text), () => undefined);
  expect([printSpark(expr).replaceAll("`", ""), never]).toEqual([safe, []]);
  // What it says of types and NULL is what the checker says of the text that comes out.
  const { type, nullable } = check(safe);
  expect([expr.type, expr.nullable]).toEqual([type, nullable]);
});

it("adds up numbers of rows as they are, and knows what never fits", () => {
  const rows = { least: 0n, most: 1n << 53n };
  expect(printSpark(fitting(check("big + big - big"), () => rows).expr)).toBe("big + big - big");
  expect(printSpark(fitting(check("big * big"), () => rows).expr)).toBe("try_multiply(big, big)");
  const never = (text: string): readonly string[] => fitting(check(text), () => undefined).never.map((each) => printSpark(each));
  expect(never("n + (2147483647 + 1)")).toEqual(["2147483647 + 1"]);
  expect(never("-2147483648 - 1")).toEqual(["-2147483648 - 1"]);
  expect(never("2147483647 + hour(at)")).toEqual([]);
});

const name = fc.constantFrom("n", "big", "amount", "credit");
const tree = fc.letrec<{ number: string; condition: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    name,
    fc.constantFrom("1", "-2", "1.50", ".5", "2e3", "0.005", "`select`"),
    fc.tuple(tie("number"), fc.constantFrom("+", "-", "*", "/", "%"), tie("number")).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie("number").map((a) => `-(${a})`),
    fc.tuple(tie("condition"), tie("number")).map(([c, a]) => `case when ${c} then ${a} end`),
    tie("number").map((a) => `nullif(${a}, 0)`),
    fc.tuple(fc.constantFrom("abs", "floor", "ceil", "round", "sqrt", "ln"), tie("number")).map(([f, a]) => `${f}(${a})`),
    fc.tuple(fc.constantFrom("greatest", "least", "pow", "log"), tie("number"), tie("number")).map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(tie("number"), fc.integer({ min: 0, max: 9 })).map(([a, digits]) => `round(${a}, ${digits})`),
    fc
      .tuple(fc.constantFrom("add", "subtract", "multiply", "divide"), tie("number"), tie("number"))
      .map(([op, a, b]) => `try_${op}(${a}, ${b})`),
  ),
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant("ok"),
    fc.tuple(tie("number"), fc.constantFrom("=", "<>", "!=", "<", ">=", "=="), tie("number")).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(tie("condition"), fc.constantFrom("and", "or"), tie("condition")).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    tie("condition").map((a) => `not (${a})`),
    tie("number").map((a) => `(${a}) is not null`),
    fc.string().map((s) => `country = ${sparkString(s)}`),
    tie("number").map((a) => `n between 1 and (${a})`),
  ),
}));
it("reads back what it prints", () => {
  fc.assert(
    fc.property(fc.oneof(tree.number, tree.condition), (text) => {
      const { expr } = checkExpression(text, scope);
      if (expr === undefined) return;
      const printed = printSpark(expr);
      expect(checkExpression(printed, scope).expr, printed).toEqual(expr);
    }),
    { numRuns: 2000 },
  );
});
it("keeps strings of any content", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      expect(check(sparkString(value))).toMatchObject({ value });
    }),
    { numRuns: 2000 },
  );
});
