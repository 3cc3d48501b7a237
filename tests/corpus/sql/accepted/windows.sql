-- # ranking
SELECT card_id, row_number() OVER w AS a, rank() OVER w AS b, dense_rank() OVER w AS c, percent_rank() OVER w AS d, cume_dist() OVER w AS e, ntile(4) OVER w AS f FROM payments WINDOW w AS (PARTITION BY card_id ORDER BY paid_at)

-- # offsets
SELECT lag(amount) OVER w AS a, lag(amount, 2) OVER w AS b, lag(amount, 1, 0) OVER w AS c, lead(paid_at) OVER w AS d, lead(status, 1, 'none') OVER w AS e, lag(currency, 1, 'x') OVER w AS f, lead(amount, 1, 0.5) OVER w AS g FROM payments WINDOW w AS (PARTITION BY card_id ORDER BY paid_at)

-- # values
SELECT first_value(amount) OVER w AS a, last_value(status) OVER w AS b, nth_value(amount, 2) OVER w AS c, first(currency, true) OVER w AS d, any_value(status) OVER w AS e, last(settled_at) IGNORE NULLS OVER w AS f FROM payments WINDOW w AS (PARTITION BY card_id ORDER BY paid_at)

-- # ignore_nulls
SELECT lag(currency) IGNORE NULLS OVER (ORDER BY paid_at) AS a, lead(currency) RESPECT NULLS OVER (ORDER BY paid_at) AS b, nth_value(currency, 2) IGNORE NULLS OVER (ORDER BY paid_at) AS c FROM payments

-- # aggregates
SELECT sum(amount) OVER (PARTITION BY card_id) AS a, count(*) OVER (PARTITION BY card_id) AS b, avg(amount) OVER () AS c, max(settled_at) OVER (PARTITION BY status ORDER BY paid_at) AS d, min(merchant_id) OVER (ORDER BY paid_at) AS e FROM payments

-- # rows_frames
SELECT sum(amount) OVER (PARTITION BY card_id ORDER BY paid_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS a, avg(amount) OVER (PARTITION BY card_id ORDER BY paid_at ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS b, count(*) OVER (ORDER BY paid_at ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS c, max(amount) OVER (ORDER BY paid_at ROWS 3 PRECEDING) AS d FROM payments

-- # range_frames
SELECT sum(amount) OVER (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS a, count(*) OVER (ORDER BY paid_at RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND INTERVAL '1' DAY PRECEDING) AS b, sum(amount) OVER (ORDER BY payment_id RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING) AS c FROM payments

-- # range_frame_of_dates
SELECT sum(total) OVER (PARTITION BY user_id ORDER BY order_date RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND CURRENT ROW) AS a, avg(total) OVER (ORDER BY order_date RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW) AS b, count(*) OVER (ORDER BY order_date RANGE BETWEEN 7 PRECEDING AND CURRENT ROW) AS c FROM orders

-- # unbounded_following
SELECT last_value(amount) OVER (PARTITION BY card_id ORDER BY paid_at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS a, sum(amount) OVER (ORDER BY paid_at RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS b FROM payments

-- # filter_over
SELECT count(if(status = 'ok', 1, NULL)) OVER (PARTITION BY card_id) AS ok, sum(if(is_fraud, amount, 0)) OVER (PARTITION BY card_id ORDER BY paid_at) AS f FROM payments

-- # over_aggregates
SELECT card_id, sum(amount) AS s, rank() OVER (ORDER BY sum(amount) DESC) AS r, sum(sum(amount)) OVER () AS total, sum(amount) / sum(sum(amount)) OVER () AS share FROM payments GROUP BY card_id

-- # over_grouped_keys
SELECT card_id, count(*) AS n, lag(count(*)) OVER (ORDER BY card_id) AS before, row_number() OVER (PARTITION BY count(*) ORDER BY card_id) AS rn FROM payments GROUP BY card_id

-- # named_windows
SELECT sum(x) OVER w1 AS a, avg(x) OVER w2 AS b, count(*) OVER (w1) AS c FROM a WINDOW w1 AS (PARTITION BY name), w2 AS (ORDER BY id)

-- # top_row_per_key
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY card_id ORDER BY paid_at DESC) AS rn FROM payments) WHERE rn = 1

-- # expressions_over_windows
SELECT amount - lag(amount) OVER (PARTITION BY card_id ORDER BY paid_at) AS delta, amount / avg(amount) OVER (PARTITION BY card_id) AS ratio, coalesce(lag(amount) OVER (ORDER BY paid_at), 0) AS prev, unix_timestamp(paid_at) - unix_timestamp(lag(paid_at) OVER (PARTITION BY card_id ORDER BY paid_at)) AS gap FROM payments

-- # statistical_windows
SELECT stddev(amount) OVER w AS a, variance(amount) OVER w AS b, corr(amount, merchant_id) OVER w AS c, percentile_approx(amount, 0.5) OVER w AS d, collect_list(status) OVER w AS e, max_by(status, paid_at) OVER w AS f, approx_count_distinct(merchant_id) OVER w AS g, median(amount) OVER (PARTITION BY card_id) AS h FROM payments WINDOW w AS (PARTITION BY card_id ORDER BY paid_at)

-- # windows_in_order_by
SELECT card_id, row_number() OVER (ORDER BY amount) AS rn FROM payments ORDER BY rn DESC, card_id

-- # window_in_case
SELECT CASE WHEN row_number() OVER (PARTITION BY card_id ORDER BY paid_at) = 1 THEN 'first' ELSE 'repeat' END AS kind, if(lag(card_id) OVER (ORDER BY paid_at) <=> card_id, 1, 0) AS same FROM payments

-- # struct_lag
SELECT lag(device) OVER (ORDER BY paid_at) AS d, lag(device.os) OVER (ORDER BY paid_at) AS os, lag(tags) OVER (ORDER BY paid_at) AS t, first_value(attributes) OVER (ORDER BY paid_at) AS m FROM payments

-- # distribute_order
SELECT sum(x) OVER (DISTRIBUTE BY name SORT BY id) AS s, count(x) OVER (PARTITION BY name, id ORDER BY x ASC NULLS LAST, id DESC NULLS FIRST) AS c FROM a

-- # order_by_nulls
SELECT row_number() OVER (ORDER BY x DESC NULLS LAST) AS rn FROM a

-- # window_over_subquery
SELECT t.*, n - lag(n) OVER (ORDER BY day) AS growth FROM (SELECT date(paid_at) AS day, count(*) AS n FROM payments GROUP BY date(paid_at)) t

-- # boolean_windows
SELECT bool_or(is_fraud) OVER w AS a, count_if(is_fraud) OVER w AS b, every(amount > 0) OVER w AS c FROM payments WINDOW w AS (PARTITION BY card_id ORDER BY paid_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
