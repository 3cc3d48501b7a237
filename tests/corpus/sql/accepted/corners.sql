-- # join_without_condition
SELECT a.id, b.y FROM a JOIN b

-- # from_first_with_where
FROM a SELECT id, x WHERE x > 1

-- # cte_then_from_first
WITH t AS (SELECT id, x FROM a) FROM t SELECT *

-- # lateral_view_without_table_alias
SELECT i, e FROM types LATERAL VIEW explode(arr) AS e

-- # group_by_empty_grouping_set
SELECT count(*) AS n, sum(x) AS s FROM a GROUP BY GROUPING SETS (())

-- # group_by_ordinal_of_expression
SELECT x + 1 AS y, count(*) FROM a GROUP BY 1 HAVING y > 2 ORDER BY 2, 1

-- # having_alias_shadows_column
SELECT name, max(x) AS id FROM a GROUP BY name HAVING id > 1

-- # order_by_alias_shadows_column
SELECT -x AS id FROM a ORDER BY id

-- # order_by_input_column_and_alias
SELECT id AS k, name FROM a ORDER BY k, x, a.name

-- # distinct_aggregate_order
SELECT DISTINCT name, count(*) AS n FROM a GROUP BY name ORDER BY n

-- # aggregate_inside_case
SELECT CASE WHEN count(*) > 1 THEN max(name) ELSE 'one' END AS v, coalesce(sum(x), 0) + 1 AS w, -sum(x) AS neg FROM a

-- # count_in_arithmetic
SELECT count(*) * 1.0 / nullif(count(x), 0) AS a, count(*) / 2 AS b, count(DISTINCT x) + count(*) AS c, 100 * avg(x) AS d, round(100.0 * count(x) / count(*), 2) AS e FROM a

-- # interval_minus_sign
SELECT INTERVAL -1 DAY AS a, -INTERVAL '2' HOUR AS b, dt - INTERVAL -1 MONTH AS c, INTERVAL '-1 02:00:00' DAY TO SECOND AS d FROM types_nn

-- # date_minus_date_days
SELECT dt - DATE '2024-01-01' AS a, (dt - DATE '2024-01-01') / 2 AS b, extract(DAY FROM dt - DATE '2024-01-01') AS c, ts - INTERVAL '1' SECOND > ts AS d FROM types_nn

-- # string_comparisons_with_timestamps
SELECT ts BETWEEN '2024-01-01' AND '2024-02-01' AS a, dt IN ('2024-01-01', DATE '2024-01-02') AS b, ts > dt AS c, coalesce(ts, '2024-01-01') AS d, CASE WHEN ts > '2024' THEN dt ELSE ts END AS e FROM types_nn

-- # decimal_literals_in_case
SELECT CASE WHEN i > 1 THEN 0.5 WHEN i > 2 THEN 10 ELSE 100.25 END AS a, CASE WHEN i > 1 THEN 1 ELSE 0.333 END AS b, if(i > 1, 99.9, dec) AS c, coalesce(dec, 0.0001) AS d, CASE WHEN i > 1 THEN 1.5 ELSE 2e0 END AS e FROM types_nn

-- # decimal_in_lists_and_between
SELECT dec IN (1, 2.5) AS a, dec BETWEEN 0 AND 99.999 AS b, dec = 1 AS c, i = 1.0 AS d, nullif(dec, 0) AS e, greatest(dec, 0.5, i) AS f FROM types

-- # aggregates_of_case_decimals
SELECT sum(CASE WHEN i > 1 THEN dec ELSE 0 END) AS a, avg(CASE WHEN i > 1 THEN dec END) AS b, sum(dec * i) AS c, sum(dec) / sum(i) AS d, max(dec) - min(dec) AS e, sum(dec) * 0.01 AS f, avg(dec) * 2 AS g, sum(if(i > 1, 1, 0)) / count(*) AS h FROM types_nn

-- # nested_function_names
SELECT round(avg(x), 2), max(abs(x)) + 1, concat(upper(min(name)), '-', count(*)), coalesce(sum(x), 0) FROM a

-- # nested_case_names
SELECT CASE WHEN x IS NULL THEN 0 WHEN x IN (1, 2) THEN x ELSE -1 END, CASE name WHEN 'a' THEN TRUE ELSE FALSE END, if(x > 0, 'pos', NULL) FROM a

-- # subquery_names
SELECT (SELECT count(*) FROM b), (SELECT max(y) FROM b WHERE b.id = a.id) + 1, x > (SELECT min(id) FROM c), name IN (SELECT name FROM b), NOT EXISTS (SELECT 1 FROM b) FROM a

