import fc from "fast-check";
import { expect, it } from "vitest";
import { checkExpression, type Scope } from "../../src/4-analyze/expr/check.js";
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
])("types %s as %s", (text, type) => {
  expect(printDataType(check(text).type)).toBe(type);
});

it("follows NULL", () => {
  expect(check("n + 1").nullable).toBe(false);
  expect(check("amount > 1").nullable).toBe(true);
  expect(check("coalesce(amount, 0)").nullable).toBe(false);
  expect(check("case when ok then 1 end").nullable).toBe(true);
  expect(check("amount is null").nullable).toBe(false);
});

it.each([
  ["amout > 0", "unknown-column", "amout"],
  ["upper(country) = 'FR'", "not-yet-supported", "upper"],
  ["uper(country)", "unknown-function", "uper"],
  ["country > 1", "type-mismatch", "country > 1"],
  ["n + ", "expression-syntax", "+"],
  ["n && ok", "type-mismatch", "n && ok"],
  ["country like 'F%'", "not-yet-supported", "like"],
  ["n in (select 1)", "not-yet-supported", "select"],
  ["country = 'FR", "expression-syntax", "'FR"],
  ["count(*)", "not-yet-supported", "count(*"],
  ["a b", "expression-syntax", "b"],
  ["not n", "type-mismatch", "n"],
  ["case n when 1 then 2 else 'x' end", "type-mismatch", "case n when 1 then 2 else 'x' end"],
])("finds what is wrong with %s", (text, code, at) => {
  expect(finding(text)).toEqual([code, at]);
});

it("knows what can fail", () => {
  for (const text of ["n / n", "n % n", "n / 0", "n / coalesce(n, 1)", "cast(credit as int)"])
    expect(whyRaises(check(text)), text).toBeDefined();
  for (const text of ["n / nullif(n, 0)", "n / 2", "n / -2.5", "n * big", "cast(n as double)", "n / cast(nullif(n, 0) as double)"])
    expect(whyRaises(check(text)), text).toBeUndefined();
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
