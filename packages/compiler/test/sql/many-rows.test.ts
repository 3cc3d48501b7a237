import { expect, it } from "vitest";
import { manyRows } from "../../src/sql/many-rows.js";
import { parseSql } from "../../src/sql/parse/index.js";

function reason(sql: string): string | undefined {
  const parsed = parseSql(sql);
  if (!parsed.ok) throw new Error(sql);
  return manyRows(parsed.query);
}

it.each([
  "SELECT a, upper(b) AS c FROM t WHERE a > 1 AND b IN ('x', 'y')",
  "SELECT * FROM (SELECT a FROM t) AS u WHERE a IS NOT NULL ORDER BY a",
  "WITH u AS (SELECT a FROM t) SELECT a FROM u UNION ALL SELECT b FROM v",
  "SELECT a, explode(items) AS item FROM t",
  "SELECT a, item FROM t LATERAL VIEW explode(items) AS item",
  "SELECT CASE WHEN a > 1 THEN transform(xs, x -> x + 1) END AS y FROM t",
  "SELECT a, k, v FROM t UNPIVOT (v FOR k IN (b, c))",
])("row by row: %s", (sql) => expect(reason(sql)).toBeUndefined());

it.each([
  ["SELECT DISTINCT a FROM t", "DISTINCT"],
  ["SELECT a, count(*) FROM t GROUP BY a", "GROUP BY"],
  ["SELECT max(a) AS a FROM t", "`max`"],
  ["SELECT a FROM t HAVING a > 1", "GROUP BY"],
  ["SELECT a, lag(a) OVER (ORDER BY b) AS c FROM t", "`lag(…) OVER`"],
  ["SELECT a, sum(b) OVER w AS c FROM t WINDOW w AS (PARTITION BY a)", "`sum(…) OVER`"],
  ["SELECT t.a FROM t JOIN u ON t.a = u.a", "joins"],
  ["SELECT t.a FROM t, u", "joins"],
  ["SELECT a FROM t LEFT SEMI JOIN u USING (a)", "joins"],
  ["SELECT a FROM t WHERE a IN (SELECT b FROM u)", "subquery"],
  ["SELECT (SELECT max(b) FROM u) AS c FROM t", "subquery"],
  ["SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u)", "subquery"],
  ["SELECT a FROM t LIMIT 3", "LIMIT"],
  ["SELECT a FROM (SELECT a FROM t LIMIT 3)", "LIMIT"],
  ["SELECT a FROM t UNION SELECT a FROM u", "UNION"],
  ["SELECT a FROM t EXCEPT ALL SELECT a FROM u", "EXCEPT"],
  ["WITH u AS (SELECT DISTINCT a FROM t) SELECT a FROM u", "DISTINCT"],
  ["SELECT id FROM range(10)", "table function"],
  ["SELECT * FROM t PIVOT (sum(a) FOR b IN ('x'))", "PIVOT"],
  ["SELECT a, rand() AS r FROM t", "`rand`"],
  ["SELECT a, uuid() AS r FROM t", "`uuid`"],
])("more than a row: %s", (sql, word) => expect(reason(sql)).toContain(word));
