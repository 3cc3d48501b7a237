import { expect, it } from "vitest";
import { parseSql } from "../../src/sql/parse/index.js";
import { rowTablesOf } from "../../src/sql/row-tables.js";
import { unstableIn } from "../../src/sql/unstable.js";

function parsed(sql: string): Parameters<typeof unstableIn>[0] {
  const result = parseSql(sql);
  if (!result.ok) throw new Error(result.problem.kind);
  return result.query;
}
const unstable = (sql: string): readonly string[] => unstableIn(parsed(sql)).map(({ kind, what, span }) => `${kind} ${what} ${sql.slice(span.start, span.end)}`); // prettier-ignore
const rows = (sql: string): readonly string[] => rowTablesOf(parsed(sql));

it("finds what is another value each time, wherever it stands", () => {
  expect(unstable("SELECT a, current_date FROM t WHERE b > now() - INTERVAL 1 DAY")).toEqual([
    "clock current_date current_date",
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
  expect(unstable("SELECT * FROM (SELECT * FROM t ORDER BY a LIMIT 5)")).toEqual([]);
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
