-- # sessions_with_gaps_and_entry_page
WITH base AS (
  SELECT
    user_id,
    event_id,
    event_type,
    event_time,
    parse_url(url, 'PATH') AS path,
    parse_url(url, 'QUERY', 'utm_source') AS utm_source,
    coalesce(duration_ms, 0) AS duration_ms,
    lag(event_time) OVER w AS prev_time,
    lead(event_time) OVER w AS next_time
  FROM events
  WHERE event_type NOT IN ('heartbeat', 'ping')
  WINDOW w AS (PARTITION BY user_id ORDER BY event_time, event_id)
),
marked AS (
  SELECT
    *,
    timestampdiff(SECOND, prev_time, event_time) AS gap_s,
    CASE WHEN prev_time IS NULL OR event_time > prev_time + INTERVAL '30' MINUTE THEN 1 ELSE 0 END AS is_start
  FROM base
),
numbered AS (
  SELECT
    * EXCEPT (is_start),
    sum(is_start) OVER (PARTITION BY user_id ORDER BY event_time, event_id ROWS UNBOUNDED PRECEDING) AS session_seq
  FROM marked
),
rolled AS (
  SELECT
    user_id,
    session_seq,
    min(event_time) AS session_start,
    max(event_time) AS session_end,
    first(path, true) AS entry_page,
    last(path) IGNORE NULLS AS exit_page,
    any_value(utm_source) IGNORE NULLS AS utm_source,
    count(*) AS n_events,
    count(DISTINCT path) AS n_pages,
    sum(duration_ms) / 1000 AS active_s,
    percentile_approx(gap_s, array(0.5, 0.9), 1000) AS gap_quantiles,
    max_by(event_type, event_time) AS last_type
  FROM numbered
  GROUP BY user_id, session_seq
)
SELECT
  user_id,
  concat_ws(':', CAST(user_id AS STRING), lpad(session_seq, 6, '0')) AS session_key,
  session_start,
  session_end,
  unix_seconds(session_end) - unix_seconds(session_start) AS length_s,
  entry_page,
  exit_page,
  entry_page <=> exit_page AS bounced_back,
  nvl(utm_source, '(direct)') AS source,
  n_events,
  n_pages,
  active_s,
  gap_quantiles[0] AS gap_p50,
  gap_quantiles[1] AS gap_p90,
  last_type,
  row_number() OVER (PARTITION BY user_id ORDER BY session_start DESC) AS recency_rank,
  avg(n_events) OVER (PARTITION BY user_id ORDER BY session_start ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING) AS prior_avg_events
FROM rolled

-- # card_velocity_many_windows_seconds
SELECT
  payment_id,
  card_id,
  paid_at,
  count(*) OVER last_hour AS n_1h,
  sum(amount) OVER last_hour AS spend_1h,
  avg(amount) OVER last_month AS mean_30d,
  (amount - avg(amount) OVER last_month) / nullif(stddev_pop(amount) OVER last_month, 0) AS z_30d,
  size(collect_set(merchant_id) OVER last_month) AS merchants_30d,
  count_if(status = 'declined') OVER last_month AS declines_30d,
  bool_or(is_fraud) OVER (PARTITION BY card_id ORDER BY paid_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ever_fraud,
  extract(SECOND FROM paid_at - lag(paid_at) OVER ordered) AS since_last_seconds_part,
  extract(DAY FROM paid_at - lag(paid_at) OVER ordered) AS since_last_days
FROM payments
WINDOW
  ordered AS (PARTITION BY card_id ORDER BY paid_at),
  last_hour AS (PARTITION BY card_id ORDER BY unix_timestamp(paid_at) RANGE BETWEEN 3600 PRECEDING AND CURRENT ROW),
  last_month AS (PARTITION BY card_id ORDER BY CAST(paid_at AS LONG) RANGE BETWEEN 30 * 86400 PRECEDING AND 1 PRECEDING)

-- # scd2_customers_from_snapshots
WITH tagged AS (
  SELECT
    customer_id,
    country,
    segment,
    address.city AS city,
    created_at AS seen_at,
    sha2(concat_ws('||', country, coalesce(segment, ''), address.city), 256) AS row_hash
  FROM customers
),
changes AS (
  SELECT *, lag(row_hash) OVER (PARTITION BY customer_id ORDER BY seen_at) AS prev_hash
  FROM tagged
),
versions AS (
  SELECT
    customer_id, country, segment, city, row_hash, seen_at AS valid_from,
    lead(seen_at) OVER (PARTITION BY customer_id ORDER BY seen_at) AS valid_to
  FROM changes
  WHERE prev_hash IS DISTINCT FROM row_hash
)
SELECT
  xxhash64(customer_id, valid_from) AS version_key,
  customer_id,
  country,
  segment,
  city,
  valid_from,
  coalesce(valid_to, TIMESTAMP '9999-12-31 00:00:00') AS valid_to,
  valid_to IS NULL AS is_current,
  dense_rank() OVER (PARTITION BY customer_id ORDER BY valid_from) AS version_no,
  date_diff(coalesce(valid_to, valid_from), valid_from) AS lived_days
FROM versions

-- # scd2_point_in_time_join
WITH o AS (
  SELECT order_id, user_id, order_date, posexplode(items) AS (line_no, item), channel
  FROM orders
),
priced AS (
  SELECT
    o.order_id,
    o.user_id,
    o.order_date,
    o.line_no + 1 AS line_no,
    o.item.sku,
    o.item.qty,
    o.item.price AS paid_price,
    h.price AS list_price,
    h.valid_from,
    row_number() OVER (PARTITION BY o.order_id, o.line_no ORDER BY h.valid_from DESC NULLS LAST) AS rn
  FROM o
  LEFT JOIN price_history h
    ON h.sku = o.item.sku
   AND h.valid_from <= CAST(o.order_date AS TIMESTAMP)
   AND (h.valid_to IS NULL OR h.valid_to > CAST(o.order_date AS TIMESTAMP))
)
SELECT
  order_id,
  user_id,
  order_date,
  line_no,
  sku,
  qty,
  paid_price,
  list_price,
  qty * paid_price AS revenue,
  qty * (list_price - paid_price) AS discount_value,
  round(1 - paid_price / nullif(list_price, 0), 4) AS discount_rate,
  datediff(DAY, valid_from, order_date) AS price_age_days
FROM priced
WHERE rn = 1

-- # funnel_with_time_to_convert
WITH firsts AS (
  SELECT
    user_id,
    experiment['variant'] AS variant,
    min(CASE WHEN event_type = 'view' THEN event_time END) AS t_view,
    min(CASE WHEN event_type = 'add_to_cart' THEN event_time END) AS t_cart,
    min(CASE WHEN event_type = 'checkout' THEN event_time END) AS t_checkout,
    min(event_time) FILTER (WHERE event_type = 'purchase') AS t_purchase
  FROM events
  GROUP BY 1, 2
),
ordered AS (
  SELECT
    *,
    t_view IS NOT NULL AS s1,
    s1 AND t_cart > t_view AS s2,
    s2 AND t_checkout > t_cart AS s3,
    s3 AND t_purchase > t_checkout AS s4
  FROM firsts
)
SELECT
  coalesce(variant, 'none') AS variant,
  count(*) AS users,
  count_if(s1) AS viewed,
  count_if(s2) AS carted,
  sum(if(s3, 1, 0)) AS checked_out,
  sum(CAST(s4 AS INT)) AS purchased,
  try_divide(count_if(s2), count_if(s1)) AS view_to_cart,
  try_divide(count_if(s4), count_if(s1)) AS conversion,
  percentile(timestampdiff(MINUTE, t_view, t_purchase), 0.5) FILTER (WHERE s4) AS median_minutes,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY unix_timestamp(t_purchase) - unix_timestamp(t_view)) AS p90_s,
  median(unix_millis(t_cart) - unix_millis(t_view)) AS median_cart_ms
