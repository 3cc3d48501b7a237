-- # explode
SELECT explode(arr) FROM types

-- # explode_aliased
SELECT i, explode(arr) AS e FROM types

-- # explode_not_null
SELECT explode(arr) AS e FROM types_nn

-- # explode_map
SELECT explode(m) FROM types

-- # explode_map_aliased
SELECT i, explode(m) AS (k, v) FROM types_nn

-- # explode_outer
SELECT explode_outer(arr) AS e FROM types_nn

-- # explode_outer_map
SELECT explode_outer(m) FROM types_nn

-- # posexplode
SELECT posexplode(arr) FROM types

-- # posexplode_aliased
SELECT i, posexplode(arr_s) AS (p, v) FROM types_nn

-- # posexplode_outer
SELECT posexplode_outer(arr) FROM types_nn

-- # posexplode_map
SELECT posexplode(m) FROM types_nn

-- # inline
SELECT inline(arr_st) FROM types

-- # inline_not_null
SELECT inline(arr_st) FROM types_nn

-- # inline_outer
SELECT inline_outer(arr_st) FROM types_nn

-- # inline_aliased
SELECT s, inline(arr_st) AS (key, val) FROM types

-- # stack
SELECT stack(2, 1, 'a', 2, 'b')

-- # stack_of_columns
SELECT id, stack(2, 'x', x, 'id', id) AS (metric, value) FROM a

-- # stack_uneven
SELECT stack(2, i, s, i) FROM types_nn

-- # json_tuple
SELECT json_tuple(payload, 'a', 'b') FROM events

-- # json_tuple_aliased
SELECT event_id, json_tuple(payload, 'price', 'sku') AS (price, sku) FROM events

-- # lateral_view
SELECT i, e FROM types LATERAL VIEW explode(arr) t AS e

-- # lateral_view_outer
SELECT i, e FROM types_nn LATERAL VIEW OUTER explode(arr) t AS e

-- # lateral_view_star
SELECT * FROM orders LATERAL VIEW inline(items) it AS sku, qty, price

-- # lateral_view_without_columns
SELECT order_id, t.* FROM orders LATERAL VIEW inline(items) t

-- # lateral_view_default_names
SELECT i, col FROM types LATERAL VIEW explode(arr) t

-- # lateral_view_map_defaults
SELECT key, value FROM types LATERAL VIEW explode(m) t

-- # lateral_view_posexplode
SELECT i, p, v FROM types LATERAL VIEW posexplode(arr) t AS p, v

-- # lateral_views_chained
SELECT x, y FROM types LATERAL VIEW explode(arr) t1 AS x LATERAL VIEW OUTER explode(arr_s) t2 AS y

-- # lateral_view_of_lateral_view
SELECT o.order_id, item.sku, c FROM orders o LATERAL VIEW explode(o.items) t AS item LATERAL VIEW explode(array(item.qty, 1)) u AS c

-- # lateral_view_qualified
SELECT o.order_id, it.item.sku, it.item.price FROM orders o LATERAL VIEW explode(items) it AS item

-- # lateral_view_aggregated
SELECT sku, sum(qty) AS units, sum(qty * price) AS revenue FROM orders LATERAL VIEW inline(items) t AS sku, qty, price GROUP BY sku

-- # lateral_view_json_tuple
SELECT e.event_id, j.price, j.sku FROM events e LATERAL VIEW json_tuple(e.payload, 'price', 'sku') j AS price, sku

-- # lateral_view_stack
SELECT id, metric, value FROM b LATERAL VIEW stack(2, 'y', y, 'id', double(id)) s AS metric, value

-- # lateral_table_function
SELECT i, t.col FROM types, LATERAL explode(arr) AS t

-- # lateral_table_function_columns
SELECT o.order_id, it.sku, it.qty FROM orders o, LATERAL inline(o.items) AS it(sku, qty, price)

-- # left_join_lateral_function
SELECT o.order_id, it.sku FROM orders o LEFT JOIN LATERAL inline(o.items) AS it ON true

-- # table_function_in_from
SELECT * FROM explode(array(1, 2))

-- # table_function_posexplode
SELECT pos, col FROM posexplode(array('a', 'b'))

-- # table_function_inline
SELECT * FROM inline(array(struct(1 AS a, 'x' AS b), struct(2 AS a, NULL AS b))) AS t

-- # table_function_stack
SELECT * FROM stack(2, 1, 'a', 2, 'b') AS t(n, s)

-- # range
SELECT * FROM range(10)

-- # range_bounds
SELECT id * 2 AS n FROM range(1, 100, 5) AS r

-- # range_partitions
SELECT r.id AS i FROM range(0, 10, 1, 2) r WHERE id > 3

-- # sequence_explode
SELECT explode(sequence(1, 10, 2)) AS n, 'x' AS c

-- # date_spine
SELECT explode(sequence(DATE '2024-01-01', DATE '2024-12-31', INTERVAL 1 DAY)) AS day

-- # timestamp_spine
SELECT explode(sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-02 00:00:00', INTERVAL 15 MINUTES)) AS slot

-- # explode_split
SELECT user_id, word FROM events LATERAL VIEW explode(split(url, '/')) w AS word

-- # explode_of_expression
SELECT explode(transform(arr, x -> x * 2)) AS e FROM types_nn

-- # explode_nested
SELECT e.k, e.v FROM (SELECT explode(arr_st) AS e FROM types)

-- # explode_entries
SELECT payment_id, kv.key, kv.value FROM payments LATERAL VIEW explode(map_entries(attributes)) t AS kv

-- # variant_explode
SELECT v.pos, v.key, v.value FROM events, LATERAL variant_explode(parse_json(payload)) AS v

-- # generator_after_aggregate
SELECT explode(collect_list(x)) AS v FROM a

-- # sql_keywords
SELECT keyword, reserved FROM sql_keywords()
