import { expect, it } from "vitest";
import { bind } from "../../src/sql/bind/index.js";
import { parseSql } from "../../src/sql/parse/index.js";

const problem = (text: string): Record<string, unknown> => {
  const parsed = parseSql(text);
  if (parsed.ok) throw new Error(`this was read: ${text.slice(0, 100)}`);
  const { start, end } = parsed.problem.span;
  return { ...parsed.problem, text: text.slice(start, end) };
};
const types = (text: string): readonly string[] => {
  const parsed = parseSql(text);
  return parsed.ok ? bind(parsed.query, new Map()).columns.map(({ type }) => type.kind) : [parsed.problem.kind];
};
const chain = (operator: string, count: number): string => `SELECT ${Array(count).fill("(1 = 1)").join(` ${operator} `)} AS x`;

it("says where a text ends too early", () => {
  expect(problem("SELECT a FROM\n")).toMatchObject({ kind: "syntax", span: { start: 12, end: 13 } });
});
it("points at the token that is wrong, wherever characters of two units stand before it", () => {
  expect(problem("SELECT '😀' AS a,\n 1 FRM t x")).toMatchObject({ kind: "syntax", text: "t" });
  expect(problem("SELECT 'abc")).toMatchObject({ kind: "syntax", message: "this string has no end" });
});
it("takes one statement, and it is a query", () => {
  expect(problem("SELECT 1; SELECT 2")).toMatchObject({ kind: "not-one-statement", count: 2, text: "SELECT" });
  expect(problem("SELECT 1; ; DROP TABLE x; SELECT ';'")).toMatchObject({ kind: "not-one-statement", count: 3, text: "DROP" });
  expect(problem("  -- nothing\n")).toMatchObject({ kind: "not-one-statement", count: 0 });
  expect(problem("INSERT INTO x SELECT 1")).toMatchObject({ kind: "not-a-select", found: "INSERT", text: "INSERT" });
  expect(problem("CREATE TABLE x AS SELECT 1")).toMatchObject({ kind: "not-a-select", found: "CREATE" });
  expect(types("SELECT 1;")).toEqual(["int"]);
});
it("knows clauses of other databases, which Spark takes for names", () => {
  expect(problem("SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1")).toMatchObject({
    kind: "not-spark",
    what: "QUALIFY",
    text: "QUALIFY",
  });
  expect(problem("SELECT TOP 5 a FROM t")).toMatchObject({ kind: "not-spark", what: "TOP" });
  expect(problem("SELECT a FROM t FETCH FIRST 5 ROWS ONLY")).toMatchObject({ kind: "not-spark", what: "FETCH" });
  expect(types("SELECT 1 AS top")).toEqual(["int"]);
});

it("names fields of struct() as columns are named, and no other arguments", () => {
  expect(types("SELECT struct(1 a, 2 AS b, 'x' `c d`).b")).toEqual(["int"]);
  expect(types("SELECT STRUCT(1 a).a, struct(1 from, 2 left, 3 order).left")).toEqual(["int", "int"]);
  expect(problem("SELECT upper('a' AS b)")).toMatchObject({ kind: "syntax", text: "AS" });
  expect(problem("SELECT array(1 a)")).toMatchObject({ kind: "syntax", text: "a" });
  expect(problem("SELECT `struct`(1 a)")).toMatchObject({ kind: "syntax", text: "a" });
});
it("reads words for a moment in typed literals, and refuses other words", () => {
  expect(types("SELECT DATE 'epoch', TIMESTAMP 'Epoch', TIMESTAMP 'today', DATE 'now', TIMESTAMP_NTZ 'tomorrow'")).toEqual([
    "date",
    "timestamp",
    "timestamp",
    "date",
    "timestamp_ntz",
  ]);
  expect(types("SELECT DATE '2024-02-29', DATE '2000-02-29'")).toEqual(["date", "date"]);
  for (const day of ["2026-02-29", "1900-02-29", "2026-04-31"]) expect(problem(`SELECT DATE '${day}'`)["kind"], day).toBe("syntax");
  expect(problem("SELECT DATE 'someday'")).toMatchObject({ kind: "syntax", text: "'someday'" });
});

it.each(["||", "OR", "AND", "+"])("survives chains of %s", (operator) => {
  for (const count of [100, 400, 1000]) expect(types(chain(operator, count))).toHaveLength(1);
  for (const count of [1002, 20_000]) expect(problem(chain(operator, count))["kind"]).toBe("too-deep");
});
it("survives deep nesting", () => {
  expect(types(`SELECT ${"(".repeat(60)}1${")".repeat(60)} AS x`)).toEqual(["int"]);
  for (const [open, inner, close] of [
    ["(", "1", ")"],
    ["NOT ", "true", ""],
    ["- ", "1", ""],
    ["abs(", "1", ")"],
    ["CASE WHEN true THEN ", "1", " END"],
    ["(SELECT ", "1", ")"],
    ["array(", "1", ")"],
    ["CAST(a AS ARRAY<", "INT", ">)"],
  ] as const)
    expect(problem(`SELECT ${open.repeat(5000)}${inner}${close.repeat(5000)}`)["kind"], open).toMatch(/too-deep|syntax/);
  expect(problem(`SELECT CAST(a AS ${"ARRAY<".repeat(3000)}INT${">".repeat(3000)})`)["kind"]).toBe("too-deep");
  expect(problem(`SELECT CAST(a AS ${"STRUCT<x INT, y ".repeat(3000)}INT${">".repeat(3000)})`)["kind"]).toBe("too-deep");
  expect(problem(`SELECT 1 ${"UNION SELECT 1 ".repeat(20_000)}`)["kind"]).toBe("too-deep");
  expect(problem(`SELECT * FROM ${"(SELECT * FROM ".repeat(3000)}t${")".repeat(3000)}`)["kind"]).toBe("too-deep");
  expect(problem(`SELECT * FROM t ${"JOIN t ".repeat(20_000)}`)["kind"]).toBe("too-deep");
});
