-- # column_not_grouped
SELECT name, x, count(*) FROM a GROUP BY name

-- # column_beside_global_aggregate
SELECT name, count(*) FROM a

-- # star_beside_aggregate
SELECT *, count(*) FROM a

-- # star_with_group_by
SELECT * FROM a GROUP BY name

-- # expression_not_grouped
SELECT x + 1, count(*) FROM a GROUP BY x + 2

-- # struct_field_not_grouped
SELECT device.version, count(*) FROM payments GROUP BY device.os

-- # aggregate_in_where
SELECT name FROM a WHERE count(*) > 1

-- # aggregate_in_group_by
SELECT count(*) FROM a GROUP BY sum(x)

-- # aggregate_in_join_condition
SELECT a.id FROM a JOIN b ON sum(a.x) = b.id

-- # aggregate_of_aggregate
SELECT sum(count(*)) FROM a GROUP BY name

-- # aggregate_of_window
SELECT sum(row_number() OVER (ORDER BY id)) FROM a

-- # group_by_ordinal_out_of_range
SELECT name, count(*) FROM a GROUP BY 3

-- # group_by_ordinal_of_aggregate
SELECT name, count(*) FROM a GROUP BY 2

-- # group_by_alias_of_aggregate
SELECT count(*) AS n FROM a GROUP BY n

-- # order_by_ungrouped
SELECT name, count(*) FROM a GROUP BY name ORDER BY x

-- # order_by_ordinal_out_of_range
SELECT id FROM a ORDER BY 2

-- # having_ungrouped
SELECT name FROM a GROUP BY name HAVING x > 1

-- # having_without_grouping
SELECT id FROM a HAVING id > 1 AND count(*) > 1

-- # window_not_grouped
SELECT name, sum(x) OVER (PARTITION BY id) FROM a GROUP BY name

-- # window_in_where
SELECT id FROM a WHERE row_number() OVER (ORDER BY id) = 1

-- # window_in_having
SELECT name FROM a GROUP BY name HAVING rank() OVER (ORDER BY name) = 1

-- # window_in_group_by
SELECT count(*) FROM a GROUP BY row_number() OVER (ORDER BY id)

-- # ranking_without_order
SELECT rank() OVER (PARTITION BY name) FROM a

-- # row_number_without_order
SELECT row_number() OVER () FROM a

-- # row_number_without_over
SELECT row_number() FROM a

-- # lag_without_over
SELECT lag(x) FROM a

-- # lag_with_frame
SELECT lag(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM a

-- # scalar_function_over
SELECT upper(name) OVER (ORDER BY id) FROM a

-- # range_frame_of_two_orders
SELECT sum(x) OVER (ORDER BY id, name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM a

-- # range_frame_without_order
SELECT sum(x) OVER (PARTITION BY name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM a

-- # range_frame_of_string
SELECT sum(x) OVER (ORDER BY name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM a

-- # range_frame_of_timestamp_by_int
SELECT sum(amount) OVER (ORDER BY paid_at RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM payments

-- # rows_frame_of_interval
SELECT sum(amount) OVER (ORDER BY paid_at ROWS BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM payments

-- # distinct_window
SELECT count(DISTINCT x) OVER (PARTITION BY name) FROM a

-- # grouping_without_sets
SELECT name, grouping(name) FROM a GROUP BY name

-- # grouping_of_other_column
SELECT name, grouping(id) FROM a GROUP BY CUBE (name)

-- # group_by_all_of_nested_mix
SELECT id + count(*) FROM a GROUP BY ALL

-- # nondeterministic_in_aggregate
SELECT sum(rand()) OVER (ORDER BY id), count(rand()) FROM a GROUP BY rand(), name HAVING id > 1

-- # subquery_not_grouped
SELECT name, (SELECT max(y) FROM b WHERE b.id = a.id) FROM a GROUP BY name

-- # generator_in_aggregate
SELECT name, explode(array(x)) FROM a GROUP BY name

-- # count_distinct_with_star_and_expression
SELECT count(DISTINCT *, 1, z) FROM a

-- # filter_not_boolean
SELECT sum(x) FILTER (WHERE x) FROM a

-- # filter_with_window
SELECT sum(x) FILTER (WHERE row_number() OVER (ORDER BY id) > 1) FROM a

-- # filter_with_aggregate
SELECT sum(x) FILTER (WHERE max(x) > 1) FROM a

-- # window_redefined_unknown
SELECT sum(x) OVER w2 FROM a WINDOW w1 AS (ORDER BY id)

-- # qualify
SELECT id, row_number() OVER (PARTITION BY name ORDER BY id) AS rn FROM a QUALIFY rn = 1

-- # distinct_order_by_hidden
SELECT DISTINCT name FROM a ORDER BY x

-- # count_of_a_table_star
SELECT count(t.*) FROM types AS t

-- # order_by_window_function
SELECT id FROM a ORDER BY sum(x) OVER (PARTITION BY name), id

-- # frame_bounds_of_two_units
SELECT sum(amount) OVER (ORDER BY paid_at RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND INTERVAL 1 SECOND PRECEDING) FROM payments

-- # filter_over_window
SELECT count(*) FILTER (WHERE status = 'ok') OVER (PARTITION BY card_id) FROM payments

-- # lag_in_a_framed_named_window
SELECT lag(x) OVER w FROM a WINDOW w AS (PARTITION BY name ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

-- # percentile_disc_of_timestamp
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY paid_at) FROM payments
