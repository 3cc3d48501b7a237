-- # sessionisation
WITH ordered AS (
  SELECT
    user_id,
    event_id,
    event_time,
    event_type,
    lag(event_time) OVER (PARTITION BY user_id ORDER BY event_time) AS previous
  FROM events
),
flagged AS (
  SELECT
    *,
    CASE WHEN previous IS NULL OR event_time - previous > INTERVAL 30 MINUTES THEN 1 ELSE 0 END AS starts
  FROM ordered
),
numbered AS (
  SELECT *, sum(starts) OVER (PARTITION BY user_id ORDER BY event_time) AS session_no FROM flagged
)
SELECT
  user_id,
  session_no,
  concat(user_id, '-', session_no) AS session_id,
  min(event_time) AS started_at,
  max(event_time) AS ended_at,
  max(event_time) - min(event_time) AS length,
  unix_timestamp(max(event_time)) - unix_timestamp(min(event_time)) AS seconds,
  count(*) AS n_events,
  collect_list(event_type) AS path,
  count_if(event_type = 'purchase') > 0 AS converted
FROM numbered
GROUP BY user_id, session_no

-- # parsed_payload
SELECT
  event_id,
  parsed.order_id,
  parsed.items[0].sku AS first_sku,
  size(parsed.items) AS n_items,
  aggregate(parsed.items, 0D, (acc, i) -> acc + i.price * i.qty) AS basket,
  transform(parsed.items, i -> i.sku) AS skus,
  parsed.meta['source'] AS source,
  get_json_object(payload, '$.user.country') AS country,
  to_date(parsed.created) AS created_on,
  parsed.created > event_time AS clock_skew
FROM (
  SELECT
    *,
    from_json(payload, 'order_id BIGINT, created TIMESTAMP, items ARRAY<STRUCT<sku: STRING, qty: INT, price: DOUBLE>>, meta MAP<STRING, STRING>') AS parsed
  FROM events
)

-- # funnel
WITH steps AS (
  SELECT
    user_id,
    min(event_time) FILTER (WHERE event_type = 'view') AS viewed_at,
    min(event_time) FILTER (WHERE event_type = 'cart') AS carted_at,
    min(event_time) FILTER (WHERE event_type = 'purchase') AS bought_at
  FROM events
  GROUP BY user_id
)
SELECT
  count(viewed_at) AS viewed,
  count_if(carted_at > viewed_at) AS carted,
  count_if(bought_at > carted_at AND carted_at > viewed_at) AS bought,
  count_if(carted_at > viewed_at) / count(viewed_at) AS view_to_cart,
  avg(bought_at - viewed_at) AS mean_time,
  percentile_approx(timestampdiff(MINUTE, viewed_at, bought_at), 0.5) AS median_minutes
FROM steps

-- # last_touch_attribution
WITH touches AS (
  SELECT user_id, event_time, coalesce(parse_url(url, 'QUERY', 'utm_source'), parse_url(referrer, 'HOST'), 'direct') AS channel
  FROM events
  WHERE event_type = 'visit'
),
purchases AS (
  SELECT user_id, event_id, event_time, CAST(get_json_object(payload, '$.total') AS DECIMAL(12,2)) AS total
  FROM events
  WHERE event_type = 'purchase'
),
joined AS (
  SELECT
    p.event_id,
    p.total,
    t.channel,
    row_number() OVER (PARTITION BY p.event_id ORDER BY t.event_time DESC) AS nth
  FROM purchases p
  LEFT JOIN touches t
    ON t.user_id = p.user_id
    AND t.event_time <= p.event_time
    AND t.event_time > p.event_time - INTERVAL 7 DAYS
)
SELECT coalesce(channel, 'none') AS channel, count(*) AS conversions, sum(total) AS revenue, round(avg(total), 2) AS mean_order
FROM joined
WHERE nth = 1
GROUP BY coalesce(channel, 'none')

-- # linear_attribution
SELECT
  channel,
  sum(credit) AS credit,
  sum(credit * revenue) AS attributed
FROM (
  SELECT
    e.user_id,
    t.channel,
    1 / size(e.channels) AS credit,
    e.revenue
  FROM (
    SELECT user_id, collect_list(coalesce(referrer, 'direct')) AS channels, sum(try_cast(get_json_object(payload, '$.total') AS DOUBLE)) AS revenue
    FROM events
    GROUP BY user_id
  ) e
  LATERAL VIEW explode(e.channels) t AS channel
)
GROUP BY channel