FROM ordered
GROUP BY coalesce(variant, 'none')
HAVING count(*) >= 30
ORDER BY conversion DESC NULLS LAST

-- # cohort_retention_triangle
WITH first_order AS (
  SELECT user_id, min(order_date) AS first_date, date_trunc('MONTH', min(order_date)) AS cohort
  FROM orders
  GROUP BY user_id
),
activity AS (
  SELECT DISTINCT o.user_id, f.cohort, CAST(months_between(trunc(o.order_date, 'MM'), trunc(f.first_date, 'MM')) AS INT) AS month_no
  FROM orders o JOIN first_order f USING (user_id)
),
sizes AS (SELECT cohort, count(*) AS cohort_size FROM first_order GROUP BY ALL)
SELECT *
FROM (
  SELECT a.cohort, s.cohort_size, a.month_no, count(DISTINCT a.user_id) / s.cohort_size AS retained
  FROM activity a JOIN sizes s ON s.cohort = a.cohort
  GROUP BY a.cohort, s.cohort_size, a.month_no
)
PIVOT (max(round(retained, 3)) FOR month_no IN (0 AS m0, 1 AS m1, 2 AS m2, 3 AS m3, 6 AS m6, 12 AS m12))
ORDER BY cohort

-- # gaps_and_islands_sensor_outages
WITH readings AS (
  SELECT
    sensor_id,
    read_at,
    status_code,
    status_code <> 0 OR temperature IS NULL AS is_down,
    row_number() OVER (PARTITION BY sensor_id ORDER BY read_at)
      - row_number() OVER (PARTITION BY sensor_id, status_code <> 0 OR temperature IS NULL ORDER BY read_at) AS island
  FROM sensors
),
outages AS (
  SELECT sensor_id, island, min(read_at) AS down_from, max(read_at) AS down_to, count(*) AS n, mode(status_code) AS usual_code
  FROM readings
  WHERE is_down
  GROUP BY sensor_id, island
)
SELECT
  sensor_id,
  down_from,
  down_to,
  n,
  usual_code,
  down_to - down_from AS outage,
  timestampdiff(MINUTE, down_from, down_to) AS outage_minutes,
  down_from - lag(down_to) OVER (PARTITION BY sensor_id ORDER BY down_from) AS healthy_before,
  sum(timestampdiff(MINUTE, down_from, down_to)) OVER (PARTITION BY sensor_id ORDER BY down_from) AS cum_down_minutes,
  ntile(4) OVER (ORDER BY n DESC) AS severity
FROM outages

-- # json_events_to_typed_columns
WITH parsed AS (
  SELECT
    event_id,
    user_id,
    event_time,
    from_json(payload, 'STRUCT<cart: ARRAY<STRUCT<sku: STRING, qty: INT, unit_price: DECIMAL(9,2)>>, coupon: STRING, ctx: MAP<STRING, STRING>, ts: TIMESTAMP>') AS j
  FROM events
  WHERE event_type = 'checkout'
)
SELECT
  event_id,
  user_id,
  event_time,
  j.coupon,
  upper(trim(j.ctx['country'])) AS country,
  try_element_at(j.ctx, 'device') AS device,
  cardinality(j.cart) AS n_lines,
  aggregate(j.cart, CAST(0 AS DECIMAL(20,2)), (acc, x) -> CAST(acc + x.qty * x.unit_price AS DECIMAL(20,2))) AS cart_value,
  array_max(transform(j.cart, x -> x.unit_price)) AS dearest,
  array_join(array_sort(array_distinct(j.cart.sku)), '|') AS skus,
  exists(j.cart, x -> x.qty > 10) AS has_bulk,
  forall(j.cart, x -> x.qty > 0) AS sane,
  filter(j.cart, (x, i) -> i = 0)[0].sku AS first_sku,
  element_at(j.cart, -1).sku AS last_sku,
  map_keys(j.ctx) AS ctx_keys,
  to_json(struct(j.coupon, size(j.cart) AS lines)) AS summary,
  get_json_object(to_json(j.ctx), '$.campaign') AS campaign,
  j.ts - event_time AS clock_skew
FROM parsed
WHERE j IS NOT NULL

