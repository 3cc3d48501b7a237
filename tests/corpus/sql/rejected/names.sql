-- # unknown_column
SELECT amout FROM payments

-- # unknown_qualified_column
SELECT p.amout FROM payments p

-- # unknown_qualifier
SELECT q.amount FROM payments p

-- # original_name_of_an_aliased_table
SELECT payments.amount FROM payments p

-- # unknown_column_without_from
SELECT missing

-- # unknown_in_where
SELECT id FROM a WHERE idd = 1

-- # unknown_in_join_condition
SELECT a.id FROM a JOIN b ON a.id = b.idd

-- # unknown_in_group_by
SELECT count(*) FROM a GROUP BY nam

-- # unknown_in_having
SELECT name FROM a GROUP BY name HAVING totl > 1

-- # unknown_in_order_by
SELECT id FROM a ORDER BY idd

-- # unknown_in_function
SELECT upper(nme) FROM a

-- # unknown_in_window
SELECT row_number() OVER (PARTITION BY nme ORDER BY id) FROM a

-- # unknown_table
SELECT * FROM paymnts

-- # unknown_table_in_join
SELECT * FROM a JOIN missing ON a.id = missing.id

-- # unknown_schema
SELECT * FROM lake.payments

-- # unknown_table_in_subquery
SELECT id FROM a WHERE id IN (SELECT id FROM nowhere)

-- # unknown_column_in_subquery
SELECT id FROM a WHERE id IN (SELECT idd FROM b)

-- # unknown_column_in_cte
WITH t AS (SELECT idd FROM a) SELECT * FROM t

-- # column_not_in_cte
WITH t AS (SELECT id FROM a) SELECT name FROM t

-- # column_not_in_subquery
SELECT x FROM (SELECT id FROM a)

-- # ambiguous
SELECT id FROM a JOIN b ON a.id = b.id

-- # ambiguous_in_where
SELECT a.x FROM a, b WHERE name = 'p'

-- # ambiguous_in_order_by
SELECT a.id, b.y FROM a JOIN b ON a.id = b.id ORDER BY name

-- # ambiguous_self_join
SELECT x FROM a l JOIN a r ON l.id = r.id

-- # ambiguous_duplicate_select
SELECT k FROM (SELECT id AS k, x AS k FROM a)

-- # ambiguous_case
SELECT k FROM (SELECT id AS k, x AS K FROM a)

-- # ambiguous_after_cross_join
SELECT name FROM a CROSS JOIN merchants

-- # ambiguous_join_condition
SELECT a.id FROM a JOIN b ON id = b.id

-- # unknown_field
SELECT device.oss FROM payments

-- # unknown_nested_field
SELECT device.screen.depth FROM payments

-- # field_of_a_scalar
SELECT amount.value FROM payments

-- # field_of_unknown_column
SELECT devise.os FROM payments

-- # unknown_field_of_array_element
SELECT items[0].name FROM orders

-- # unknown_field_of_array_of_structs
SELECT items.name FROM orders

-- # ambiguous_field
SELECT s.k FROM (SELECT named_struct('k', 1, 'K', 2) AS s)

-- # alias_in_where
SELECT amount * 2 AS twice FROM payments WHERE twice > 10

-- # alias_of_window_in_where
SELECT row_number() OVER (ORDER BY id) AS rn FROM a WHERE rn = 1

-- # alias_used_before_definition
SELECT y + 1 AS z, x + 1 AS y FROM a

-- # alias_ambiguous
SELECT x AS p, id AS p, p + 1 AS q FROM a

-- # missing_backquotes_for_spaces
SELECT first_col FROM `odd names`

-- # dot_in_name_unquoted
SELECT a.b FROM `odd names`

-- # alias_not_visible_in_same_from
SELECT * FROM a, (SELECT a.id AS k) t

-- # column_of_semi_joined_table
SELECT b.y FROM a LEFT SEMI JOIN b ON a.id = b.id

-- # column_of_anti_joined_table
SELECT a.id, b.id FROM a LEFT ANTI JOIN b ON a.id = b.id

-- # qualified_star_of_unknown
SELECT z.* FROM a

-- # struct_star_of_scalar
SELECT amount.* FROM payments

-- # cte_defined_later
WITH t AS (SELECT * FROM u), u AS (SELECT 1 AS n) SELECT * FROM t

-- # cte_out_of_scope
SELECT * FROM (WITH t AS (SELECT 1 AS n) SELECT n FROM t) JOIN t ON true

-- # column_list_hides_names
SELECT id FROM a AS t(k, v, n)

-- # outer_alias_in_subquery
SELECT id AS k, (SELECT max(y) FROM b WHERE b.id = kk) FROM a

-- # lambda_variable_out_of_scope
SELECT transform(arr, v -> v + 1), v FROM types

-- # window_name_unknown
SELECT sum(x) OVER w FROM a

-- # having_alias_unknown
SELECT card_id, count(*) AS n FROM payments GROUP BY card_id HAVING cnt > 1

-- # alias_in_window_of_same_select
SELECT card_id, date(paid_at) AS day, row_number() OVER (PARTITION BY day ORDER BY amount) AS rn FROM payments

-- # struct_column_of_two_tables
SELECT st.a FROM types, types AS t

-- # localtimestamp_without_parentheses
SELECT localtimestamp

-- # positional_field_of_named_struct
SELECT struct(i, s).col1 FROM types
