-- # card_velocity_many_windows
SELECT
  payment_id,
  card_id,
  paid_at,
  amount,
  count(*) OVER last_hour AS n_1h,
  sum(amount) OVER last_hour AS spend_1h,
  count(*) OVER last_day AS n_24h,
  sum(amount) OVER last_day AS spend_24h,
  avg(amount) OVER last_month AS mean_30d,
  stddev_samp(CAST(amount AS DOUBLE)) OVER last_month AS sd_30d,
  (amount - avg(amount) OVER last_month) / nullif(stddev_pop(amount) OVER last_month, 0) AS z_30d,
  max(amount) OVER last_month AS max_30d,
  size(collect_set(merchant_id) OVER last_day) AS merchants_24h,
  count_if(status = 'declined') OVER last_day AS declines_24h,
  bool_or(is_fraud) OVER (PARTITION BY card_id ORDER BY paid_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ever_fraud,
  paid_at - lag(paid_at) OVER ordered AS since_last,
  extract(EPOCH FROM paid_at - lag(paid_at) OVER ordered) AS since_last_s
FROM payments
WINDOW
  ordered AS (PARTITION BY card_id ORDER BY paid_at),
  last_hour AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW),
  last_day AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW),
  last_month AS (PARTITION BY card_id ORDER BY paid_at RANGE BETWEEN INTERVAL 30 DAYS PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING)

-- # text_features_titles
WITH words AS (
  SELECT sku, title, lower(regexp_replace(title, '[^\\p{L}0-9 ]', ' ')) AS clean
  FROM products
),
tokens AS (
  SELECT sku, title, filter(split(clean, '\\s+'), t -> length(t) > 2) AS toks FROM words
)
SELECT
  sku,
  char_length(title) AS n_chars,
  size(toks) AS n_tokens,
  size(array_distinct(toks)) / nullif(size(toks), 0) AS type_token_ratio,
  aggregate(transform(toks, t -> length(t)), 0, (a, b) -> a + b) / nullif(size(toks), 0) AS mean_len,
  regexp_count(title, '[A-Z]') AS n_upper,
  regexp_extract(title, '(\\d+(?:\\.\\d+)?)\\s*(kg|g|ml|l)\\b', 2) AS unit,
  try_cast(regexp_extract(title, '(\\d+(?:\\.\\d+)?)\\s*(?:kg|g|ml|l)\\b', 1) AS DECIMAL(10,3)) AS amount,
  regexp_extract_all(title, '#(\\w+)', 1) AS hashtags,
  transform(sequence(0, greatest(size(toks) - 2, 0)), i -> concat_ws(' ', slice(toks, i + 1, 2))) AS bigrams,
  soundex(element_at(toks, 1)) AS first_sound,
  levenshtein(title, coalesce(element_at(category_path, -1), '')) AS dist_to_category,
  title ILIKE ANY ('%new%', '%sale%') AS is_promo,
  title RLIKE '(?i)refurb' AS is_refurb,
  initcap(array_join(slice(toks, 1, 3), ' ')) AS short_title,
  translate(title, 'äöü', 'aou') AS ascii_title,
  conv(substr(md5(title), 1, 8), 16, 10) AS md5_bucket,
  pmod(hash(title), 64) AS bucket64,
  reverse(title) = title AS palindrome,
  overlay(title PLACING '***' FROM 1 FOR 3) AS masked
FROM tokens

-- # product_text_features_joined
SELECT
  p.sku,
  transform_values(word_counts(p), (k, v) -> v / 10) AS tf
FROM products p

