-- # card_velocity
WITH enriched AS (
  SELECT
    p.payment_id,
    p.card_id,
    p.paid_at,
    p.amount,
    m.category,
    coalesce(m.risk_score, 0.5) AS merchant_risk
  FROM payments AS p
  LEFT JOIN merchants AS m ON p.merchant_id = m.merchant_id
  WHERE p.status IN ('ok', 'pending')
)
SELECT
  payment_id,
  card_id,
  paid_at,
  count(*) OVER last_hour AS payments_1h,
  sum(amount) OVER last_hour AS spend_1h,
  avg(amount) OVER last_day AS mean_24h,
  max(merchant_risk) OVER last_day AS max_risk_24h,
  amount / nullif(avg(amount) OVER last_day, 0) AS amount_ratio,
  unix_timestamp(paid_at) - unix_timestamp(lag(paid_at) OVER (PARTITION BY card_id ORDER BY paid_at)) AS seconds_since_last
FROM enriched
WINDOW
  last_hour AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW),
  last_day AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL '1 00:00:00' DAY TO SECOND PRECEDING AND INTERVAL '0 00:00:01' DAY TO SECOND PRECEDING)

-- # dedup_latest
WITH ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY payment_id ORDER BY settled_at DESC NULLS LAST, paid_at DESC) AS rn
  FROM payments
)
SELECT * EXCEPT (rn, tags)
FROM ranked
WHERE rn = 1

-- # customer_rfm
WITH base AS (
  SELECT
    customer_id,
    max(paid_at) AS last_paid_at,
    count(*) AS frequency,
    sum(amount) AS monetary
  FROM payments
  WHERE status = 'ok' AND customer_id IS NOT NULL
  GROUP BY customer_id
),
scored AS (
  SELECT
    *,
    datediff(current_date(), date(last_paid_at)) AS recency_days,
    ntile(5) OVER (ORDER BY last_paid_at) AS r,
    ntile(5) OVER (ORDER BY frequency) AS f,
    ntile(5) OVER (ORDER BY monetary) AS m
  FROM base
)
SELECT
  c.customer_id,
  c.country,
  s.recency_days,
  s.frequency,
  s.monetary,
  concat(s.r, s.f, s.m) AS rfm,
  CASE
    WHEN s.r >= 4 AND s.f >= 4 THEN 'champion'
    WHEN s.r >= 3 THEN 'active'
    WHEN s.r IS NULL THEN 'never'
    ELSE 'sleeping'
  END AS segment
FROM customers AS c
LEFT JOIN scored AS s USING (customer_id)

-- # as_of_price
SELECT
  o.order_id,
  it.sku,
  it.qty,
  h.price AS price_then,
  p.price AS price_now,
  it.qty * h.price AS line_total,
  round((p.price - h.price) / h.price * 100, 1) AS change_pct
FROM orders AS o
JOIN LATERAL inline(o.items) AS it(sku, qty, paid_price)
LEFT JOIN price_history AS h
  ON h.sku = it.sku
  AND h.valid_from <= o.order_date
  AND (h.valid_to IS NULL OR h.valid_to > o.order_date)
LEFT JOIN products AS p ON p.sku = it.sku

-- # scd2_build
WITH changes AS (
  SELECT
    sku,
    price,
    valid_from,
    lag(price) OVER (PARTITION BY sku ORDER BY valid_from) AS previous_price
  FROM price_history
),
kept AS (
  SELECT * FROM changes WHERE NOT (price <=> previous_price)
)
SELECT
  sku,
  price,
  valid_from,
  lead(valid_from) OVER (PARTITION BY sku ORDER BY valid_from) AS valid_to,
  lead(valid_from) OVER (PARTITION BY sku ORDER BY valid_from) IS NULL AS is_current,
  row_number() OVER (PARTITION BY sku ORDER BY valid_from) AS version
FROM kept

