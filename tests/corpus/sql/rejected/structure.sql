-- # union_of_different_widths
SELECT id, name FROM a UNION ALL SELECT id FROM b

-- # union_of_incompatible_types
SELECT dt FROM types UNION ALL SELECT i FROM types

-- # union_of_bool_and_int
SELECT true UNION ALL SELECT 1

-- # union_of_array_and_int
SELECT arr FROM types UNION ALL SELECT i FROM types

-- # union_of_structs_of_different_width
SELECT struct(1) UNION ALL SELECT struct(1, 2)

-- # intersect_of_different_widths
SELECT id FROM a INTERSECT SELECT id, name FROM b

-- # except_of_maps
SELECT m FROM types EXCEPT SELECT m FROM types

-- # union_by_name_of_different_columns
SELECT id, x FROM a UNION BY NAME SELECT id, y FROM b

-- # union_by_name_duplicate_columns
SELECT id, id FROM a UNION BY NAME SELECT id, id FROM b

-- # using_unknown_column
SELECT * FROM a JOIN b USING (idd)

-- # using_column_of_one_side
SELECT * FROM a JOIN b USING (x)

-- # using_incompatible_types
SELECT * FROM (SELECT dt AS k FROM types) l JOIN (SELECT i AS k FROM types) r USING (k)

-- # join_condition_types
SELECT * FROM payments p JOIN orders o ON p.paid_at = o.order_id

-- # scalar_subquery_of_two_columns
SELECT (SELECT id, name FROM a)

-- # in_subquery_of_two_columns
SELECT id FROM a WHERE id IN (SELECT id, name FROM b)

-- # in_subquery_of_other_type
SELECT id FROM a WHERE id IN (SELECT order_date FROM orders)

-- # row_in_subquery_of_one_column
SELECT id FROM a WHERE (id, name) IN (SELECT id FROM b)

-- # correlated_in_from
SELECT * FROM a, (SELECT y FROM b WHERE b.id = a.id) t

-- # correlated_limit_in_in
SELECT id FROM a WHERE x IN (SELECT id FROM b WHERE b.id = a.idd LIMIT 1)

-- # lateral_unknown_column
SELECT * FROM a, LATERAL (SELECT y FROM b WHERE b.id = a.idd) t

-- # recursive_without_keyword
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n

-- # recursive_without_union
WITH RECURSIVE n AS (SELECT i + 1 AS i FROM n) SELECT * FROM n

-- # duplicate_cte
WITH t AS (SELECT 1 AS a), t AS (SELECT 2 AS b) SELECT * FROM t

-- # cte_column_count
WITH t(x, y) AS (SELECT 1) SELECT * FROM t

-- # alias_column_count
SELECT * FROM a AS t(k, v)

-- # values_of_different_widths
SELECT * FROM VALUES (1, 2), (3) AS t(a, b)

-- # values_alias_count
SELECT * FROM VALUES (1, 2) AS t(a)

-- # values_incompatible
SELECT * FROM VALUES (1), (array(1)) AS t(a)

-- # values_of_column
SELECT * FROM VALUES (id) AS t(a)

-- # nested_generator
SELECT explode(explode(array(arr))) FROM types

-- # generator_in_where
SELECT i FROM types WHERE explode(arr) = 1

-- # generator_in_expression
SELECT 1 + explode(arr) FROM types

-- # generator_in_order_by
SELECT i FROM types ORDER BY explode(arr)

-- # generator_alias_count
SELECT explode(m) AS (k) FROM types

-- # generator_three_aliases
SELECT posexplode(arr) AS (p, v, w) FROM types

-- # lateral_view_alias_count
SELECT * FROM types LATERAL VIEW explode(arr) t AS x, y

-- # lateral_view_of_scalar
SELECT * FROM types LATERAL VIEW upper(s) t AS x

-- # lateral_view_unknown_function
SELECT * FROM types LATERAL VIEW explod(arr) t AS x

-- # table_function_unknown
SELECT * FROM generate_series(1, 10)

