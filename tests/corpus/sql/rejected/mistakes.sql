-- # card_velocity_daily__wrong_column
WITH daily AS (
  SELECT card_id, date(paid_at) AS day, count(*) AS n, sum(amount) AS spent, max(amount) AS biggest
  FROM payments WHERE status = 'settled' GROUP BY card_id, date(paid_at)
)
SELECT card_id, day, n, spent, biggest,
       sum(spend) OVER w AS spent_7d, avg(n) OVER w AS avg_n_7d,
       spent / nullif(lag(spent) OVER (PARTITION BY card_id ORDER BY day), 0) AS growth,
       datediff(day, lag(day) OVER (PARTITION BY card_id ORDER BY day)) AS gap_days
FROM daily
WINDOW w AS (PARTITION BY card_id ORDER BY day RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW)

-- # card_velocity_daily__range_over_text
WITH daily AS (
  SELECT card_id, date(paid_at) AS day, count(*) AS n, sum(amount) AS spent, max(amount) AS biggest
  FROM payments WHERE status = 'settled' GROUP BY card_id, date(paid_at)
)
SELECT card_id, day, n, spent, biggest,
       sum(spent) OVER w AS spent_7d, avg(n) OVER w AS avg_n_7d,
       spent / nullif(lag(spent) OVER (PARTITION BY card_id ORDER BY day), 0) AS growth,
       datediff(day, lag(day) OVER (PARTITION BY card_id ORDER BY day)) AS gap_days
FROM daily
WINDOW w AS (PARTITION BY day ORDER BY card_id RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW)

-- # card_velocity_daily__ungrouped
WITH daily AS (
  SELECT card_id, date(paid_at) AS day, currency, count(*) AS n, sum(amount) AS spent, max(amount) AS biggest
  FROM payments WHERE status = 'settled' GROUP BY card_id, date(paid_at)
)
SELECT card_id, day, n, spent, biggest,
       sum(spent) OVER w AS spent_7d, avg(n) OVER w AS avg_n_7d,
       spent / nullif(lag(spent) OVER (PARTITION BY card_id ORDER BY day), 0) AS growth,
       datediff(day, lag(day) OVER (PARTITION BY card_id ORDER BY day)) AS gap_days
FROM daily
WINDOW w AS (PARTITION BY card_id ORDER BY day RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW)

-- # card_velocity_daily__unknown_window
WITH daily AS (
  SELECT card_id, date(paid_at) AS day, count(*) AS n, sum(amount) AS spent, max(amount) AS biggest
  FROM payments WHERE status = 'settled' GROUP BY card_id, date(paid_at)
)
SELECT card_id, day, n, spent, biggest,
       sum(spent) OVER w AS spent_7d, avg(n) OVER ww AS avg_n_7d,
       spent / nullif(lag(spent) OVER (PARTITION BY card_id ORDER BY day), 0) AS growth,
       datediff(day, lag(day) OVER (PARTITION BY card_id ORDER BY day)) AS gap_days
FROM daily
WINDOW w AS (PARTITION BY card_id ORDER BY day RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW)

-- # dedup_latest_payment__alias_in_where
WITH ranked AS (
  SELECT p.*, row_number() OVER (PARTITION BY payment_id ORDER BY coalesce(settled_at, paid_at) DESC, amount DESC) AS rn FROM payments p
)
SELECT * EXCEPT (rn) FROM ranked WHERE rnk = 1

-- # dedup_latest_payment__except_unknown
WITH ranked AS (
  SELECT p.*, row_number() OVER (PARTITION BY payment_id ORDER BY coalesce(settled_at, paid_at) DESC, amount DESC) AS rn FROM payments p
)
SELECT * EXCEPT (row_no) FROM ranked WHERE rn = 1

-- # dedup_latest_payment__window_in_where
WITH ranked AS (
  SELECT p.*, rn OVER (PARTITION BY payment_id ORDER BY coalesce(settled_at, paid_at) DESC, amount DESC) AS rn FROM payments p
)
SELECT * EXCEPT (rn) FROM ranked WHERE rn = 1

-- # dedup_max_by__one_argument
SELECT payment_id, max_by(status) AS status, max_by(struct(amount, currency), paid_at) AS latest, max(paid_at) AS paid_at, count(*) AS versions
FROM payments GROUP BY payment_id HAVING count(*) > 1

-- # dedup_max_by__agg_in_where
SELECT payment_id, max_by(status, paid_at) AS status, max_by(struct(amount, currency), paid_at) AS latest, max(paid_at) AS paid_at, count(*) AS versions
FROM payments WHERE count(*) > 1 GROUP BY payment_id HAVING count(*) > 1

-- # sessionise_lag__compare_interval_number
WITH marked AS (
  SELECT user_id, event_time, event_type,
         CASE WHEN event_time - lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) > 30
                OR lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) IS NULL THEN 1 ELSE 0 END AS is_new
  FROM events
), numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY user_id ORDER BY event_time ROWS UNBOUNDED PRECEDING) AS session_no FROM marked
)
SELECT user_id, session_no, min(event_time) AS started_at, max(event_time) AS ended_at, count(*) AS events,
       count_if(event_type = 'purchase') > 0 AS converted,
       unix_timestamp(max(event_time)) - unix_timestamp(min(event_time)) AS seconds,
       concat_ws('-', CAST(user_id AS STRING), CAST(session_no AS STRING)) AS session_id
FROM numbered GROUP BY user_id, session_no

-- # sessionise_lag__cte_misspelt
WITH marked AS (
  SELECT user_id, event_time, event_type,
         CASE WHEN event_time - lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) > INTERVAL 30 MINUTES
                OR lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) IS NULL THEN 1 ELSE 0 END AS is_new
  FROM events
), numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY user_id ORDER BY event_time ROWS UNBOUNDED PRECEDING) AS session_no FROM marked
)
SELECT user_id, session_no, min(event_time) AS started_at, max(event_time) AS ended_at, count(*) AS events,
       count_if(event_type = 'purchase') > 0 AS converted,
       unix_timestamp(max(event_time)) - unix_timestamp(min(event_time)) AS seconds,
       concat_ws('-', CAST(user_id AS STRING), CAST(session_no AS STRING)) AS session_id
FROM numberd GROUP BY user_id, session_no

-- # sessionise_lag__ungrouped_event
WITH marked AS (
  SELECT user_id, event_time, event_type,
         CASE WHEN event_time - lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) > INTERVAL 30 MINUTES
                OR lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) IS NULL THEN 1 ELSE 0 END AS is_new
  FROM events
), numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY user_id ORDER BY event_time ROWS UNBOUNDED PRECEDING) AS session_no FROM marked
)
SELECT user_id, session_no, min(event_time) AS started_at, max(event_time) AS ended_at, event_type, count(*) AS events,
       count_if(event_type = 'purchase') > 0 AS converted,
       unix_timestamp(max(event_time)) - unix_timestamp(min(event_time)) AS seconds,
       concat_ws('-', CAST(user_id AS STRING), CAST(session_no AS STRING)) AS session_id
FROM numbered GROUP BY user_id, session_no

-- # sessionise_window_fn__bad_duration_type
SELECT user_id, session_window(url, 30) AS w, count(*) AS events, collect_set(event_type) AS kinds, first(url) AS landing
FROM events GROUP BY user_id, session_window(event_time, '30 minutes')

-- # point_in_time_price__missing_alias
SELECT o.order_id, i.sku, i.qty, h.price AS price_then, i.qty * h.price AS value, i.price - h.price AS difference
FROM orders o LATERAL VIEW explode(o.items) x AS i
LEFT JOIN price_history h ON h.sku = it.sku AND h.valid_from <= o.order_date AND (h.valid_to IS NULL OR h.valid_to > o.order_date)

-- # point_in_time_price__field
SELECT o.order_id, i.sku, i.qty, h.price AS price_then, i.quantity * h.price AS value, i.price - h.price AS difference
FROM orders o LATERAL VIEW explode(o.items) x AS i
LEFT JOIN price_history h ON h.sku = i.sku AND h.valid_from <= o.order_date AND (h.valid_to IS NULL OR h.valid_to > o.order_date)

-- # point_in_time_price__date_plus_text
SELECT o.order_id, i.sku, i.qty, h.price AS price_then, i.qty * h.price AS value, i.price - h.valid_from AS difference
FROM orders o LATERAL VIEW explode(o.items) x AS i
LEFT JOIN price_history h ON h.sku = i.sku AND h.valid_from <= o.order_date AND (h.valid_to IS NULL OR h.valid_to > o.order_date)

-- # point_in_time_price2__struct_arith
WITH lines AS (SELECT order_id, order_date, explode(items) AS item FROM orders)
SELECT l.order_id, l.item.sku AS sku, l.item * h.price AS value, coalesce(h.price, l.item.price, 0) AS unit_price
FROM lines l LEFT JOIN price_history h
  ON h.sku = l.item.sku AND to_timestamp(l.order_date) >= h.valid_from AND to_timestamp(l.order_date) < coalesce(h.valid_to, TIMESTAMP '9999-12-31')

-- # asof_last_rate__unknown_fn
WITH priced AS (
  SELECT p.payment_id, p.amount, p.currency, date(p.paid_at) AS day, f.rate,
         row_number() OVER (PARTITION BY p.payment_id ORDER BY f.day DESC) AS rn
  FROM payments p JOIN fx_rates f ON f.base = p.currency AND f.quote = 'EUR' AND f.day <= date(p.paid_at)
)
SELECT payment_id, amount * rate AS amount_eur, rounded(amount * rate, 2) AS rounded, CAST(amount * rate AS DECIMAL(14,2)) AS stored FROM priced WHERE rn = 1

