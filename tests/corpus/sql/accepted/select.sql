-- # qualified_star_except
SELECT c.* EXCEPT (email, full_name) FROM customers c

-- # group_star
SELECT *, count(*) FROM a GROUP BY ALL

-- # count_distinct_multi
SELECT count(DISTINCT id, x) FROM a

-- # natural_full
SELECT * FROM a NATURAL FULL JOIN b

-- # using_full
SELECT id, coalesce(a.id, b.id) AS k FROM a FULL JOIN b USING (id)

-- # values_alias
SELECT k, v FROM VALUES (1, 'a'), (2, NULL) AS t(k, v)

-- # values_mixed
SELECT * FROM VALUES (1, 1.5, DATE '2020-01-01'), (2L, 3, NULL) AS t(a, b, c)

-- # unpivot_multi
SELECT * FROM types UNPIVOT INCLUDE NULLS ((p, q) FOR k IN ((i, d) AS a1, (ti, f) AS a2))

-- # inline_outer
SELECT o.order_id, t.* FROM orders o LATERAL VIEW OUTER inline(items) t AS sku, qty, price

-- # stack
SELECT id, stack(2, 'x', x, 'y', x * 2) AS (k, v) FROM a

-- # session_window
SELECT user_id, session_window(event_time, '30 minutes').start AS s, count(*) AS n FROM events GROUP BY user_id, session_window(event_time, '30 minutes')

-- # window_slide
SELECT window.start, window.end, avg(temperature) AS t FROM sensors GROUP BY window(read_at, '10 minutes', '5 minutes')

-- # sw_dyn
SELECT session_window(event_time, CASE WHEN event_type = 'a' THEN '5 minutes' ELSE '1 hour' END) AS w, count(*) FROM events GROUP BY 1

-- # grouping_mix
SELECT region, year, grouping_id() AS g, grouping(region) AS gr, sum(units) AS u FROM sales GROUP BY CUBE(region, year) HAVING grouping_id() < 3

-- # group_concat_sets
SELECT region, product, sum(units) AS u FROM sales GROUP BY region, GROUPING SETS ((product), ())

-- # hof
SELECT aggregate(items, CAST(0 AS DECIMAL(20,2)), (acc, i) -> CAST(acc + i.price * i.qty AS DECIMAL(20,2)), acc -> acc * 2) AS t, transform_values(map_from_entries(transform(items, i -> struct(i.sku, i.qty))), (k, v) -> v + 1) AS m, filter(items, (x, i) -> i > 0) AS f, zip_with(array(1), array('a'), (p, q) -> (p, q)) AS z FROM orders

-- # map_lambda
SELECT map_filter(m, (k, v) -> v > 1) AS a, transform_keys(m, (k, v) -> upper(k)) AS b, map_zip_with(m, m, (k, v1, v2) -> v1 + v2) AS c FROM types

-- # scalar_corr
SELECT p.payment_id, (SELECT c.country FROM customers c WHERE c.customer_id = p.customer_id LIMIT 1) AS co FROM payments p

-- # scalar_corr_bad
SELECT p.payment_id, (SELECT c.country FROM customers c WHERE c.customer_id = p.customer_id) AS co FROM payments p

-- # in_tuple
SELECT id FROM a WHERE (id, name) IN (SELECT id, name FROM b)

-- # not_in_tuple
SELECT id FROM a WHERE (id, name) NOT IN ((1, 'a'), (2, 'b'))

-- # lateral_sub
SELECT a.id, t.m FROM a LEFT JOIN LATERAL (SELECT max(y) AS m FROM b WHERE b.id = a.id) t

-- # lateral_limit
SELECT c.customer_id, p.* FROM customers c, LATERAL (SELECT payment_id, amount FROM payments WHERE payments.customer_id = c.customer_id ORDER BY paid_at DESC LIMIT 3) p

-- # interval_arith
SELECT paid_at - settled_at AS a, date(paid_at) - DATE '2020-01-01' AS b, paid_at + INTERVAL 1 DAY AS c, paid_at + make_dt_interval(1) AS d, INTERVAL '1' DAY * 2 AS e, (settled_at - paid_at) / 2 AS f, extract(DAY FROM settled_at - paid_at) AS g FROM payments

