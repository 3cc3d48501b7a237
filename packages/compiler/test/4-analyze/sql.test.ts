import { expect, it } from "vitest";
import { sqlFacts, type SqlFacts } from "../../src/4-analyze/sql/facts.js";
import { parser } from "./project.js";

const tables = new Map(
  Object.entries({ payments: ["id", "card", "amount"], cards: ["card", "country"], opaque: undefined }).map(
    ([name, columns]) => [name, { id: `sources.${name}`, name, ...(columns ? { columns } : {}) }] as const,
  ),
);
const facts = (text: string): SqlFacts => {
  const result = parser.parse(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return sqlFacts(result.query, tables);
};
const outputs = (text: string): string =>
  facts(text)
    .outputs?.map((output) => output.name ?? "?")
    .join(" ") ?? "unknown";
const reads = (text: string): string =>
  facts(text)
    .reads.map(({ id }) => id.slice("sources.".length))
    .join(" ");

it.each([
  ["SELECT * FROM payments", "id card amount"],
  ["SELECT p.*, c.country AS home FROM payments p JOIN cards c ON p.card = c.card", "id card amount home"],
  ["SELECT * FROM payments JOIN cards USING (card)", "card id amount country"],
  ["SELECT * FROM payments NATURAL JOIN cards", "unknown"],
  ["SELECT * FROM payments LEFT SEMI JOIN cards ON payments.card = cards.card", "id card amount"],
  ["SELECT * EXCEPT (amount) FROM payments", "id card"],
  ["SELECT id, amount * 2, max(amount) AS Most FROM payments GROUP BY id", "id ? Most"],
  ["SELECT payments.id, `we ird` FROM payments", "id we ird"],
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
  ["SELECT * FROM payments LATERAL VIEW explode(array(1)) e AS x", "unknown"],
  ["SELECT id FROM payments UNION ALL SELECT card FROM cards", "id"],
  ["(SELECT id FROM payments)", "id"],
])("columns of %s are %s", (text, names) => expect(outputs(text)).toBe(names));

it.each([
  ["SELECT * FROM Payments p, cards", "payments cards"],
  ["SELECT (SELECT max(country) FROM cards) AS m FROM payments", "cards payments"],
  ["SELECT id FROM payments WHERE card IN (SELECT card FROM cards)", "payments cards"],
  ["SELECT id FROM payments p JOIN opaque o ON o.x = p.id AND EXISTS (SELECT 1 FROM cards)", "payments opaque cards"],
  ["WITH cards AS (SELECT 1 AS card) SELECT * FROM cards", ""],
  ["WITH cards AS (SELECT * FROM cards) SELECT * FROM cards", "cards"],
  ["WITH a AS (SELECT * FROM payments), b AS (SELECT * FROM a) SELECT * FROM b", "payments"],
  ["SELECT * FROM (SELECT * FROM (SELECT * FROM payments) x) y ORDER BY (SELECT max(country) FROM cards)", "payments cards"],
  ["SELECT id FROM payments UNION SELECT card FROM cards EXCEPT SELECT x FROM opaque", "payments cards opaque"],
  ["SELECT CASE WHEN EXISTS (SELECT 1 FROM cards) THEN 1 END AS x FROM payments", "cards payments"],
])("%s reads %s", (text, names) => expect(reads(text)).toBe(names));

it("names tables that are not there, with what is near", () => {
  const text = "SELECT '😀' AS a FROM payment p JOIN db.cards c ON true";
  expect(facts(text).unknown.map(({ name, nearest, span }) => [name, nearest, text.slice(span.start, span.end)])).toEqual([
    ["payment", "payments", "payment"],
    ["db.cards", "cards", "db.cards"],
  ]);
});