-- # asof_last_rate__too_many_args
WITH priced AS (
  SELECT p.payment_id, p.amount, p.currency, date(p.paid_at) AS day, f.rate,
         row_number() OVER (PARTITION BY p.payment_id ORDER BY f.day DESC) AS rn
  FROM payments p JOIN fx_rates f ON f.base = p.currency AND f.quote = 'EUR' AND f.day <= date(p.paid_at)
)
SELECT payment_id, amount * rate AS amount_eur, round(amount * rate, 2, 3) AS rounded, CAST(amount * rate AS DECIMAL(14,2)) AS stored FROM priced WHERE rn = 1

-- # gaps_and_islands_status__missing_group
WITH numbered AS (
  SELECT sensor_id, read_at, status_code,
         row_number() OVER (PARTITION BY sensor_id ORDER BY read_at) - row_number() OVER (PARTITION BY sensor_id, status_code ORDER BY read_at) AS grp
  FROM sensors
)
SELECT sensor_id, status_code, min(read_at) AS from_ts, max(read_at) AS to_ts, count(*) AS readings, max(read_at) - min(read_at) AS lasted
FROM numbered GROUP BY sensor_id, grp ORDER BY sensor_id, from_ts

-- # gaps_and_islands_status__order_unknown
WITH numbered AS (
  SELECT sensor_id, read_at, status_code,
         row_number() OVER (PARTITION BY sensor_id ORDER BY read_at) - row_number() OVER (PARTITION BY sensor_id, status_code ORDER BY read_at) AS grp
  FROM sensors
)
SELECT sensor_id, status_code, min(read_at) AS from_ts, max(read_at) AS to_ts, count(*) AS readings, max(read_at) - min(read_at) AS lasted
FROM numbered GROUP BY sensor_id, status_code, grp ORDER BY sensor_id, started

-- # gaps_days_without_orders__sequence_types
WITH bounds AS (SELECT min(order_date) AS lo, max(order_date) AS hi FROM orders),
     calendar AS (SELECT explode(sequence(lo, hi, true)) AS day FROM bounds)
SELECT c.day, count(o.order_id) AS orders, coalesce(sum(o.total), 0) AS revenue, dayofweek(c.day) IN (1, 7) AS weekend
FROM calendar c LEFT JOIN orders o ON o.order_date = c.day GROUP BY c.day HAVING count(o.order_id) = 0

-- # gaps_days_without_orders__having_unknown
WITH bounds AS (SELECT min(order_date) AS lo, max(order_date) AS hi FROM orders),
     calendar AS (SELECT explode(sequence(lo, hi, INTERVAL 1 DAY)) AS day FROM bounds)
SELECT c.day, count(o.order_id) AS orders, coalesce(sum(o.total), 0) AS revenue, dayofweek(c.day) IN (1, 7) AS weekend
FROM calendar c LEFT JOIN orders o ON o.order_date = c.day GROUP BY c.day HAVING count(o.id) = 0

-- # islands_login_streaks__date_sub_text
WITH days AS (SELECT DISTINCT user_id, date(event_time) AS d FROM events),
     grp AS (SELECT user_id, d, date_sub(d, array(1)) AS anchor FROM days)
SELECT user_id, anchor, count(*) AS streak, min(d) AS first_day, max(d) AS last_day, datediff(max(d), min(d)) + 1 AS check_len
FROM grp GROUP BY user_id, anchor

-- # scd2_from_changes__lag_no_over
WITH changes AS (
  SELECT customer_id, segment, country, created_at,
         lag(segment) AS prev_segment, lag(country) OVER w AS prev_country
  FROM customers WINDOW w AS (PARTITION BY customer_id ORDER BY created_at)
)
SELECT customer_id, segment, country, created_at AS valid_from,
       lead(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) AS valid_to,
       lead(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) IS NULL AS is_current,
       sha2(concat_ws('|', segment, country), 256) AS row_hash
FROM changes WHERE NOT (segment <=> prev_segment AND country <=> prev_country) OR prev_country IS NULL

-- # scd2_merge_preview__case_types
WITH incoming AS (SELECT sku, price, current_timestamp() AS loaded_at FROM products),
     live AS (SELECT * FROM price_history WHERE is_current)
SELECT coalesce(i.sku, l.sku) AS sku,
       CASE WHEN l.sku IS NULL THEN 'insert' WHEN i.sku IS NULL THEN 'close' WHEN i.price <> l.price THEN 'update' ELSE array('keep') END AS action,
       i.price AS new_price, l.price AS old_price, i.price - l.price AS delta, nullif(l.price, 0) AS safe_old
FROM incoming i FULL OUTER JOIN live l ON i.sku = l.sku

-- # scd2_merge_preview__ambiguous_sku
WITH incoming AS (SELECT sku, price, current_timestamp() AS loaded_at FROM products),
     live AS (SELECT * FROM price_history WHERE is_current)
SELECT coalesce(sku, l.sku) AS sku,
       CASE WHEN l.sku IS NULL THEN 'insert' WHEN i.sku IS NULL THEN 'close' WHEN i.price <> l.price THEN 'update' ELSE 'keep' END AS action,
       i.price AS new_price, l.price AS old_price, i.price - l.price AS delta, nullif(l.price, 0) AS safe_old
FROM incoming i FULL OUTER JOIN live l ON i.sku = l.sku

-- # scd2_overlaps__join_not_boolean
SELECT a.sku, a.valid_from AS a_from, b.valid_from AS b_from, greatest(a.valid_from, b.valid_from) AS overlap_from, least(a.valid_to, b.valid_to) AS overlap_to
FROM price_history a JOIN price_history b ON a.price AND coalesce(a.valid_to, TIMESTAMP '9999-12-31') > b.valid_from

-- # json_parse_payload__unknown_field
WITH parsed AS (
  SELECT event_id, user_id, event_time,
         from_json(payload, 'user STRUCT<id: BIGINT, plan: STRING>, cart ARRAY<STRUCT<sku: STRING, qty: INT, price: DECIMAL(9,2)>>, utm MAP<STRING, STRING>, ts TIMESTAMP') AS j
  FROM events
)
SELECT event_id, j.user.tier, j.cart.sku AS skus, size(j.cart) AS items, j.utm['source'] AS source, j.utm.medium AS medium,
       aggregate(j.cart, CAST(0 AS DECIMAL(19,2)), (acc, c) -> CAST(acc + c.qty * c.price AS DECIMAL(19,2))) AS cart_value,
       j.ts - event_time AS clock_skew, filter(j.cart, c -> c.qty > 1)[0].sku AS first_multi
FROM parsed WHERE j IS NOT NULL

-- # json_parse_payload__merge_type
WITH parsed AS (
  SELECT event_id, user_id, event_time,
         from_json(payload, 'user STRUCT<id: BIGINT, plan: STRING>, cart ARRAY<STRUCT<sku: STRING, qty: INT, price: DECIMAL(9,2)>>, utm MAP<STRING, STRING>, ts TIMESTAMP') AS j
  FROM events
)
SELECT event_id, j.user.plan, j.cart.sku AS skus, size(j.cart) AS items, j.utm['source'] AS source, j.utm.medium AS medium,
       aggregate(j.cart, CAST(0 AS DECIMAL(19,2)), (acc, c) -> c.sku) AS cart_value,
       j.ts - event_time AS clock_skew, filter(j.cart, c -> c.qty > 1)[0].sku AS first_multi
FROM parsed WHERE j IS NOT NULL

-- # json_parse_payload__lambda_field
WITH parsed AS (
  SELECT event_id, user_id, event_time,
         from_json(payload, 'user STRUCT<id: BIGINT, plan: STRING>, cart ARRAY<STRUCT<sku: STRING, qty: INT, price: DECIMAL(9,2)>>, utm MAP<STRING, STRING>, ts TIMESTAMP') AS j
  FROM events
)
SELECT event_id, j.user.plan, j.cart.sku AS skus, size(j.cart) AS items, j.utm['source'] AS source, j.utm.medium AS medium,
       aggregate(j.cart, CAST(0 AS DECIMAL(19,2)), (acc, c) -> CAST(acc + c.qty * c.price AS DECIMAL(19,2))) AS cart_value,
       j.ts - event_time AS clock_skew, filter(j.cart, c -> c.amount > 1)[0].sku AS first_multi
FROM parsed WHERE j IS NOT NULL

-- # json_parse_payload__lambda_not_boolean
WITH parsed AS (
  SELECT event_id, user_id, event_time,
         from_json(payload, 'user STRUCT<id: BIGINT, plan: STRING>, cart ARRAY<STRUCT<sku: STRING, qty: INT, price: DECIMAL(9,2)>>, utm MAP<STRING, STRING>, ts TIMESTAMP') AS j
  FROM events
)
SELECT event_id, j.user.plan, j.cart.sku AS skus, size(j.cart) AS items, j.utm['source'] AS source, j.utm.medium AS medium,
       aggregate(j.cart, CAST(0 AS DECIMAL(19,2)), (acc, c) -> CAST(acc + c.qty * c.price AS DECIMAL(19,2))) AS cart_value,
       j.ts - event_time AS clock_skew, filter(j.cart, c -> c.sku)[0].sku AS first_multi
FROM parsed WHERE j IS NOT NULL

-- # json_get_object__one_argument
SELECT event_id, CAST(get_json_object(payload, '$.amount') AS DOUBLE) AS amount, try_cast(get_json_object(payload, '$.qty') AS INT) AS qty,
       coalesce(get_json_object(payload, '$.currency'), 'EUR') AS currency, json_array_length(get_json_object(payload, '$.items')) AS n,
       json_object_keys(payload) AS keys, length(payload) > 1000 AS is_large