-- # merchant_daily_grid_with_rolling
WITH days AS (
  SELECT explode(sequence(DATE '2026-01-01', DATE '2026-03-31', INTERVAL 1 DAY)) AS day
),
grid AS (SELECT m.merchant_id, m.category, d.day FROM merchants m CROSS JOIN days d WHERE d.day >= m.opened_on),
daily AS (
  SELECT merchant_id, to_date(paid_at) AS day, sum(amount) AS gmv, count(*) AS n, approx_count_distinct(card_id, 0.02) AS cards
  FROM payments
  WHERE status = 'settled'
  GROUP BY merchant_id, to_date(paid_at)
)
SELECT
  g.merchant_id,
  g.day,
  dayofweek(g.day) IN (1, 7) AS weekend,
  weekday(g.day) AS weekday,
  coalesce(d.gmv, 0) AS gmv,
  ifnull(d.n, 0L) AS n,
  nvl2(d.cards, d.cards, 0) AS cards,
  sum(coalesce(d.gmv, 0)) OVER w7 AS gmv_7d,
  avg(coalesce(d.n, 0)) OVER w7 AS n_7d,
  sum(coalesce(d.gmv, 0)) OVER w28 / 4 AS gmv_weekly_28d,
  coalesce(d.gmv, 0) - lag(coalesce(d.gmv, 0), 7, 0) OVER (PARTITION BY g.merchant_id ORDER BY g.day) AS vs_last_week,
  last_value(d.gmv, true) OVER (PARTITION BY g.merchant_id ORDER BY g.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS gmv_filled,
  sum(d.gmv) OVER (PARTITION BY g.category, g.day) AS category_gmv,
  ratio_to_total AS share
FROM grid g
LEFT JOIN daily d ON d.merchant_id = g.merchant_id AND d.day = g.day
LEFT JOIN LATERAL (SELECT coalesce(d.gmv, 0) / nullif(sum(x.gmv), 0) AS ratio_to_total FROM daily x WHERE x.day = g.day) ON true
WINDOW
  w7 AS (PARTITION BY g.merchant_id ORDER BY g.day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW),
  w28 AS (PARTITION BY g.merchant_id ORDER BY g.day ROWS BETWEEN 27 PRECEDING AND CURRENT ROW)

-- # quality_report_union
WITH checks AS (
  SELECT 'payments' AS tbl, 'amount_positive' AS rule, count_if(amount <= 0) AS bad, count(*) AS n FROM payments
  UNION ALL
  SELECT 'payments', 'known_currency', count_if(currency NOT IN ('EUR', 'USD', 'GBP') OR currency IS NULL), count(*) FROM payments
  UNION ALL
  SELECT 'payments', 'orphan_merchant', count(*), (SELECT count(*) FROM payments)
  FROM payments p LEFT ANTI JOIN merchants m ON m.merchant_id = p.merchant_id
  UNION ALL
  SELECT 'orders', 'total_matches', count_if(abs(total - aggregate(items, CAST(0 AS DECIMAL(20,2)), (a, i) -> CAST(a + i.qty * i.price AS DECIMAL(20,2)))) > 0.01), count(*)
  FROM orders
)
SELECT
  tbl,
  rule,
  bad,
  n,
  bad / nullif(n, 0) AS rate,
  format_number(100 * bad / nullif(n, 0), 2) AS pct,
  printf('%s.%s: %d of %d', tbl, rule, bad, n) AS message,
  bad = 0 AS passed
FROM checks
QUALIFY row_number() OVER (PARTITION BY tbl ORDER BY bad DESC) <= 10

-- # anomaly_mad
WITH med AS (
  SELECT merchant_id, median(amount) AS med FROM payments GROUP BY merchant_id
),
dev AS (
  SELECT p.merchant_id, p.payment_id, p.amount, m.med, abs(p.amount - m.med) AS dev
  FROM payments p JOIN med m ON m.merchant_id <=> p.merchant_id
),
mad AS (SELECT merchant_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY dev) AS mad FROM dev GROUP BY merchant_id)
SELECT
  d.payment_id,
  d.amount,
  0.6745 * (d.amount - d.med) / nullif(x.mad, 0) AS robust_z,
  coalesce(abs(0.6745 * (d.amount - d.med) / nullif(x.mad, 0)) > 3.5, false) AS is_outlier,
  bucketed
FROM dev d
NATURAL JOIN mad x
CROSS JOIN LATERAL (SELECT width_bucket(CAST(d.amount AS DOUBLE), array(0D, 10D, 100D, 1000D)) AS bucketed)
