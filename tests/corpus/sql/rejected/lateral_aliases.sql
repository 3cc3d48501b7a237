-- # lca4
SELECT card_id, sum(amount) AS s, sum(s) OVER () AS m FROM payments GROUP BY card_id

-- # lca5
SELECT amount AS s, sum(s) AS t FROM payments

-- # lca6
SELECT amount AS s, row_number() OVER (ORDER BY s) AS t FROM payments

-- # lca8
SELECT amount AS s FROM payments WHERE s > 1

-- # lca10
SELECT upper(currency) AS c, (SELECT max(rate) FROM fx_rates WHERE quote = c) AS r FROM payments