FROM events WHERE get_json_object(payload) = 'checkout'

-- # json_get_object__binary_payload
SELECT event_id, CAST(get_json_object(payload, '$.amount') AS DOUBLE) AS amount, try_cast(get_json_object(payload, '$.qty') AS INT) AS qty,
       coalesce(get_json_object(payload, '$.currency'), 'EUR') AS currency, json_array_length(get_json_object(payload, '$.items')) AS n,
       json_object_keys(experiment) AS keys, length(payload) > 1000 AS is_large
FROM events WHERE get_json_object(payload, '$.kind') = 'checkout'

-- # json_tuple_view__alias_count
SELECT e.event_id, e.user_id, t.campaign, t.medium, upper(t.campaign) || '/' || coalesce(t.medium, '?') AS label
FROM events e LATERAL VIEW OUTER json_tuple(e.payload, 'utm_campaign', 'utm_medium') t AS campaign, medium, extra

-- # url_parsing__index_type
SELECT event_id, parse_url(url, 'HOST') AS host, parse_url(url, 'QUERY', 'utm_source') AS utm, split(parse_url(url, 'PATH'), '/')['a'] AS section,
       regexp_extract(referrer, 'https?://([^/]+)', 1) AS ref_host, url_decode(parse_url(url, 'QUERY')) AS decoded, referrer IS NULL OR referrer = '' AS direct
FROM events

-- # url_parsing__array_as_text
SELECT event_id, parse_url(url, 'HOST') AS host, parse_url(url, 'QUERY', 'utm_source') AS utm, split(parse_url(url, 'PATH'), '/')[1] AS section,
       regexp_extract(split(referrer, '/'), 'https?://([^/]+)', 1) AS ref_host, url_decode(parse_url(url, 'QUERY')) AS decoded, referrer IS NULL OR referrer = '' AS direct
FROM events

-- # str_to_map_query__map_key
SELECT event_id, str_to_map(parse_url(url, 'QUERY'), '&', '=') AS params, map_keys(parse_url(url, 'QUERY')) AS names,
       element_at(str_to_map(parse_url(url, 'QUERY'), '&', '='), 'page') AS page
FROM events WHERE url LIKE '%?%'

-- # pivot_revenue_quarter__pivot_not_aggregate
SELECT * FROM (SELECT region, year, quarter, revenue FROM sales)
PIVOT (revenue AS rev, count(*) AS n FOR quarter IN (1 AS q1, 2 AS q2, 3 AS q3, 4 AS q4))

-- # pivot_revenue_quarter__pivot_unknown
SELECT * FROM (SELECT region, year, quarter, revenue FROM sales)
PIVOT (sum(revenue) AS rev, count(*) AS n FOR qtr IN (1 AS q1, 2 AS q2, 3 AS q3, 4 AS q4))

-- # pivot_then_ratio__column_gone
WITH p AS (SELECT * FROM (SELECT product, region, units FROM sales) PIVOT (sum(units) FOR region IN ('EU' AS eu, 'US' AS us, 'APAC' AS apac)))
SELECT units, product, coalesce(eu, 0) AS eu, coalesce(us, 0) AS us, eu / nullif(eu + us + apac, 0) AS eu_share, greatest(eu, us, apac) AS top FROM p

-- # pivot_by_case__avg_text
SELECT year, sum(CASE WHEN quarter = 1 THEN revenue END) AS q1, sum(CASE WHEN quarter = 2 THEN revenue ELSE 0 END) AS q2,
       sum(revenue) FILTER (WHERE quarter = 3) AS q3, avg(if(quarter, revenue, NULL)) AS q4_avg, count(DISTINCT CASE WHEN units > 0 THEN product END) AS sold
FROM sales GROUP BY year

-- # unpivot_metrics__unpivot_types
SELECT sensor_id, metric, value, value - avg(value) OVER (PARTITION BY sensor_id, metric) AS deviation
FROM (SELECT sensor_id, CAST(temperature AS DOUBLE) AS temperature, readings AS humidity FROM sensors) UNPIVOT (value FOR metric IN (temperature AS temp, humidity AS hum))

-- # unpivot_metrics__column_gone
SELECT sensor_id, humidity, metric, value, value - avg(value) OVER (PARTITION BY sensor_id, metric) AS deviation
FROM (SELECT sensor_id, CAST(temperature AS DOUBLE) AS temperature, humidity FROM sensors) UNPIVOT (value FOR metric IN (temperature AS temp, humidity AS hum))

-- # quality_payments__distinct_no_group
SELECT currency, count(*) AS total, count(*) - count(customer_id) AS missing_customer, count_if(amount <= 0) AS not_positive,
       count(DISTINCT payment_id) = count(*) AS unique_ids, avg(CASE WHEN currency IS NULL THEN 1.0 ELSE 0.0 END) AS null_currency_rate,
       min(paid_at) AS first_at, max(paid_at) AS last_at, bool_and(settled_at >= paid_at OR settled_at IS NULL) AS ordered,
       approx_count_distinct(card_id) AS cards, percentile_approx(amount, array(0.5, 0.95, 0.99)) AS quantiles, stddev(amount) AS sd
FROM payments

-- # quality_payments__bool_and_number
SELECT count(*) AS total, count(*) - count(customer_id) AS missing_customer, count_if(amount <= 0) AS not_positive,
       count(DISTINCT payment_id) = count(*) AS unique_ids, avg(CASE WHEN currency IS NULL THEN 1.0 ELSE 0.0 END) AS null_currency_rate,
       min(paid_at) AS first_at, max(paid_at) AS last_at, bool_and(amount) AS ordered,
       approx_count_distinct(card_id) AS cards, percentile_approx(amount, array(0.5, 0.95, 0.99)) AS quantiles, stddev(amount) AS sd
FROM payments

-- # quality_orphans__union_count
SELECT 'payments' AS table_name, 'customer_id' AS column_name, count(*) AS orphans FROM payments p LEFT ANTI JOIN customers c ON p.customer_id = c.customer_id WHERE p.customer_id IS NOT NULL
UNION ALL
SELECT 'merchant_id', count(*) FROM payments p WHERE NOT EXISTS (SELECT 1 FROM merchants m WHERE m.merchant_id = p.merchant_id)
UNION ALL
SELECT 'orders', 'user_id', sum(CASE WHEN c.customer_id IS NULL THEN 1 ELSE 0 END) FROM orders o LEFT JOIN customers c ON c.customer_id = o.user_id

-- # quality_orphans__union_type
SELECT 'payments' AS table_name, 'customer_id' AS column_name, count(*) AS orphans FROM payments p LEFT ANTI JOIN customers c ON p.customer_id = c.customer_id WHERE p.customer_id IS NOT NULL
UNION ALL
SELECT 'payments', 'merchant_id', count(*) FROM payments p WHERE NOT EXISTS (SELECT 1 FROM merchants m WHERE m.merchant_id = p.merchant_id)
UNION ALL
SELECT 'orders', 'user_id', array(1) FROM orders o LEFT JOIN customers c ON c.customer_id = o.user_id

-- # quality_orphans__anti_right_column
SELECT 'payments' AS table_name, 'customer_id' AS column_name, count(*) AS orphans FROM payments p LEFT ANTI JOIN customers c ON p.customer_id = c.customer_id WHERE c.email IS NOT NULL
UNION ALL
SELECT 'payments', 'merchant_id', count(*) FROM payments p WHERE NOT EXISTS (SELECT 1 FROM merchants m WHERE m.merchant_id = p.merchant_id)
UNION ALL
SELECT 'orders', 'user_id', sum(CASE WHEN c.customer_id IS NULL THEN 1 ELSE 0 END) FROM orders o LEFT JOIN customers c ON c.customer_id = o.user_id

-- # quality_duplicates_report__array_min_scalar
WITH d AS (SELECT email, count(*) AS n, collect_list(customer_id) AS ids, min(created_at) AS first_seen FROM customers WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1)
SELECT email, n, ids, array_min(n) AS keep_id, array_except(ids, array(array_min(ids))) AS drop_ids, size(ids) - 1 AS extra, first_seen FROM d ORDER BY n DESC, email LIMIT 100

-- # quality_duplicates_report__array_except_types
WITH d AS (SELECT email, count(*) AS n, collect_list(customer_id) AS ids, min(created_at) AS first_seen FROM customers WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1)
SELECT email, n, ids, array_min(ids) AS keep_id, array_except(ids, array(email)) AS drop_ids, size(ids) - 1 AS extra, first_seen FROM d ORDER BY n DESC, email LIMIT 100

-- # quality_freshness__unit
SELECT t, last_at, timestampdiff(HOURS_, last_at, current_timestamp()) AS hours_old, last_at < current_timestamp() - INTERVAL 1 DAY AS stale
FROM (SELECT 'payments' AS t, max(paid_at) AS last_at FROM payments UNION ALL SELECT 'events', max(event_time) FROM events UNION ALL SELECT 'customers', max(created_at) FROM customers)

-- # zscore_outliers__ambiguous_merchant
WITH stats AS (SELECT merchant_id, avg(amount) AS mu, stddev_samp(amount) AS sigma, count(*) AS n FROM payments GROUP BY merchant_id HAVING count(*) >= 30)
SELECT p.payment_id, amount, merchant, (p.amount - s.mu) / nullif(s.sigma, 0) AS z, abs(p.amount - s.mu) > 3 * s.sigma AS outlier, m.name
FROM payments p JOIN stats s USING (merchant_id) JOIN merchants m ON m.merchant_id = p.merchant_id