-- # order_line_rollup_arrays_of_structs
SELECT
  o.order_id,
  o.order_date,
  transform(o.items, i -> named_struct('sku', i.sku, 'value', i.qty * i.price)) AS line_values,
  aggregate(o.items, CAST(0 AS BIGINT), (acc, i) -> acc + i.qty) AS units,
  aggregate(
    o.items,
    named_struct('n', 0, 'total', CAST(0 AS DOUBLE)),
    (acc, i) -> named_struct('n', acc.n + 1, 'total', acc.total + coalesce(CAST(i.qty * i.price AS DOUBLE), 0D)),
    acc -> acc.total / nullif(acc.n, 0)
  ) AS mean_line,
  array_sort(o.items, (l, r) -> CASE WHEN l.price < r.price THEN 1 WHEN l.price > r.price THEN -1 ELSE 0 END)[0].sku AS priciest_sku,
  map_from_entries(transform(o.items, i -> struct(i.sku, i.qty))) AS qty_by_sku,
  map_from_arrays(o.items.sku, transform(o.items, i -> coalesce(i.price, 0))) AS price_by_sku,
  arrays_zip(o.items.sku, o.items.qty) AS zipped,
  zip_with(o.items.qty, o.items.price, (q, p) -> q * p) AS values,
  slice(o.items.sku, 1, 3) AS top_skus,
  flatten(array(o.items.sku, array('gift-wrap'))) AS with_gift,
  array_position(o.items.sku, 'gift') > 0 AS is_gift,
  size(array_intersect(o.items.sku, array('a1', 'b2'))) AS promo_hits,
  array_size(filter(o.items, i -> i.price IS NULL)) AS unpriced
FROM orders o
WHERE size(o.items) > 0

-- # basket_affinity
WITH lines AS (
  SELECT order_id, col.sku AS sku
  FROM orders LATERAL VIEW explode(items) t
),
pairs AS (
  SELECT l.sku AS left_sku, r.sku AS right_sku, count(DISTINCT l.order_id) AS together
  FROM lines l JOIN lines r ON l.order_id = r.order_id AND l.sku < r.sku
  GROUP BY l.sku, r.sku
),
totals AS (SELECT sku, count(DISTINCT order_id) AS n FROM lines GROUP BY sku),
n_orders AS (SELECT count(*) AS n FROM orders)
SELECT
  p.left_sku,
  p.right_sku,
  p.together,
  p.together / (SELECT n FROM n_orders) AS support,
  p.together / tl.n AS confidence,
  (p.together * (SELECT n FROM n_orders)) / (tl.n * tr.n) AS lift,
  ln(p.together / tl.n) AS log_confidence,
  rank() OVER (PARTITION BY p.left_sku ORDER BY p.together DESC) AS rk
FROM pairs p
JOIN totals tl ON tl.sku = p.left_sku
JOIN totals tr ON tr.sku = p.right_sku
WHERE p.together > 5

-- # customer_geo_features
WITH located AS (
  SELECT
    customer_id,
    country,
    address.geo.lat AS lat,
    address.geo.lon AS lon,
    first_value(address.geo.lat) OVER (PARTITION BY country ORDER BY created_at) AS ref_lat,
    first_value(address.geo.lon) OVER (PARTITION BY country ORDER BY created_at) AS ref_lon
  FROM customers
  WHERE address.geo IS NOT NULL
),
dist AS (
  SELECT
    *,
    2 * 6371 * asin(sqrt(
      pow(sin(radians(lat - ref_lat) / 2), 2)
      + cos(radians(lat)) * cos(radians(ref_lat)) * pow(sin(radians(lon - ref_lon) / 2), 2)
    )) AS km
  FROM located
)
SELECT
  customer_id,
  country,
  km,
  floor(lat * 10) / 10 AS cell_lat,
  floor(lon * 10) / 10 AS cell_lon,
  concat(CAST(floor(lat) AS STRING), '_', CAST(floor(lon) AS STRING)) AS cell,
  width_bucket(km, 0, 1000, 20) AS km_bucket,
  percent_rank() OVER (PARTITION BY country ORDER BY km) AS km_rank,
  cume_dist() OVER (PARTITION BY country ORDER BY km) AS km_cdf,
  atan2(lon - ref_lon, lat - ref_lat) AS bearing,
  bround(degrees(atan2(lon - ref_lon, lat - ref_lat)), 1) AS bearing_deg,
  hypot(lat - ref_lat, lon - ref_lon) AS flat_distance,
  greatest(least(km, 500), 1) AS km_clipped,
  log10(1 + km) AS log_km
FROM dist

-- # term_frequencies
WITH docs AS (
  SELECT sku, explode(split(lower(title), ' ')) AS term FROM products
),
tf AS (SELECT sku, term, count(*) AS n FROM docs WHERE term <> '' GROUP BY sku, term),
df AS (SELECT term, count(DISTINCT sku) AS docs FROM tf GROUP BY term),
scored AS (
  SELECT tf.sku, tf.term, tf.n * ln((SELECT count(*) FROM products) / (1 + df.docs)) AS tfidf
  FROM tf JOIN df USING (term)
)
SELECT
  sku,
  map_from_entries(collect_list(struct(term, tfidf))) AS weights,
  sqrt(sum(tfidf * tfidf)) AS norm,
  slice(array_sort(collect_list(struct(-tfidf AS neg, term))), 1, 5).term AS top_terms,
  max_by(term, tfidf) AS best_term,
  listagg(term, ', ') WITHIN GROUP (ORDER BY tfidf DESC) AS all_terms,
  string_agg(DISTINCT term) AS distinct_terms
FROM scored
GROUP BY sku

-- # dedup_with_conflict_flag
WITH ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY payment_id ORDER BY settled_at DESC NULLS LAST, paid_at DESC) AS rn,
    count(*) OVER (PARTITION BY payment_id) AS copies,
    count(*) OVER (PARTITION BY payment_id, xxhash64(amount, currency, status)) AS same_copies
  FROM payments
)
SELECT
  * EXCEPT (rn, copies, same_copies, tags),
  copies > 1 AS was_duplicated,
  copies <> same_copies AS has_conflict,
  coalesce(array_size(tags), 0) AS n_tags
FROM ranked
WHERE rn = 1

-- # merchant_daily_grid_simple
WITH days AS (
  SELECT explode(sequence(DATE '2026-01-01', DATE '2026-03-31', INTERVAL 1 DAY)) AS day
),
daily AS (
  SELECT merchant_id, to_date(paid_at) AS day, sum(amount) AS gmv, count(*) AS n
  FROM payments
  WHERE status = 'settled'
  GROUP BY merchant_id, to_date(paid_at)
)
SELECT
  m.merchant_id,
  d.day,
  coalesce(x.gmv, 0) AS gmv,
  sum(coalesce(x.gmv, 0)) OVER w7 AS gmv_7d,
  avg(coalesce(x.n, 0)) OVER w7 AS n_7d,
  regr_slope(x.gmv, unix_date(d.day)) OVER w7 AS trend,
  skewness(x.gmv) OVER w7 AS skew