-- # lambda_names
SELECT aggregate(array(1, 2), 0, (acc, v) -> acc + v, acc -> acc * 2), map_filter(map('a', 1), (k, v) -> v > 0), array_sort(array(2, 1), (l, r) -> l - r), zip_with(array(1), array('x'), (p, q) -> concat(p, q))

-- # extraction_names
SELECT arr_st[0].k, m['a'], st.c.e[0] + 1, element_at(arr, -1), struct(i, s).s, named_struct('q', i).q, array(1, 2)[0], map('a', 1)['a'] FROM types

-- # literal_names_more
SELECT -1.5, 1e10, 1.0E-5D, 100L, 3S, 'it''s', '', "a b", X'AB', TIMESTAMP '2024-01-01 10:00:00', TIMESTAMP_NTZ '2024-01-01 10:00:00.5', NOT true, -(-1)

-- # operator_names
SELECT x DIV 2, x % 2 = 0, x BETWEEN 1 AND 2 AND name LIKE 'a%', NOT x > 1, (x = 1) = (id = 2), x <=> NULL, ~x & 1, name || '-' || id, x IS NULL OR name IS NOT NULL, - x - 1 FROM a

-- # set_operation_of_nested_types
SELECT array(named_struct('a', 1)) AS v, map('k', array(1)) AS m UNION ALL SELECT array(named_struct('a', 2L), NULL), map('k', array(NULL, 1L))

-- # set_operation_struct_field_names
SELECT named_struct('A', 1, 'b', 'x') AS v UNION ALL SELECT named_struct('a', 1, 'B', NULL)

-- # set_operation_not_null_arrays
SELECT arr, m, st.c FROM types_nn UNION ALL SELECT arr, m, st.c FROM types

-- # intersect_keeps_left_nullability
SELECT id, name FROM a INTERSECT SELECT id, name FROM b

-- # except_keeps_left_nullability
SELECT id, name, x FROM a EXCEPT SELECT id, name, id FROM b

-- # using_chain_of_left_and_right
SELECT id, a.x, b.y, c.flag FROM a LEFT JOIN b USING (id) RIGHT JOIN c USING (id)

-- # natural_join_of_three
SELECT * FROM a NATURAL LEFT JOIN b NATURAL JOIN (SELECT id, true AS t FROM c WHERE id IS NOT NULL)

-- # using_with_alias_columns
SELECT k, l.v, r.w FROM (SELECT id AS k, x AS v FROM a) l FULL JOIN (SELECT id AS k, flag AS w FROM c) r USING (k)

-- # left_join_of_aggregate_not_null
SELECT a.id, t.n, t.n IS NULL AS missing, coalesce(t.n, 0) AS n0, t.flags FROM a LEFT JOIN (SELECT id, count(*) AS n, collect_list(flag) AS flags FROM c GROUP BY id) t ON t.id = a.id

-- # left_join_of_literals
SELECT a.id, t.one, t.arr, t.st.p FROM a LEFT JOIN (SELECT id, 1 AS one, array(1) AS arr, struct(1 AS p) AS st FROM b) t ON a.id = t.id

-- # semi_join_then_aggregate
SELECT count(*) AS n, max(a.name) AS top FROM a LEFT SEMI JOIN b ON a.id = b.id AND b.y > 0

-- # lateral_join_with_aggregates
SELECT a.id, s.n, s.top FROM a LEFT JOIN LATERAL (SELECT count(*) AS n, max(y) AS top FROM b WHERE b.id = a.id) s ON s.n > 0

-- # correlated_count_never_null
SELECT a.id, (SELECT count(*) FROM b WHERE b.id = a.id) AS n, (SELECT count(*) FROM b) AS all_b, coalesce((SELECT sum(y) FROM b WHERE b.id = a.id), 0) AS s FROM a

-- # exists_in_case
SELECT id, CASE WHEN EXISTS (SELECT 1 FROM b WHERE b.id = a.id) THEN 'both' ELSE 'only a' END AS origin FROM a

-- # cte_shadow_in_correlated_subquery
WITH b AS (SELECT id, x AS y FROM a) SELECT c.id, (SELECT max(b.y) FROM b WHERE b.id = c.id) AS m FROM c

-- # cte_name_same_as_alias
WITH t AS (SELECT id AS k FROM a) SELECT t.k, u.k AS k2 FROM t JOIN t AS u ON t.k = u.k

