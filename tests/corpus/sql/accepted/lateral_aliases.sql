-- # lca_gen
SELECT explode(items) AS it, it.sku AS sku, it.qty * 2 AS q2 FROM orders

-- # lca_gen2
SELECT order_id, posexplode(items) AS (p, it), it.sku, p + 1 AS p1 FROM orders

-- # lca1
SELECT amount * 2 AS dbl, dbl + 1 AS more, more * dbl AS prod FROM payments

-- # lca2
SELECT amount AS currency, currency FROM payments

-- # lca3
SELECT card_id, sum(amount) AS s, s / count(*) AS m FROM payments GROUP BY card_id

-- # lca7
SELECT card_id AS c, count(*) AS n FROM payments GROUP BY c HAVING n > 1

-- # lca9
SELECT device AS d, d.os AS os, d.screen.w AS w FROM payments

-- # lca11
SELECT date(paid_at) AS d, row_number() OVER (PARTITION BY card_id ORDER BY paid_at) AS rn, rn + 1 AS nx, rn = 1 AS is_first FROM payments

-- # lca12
SELECT 1 AS x, x + 1 AS y FROM a

-- # lca13
SELECT explode(items) AS it, it.sku FROM orders

-- # lca14
SELECT id + 1 AS k, transform(array(1,2), e -> e + k) AS t FROM a

-- # lca15
SELECT sum(x) AS s, s + id AS q FROM a GROUP BY id

-- # lca16
SELECT name AS n, max(x) AS m, n || 'x' AS nn FROM a GROUP BY name
