import { expect, it } from "vitest";
import { bind } from "../../src/sql/bind/index.js";
import { parseSql } from "../../src/sql/parse/index.js";
import { rowTablesOf } from "../../src/sql/row-tables.js";
import { unstableIn } from "../../src/sql/unstable.js";

function parsed(sql: string): Parameters<typeof unstableIn>[0] {
  const result = parseSql(sql);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.query;
}
const unstable = (sql: string): readonly string[] => unstableIn(parsed(sql)).map(({ kind, what, span }) => `${kind} ${what} ${sql.slice(span.start, span.end)}`); // prettier-ignore
/** By the binder, over a table with a time, a day and a text. */
function clocks(sql: string): readonly string[] {
  const type = (kind: "timestamp" | "date" | "string" | "int") => ({ type: { kind } as const, nullable: true });
  const columns = [
    { name: "at", ...type("timestamp") },
    { name: "day", ...type("date") },
    { name: "word", ...type("string") },
    { name: "n", ...type("int") },
  ];
  const { findings, unstable: found } = bind(parsed(sql), new Map([["t", { id: "t", name: "t", columns }]]));
  if (findings.length > 0) throw new Error(findings.map(({ condition }) => condition).join());
  return found.map(({ kind, span }) => `${kind} ${sql.slice(span.start, span.end)}`);
}
const rows = (sql: string): readonly string[] => rowTablesOf(parsed(sql));

it("finds what is another value each time, wherever it stands", () => {
  expect(unstable("SELECT a, current_date() FROM t WHERE b > now() - INTERVAL 1 DAY")).toEqual([
    "clock current_date current_date()",
    "clock now now()",
  ]);
  expect(unstable("WITH x AS (SELECT uuid() AS id FROM t) SELECT * FROM x ORDER BY RAND(1)")).toEqual([
    "chance uuid uuid()",
    "chance rand RAND(1)",
  ]);
  expect(unstable("SELECT monotonically_increasing_id() FROM t")).toEqual([
    "machine monotonically_increasing_id monotonically_increasing_id()",
  ]);
  expect(unstable("SELECT unix_timestamp(), unix_timestamp(at) FROM t")).toEqual(["clock unix_timestamp unix_timestamp()"]);
  expect(unstable("SELECT t.now, `rand` FROM t"), "columns of these names").toEqual([]);
});

it("finds values that depend on the order of rows, unless an order is given or all one", () => {
  expect(unstable("SELECT first(a) FROM t")).toEqual(["order first first(a)"]);
  expect(unstable("SELECT first(a) OVER (PARTITION BY b ORDER BY c) FROM t")).toEqual([]);
  expect(unstable("SELECT sort_array(collect_set(a)), size(collect_list(b)) FROM t")).toEqual([]);
  expect(unstable("SELECT concat_ws(',', collect_list(a)) FROM t")).toEqual(["order collect_list collect_list(a)"]);
  expect(unstable("SELECT * FROM t LIMIT 5")).toEqual(["order LIMIT 5"]);
  expect(unstable("SELECT * FROM t OFFSET 5")).toEqual(["order OFFSET 5"]);
  expect(unstable("SELECT * FROM t ORDER BY a OFFSET 5")).toEqual([]);
  expect(unstable("SELECT listagg(a), string_agg(DISTINCT a, ','), mode(a) FROM t")).toEqual([
    "order listagg listagg(a)",
    "order string_agg string_agg(DISTINCT a, ',')",
    "order mode mode(a)",
  ]);
  expect(unstable("SELECT listagg(a) WITHIN GROUP (ORDER BY a), mode() WITHIN GROUP (ORDER BY a), mode(a, true) FROM t")).toEqual([]);
  expect(unstable("SELECT * FROM (SELECT * FROM t ORDER BY a LIMIT 5)")).toEqual([]);
});

it("finds methods of Java, ciphers that begin at random, and samples", () => {
  expect(unstable("SELECT reflect('java.util.UUID', 'randomUUID'), java_method('a', 'b'), try_reflect('a', 'b') FROM t")).toHaveLength(3);
  expect(unstable("SELECT aes_encrypt(a, k), aes_encrypt(a, k, 'GCM', 'DEFAULT', '') FROM t")).toHaveLength(2);
  expect(unstable("SELECT aes_encrypt(a, k, 'ECB'), aes_encrypt(a, k, 'GCM', 'DEFAULT', iv), aes_decrypt(a, k) FROM t")).toEqual([]);
  expect(unstable("SELECT * FROM t TABLESAMPLE (10 PERCENT)")).toEqual(["chance TABLESAMPLE TABLESAMPLE (10 PERCENT)"]);
  expect(unstable("SELECT * FROM t TABLESAMPLE (10 PERCENT) REPEATABLE (5) AS s")).toEqual([
    "chance TABLESAMPLE TABLESAMPLE (10 PERCENT) REPEATABLE (5)",
  ]);
  expect(unstable("SELECT * FROM (SELECT * FROM t) TABLESAMPLE (5 ROWS)")).toEqual(["order TABLESAMPLE TABLESAMPLE (5 ROWS)"]);
});