-- # pivot_names_of_values
SELECT * FROM (SELECT region, units, revenue FROM sales) PIVOT (max(revenue) AS `top rev`, count(*) FOR units IN (1, -1, NULL, 10 AS ten))

-- # pivot_decimals_and_strings
SELECT * FROM (SELECT currency, status, amount FROM payments) PIVOT (sum(amount) FOR status IN ('ok', 'not ok', '') )

-- # pivot_of_dates
SELECT * FROM (SELECT date(paid_at) AS day, status, amount FROM payments) PIVOT (avg(amount) FOR day IN (DATE '2024-01-01', DATE '2024-01-02' AS second))

-- # unpivot_decimal_and_double
SELECT * FROM (SELECT product, revenue, CAST(units AS DECIMAL(10,2)) AS units FROM sales) UNPIVOT INCLUDE NULLS (val FOR what IN (revenue AS `the revenue`, units))

-- # unpivot_not_null
SELECT * FROM (SELECT id, id AS p, id + 1 AS q FROM a) UNPIVOT (v FOR k IN (p, q))

-- # window_struct_in_filter
SELECT window.start AS s, count(*) FILTER (WHERE status = 'ok') AS ok, count(DISTINCT card_id) AS cards FROM payments WHERE amount > 1 GROUP BY window(paid_at, '1 day') HAVING count(*) > 1

-- # time_window_as_table
SELECT date(w.start) AS day, sum(n) AS n FROM (SELECT window(event_time, '1 hour') AS w, count(*) AS n FROM events GROUP BY 1) GROUP BY date(w.start)

-- # session_window_aliased
SELECT user_id, sw.start AS started, unix_timestamp(sw.end) - unix_timestamp(sw.start) AS seconds FROM (SELECT user_id, session_window(event_time, '10 minutes') AS sw, count(*) AS n FROM events GROUP BY user_id, session_window(event_time, '10 minutes'))

-- # lateral_alias_chain_with_window_input
SELECT amount * 2 AS twice, twice + 1 AS more, struct(twice AS t, more AS m) AS s, s.t AS again FROM payments

-- # lateral_alias_prefers_column
SELECT amount + 1 AS status, upper(status) AS u FROM payments

-- # lateral_alias_over_group_keys
SELECT upper(currency) AS cur, lower(cur) AS low, count(*) AS n, n + 1 AS n1 FROM payments GROUP BY upper(currency)

-- # struct_star_with_join
SELECT p.payment_id, p.device.*, c.address.geo.* FROM payments p LEFT JOIN customers c ON c.customer_id = p.customer_id

-- # star_except_after_using
SELECT * EXCEPT (id, y) FROM a LEFT JOIN b USING (id)

-- # posexplode_of_structs_joined
SELECT t.order_id, t.pos, t.item.sku, p.title, t.item.qty * p.price AS line FROM (SELECT order_id, t.* FROM orders o LATERAL VIEW OUTER posexplode(o.items) t AS pos, item) t JOIN products p ON p.sku = t.item.sku

-- # explode_in_union
SELECT explode(array(1, 2)) AS v UNION ALL SELECT explode(array(3L, NULL))

-- # generator_of_map_values
SELECT payment_id, explode_outer(map_values(attributes)) AS v FROM payments

-- # stack_nullability
SELECT stack(2, i, s, NULL, 'x') AS (n, t) FROM types_nn

-- # from_json_nested_access
SELECT from_json(payload, 'a ARRAY<STRUCT<b: INT>>').a[0].b AS b, from_json(payload, 'a ARRAY<STRUCT<b: INT>>').a.b AS bs, from_json(payload, 'm MAP<STRING, STRUCT<x: DATE>>').m['k'].x AS x, size(from_json(payload, 'ARRAY<STRING>')) AS n FROM events

-- # array_of_structs_functions
SELECT array_max(transform(items, i -> i.qty * i.price)) AS top, array_sort(items, (l, r) -> l.qty - r.qty)[0].sku AS first, array_distinct(items.price) AS prices, aggregate(items, struct(0 AS n, CAST(0 AS DECIMAL(22,2)) AS s), (acc, i) -> struct(acc.n + i.qty AS n, CAST(acc.s + coalesce(i.price, 0) AS DECIMAL(22,2)) AS s)).s AS s, arrays_zip(items.sku, items.qty) AS pairs FROM orders

-- # map_construction_and_update
SELECT map_concat(attributes, map('seen', 'yes')) AS a, map_from_entries(transform(tags, t -> struct(t, 1))) AS b, transform_values(map_filter(attributes, (k, v) -> v IS NOT NULL), (k, v) -> length(v)) AS c, map_from_arrays(tags, transform(tags, (t, i) -> i)) AS d, element_at(map('a', struct(1 AS x)), 'a').x AS e FROM payments

