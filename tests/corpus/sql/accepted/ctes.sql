-- # one
WITH t AS (SELECT id, x FROM a) SELECT * FROM t

-- # chain
WITH t AS (SELECT id, x FROM a), u AS (SELECT id, x * 2 AS xx FROM t) SELECT u.id, u.xx, t.x FROM u JOIN t USING (id)

-- # shadows_a_table
WITH a AS (SELECT 1 AS only) SELECT * FROM a

-- # reads_the_shadowed_table
WITH a AS (SELECT id, name FROM a) SELECT * FROM a

-- # inner_shadows_outer
WITH t AS (SELECT 1 AS x) SELECT * FROM (WITH t AS (SELECT 'inner' AS y) SELECT * FROM t)

-- # nested_definition
WITH t AS (WITH u AS (SELECT id FROM a) SELECT id, 1 AS one FROM u) SELECT * FROM t

-- # shadowing_within_definitions
WITH t AS (SELECT 1 AS x), t2 AS (WITH t AS (SELECT 'a' AS x) SELECT * FROM t) SELECT t.x, t2.x AS x2 FROM t, t2

-- # column_aliases
WITH t(k, v) AS (SELECT id, name FROM a) SELECT v, k FROM t

-- # used_twice
WITH t AS (SELECT id, x FROM a) SELECT l.id, r.x FROM t l LEFT JOIN t r ON l.id = r.x

-- # case_insensitive
WITH Totals AS (SELECT sum(y) AS Total FROM b) SELECT total, TOTALS.Total FROM totals

-- # quoted_name
WITH `my cte` AS (SELECT 1 AS `a b`) SELECT `a b`, `my cte`.`a b` + 1 AS c FROM `my cte`

-- # in_subquery
SELECT id FROM a WHERE id IN (WITH t AS (SELECT id FROM b) SELECT id FROM t)

-- # visible_in_subquery
WITH t AS (SELECT id FROM b WHERE y > 1) SELECT id FROM a WHERE id IN (SELECT id FROM t)

-- # visible_in_scalar_subquery
WITH t AS (SELECT max(y) AS top FROM b) SELECT id, (SELECT top FROM t) AS top FROM a

-- # before_union
WITH t AS (SELECT 1 AS n) SELECT n FROM t UNION ALL SELECT n + 1 FROM t

-- # in_union_branch
SELECT 1 AS n UNION ALL (WITH t AS (SELECT 2L AS n) SELECT n FROM t)

-- # unused
WITH t AS (SELECT 1 AS n), u AS (SELECT 2 AS m) SELECT m FROM u

-- # of_values
WITH t(a, b) AS (VALUES (1, 'x'), (2, NULL)) SELECT a, b FROM t

-- # recursive
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n

-- # recursive_hierarchy
WITH RECURSIVE chain AS (
  SELECT id, manager_id, name, 0 AS depth FROM employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.id, e.manager_id, e.name, c.depth + 1 FROM employees e JOIN chain c ON e.manager_id = c.id
)
SELECT id, name, depth FROM chain

-- # three_levels_of_shadowing
WITH t AS (SELECT 1 AS v)
SELECT * FROM (
  WITH t AS (SELECT 2L AS v)
  SELECT o.v, i.v AS w FROM t AS o JOIN (WITH t AS (SELECT 'deep' AS v) SELECT v FROM t) AS i ON true
)

-- # alias_over_cte
WITH t AS (SELECT id FROM a) SELECT z.id FROM t AS z

-- # later_cte_sees_shadow
WITH b AS (SELECT id, name AS y FROM a), c2 AS (SELECT y FROM b) SELECT y FROM c2

-- # aggregated
WITH totals AS (SELECT card_id, sum(amount) AS spend, count(*) AS n FROM payments GROUP BY card_id) SELECT card_id, spend / n AS mean_spend, spend > 100 AS big FROM totals

-- # cte_in_lateral
SELECT a.id, l.m FROM a, LATERAL (WITH t AS (SELECT max(y) AS m FROM b) SELECT m FROM t) l
