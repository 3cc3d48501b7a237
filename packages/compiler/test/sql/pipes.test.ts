/** Pipes against the SELECT that they stand for; what Spark says of them is in `tests/corpus/sql`. */
import { describe, expect, it } from "vitest";
import { bind, type BoundQuery, type Catalogue } from "../../src/sql/bind/index.js";
import { parseSql } from "../../src/sql/parse/index.js";
import { BIGINT, DOUBLE, STRING, TIMESTAMP } from "../../src/sql/types.js";

const column = (name: string, type: typeof STRING) => ({ name, type, nullable: true }); // prettier-ignore
const tables: Catalogue = new Map([
  ["p", { id: "p", name: "p", columns: [column("card", STRING), column("amount", DOUBLE), column("at", TIMESTAMP)], times: ["at"] }],
  ["c", { id: "c", name: "c", columns: [column("card", STRING), column("limit_", BIGINT)] }],
]);

function bound(sql: string): BoundQuery {
  const parsed = parseSql(sql);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  return bind(parsed.query, tables);
}
const meaning = ({ columns, findings }: BoundQuery) => ({
  findings,
  columns: columns.map(({ name, type, nullable, from, indirect, ahead }) => ({ name, type, nullable, from, indirect, ahead: ahead?.map(({ what }) => what) })), // prettier-ignore
});

describe("pipes", () => {
  it.each([
    ["FROM p |> WHERE amount > 0 |> SELECT card, amount * 2 AS twice", "SELECT card, amount * 2 AS twice FROM p WHERE amount > 0"],
    ["FROM p |> WHERE amount > 0 |> WHERE card = 'x'", "SELECT * FROM p WHERE amount > 0 AND card = 'x'"],
    ["FROM p |> AGGREGATE sum(amount) AS s GROUP BY card AS k", "SELECT card AS k, sum(amount) AS s FROM p GROUP BY card"],
    ["FROM p |> AGGREGATE count(*) AS n GROUP BY 1", "SELECT card, count(*) AS n FROM p GROUP BY card"],
    ["FROM p |> LEFT JOIN c USING (card) |> DROP limit_", "SELECT * EXCEPT (limit_) FROM p LEFT JOIN c USING (card)"],
    ["FROM p |> SET amount = amount + 1", "SELECT card, amount + 1 AS amount, at FROM p"],
    ["FROM p |> EXTEND lead(amount) OVER (ORDER BY at) AS n", "SELECT *, lead(amount) OVER (ORDER BY at) AS n FROM p"],
    ["FROM p |> SELECT card |> UNION SELECT card FROM c", "SELECT card FROM p UNION SELECT card FROM c"],
    ["FROM p |> ORDER BY amount |> LIMIT 3", "SELECT * FROM p ORDER BY amount LIMIT 3"],
    ["FROM p |> AS q |> SELECT q.card", "SELECT q.card FROM p AS q"],
  ])("%s", (piped, plain) => {
    expect(meaning(bound(piped))).toStrictEqual(meaning(bound(plain)));
  });

  it.each([
    ["FROM p |> EXTEND amuont + 1 AS x", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "amuont", "amount"],
    ["FROM p |> AGGREGATE sum(amount) AS s GROUP BY card |> WHERE amount > 1", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "amount", undefined],
    ["FROM p |> SET amuont = 1", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "amuont", "amount"],
    ["FROM p |> DROP crad", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "crad", "card"],
    ["FROM p |> EXTEND sum(amount) AS s", "PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION", "sum(amount)", undefined],
    ["FROM p |> AGGREGATE card GROUP BY card", "PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION", "card", undefined],
    ["FROM p |> JOIN c ON p.card = c.card |> DROP card", "AMBIGUOUS_REFERENCE", "card", undefined],
  ])("points at the mistake: %s", (sql, condition, at, near) => {
    const { findings } = bound(sql);
    expect(findings.map((one) => [one.condition, sql.slice(one.span.start, one.span.end), one.nearest])).toStrictEqual([
      [condition, at, near],
    ]);
  });

  it.each([
    ["FROM p |> ORDER BY card LIMIT 3", "after `|>` stands one clause: write `|> LIMIT …` after the ORDER BY"],
    [
      "FROM p |> AGGREGATE sum(amount) GROUP BY ROLLUP (card)",
      "after `|> AGGREGATE`, GROUP BY takes no ALL, ROLLUP, CUBE or GROUPING SETS",
    ],
    ["FROM p |> SET p.amount = 1", "expected `=`: SET takes a column, not a field of one or one with its table, found ."],
    ["FROM p WHERE amount > 1", "expected SELECT or `|>`, found WHERE"],
  ])("refuses %s", (sql, message) => {
    expect(parseSql(sql)).toMatchObject({ ok: false, problem: { kind: "syntax", message } });
  });

  it("reads no more operators than the stack holds", () => {
    expect(parseSql(`FROM p${" |> EXTEND 1 AS x".repeat(100)}`).ok).toBe(true);
    expect(parseSql(`FROM p${" |> EXTEND 1 AS x".repeat(101)}`)).toMatchObject({ ok: false, problem: { kind: "too-deep" } });
  });
});