FROM merchants m
CROSS JOIN days d
LEFT JOIN daily x ON x.merchant_id = m.merchant_id AND x.day = d.day
WINDOW w7 AS (PARTITION BY m.merchant_id ORDER BY d.day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)

-- # pivot_channel_features
SELECT *
FROM (
  SELECT user_id, lower(coalesce(channel, 'other')) AS channel, total, discount
  FROM orders
)
PIVOT (
  count(*) AS n,
  sum(total) AS total,
  avg(discount) AS avg_discount
  FOR channel IN ('web', 'app' AS mobile, 'store', 'other')
)

-- # unpivot_device_metrics
WITH wide AS (
  SELECT
    customer_id,
    sum(amount) FILTER (WHERE device.os = 'ios') AS ios,
    sum(amount) FILTER (WHERE device.os = 'android') AS android,
    sum(amount) FILTER (WHERE device.os NOT IN ('ios', 'android')) AS other
  FROM payments
  GROUP BY customer_id
)
SELECT customer_id, os, spend, spend / sum(spend) OVER (PARTITION BY customer_id) AS share
FROM wide UNPIVOT INCLUDE NULLS (spend FOR os IN (ios, android AS `Android`, other))

-- # sensor_session_windows
SELECT
  sensor_id,
  session_window.start AS started,
  session_window.end AS ended,
  count(*) AS n,
  avg(temperature) AS temp,
  corr(temperature, humidity) AS temp_humidity,
  covar_samp(temperature, humidity) AS cov,
  kurtosis(temperature) AS kurt,
  histogram_numeric(humidity, 8) AS hist,
  approx_percentile(temperature, 0.95) AS p95,
  max(array_max(readings)) AS peak,
  collect_list(named_struct('at', read_at, 't', temperature)) AS trace
FROM sensors
GROUP BY sensor_id, session_window(read_at, '10 minutes')

-- # sensor_hopping_features
WITH hops AS (
  SELECT
    sensor_id,
    window(read_at, '1 hour', '15 minutes') AS w,
    avg(temperature) AS temp,
    min(humidity) AS min_h,
    max(humidity) AS max_h,
    count(temperature) AS n_valid,
    count(*) AS n
  FROM sensors
  GROUP BY sensor_id, window(read_at, '1 hour', '15 minutes')
)
SELECT
  sensor_id,
  w.start AS window_start,
  w.end AS window_end,
  temp,
  max_h - min_h AS humidity_range,
  n_valid / n AS completeness,
  temp - lag(temp, 4) OVER (PARTITION BY sensor_id ORDER BY w.start) AS delta_1h,
  CASE
    WHEN temp > 80 THEN 'hot'
    WHEN temp BETWEEN 10 AND 80 THEN 'normal'
    WHEN temp IS NULL THEN NULL
    ELSE 'cold'
  END AS band
FROM hops

-- # fx_converted_spend
WITH rates AS (
  SELECT day, base, rate, lead(day) OVER (PARTITION BY base ORDER BY day) AS next_day
  FROM fx_rates
  WHERE quote = 'EUR'
),
converted AS (
  SELECT
    p.customer_id,
    p.payment_id,
    p.paid_at,
    p.amount,
    p.currency,
    CASE WHEN p.currency = 'EUR' THEN p.amount ELSE p.amount * r.rate END AS amount_eur,
    CAST(round(p.amount * coalesce(r.rate, 1), 2) AS DECIMAL(14,2)) AS booked,
    r.rate IS NULL AND p.currency <> 'EUR' AS rate_missing
  FROM payments p
  LEFT JOIN rates r
    ON r.base = p.currency
   AND p.paid_at >= r.day
   AND (p.paid_at < r.next_day OR r.next_day IS NULL)
)
SELECT
  customer_id,
  date_format(paid_at, 'yyyy-MM') AS month,
  sum(amount_eur) AS spend_eur,
  sum(booked) AS booked,
  avg(amount_eur) AS mean_eur,
  count(*) FILTER (WHERE rate_missing) AS missing,
  grouping_id() AS level,
  grouping(customer_id) AS is_total
FROM converted
GROUP BY ROLLUP (customer_id, date_format(paid_at, 'yyyy-MM'))

-- # attribution_linear_and_decay
WITH touches AS (
  SELECT user_id, event_time AS touched_at, parse_url(referrer, 'HOST') AS channel
  FROM events
  WHERE event_type = 'click' AND referrer IS NOT NULL
),
conversions AS (
  SELECT user_id, event_id AS conversion_id, event_time AS converted_at, CAST(get_json_object(payload, '$.value') AS DOUBLE) AS value
  FROM events
  WHERE event_type = 'purchase'
),
joined AS (
  SELECT
    c.conversion_id,
    c.value,
    t.channel,
    t.touched_at,
    exp(-ln(2) * timestampdiff(HOUR, t.touched_at, c.converted_at) / 168) AS weight,
    count(*) OVER (PARTITION BY c.conversion_id) AS n_touches,
    row_number() OVER (PARTITION BY c.conversion_id ORDER BY t.touched_at DESC) = 1 AS is_last,
    row_number() OVER (PARTITION BY c.conversion_id ORDER BY t.touched_at) = 1 AS is_first
  FROM conversions c
  JOIN touches t
    ON t.user_id = c.user_id
   AND t.touched_at BETWEEN c.converted_at - INTERVAL 30 DAYS AND c.converted_at
),
weighted AS (
  SELECT *, weight / sum(weight) OVER (PARTITION BY conversion_id) AS share FROM joined
)
SELECT
  channel,
  sum(value * share) AS decayed_value,
  sum(value / n_touches) AS linear_value,
  sum(value) FILTER (WHERE is_last) AS last_touch_value,
  sum(CASE WHEN is_first AND is_last THEN value WHEN is_first OR is_last THEN 0.4 * value ELSE 0.2 * value / nullif(n_touches - 2, 0) END) AS u_shaped,
  count(DISTINCT conversion_id) AS conversions
FROM weighted
GROUP BY channel
ORDER BY ALL

