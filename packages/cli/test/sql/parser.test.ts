import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { createSqlParser } from "../../../compiler/src/sql-adapter/parser.js";
import type { SqlQuery, SqlResult } from "../../../compiler/src/sql-port.js";
import { openSqlParser, readSqlWasm } from "../../src/sql/parser.js";

const resolve = createRequire(new URL("../../package.json", import.meta.url)).resolve;
const parser = openSqlParser(() => readSqlWasm(resolve));

function problem(text: string): Extract<SqlResult, { ok: false }>["problem"] & { text: string } {
  const result = parser.parse(text);
  if (result.ok) throw new Error("expected a problem");
  return { ...result.problem, text: text.slice(result.problem.span.start, result.problem.span.end) };
}
function query(text: string): SqlQuery {
  const result = parser.parse(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.query;
}
const chain = (operator: string, count: number): string => `SELECT a${` ${operator} b`.repeat(count)} AS x FROM t`;

it("places names after emoji, CJK and line breaks", () => {
  const text = "SELECT '😀 漢字', `漢😀` AS n,\r\n  '😀' || a AS b\r\nFROM   pay_😀";
  const result = parser.parse(text.replace("_😀", "ments"));
  if (!result.ok || result.query.body.kind !== "select") throw new Error("expected a SELECT");
  const spans = [
    ...result.query.body.items.map((item) => (item.kind === "expression" ? (item.name?.span ?? item.span) : item.span)),
    ...result.query.body.from.flatMap((from) => (from.source.kind === "table" ? from.source.name.map((name) => name.span) : [])),
  ];
  expect(spans.map((span) => text.replace("_😀", "ments").slice(span.start, span.end))).toEqual(["'😀 漢字'", "n", "b", "payments"]);
});

it("says where a text ends too early", () => {
  expect(problem("SELECT a FROM\n")).toMatchObject({
    kind: "syntax",
    message: "Expected: identifier, found: end of text",
    span: { start: 12, end: 13 },
  });
});
it("points at the token that is wrong", () => {
  expect(problem("SELECT '😀' AS a,\n 1 FRM t x")).toMatchObject({ kind: "syntax", text: "t" });
  expect(problem("SELECT 'abc")).toMatchObject({ kind: "syntax", message: "Unterminated string literal" });
});
it("takes one statement, and it is a query", () => {
  expect(problem("SELECT 1; SELECT 2")).toMatchObject({ kind: "not-one-statement", count: 2 });
  expect(problem("  -- nothing\n")).toMatchObject({ kind: "not-one-statement", count: 0 });
  expect(problem("INSERT INTO x SELECT 1")).toMatchObject({ kind: "not-a-select", found: "INSERT" });
  expect(problem("CREATE TABLE x AS SELECT 1")).toMatchObject({ kind: "not-a-select", found: "CREATE TABLE" });
  expect(query("SELECT 1;").body.kind).toBe("select");
});
it("refuses what Spark does not have", () => {
  expect(problem("SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1")).toMatchObject({ kind: "not-spark", what: "QUALIFY" });
  expect(problem("SELECT TOP 5 a FROM t")).toMatchObject({ kind: expect.stringMatching(/not-spark|syntax/) });
});

it.each(["||", "OR", "AND", "+"])("survives chains of %s", (operator) => {
  for (const count of [100, 450]) expect(parser.parse(chain(operator, count)).ok).toBe(true);
  for (const count of [501, 1000, 20_000]) expect(problem(chain(operator, count)).kind).toBe("too-deep");
  expect(parser.parse("SELECT 1").ok).toBe(true);
});
it("survives deep nesting", () => {
  for (const count of [60, 5000]) expect(problem(`SELECT ${"(".repeat(count)}1${")".repeat(count)}`).kind).toBe("too-deep");
  expect(problem(`SELECT ${"NOT ".repeat(60)}a`).kind).toBe("too-deep");
  expect(problem(`SELECT CAST(a AS ${"ARRAY<".repeat(3000)}INT${">".repeat(3000)})`).kind).toBe("too-deep");
  expect(parser.parse("SELECT 1").ok).toBe(true);
});
it("starts afresh after a trap", () => {
  // Behind commas the scan sees no chain, and the parser runs out of its stack.
  const text = `SELECT CAST(a AS ${"STRUCT<x INT, y ".repeat(3000)}INT${">".repeat(3000)})`;
  expect(problem(text).kind).toMatch(/too-deep|syntax/);
  expect(parser.parse("SELECT 1").ok).toBe(true);
});
it("takes a new instance when one traps", () => {
  let made = 0;
  const trapping = createSqlParser(() => ({ parse: () => (made++ === 0 ? fail() : { json: "[]" }) }));
  expect(trapping.parse("SELECT 1")).toMatchObject({ problem: { kind: "too-deep" } });
  expect(trapping.parse("SELECT 1")).toMatchObject({ problem: { kind: "not-one-statement" } });
});
const fail = (): never => {
  throw new Error("unreachable");
};