-- # zscore_outliers__using_missing
WITH stats AS (SELECT merchant_id, avg(amount) AS mu, stddev_samp(amount) AS sigma, count(*) AS n FROM payments GROUP BY merchant_id HAVING count(*) >= 30)
SELECT p.payment_id, p.amount, (p.amount - s.mu) / nullif(s.sigma, 0) AS z, abs(p.amount - s.mu) > 3 * s.sigma AS outlier, m.name
FROM payments p JOIN stats s USING (merchant) JOIN merchants m ON m.merchant_id = p.merchant_id

-- # rfm_segments__having_alias_window
WITH base AS (
  SELECT user_id, datediff(DATE '2026-01-01', max(order_date)) AS recency, count(*) AS frequency, sum(total) AS monetary FROM orders GROUP BY user_id
), scored AS (
  SELECT *, ntile(5) OVER (ORDER BY recency DESC) AS r, ntile(5) OVER (ORDER BY frequency) AS f, ntile(5) OVER (ORDER BY monetary) AS m FROM base
)
SELECT user_id, recency, frequency, monetary, r * 100 + f * 10 + m AS score, concat(r, f, m) AS label,
       CASE WHEN r AND f >= 4 THEN 'champion' WHEN r <= 2 AND f >= 3 THEN 'at risk' WHEN f = 1 THEN 'new' END AS segment
FROM scored

-- # rfm_segments__ntile_arg
WITH base AS (
  SELECT user_id, datediff(DATE '2026-01-01', max(order_date)) AS recency, count(*) AS frequency, sum(total) AS monetary FROM orders GROUP BY user_id
), scored AS (
  SELECT *, ntile(frequency) OVER (ORDER BY recency DESC) AS r, ntile(5) OVER (ORDER BY frequency) AS f, ntile(5) OVER (ORDER BY monetary) AS m FROM base
)
SELECT user_id, recency, frequency, monetary, r * 100 + f * 10 + m AS score, concat(r, f, m) AS label,
       CASE WHEN r >= 4 AND f >= 4 THEN 'champion' WHEN r <= 2 AND f >= 3 THEN 'at risk' WHEN f = 1 THEN 'new' END AS segment
FROM scored

-- # cohort_retention__not_grouped
WITH firsts AS (SELECT user_id, date_trunc('MONTH', min(event_time)) AS cohort FROM events GROUP BY user_id),
     activity AS (SELECT DISTINCT e.user_id, date_trunc('MONTH', e.event_time) AS month FROM events e)
SELECT f.cohort, a.month, CAST(months_between(a.month, f.cohort) AS INT) AS age, count(DISTINCT a.user_id) AS active,
       count(DISTINCT a.user_id) / first_value(count(DISTINCT a.user_id)) OVER (PARTITION BY f.cohort ORDER BY CAST(months_between(a.month, f.cohort) AS INT)) AS retention
FROM firsts f JOIN activity a ON a.user_id = f.user_id GROUP BY f.cohort, CAST(months_between(a.month, f.cohort) AS INT)

-- # cohort_retention__date_trunc_swapped
WITH firsts AS (SELECT user_id, date_trunc(min(event_time)) AS cohort FROM events GROUP BY user_id),
     activity AS (SELECT DISTINCT e.user_id, date_trunc('MONTH', e.event_time) AS month FROM events e)
SELECT f.cohort, CAST(months_between(a.month, f.cohort) AS INT) AS age, count(DISTINCT a.user_id) AS active,
       count(DISTINCT a.user_id) / first_value(count(DISTINCT a.user_id)) OVER (PARTITION BY f.cohort ORDER BY CAST(months_between(a.month, f.cohort) AS INT)) AS retention
FROM firsts f JOIN activity a ON a.user_id = f.user_id GROUP BY f.cohort, CAST(months_between(a.month, f.cohort) AS INT)

-- # funnel_steps__filter_not_boolean
WITH steps AS (
  SELECT user_id, min(event_time) FILTER (WHERE event_type) AS viewed, min(event_time) FILTER (WHERE event_type = 'cart') AS carted,
         min(event_time) FILTER (WHERE event_type = 'purchase') AS bought
  FROM events GROUP BY user_id
)
SELECT count(viewed) AS views, count(CASE WHEN carted > viewed THEN 1 END) AS carts, count(CASE WHEN bought > carted THEN 1 END) AS purchases,
       round(100.0 * count(bought) / nullif(count(viewed), 0), 2) AS pct, avg(CAST(bought AS LONG) - CAST(viewed AS LONG)) AS secs
FROM steps

-- # funnel_steps__filter_scalar
WITH steps AS (
  SELECT user_id, min(event_time) FILTER (WHERE event_type = 'view') AS viewed, date(event_time) FILTER (WHERE event_type = 'cart') AS carted,
         min(event_time) FILTER (WHERE event_type = 'purchase') AS bought
  FROM events GROUP BY user_id
)
SELECT count(viewed) AS views, count(CASE WHEN carted > viewed THEN 1 END) AS carts, count(CASE WHEN bought > carted THEN 1 END) AS purchases,
       round(100.0 * count(bought) / nullif(count(viewed), 0), 2) AS pct, avg(CAST(bought AS LONG) - CAST(viewed AS LONG)) AS secs
FROM steps

-- # basket_pairs__explode_twice
WITH lines AS (SELECT order_id, item.sku, explode(tags) FROM orders LATERAL VIEW explode(items) t AS item)
SELECT a.sku AS left_sku, b.sku AS right_sku, count(DISTINCT a.order_id) AS together, count(*) / sum(count(*)) OVER () AS share
FROM lines a JOIN lines b ON a.order_id = b.order_id AND a.sku < b.sku GROUP BY a.sku, b.sku HAVING count(DISTINCT a.order_id) > 2

-- # basket_pairs__ambiguous_sku
WITH lines AS (SELECT order_id, item.sku FROM orders LATERAL VIEW explode(items) t AS item)
SELECT a.sku AS left_sku, b.sku AS right_sku, count(DISTINCT a.order_id) AS together, count(*) / sum(count(*)) OVER () AS share
FROM lines a JOIN lines b ON a.order_id = b.order_id AND sku < b.sku GROUP BY a.sku, b.sku HAVING count(DISTINCT a.order_id) > 2

-- # order_totals_check__lambda_args
SELECT order_id, total, aggregate(items, CAST(0 AS DECIMAL(14,2)), (acc, i) -> CAST(acc + coalesce(i.price, 0) * i.qty AS DECIMAL(14,2))) AS computed,
       total <=> aggregate(items, CAST(0 AS DECIMAL(14,2)), (acc, i) -> CAST(acc + i.price * i.qty AS DECIMAL(14,2))) AS matches,
       exists(items, (i, j, k) -> i.price IS NULL) AS has_unpriced, forall(items, i -> i.qty > 0) AS all_positive, transform(items, i -> i.sku) AS skus,
       array_sort(transform(items, i -> named_struct('v', i.qty * i.price, 'sku', i.sku)))[0].sku AS cheapest
FROM orders

-- # order_totals_check__forall_scalar
SELECT order_id, total, aggregate(items, CAST(0 AS DECIMAL(14,2)), (acc, i) -> CAST(acc + coalesce(i.price, 0) * i.qty AS DECIMAL(14,2))) AS computed,
       total <=> aggregate(items, CAST(0 AS DECIMAL(14,2)), (acc, i) -> CAST(acc + i.price * i.qty AS DECIMAL(14,2))) AS matches,
       exists(items, i -> i.price IS NULL) AS has_unpriced, forall(total, i -> i.qty > 0) AS all_positive, transform(items, i -> i.sku) AS skus,
       array_sort(transform(items, i -> named_struct('v', i.qty * i.price, 'sku', i.sku)))[0].sku AS cheapest
FROM orders

-- # order_totals_check__unknown_item
SELECT order_id, total, aggregate(items, CAST(0 AS DECIMAL(14,2)), (acc, i) -> CAST(acc + coalesce(i.price, 0) * i.qty AS DECIMAL(14,2))) AS computed,
       total <=> aggregate(items, CAST(0 AS DECIMAL(14,2)), (acc, i) -> CAST(acc + i.price * i.qty AS DECIMAL(14,2))) AS matches,
       exists(items, i -> i.price IS NULL) AS has_unpriced, forall(items, i -> i.qty > 0) AS all_positive, transform(item, i -> i.sku) AS skus,
       array_sort(transform(items, i -> named_struct('v', i.qty * i.price, 'sku', i.sku)))[0].sku AS cheapest
FROM orders

-- # items_exploded_rollup__grouping_id_without
SELECT item.sku, year(order_date) AS y, month(order_date) AS m, sum(item.qty) AS units, sum(item.qty * item.price) AS revenue, grouping_id() AS gid
FROM (SELECT order_date, explode_outer(items) AS item FROM orders) GROUP BY item.sku, year(order_date), month(order_date)

-- # grouping_sets_report__grouping_other
SELECT coalesce(region, '(all)') AS region, coalesce(product, '(all)') AS product, grouping(region) AS gr, grouping(year) AS gp,
       sum(revenue) AS revenue, sum(units) AS units, sum(revenue) / nullif(sum(units), 0) AS unit_price, count(*) AS rows
FROM sales GROUP BY GROUPING SETS ((region, product), (region), ()) HAVING sum(units) > 0

-- # top_n_per_group__nested_aggregate
SELECT region, product, revenue, rnk FROM (
  SELECT region, product, sum(revenue) AS revenue, dense_rank() OVER (PARTITION BY region ORDER BY sum(sum(revenue)) DESC) AS rnk FROM sales GROUP BY region, product
) WHERE rnk <= 3

