-- # misspelled_in_case
SELECT CASE WHEN amout > 1 THEN 1 END FROM payments

-- # misspelled_in_lambda
SELECT transform(items, i -> i.skuu) FROM orders

-- # misspelled_in_lateral_view
SELECT item.sku FROM orders LATERAL VIEW explode(itms) t AS item

-- # misspelled_in_exists
SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.idd = a.id)

-- # misspelled_in_named_window
SELECT sum(amount) OVER w FROM payments WINDOW w AS (PARTITION BY card ORDER BY paid_at)

-- # misspelled_in_pivot_aggregate
SELECT * FROM sales PIVOT (sum(revenu) FOR quarter IN (1))

-- # misspelled_in_second_union_branch
SELECT id FROM a UNION ALL SELECT idd FROM b

-- # column_dropped_by_aggregation
SELECT card_id, n, amount FROM (SELECT card_id, count(*) AS n FROM payments GROUP BY card_id)

-- # column_excluded_by_star
SELECT x FROM (SELECT * EXCEPT (x) FROM a)

-- # alias_hides_original
SELECT card_id FROM (SELECT card_id AS card FROM payments)

-- # string_plus_interval_month_bool
SELECT bool + INTERVAL '1' DAY FROM types

-- # decimal_like_array
SELECT dec || arr FROM types

-- # sum_of_struct
SELECT sum(device) FROM payments

-- # date_functions_on_array
SELECT date_trunc('DAY', tags) FROM payments

-- # comparing_struct_and_string
SELECT device = 'ios' FROM payments

-- # map_key_of_other_type
SELECT element_at(attributes, 1) FROM payments

-- # filter_on_array_in_where
SELECT payment_id FROM payments WHERE tags = 'vip'

-- # group_by_all_hidden_column
SELECT card_id, sum(amount) FROM payments GROUP BY ALL ORDER BY merchant_id

-- # grouped_twice_nested
SELECT max(sum(amount)) FROM payments GROUP BY card_id

-- # window_over_ungrouped
SELECT card_id, sum(amount) OVER (PARTITION BY card_id) FROM payments GROUP BY card_id

-- # count_without_arguments_of_distinct
SELECT count(DISTINCT) FROM a

-- # union_struct_types
SELECT named_struct('a', 1) UNION ALL SELECT named_struct('a', array(1))

-- # aggregate_in_lateral_alias_where
SELECT sum(x) AS s FROM a WHERE s > 1

-- # using_column_qualified_elsewhere
SELECT c.id FROM a JOIN b USING (id)

-- # ambiguous_star_join_reference
SELECT name FROM (SELECT * FROM a JOIN b ON a.id = b.id)

-- # ambiguous_using_other_column
SELECT name FROM a JOIN b USING (id)

-- # scalar_subquery_in_group_by_alias
SELECT id FROM a GROUP BY (SELECT 1, 2)

-- # wrong_interval_in_window
SELECT sum(total) OVER (ORDER BY order_date RANGE BETWEEN 'x' PRECEDING AND CURRENT ROW) FROM orders

-- # json_schema_of_array_without_element
SELECT from_json(payload, 'a ARRAY') FROM events

-- # regexp_replace_too_few
SELECT regexp_replace(url, 'a') FROM events

-- # greatest_of_timestamp_and_text
SELECT greatest(ts, '2024-01-01') FROM types

-- # cast_of_array_to_decimal
SELECT CAST(arr AS DECIMAL(10, 2)) FROM types