it("finds places and frames in windows whose rows are in no order", () => {
  const over = (call: string, window: string): readonly string[] =>
    unstableIn(parsed(`SELECT ${call} OVER (${window}) FROM t`)).map(({ what, of }) => `${what} ${of}`);
  expect(over("row_number()", "PARTITION BY a ORDER BY 1")).toEqual(["row_number window"]);
  expect(over("row_number()", "ORDER BY (SELECT NULL)")).toEqual(["row_number window"]);
  expect(over("ntile(4)", "PARTITION BY a ORDER BY 'x' DESC")).toEqual(["ntile window"]);
  expect(over("lag(b)", "PARTITION BY a ORDER BY A")).toEqual(["lag window"]);
  expect(over("row_number()", "PARTITION BY a ORDER BY a, b")).toEqual([]);
  expect(over("row_number()", "PARTITION BY a ORDER BY -b")).toEqual([]);
  expect(over("rank()", "PARTITION BY a ORDER BY 1"), "all rows have one place").toEqual([]);
  expect(over("sum(b)", "PARTITION BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW")).toEqual(["sum window"]);
  expect(over("sum(b)", "PARTITION BY a ROWS 1 PRECEDING")).toEqual(["sum window"]);
  expect(over("sum(b)", "PARTITION BY a ORDER BY c ROWS 1 PRECEDING")).toEqual([]);
  expect(over("sum(b)", "PARTITION BY a ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING")).toEqual([]);
  expect(over("sum(b)", "PARTITION BY a"), "of all rows of the partition").toEqual([]);
  expect(over("first(b)", "PARTITION BY a")).toEqual(["first group"]);
  expect(over("nth_value(b, 2)", "PARTITION BY a")).toEqual(["nth_value window"]);
  expect(unstable("SELECT row_number() OVER w FROM t WINDOW w AS (PARTITION BY a ORDER BY 1)")).toHaveLength(1);
  expect(unstable("SELECT row_number() OVER w FROM t WINDOW w AS (PARTITION BY a ORDER BY b)")).toEqual([]);
  expect(unstable("SELECT sort_array(collect_list(b) OVER (PARTITION BY a)) FROM t")).toEqual([]);
});

it("finds texts that a clock makes times of, by the types around them", () => {
  const one = (expression: string): readonly string[] => clocks(`SELECT ${expression} AS x FROM t`);
  for (const text of [
    "CAST('now' AS TIMESTAMP)",
    "CAST('today UTC' AS TIMESTAMP)",
    "' Now '::timestamp",
    "try_cast('today' AS date)",
    "to_timestamp('now')",
    "to_date('today')",
    "date('yesterday')",
    "timestamp('now')",
    "hour('now')",
    "datediff('today', day)",
    "date_trunc('day', 'now')",
    "at > 'now' AND n > 1",
    "NOT (day = 'today')",
    "at BETWEEN 'yesterday' AND 'tomorrow'",
    "at NOT BETWEEN 'yesterday' AND '2026-01-01'",
    "day IN ('today', '2026-01-01')",
    "day IS DISTINCT FROM 'today'",
    "coalesce(at, 'now')",
    "CASE WHEN n = 1 THEN 'now' ELSE at END",
    "CAST('12:30' AS timestamp)",
    "to_timestamp('T12:30:01')",
    "at > '12:30'",
    "TIMESTAMP '12:30'",
    "DATE 'today UTC'",
    "TIMESTAMP 'now'",
    "DATE 'today'",
    "TIMESTAMP_NTZ 'tomorrow'",
  ])
    expect(one(text).map((found) => found.split(" ")[0]), text).toContain("clock"); // prettier-ignore
  for (const text of [
    "DATE 'epoch'",
    "TIMESTAMP 'epoch'",
    "CAST('epoch' AS date)",
    "CAST('2026-01-01' AS timestamp)",
    "word = 'now' AND at IS NOT NULL",
    "word IN ('today', 'tomorrow')",
    "CASE WHEN at > TIMESTAMP '2026-01-01' THEN 'today' ELSE word END",
    "concat('today', word)",
    "named_struct('today', at)",
    "to_timestamp('now', 'yyyy')",
    "date_format(at, 'yyyy') || 'now'",
    "if(at > TIMESTAMP '2026-01-01', 'now', 'nowhere')",
    "at > '2026-01-01'",
    "word = '12:30' AND at > '2026-01-01 12:30:00'",
    "CAST('12:30' AS time)",
  ])
    expect(one(text), text).toEqual([]);
  expect(one("current_date")).toEqual(["clock current_date"]);
  expect(one("current_user")).toEqual(["machine current_user"]);
  expect(clocks("SELECT user, current_date FROM (SELECT word AS user, day AS current_date FROM t)"), "columns of these names").toEqual([]);
});

it("tells tables that decide which rows there are from those that only fill columns", () => {
  expect(rows("SELECT * FROM a LEFT JOIN b USING (x)")).toEqual(["a"]);
  expect(rows("SELECT * FROM a RIGHT JOIN (SELECT * FROM b JOIN c USING (x)) USING (x)")).toEqual(["b", "c"]);
  expect(rows("SELECT * FROM a FULL JOIN b USING (x)")).toEqual(["a", "b"]);
  expect(rows("SELECT * FROM a SEMI JOIN B ON a.x = b.x")).toEqual(["a", "b"]);
  expect(rows("WITH a AS (SELECT * FROM b), c AS (SELECT * FROM a, d) SELECT * FROM c LEFT JOIN e USING (x)")).toEqual(["b", "d"]);
  expect(rows("SELECT * FROM a UNION ALL (SELECT * FROM b WHERE x IN (SELECT x FROM c))")).toEqual(["a", "b"]);
  expect(rows("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r JOIN a ON n = x")).toEqual(["a"]);
});
