-- # point_in_time_features
WITH spine AS (
  SELECT o.order_id, o.user_id, o.order_date AS as_of
  FROM orders o
  WHERE o.order_date >= DATE '2024-01-01'
),
spend AS (
  SELECT
    s.order_id,
    sum(h.total) AS spend_90d,
    count(h.order_id) AS orders_90d,
    max(h.order_date) AS last_order_date
  FROM spine s
  LEFT JOIN orders h
    ON h.user_id = s.user_id
    AND h.order_date < s.as_of
    AND h.order_date >= date_sub(s.as_of, 90)
  GROUP BY s.order_id
),
clicks AS (
  SELECT s.order_id, count_if(e.event_type = 'click') AS clicks_7d, max(e.duration_ms) AS longest_ms
  FROM spine s
  LEFT JOIN events e
    ON e.user_id = s.user_id
    AND e.event_time < s.as_of
    AND e.event_time >= s.as_of - INTERVAL 7 DAYS
  GROUP BY s.order_id
)
SELECT
  s.*,
  coalesce(p.spend_90d, 0) AS spend_90d,
  p.orders_90d,
  datediff(s.as_of, p.last_order_date) AS days_since_order,
  c.clicks_7d,
  c.longest_ms / 1000.0 AS longest_s
FROM spine s
JOIN spend p USING (order_id)
LEFT JOIN clicks c USING (order_id)

-- # label_with_horizon
WITH snapshot AS (
  SELECT explode(sequence(DATE '2024-01-01', DATE '2024-06-01', INTERVAL 1 MONTH)) AS as_of
)
SELECT
  c.customer_id,
  s.as_of,
  max(CASE WHEN p.paid_at >= s.as_of AND p.paid_at < s.as_of + INTERVAL 30 DAYS THEN 1 ELSE 0 END) AS paid_within_30d,
  sum(p.amount) FILTER (WHERE p.paid_at < s.as_of) AS history_spend,
  count(p.payment_id) FILTER (WHERE p.paid_at < s.as_of) AS history_n,
  s.as_of + INTERVAL 30 DAYS AS known_after
FROM customers c
CROSS JOIN snapshot s
LEFT JOIN payments p ON p.customer_id = c.customer_id
WHERE c.created_at < s.as_of
GROUP BY c.customer_id, s.as_of

-- # decayed_counts
SELECT
  p.card_id,
  sum(exp(-ln(2) * (unix_timestamp(current_timestamp()) - unix_timestamp(p.paid_at)) / 86400)) AS decayed_n,
  sum(p.amount * exp(-ln(2) * datediff(current_date(), date(p.paid_at)) / 7)) AS decayed_spend,
  sum(p.amount * pow(0.5, datediff(current_date(), date(p.paid_at)))) / nullif(sum(pow(0.5, datediff(current_date(), date(p.paid_at)))), 0) AS weighted_mean
FROM payments p
GROUP BY p.card_id

-- # normalised_vectors
WITH vectors AS (
  SELECT sensor_id, read_at, transform(readings, r -> coalesce(r, 0D)) AS v FROM sensors
),
norms AS (
  SELECT *, sqrt(aggregate(v, 0D, (acc, x) -> acc + x * x)) AS norm FROM vectors
)
SELECT
  l.sensor_id,
  r.sensor_id AS other_id,
  aggregate(zip_with(l.v, r.v, (x, y) -> x * y), 0D, (acc, x) -> acc + x) / nullif(l.norm * r.norm, 0) AS cosine,
  transform(l.v, x -> x / l.norm) AS unit,
  sqrt(aggregate(zip_with(l.v, r.v, (x, y) -> pow(x - y, 2)), 0D, (acc, x) -> acc + x)) AS distance
FROM norms l
JOIN norms r ON l.read_at = r.read_at AND l.sensor_id < r.sensor_id

-- # bucketised_features
SELECT
  customer_id,
  CASE
    WHEN birth_date IS NULL THEN 'unknown'
    WHEN months_between(current_date(), birth_date) < 18 * 12 THEN 'minor'
    WHEN months_between(current_date(), birth_date) < 65 * 12 THEN 'adult'
    ELSE 'senior'
  END AS age_band,
  width_bucket(coalesce(lifetime_value, 0), 0, 1000, 20) AS ltv_bucket,
  array_position(array('DE', 'FR', 'IT'), country) AS country_index,
  int(country = 'DE') AS is_de,
  int(country = 'FR') AS is_fr,
  pmod(hash(email), 1024) AS email_bucket,
  least(greatest(coalesce(lifetime_value, 0D), 0D), 10000D) AS ltv_clipped,
  ntile(100) OVER (ORDER BY lifetime_value) AS ltv_percentile,
  percent_rank() OVER (PARTITION BY country ORDER BY lifetime_value) AS ltv_rank
FROM customers

