-- # where_select
FROM a |> WHERE x > 1 |> SELECT id, x * 2 AS twice

-- # table_start
TABLE a |> WHERE x > 1

-- # select_start
SELECT id, x FROM a |> WHERE x > 1 |> EXTEND x + 1 AS y

-- # values_start
VALUES (1, 'a'), (2, 'b') t(n, s) |> SELECT n

-- # paren_start
(SELECT id FROM a) |> WHERE id > 1

-- # with_start
WITH t AS (SELECT id, x FROM a) FROM t |> WHERE x > 1

-- # agg_group
FROM payments |> AGGREGATE sum(amount) AS total, count(*) AS n GROUP BY card_id |> WHERE n > 1 |> ORDER BY total DESC |> LIMIT 10

-- # agg_nogroup
FROM payments |> AGGREGATE sum(amount) AS total, count(*)

-- # agg_group_alias
FROM payments |> AGGREGATE sum(amount) AS total GROUP BY date_trunc('DAY', paid_at) AS day, card_id

-- # agg_group_expr_noalias
FROM payments |> AGGREGATE sum(amount) GROUP BY year(paid_at)

-- # agg_group_ordinal
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY 1

-- # agg_group_ordinal2
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY 2, 1

-- # agg_only_group
FROM payments |> AGGREGATE GROUP BY card_id, currency

-- # extend
FROM a |> EXTEND x + 1 AS y, id * 2

-- # extend_lca
FROM a |> EXTEND x + 1 AS y, y * 2 AS z

-- # extend_window
FROM a |> EXTEND sum(x) OVER (PARTITION BY name) AS y

-- # extend_same
FROM a |> EXTEND x + 1 AS x

-- # extend_explode
FROM orders |> EXTEND explode(items) AS item |> SELECT item.sku

-- # set_
FROM a |> SET x = x * 2, name = upper(name)

-- # set_order
FROM a |> SET name = 1, x = x + 1, x = x * 2

-- # drop_
FROM a |> DROP name

-- # drop_many
FROM a |> DROP name, x

-- # as_
FROM a |> SELECT id, x |> AS t |> SELECT t.id

-- # as_noas
FROM a |> AS t |> SELECT t.id

-- # select_keeps_qualifier
FROM a |> SELECT id |> SELECT a.id

-- # where_keeps_qualifier
FROM a |> WHERE x > 1 |> SELECT a.id

-- # extend_keeps_qualifier
FROM a |> EXTEND 1 AS o |> SELECT a.id, o

-- # agg_loses_qualifier
FROM a |> AGGREGATE count(*) AS n GROUP BY id |> SELECT a.id

-- # select_distinct
FROM a |> SELECT DISTINCT name

-- # select_window_clause
FROM a |> SELECT sum(x) OVER w AS s WINDOW w AS (PARTITION BY name)

-- # extend_window_clause
FROM a |> EXTEND sum(x) OVER w AS s WINDOW w AS (PARTITION BY name)

-- # join
FROM a |> JOIN b ON a.id = b.id |> SELECT a.name, b.y

-- # join_left_using
FROM a |> LEFT JOIN b USING (id) |> SELECT id, a.name, b.y

-- # join_after_select
FROM a |> SELECT id, x |> JOIN b USING (id)

-- # join_lhs_alias
FROM a |> WHERE x > 1 |> AS l |> LEFT JOIN b AS r ON l.id = r.id

-- # cross_join
FROM a |> CROSS JOIN c

-- # natural_join
FROM a |> NATURAL JOIN b

-- # semi
FROM a |> LEFT SEMI JOIN b ON a.id = b.id

-- # lateral_join
FROM a |> JOIN LATERAL (SELECT a.x + 1 AS z)

-- # comma
FROM a, b |> WHERE a.id = b.id

-- # union_all
FROM a |> SELECT id, x |> UNION ALL SELECT id, 1 FROM b

-- # union_paren
FROM a |> SELECT id, x |> UNION ALL (FROM b |> SELECT id, 1) |> ORDER BY id

-- # except_
FROM a |> SELECT id |> EXCEPT SELECT id FROM b

-- # intersect_
FROM a |> SELECT id |> INTERSECT ALL SELECT id FROM b

-- # minus_
FROM a |> SELECT id |> MINUS SELECT id FROM b

