import { expect, it } from "vitest";
import { bind, type BoundQuery, type Catalogue } from "../../src/sql/bind/index.js";
import { parseSql } from "../../src/sql/parse/index.js";
import { decimal, INT, printType, STRING, TIMESTAMP, type SqlType } from "../../src/sql/types.js";

const table = (
  id: string,
  columns: Readonly<Record<string, readonly [SqlType, boolean]>>,
): [string, { id: string; name: string; columns: { name: string; type: SqlType; nullable: boolean }[] }] => [
  id,
  { id, name: id, columns: Object.entries(columns).map(([name, [type, nullable]]) => ({ name, type, nullable })) },
];
const catalogue: Catalogue = new Map([
  table("payments", { id: [INT, false], card_id: [STRING, false], amount: [decimal(12, 2), true], paid_at: [TIMESTAMP, false] }),
  table("cards", { card_id: [STRING, false], country: [STRING, true] }),
]);

function bound(sql: string): BoundQuery {
  const parsed = parseSql(sql);
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.problem)} at ${parsed.problem.span.start}`);
  return bind(parsed.query, catalogue);
}
const schema = (sql: string): readonly string[] => {
  const { columns, findings } = bound(sql);
  expect(findings).toEqual([]);
  return columns.map(({ name, type, nullable }) => `${String(name)} ${printType(type)}${nullable === false ? " not null" : ""}`);
};
/** Condition, the text at fault, and the name that was meant. */
const mistakes = (sql: string): readonly (readonly (string | undefined)[])[] =>
  bound(sql).findings.map(({ condition, span, nearest }) => [condition, sql.slice(span.start, span.end), nearest]);

it("knows names, types and what may be NULL", () => {
  expect(schema("SELECT id + 1, sum(amount) AS total, count(*) AS n FROM payments GROUP BY id")).toEqual([
    "(id + 1) int not null",
    "total decimal(22,2)",
    "n bigint not null",
  ]);
  expect(schema("SELECT p.*, c.country FROM payments p LEFT JOIN cards c USING (card_id)")).toEqual([
    "card_id string not null",
    "id int not null",
    "amount decimal(12,2)",
    "paid_at timestamp not null",
    "country string",
  ]);
});

it("follows columns through CTEs and aggregates", () => {
  const { columns } = bound(
    "WITH big AS (SELECT card_id, amount * 2 AS twice FROM payments WHERE paid_at > current_date) SELECT card_id, sum(twice) AS s FROM big GROUP BY card_id",
  );
  expect(columns.map(({ name, from, indirect }) => ({ name, from, indirect }))).toEqual([
    {
      name: "card_id",
      from: [{ column: "payments.card_id", kind: "identity" }],
      indirect: [
        { column: "payments.paid_at", kinds: ["filter"] },
        { column: "payments.card_id", kinds: ["group_by"] },
      ],
    },
    {
      name: "s",
      from: [{ column: "payments.amount", kind: "aggregation" }],
      indirect: [
        { column: "payments.paid_at", kinds: ["filter"] },
        { column: "payments.card_id", kinds: ["group_by"] },
      ],
    },
  ]);
});

it("groups by what PIVOT does not name", () => {
  const { columns } = bound(
    "SELECT paid_at, a FROM (SELECT card_id, paid_at, amount FROM payments) PIVOT (sum(amount) FOR card_id IN ('a'))",
  );
  expect(columns.map(({ name, from, indirect }) => [name, from, indirect])).toEqual([
    ["paid_at", [{ column: "payments.paid_at", kind: "identity" }], [{ column: "payments.paid_at", kinds: ["group_by"] }]],
    [
      "a",
      [{ column: "payments.amount", kind: "aggregation" }],
      [
        { column: "payments.card_id", kinds: ["conditional"] },
        { column: "payments.paid_at", kinds: ["group_by"] },
      ],
    ],
  ]);
});

it("takes nothing from what comes after a value that is always there", () => {
  const { columns } = bound(
    "SELECT coalesce(payments.card_id, country) AS a, coalesce(country, payments.card_id) AS b FROM payments, cards",
  );
  expect(columns.map(({ from }) => from.map(({ column }) => column))).toEqual([
    ["payments.card_id"],
    ["cards.country", "payments.card_id"],
  ]);
});

it("names a mistake as Spark does, at the word, with the name that was meant", () => {
  expect(mistakes("SELECT amout FROM payments")).toEqual([["UNRESOLVED_COLUMN.WITH_SUGGESTION", "amout", "amount"]]);
  expect(mistakes("SELECT c.contry FROM cards c")).toEqual([["UNRESOLVED_COLUMN.WITH_SUGGESTION", "contry", "country"]]);
  expect(mistakes("SELECT crads.country FROM cards c")).toEqual([["UNRESOLVED_COLUMN.WITH_SUGGESTION", "crads", undefined]]);
  expect(mistakes("SELECT crads.country FROM cards")).toEqual([["UNRESOLVED_COLUMN.WITH_SUGGESTION", "crads", "cards"]]);
  expect(mistakes("SELECT card_id FROM payments, cards")).toEqual([["AMBIGUOUS_REFERENCE", "card_id", undefined]]);
  expect(mistakes("SELECT card_id, sum(amount) FROM payments")).toEqual([["MISSING_GROUP_BY", "card_id", undefined]]);
  expect(mistakes("SELECT uper(card_id) FROM cards")).toEqual([["UNRESOLVED_ROUTINE", "uper", "upper"]]);
  expect(mistakes("SELECT id + true FROM payments").map(([condition]) => condition)).toEqual(["DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES"]);
  expect(mistakes("SELECT 1 FROM payment")).toEqual([["TABLE_OR_VIEW_NOT_FOUND", "payment", "payments"]]);
});

it("says where it does not know, and makes no error of it", () => {
  const { columns, findings, hints } = bound("SELECT ? + 1 AS x, upper(?) AS y FROM payments");
  expect(findings).toEqual([]);
  expect(columns.map(({ type }) => type.kind)).toEqual(["unknown", "string"]);
  expect(hints.map(({ why }) => why)).toEqual(["a parameter", "a parameter"]);
});

it("survives what is too deep, and says so", () => {
  const chain = parseSql(`SELECT ${Array.from({ length: 900 }, () => "1").join(" + ")}`);
  expect(chain.ok && bind(chain.query, catalogue).columns[0]?.type.kind).toBe("int");
  for (const text of [
    `SELECT ${"(".repeat(5000)}1${")".repeat(5000)}`,
    `SELECT ${Array.from({ length: 5000 }, () => "1").join(" + ")}`,
    `SELECT ${"NOT ".repeat(5000)}true`,
    `SELECT 1 FROM ${"(".repeat(3000)}t`,
  ])
    expect(parseSql(text)).toMatchObject({ ok: false });
});

it("tells what a value is computed from from what only decides about it", () => {
  const lineage = (sql: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      bound(sql).columns.map(({ name, from, indirect }) => [
        name,
        [from.map(({ column, kind }) => `${column} ${kind}`), indirect.map(({ column, kinds }) => `${column} ${kinds.join("+")}`)],
      ]),
    );
  expect(
    lineage("SELECT CASE WHEN c.country = 'FR' THEN p.amount ELSE 0 END AS x FROM payments p JOIN cards c ON p.card_id = c.card_id"),
  ).toEqual({
    x: [["payments.amount transformation"], ["cards.country conditional", "payments.card_id join", "cards.card_id join"]],
  });
  expect(lineage("SELECT sum(amount) OVER (PARTITION BY card_id ORDER BY paid_at) AS s FROM payments ORDER BY id")).toEqual({
    s: [["payments.amount aggregation"], ["payments.card_id window", "payments.paid_at window", "payments.id sort"]],
  });
  expect(lineage("SELECT card_id FROM payments UNION ALL SELECT country FROM cards")).toEqual({
    card_id: [["payments.card_id identity", "cards.country identity"], []],
  });
  expect(lineage("SELECT (SELECT max(amount) FROM payments p WHERE p.card_id = c.card_id) AS top FROM cards c")).toEqual({
    top: [["payments.amount aggregation"], ["payments.card_id filter", "cards.card_id filter"]],
  });
  expect(lineage("SELECT card_id FROM cards c WHERE EXISTS (SELECT 1 FROM payments p WHERE p.card_id = c.card_id)")).toEqual({
    card_id: [["cards.card_id identity"], ["cards.card_id filter", "payments.card_id filter"]],
  });
});

it("takes an interval of one unit for a distance between whole numbers, as Spark casts it", () => {
  const over = (frame: string): string =>
    `SELECT count(*) OVER (ORDER BY id RANGE BETWEEN ${frame} PRECEDING AND CURRENT ROW) AS n FROM payments`;
  expect(schema(over("INTERVAL 6 HOURS"))).toEqual(["n bigint not null"]);
  expect(mistakes(over("INTERVAL '1 06' DAY TO HOUR")).map(([condition]) => condition)).toEqual([
    "DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE",
  ]);
});
