import { expect, it } from "vitest";
import { bindSql } from "../../src/4-analyze/sql/bind.js";
import { readSql, treeOf } from "../../src/4-analyze/sql/read.js";
import { datasetsRead } from "../../src/4-analyze/transform.js";
import type { CatalogueTable } from "../../src/sql/bind/env.js";
import { BIGINT } from "../../src/sql/types.js";
import { atValue } from "../../src/4-analyze/finding.js";

const tables = Object.entries({ payments: ["id", "card", "amount"], cards: ["card", "country"], opaque: undefined }).map(
  ([name, columns]): CatalogueTable => {
    const id = `sources.${name}`;
    return columns === undefined
      ? { id, name }
      : { id, name, columns: columns.map((column) => ({ name: column, type: BIGINT, nullable: false })) };
  },
);
const read = (text: string): ReturnType<typeof datasetsRead> => {
  const reading = readSql(text, new Map());
  if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
  const at = (span: { start: number; end: number }): ReturnType<typeof atValue> => atValue(["sql"], span);
  return datasetsRead(reading.tables, { sql: text, at }, new Map(tables.map((table) => [table.name, table])));
};
const outputs = (text: string): string => {
  const { columns, open } = bindSql(text, treeOf(text, new Map()), tables);
  return open ? "unknown" : columns.map(({ name, made }) => (made ? "?" : (name ?? "?"))).join(" ");
};
const reads = (text: string): string =>
  read(text)
    .reads.map(({ name }) => name)
    .join(" ");

it.each([
  ["SELECT * FROM payments", "id card amount"],
  ["SELECT p.*, c.country AS home FROM payments p JOIN cards c ON p.card = c.card", "id card amount home"],
  ["SELECT * FROM payments JOIN cards USING (card)", "card id amount country"],
  ["SELECT * FROM payments NATURAL JOIN cards", "card id amount country"],
  ["SELECT * FROM payments LEFT SEMI JOIN cards ON payments.card = cards.card", "id card amount"],
  ["SELECT * EXCEPT (amount) FROM payments", "id card"],
  ["SELECT id, amount * 2, max(amount) AS Most FROM payments GROUP BY id, amount", "id ? Most"],
  ["SELECT id, current_date, struct(id AS a).a FROM payments", "id ? ?"],
  ["SELECT payments.id, card AS `we ird` FROM payments", "id we ird"],
  ["SELECT id, crad AS c FROM payments", "id c"],
  ["SELECT id, crad FROM payments", "unknown"],
  ["SELECT p.* FROM payments", "unknown"],
  ["WITH x AS (SELECT id AS a FROM payments) SELECT * FROM x", "a"],
  ["WITH x (b) AS (SELECT id AS a FROM payments) SELECT * FROM x", "b"],
  ["SELECT * FROM (SELECT id FROM payments) AS t", "id"],
  ["SELECT * FROM (SELECT id, card FROM payments) AS t (x, y)", "x y"],
  ["SELECT * FROM (VALUES (1, 2)) AS t (a, b)", "a b"],
  ["SELECT * FROM VALUES (1, 2) AS t (a, b)", "a b"],
  ["VALUES (1, 2)", "col1 col2"],
  ["SELECT * FROM range(5)", "id"],
  ["SELECT * FROM opaque", "unknown"],
  ["SELECT id FROM payments LATERAL VIEW explode(array(1)) e AS x", "id"],
  ["SELECT * FROM payments LATERAL VIEW explode(array(1)) e AS x", "id card amount x"],
  ["SELECT id FROM payments UNION ALL SELECT card FROM cards", "id"],
  ["SELECT abs(id) FROM payments UNION ALL SELECT card FROM cards", "?"],
  ["(SELECT id FROM payments)", "id"],
])("columns of %s are %s", (text, names) => expect(outputs(text)).toBe(names));

it.each([
  ["SELECT * FROM Payments p, cards", "payments cards"],
  ["SELECT (SELECT max(country) FROM cards) AS m FROM payments", "cards payments"],
  ["SELECT id FROM payments WHERE card IN (SELECT card FROM cards)", "payments cards"],
  ["SELECT id FROM payments p JOIN opaque o ON o.x = p.id AND EXISTS (SELECT 1 FROM cards)", "payments opaque cards"],
  ["WITH cards AS (SELECT 1 AS card) SELECT * FROM cards", ""],
  ["WITH cards AS (SELECT * FROM cards) SELECT * FROM cards", "cards"],
  ["WITH RECURSIVE cards AS (SELECT 1 AS card UNION ALL SELECT card + 1 FROM cards) SELECT * FROM cards", ""],
  ["WITH a AS (SELECT * FROM payments), b AS (SELECT * FROM a) SELECT * FROM b", "payments"],
  ["WITH a AS (WITH b AS (SELECT 1) SELECT * FROM b JOIN payments) SELECT * FROM a JOIN cards", "payments cards"],
  ["SELECT * FROM (SELECT * FROM (SELECT * FROM payments) x) y ORDER BY (SELECT max(country) FROM cards)", "payments cards"],
  ["SELECT id FROM payments UNION SELECT card FROM cards EXCEPT SELECT x FROM opaque", "payments cards opaque"],
  ["TABLE payments", "payments"],
  ["SELECT CASE WHEN EXISTS (SELECT 1 FROM cards) THEN 1 END AS x FROM payments", "cards payments"],
])("%s reads %s", (text, names) => expect(reads(text)).toBe(names));

it("names tables that are not there, with what is near", () => {
  const text = "WITH refunds AS (SELECT 1) SELECT '😀' AS a FROM payment p JOIN db.cards c ON true JOIN refund ON true";
  const found = read(text).findings.map(({ args, at }) => {
    const { start, end } = (at.in === "spec" ? at.span : undefined) ?? { start: 0, end: 0 };
    return [args["name"], args["nearest"], text.slice(start, end)];
  });
  expect(found).toEqual([
    ["payment", "payments", "payment"],
    ["db.cards", "cards", "db.cards"],
    ["refund", "refunds", "refund"],
  ]);
});