-- # order_limit_offset
FROM a |> ORDER BY x DESC NULLS LAST, 1 |> LIMIT 3 OFFSET 2

-- # offset_only
FROM a |> OFFSET 2

-- # order_qualified
FROM a |> ORDER BY a.x

-- # sort_cluster
FROM a |> SORT BY x |> DISTRIBUTE BY id |> CLUSTER BY name

-- # tablesample
FROM a |> TABLESAMPLE (10 PERCENT)

-- # tablesample_rows
FROM a |> TABLESAMPLE (10 ROWS) |> SELECT id

-- # pivot
FROM sales |> SELECT year, quarter, revenue |> PIVOT (sum(revenue) FOR quarter IN (1, 2))

-- # pivot_alias
FROM sales |> SELECT year, quarter, revenue |> PIVOT (sum(revenue) AS r, max(revenue) AS m FOR quarter IN (1 AS q1, 2 AS q2))

-- # unpivot
FROM types |> SELECT i, d, f |> UNPIVOT (v FOR k IN (d, f))

-- # sub_in_from
SELECT * FROM (FROM a |> WHERE x > 1 |> SELECT id) t WHERE t.id > 2

-- # sub_scalar
SELECT id, (FROM b |> AGGREGATE max(y)) AS m FROM a

-- # sub_exists
SELECT id FROM a WHERE EXISTS (FROM b |> WHERE b.id = a.id)

-- # sub_in
SELECT id FROM a WHERE id IN (FROM b |> SELECT id)

-- # cte_pipe
WITH t AS (FROM a |> WHERE x > 1 |> EXTEND x * 2 AS y) SELECT id, y FROM t |> WHERE y > 3

-- # union_then_pipe
SELECT id FROM a UNION ALL SELECT id FROM b |> WHERE id > 1

-- # empty_op
FROM a |>

-- # select_star_except
FROM a |> SELECT * EXCEPT (name), 1 AS one

-- # call_
FROM a |> EXTEND x AS `my col` |> SELECT `my col` + 1 AS z

-- # agg_group_alias_ref
FROM payments |> AGGREGATE sum(amount) AS total GROUP BY upper(currency) AS cur |> WHERE cur = 'EUR'

-- # agg_same_name
FROM payments |> AGGREGATE sum(amount) AS card_id GROUP BY card_id

-- # extend_with_correlated
FROM a |> EXTEND (SELECT max(y) FROM b WHERE b.id = a.id) AS m

-- # where_in_sub
FROM a |> WHERE id IN (SELECT id FROM b)

-- # set_struct
FROM customers |> SET address = address.city |> SELECT address

-- # from_alias
FROM a t |> WHERE t.x > 1 |> SELECT t.id

-- # from_join
FROM a JOIN b USING (id) |> WHERE y > 1 |> SELECT id, a.name AS n1, b.name AS n2

-- # window_filter
FROM payments |> EXTEND row_number() OVER (PARTITION BY card_id ORDER BY paid_at DESC) AS rn |> WHERE rn = 1 |> DROP rn

-- # lca_then_set
FROM a |> EXTEND x + 1 AS y |> SET y = y + id |> SELECT y

-- # describe_chain
FROM events |> WHERE event_type = 'click' |> EXTEND get_json_object(payload, '$.sku') AS sku |> JOIN products USING (sku) |> AGGREGATE count(*) AS clicks, avg(price) AS p GROUP BY sku, title |> ORDER BY clicks DESC

-- # from_select_plain
FROM a SELECT id, x WHERE x > 1

-- # from_select_group
FROM payments SELECT card_id, sum(amount) AS s WHERE amount > 0 GROUP BY card_id HAVING sum(amount) > 3 ORDER BY s LIMIT 3

-- # from_select_lateral
FROM orders LATERAL VIEW explode(items) t AS item SELECT order_id, item.sku

-- # from_multi_insertlike
FROM a SELECT id SELECT x

-- # from_union
FROM a SELECT id UNION ALL FROM b SELECT id

-- # from_only
FROM a

-- # from_pipe_nothing
FROM a, b

-- # operator_pipe_in_expr
SELECT id | 2 AS o FROM a

-- # pipe_then_union
FROM a |> SELECT id UNION ALL SELECT id FROM b

-- # pipe_then_union_then_pipe
FROM a |> SELECT id UNION ALL SELECT id FROM b |> SELECT id + 1 AS k

