-- # one_aggregate
SELECT * FROM sales PIVOT (sum(revenue) FOR quarter IN (1, 2, 3, 4))

-- # aliased_values
SELECT * FROM (SELECT year, quarter, revenue FROM sales) PIVOT (sum(revenue) FOR quarter IN (1 AS q1, 2 AS q2))

-- # several_aggregates
SELECT * FROM (SELECT year, region, revenue, units FROM sales) PIVOT (sum(revenue) AS rev, avg(units) AS mean_units FOR region IN ('EU', 'US'))

-- # unnamed_aggregates
SELECT * FROM (SELECT year, region, revenue, units FROM sales) PIVOT (sum(revenue), max(units) FOR region IN ('EU' AS eu, 'US' AS us))

-- # several_columns
SELECT * FROM (SELECT year, quarter, region, revenue FROM sales) PIVOT (sum(revenue) FOR (quarter, region) IN ((1, 'EU') AS eu1, (1, 'US') AS us1))

-- # unaliased_pairs
SELECT * FROM (SELECT year, quarter, region, revenue FROM sales) PIVOT (sum(revenue) AS s FOR (quarter, region) IN ((1, 'EU'), (2, 'US')))

-- # count_pivot
SELECT * FROM (SELECT card_id, status FROM payments) PIVOT (count(*) FOR status IN ('ok', 'failed', 'pending'))

-- # count_of_column
SELECT * FROM (SELECT card_id, status, payment_id FROM payments) PIVOT (count(payment_id) AS n FOR status IN ('ok' AS ok, 'failed' AS failed))

-- # selected_columns
SELECT year, `1` AS q1, coalesce(`2`, 0) AS q2 FROM (SELECT year, quarter, revenue FROM sales) PIVOT (sum(revenue) FOR quarter IN (1, 2))

-- # with_alias
SELECT p.year, p.q1 / p.q2 AS ratio FROM (SELECT * FROM (SELECT year, quarter, revenue FROM sales) PIVOT (sum(revenue) FOR quarter IN (1 AS q1, 2 AS q2))) AS p

-- # unpivot
SELECT * FROM (SELECT year, units, revenue FROM sales) UNPIVOT (value FOR metric IN (units, revenue))

-- # unpivot_aliases
SELECT * FROM sales UNPIVOT (value FOR metric IN (units AS u, revenue AS r))

-- # unpivot_include_nulls
SELECT * FROM (SELECT id, x FROM a) UNPIVOT INCLUDE NULLS (v FOR k IN (x))

-- # unpivot_exclude_nulls
SELECT id, k, v FROM (SELECT id, x, id AS y FROM a) UNPIVOT EXCLUDE NULLS (v FOR k IN (x, y))

-- # unpivot_groups
SELECT * FROM (SELECT id, x AS x1, id AS y1, x AS x2, id AS y2 FROM a) UNPIVOT ((xv, yv) FOR grp IN ((x1, y1) AS first, (x2, y2) AS second))

-- # unpivot_groups_unaliased
SELECT * FROM (SELECT id, x AS x1, name AS y1, x AS x2, name AS y2 FROM a) UNPIVOT ((xv, yv) FOR grp IN ((x1, y1), (x2, y2)))

-- # unpivot_widens
SELECT * FROM (SELECT ti, i, d FROM types_nn) UNPIVOT (v FOR k IN (ti, i, d))

-- # unpivot_aliased_table
SELECT t.metric, avg(t.value) AS mean FROM sales UNPIVOT (value FOR metric IN (units, revenue)) AS t GROUP BY t.metric

-- # pivot_of_join
SELECT * FROM (SELECT c.country, p.status, p.amount FROM payments p JOIN customers c USING (customer_id)) PIVOT (sum(amount) FOR status IN ('ok', 'failed'))

-- # pivot_with_expressions
SELECT * FROM (SELECT year, quarter, revenue, units FROM sales) PIVOT (sum(revenue * units) AS weighted FOR quarter IN (1, 2))

-- # pivot_booleans_and_dates
SELECT * FROM (SELECT card_id, is_fraud, amount FROM payments) PIVOT (avg(amount) FOR is_fraud IN (true, false AS legit))

-- # pivot_then_where
SELECT * FROM (SELECT year, quarter, revenue FROM sales) PIVOT (sum(revenue) FOR quarter IN (1 AS q1, 2 AS q2)) WHERE q1 > 0 ORDER BY year