-- # top_n_per_group__missing_group
SELECT region, product, revenue, rnk FROM (
  SELECT region, product, sum(revenue) AS revenue, dense_rank() OVER (PARTITION BY region ORDER BY sum(revenue) DESC) AS rnk FROM sales GROUP BY region
) WHERE rnk <= 3

-- # year_over_year__wrong_qualifier
WITH y AS (SELECT year, region, sum(revenue) AS revenue FROM sales GROUP BY year, region)
SELECT cur.region, cur.year, cur.revenue, p.revenue AS last_year, (cur.revenue - prev.revenue) / prev.revenue AS growth, lag(cur.revenue, 1, 0.0D) OVER (PARTITION BY cur.region ORDER BY cur.year) AS lagged
FROM y cur LEFT JOIN y prev ON prev.region = cur.region AND prev.year = cur.year - 1

-- # running_total_share__product_lost
SELECT product, units, sum(revenue) OVER (ORDER BY revenue DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) / sum(revenue) OVER () AS cumulative,
       percent_rank() OVER (ORDER BY revenue) AS pr, cume_dist() OVER (ORDER BY revenue) AS cd, revenue - first_value(revenue) OVER (ORDER BY revenue DESC) AS behind_best
FROM (SELECT product, sum(revenue) AS revenue FROM sales GROUP BY product)

-- # moving_sensor_stats__bad_frame
SELECT sensor_id, read_at, temperature, avg(temperature) OVER w AS ma, stddev_pop(temperature) OVER w AS sd, min(humidity) OVER w AS lo, max(humidity) OVER w AS hi,
       count(status_code) OVER w AS n, last_value(status_code, true) OVER w AS last_status, abs(temperature - avg(temperature) OVER w) > 5 AS jump
FROM sensors WINDOW w AS (PARTITION BY sensor_id ORDER BY sensor_id, read_at RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)

