-- # agg_rollup
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY ROLLUP(card_id, currency)

-- # agg_nonagg
FROM payments |> AGGREGATE amount AS s GROUP BY card_id

-- # agg_mixed
FROM payments |> AGGREGATE amount + sum(amount) AS s GROUP BY card_id

-- # agg_all
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY ALL

-- # agg_dupkey
FROM payments |> AGGREGATE card_id, sum(amount) AS s GROUP BY card_id

-- # extend_agg
FROM a |> EXTEND sum(x) AS y

-- # extend_same_then_ref
FROM a |> EXTEND x + 1 AS x |> SELECT x

-- # extend_star
FROM a |> EXTEND *

-- # set_missing
FROM a |> SET y = x * 2

-- # set_qualified
FROM a |> SET a.x = 3

-- # set_qualified_after
FROM a |> SET x = 3 |> SELECT a.x

-- # set_agg
FROM a |> SET x = sum(x)

-- # drop_missing
FROM a |> DROP nme

-- # drop_qualified
FROM a |> DROP a.name

-- # drop_dup
FROM a |> DROP name, name

-- # as_cols
FROM a |> AS t(p, q, r)

-- # as_hides
FROM a |> AS t |> SELECT a.id

-- # where_agg
FROM a |> WHERE sum(x) > 1

-- # where_window
FROM a |> WHERE row_number() OVER (ORDER BY x) = 1

-- # where_nonbool
FROM a |> WHERE x

-- # select_agg
FROM a |> SELECT sum(x) AS s

-- # select_agg_group
FROM a |> SELECT name, sum(x) AS s GROUP BY name

-- # select_where
FROM a |> SELECT name WHERE x > 1

-- # select_from
FROM a |> SELECT name FROM b

-- # where_window_clause
FROM a |> WINDOW w AS (PARTITION BY name)

-- # lateral_view
FROM orders |> LATERAL VIEW explode(items) AS item |> SELECT order_id, item.sku

-- # lateral_view2
FROM orders |> LATERAL VIEW OUTER explode(items) t AS item |> SELECT order_id, t.item.sku

-- # union_table
FROM a |> SELECT id |> UNION TABLE b

-- # union_mismatch
FROM a |> UNION ALL SELECT 1

-- # order_limit_same
FROM a |> ORDER BY x LIMIT 3

-- # order_missing
FROM a |> ORDER BY xx

-- # limit_expr
FROM a |> LIMIT x

-- # order_then_pipe
SELECT id FROM a ORDER BY id |> WHERE id > 1

-- # bad_op
FROM a |> FOO x

-- # having
FROM a |> AGGREGATE sum(x) AS s GROUP BY name |> HAVING s > 1

-- # group_by_alone
FROM a |> GROUP BY name

-- # agg_having_missing
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY card_id |> WHERE amount > 1

-- # agg_missing
FROM payments |> AGGREGATE sum(amont) AS s GROUP BY card_id

-- # agg_window
FROM payments |> AGGREGATE sum(sum(amount)) OVER () AS s GROUP BY card_id

-- # agg_grouping_sets
FROM sales |> AGGREGATE sum(units) AS u GROUP BY GROUPING SETS ((year), (region), ())

-- # agg_with_rollup
FROM sales |> AGGREGATE sum(units) AS u, grouping(year) AS g GROUP BY year, region WITH ROLLUP

-- # set_field
FROM customers |> SET address.city = 'x'

-- # ambiguous
FROM a JOIN b ON a.id = b.id |> SELECT name

-- # set_ambiguous
FROM a JOIN b ON a.id = b.id |> SET name = 'x'

-- # drop_ambiguous
FROM a JOIN b ON a.id = b.id |> DROP name

-- # drop_qualified2
FROM a JOIN b ON a.id = b.id |> DROP b.name

-- # from_where_select
FROM a WHERE x > 1 SELECT id

-- # agg_having_kw
FROM payments |> AGGREGATE count(*) GROUP BY card_id HAVING count(*) > 1

-- # agg_alias_dup
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY card_id AS c, currency AS c |> SELECT c

-- # agg_key_qual_alias
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY card_id AS c |> SELECT payments.c

-- # except_all
FROM a |> SELECT id |> EXCEPT ALL SELECT id FROM b |> INTERSECT DISTINCT TABLE c

-- # pivot_unpivot
FROM sales |> PIVOT (sum(revenue) FOR quarter IN (1)) UNPIVOT (v FOR k IN (units))

-- # union_many
FROM a |> SELECT id |> UNION ALL (SELECT id FROM b), (SELECT 1)

-- # extend_star2
FROM a |> EXTEND a.*

-- # select_empty
FROM a |> SELECT

-- # filter_hidden_after_drop
FROM a |> DROP name |> WHERE name = 'x'

-- # select_alias_qual
FROM a |> SELECT id AS k |> SELECT a.k

-- # select_order_hidden
FROM a |> SELECT id |> ORDER BY x

-- # select_where_hidden
FROM a |> SELECT id |> WHERE x > 1

-- # select_first_hidden
SELECT id FROM a |> WHERE x > 1

-- # agg_lca
FROM payments |> AGGREGATE sum(amount) AS s, count(*) AS n, s / n AS m GROUP BY card_id

-- # agg_literal
FROM payments |> AGGREGATE 1 AS one GROUP BY card_id

-- # agg_empty
FROM payments |> AGGREGATE

-- # agg_star
FROM payments |> AGGREGATE * GROUP BY card_id

-- # agg_ordinal_big
FROM a |> AGGREGATE sum(x) AS s GROUP BY 9

-- # join_two
FROM a |> JOIN b ON a.id = b.id JOIN c ON c.id = a.id

-- # missing_in_extend
FROM a |> EXTEND xx + 1 AS y

-- # dropped_ref
FROM payments |> DROP amount |> AGGREGATE sum(amount) AS s

-- # missing_join
FROM a |> JOIN b ON a.id = b.idd

-- # type_err
FROM payments |> EXTEND sum(currency) OVER (PARTITION BY tags) AS s, date_add(tags, 1) AS q

-- # limit_query_pipe
SELECT id FROM a LIMIT 3 |> WHERE id > 1
