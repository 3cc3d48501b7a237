import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SQL_CONDITIONS } from "../../src/diagnostics/sql-conditions.js";
import type { Finding } from "../../src/4-analyze/analysis.js";
import { diagnosticTable, type Code } from "../../src/diagnostics/index.js";
import { analyzed, changed } from "./project.js";

/** Errors of the example with other SQL: everything below follows from what it gives. */
function errors(sql: string): readonly Finding[] {
  return errorsOf(analyzed(changed(["transforms", "payments", "sql"], sql)).findings);
}
function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ code }) => diagnosticTable[code as Code].severity === "error");
}

const told = (sql: string): readonly string[] =>
  errors(sql).map(({ code, args, at }) => {
    const start = at.in === "spec" ? (at.span?.start ?? 0) : at.span.start;
    return `${code} ${/^\w+/.exec(sql.slice(start))?.[0] ?? ""}${args["nearest"] === undefined ? "" : ` (${String(args["nearest"])})`}`;
  });
const undeclared = (sql: string): readonly string[] => errors(sql).map(({ code }) => code);

const COLUMNS = "transaction_id, card_id, merchant_id, country, created_at, received_at, CAST(amount AS DOUBLE) AS amount";

it("finds nothing wrong where columns are not declared", () => {
  expect(undeclared(`SELECT ${COLUMNS} FROM transactions`)).toEqual([]);
});

it.each([
  ["a column", COLUMNS.replace("country", "cuontry"), "", ["sql-unresolved-column"]],
  ["a column with an alias", COLUMNS.replace("country", "cuontry AS country"), "", ["sql-unresolved-column"]],
  ["a function", COLUMNS.replace("country", "uper(country) AS country"), "", ["unknown-function"]],
  ["a type", COLUMNS.replace("country", "amount > created_at AS country"), "", ["sql-datatype-mismatch"]],
  ["a condition", COLUMNS, " WHERE cuontry <> 'FR'", ["sql-unresolved-column"]],
  ["an aggregate", COLUMNS.replace("AS amount", "AS amount, count(*) AS n"), "", ["sql-missing-aggregation"]],
  ["a star", "t.*", "", ["sql-unresolved-column"]],
  ["a clause", COLUMNS, " ORDER BY 20", ["sql-invalid-clause"]],
  ["a comma", COLUMNS.replace("country,", "country cuontry ct"), "", ["sql-syntax"]],
  ["a table", COLUMNS, " JOIN crads USING (card_id)", ["unknown-table"]],
  ["a name", COLUMNS.replace("AS amount", ""), "", ["unnamed-column"]],
])("tells a wrong %s once, whatever reads the transform", (_, columns, more, codes) => {
  expect(undeclared(`SELECT ${columns} FROM transactions${more}`)).toEqual(codes);
});

it("points at the word, and knows what was meant", () => {
  const sql = (columns: string): string => `SELECT ${columns} FROM transactions AS trans`;
  expect(told(sql(COLUMNS.replace("country", "trans.cuontry AS country")))).toEqual(["sql-unresolved-column cuontry (country)"]);
  expect(told(sql(COLUMNS.replace("country", "tarns.country")))).toEqual(["sql-unresolved-column tarns (trans)"]);
  expect(told(sql(COLUMNS.replace("country", "uper(country) AS country")))).toEqual(["unknown-function uper (upper)"]);
});

it("holds declared columns against what the SQL gives: each is told of once", () => {
  const of = (columns: Record<string, string>): readonly unknown[] =>
    errorsOf(analyzed(changed(["transforms", "payments", "columns"], columns)).findings).map(({ code, args }) => [code, args["name"]]);
  const right = {
    transaction_id: "string!",
    card_id: "string!",
    merchant_id: "string!",
    country: "string",
    created_at: "timestamp!",
    received_at: "timestamp!",
    amount: "double",
  };
  expect(of(right)).toEqual([]);
  expect(of({ ...right, merchant_id: "string" }), "promises less").toEqual([]);
  expect(of({ ...right, amount: "decimal(12,2)!" })).toEqual([["column-type-differs", "amount"]]);
  expect(of({ ...right, country: "string!" })).toEqual([["column-type-differs", "country"]]);
  expect(of({ ...right, country: "int!" })).toEqual([["column-type-differs", "country"]]);
  const { amount, ...others } = right;
  expect(of({ amount, ...others })).toEqual([["column-order", "amount"]]);
  expect(of(others)).toEqual([["column-not-declared", "amount"]]);
  expect(of({ ...right, currency: "string" })).toEqual([["column-not-selected", "currency"]]);
});

it("says something for each condition that the binder can find", () => {
  const folder = new URL("../../src/sql/bind/", import.meta.url);
  const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/["`](_?[A-Z0-9]+(?:_[A-Z0-9]+)+(?:\.[A-Z0-9_]+)?)["`]/g)].map(([, name]) => name ?? ""),
  );
  const others = ["TABLE_OR_VIEW_NOT_FOUND", "TRY_CAST", "AGGREGATE_FUNC", "DENSE_RANK", "PERCENT_RANK", "TIMESTAMP_NTZ"];
  expect(found.length).toBeGreaterThan(80);
  expect([...new Set(found)].filter((name) => !SQL_CONDITIONS.has(name) && !others.includes(name))).toEqual([]);
  for (const [condition, { say }] of SQL_CONDITIONS) expect(say({}), condition).toMatch(/^[^.].{9,}[^.]$|^$/);
});
