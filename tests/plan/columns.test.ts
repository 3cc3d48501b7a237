/** Which columns a change of a query reaches. */
import { diff, type Plan } from "@mlspec/compiler";
import { describe, expect, it } from "vitest";
import { folderTexts, type Texts } from "../support/compile.js";
import { sides } from "./project.js";

const fraud = folderTexts("tests/support/fraud_files");
const fraudBefore = sides(fraud);
const PAYMENTS = "CAST(amount AS DOUBLE) AS amount";

/** The fraud example with a text in place of another, in whichever file it is. */
function edited(from: string, to: string): Plan {
  const texts: Texts = Object.fromEntries(Object.entries(fraud).map(([path, text]) => [path, text.replace(from, to)]));
  expect(texts).not.toEqual(fraud);
  return diff(fraudBefore, sides(texts));
}

const reached = ({ changes }: Plan): readonly string[] => [...new Set(changes.flatMap(({ reaches }) => reaches))].sort();

describe("of the fraud example", () => {
  it("one column of a query: its consumers, and no others", () => {
    const found = reached(edited(PAYMENTS, "CAST(amount * 2 AS DOUBLE) AS amount"));
    expect(found).toMatchInlineSnapshot(`
      [
        "deployments.fraud_api",
        "deployments.fraud_review",
        "features.card_velocity",
        "features.card_velocity.largest_7d",
        "features.card_velocity.spend_1h",
        "features.card_velocity.spend_7d",
        "features.card_velocity.spend_ratio",
        "models.fraud_score",
        "transforms.labelled_payments.amount",
        "transforms.payments.amount",
      ]
    `);
  });

  it("which rows there are: all", () => {
    const { changes } = edited("FROM transactions", "FROM transactions WHERE merchant_id <> 'm0'");
    const all = fraudBefore[0]?.analysis;
    expect(changes.map(({ definition }) => definition)).toEqual(["transforms.payments"]);
    const below = reached({ changes } as Plan);
    for (const { name } of all?.groups["card_velocity"]?.outputs ?? []) expect(below).toContain(`features.card_velocity.${name}`);
    for (const column of all?.datasets["payments"]?.columns ?? []) expect(below).toContain(`transforms.payments.${column.name}`);
  });

  it("a column that nobody reads: nothing below", () => {
    const texts: Texts = Object.fromEntries(Object.entries(fraud).map(([path, text]) => [path, text.replace(PAYMENTS, `${PAYMENTS}, nullif(currency, 'X') AS unit`)])); // prettier-ignore
    const other = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text.replace("nullif(currency, 'X')", "nullif(currency, 'Y')")])); // prettier-ignore
    const { changes } = diff(sides(texts), sides(other));
    expect(changes.map(({ definition, class: kind, reaches }) => [definition, kind, reaches])).toEqual([
      ["transforms.payments", "compatible", ["transforms.payments.unit"]],
    ]);
  });
});

/** `t` and `u` have columns of the same names; each column of `q` is read by a column of `r` of its name. */
function project(sql: string, columns: Readonly<Record<string, string>> = {}): Texts {
  const source = (name: string, of: readonly string[]): string =>
    `  ${name}:\n    files: { path: ./raw/${name}, format: parquet }\n    key: id\n    event_time: at\n    columns: { id: string!, at: timestamp!, ${of.map((column) => `${column}: ${columns[`${name}.${column}`] ?? "int"}`).join(", ")} }\n`;
  const text = `mlspec: v1
project: reach
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", timezone: UTC, start: 2026-01-01 }
environments: { local: { runtime: local } }
targets: { spark: { version: "4.1" } }
sources:
${source("t", ["k", "a", "b", "c"])}${source("u", ["k", "a", "b", "d"])}transforms:
  q:
    as: table
    key: id
    event_time: at
    sql: |
${sql.replace(/^/gm, "      ")}
  r:
    sql: SELECT * FROM q
    as: table
`;
  return { "mlspec.yaml": text };
}

/** Columns of `q` that are reached. */
const columnsOf = (before: Texts, after: Texts): readonly string[] =>
  reached(diff(sides(before), sides(after))).flatMap((id) => (id.startsWith("transforms.q.") ? [id.slice("transforms.q.".length)] : []));

/** Columns that a change of the query reaches. */
const changes = (sql: string, from: string, to: string): readonly string[] => {
  expect(sql).toContain(from);
  return columnsOf(project(sql), project(sql.replace(from, to)));
};

/** Columns that another type of a column of a source reaches. */
const retyped = (sql: string, column: string): readonly string[] => columnsOf(project(sql), project(sql, { [column]: "smallint" }));