-- # gap_filled_series
WITH bounds AS (
  SELECT sku, min(date(valid_from)) AS first_day, max(coalesce(date(valid_to), current_date())) AS last_day
  FROM price_history
  GROUP BY sku
),
days AS (
  SELECT sku, explode(sequence(first_day, last_day, INTERVAL 1 DAY)) AS day FROM bounds
),
daily AS (
  SELECT d.sku, d.day, max_by(h.price, h.valid_from) AS price
  FROM days d
  LEFT JOIN price_history h ON h.sku = d.sku AND date(h.valid_from) = d.day
  GROUP BY d.sku, d.day
)
SELECT
  sku,
  day,
  last_value(price, true) OVER (PARTITION BY sku ORDER BY day) AS price,
  lag(day) OVER (PARTITION BY sku ORDER BY day) AS previous_day,
  dayofweek(day) AS dow,
  price IS NOT NULL AS changed,
  avg(price) OVER (PARTITION BY sku ORDER BY day RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW) AS mean_7d
FROM daily

-- # nested_export
SELECT
  c.customer_id,
  named_struct(
    'name', c.full_name,
    'contact', named_struct('email', c.email, 'opt_in', c.marketing_opt_in),
    'place', c.address.geo
  ) AS profile,
  collect_list(named_struct('id', p.payment_id, 'at', p.paid_at, 'amount', p.amount)) AS payments,
  map_from_entries(collect_list(struct(p.status, p.amount))) AS by_status,
  transform(array_sort(collect_list(struct(p.paid_at, p.merchant_id)), (l, r) -> CASE WHEN l.paid_at < r.paid_at THEN 1 WHEN l.paid_at > r.paid_at THEN -1 ELSE 0 END), x -> x.merchant_id) AS recent_merchants,
  to_json(struct(c.customer_id, c.country, max(p.paid_at) AS latest)) AS json
FROM customers c
JOIN payments p ON p.customer_id = c.customer_id
GROUP BY c.customer_id, c.full_name, c.email, c.marketing_opt_in, c.address, c.country

-- # reconciliation
SELECT
  coalesce(p.day, o.day) AS day,
  p.n AS payments,
  o.n AS orders,
  coalesce(p.total, 0) - coalesce(o.total, 0) AS difference,
  p.day IS NULL OR o.day IS NULL AS one_sided,
  CASE WHEN p.total <=> o.total THEN 'equal' WHEN p.total > o.total THEN 'more paid' WHEN p.total < o.total THEN 'more ordered' ELSE 'missing' END AS verdict
FROM (SELECT date(paid_at) AS day, count(*) AS n, sum(amount) AS total FROM payments GROUP BY date(paid_at)) p
FULL OUTER JOIN (SELECT order_date AS day, count(*) AS n, sum(total) AS total FROM orders GROUP BY order_date) o
  ON p.day = o.day

-- # candidates
WITH bought AS (
  SELECT DISTINCT o.user_id, i.sku FROM orders o, LATERAL inline(o.items) AS i(sku, qty, price)
),
popular AS (
  SELECT sku, count(*) AS buyers, rank() OVER (ORDER BY count(*) DESC) AS place FROM bought GROUP BY sku
),
candidates AS (
  SELECT u.user_id, p.sku, p.place
  FROM (SELECT DISTINCT user_id FROM bought) u
  CROSS JOIN popular p
  LEFT ANTI JOIN bought b ON b.user_id = u.user_id AND b.sku = p.sku
  WHERE p.place <= 100
)
SELECT
  c.user_id,
  c.sku,
  pr.title,
  pr.category_path[0] AS category,
  1.0 / c.place AS prior,
  row_number() OVER (PARTITION BY c.user_id ORDER BY c.place, c.sku) AS slot
FROM candidates c
LEFT JOIN products pr USING (sku)

-- # slowly_changing_join
SELECT
  p.payment_id,
  p.paid_at,
  v.price AS price_at_payment,
  v.valid_from,
  nvl(v.valid_to, TIMESTAMP '9999-12-31 00:00:00') AS valid_until,
  first_value(v.price) OVER (PARTITION BY v.sku ORDER BY v.valid_from) AS first_price,
  v.price / lag(v.price) OVER (PARTITION BY v.sku ORDER BY p.paid_at) - 1 AS change
FROM payments p
LEFT JOIN price_history v
  ON v.sku = element_at(p.attributes, 'sku')
  AND p.paid_at BETWEEN v.valid_from AND coalesce(v.valid_to, current_timestamp())

-- # alerts
WITH RECURSIVE thresholds AS (
  SELECT 1 AS level, CAST(100 AS DECIMAL(12,2)) AS low
  UNION ALL
  SELECT level + 1, CAST(low * 10 AS DECIMAL(12,2)) FROM thresholds WHERE level < 4
)
SELECT t.level, t.low, count(p.payment_id) AS n, count(DISTINCT p.card_id) AS cards, listagg(DISTINCT p.status, ', ') AS statuses
FROM thresholds t
LEFT JOIN payments p ON p.amount >= t.low
GROUP BY t.level, t.low

-- # regional_hierarchy
SELECT
  coalesce(m.country, '(all)') AS country,
  coalesce(m.category, '(all)') AS category,
  grouping_id(m.country, m.category) AS gid,
  sum(p.amount) AS volume,
  sum(p.amount) / sum(sum(p.amount)) OVER (PARTITION BY grouping_id(m.country, m.category)) AS share,
  rank() OVER (PARTITION BY grouping_id(m.country, m.category) ORDER BY sum(p.amount) DESC) AS place
FROM payments p
JOIN merchants m USING (merchant_id)
GROUP BY GROUPING SETS ((m.country, m.category), (m.country), ())
