-- # asof_last_rate__ambiguous
WITH priced AS (
  SELECT p.payment_id, day, p.amount, p.currency, date(p.paid_at) AS day, f.rate,
         row_number() OVER (PARTITION BY p.payment_id ORDER BY f.day DESC) AS rn
  FROM payments p JOIN fx_rates f ON f.base = p.currency AND f.quote = 'EUR' AND f.day <= date(p.paid_at)
)
SELECT payment_id, amount * rate AS amount_eur, round(amount * rate, 2) AS rounded, CAST(amount * rate AS DECIMAL(14,2)) AS stored FROM priced WHERE rn = 1

-- # scd2_from_changes__not_boolean
WITH changes AS (
  SELECT customer_id, segment, country, created_at,
         lag(segment) OVER w AS prev_segment, lag(country) OVER w AS prev_country
  FROM customers WINDOW w AS (PARTITION BY customer_id ORDER BY created_at)
)
SELECT customer_id, segment, country, created_at AS valid_from,
       lead(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) AS valid_to,
       lead(created_at) OVER (PARTITION BY customer_id ORDER BY created_at) IS NULL AS is_current,
       sha2(concat_ws('|', segment, country), 256) AS row_hash
FROM changes WHERE NOT (segment AND country <=> prev_country) OR prev_country IS NULL

-- # salary_bands__rank_args
SELECT dept, name, salary, rank(salary) OVER (PARTITION BY dept ORDER BY salary DESC NULLS LAST) AS rk, salary - avg(salary) OVER (PARTITION BY dept) AS vs_avg,
       salary / max(salary) OVER (PARTITION BY dept) AS of_top, CASE width_bucket(CAST(salary AS DOUBLE), 20000D, 120000D, 5) WHEN 0 THEN 'low' WHEN 6 THEN 'high' ELSE 'mid' END AS band,
       floor(months_between(current_date(), hired) / 12) AS years
FROM employees