-- # pipe_then_order
FROM a |> SELECT id ORDER BY id LIMIT 3

-- # pipe_where_then_order
FROM a |> WHERE x > 1 ORDER BY id

-- # set_case
FROM a |> SET X = 1

-- # drop_case
FROM a |> DROP NAME

-- # from_paren
FROM (SELECT id FROM a) |> WHERE id > 1

-- # from_paren_alias
FROM (SELECT id FROM a) t |> SELECT t.id

-- # from_values
FROM VALUES (1, 2) AS t(p, q) |> SELECT p

-- # from_range
FROM range(5) |> EXTEND id * 2 AS d

-- # from_fn
FROM explode(array(1, 2)) AS t(e) |> AGGREGATE sum(e) AS s

-- # table_qual
TABLE a |> SELECT a.id

-- # set_window
FROM payments |> SET amount = sum(amount) OVER (PARTITION BY card_id) |> SELECT amount

-- # set_typed
FROM a |> SET x = 'a', id = x || 'b'

-- # agg_group_paren
FROM payments |> AGGREGATE count(*) AS n GROUP BY (card_id, currency)

-- # agg_window_group
FROM events |> AGGREGATE count(*) AS n GROUP BY user_id, window(event_time, '1 hour') AS w |> SELECT user_id, w.start, n

-- # agg_window_group2
FROM events |> AGGREGATE count(*) AS n GROUP BY window(event_time, '1 hour') |> SELECT window.start, n

-- # agg_sort_key
FROM payments |> AGGREGATE sum(amount) AS s GROUP BY card_id |> ORDER BY payments.card_id, s |> LIMIT 5

-- # extend_alias_no_as
FROM a |> EXTEND x + 1 y, id z

-- # cte_alias_pipe
WITH p AS (FROM payments |> WHERE amount > 0) FROM p |> AS q |> JOIN customers c ON c.customer_id = q.customer_id |> SELECT q.payment_id, c.country

-- # scalar_in_where
FROM payments |> WHERE amount > (FROM payments |> AGGREGATE avg(amount)) |> SELECT payment_id

-- # corr_pipe
FROM customers c |> EXTEND (FROM payments p |> WHERE p.customer_id = c.customer_id |> AGGREGATE sum(p.amount)) AS spent |> SELECT customer_id, spent

-- # group_star_pipe
FROM a |> SELECT a.*, 1 AS k

-- # sample_alias
FROM a TABLESAMPLE (5 PERCENT) s |> SELECT s.id

-- # from_select_twice
FROM a SELECT id WHERE x > 1 SELECT x

-- # table_body
TABLE a ORDER BY id

-- # ident_op
FROM a |> EXTEND id AS `where` |> WHERE `where` > 1

-- # set_seq
FROM a |> SET x = name, name = x

-- # set_lca
FROM a |> SET x = 'q', name = x

-- # using_hidden_where
FROM a |> JOIN b USING (id) |> WHERE b.id = 1

-- # using_hidden_where2
FROM a |> JOIN b USING (id) |> WHERE b.id = 1 |> SELECT b.id AS bid

-- # using_hidden_extend
FROM a |> JOIN b USING (id) |> EXTEND 1 AS o |> SELECT b.id

-- # using_hidden_order
FROM a |> JOIN b USING (id) |> ORDER BY b.id |> SELECT b.id

-- # union_qual
FROM a |> SELECT id, x |> UNION ALL SELECT id, 1 FROM b |> SELECT a.id

-- # paren_qual
(SELECT id FROM a) |> SELECT a.id

-- # distinct_qual
FROM a |> SELECT DISTINCT id |> SELECT a.id

-- # agg_lca2
FROM payments |> AGGREGATE sum(amount) AS s, s + count(*) AS m GROUP BY card_id

-- # agg_group_ref_in_agg
FROM payments |> AGGREGATE concat(card_id, max(currency)) AS s GROUP BY card_id

-- # agg_filter
FROM payments |> AGGREGATE count(*) FILTER (WHERE amount > 5) AS big, count_if(is_fraud) AS f GROUP BY customer_id

-- # agg_qual
FROM payments p |> AGGREGATE sum(p.amount) AS s GROUP BY p.card_id |> SELECT p.card_id, s