-- # experiment_results
WITH exposed AS (
  SELECT user_id, max(experiment['checkout']) AS variant, min(event_time) AS exposed_at
  FROM events
  WHERE map_contains_key(experiment, 'checkout')
  GROUP BY user_id
),
outcomes AS (
  SELECT x.user_id, x.variant, count_if(e.event_type = 'purchase') AS purchases
  FROM exposed x
  LEFT JOIN events e ON e.user_id = x.user_id AND e.event_time >= x.exposed_at
  GROUP BY x.user_id, x.variant
)
SELECT
  variant,
  count(*) AS users,
  avg(if(purchases > 0, 1, 0)) AS conversion,
  stddev_pop(if(purchases > 0, 1, 0)) / sqrt(count(*)) AS standard_error,
  avg(purchases) AS purchases_per_user,
  var_samp(purchases) AS variance
FROM outcomes
GROUP BY variant

-- # url_features
SELECT
  event_id,
  lower(parse_url(url, 'HOST')) AS host,
  regexp_replace(lower(parse_url(url, 'HOST')), '^www\\.', '') AS domain,
  element_at(split(parse_url(url, 'HOST'), '\\.'), -1) AS tld,
  size(split(coalesce(parse_url(url, 'PATH'), ''), '/')) - 1 AS depth,
  parse_url(url, 'QUERY') IS NOT NULL AS has_query,
  str_to_map(parse_url(url, 'QUERY'), '&', '=') AS query,
  str_to_map(parse_url(url, 'QUERY'), '&', '=')['utm_campaign'] AS campaign,
  regexp_count(url, '[0-9]') / nullif(length(url), 0) AS digit_share,
  url LIKE 'https://%' AS secure
FROM events