-- # churn_training_set
WITH snapshot AS (
  SELECT customer_id, make_date(2026, m, 1) AS as_of
  FROM customers CROSS JOIN (SELECT explode(sequence(1, 6)) AS m)
),
history AS (
  SELECT
    s.customer_id,
    s.as_of,
    count(p.payment_id) AS n_90d,
    sum(p.amount) AS spend_90d,
    max(p.paid_at) AS last_paid,
    count(DISTINCT p.merchant_id) AS merchants_90d,
    sum(CASE WHEN p.paid_at >= s.as_of - INTERVAL 30 DAYS THEN p.amount END) AS spend_30d,
    avg(CAST(p.is_fraud AS INT)) AS fraud_rate
  FROM snapshot s
  LEFT JOIN payments p
    ON p.customer_id = s.customer_id AND p.paid_at < s.as_of AND p.paid_at >= date_sub(s.as_of, 90)
  GROUP BY s.customer_id, s.as_of
),
labels AS (
  SELECT s.customer_id, s.as_of, NOT EXISTS (
    SELECT 1 FROM payments f
    WHERE f.customer_id = s.customer_id AND f.paid_at >= s.as_of AND f.paid_at < add_months(s.as_of, 2)
  ) AS churned
  FROM snapshot s
)
SELECT
  h.customer_id,
  h.as_of,
  h.n_90d,
  coalesce(h.spend_90d, 0) AS spend_90d,
  coalesce(h.spend_30d / nullif(h.spend_90d, 0), 0) AS momentum,
  datediff(h.as_of, h.last_paid) AS recency_days,
  h.merchants_90d,
  h.fraud_rate,
  floor(months_between(h.as_of, c.birth_date) / 12) AS age,
  year(h.as_of) - year(c.birth_date) AS age_rough,
  c.segment,
  c.marketing_opt_in,
  l.churned,
  IF(pmod(xxhash64(h.customer_id), 10) < 8, 'train', 'test') AS part
FROM history h
JOIN labels l ON l.customer_id = h.customer_id AND l.as_of = h.as_of
JOIN customers c ON c.customer_id = h.customer_id
WHERE h.n_90d > 0

-- # target_encoding_out_of_fold
WITH folds AS (
  SELECT *, pmod(hash(payment_id), 5) AS fold FROM payments WHERE is_fraud IS NOT NULL
),
by_fold AS (
  SELECT merchant_id, fold, count(*) AS n, sum(CAST(is_fraud AS INT)) AS pos FROM folds GROUP BY merchant_id, fold
),
totals AS (SELECT merchant_id, sum(n) AS n, sum(pos) AS pos FROM by_fold GROUP BY merchant_id),
prior AS (SELECT avg(CAST(is_fraud AS DOUBLE)) AS p FROM folds)
SELECT
  f.payment_id,
  f.merchant_id,
  ((t.pos - b.pos) + 20 * prior.p) / ((t.n - b.n) + 20) AS merchant_te,
  log(1 + t.n - b.n) AS merchant_support,
  f.is_fraud
FROM folds f
JOIN by_fold b ON b.merchant_id <=> f.merchant_id AND b.fold = f.fold
JOIN totals t ON t.merchant_id <=> f.merchant_id
CROSS JOIN prior

-- # experiment_ab_test
WITH exposures AS (
  SELECT user_id, exp_name, variant, min(event_time) AS exposed_at
  FROM events LATERAL VIEW explode(experiment) e AS exp_name, variant
  GROUP BY user_id, exp_name, variant
),
outcomes AS (
  SELECT
    x.exp_name,
    x.variant,
    x.user_id,
    count_if(e.event_type = 'purchase') > 0 AS converted,
    coalesce(sum(try_cast(get_json_object(e.payload, '$.amount') AS DOUBLE)), 0) AS revenue
  FROM exposures x
  LEFT OUTER JOIN events e ON e.user_id = x.user_id AND e.event_time >= x.exposed_at
  GROUP BY x.exp_name, x.variant, x.user_id
),
stats AS (
  SELECT
    exp_name,
    variant,
    count(*) AS n,
    avg(CAST(converted AS DOUBLE)) AS p,
    avg(revenue) AS arpu,
    var_samp(revenue) AS var_revenue
  FROM outcomes
  GROUP BY exp_name, variant
)
SELECT
  t.exp_name,
  t.variant,
  t.n AS n_treatment,
  c.n AS n_control,
  t.p - c.p AS lift,
  (t.p - c.p) / nullif(c.p, 0) AS relative_lift,
  (t.p - c.p) / sqrt((t.p * (1 - t.p)) / t.n + (c.p * (1 - c.p)) / c.n) AS z,
  abs((t.arpu - c.arpu) / sqrt(t.var_revenue / t.n + c.var_revenue / c.n)) > 1.96 AS significant
FROM stats t
JOIN stats c ON c.exp_name = t.exp_name AND c.variant = 'control'
WHERE t.variant <> 'control'

-- # tag_cooccurrence_vector
WITH exploded AS (
  SELECT card_id, tag, count(*) AS n
  FROM payments
  LATERAL VIEW OUTER explode(tags) t AS tag
  GROUP BY card_id, tag
),
maps AS (
  SELECT card_id, map_from_entries(array_agg(struct(coalesce(tag, '?'), n))) AS counts
  FROM exploded
  GROUP BY card_id
)
SELECT
  a.card_id,
  b.card_id AS other,
  aggregate(map_values(map_zip_with(a.counts, b.counts, (k, x, y) -> coalesce(x, 0) * coalesce(y, 0))), 0L, (s, v) -> s + v) AS dot,
  size(array_intersect(map_keys(a.counts), map_keys(b.counts))) / size(array_union(map_keys(a.counts), map_keys(b.counts))) AS jaccard,
  map_filter(a.counts, (k, v) -> v > 1 AND k <> '?') AS frequent,
  transform_values(a.counts, (k, v) -> v / aggregate(map_values(a.counts), 0L, (s, x) -> s + x)) AS normalised,
  map_contains_key(a.counts, 'travel') AS travels,
  array_except(map_keys(a.counts), map_keys(b.counts)) AS only_here
FROM maps a JOIN maps b ON a.card_id < b.card_id