-- # agg_explode
FROM orders |> AGGREGATE explode(collect_list(order_id)) AS o GROUP BY user_id

-- # select_explode_extra
FROM orders |> SELECT order_id, explode(items) AS item |> EXTEND item.qty AS q

-- # pivot_then
FROM sales |> SELECT year, region, revenue |> PIVOT (sum(revenue) FOR region IN ('EU' AS eu, 'US' AS us)) |> EXTEND eu + us AS all_

-- # pivot_q
FROM sales |> PIVOT (sum(revenue) AS r FOR (quarter, region) IN ((1, 'EU') AS q1eu))

-- # pivot_alias_after
FROM sales |> PIVOT (sum(revenue) FOR quarter IN (1)) |> AS p |> SELECT p.year

-- # unpivot_alias
FROM types |> SELECT i, d, f |> UNPIVOT (v FOR k IN (d, f)) AS u |> SELECT u.k

-- # join_sub
FROM a |> JOIN (FROM b |> WHERE y > 1) AS bb ON a.id = bb.id |> SELECT bb.y

-- # join_tablefn
FROM orders |> JOIN LATERAL explode(items) AS t(item) |> SELECT order_id, item.sku

-- # join_no_cond
FROM a |> JOIN b

-- # as_kw
FROM a |> AS x |> WHERE x.x > 1 |> SELECT x.id

-- # drop_then_qual
FROM a |> DROP name |> SELECT a.id

-- # set_qual_other
FROM a |> SET x = 3 |> SELECT a.id, x

-- # set_dup_join
FROM a |> JOIN b ON a.id = b.id |> SET y = y + 1

-- # extend_noname_ref
FROM a |> EXTEND x + 1 |> SELECT `(x + 1)`

-- # select_subq_alias
SELECT t.n FROM (FROM a |> AGGREGATE count(*) AS n) t

-- # where_chain_or
FROM a |> WHERE x > 1 OR id < 3 |> WHERE name LIKE 'a%' |> LIMIT 1 |> SELECT id |> OFFSET 3

-- # union_precedence
SELECT id FROM a UNION ALL SELECT id FROM b |> AGGREGATE count(*) AS n

-- # cte_in_pipe_sub
FROM a |> UNION ALL (WITH q AS (SELECT * FROM a) SELECT * FROM q)

-- # case_lower
from a |> where x > 1 |> extend x + 1 as y |> aggregate max(y) as m group by name |> order by m desc

-- # window_named
FROM payments |> EXTEND lag(amount) OVER w AS prev, row_number() OVER w AS rn WINDOW w AS (PARTITION BY card_id ORDER BY paid_at)

-- # pipe_where_and_select
FROM a |> WHERE x > 1 |> SELECT id, x * 2 AS twice

-- # pipe_aggregate
FROM payments |> AGGREGATE sum(amount) AS total, count(*) AS n GROUP BY card_id |> WHERE n > 1 |> ORDER BY total DESC |> LIMIT 10

-- # pipe_extend_set_drop
FROM a |> EXTEND x + 1 AS y |> SET x = x * 2 |> DROP name |> AS t

-- # using_hidden_select
FROM a |> JOIN b USING (id) |> SELECT id |> SELECT b.id

-- # using_hidden_drop
FROM a |> JOIN b USING (id) |> DROP x |> SELECT b.id

-- # using_hidden_set
FROM a |> JOIN b USING (id) |> SET x = 1 |> SELECT b.id

-- # using_hidden_full
FROM a |> FULL JOIN b USING (id) |> EXTEND coalesce(a.id, b.id) AS k |> WHERE a.id IS NULL

-- # using_hidden_later
FROM a |> JOIN b USING (id) |> EXTEND 1 AS o |> DROP o |> AGGREGATE count(b.id) AS n

-- # rank_of_groups
FROM sales |> AGGREGATE sum(revenue) AS r GROUP BY region, year |> EXTEND rank() OVER (PARTITION BY year ORDER BY r DESC) AS rk |> WHERE rk <= 3 |> ORDER BY year, rk

-- # join_after_alias
SELECT a.id FROM a |> SELECT id |> AS t |> JOIN b ON b.id = t.id |> AGGREGATE max(b.y) AS m GROUP BY t.id AS k |> SELECT k, m

-- # alias_that_is_a_clause
FROM a where |> SELECT id