const ALL = "all";
const CTE = "WITH w AS (SELECT id, at, a + 1 AS x, b * 2 AS y FROM t WHERE c > 0)\nSELECT id, at, x AS p, y AS q FROM w";
const JOINED = "SELECT t.id, t.at, t.a AS p, u.a AS q, t.b + u.b AS s FROM t LEFT JOIN u ON t.k = u.k";

describe("of any query", () => {
  it.each<readonly [string, string, string, string, readonly string[] | typeof ALL]>([
    ["a column", "SELECT id, at, a + 1 AS p, b AS q FROM t", "a + 1", "a + 2", ["p"]],
    ["a column of a CTE", CTE, "a + 1", "a + 2", ["p"]],
    ["a filter in a CTE", CTE, "c > 0", "c > 1", ALL],
    ["a column of a CTE that nobody reads", CTE.replace("y AS q", "1 AS q"), "b * 2", "b * 3", []],
    ["a CTE of a CTE", CTE.replace("\nSELECT", ", v AS (SELECT id, at, x + y AS z, y FROM w)\nSELECT").replace("x AS p, y AS q FROM w", "z AS p, y AS q FROM v"), "a + 1", "a + 2", ["p"]], // prettier-ignore
    ["a CTE with names of its own", CTE.replace("WITH w AS", "WITH w (id, at, x, y) AS").replace("AS x", "AS m").replace("AS y", "AS n"), "a + 1", "a + 2", ["p"]], // prettier-ignore
    ["a CTE whose name hides a table", CTE.replaceAll("w", "u"), "b * 2", "b * 3", ["q"]],
    ["a CTE in a subquery", "WITH w AS (SELECT k, max(d) AS m FROM u GROUP BY k)\nSELECT id, at, a AS p, (SELECT max(m) FROM w WHERE w.k = t.k) AS q FROM t", "max(d)", "min(d)", ["q"]], // prettier-ignore
    ["a CTE that filters", "WITH w AS (SELECT k, d + 1 AS m FROM u)\nSELECT id, at, a AS p FROM t WHERE k IN (SELECT m FROM w)", "d + 1", "d + 2", ALL], // prettier-ignore
    ["a query in FROM", "SELECT id, at, x AS p, y AS q FROM (SELECT id, at, a + 1 AS x, b AS y FROM t) w", "a + 1", "a + 2", ["p"]],
    ["a query in FROM with a star", "SELECT * FROM (SELECT id, at, a + 1 AS p, b AS q FROM t) w", "a + 1", "a + 2", ["p"]],
    ["a query in FROM with names of its own", "SELECT id, at, y AS p, x AS q FROM (SELECT id, at, a + 1, b FROM t) w (id, at, x, y)", "a + 1", "a + 2", ["q"]], // prettier-ignore
    ["a column by which it joins", "SELECT t.id, t.at, t.a AS p, w.m AS q FROM t JOIN (SELECT k + 1 AS k, d AS m FROM u) w ON t.k = w.k", "k + 1", "k + 2", ALL], // prettier-ignore
    ["a column of one of two queries, by its qualifier", "SELECT v.id, v.at, v.x AS p, w.x AS q FROM (SELECT id, at, k, a + 1 AS x FROM t) v JOIN (SELECT k, a * 2 AS x FROM u) w ON v.k = w.k", "a * 2", "a * 3", ["q"]], // prettier-ignore
    ["NATURAL JOIN", "SELECT * FROM (SELECT id, at, k, a + 1 AS x FROM t) NATURAL JOIN (SELECT k, d AS m FROM u)", "a + 1", "a + 2", ALL],
    ["an alias that is a column's name", "SELECT id, at, a * 2 AS a, a + 1 AS p FROM t", "a * 2", "a * 3", ["a"]],
    ["an alias that others read", "SELECT id, at, a * 2 AS x, x + 1 AS p, b AS q FROM t", "a * 2", "a * 3", ["p", "x"]],
    ["aliases that are swapped", "SELECT id, at, a + 1 AS b, b + 1 AS a FROM t", "a + 1", "a + 2", ["b"]],
    ["an alias in WHERE is a column", "SELECT id, at, a * 2 AS a, b AS p FROM t WHERE a > 1", "a * 2", "a * 3", ["a"]],
    ["an alias in GROUP BY", "SELECT max(id) AS id, max(at) AS at, a % 10 AS p, count(*) AS q FROM t GROUP BY p", "% 10", "% 11", ALL],
    ["an alias in GROUP BY that is a column", "SELECT max(id) AS id, max(at) AS at, a, max(b) AS b FROM t GROUP BY a, b", "max(b)", "min(b)", ["b"]], // prettier-ignore
    ["an aggregate", "SELECT k, max(id) AS id, max(at) AS at, sum(a) AS p FROM t GROUP BY k HAVING count(*) > 1", "sum(a)", "avg(a)", ["p"]], // prettier-ignore
    ["HAVING", "SELECT k, max(id) AS id, max(at) AS at, sum(a) AS p FROM t GROUP BY k HAVING count(*) > 1", "> 1", "> 2", ALL],
    ["an alias in HAVING", "SELECT k, max(id) AS id, max(at) AS at, sum(a) AS p FROM t GROUP BY k HAVING p > 1", "sum(a)", "avg(a)", ALL],
    [
      "what a window looks at",
      "SELECT id, at, a AS p, sum(b) OVER (PARTITION BY k ORDER BY at, id) AS q FROM t",
      "sum(b)",
      "max(b)",
      ["q"],
    ],
    ["the first of each", "SELECT id, at, a AS p FROM (SELECT id, at, a, row_number() OVER (PARTITION BY k ORDER BY b, id) AS n FROM t) WHERE n = 1", "ORDER BY b", "ORDER BY c", ALL], // prettier-ignore
    ["DISTINCT in a CTE", "WITH w AS (SELECT DISTINCT id, at, a, b + 1 AS y FROM t)\nSELECT id, at, a AS p FROM w", "b + 1", "b + 2", ALL],
    [
      "UNION",
      "SELECT id, at, a AS p, b AS q FROM t UNION SELECT id, at, a, b FROM u",
      "SELECT id, at, a, b",
      "SELECT id, at, a, b + 1",
      ALL,
    ],
    ["an explode", "SELECT id, at, a AS p, explode(array(b, c)) AS q FROM t", "array(b, c)", "array(c, b, c)", ALL],
    ["what comes after a pipe", "FROM t |> SELECT id, at, a + 1 AS p, b AS q |> WHERE p > 1", "a + 1", "a + 2", ALL],
    ["a column that a pipe sets", "FROM t |> SET a = a + 1 |> SELECT id, at, a AS p, b AS q", "a + 1", "a + 2", ALL],
  ])("a change of %s", (_, ...[sql, from, to, columns]) => {
    const everything = columnsOf(project(sql), project(`${sql} -- \n`.replace("FROM", "/* */ FROM")));
    expect(everything).toEqual([]);
    const found = changes(sql, from, to);
    const names = sides(project(sql))[0]?.analysis.datasets["q"]?.columns.map(({ name }) => name.toLowerCase()) ?? [];
    expect(found).toEqual(columns === ALL ? names.toSorted() : columns);
  });

  it.each<readonly [string, string, string, readonly string[] | typeof ALL]>([
    ["of a name that two tables have", JOINED, "u.a", ["q"]],
    ["of the other", JOINED, "t.a", ["p"]],
    ["of both", JOINED, "u.b", ["s"]],
    ["by which it joins", JOINED, "u.k", ALL],
    ["that nobody reads", JOINED, "u.d", []],
    ["of a table that is hidden", CTE.replaceAll("w", "u"), "u.a", []],
    ["that has the name of a column of a CTE", "WITH w AS (SELECT id, at, a AS b FROM t) SELECT id, at, b AS p FROM w", "t.b", []],
    ["behind a star", "SELECT * FROM t", "t.b", ["b"]],
    ["behind a star of one table", "SELECT t.*, u.a AS q FROM t JOIN u ON t.k = u.d", "u.b", []],
    ["under another name by its place", "SELECT v.p, v.q, id, at FROM t AS v (id, at, k, p, q, c)", "t.a", ["p"]],
    ["that NATURAL JOIN compares", "SELECT id, at, d FROM t NATURAL JOIN u", "u.b", ALL],
    ["that DISTINCT compares", "SELECT id, at, a AS p FROM (SELECT DISTINCT * FROM t)", "t.c", ALL],
    ["that an explode makes rows of", "SELECT id, at, a AS p FROM t LATERAL VIEW explode(array(b)) v AS x", "t.b", ALL],
    ["in a subquery", "SELECT id, at, a AS p, (SELECT max(a) FROM u WHERE u.k = t.k) AS q FROM t", "u.a", ["q"]],
    ["that a subquery asks for", "SELECT id, at, a AS p FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.k = t.k AND u.a > 1)", "u.a", ALL],
    ["that decides in a CASE", "SELECT id, at, CASE WHEN a > 1 THEN b ELSE 0 END AS p, c AS q FROM t", "t.a", ["p"]],
    ["that a filter counts", "SELECT id, at, a AS p FROM t WHERE b > 1", "t.b", ALL],
  ])("another type of a column %s", (_, sql, column, columns) => {
    const found = retyped(sql, column);
    const names = sides(project(sql))[0]?.analysis.datasets["q"]?.columns.map(({ name }) => name.toLowerCase()) ?? [];
    expect(found).toEqual(columns === ALL ? names.toSorted() : columns);
  });
});