-- # identifier_clause
SELECT IDENTIFIER('id') FROM IDENTIFIER('a')

-- # nth_ignore
SELECT last_value(name) IGNORE NULLS OVER (PARTITION BY id ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS l, nth_value(x, 2) OVER (ORDER BY id) AS n FROM a

-- # range_interval
SELECT sum(amount) OVER (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS s FROM payments

-- # range_neg
SELECT count(*) OVER (PARTITION BY user_id ORDER BY unix_timestamp(event_time) RANGE BETWEEN 3600 PRECEDING AND 1 PRECEDING) AS n FROM events

-- # percentile_within
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS m, mode() WITHIN GROUP (ORDER BY currency) AS mo, listagg(currency, ',') WITHIN GROUP (ORDER BY currency) AS l FROM payments

-- # from_csv_
SELECT from_csv('1,a', 'id INT, n STRING') AS c, to_json(struct(*)) AS j FROM a

-- # json_tuple_
SELECT e.event_id, j.* FROM events e LATERAL VIEW json_tuple(e.payload, 'a', 'b') j AS a, b

-- # tvf_range
SELECT id, id * 2 FROM range(10) AS r(id)

-- # seq_explode
SELECT explode(sequence(to_date('2020-01-01'), to_date('2020-02-01'), INTERVAL 1 DAY)) AS d

-- # count_star_filter
SELECT count(*) FILTER (WHERE x > 1) AS n, any_value(name) FILTER (WHERE x IS NOT NULL) AS av, bool_and(x > 0) AS ba, max_by(name, x) AS mb FROM a

-- # cast_ops
SELECT x::string AS s, x::decimal(10,2) / 3 AS d, '1'::int + 1 AS i, try_cast(name AS int) AS t, CAST(NULL AS struct<a:int>) AS st FROM a

-- # order_by_all
SELECT id, x FROM a ORDER BY ALL DESC NULLS LAST

-- # hints
SELECT /*+ BROADCAST(b) */ a.id FROM a JOIN b ON a.id = b.id

-- # nested_cte
WITH x AS (WITH y AS (SELECT 1 AS k) SELECT k + 1 AS k FROM y) SELECT * FROM x

-- # cte_shadow
WITH a AS (SELECT id FROM a WHERE x > 1) SELECT * FROM a

-- # set_ops_parens
(SELECT id FROM a) EXCEPT ALL (SELECT id FROM b) INTERSECT SELECT id FROM a ORDER BY id LIMIT 1

-- # multi_alias
SELECT a.*, b.* FROM a JOIN b ON a.id <=> b.id

-- # is_true
SELECT (x > 1) IS TRUE AS t, (x > 1) IS NOT UNKNOWN AS u FROM a

-- # like_any
SELECT name LIKE ANY ('a%', 'b%') AS l, name NOT LIKE ALL ('x', 'y') AS m, name RLIKE '^a' AS r FROM a

-- # subquery_in_having
SELECT name, count(*) AS n FROM a GROUP BY name HAVING count(*) > (SELECT max(n) FROM (SELECT id AS n FROM b) q)

-- # subquery_in_aggregate
SELECT sum(CASE WHEN x > (SELECT max(y) FROM b) THEN 1 END) AS s FROM a

-- # subquery_in_order
SELECT name AS y, id FROM a ORDER BY (SELECT max(y) FROM b)

-- # subquery_beside_rollup
SELECT name, GROUPING(name) AS g, (SELECT max(name) FROM b) AS m FROM a GROUP BY ROLLUP(name)

-- # subquery_in_filter
SELECT sum(x) FILTER (WHERE id IN (SELECT count(*) FROM b GROUP BY name)) AS s FROM a

-- # exists_in_having
SELECT name AS y, count(*) AS c FROM a GROUP BY name HAVING EXISTS (SELECT 1 FROM b WHERE y > 3)