-- # device_drift_psi
WITH base AS (
  SELECT coalesce(device.os, 'unknown') AS os, CAST(paid_at AS DATE) < DATE'2026-02-01' AS is_reference
  FROM payments
),
shares AS (
  SELECT
    os,
    greatest(count_if(is_reference) / sum(count_if(is_reference)) OVER (), 1e-6) AS expected,
    greatest(count_if(NOT is_reference) / sum(count_if(NOT is_reference)) OVER (), 1e-6) AS actual
  FROM base
  GROUP BY os
)
SELECT
  os,
  expected,
  actual,
  (actual - expected) * ln(actual / expected) AS psi_part,
  sum((actual - expected) * ln(actual / expected)) OVER () AS psi,
  abs(actual - expected) AS shift
FROM shares

-- # customer_profile_wide
SELECT
  c.customer_id,
  lower(trim(split_part(c.email, '@', 2))) AS email_domain,
  substring_index(c.full_name, ' ', -1) AS last_name,
  left(c.full_name, 1) AS initial,
  c.email IS NULL OR c.email NOT LIKE '%_@_%.__%' AS bad_email,
  datediff(current_date(), c.birth_date) DIV 365 AS age,
  to_char(coalesce(c.lifetime_value, 0), '999,999.99') AS ltv_text,
  CASE c.country WHEN 'FR' THEN 'home' WHEN 'DE' THEN 'near' ELSE 'far' END AS market,
  decode(c.segment, 'gold', 3, 'silver', 2, 'bronze', 1, 0) AS segment_rank,
  array_contains(array('FR', 'DE', 'IT'), c.country) AS eurozone,
  find_in_set(c.country, 'FR,DE,IT') AS market_pos,
  elt(1 + pmod(crc32(c.email), 3), 'a', 'b', 'c') AS bucket,
  date_part('quarter', c.created_at) AS joined_quarter,
  extract(DOW FROM c.created_at) AS joined_dow,
  dayname(c.created_at) AS joined_day,
  monthname(c.created_at) AS joined_month,
  make_timestamp(year(c.created_at), 1, 1, 0, 0, 0) AS year_start,
  last_day(c.created_at) AS month_end,
  next_day(c.created_at, 'MON') AS next_monday,
  from_utc_timestamp(c.created_at, 'Europe/Paris') AS local_created,
  date_from_unix_date(unix_date(c.birth_date)) AS same_birth,
  nullif(c.segment, '') AS segment,
  struct(c.country, c.address.city AS city) AS place,
  named_struct('lat', c.address.geo.lat, 'lon', c.address.geo.lon).lat AS lat
FROM customers c

-- # customer_segments_by_ntile
WITH rfm AS (
  SELECT
    user_id,
    datediff(DATE '2026-04-01', max(order_date)) AS recency,
    count(*) AS frequency,
    sum(total) AS monetary
  FROM orders
  GROUP BY user_id
),
scored AS (
  SELECT
    *,
    6 - ntile(5) OVER (ORDER BY recency) AS r,
    ntile(5) OVER (ORDER BY frequency) AS f,
    ntile(5) OVER (ORDER BY monetary NULLS FIRST) AS m
  FROM rfm
)
SELECT
  user_id,
  recency,
  frequency,
  monetary,
  concat(r, f, m) AS rfm,
  CAST(concat(r, f, m) AS INT) AS rfm_code,
  (r + f + m) / 3 AS score,
  CASE WHEN r >= 4 AND f >= 4 THEN 'champion' WHEN r <= 2 AND f >= 3 THEN 'at risk' WHEN r <= 2 THEN 'lost' ELSE 'regular' END AS segment,
  monetary / frequency AS aov,
  monetary / sum(monetary) OVER () AS revenue_share,
  sum(monetary) OVER (ORDER BY monetary DESC ROWS UNBOUNDED PRECEDING) / sum(monetary) OVER () <= 0.8 AS in_top_80
FROM scored

-- # merge_tiles
WITH tiles AS (
  SELECT card_id, date_trunc('DAY', paid_at) AS tile, hll_sketch_agg(merchant_id) AS sk, count(*) AS n, sum(amount) AS total
  FROM payments GROUP BY ALL
)
SELECT
  card_id,
  hll_sketch_estimate(hll_union_agg(sk)) AS merchants,
  sum(n) AS n,
  sum(total) AS total,
  sum(total) / sum(n) AS mean,
  max(tile) - min(tile) AS span,
  collect_list(struct(tile, n)) AS series
FROM tiles
GROUP BY card_id
HAVING sum(n) > 1 AND max(tile) > min(tile)

-- # seasonality_features
SELECT
  order_id,
  order_date,
  sin(2 * pi() * dayofyear(order_date) / 365.25) AS doy_sin,
  cos(2 * pi() * dayofyear(order_date) / 365.25) AS doy_cos,
  sin(2 * pi() * (dayofweek(order_date) - 1) / 7) AS dow_sin,
  weekofyear(order_date) AS week,
  quarter(order_date) AS quarter,
  trunc(order_date, 'quarter') AS quarter_start,
  datediff(last_day(order_date), order_date) AS days_left,
  date_add(order_date, CAST(discount AS INT)) AS shifted,
  shipped_at - CAST(order_date AS TIMESTAMP_NTZ) AS ship_delay,
  timestampdiff(HOUR, order_date, shipped_at) AS ship_hours,
  hour(shipped_at) * 60 + minute(shipped_at) AS minute_of_day,
  order_date BETWEEN DATE '2026-11-20' AND DATE '2026-12-31' AS peak,
  make_dt_interval(1, 2, 3, 4.5) AS sla,
  order_date + make_interval(0, 1) AS due,
  order_date + INTERVAL 1 MONTH AS due_month,
  months_between(current_timestamp(), order_date, false) AS months_ago
FROM orders

-- # reconcile_orders_payments
SELECT
  coalesce(o.order_id, p.payment_id) AS id,
  CASE WHEN o.order_id IS NULL THEN 'missing order' WHEN p.payment_id IS NULL THEN 'missing payment' WHEN o.total <> p.amount THEN 'amount differs' ELSE 'ok' END AS verdict,
  o.total,
  p.amount,
  o.total - p.amount AS delta,
  abs(o.total - p.amount) / greatest(o.total, p.amount) AS rel_delta,
  o.order_date,
  p.paid_at
FROM orders o
FULL OUTER JOIN payments p ON o.order_id = p.payment_id AND p.status = 'settled'
WHERE o.total IS DISTINCT FROM p.amount