-- # timestamps_of_kinds_merged
SELECT coalesce(shipped_at, order_date) AS a, coalesce(shipped_at, current_timestamp()) AS b, greatest(order_date, shipped_at) AS c, date_trunc('DAY', order_date) AS d, shipped_at > order_date AS e, timestampdiff(DAY, order_date, shipped_at) AS f, order_date + (shipped_at - shipped_at) AS g FROM orders

-- # boolean_arithmetic
SELECT CAST(is_fraud AS INT) + 1 AS a, sum(CAST(is_fraud AS DOUBLE)) OVER () AS b, is_fraud = (amount > 1) AS c, is_fraud IN (true) AS d, nvl(is_fraud, amount > 100) AS e, is_fraud <=> NULL AS f, max(is_fraud) OVER (PARTITION BY card_id) AS g FROM payments

-- # quantifiers_and_escapes
SELECT s LIKE '%\_%' AS a, s LIKE 'x#%' ESCAPE '#' AS b, s NOT ILIKE ALL ('a%', 'b%') AS c, s RLIKE r'\d+\.\d*' AS d, s NOT RLIKE 'x' AS e FROM types_nn

-- # deep_parentheses
SELECT ((((i + (1)) * ((2))))) AS a, (((SELECT (1)))) AS b, ((i)) IN ((1), (2)) AS c FROM ((SELECT * FROM (types)))

-- # cast_names
SELECT CAST(x[0] AS DECIMAL(10, 2)), x::array<bigint> IS NULL, CAST(name AS TIMESTAMP_NTZ), TRY_CAST(name AS DOUBLE), CAST(CAST(x[0] AS STRING) AS BINARY) FROM (SELECT array(id) AS x, name FROM a) WHERE false

-- # window_names
SELECT lead(x, 2, 0) OVER (PARTITION BY name ORDER BY id DESC), first_value(x) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), ntile(3) OVER (ORDER BY x NULLS LAST), count(*) OVER (), dense_rank() OVER (ORDER BY id) - 1 FROM a

-- # union_in_cte_with_later_join
WITH all_ids AS (SELECT id FROM a UNION SELECT id FROM b UNION ALL SELECT CAST(id AS INT) FROM c) SELECT i.id, a.name, b.y FROM all_ids i LEFT JOIN a ON a.id = i.id LEFT JOIN b USING (id) WHERE i.id IS NOT NULL

-- # using_then_qualified_stars
SELECT a.*, b.* FROM a FULL JOIN b USING (id)

-- # in_tuple_of_columns
SELECT id FROM a WHERE (id, x) IN ((1, 2), (3, 4)) AND struct(id, name) = struct(1, 'p')

-- # cast_of_nested_names
SELECT arr::array<bigint>, CAST(arr AS ARRAY<BIGINT>), CAST(arr AS ARRAY<STRING>), CAST(i AS STRING) IS NULL, CAST(arr AS ARRAY<STRING>) IS NULL, CAST(i AS BIGINT) IS NULL, i::string IS NOT NULL, isnull(CAST(s AS INT)), CAST(s AS INT) = 1, coalesce(CAST(s AS INT), 0), CAST(i AS BIGINT) + 1 FROM types

-- # ignore_nulls_names
SELECT first_value(x) IGNORE NULLS OVER (ORDER BY id), last_value(x) IGNORE NULLS OVER (ORDER BY id), first_value(x, true) OVER (ORDER BY id), any_value(x) IGNORE NULLS OVER (ORDER BY id), last(x) RESPECT NULLS OVER (ORDER BY id), nth_value(x, 2) IGNORE NULLS OVER (ORDER BY id), first(x) IGNORE NULLS OVER (ORDER BY id) FROM a

-- # ignore_nulls_aggregate_names
SELECT first_value(x) IGNORE NULLS, last_value(x) IGNORE NULLS, any_value(x) IGNORE NULLS, first(x, true), last_value(x), any_value(x, true) FROM a

-- # structs_compared_by_position
SELECT struct(id, name) = struct(1, 'p') AS a, struct(id AS p) < struct(2 AS q) AS b, struct(id, x) IN (struct(1, 2)) AS c, coalesce(named_struct('a', 1), named_struct('A', 2)) AS e FROM a

-- # qualified_keys_of_full_join
SELECT a.*, b.id FROM a FULL JOIN b USING (id)
