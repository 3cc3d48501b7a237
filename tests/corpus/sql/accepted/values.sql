-- # rows
VALUES (1, 'a'), (2, 'b')

-- # single_column
VALUES 1, 2, 3

-- # aliased
SELECT * FROM VALUES (1, 'a', true), (2, 'b', NULL) AS t(id, name, flag)

-- # aliased_table_only
SELECT t.col1, col2 FROM VALUES (1, 2) AS t

-- # parenthesised
SELECT * FROM (VALUES (1, 1.5), (2, 2.25)) AS t(a, b)

-- # widening
SELECT * FROM VALUES (1, 1, 1), (2L, 1.5, NULL) AS t(a, b, c)

-- # strings_and_numbers
SELECT * FROM VALUES ('1'), ('a') AS t(v)

-- # nulls_only
SELECT * FROM VALUES (NULL, 1), (NULL, 2) AS t(n, v)

-- # dates
SELECT * FROM VALUES (DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00'), (NULL, NULL) AS t(d, ts)

-- # structs_and_arrays
SELECT * FROM VALUES (array(1, 2), struct(1 AS a, 'x' AS b)), (array(3, NULL), struct(2 AS a, CAST(NULL AS STRING) AS b)) AS t(arr, st)

-- # expressions
SELECT * FROM VALUES (1 + 1, upper('a'), CAST(NULL AS DATE)), (2, 'b', DATE '2024-01-01') AS t(n, s, d)

-- # joined
SELECT p.payment_id, r.label FROM payments p LEFT JOIN VALUES ('ok', 1), ('failed', 0) AS r(status, label) ON p.status = r.status

-- # in_cte
WITH bands(low, high, name) AS (VALUES (0, 10, 'small'), (10, 100, 'mid'), (100, NULL, 'large')) SELECT p.payment_id, b.name FROM payments p JOIN bands b ON p.amount >= b.low AND (b.high IS NULL OR p.amount < b.high)

-- # one_row_select
SELECT * FROM (SELECT 1 AS a, 'x' AS b)

-- # in_subquery
SELECT id FROM a WHERE id IN (VALUES 1, 2)

-- # decimals
SELECT * FROM VALUES (1.1), (22.22), (333) AS t(v)

-- # aggregate_over_values
SELECT max(n) AS m, count(*) AS c FROM VALUES (1), (2) AS t(n)

-- # maps
SELECT * FROM VALUES (map('a', 1)), (map('b', NULL)) AS t(m)