-- # pipe_syntax_rolling_report
FROM payments
|> WHERE status IN ('settled', 'captured') AND paid_at IS NOT NULL
|> EXTEND date_trunc('WEEK', paid_at) AS week, amount * 0.029 + 0.30 AS fee
|> AGGREGATE sum(amount) AS gmv, sum(fee) AS fees, count(DISTINCT customer_id) AS buyers GROUP BY week, currency
|> EXTEND gmv - fees AS net, lag(gmv) OVER (PARTITION BY currency ORDER BY week) AS prev_gmv
|> SET prev_gmv = coalesce(prev_gmv, gmv)
|> EXTEND gmv / prev_gmv - 1 AS growth
|> DROP prev_gmv
|> ORDER BY week, currency
|> LIMIT 100

-- # quality_report
WITH checks AS (
  SELECT 'payments' AS tbl, 'amount_positive' AS rule, count_if(amount <= 0) AS bad, count(*) AS n FROM payments
  UNION ALL
  SELECT 'payments', 'orphan_merchant', count(*), (SELECT count(*) FROM payments)
  FROM payments p LEFT ANTI JOIN merchants m ON m.merchant_id = p.merchant_id
  UNION ALL
  SELECT 'orders', 'has_items', sum(CASE WHEN cardinality(items) = 0 THEN 1 ELSE 0 END), count(1) FROM orders
)
SELECT
  tbl,
  rule,
  bad,
  n,
  bad / nullif(n, 0) AS rate,
  format_number(100 * bad / nullif(n, 0), 2) AS pct,
  format_string('%s.%s: %d of %d', tbl, rule, bad, n) AS message,
  assert_true(n > 0) IS NULL AS checked,
  bad = 0 AS passed
FROM checks

-- # price_elasticity
WITH weekly AS (
  SELECT
    i.sku,
    date_trunc('week', o.order_date) AS week,
    sum(i.qty) AS units,
    avg(i.price) AS price
  FROM orders o, LATERAL explode(o.items) AS t(i)
  WHERE i.price > 0
  GROUP BY i.sku, date_trunc('week', o.order_date)
)
SELECT
  sku,
  count(*) AS weeks,
  regr_slope(ln(units), ln(price)) AS elasticity,
  regr_intercept(ln(units), ln(price)) AS intercept,
  regr_r2(ln(units), ln(price)) AS r2,
  regr_count(units, price) AS n_pairs,
  corr(units, price) AS correlation,
  min(price) AS lo,
  max(price) AS hi,
  max(price) / min(price) - 1 AS spread
FROM weekly
GROUP BY sku
HAVING count(DISTINCT price) > 3

-- # graph_degree_features
WITH edges AS (
  SELECT DISTINCT card_id, merchant_id FROM payments WHERE merchant_id IS NOT NULL
),
deg AS (
  SELECT merchant_id, count(*) AS degree, collect_set(card_id) AS cards FROM edges GROUP BY merchant_id
)
SELECT
  e.card_id,
  count(*) AS merchants,
  avg(d.degree) AS mean_degree,
  max(d.degree) AS max_degree,
  sum(1 / ln(1 + d.degree)) AS adamic_adar,
  size(array_distinct(flatten(collect_list(d.cards)))) - 1 AS neighbours,
  array_agg(DISTINCT m.category) FILTER (WHERE m.risk_score > 0.5) AS risky_categories,
  max(m.risk_score) AS worst_risk,
  avg(m.risk_score) AS mean_risk,
  sum(CASE WHEN m.country NOT IN (SELECT country FROM customers WHERE country IS NOT NULL) THEN 1 ELSE 0 END) AS foreign_merchants
FROM edges e
JOIN deg d ON d.merchant_id = e.merchant_id
LEFT JOIN merchants m ON m.merchant_id = e.merchant_id
GROUP BY e.card_id

-- # anomaly_mad_using
WITH med AS (
  SELECT merchant_id, median(amount) AS med FROM payments GROUP BY merchant_id
),
dev AS (
  SELECT p.merchant_id, p.payment_id, p.amount, m.med, abs(p.amount - m.med) AS dev
  FROM payments p JOIN med m ON m.merchant_id <=> p.merchant_id
),
mad AS (SELECT merchant_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY dev) AS mad FROM dev GROUP BY merchant_id)
SELECT
  payment_id,
  merchant_id,
  amount,
  0.6745 * (amount - med) / nullif(mad, 0) AS robust_z,
  coalesce(abs(0.6745 * (amount - med) / nullif(mad, 0)) > 3.5, false) AS is_outlier,
  width_bucket(CAST(amount AS DOUBLE), 0, 1000, 10) AS bucket
FROM dev
NATURAL JOIN mad

-- # user_sequences_for_transformer
WITH steps AS (
  SELECT
    user_id,
    event_time,
    event_type,
    dense_rank() OVER (ORDER BY event_type) AS token,
    coalesce(unix_millis(event_time) - unix_millis(lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time)), 0) AS dt_ms
  FROM events
),
seqs AS (
  SELECT user_id, array_sort(collect_list(struct(event_time, token, dt_ms))) AS seq FROM steps GROUP BY user_id
)
SELECT
  user_id,
  slice(seq.token, -50, 50) AS tokens,
  transform(seq.dt_ms, x -> log1p(x / 1000)) AS log_dt,
  concat(array_repeat(0, greatest(0, 50 - size(seq))), seq.token) AS padded,
  array_compact(transform(seq, (x, i) -> if(i > 0 AND seq[i - 1].token = x.token, NULL, x.token))) AS deduped,
  aggregate(seq, map_from_arrays(array(0), array(0)), (m, x) -> map_concat(map_filter(m, (k, v) -> k <> x.token), map(x.token, 1))) AS seen,
  element_at(seq, -1).event_time AS last_at,
  try_element_at(seq, -2).token AS previous_token,
  shuffle(seq.token) AS shuffled,
  array_insert(seq.token, 1, -1) AS with_bos,
  sequence(1, size(seq)) AS positions,
  exists(seq, x -> x.dt_ms > 3600000) AS had_break
FROM seqs
WHERE size(seq) >= 3

