-- # reuse_in_select
SELECT x + 1 AS y, y * 2 AS z FROM a

-- # chain
SELECT amount * 1.19 AS gross, gross - amount AS tax, tax / gross AS share FROM payments

-- # column_wins
SELECT x + 1 AS id, id AS same FROM a

-- # alias_of_aggregate
SELECT card_id, sum(amount) AS total, count(*) AS n, total / n AS mean_amount FROM payments GROUP BY card_id

-- # alias_in_window
SELECT card_id, day, row_number() OVER (PARTITION BY day ORDER BY amount) AS rn FROM (SELECT *, date(paid_at) AS day FROM payments)

-- # alias_of_window
SELECT row_number() OVER (ORDER BY id) AS rn, rn * 2 AS twice FROM a

-- # alias_of_struct
SELECT named_struct('p', id, 'q', x) AS s, s.p AS p, s.q + 1 AS q FROM a

-- # in_group_by
SELECT upper(name) AS n, count(*) AS c FROM a GROUP BY n

-- # in_having
SELECT name, sum(x) AS total FROM a GROUP BY name HAVING total > 1

-- # in_order_by
SELECT x * 2 AS twice FROM a ORDER BY twice, id

-- # order_by_expression_over_alias
SELECT name, sum(x) AS total FROM a GROUP BY name ORDER BY total + 1 DESC

-- # in_case
SELECT x > 1 AS big, CASE WHEN big THEN 'b' ELSE 's' END AS label FROM a

-- # in_array
SELECT id AS k, array(k, k + 1) AS arr, arr[0] AS first FROM a

-- # alias_case_insensitive
SELECT x AS Foo, FOO + 1 AS bar FROM a

-- # nested_query_alias
SELECT z FROM (SELECT x + 1 AS y, y + 1 AS z FROM a)

-- # three_steps_with_aggregates
SELECT merchant_id, count(*) AS n, count_if(is_fraud) AS bad, bad / n AS rate, round(rate, 2) AS rounded FROM payments GROUP BY merchant_id

-- # lateral_alias_in_scalar_subquery_free
SELECT id AS k, k IN (1, 2) AS chosen, coalesce(x, k) AS v FROM a

-- # explode_of_alias
SELECT split(name, ',') AS parts, size(parts) AS n, parts[0] AS head FROM a