-- # sensor_fill_forward__coalesce_types
SELECT sensor_id, read_at, coalesce(readings, last_value(temperature) IGNORE NULLS OVER (PARTITION BY sensor_id ORDER BY read_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS temperature,
       temperature IS NULL AS filled, nvl(humidity, 0) AS humidity, nanvl(humidity, 0.0D) AS clean
FROM sensors

-- # sensor_windows__window_column
SELECT sensor_id, window(read_at, '10 minutes').start AS bucket, avg(temperature) AS t, max(size(readings)) AS n, array_max(flatten(collect_list(readings))) AS peak,
       any_value(status_code) AS code, percentile(humidity, 0.9) AS p90
FROM sensors GROUP BY sensor_id, window(readings, '10 minutes')

-- # readings_stats__slice_args
SELECT sensor_id, size(readings) AS n, aggregate(readings, CAST(0 AS DOUBLE), (a, x) -> a + x, a -> a / size(readings)) AS mean,
       array_position(readings, 0.0D) AS zero_at, slice(readings, 1) AS head, try_element_at(readings, 10) AS tenth, readings[0] AS first_one,
       transform(readings, (x, i) -> x * i) AS weighted, zip_with(readings, sequence(1, size(readings)), (x, i) -> named_struct('i', i, 'x', x)) AS indexed
FROM sensors WHERE size(readings) > 0

-- # readings_stats__sequence_text
SELECT sensor_id, size(readings) AS n, aggregate(readings, CAST(0 AS DOUBLE), (a, x) -> a + x, a -> a / size(readings)) AS mean,
       array_position(readings, 0.0D) AS zero_at, slice(readings, 1, 3) AS head, try_element_at(readings, 10) AS tenth, readings[0] AS first_one,
       transform(readings, (x, i) -> x * i) AS weighted, zip_with(readings, sequence(1, readings), (x, i) -> named_struct('i', i, 'x', x)) AS indexed
FROM sensors WHERE size(readings) > 0

-- # hierarchy_recursive__unknown_in_cte
WITH RECURSIVE tree AS (
  SELECT id, manager_id, name, 1 AS depth, CAST(name AS STRING) AS path FROM employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.id, e.manager_id, e.name, t.level + 1, concat(t.path, ' > ', e.name) FROM employees e JOIN tree t ON e.manager_id = t.id
)
SELECT id, name, depth, path, count(*) OVER (PARTITION BY depth) AS peers FROM tree ORDER BY path

-- # hierarchy_recursive__union_count
WITH RECURSIVE tree AS (
  SELECT id, manager_id, name, 1 AS depth, CAST(name AS STRING) AS path FROM employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.id, e.name, t.depth + 1, concat(t.path, ' > ', e.name) FROM employees e JOIN tree t ON e.manager_id = t.id
)
SELECT id, name, depth, path, count(*) OVER (PARTITION BY depth) AS peers FROM tree ORDER BY path

-- # managers_with_reports__missing_group
SELECT m.id, m.name, count(e.id) AS reports, collect_list(struct(e.id AS id, e.name AS name)) AS people, sum(e.salary) AS payroll, array_join(sort_array(collect_set(e.dept)), ', ') AS depts
FROM employees m LEFT JOIN employees e ON e.manager_id = m.id GROUP BY m.id HAVING count(e.id) > 0

-- # managers_with_reports__array_join_ids
SELECT m.id, m.name, count(e.id) AS reports, collect_list(struct(e.id AS id, e.name AS name)) AS people, sum(e.salary) AS payroll, array_join(count(e.dept), ', ') AS depts
FROM employees m LEFT JOIN employees e ON e.manager_id = m.id GROUP BY m.id, m.name HAVING count(e.id) > 0

-- # above_dept_average__two_columns
SELECT e.name, e.salary, (SELECT avg(x.salary) FROM employees x WHERE x.dept = e.dept) AS dept_avg FROM employees e WHERE e.salary > (SELECT avg(i.salary), i.dept FROM employees i WHERE i.dept = e.dept)

-- # customer_360__field_typo
WITH pay AS (SELECT customer_id, count(*) AS payments, sum(amount) AS spent, max(paid_at) AS last_paid, count_if(is_fraud) AS frauds FROM payments WHERE customer_id IS NOT NULL GROUP BY customer_id),
     ord AS (SELECT user_id AS customer_id, count(*) AS orders, avg(discount) AS avg_discount, max(order_date) AS last_order FROM orders GROUP BY user_id),
     ev AS (SELECT user_id, count(*) AS events, count(DISTINCT date(event_time)) AS active_days FROM events GROUP BY user_id)
SELECT c.customer_id, c.address.city, c.address.geo.latitude, coalesce(p.payments, 0) AS payments, coalesce(p.spent, 0) AS spent, p.last_paid, coalesce(o.orders, 0L) AS orders, o.avg_discount,
       ifnull(e.events, 0) AS events, e.active_days, p.frauds > 0 AS has_fraud, floor(datediff(current_date(), c.birth_date) / 365.25) AS age, c.lifetime_value / p.spent AS ratio
FROM customers c LEFT JOIN pay p ON p.customer_id = c.customer_id LEFT JOIN ord o USING (customer_id) LEFT JOIN ev e ON e.user_id = c.customer_id

-- # customer_360__ambiguous_customer
WITH pay AS (SELECT customer_id, count(*) AS payments, sum(amount) AS spent, max(paid_at) AS last_paid, count_if(is_fraud) AS frauds FROM payments WHERE customer_id IS NOT NULL GROUP BY customer_id),
     ord AS (SELECT user_id AS customer_id, count(*) AS orders, avg(discount) AS avg_discount, max(order_date) AS last_order FROM orders GROUP BY user_id),
     ev AS (SELECT user_id, count(*) AS events, count(DISTINCT date(event_time)) AS active_days FROM events GROUP BY user_id)
SELECT customer_id, c.address.city, c.address.geo.lat, coalesce(p.payments, 0) AS payments, coalesce(p.spent, 0) AS spent, p.last_paid, coalesce(o.orders, 0L) AS orders, o.avg_discount,
       ifnull(e.events, 0) AS events, e.active_days, p.frauds > 0 AS has_fraud, floor(datediff(current_date(), c.birth_date) / 365.25) AS age, c.lifetime_value / p.spent AS ratio
FROM customers c LEFT JOIN pay p ON p.customer_id = c.customer_id LEFT JOIN ord o USING (customer_id) LEFT JOIN ev e ON e.user_id = c.customer_id

-- # customer_360__bool_sum
WITH pay AS (SELECT customer_id, count(*) AS payments, sum(amount) AS spent, max(paid_at) AS last_paid, count_if(amount) AS frauds FROM payments WHERE customer_id IS NOT NULL GROUP BY customer_id),
     ord AS (SELECT user_id AS customer_id, count(*) AS orders, avg(discount) AS avg_discount, max(order_date) AS last_order FROM orders GROUP BY user_id),
     ev AS (SELECT user_id, count(*) AS events, count(DISTINCT date(event_time)) AS active_days FROM events GROUP BY user_id)
SELECT c.customer_id, c.address.city, c.address.geo.lat, coalesce(p.payments, 0) AS payments, coalesce(p.spent, 0) AS spent, p.last_paid, coalesce(o.orders, 0L) AS orders, o.avg_discount,
       ifnull(e.events, 0) AS events, e.active_days, p.frauds > 0 AS has_fraud, floor(datediff(current_date(), c.birth_date) / 365.25) AS age, c.lifetime_value / p.spent AS ratio
FROM customers c LEFT JOIN pay p ON p.customer_id = c.customer_id LEFT JOIN ord o USING (customer_id) LEFT JOIN ev e ON e.user_id = c.customer_id

-- # email_domains__wrong_arity
SELECT lower(substring_index(email, '@')) AS domain, count(*) AS n, count(*) / sum(count(*)) OVER () AS share, min(length(email)) AS shortest,
       sum(CASE WHEN email RLIKE '^[^@]+@[^@]+\\.[a-z]{2,}$' THEN 0 ELSE 1 END) AS invalid
FROM customers WHERE email IS NOT NULL GROUP BY lower(substring_index(email, '@', -1)) ORDER BY n DESC

-- # name_normalise__split_field
SELECT customer_id, initcap(trim(full_name)) AS name, split(full_name, ' ').first AS first_name, element_at(split(full_name, ' '), -1) AS last_name, regexp_replace(full_name, '[^A-Za-z ]', '') AS ascii,
       soundex(full_name) AS sx, levenshtein(full_name, email) AS dist, translate(full_name, 'äöü', 'aou') AS tr, lpad(CAST(customer_id AS STRING), 10, '0') AS padded, reverse(full_name) AS rev,
       nullif(trim(BOTH '-' FROM full_name), '') AS cleaned
FROM customers

-- # geo_distance__text_math
SELECT a.customer_id AS a_id, b.customer_id AS b_id,
       2 * 6371 * asin(sqrt(power(sin(radians(b.address.geo - a.address.geo) / 2), 2) + cos(radians(a.address.geo.lat)) * cos(radians(b.address.geo.lat)) * power(sin(radians(b.address.geo.lon - a.address.geo.lon) / 2), 2))) AS km
FROM customers a CROSS JOIN customers b WHERE a.customer_id < b.customer_id AND a.country = b.country

-- # time_features__hour_of_array
SELECT payment_id, hour(tags) AS hour_of_day, dayofweek(paid_at) AS dow, weekofyear(paid_at) AS week, quarter(paid_at) AS q, date_format(paid_at, 'yyyy-MM') AS ym, last_day(paid_at) AS month_end,
       trunc(date(paid_at), 'MM') AS month_start, date_trunc('HOUR', paid_at) AS hour_start, extract(MINUTE FROM paid_at) AS mi, settled_at - paid_at AS lag, (unix_timestamp(settled_at) - unix_timestamp(paid_at)) / 60.0 AS lag_min,
       sin(2 * pi() * hour(paid_at) / 24) AS hour_sin, next_day(date(paid_at), 'MON') AS next_monday, add_months(date(paid_at), 1) AS due, to_utc_timestamp(paid_at, 'Europe/Berlin') AS utc
FROM payments

-- # time_features__timestamp_minus_number
SELECT payment_id, hour(paid_at) AS hour_of_day, dayofweek(paid_at) AS dow, weekofyear(paid_at) AS week, quarter(paid_at) AS q, date_format(paid_at, 'yyyy-MM') AS ym, last_day(paid_at) AS month_end,
       trunc(date(paid_at), 'MM') AS month_start, date_trunc('HOUR', paid_at) AS hour_start, extract(MINUTE FROM paid_at) AS mi, settled_at - 5 AS lag, (unix_timestamp(settled_at) - unix_timestamp(paid_at)) / 60.0 AS lag_min,
       sin(2 * pi() * hour(paid_at) / 24) AS hour_sin, next_day(date(paid_at), 'MON') AS next_monday, add_months(date(paid_at), 1) AS due, to_utc_timestamp(paid_at, 'Europe/Berlin') AS utc
FROM payments

-- # label_known_after__missing_group
WITH labelled AS (SELECT p.payment_id, p.card_id, p.paid_at, coalesce(p.is_fraud, false) AS label, p.paid_at + INTERVAL 60 DAYS AS known_after FROM payments p WHERE p.status IN ('settled', 'disputed'))
SELECT l.payment_id, l.label, l.known_after, count(h.payment_id) AS earlier, sum(CAST(h.is_fraud AS INT)) AS earlier_frauds, max(h.amount) AS earlier_max
FROM labelled l LEFT JOIN payments h ON h.card_id = l.card_id AND h.paid_at < l.paid_at AND h.paid_at >= l.paid_at - INTERVAL 30 DAYS
GROUP BY l.payment_id, l.known_after

-- # label_known_after__in_types
WITH labelled AS (SELECT p.payment_id, p.card_id, p.paid_at, coalesce(p.is_fraud, false) AS label, p.paid_at + INTERVAL 60 DAYS AS known_after FROM payments p WHERE p.status IN (array('settled')))
SELECT l.payment_id, l.label, l.known_after, count(h.payment_id) AS earlier, sum(CAST(h.is_fraud AS INT)) AS earlier_frauds, max(h.amount) AS earlier_max
FROM labelled l LEFT JOIN payments h ON h.card_id = l.card_id AND h.paid_at < l.paid_at AND h.paid_at >= l.paid_at - INTERVAL 30 DAYS
GROUP BY l.payment_id, l.label, l.known_after

-- # device_fingerprint__struct_missing
SELECT device.os, device.screen.w * device.height AS pixels, md5(concat_ws('|', device.os, device.version, CAST(device.screen.w AS STRING))) AS fp, xxhash64(device.os, device.version) AS h, count(DISTINCT card_id) AS cards,
       collect_set(device.version) AS versions, max(device.screen) AS biggest
FROM payments WHERE device IS NOT NULL GROUP BY device.os, device.version, device.screen.w, device.screen.h

-- # device_fingerprint__max_of_map
SELECT device.os, device.screen.w * device.screen.h AS pixels, md5(concat_ws('|', device.os, device.version, CAST(device.screen.w AS STRING))) AS fp, xxhash64(device.os, device.version) AS h, count(DISTINCT card_id) AS cards,
       collect_set(device.version) AS versions, max(attributes) AS biggest
FROM payments WHERE device IS NOT NULL GROUP BY device.os, device.version, device.screen.w, device.screen.h

-- # tags_exploded__tag_gone
SELECT tag, count(*) AS n, count(DISTINCT p.card_id) AS cards, avg(p.amount) AS avg_amount, array_agg(p.payment_id) AS ids
FROM payments p, LATERAL explode(p.tags) AS t(tag) WHERE tag <> '' GROUP BY tags ORDER BY n DESC

-- # attributes_long__explode_scalar
SELECT payment_id, k, v, row_number() OVER (PARTITION BY payment_id ORDER BY k) AS i FROM payments LATERAL VIEW explode(card_id) a AS k, v WHERE k NOT LIKE '\\_%'

-- # attributes_filter__lambda_one
SELECT payment_id, map_filter(attributes, v -> v IS NOT NULL) AS present, transform_keys(attributes, (k, v) -> lower(k)) AS lowered, map_contains_key(attributes, 'channel') AS has_channel,
       coalesce(attributes['channel'], attributes['source'], 'unknown') AS channel, cardinality(attributes) AS n, map_concat(attributes, map('loaded', 'yes')) AS more, map_entries(attributes) AS entries
FROM payments

-- # attributes_filter__map_mixed
SELECT payment_id, map_filter(attributes, (k, v) -> v IS NOT NULL) AS present, transform_keys(attributes, (k, v) -> lower(k)) AS lowered, map_contains_key(attributes, 'channel') AS has_channel,
       coalesce(attributes['channel'], attributes['source'], 'unknown') AS channel, cardinality(attributes) AS n, map_concat(attributes, map('loaded')) AS more, map_entries(attributes) AS entries
FROM payments

-- # tag_overlap__contains_type
SELECT p.payment_id, array_intersect(p.tags, array('risk', 'vip')) AS hit, arrays_overlap(p.tags, array('risk')) AS risky, array_contains(p.tags, array(1)) AS vip, size(array_distinct(p.tags)) AS n,
       array_join(array_sort(p.tags), ',') AS joined, array_position(p.tags, 'vip') AS at, array_remove(p.tags, '') AS cleaned, array_union(p.tags, array('seen')) AS all_tags
FROM payments p

-- # union_feeds__count
SELECT CAST(payment_id AS STRING) AS id, 'payment' AS kind, currency, paid_at AS at, CAST(amount AS DOUBLE) AS value FROM payments
UNION ALL SELECT CAST(order_id AS STRING), 'order', to_timestamp(order_date), total FROM orders
UNION ALL SELECT event_id, event_type, event_time, NULL FROM events

-- # incremental_slice__except_missing
WITH watermark AS (SELECT coalesce(max(created_at), TIMESTAMP '1970-01-01') AS hi FROM customers)
SELECT p.* EXCEPT (device, tag), date(p.paid_at) AS ds FROM payments p CROSS JOIN watermark w WHERE p.paid_at > w.hi AND p.paid_at <= w.hi + INTERVAL 1 DAY

-- # late_events__within_group
SELECT date(event_time) AS ds, count(*) AS n, sum(int(duration_ms > 1000)) AS slow, percentile_cont(0.5) WITHIN GROUP (ORDER BY duration) AS median_ms, max(duration_ms) - min(duration_ms) AS spread,
       sum(duration_ms) / 1000 AS seconds, try_divide(sum(duration_ms), count(DISTINCT user_id)) AS per_user
FROM events GROUP BY date(event_time)

-- # experiment_uplift__map_index
WITH assigned AS (SELECT user_id, experiment[array(1)] AS variant, min(event_time) AS at FROM events WHERE experiment['checkout'] IS NOT NULL GROUP BY user_id, experiment['checkout']),
     converted AS (SELECT a.user_id, a.variant, count_if(e.event_type = 'purchase') > 0 AS bought FROM assigned a LEFT JOIN events e ON e.user_id = a.user_id AND e.event_time >= a.at GROUP BY ALL)
SELECT variant, count(*) AS users, avg(CAST(bought AS INT)) AS rate, avg(CAST(bought AS INT)) - first(avg(CAST(bought AS INT))) OVER (ORDER BY variant) AS uplift, sqrt(avg(int(bought)) * (1 - avg(int(bought))) / count(*)) AS se
FROM converted GROUP BY variant

-- # attribution_last_touch__between_types
WITH touches AS (SELECT user_id, event_time, parse_url(url, 'QUERY', 'utm_source') AS source FROM events WHERE event_type = 'visit'),
     buys AS (SELECT order_id, user_id, CAST(order_date AS TIMESTAMP) AS at, total FROM orders)
SELECT b.order_id, b.total, max_by(t.source, t.event_time) AS last_source, min_by(t.source, t.event_time) AS first_source, count(t.event_time) AS touches, b.total / nullif(count(t.event_time), 0) AS credit
FROM buys b LEFT JOIN touches t ON t.user_id = b.user_id AND t.event_time BETWEEN b.total AND b.at GROUP BY b.order_id, b.total

-- # product_category_tree__index_text
SELECT sku, category_path['0'] AS top, element_at(category_path, -1) AS leaf, array_join(category_path, ' / ') AS breadcrumb, size(category_path) AS depth, attributes['color'] AS color,
       transform(sequence(1, size(category_path)), n -> array_join(slice(category_path, 1, n), '/')) AS ancestors, price * (1 + 0.19) AS gross, CAST(price * 100 AS BIGINT) AS cents, weight_kg * 2.20462 AS lb
FROM products

-- # price_changes__window_in_group
SELECT sku, valid_from, price, lag(price) OVER (PARTITION BY sku ORDER BY valid_from) AS before, price / lag(price) OVER (PARTITION BY sku ORDER BY valid_from) - 1 AS pct,
       row_number() OVER (PARTITION BY sku ORDER BY valid_from) = 1 AS is_first, count(*) OVER (PARTITION BY sku) AS changes, valid_to AND is_current AS live
FROM price_history

-- # latest_per_key_join__alias_out_of_scope
SELECT pr.sku, pr.title, cur.price, cur.valid_from FROM products pr JOIN (SELECT sku, price, valid_from FROM (SELECT *, rank() OVER (PARTITION BY sku ORDER BY valid_from DESC) AS r FROM price_history) WHERE r = 1) cur ON cur.sku = pr.sku
WHERE pr.price <> price_history.price

-- # fx_matrix__alias_missing
SELECT a.day, a.base, b.quote, a.rate * c.rate AS crossed, a.rate / b.rate AS inverse_cross, round(1 / a.rate, 6) AS inverse FROM fx_rates a JOIN fx_rates b ON a.day = b.day AND a.quote = b.base WHERE a.base <> b.quote

-- # merchant_risk_features__log_text
WITH m AS (SELECT merchant_id, sum(CASE WHEN is_fraud THEN amount ELSE 0 END) AS fraud_amount, sum(amount) AS amount, count(DISTINCT customer_id) AS customers FROM payments GROUP BY merchant_id)
SELECT me.merchant_id, me.name, upper(me.category) AS category, m.fraud_amount / m.amount AS fraud_rate, me.risk_score * 100 AS score, coalesce(me.risk_score, avg(me.risk_score) OVER (PARTITION BY me.category)) AS filled,
       log10(me.opened_on) AS log_amount, datediff(current_date(), me.opened_on) AS age_days, m.customers
FROM merchants me LEFT JOIN m USING (merchant_id)

-- # odd_names_pipeline__quoted
SELECT `first col` + 1 AS a, `a.b` AS b, `back``tick` * 2 AS c, `select` AND true AS d, `naïve` || '!' AS e, nested.field_one AS f, nested.`x.y` AS g, `größe 📏` AS h FROM odd WHERE `1st` > DATE '2020-01-01'

-- # subquery_in_list__two_columns
SELECT customer_id, country FROM customers WHERE customer_id IN (SELECT customer_id, amount FROM payments WHERE is_fraud GROUP BY customer_id HAVING count(*) > 2) AND country NOT IN (SELECT country FROM merchants WHERE country IS NOT NULL)

-- # exists_both_ways__outer_name
SELECT c.customer_id, EXISTS (SELECT 1 FROM payments p WHERE p.customer_id = k.customer_id AND p.is_fraud) AS had_fraud, c.customer_id IN (SELECT user_id FROM orders) AS ordered FROM customers c

-- # complex_having__having_column
SELECT card_id, count(*) AS n, avg(amount) AS a FROM payments GROUP BY card_id HAVING n > 10 AND a > (SELECT avg(amount) FROM payments) AND paid_at > current_timestamp() - INTERVAL 7 DAYS ORDER BY a / n DESC

-- # nested_ctes_shadow__hidden_column
WITH payments AS (SELECT * FROM payments WHERE amount > 0), big AS (WITH payments AS (SELECT card_id, amount FROM payments WHERE amount > 100) SELECT currency, sum(amount) AS s FROM payments GROUP BY currency)
SELECT p.payment_id, b.s FROM payments p LEFT JOIN big b ON b.card_id = p.card_id

-- # values_lookup__ragged
WITH rates(currency, factor) AS (VALUES ('EUR', 1.0), ('USD'), ('GBP', 1.17))
SELECT p.payment_id, p.amount * coalesce(r.factor, 1) AS eur, r.factor IS NULL AS unknown_currency FROM payments p LEFT JOIN rates r ON r.currency = p.currency

-- # values_lookup__names
WITH rates(currency, factor, day) AS (VALUES ('EUR', 1.0), ('USD', 0.92), ('GBP', 1.17))
SELECT p.payment_id, p.amount * coalesce(r.factor, 1) AS eur, r.factor IS NULL AS unknown_currency FROM payments p LEFT JOIN rates r ON r.currency = p.currency

-- # bucketed_histogram__order_gone
SELECT bucket, count(*) AS n, min(amount) AS lo, max(amount) AS hi FROM (SELECT amount, CAST(floor(log2(amount + 1)) AS INT) AS bucket FROM payments WHERE amount >= 0) GROUP BY bucket ORDER BY amount

-- # training_split__case_no_bool
SELECT *, CASE WHEN amount THEN 'train' WHEN paid_at < TIMESTAMP '2025-12-01' THEN 'valid' ELSE 'test' END AS split, pmod(xxhash64(card_id), 100) AS bucket FROM payments WHERE is_fraud IS NOT NULL

-- # one_hot__if_types
SELECT payment_id, int(currency = 'EUR') AS is_eur, CAST(currency = 'USD' AS TINYINT) AS is_usd, if(currency, 0, 1) AS is_other, nvl2(settled_at, 1, 0) AS settled, decode(status, 'settled', 1, 'failed', 0) AS code, coalesce(merchant_id, -1) AS merchant FROM payments

-- # target_encoding__mixed
WITH prior AS (SELECT currency, avg(CAST(is_fraud AS DOUBLE)) AS p FROM payments), enc AS (SELECT currency, count(*) AS n, sum(CAST(is_fraud AS INT)) AS k FROM payments GROUP BY currency)
SELECT e.currency, (e.k + 20 * p.p) / (e.n + 20) AS encoded, ln(e.n) AS weight FROM enc e CROSS JOIN prior p

-- # min_max_scaled__agg_plain
SELECT payment_id, (amount - min(amount)) / nullif(max(amount) OVER () - min(amount) OVER (), 0) AS scaled, bround(amount, 1) AS b, ceil(amount) AS c, sign(amount) AS s, amount % 10 AS last_digit, amount DIV 10 AS tens FROM payments

-- # lag_chain__array_types
WITH l AS (SELECT card_id, paid_at, amount, lag(amount, 1) OVER w AS a1, lag(amount, 2, 0.00) OVER w AS a2, lag(paid_at) OVER w AS t1 FROM payments WINDOW w AS (PARTITION BY card_id ORDER BY paid_at, payment_id))
SELECT card_id, amount - a1 AS d1, a1 - a2 AS d2, (amount + a1 + a2) / 3 AS mean3, bigint(paid_at) - bigint(t1) AS gap, coalesce(a1, a2, amount) AS any_amount, array(amount, t1) AS recent FROM l

-- # count_windows_many__unknown_window
SELECT card_id, paid_at, count(*) OVER h1 AS n_1h, sum(amount) OVER h1 AS s_1h, count(*) OVER d1 AS n_1d, sum(amount) OVER d1 AS s_1d, count(*) OVER h1 / count(*) OVER d1 AS burst, approx_count_distinct(merchant_id) OVER d2 AS merchants
FROM payments WINDOW h1 AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW), d1 AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL 24 HOURS PRECEDING AND CURRENT ROW)

