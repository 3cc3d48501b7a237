-- # org_recursive_depth
WITH RECURSIVE tree AS (
  SELECT id, manager_id, name, 0 AS depth, CAST(name AS STRING) AS path, array(id) AS ancestors
  FROM employees
  WHERE manager_id IS NULL
  UNION ALL
  SELECT e.id, e.manager_id, e.name, t.depth + 1, concat(t.path, '/', e.name), array_append(t.ancestors, e.id)
  FROM employees e
  JOIN tree t ON e.manager_id = t.id
  WHERE t.depth < 10
)
SELECT
  t.id,
  t.depth,
  t.path,
  size(t.ancestors) AS n_ancestors,
  e.salary / avg(e.salary) OVER (PARTITION BY t.depth) AS relative_salary,
  (SELECT count(*) FROM tree d WHERE array_contains(d.ancestors, t.id) AND d.id <> t.id) AS team_size
FROM tree t
JOIN employees e ON e.id = t.id

-- # variant_clickstream
WITH v AS (
  SELECT event_id, user_id, event_time, try_parse_json(payload) AS p FROM events
)
SELECT
  event_id,
  user_id,
  p:user.country::STRING AS country,
  p:cart.total::DECIMAL(10,2) AS cart_total,
  try_variant_get(p, '$.cart.items[0].sku', 'string') AS first_sku,
  variant_get(p, '$.score', 'double') AS score,
  schema_of_variant(p) AS shape,
  is_variant_null(p) AS is_null,
  CAST(p:flags AS ARRAY<STRING>) AS flags,
  to_json(p) AS raw_json,
  p:user.id::BIGINT = user_id AS consistent
FROM v
WHERE p IS NOT NULL

-- # incremental_tiles
SELECT
  card_id,
  date_trunc('HOUR', paid_at) AS tile,
  count(*) AS n,
  sum(amount) AS total,
  min(amount) AS lo,
  max(amount) AS hi,
  hll_sketch_agg(merchant_id, 12) AS merchants_sketch,
  hll_sketch_estimate(hll_sketch_agg(merchant_id, 12)) AS merchants,
  bitmap_count(bitmap_construct_agg(bitmap_bit_position(hour(paid_at)))) AS hours_active,
  bit_or(1 << hour(paid_at)) AS hour_mask,
  first(struct(paid_at, payment_id, status)) AS any_row,
  max(struct(paid_at, payment_id, status)) AS latest,
  max(struct(paid_at, payment_id, status)).status AS latest_status,
  min_by(named_struct('id', payment_id, 'amount', amount), paid_at) AS first_payment,
  array_sort(collect_set(currency)) AS currencies,
  approx_top_k(status, 3) AS top_status,
  every(amount > 0) AS all_positive,
  some(is_fraud) AS any_fraud
FROM payments
WHERE paid_at >= TIMESTAMP '2026-01-01 00:00:00' AND paid_at < '2026-02-01'
GROUP BY card_id, date_trunc('HOUR', paid_at)