-- # hourly_activity_grid
WITH hours AS (
  SELECT explode(sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-07 23:00:00', INTERVAL 1 HOUR)) AS hour_start
),
users AS (
  SELECT DISTINCT user_id FROM events
),
counts AS (
  SELECT user_id, date_trunc('HOUR', event_time) AS hour_start, count(*) AS n, sum(duration_ms) AS ms
  FROM events
  GROUP BY ALL
)
SELECT
  u.user_id,
  h.hour_start,
  coalesce(c.n, 0) AS n,
  coalesce(c.ms, 0) / 1000 AS seconds,
  sum(coalesce(c.n, 0)) OVER (PARTITION BY u.user_id ORDER BY h.hour_start ROWS BETWEEN 23 PRECEDING AND CURRENT ROW) AS n_24h
FROM users u
CROSS JOIN hours h
LEFT JOIN counts c ON c.user_id = u.user_id AND c.hour_start = h.hour_start

-- # next_event_matrix
WITH pairs AS (
  SELECT event_type AS from_type, lead(event_type) OVER (PARTITION BY user_id ORDER BY event_time) AS to_type
  FROM events
)
SELECT
  from_type,
  coalesce(to_type, '(end)') AS to_type,
  count(*) AS n,
  count(*) / sum(count(*)) OVER (PARTITION BY from_type) AS probability
FROM pairs
GROUP BY from_type, coalesce(to_type, '(end)')

-- # streaks
WITH days AS (
  SELECT DISTINCT user_id, date(event_time) AS day FROM events
),
grouped AS (
  SELECT user_id, day, date_sub(day, int(row_number() OVER (PARTITION BY user_id ORDER BY day))) AS island FROM days
)
SELECT user_id, island, min(day) AS first_day, max(day) AS last_day, count(*) AS streak, max(count(*)) OVER (PARTITION BY user_id) AS best
FROM grouped
GROUP BY user_id, island

-- # item_co_occurrence
WITH baskets AS (
  SELECT order_id, array_sort(array_distinct(transform(items, i -> i.sku))) AS skus FROM orders
),
lines AS (
  SELECT order_id, sku FROM baskets LATERAL VIEW explode(skus) s AS sku
)
SELECT l.sku AS sku, r.sku AS other, count(*) AS together, count(*) / max(t.n) AS confidence
FROM lines l
JOIN lines r ON l.order_id = r.order_id AND l.sku <> r.sku
JOIN (SELECT sku, count(*) AS n FROM lines GROUP BY sku) t ON t.sku = l.sku
GROUP BY l.sku, r.sku
HAVING count(*) >= 5

-- # user_embeddings_input
SELECT
  user_id,
  array_agg(event_type) AS sequence,
  slice(array_sort(collect_list(struct(event_time, event_type))), -50, 50).event_type AS last_50,
  transform(slice(collect_list(duration_ms), 1, 10), d -> coalesce(d, 0) / 1000) AS durations,
  map_from_entries(collect_list(struct(event_id, event_time))) AS seen_at,
  array_join(collect_set(event_type), ' ') AS bag,
  size(collect_set(date(event_time))) AS active_days
FROM events
GROUP BY user_id

-- # tokenised_text
WITH tokens AS (
  SELECT sku, filter(split(lower(regexp_replace(title, '[^A-Za-z0-9 ]', ' ')), ' +'), t -> length(t) > 2) AS words
  FROM products
),
exploded AS (
  SELECT sku, pos, word FROM tokens LATERAL VIEW posexplode(words) t AS pos, word
),
tf AS (
  SELECT sku, word, count(*) AS n, min(pos) AS first_pos FROM exploded GROUP BY sku, word
),
df AS (
  SELECT word, count(DISTINCT sku) AS docs FROM exploded GROUP BY word
)
SELECT tf.sku, tf.word, tf.n * ln((SELECT count(*) FROM products) / df.docs) AS tf_idf, tf.first_pos, soundex(tf.word) AS sound
FROM tf JOIN df ON tf.word = df.word

-- # product_attributes
SELECT
  p.sku,
  p.category_path[0] AS root,
  element_at(p.category_path, -1) AS leaf,
  size(p.category_path) AS depth,
  array_join(p.category_path, ' > ') AS breadcrumb,
  attr.key AS attribute,
  attr.value,
  p.price / nullif(p.weight_kg, 0) AS price_per_kg,
  p.price * 100 AS cents,
  map_keys(p.attributes) AS names,
  transform_values(p.attributes, (k, v) -> length(v)) AS lengths
FROM products p
LATERAL VIEW OUTER explode(p.attributes) attr AS key, value

-- # sensor_resampling
WITH buckets AS (
  SELECT
    sensor_id,
    window(read_at, '5 minutes').start AS slot,
    avg(temperature) AS temperature,
    avg(humidity) AS humidity,
    max(array_max(readings)) AS peak,
    count(*) AS n
  FROM sensors
  WHERE status_code = 0
  GROUP BY sensor_id, window(read_at, '5 minutes')
)
SELECT
  sensor_id,
  slot,
  temperature,
  coalesce(humidity, last(humidity, true) OVER w) AS humidity_filled,
  temperature - lag(temperature, 12) OVER (PARTITION BY sensor_id ORDER BY slot) AS change_1h,
  avg(temperature) OVER (PARTITION BY sensor_id ORDER BY slot ROWS BETWEEN 11 PRECEDING AND CURRENT ROW) AS rolling,
  (temperature - avg(temperature) OVER (PARTITION BY sensor_id)) / stddev(temperature) OVER (PARTITION BY sensor_id) AS z,
  peak > 2 * avg(peak) OVER w AS spike
FROM buckets
WINDOW w AS (PARTITION BY sensor_id ORDER BY slot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

-- # array_statistics
SELECT
  sensor_id,
  size(readings) AS n,
  aggregate(readings, 0D, (a, x) -> a + x) / size(readings) AS mean,
  sqrt(aggregate(readings, 0D, (a, x) -> a + x * x) / size(readings) - pow(aggregate(readings, 0D, (a, x) -> a + x) / size(readings), 2)) AS sd,
  array_max(readings) - array_min(readings) AS span,
  element_at(sort_array(readings), int(size(readings) / 2) + 1) AS median,
  zip_with(slice(readings, 2, size(readings)), readings, (x, y) -> x - y) AS diffs,
  exists(readings, r -> isnan(r)) AS has_nan,
  transform(readings, (r, i) -> named_struct('i', i, 'r', round(r, 2))) AS indexed
FROM sensors

-- # org_rollup
WITH RECURSIVE tree AS (
  SELECT id, name, manager_id, 0 AS depth, CAST(name AS STRING) AS path
  FROM employees
  WHERE manager_id IS NULL
  UNION ALL
  SELECT e.id, e.name, e.manager_id, t.depth + 1, concat(t.path, '/', e.name)
  FROM employees e
  JOIN tree t ON e.manager_id = t.id
)
SELECT t.id, t.path, t.depth, e.salary, rank() OVER (PARTITION BY t.depth ORDER BY e.salary DESC) AS pay_rank, e.salary / avg(e.salary) OVER (PARTITION BY e.dept) AS vs_dept
FROM tree t JOIN employees e ON e.id = t.id

-- # sales_report
SELECT
  coalesce(region, 'all') AS region,
  CASE WHEN grouping(product) = 1 THEN 'all' ELSE product END AS product,
  year,
  sum(units) AS units,
  sum(revenue) AS revenue,
  sum(revenue) / sum(units) AS price,
  grouping_id() AS level
FROM sales
GROUP BY ROLLUP (region, product, year)
HAVING sum(revenue) > 0
ORDER BY level, region, product

-- # year_over_year
WITH yearly AS (
  SELECT product, year, sum(revenue) AS revenue, sum(units) AS units FROM sales GROUP BY product, year
)
SELECT
  cur.product,
  cur.year,
  cur.revenue,
  prev.revenue AS last_year,
  cur.revenue - prev.revenue AS growth,
  round(100 * (cur.revenue / nullif(prev.revenue, 0) - 1), 1) AS growth_pct,
  cur.units - coalesce(prev.units, 0) AS unit_growth
FROM yearly cur
LEFT JOIN yearly prev ON prev.product = cur.product AND prev.year = cur.year - 1

-- # order_features
SELECT
  o.user_id,
  count(*) AS orders_total,
  sum(o.total) AS revenue,
  sum(o.total * (1 - coalesce(o.discount, 0))) AS net,
  avg(size(o.items)) AS mean_items,
  max(o.order_date) AS last_order,
  datediff(max(o.order_date), min(o.order_date)) AS active_span,
  datediff(max(o.order_date), min(o.order_date)) / nullif(count(*) - 1, 0) AS mean_gap,
  count(DISTINCT o.channel) AS channels,
  mode(o.channel) AS favourite,
  array_distinct(flatten(collect_list(o.items.sku))) AS skus,
  count_if(o.shipped_at IS NULL) AS open_orders,
  avg(o.shipped_at - o.order_date) AS ship_time
FROM orders o
GROUP BY o.user_id

-- # unpivoted_metrics
WITH daily AS (
  SELECT order_date AS day, count(*) AS orders, sum(total) AS revenue, avg(discount) AS discount FROM orders GROUP BY order_date
)
SELECT day, metric, value, value - lag(value, 7) OVER (PARTITION BY metric ORDER BY day) AS vs_last_week
FROM daily
UNPIVOT (value FOR metric IN (orders AS order_count, revenue, discount))

-- # multi_hot
SELECT
  payment_id,
  transform(array('vip', 'vpn', 'new'), t -> int(array_contains(tags, t))) AS multi_hot,
  map_from_arrays(array('vip', 'vpn'), array(array_contains(tags, 'vip'), array_contains(tags, 'vpn'))) AS flags,
  filter(array('vip', 'vpn', 'new'), t -> NOT array_contains(coalesce(tags, array()), t)) AS missing,
  array_intersect(tags, array('vip', 'new')) AS known,
  array_position(array('EUR', 'USD', 'GBP'), currency) AS currency_index
FROM payments

-- # bot_detection
SELECT
  e.user_id,
  count(*) / nullif(timestampdiff(SECOND, min(e.event_time), max(e.event_time)), 0) AS events_per_second,
  stddev(e.duration_ms) AS jitter,
  approx_count_distinct(e.url) / count(*) AS url_variety,
  bool_or(e.referrer IS NULL) AS no_referrer,
  regr_slope(e.duration_ms, unix_millis(e.event_time)) AS trend,
  corr(e.duration_ms, length(e.url)) AS correlation,
  max(length(e.payload)) AS longest,
  kurtosis(e.duration_ms) AS tails,
  sum(CAST(e.event_type = 'click' AS INT)) AS clicks
FROM events e
GROUP BY e.user_id
HAVING count(*) > 10

-- # binary_payloads
SELECT
  event_id,
  decode(raw, 'UTF-8') AS text,
  length(raw) AS bytes,
  hex(substring(raw, 1, 4)) AS magic,
  base64(raw) AS encoded,
  md5(raw) AS digest,
  from_json(decode(raw, 'UTF-8'), 'id INT, ok BOOLEAN').ok AS ok,
  coalesce(raw, encode(payload, 'UTF-8')) AS content,
  crc32(raw) AS checksum
FROM events

-- # customer_360
WITH pay AS (
  SELECT customer_id, count(*) AS payments, sum(amount) AS spend, max(paid_at) AS last_payment, collect_set(currency) AS currencies
  FROM payments
  GROUP BY customer_id
),
ord AS (
  SELECT user_id, count(*) AS orders, sum(total) AS order_value, max(order_date) AS last_order FROM orders GROUP BY user_id
),
act AS (
  SELECT user_id, max(event_time) AS last_seen, count(DISTINCT date(event_time)) AS active_days FROM events GROUP BY user_id
)
SELECT
  c.customer_id,
  c.country,
  c.address.city AS city,
  floor(datediff(current_date(), c.birth_date) / 365.25) AS age,
  coalesce(p.payments, 0) AS payments,
  p.spend,
  o.orders,
  coalesce(o.order_value, 0) AS order_value,
  a.active_days,
  greatest(p.last_payment, a.last_seen, o.last_order) AS last_contact,
  size(p.currencies) > 1 AS multi_currency,
  coalesce(c.lifetime_value, p.spend, 0) AS value,
  ntile(10) OVER (PARTITION BY c.country ORDER BY p.spend DESC NULLS LAST) AS decile
FROM customers c
LEFT JOIN pay p ON p.customer_id = c.customer_id
LEFT JOIN ord o ON o.user_id = c.customer_id
LEFT JOIN act a ON a.user_id = c.customer_id
