-- # window_of_window
SELECT sum(row_number() OVER (ORDER BY id)) OVER (ORDER BY id) FROM a

-- # frame_reversed
SELECT sum(x) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM a

-- # correlated_scalar_without_aggregate
SELECT id, (SELECT y FROM b WHERE b.id = a.id) FROM a

-- # correlated_scalar_non_equality_aggregate
SELECT id, (SELECT b.id FROM b WHERE b.id > a.id GROUP BY b.id) FROM a

-- # two_generators
SELECT explode(arr), explode(arr_s) FROM types

-- # pivot_value_type
SELECT * FROM sales PIVOT (sum(revenue) FOR quarter IN (DATE '2024-01-01'))

-- # time_window_of_string
SELECT window, count(*) FROM events GROUP BY window(url, '1 hour')

-- # session_window_of_string
SELECT count(*) FROM events GROUP BY session_window(url, '5 minutes')

-- # lambda_missing
SELECT transform(arr, 1) FROM types

-- # values_of_structs_with_other_names
SELECT * FROM VALUES (struct(1 AS a)), (struct(2)) AS t(s)

-- # empty_where
SELECT id FROM a WHERE

-- # or_of_strings
SELECT bool OR s FROM types

-- # having_of_int
SELECT name FROM a GROUP BY name HAVING count(*)

-- # count_distinct_of_map
SELECT count(DISTINCT m) FROM types

-- # group_by_map
SELECT m, count(*) FROM types GROUP BY m