-- # table_function_arguments
SELECT * FROM range()

-- # table_function_argument_type
SELECT * FROM range('a', 'b', 'c', 'd', 'e')

-- # pivot_without_aggregate
SELECT * FROM sales PIVOT (revenue FOR quarter IN (1, 2))

-- # pivot_unknown_column
SELECT * FROM sales PIVOT (sum(revenue) FOR quarterly IN (1, 2))

-- # pivot_value_not_literal
SELECT * FROM sales PIVOT (sum(revenue) FOR quarter IN (year))

-- # pivot_column_afterwards
SELECT quarter FROM (SELECT year, quarter, revenue FROM sales) PIVOT (sum(revenue) FOR quarter IN (1, 2))

-- # unpivot_incompatible
SELECT * FROM (SELECT id, x, name FROM a) UNPIVOT (v FOR k IN (x, name))

-- # unpivot_unknown_column
SELECT * FROM a UNPIVOT (v FOR k IN (x, z))

-- # except_unknown_column
SELECT * EXCEPT (idd) FROM a

-- # except_everything
SELECT * EXCEPT (id, x, name, other) FROM a

-- # except_duplicate
SELECT * EXCEPT (id, id) FROM a

-- # star_in_where
SELECT id FROM a WHERE *

-- # star_in_arithmetic
SELECT * + 1 FROM a

-- # limit_of_column
SELECT id FROM a LIMIT x

-- # limit_negative
SELECT id FROM a LIMIT -1

-- # limit_of_string
SELECT id FROM a LIMIT 'ten'

-- # time_window_bad_duration
SELECT window, count(*) FROM payments GROUP BY window(paid_at, '1 houur')

-- # time_window_slide_beyond
SELECT window, count(*) FROM payments GROUP BY window(paid_at, '1 hour', '2 hours')

-- # two_time_windows
SELECT count(*) FROM payments GROUP BY window(paid_at, '1 hour'), window(settled_at, '1 day')

-- # window_time_of_timestamp
SELECT window_time(paid_at) FROM payments

-- # lambda_outside_function
SELECT upper(x -> x) FROM types

-- # lambda_argument_count
SELECT transform(arr, (x, y, z) -> x) FROM types

-- # lambda_result_not_boolean
SELECT filter(arr, x -> x + 1) FROM types

-- # lambda_of_map
SELECT transform(m, x -> x) FROM types

-- # lambda_accumulator_type
SELECT aggregate(arr, 0, (acc, x) -> acc + x + 0.5) FROM types

-- # lambda_body_type
SELECT transform(arr_s, x -> x + array(1)) FROM types

-- # lambda_unknown_name
SELECT transform(arr, x -> x + y) FROM types

-- # lambda_field_of_int
SELECT transform(arr, x -> x.k) FROM types

-- # lambda_duplicate_names
SELECT transform(arr, (x, x) -> x) FROM types

-- # natural_join_incompatible
SELECT * FROM (SELECT dt AS k FROM types) NATURAL JOIN (SELECT arr AS k FROM types)

-- # insert_like_statement_subquery
SELECT (DELETE FROM a)

-- # nondeterministic_in_join
SELECT a.id FROM a ORDER BY rand() + sum(x)

-- # exists_without_subquery
SELECT id FROM a WHERE EXISTS (id)

-- # offset_negative
SELECT id FROM a OFFSET -3

-- # tablesample_negative
SELECT id FROM a TABLESAMPLE (120 PERCENT)

-- # values_of_numbers_and_words
SELECT * FROM VALUES (1), ('a') AS t(v)

-- # union_by_name_is_not_spark_sql
SELECT id, name FROM a UNION ALL BY NAME SELECT name, id FROM b

-- # lateral_view_before_join
SELECT * FROM orders o LATERAL VIEW inline(o.items) it AS sku, qty, price LEFT JOIN products p ON p.sku = it.sku

-- # star_of_unnamed_lateral
SELECT l.* FROM a CROSS JOIN LATERAL (SELECT a.x + 1 AS x1)
