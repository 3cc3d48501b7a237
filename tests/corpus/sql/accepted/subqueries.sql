-- # scalar
SELECT id, (SELECT max(y) FROM b) AS top FROM a

-- # scalar_correlated
SELECT id, (SELECT max(y) FROM b WHERE b.id = a.id) AS top, (SELECT count(*) FROM b WHERE b.id = a.id) AS n FROM a

-- # scalar_of_literal
SELECT (SELECT 1) AS one, (SELECT 'x') || 'y' AS xy, (SELECT CAST(NULL AS INT)) + 1 AS n

-- # scalar_in_where
SELECT id FROM a WHERE x > (SELECT avg(x) FROM a)

-- # scalar_in_case
SELECT CASE WHEN x > (SELECT avg(y) FROM b) THEN 'above' ELSE 'below' END AS side FROM a

-- # scalar_in_having
SELECT name, sum(x) AS s FROM a GROUP BY name HAVING sum(x) > (SELECT avg(x) FROM a)

-- # exists
SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id)

-- # not_exists
SELECT id FROM a WHERE NOT EXISTS (SELECT * FROM b WHERE b.id = a.id AND b.y > 1)

-- # exists_as_value
SELECT id, EXISTS (SELECT 1 FROM b WHERE b.id = a.id) AS has_b, NOT EXISTS (SELECT 1 FROM c) AS none FROM a

-- # in_subquery
SELECT * FROM a WHERE id IN (SELECT id FROM b WHERE y > 0)

-- # in_subquery_as_value
SELECT id, id IN (SELECT id FROM b) AS known, x IN (SELECT id FROM b) AS n1, id IN (SELECT id FROM c) AS n2, x NOT IN (SELECT 1) AS n3 FROM a

-- # not_in_subquery
SELECT * FROM a WHERE id NOT IN (SELECT id FROM c WHERE id IS NOT NULL)

-- # in_subquery_of_rows
SELECT id FROM a WHERE (id, name) IN (SELECT id, name FROM b)

-- # in_subquery_correlated
SELECT id FROM a WHERE x IN (SELECT c.id FROM c WHERE c.id > a.id)

-- # in_subquery_coerces
SELECT id FROM a WHERE id IN (SELECT id FROM c) AND name IN (SELECT id FROM b)

-- # nested
SELECT id FROM a WHERE id IN (SELECT id FROM b WHERE y > (SELECT avg(y) FROM b WHERE name IN (SELECT name FROM a)))

-- # from_subquery
SELECT t.id, t.n FROM (SELECT id, count(*) AS n FROM a GROUP BY id) t WHERE t.n > 1

-- # from_subquery_without_alias
SELECT id FROM (SELECT id FROM a)

-- # nested_from
SELECT * FROM (SELECT * FROM (SELECT id AS k FROM a) WHERE k > 1)

-- # outer_star
SELECT *, (SELECT count(*) FROM c WHERE c.id = a.id) AS cs FROM a

-- # correlated_with_alias
SELECT o.id FROM a AS o WHERE o.x = (SELECT max(i.x) FROM a AS i WHERE i.name = o.name)

-- # scalar_struct
SELECT (SELECT max(struct(y, name)) FROM b).y AS best, (SELECT named_struct('k', 1)).k AS k FROM a

-- # scalar_in_order_by
SELECT id FROM a ORDER BY (SELECT max(y) FROM b), id

-- # scalar_in_function
SELECT coalesce((SELECT max(y) FROM b WHERE b.id = a.id), 0) AS top, array((SELECT 1), 2) AS arr FROM a

-- # inner_name_hides_outer
SELECT id, (SELECT max(id) FROM b WHERE id > 1) AS m FROM a

-- # in_select_with_aggregation
SELECT name, count(*) AS n, (SELECT count(*) FROM b) AS total FROM a GROUP BY name

-- # exists_with_union
SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b UNION ALL SELECT 2 FROM c)

-- # correlated_equality_and_range
SELECT p.payment_id, (SELECT sum(q.amount) FROM payments q WHERE q.card_id = p.card_id) AS spend FROM payments p

-- # in_with_expression
SELECT id FROM a WHERE x + 1 IN (SELECT id * 2 FROM b) OR name IN ('p', 'q')

-- # subquery_in_join_condition
SELECT a.id FROM a JOIN b ON a.id = b.id AND b.y > (SELECT avg(y) FROM b)

-- # correlated_exists_two_levels
SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND b.id IN (SELECT id FROM c))

-- # scalar_limit
SELECT (SELECT name FROM b ORDER BY y DESC LIMIT 1) AS best

-- # lateral_top_n
SELECT c.customer_id, p.amount, p.paid_at FROM customers c, LATERAL (SELECT amount, paid_at FROM payments p WHERE p.customer_id = c.customer_id ORDER BY paid_at DESC LIMIT 3) p