-- # session_paths__lambda_var
WITH s AS (SELECT user_id, collect_list(struct(event_time, event_type)) AS ev FROM events GROUP BY user_id)
SELECT user_id, array_join(transform(array_sort(ev), e -> x.event_type), '>') AS path, array_sort(ev)[0].event_time AS first_at, size(filter(ev, e -> e.event_type = 'purchase')) AS buys, ev.event_type AS kinds FROM s

-- # binary_and_text__args
SELECT event_id, hex(raw) AS h, length(raw) AS n, base64(raw) AS b64, decode(raw, 'UTF-8') AS txt, sha1(raw) AS s1, substring(raw) AS magic, CAST(raw AS STRING) AS s, unhex('FF') AS ff, encode(event_id, 'UTF-8') AS enc FROM events

-- # semi_join_filter__right_column
SELECT o.order_id, e.event_id, e.event_type FROM events e LEFT SEMI JOIN orders o ON o.user_id = e.user_id AND o.order_date = date(e.event_time) WHERE e.duration_ms BETWEEN 10 AND 1000

-- # reconcile_full__ambiguous
SELECT day, p.amount, o.total, coalesce(p.amount, 0) - coalesce(o.total, 0) AS diff, p.day IS NULL AS only_orders FROM (SELECT date(paid_at) AS day, sum(amount) AS amount FROM payments GROUP BY date(paid_at)) p
FULL JOIN (SELECT order_date AS day, sum(total) AS total FROM orders GROUP BY order_date) o ON p.day = o.day