-- # currency_conversion
WITH rates AS (
  SELECT day, base, rate FROM fx_rates WHERE quote = 'EUR'
  UNION ALL
  SELECT DISTINCT day, 'EUR' AS base, CAST(1 AS DECIMAL(18,8)) AS rate FROM fx_rates
)
SELECT
  p.payment_id,
  p.currency,
  p.amount,
  r.rate,
  CAST(p.amount * r.rate AS DECIMAL(18,2)) AS amount_eur,
  p.amount * r.rate AS unrounded,
  r.rate IS NULL AS missing_rate
FROM payments AS p
LEFT JOIN rates AS r ON r.day = date(p.paid_at) AND r.base = p.currency

-- # rates_filled_forward
WITH days AS (
  SELECT explode(sequence(DATE '2024-01-01', DATE '2024-12-31', INTERVAL 1 DAY)) AS day
),
pairs AS (
  SELECT DISTINCT base, quote FROM fx_rates
),
grid AS (
  SELECT d.day, p.base, p.quote, f.rate
  FROM days d
  CROSS JOIN pairs p
  LEFT JOIN fx_rates f ON f.day = d.day AND f.base = p.base AND f.quote = p.quote
)
SELECT
  day,
  base,
  quote,
  last(rate, true) OVER (PARTITION BY base, quote ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS rate,
  rate IS NULL AS filled
FROM grid

-- # daily_merchant_stats
SELECT
  merchant_id,
  date_trunc('DAY', paid_at) AS day,
  count(*) AS payments,
  count(DISTINCT card_id) AS cards,
  sum(amount) AS volume,
  avg(amount) AS mean_amount,
  stddev_samp(amount) AS sd_amount,
  percentile_approx(amount, array(0.5, 0.95)) AS quantiles,
  count_if(is_fraud) / count(*) AS fraud_rate,
  sum(amount) FILTER (WHERE currency = 'EUR') AS volume_eur,
  max_by(card_id, amount) AS biggest_card
FROM payments
WHERE merchant_id IS NOT NULL
GROUP BY merchant_id, date_trunc('DAY', paid_at)
HAVING count(*) >= 10

-- # fraud_training_set
WITH labelled AS (
  SELECT payment_id, card_id, paid_at, amount, CAST(coalesce(is_fraud, false) AS INT) AS label
  FROM payments
  WHERE paid_at < current_timestamp() - INTERVAL 30 DAYS
),
history AS (
  SELECT
    l.payment_id,
    count(h.payment_id) AS n_30d,
    coalesce(sum(h.amount), 0) AS spend_30d,
    max(h.amount) AS max_30d,
    count_if(h.is_fraud) AS frauds_30d
  FROM labelled l
  LEFT JOIN payments h
    ON h.card_id = l.card_id
    AND h.paid_at < l.paid_at
    AND h.paid_at >= l.paid_at - INTERVAL 30 DAYS
  GROUP BY l.payment_id
)
SELECT
  l.payment_id,
  l.label,
  l.amount,
  h.n_30d,
  h.spend_30d,
  h.max_30d,
  h.frauds_30d,
  log1p(l.amount) AS log_amount,
  l.amount / nullif(h.spend_30d / nullif(h.n_30d, 0), 0) AS ratio,
  hour(l.paid_at) AS hour_of_day,
  dayofweek(l.paid_at) IN (1, 7) AS is_weekend
FROM labelled l
JOIN history h USING (payment_id)

-- # class_weights
SELECT
  label,
  count(*) AS n,
  count(*) / sum(count(*)) OVER () AS share,
  sum(count(*)) OVER () / (2 * count(*)) AS weight
FROM (SELECT CAST(coalesce(is_fraud, false) AS INT) AS label FROM payments)
GROUP BY label

-- # device_fingerprint
SELECT
  payment_id,
  lower(coalesce(device.os, 'unknown')) AS os,
  split_part(device.version, '.', 1) AS major,
  try_cast(split_part(device.version, '.', 1) AS INT) AS major_number,
  device.screen.w * device.screen.h AS pixels,
  CASE WHEN device.screen.w >= device.screen.h THEN 'landscape' WHEN device.screen.w IS NOT NULL THEN 'portrait' END AS orientation,
  sha2(concat_ws('|', device.os, device.version, string(device.screen.w)), 256) AS fingerprint,
  map_filter(attributes, (k, v) -> v IS NOT NULL AND k LIKE 'device%') AS device_attributes,
  array_contains(tags, 'vpn') AS vpn,
  size(coalesce(tags, array())) AS n_tags
FROM payments

-- # settlement_lag
WITH lags AS (
  SELECT
    merchant_id,
    settled_at - paid_at AS lag,
    timestampdiff(HOUR, paid_at, settled_at) AS lag_hours,
    datediff(settled_at, paid_at) AS lag_days
  FROM payments
)
SELECT
  m.name,
  avg(l.lag) AS mean_lag,
  max(l.lag) AS max_lag,
  avg(l.lag_hours) AS mean_hours,
  percentile(l.lag_days, 0.9) AS p90_days,
  count(*) - count(l.lag) AS unsettled,
  extract(DAY FROM max(l.lag)) AS worst_days
FROM merchants m
LEFT JOIN lags l ON l.merchant_id = m.merchant_id
GROUP BY m.merchant_id, m.name

-- # cohort_retention
WITH firsts AS (
  SELECT customer_id, trunc(min(paid_at), 'MM') AS cohort
  FROM payments
  WHERE customer_id IS NOT NULL
  GROUP BY customer_id
),
activity AS (
  SELECT DISTINCT p.customer_id, f.cohort, int(months_between(trunc(p.paid_at, 'MM'), f.cohort)) AS month_no
  FROM payments p
  JOIN firsts f ON f.customer_id = p.customer_id
)
SELECT
  cohort,
  month_no,
  count(*) AS active,
  first_value(count(*)) OVER (PARTITION BY cohort ORDER BY month_no) AS cohort_size,
  count(*) / first_value(count(*)) OVER (PARTITION BY cohort ORDER BY month_no) AS retention
FROM activity
GROUP BY cohort, month_no
ORDER BY cohort, month_no

-- # pivoted_status_features
SELECT
  card_id,
  coalesce(ok_n, 0) AS ok_count,
  coalesce(failed_n, 0) AS failed_count,
  ok_total,
  failed_total,
  failed_n / nullif(ok_n + failed_n, 0) AS failure_rate
FROM (SELECT card_id, status, amount FROM payments)
PIVOT (
  count(*) AS n, sum(amount) AS total
  FOR status IN ('ok' AS ok, 'failed' AS failed)
)

-- # amount_outliers
WITH stats AS (
  SELECT
    merchant_id,
    percentile(amount, 0.25) AS q1,
    percentile(amount, 0.75) AS q3,
    median(amount) AS mid
  FROM payments
  GROUP BY merchant_id
)
SELECT
  p.payment_id,
  p.amount,
  s.mid,
  s.q3 - s.q1 AS iqr,
  p.amount > s.q3 + 1.5 * (s.q3 - s.q1) AS high_outlier,
  p.amount < s.q1 - 1.5 * (s.q3 - s.q1) AS low_outlier,
  abs(p.amount - s.mid) / nullif(s.q3 - s.q1, 0) AS distance
FROM payments p
LEFT JOIN stats s ON s.merchant_id <=> p.merchant_id

-- # target_encoding
SELECT
  p.payment_id,
  m.category,
  (sum(CAST(p.is_fraud AS INT)) OVER cat - coalesce(CAST(p.is_fraud AS INT), 0) + 0.01 * 20) / (count(p.is_fraud) OVER cat - 1 + 20) AS category_te,
  avg(if(p.is_fraud, 1.0, 0.0)) OVER () AS prior
FROM payments p
JOIN merchants m USING (merchant_id)
WINDOW cat AS (PARTITION BY m.category)

-- # train_test_split
SELECT
  *,
  CASE
    WHEN pmod(xxhash64(card_id), 100) < 70 THEN 'train'
    WHEN pmod(xxhash64(card_id), 100) < 85 THEN 'valid'
    ELSE 'test'
  END AS split,
  pmod(hash(card_id, payment_id), 5) AS fold
FROM payments

-- # monitoring_counts
SELECT 'payments' AS dataset, count(*) AS rows, count(settled_at) AS settled, sum(CASE WHEN currency IS NULL THEN 1 ELSE 0 END) AS no_currency, max(paid_at) AS newest FROM payments
UNION ALL
SELECT 'customers', count(*), NULL, sum(if(email IS NULL, 1, 0)), max(created_at) FROM customers
UNION ALL
SELECT 'events', count(*), count_if(duration_ms > 0), 0, max(event_time) FROM events

-- # quality_checks
SELECT
  count(*) AS total,
  count_if(amount <= 0) AS non_positive,
  count_if(currency NOT IN ('EUR', 'USD', 'GBP')) AS odd_currency,
  count_if(settled_at < paid_at) AS settled_before,
  count(*) - count(DISTINCT payment_id) AS duplicates,
  count_if(currency NOT RLIKE '^[A-Z]{3}$') / count(*) AS bad_share,
  min(paid_at) > TIMESTAMP '2020-01-01 00:00:00' AS plausible,
  approx_count_distinct(card_id) AS cards,
  every(amount < 1000000) AS bounded
FROM payments

-- # psi_drift
WITH edges AS (
  SELECT percentile_approx(amount, array(0.2, 0.4, 0.6, 0.8)) AS cuts FROM payments
),
bucketed AS (
  SELECT
    paid_at >= date_sub(current_date(), 7) AS recent,
    aggregate(e.cuts, 0, (acc, c) -> acc + if(p.amount > c, 1, 0)) AS bucket
  FROM payments p CROSS JOIN edges e
),
shares AS (
  SELECT
    bucket,
    count_if(recent) / sum(count_if(recent)) OVER () AS actual,
    count_if(NOT recent) / sum(count_if(NOT recent)) OVER () AS expected
  FROM bucketed
  GROUP BY bucket
)
SELECT sum((actual - expected) * ln(actual / expected)) AS psi, max(abs(actual - expected)) AS worst FROM shares

-- # tile_aggregates
SELECT
  card_id,
  window(paid_at, '1 hour').start AS tile_start,
  count(*) AS n,
  sum(amount) AS total,
  min(amount) AS lowest,
  max(amount) AS highest,
  sum(amount * amount) AS squares,
  collect_set(merchant_id) AS merchants,
  max(struct(paid_at, amount)) AS last_row
FROM payments
GROUP BY card_id, window(paid_at, '1 hour')

-- # masked_export
SELECT
  sha2(concat('pepper', string(c.customer_id)), 256) AS customer_key,
  concat(left(c.email, 1), '***@', split_part(c.email, '@', 2)) AS email_masked,
  mask(c.full_name) AS name_masked,
  year(c.birth_date) - pmod(year(c.birth_date), 10) AS decade,
  width_bucket(c.lifetime_value, 0, 10000, 10) AS ltv_bucket,
  date_trunc('MONTH', c.created_at) AS joined_month,
  named_struct('city', c.address.city, 'lat', round(c.address.geo.lat, 1), 'lon', round(c.address.geo.lon, 1)) AS area
FROM customers c
WHERE c.marketing_opt_in

-- # graph_edges
WITH shared AS (
  SELECT l.card_id AS src, r.card_id AS dst, count(DISTINCT l.merchant_id) AS merchants
  FROM payments l
  JOIN payments r ON l.merchant_id = r.merchant_id AND l.card_id < r.card_id AND abs(timestampdiff(MINUTE, l.paid_at, r.paid_at)) < 10
  GROUP BY l.card_id, r.card_id
)
SELECT src, dst, merchants, dense_rank() OVER (PARTITION BY src ORDER BY merchants DESC) AS closeness FROM shared WHERE merchants > 2