-- # embeddings_similarity
WITH vectors AS (
  SELECT sensor_id, read_at, transform(readings, x -> coalesce(x, 0D)) AS v FROM sensors WHERE size(readings) = 8
),
normed AS (
  SELECT sensor_id, read_at, v, sqrt(aggregate(v, 0D, (s, x) -> s + x * x)) AS norm FROM vectors
)
SELECT
  a.sensor_id,
  a.read_at,
  b.sensor_id AS other,
  aggregate(zip_with(a.v, b.v, (x, y) -> x * y), CAST(0 AS DOUBLE), (s, x) -> s + x) / nullif(a.norm * b.norm, 0) AS cosine,
  sqrt(reduce(zip_with(a.v, b.v, (x, y) -> power(x - y, 2)), 0D, (s, x) -> s + x)) AS euclid,
  array_max(zip_with(a.v, b.v, (x, y) -> abs(x - y))) AS chebyshev,
  transform(a.v, (x, i) -> round(x / a.norm, 4)) AS unit,
  get(a.v, 0) AS first_dim,
  a.v[7] AS last_dim
FROM normed a
JOIN normed b ON a.read_at = b.read_at AND a.sensor_id < b.sensor_id

-- # sales_cube_with_comparisons
SELECT
  year,
  coalesce(region, 'ALL') AS region,
  product,
  sum(revenue) AS revenue,
  sum(units) AS units,
  sum(revenue) / sum(units) AS price,
  grouping_id(year, region, product) AS gid,
  rank() OVER (PARTITION BY grouping_id(year, region, product), year ORDER BY sum(revenue) DESC) AS rk,
  lag(sum(revenue)) OVER (PARTITION BY region, product, grouping_id(year, region, product) ORDER BY year) AS prev,
  sum(sum(revenue)) OVER (PARTITION BY grouping_id(year, region, product)) AS level_total
FROM sales
GROUP BY CUBE (year, region, product)
HAVING sum(units) IS NOT NULL

-- # quarterly_pivot_growth
SELECT
  region,
  product,
  q1_revenue,
  q4_revenue,
  try_divide(q4_revenue - q1_revenue, q1_revenue) AS growth,
  coalesce(q1_units, 0) + coalesce(q2_units, 0) + coalesce(q3_units, 0) + coalesce(q4_units, 0) AS units
FROM (SELECT region, product, quarter, revenue, units FROM sales WHERE year = 2025)
PIVOT (sum(revenue) AS revenue, sum(units) AS units FOR quarter IN (1 AS q1, 2 AS q2, 3 AS q3, 4 AS q4))
WHERE q1_revenue > 0

-- # masked_export_for_vendor
SELECT
  sha2(concat(CAST(customer_id AS STRING), 'pepper'), 256) AS pseudo_id,
  mask(full_name, 'X', 'x', 'n') AS name_masked,
  regexp_replace(email, '^(.).*@', '$1***@') AS email_masked,
  concat(repeat('*', length(email) - 4), right(email, 4)) AS tail,
  date_trunc('YEAR', birth_date) AS birth_year,
  year(birth_date) - year(birth_date) % 5 AS birth_bucket,
  round(address.geo.lat, 1) AS lat_1,
  base64(to_binary(md5(email), 'hex')) AS email_md5_b64,
  hex(sha1(email)) AS sha1_hex,
  aes_encrypt(email, '0000111122223333') AS secret,
  substr(country FROM 1 FOR 2) AS cc,
  ascii(country) AS cc_ascii,
  uuid() AS export_id,
  encode(full_name, 'UTF-8') AS name_bytes,
  octet_length(full_name) AS name_octets,
  bit_length(full_name) AS name_bits
FROM customers
WHERE marketing_opt_in

-- # device_version_parsing
WITH parts AS (
  SELECT
    payment_id,
    device.os AS os,
    split(device.version, '[.]') AS v,
    device.screen.w * device.screen.h AS pixels,
    device.screen
  FROM payments
)
SELECT
  payment_id,
  os,
  try_to_number(v[0], '999') AS major_dec,
  CAST(v[0] AS INT) AS major,
  try_cast(get(v, 1) AS INT) AS minor,
  try_element_at(v, 3) AS patch,
  coalesce(try_cast(v[0] AS INT), 0) * 1000 + coalesce(try_cast(get(v, 1) AS INT), 0) AS version_code,
  pixels > 1920 * 1080 AS large_screen,
  round(screen.w / screen.h, 2) AS aspect,
  screen.*
FROM parts

-- # attribution_last_value_map
SELECT
  customer_id,
  map_agg_last AS last_by_status,
  map_agg_last['settled'] AS last_settled
FROM (
  SELECT customer_id, map_from_entries(collect_list(struct(status, last_at))) AS map_agg_last
  FROM (SELECT customer_id, status, max(paid_at) AS last_at FROM payments GROUP BY customer_id, status)
  GROUP BY customer_id
)

-- # late_arrivals_watermark
WITH arrivals AS (
  SELECT
    payment_id,
    paid_at,
    settled_at,
    settled_at - paid_at AS delay,
    max(paid_at) OVER (ORDER BY settled_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS watermark
  FROM payments
  WHERE settled_at IS NOT NULL
)
SELECT
  date(settled_at) AS day,
  count(*) AS n,
  count_if(delay > INTERVAL 1 DAY) AS late,
  count_if(paid_at < watermark - INTERVAL '2' HOUR) AS behind,
  max(delay) AS worst,
  avg(delay) AS mean_delay,
  sum(delay) AS total_delay,
  percentile_approx(CAST(delay AS BIGINT), 0.99) AS p99_us
FROM arrivals
GROUP BY date(settled_at)

-- # late_arrivals_seconds
WITH arrivals AS (
  SELECT
    payment_id,
    paid_at,
    settled_at,
    settled_at - paid_at AS delay,
    max(paid_at) OVER (ORDER BY settled_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS watermark
  FROM payments
  WHERE settled_at IS NOT NULL
)
SELECT
  date(settled_at) AS day,
  count_if(delay > INTERVAL 1 DAY) AS late,
  max(delay) AS worst,
  avg(delay) AS mean_delay,
  avg(delay) / 2 AS half_delay,
  percentile_approx(unix_seconds(settled_at) - unix_seconds(paid_at), 0.99) AS p99_s,
  bool_and(settled_at >= paid_at) AS ordered
FROM arrivals
GROUP BY date(settled_at)