-- # reconcile_using__ordinal
SELECT day, p.amount, o.total FROM (SELECT date(paid_at) AS day, sum(amount) AS amount FROM payments GROUP BY 3) p FULL JOIN (SELECT order_date AS day, sum(total) AS total FROM orders GROUP BY 1) o USING (day) ORDER BY day

-- # struct_build__named_struct_odd
SELECT customer_id, named_struct('email', email, 'city', address.city, 'geo') AS profile, struct(country, segment) AS pair, to_json(struct(customer_id, country AS c)) AS js, map('a', lifetime_value, 'b', CAST(customer_id AS DOUBLE)) AS m, array(email, full_name) AS contact, address.* FROM customers

-- # struct_build__map_keys
SELECT customer_id, named_struct('email', email, 'city', address.city, 'geo', address.geo) AS profile, struct(country, segment) AS pair, to_json(struct(customer_id, country AS c)) AS js, map('a', lifetime_value, array(1), 1.0) AS m, array(email, full_name) AS contact, address.* FROM customers

-- # interval_arithmetic__date_plus_ts
SELECT order_id, shipped_at - CAST(order_date AS TIMESTAMP_NTZ) AS took, extract(DAY FROM shipped_at - CAST(order_date AS TIMESTAMP_NTZ)) AS days, order_date + shipped_at AS due, order_date - DATE '2024-01-01' AS since, shipped_at > order_date + INTERVAL 3 DAYS AS late, make_date(year(order_date), 1, 1) AS y0, date_add(order_date, qty) AS shifted FROM (SELECT *, items[0].qty AS qty FROM orders)

-- # decimals_ledger__mod_text
SELECT d5_0 + d10_2 AS a, d10_2 * d18_4 AS b, d18_4 / d5_0 AS c, d38_10 * d38_10 AS d, sum(d18_4) OVER () AS e, avg(d10_2) OVER () AS f, round(d18_4, 2) AS g, d20_0 % array(7) AS h, -d1_1 AS i, coalesce(d5_0, d18_4) AS j, CASE WHEN n > 1 THEN d5_0 ELSE d10_2 END AS k, greatest(d5_0, d20_0, big) AS l FROM decimals

-- # from_first_pipeline__missing_group
FROM payments p JOIN customers c ON c.customer_id = p.customer_id SELECT c.country, p.currency, sum(p.amount) AS total, count(*) AS n WHERE p.status = 'settled' GROUP BY c.country HAVING sum(p.amount) > 1000 ORDER BY total DESC LIMIT 20

-- # pipe_feature_pipeline__dropped
FROM payments
|> WHERE status = 'settled' AND amount > 0
|> EXTEND date(paid_at) AS day, amount / 100 AS hundreds
|> AGGREGATE count(*) AS n, sum(amount) AS spent, max(hundreds) AS top GROUP BY card_id, day
|> EXTEND sum(spent) OVER (PARTITION BY card_id ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS spent_7, spent / n AS mean
|> WHERE n > 1
|> DROP top, total
|> ORDER BY card_id, day

-- # pipe_feature_pipeline__after_aggregate
FROM payments
|> WHERE status = 'settled' AND amount > 0
|> EXTEND date(paid_at) AS day, amount / 100 AS hundreds
|> AGGREGATE count(*) AS n, sum(amount) AS spent, max(hundreds) AS top GROUP BY card_id, day
|> EXTEND sum(spent) OVER (PARTITION BY card_id ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS spent_7, spent / n AS mean
|> WHERE amount > 1
|> DROP top
|> ORDER BY card_id, day

-- # pipe_feature_pipeline__aggregate_in_extend
FROM payments
|> WHERE status = 'settled' AND amount > 0
|> EXTEND date(paid_at) AS day, amount / 100 AS hundreds
|> AGGREGATE count(*) AS n, sum(amount) AS spent, max(hundreds) AS top GROUP BY card_id, day
|> EXTEND sum(spent) OVER (PARTITION BY card_id ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS spent_7, sum(spent) AS mean
|> WHERE n > 1
|> DROP top
|> ORDER BY card_id, day

-- # pipe_feature_pipeline__type
FROM payments
|> WHERE status = 'settled' AND amount > 0
|> EXTEND date(paid_at) AS day, tags / 100 AS hundreds
|> AGGREGATE count(*) AS n, sum(amount) AS spent, max(hundreds) AS top GROUP BY card_id, day
|> EXTEND sum(spent) OVER (PARTITION BY card_id ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS spent_7, spent / n AS mean
|> WHERE n > 1
|> DROP top
|> ORDER BY card_id, day

-- # pipe_sessions__hidden
FROM events
|> EXTEND lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) AS prev
|> EXTEND CASE WHEN prev IS NULL OR event_time - prev > INTERVAL 30 MINUTES THEN 1 ELSE 0 END AS is_new
|> EXTEND sum(is_new) OVER (PARTITION BY user_id ORDER BY event_time) AS session
|> AGGREGATE min(event_time) AS started, max(event_time) AS ended, count(*) AS n GROUP BY user_id, session
|> SET started = date_trunc('MINUTE', started)
|> AS s
|> LEFT JOIN customers c ON c.customer_id = s.user_id
|> SELECT events.user_id, s.session, started, ended - started AS lasted, c.country

-- # pipe_sessions__set_unknown
FROM events
|> EXTEND lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) AS prev
|> EXTEND CASE WHEN prev IS NULL OR event_time - prev > INTERVAL 30 MINUTES THEN 1 ELSE 0 END AS is_new
|> EXTEND sum(is_new) OVER (PARTITION BY user_id ORDER BY event_time) AS session
|> AGGREGATE min(event_time) AS started, max(event_time) AS ended, count(*) AS n GROUP BY user_id, session
|> SET start_at = date_trunc('MINUTE', started)
|> AS s
|> LEFT JOIN customers c ON c.customer_id = s.user_id
|> SELECT s.user_id, s.session, started, ended - started AS lasted, c.country

-- # pipe_dedup__ambiguous
FROM price_history |> EXTEND row_number() OVER (PARTITION BY sku ORDER BY valid_from DESC) AS rn |> WHERE rn = 1 |> DROP rn, is_current |> JOIN products USING (sku) |> SELECT sku, title, price AS old, products.price AS new

-- # pipe_pivot_report__gone
FROM sales |> SELECT year, region, revenue |> PIVOT (sum(revenue) FOR region IN ('EU' AS eu, 'US' AS us)) |> EXTEND coalesce(eu, 0) + coalesce(us, 0) AS total |> EXTEND eu / total AS eu_share |> ORDER BY region

-- # pipe_union_quality__columns
FROM payments |> WHERE currency IS NULL |> SELECT 'payments' AS t, 'currency' AS c, CAST(payment_id AS STRING) AS id |> UNION ALL (FROM events |> WHERE url IS NULL |> SELECT 'events', event_id) |> AGGREGATE count(*) AS n, collect_list(id) AS ids GROUP BY t, c

-- # variant_events__dot
WITH e AS (SELECT event_id, user_id, event_time, try_parse_json(payload) AS v FROM events)
SELECT event_id, v.user.plan::string AS plan, v:cart.total::decimal(12,2) AS total, v:items[0].sku::string AS first_sku, coalesce(v:utm.source::string, 'direct') AS source, v:flags.is_test::boolean IS NOT TRUE AS is_real,
       schema_of_variant(v) AS shape, try_variant_get(v, '$.qty', 'int') AS qty, v:cart AS cart
FROM e WHERE v:kind::string = 'checkout' AND v:cart.total::double > 10

-- # variant_events__add
WITH e AS (SELECT event_id, user_id, event_time, try_parse_json(payload) AS v FROM events)
SELECT event_id, v:user.plan::string AS plan, v:cart.total::decimal(12,2) AS total, v:items[0].sku::string AS first_sku, coalesce(v:utm.source::string, 'direct') AS source, v:flags.is_test::boolean IS NOT TRUE AS is_real,
       schema_of_variant(v) AS shape, v:qty + 1 AS qty, v:cart AS cart
FROM e WHERE v:kind::string = 'checkout' AND v:cart.total::double > 10

-- # variant_events__text
WITH e AS (SELECT event_id, user_id, event_time, try_parse_json(payload) AS v FROM events)
SELECT event_id, v:user.plan::string AS plan, v:cart.total::decimal(12,2) AS total, v:items[0].sku::string AS first_sku, coalesce(v:utm.source::string, 'direct') AS source, v:flags.is_test::boolean IS NOT TRUE AS is_real,
       schema_of_variant(v) AS shape, try_variant_get(v, '$.qty', 'int') AS qty, v:cart AS cart
FROM e WHERE payload:kind::string = 'checkout' AND v:cart.total::double > 10

-- # variant_group__order
SELECT v:country::string AS country, count(*) AS n, avg(v:amount::double) AS a, count(DISTINCT v:user.id::bigint) AS users FROM (SELECT parse_json(payload) AS v FROM events) GROUP BY v:country::string HAVING count(*) > 5 ORDER BY v:amount
