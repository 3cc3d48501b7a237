import { expect, it } from "vitest";
import { bind, type BoundQuery } from "../../src/sql/bind/index.js";
import { masksIn, sparkText } from "../../src/sql/masks.js";
import { parseSql } from "../../src/sql/parse/index.js";
import type { Query } from "../../src/sql/ast.js";
import { decimal, DOUBLE, INT, printType, STRING, type SqlType } from "../../src/sql/types.js";

const columns: Readonly<Record<string, readonly [SqlType, boolean]>> = {
  id: [INT, false],
  card: [STRING, false],
  amount: [decimal(12, 2), false],
  score: [DOUBLE, true],
};
const cards = {
  id: "cards",
  name: "cards",
  columns: Object.entries(columns).map(([name, [type, nullable]]) => ({ name, type, nullable })),
};

function tree(sql: string): Query {
  const parsed = parseSql(sql);
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.problem)} at ${parsed.problem.span.start}`);
  return parsed.query;
}
const bound = (sql: string): BoundQuery => bind(tree(sql), new Map([["cards", cards]]));
const spark = (sql: string): string => sparkText(sql, tree(sql), new Set(bound(sql).inexact));
/** Condition, and the text at fault. */
const mistakes = (sql: string): readonly (readonly (string | undefined)[])[] =>
  bound(sql).findings.map(({ condition, span, nearest }) => [condition, sql.slice(span.start, span.end), nearest]);

it("is written in Spark's words; the rest of a text stays", () => {
  expect(
    spark("select MASK.Keyed_Hash( card /* mask.bucket(x, 1) */ ) AS h, 'mask.tokenise(card)' -- mask.tokenise(card)\n  from cards"),
  ).toBe("select mask_keyed_hash( card /* mask.bucket(x, 1) */ ) AS h, 'mask.tokenise(card)' -- mask.tokenise(card)\n  from cards");
  expect(spark("select mask . tokenise(card), `mask`.`truncate`(card, 6) x from cards")).toBe(
    "select mask_tokenise(card), left(card, 6) x from cards",
  );
  expect(spark("select mask.bucket(amount, 100) x, (mask.bucket(a + b, 0.5)) from cards")).toBe(
    "select try_subtract(amount, pmod(amount, 100)) x, (try_subtract(a + b, pmod(a + b, 0.5))) from cards",
  );
  expect(spark("select mask.bucket(length(mask.truncate(mask.keyed_hash(card), 9)), 4) from cards where mask.tokenise(card) > 'a'")).toBe(
    "select try_subtract(length(left(mask_keyed_hash(card), 9)), pmod(length(left(mask_keyed_hash(card), 9)), 4)) from cards where mask_tokenise(card) > 'a'",
  );
  expect(spark("select mask.bucket( score, 0.5 ) x, mask.bucket(score + mask.bucket(1, 2), 5), mask.bucket(id, 1e1) from cards")).toBe(
    "select CAST(floor(try_cast(score / 0.5 AS DECIMAL(38, 18))) * 0.5 AS DOUBLE ) x, mask.bucket(score + try_subtract(1, pmod(1, 2)), 5), CAST(floor(try_cast(id / 1e1 AS DECIMAL(38, 18))) * 1e1 AS DOUBLE) from cards",
  );
  expect(spark("select mask.bucket(score + length(mask.tokenise(card)), 5) x from cards")).toBe(
    "select CAST(floor(try_cast((score + length(mask_tokenise(card))) / 5 AS DECIMAL(38, 18))) * 5 AS DOUBLE) x from cards",
  );
  expect(spark("select '😀' a, mask.tokenise(card) b from cards")).toBe("select '😀' a, mask_tokenise(card) b from cards");
});

it("stays small, however buckets are nested", () => {
  const nested = Array.from({ length: 30 }).reduce<string>((inner) => `mask.bucket(${inner}, 2)`, "amount");
  const sql = `select ${nested} x from cards`;
  expect(spark(sql).length).toBeLessThan(2 * sql.length);
  expect(mistakes(sql)).toEqual([["_MASK_IN_ITSELF", nested, undefined]]);
  expect(masksIn(tree(sql))).toHaveLength(30);
});

it("has types, and masks what it is computed from", () => {
  const found = bound(`
    SELECT mask.keyed_hash(card) AS h, mask.tokenise(upper(card)) AS t, mask.truncate(card, 6) AS six, mask.bucket(amount, 100) AS b,
      mask.bucket(id, 10) AS i, mask.bucket(score, 2.5) AS s, mask.truncate(mask.keyed_hash(card), 8) AS short,
      concat(mask.keyed_hash(card), card) AS both, concat(mask.keyed_hash(card), mask.truncate(card, 6)) AS some, count(card) OVER () AS n
    FROM cards`);
  expect(found.findings).toEqual([]);
  expect(found.columns.map(({ name, type, nullable, from }) => [name, printType(type), nullable, from[0]?.masked])).toEqual([
    ["h", "string", true, "keyed_hash"],
    ["t", "string", true, "tokenise"],
    ["six", "string", false, "truncate"],
    ["b", "decimal(13,2)", true, "bucket"],
    ["i", "int", true, "bucket"],
    ["s", "double", true, "bucket"],
    ["short", "string", true, "keyed_hash"],
    ["both", "string", true, undefined],
    ["some", "string", true, "truncate"],
    ["n", "bigint", false, "counted"],
  ]);
  expect(bound("SELECT mask.tokenise(card) FROM cards").columns[0]?.name, "without an alias it has none").toBeUndefined();
});

it("goes through queries below, groups and joins", () => {
  const found = bound(`
    WITH hashed AS (SELECT mask.keyed_hash(card) AS h, amount FROM cards)
    SELECT h, sum(amount) AS total FROM hashed GROUP BY h HAVING h > 'a'`);
  expect(found.findings).toEqual([]);
  expect(found.columns[0]?.from).toEqual([{ column: "cards.card", kind: "transformation", masked: "keyed_hash" }]);
  expect(mistakes("SELECT mask.truncate(card, 2) AS a, count(*) AS n FROM cards GROUP BY mask.truncate(card, 2)")).toEqual([]);
  expect(mistakes("SELECT mask.bucket(amount, 5) AS a, count(*) AS n FROM cards GROUP BY mask.bucket(amount, 5)")).toEqual([]);
});

it("tells what it does not take", () => {
  expect(mistakes("SELECT mask.keyd_hash(card) AS x FROM cards")).toEqual([["UNRESOLVED_ROUTINE", "keyd_hash", "keyed_hash"]]);
  expect(mistakes("SELECT mask.tokenize(card) AS x FROM cards")).toEqual([["UNRESOLVED_ROUTINE", "tokenize", "tokenise"]]);
  expect(mistakes("SELECT mask.scramble(card) AS x FROM cards")).toEqual([["UNRESOLVED_ROUTINE", "scramble", undefined]]);
  expect(mistakes("SELECT keyed_hash(card) AS x FROM cards")).toEqual([["UNRESOLVED_ROUTINE", "keyed_hash", "mask.keyed_hash"]]);
  expect(mistakes("SELECT mask.keyed_hash(id) AS x FROM cards")).toEqual([["DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "id", undefined]]);
  expect(
    mistakes("SELECT mask.keyed_hash() AS x, mask.truncate(card) AS y, mask.bucket(id, 1, 2) AS z FROM cards").map(([one]) => one),
  ).toEqual(["WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION"]);
  expect(mistakes("SELECT mask.truncate(card, 0) AS x, mask.bucket(amount, -5) AS y, mask.bucket(amount, id) AS z FROM cards")).toEqual([
    ["DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "0", undefined],
    ["DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "-5", undefined],
    ["DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "id", undefined],
  ]);
  expect(mistakes("SELECT transform(array(card), c -> mask.tokenise(c)) AS x FROM cards").map(([one]) => one)).toEqual([
    "UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_PYTHON_UDF",
  ]);
  expect(mistakes("SELECT * FROM VALUES (mask.tokenise('a')) AS v(x)").map(([one]) => one)).toEqual([
    "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
  ]);
  const joined = (on: string): readonly unknown[] => mistakes(`SELECT a.id FROM cards a LEFT JOIN cards b ON ${on}`).map(([one]) => one);
  expect(joined("mask.tokenise(a.card) = mask.tokenise(b.card)")).toEqual([]);
  expect(joined("a.id = b.id AND mask.tokenise(a.card || b.card) > 'a'")).toEqual(["UNSUPPORTED_FEATURE.PYTHON_UDF_IN_ON_CLAUSE"]);
  expect(mistakes("SELECT id FROM cards LIMIT length(mask.tokenise('a'))").map(([one]) => one)).toEqual([
    "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
  ]);
  expect(mistakes("SELECT mask.tokenise(card) OVER (ORDER BY id) AS x FROM cards").map(([one]) => one)).toEqual([
    "UNSUPPORTED_EXPR_FOR_WINDOW",
  ]);
  expect(mistakes("SELECT mask.keyed_hash(crad) AS x FROM cards")).toEqual([["UNRESOLVED_COLUMN.WITH_SUGGESTION", "crad", "card"]]);
});
