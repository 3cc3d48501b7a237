-- # inner
SELECT a.id, a.x, b.y, b.name FROM a JOIN b ON a.id = b.id

-- # left
SELECT a.id, a.name, b.id AS b_id, b.y, b.name AS b_name FROM a LEFT JOIN b ON a.id = b.id

-- # right
SELECT a.id, a.name, b.id AS b_id, b.y FROM a RIGHT OUTER JOIN b ON a.id = b.id

-- # full
SELECT a.id, a.name, b.id AS b_id, b.y, c.flag FROM a FULL OUTER JOIN b ON a.id = b.id LEFT JOIN c ON b.id = c.id

-- # cross
SELECT a.id, b.y FROM a CROSS JOIN b

-- # comma
SELECT a.id, b.y, c.z FROM a, b, c WHERE a.id = b.id AND b.id = c.id

-- # semi
SELECT * FROM a LEFT SEMI JOIN b ON a.id = b.id

-- # anti
SELECT * FROM a LEFT ANTI JOIN b ON a.id = b.id AND b.y > 1

-- # short_semi_and_anti
SELECT a.id FROM a SEMI JOIN b ON a.id = b.id ANTI JOIN c ON a.id = c.id

-- # star_of_inner
SELECT * FROM a JOIN b ON a.id = b.id

-- # star_of_left
SELECT * FROM a LEFT JOIN b ON a.id = b.id

-- # star_of_full
SELECT * FROM a FULL JOIN c ON a.id = c.id

-- # using_inner
SELECT * FROM a JOIN b USING (id)

-- # using_left
SELECT * FROM a LEFT JOIN b USING (id)

-- # using_right
SELECT * FROM a RIGHT JOIN b USING (id)

-- # using_full
SELECT * FROM a FULL JOIN b USING (id)

-- # using_two_columns
SELECT id, name, x, y FROM a JOIN b USING (id, name)

-- # using_full_two_columns
SELECT * FROM a FULL OUTER JOIN b USING (id, name)

-- # using_key_of_each_side
SELECT id, a.id AS left_id, b.id AS right_id FROM a LEFT JOIN b USING (id)

-- # using_right_key_of_each_side
SELECT id, a.id AS left_id, b.id AS right_id FROM a RIGHT JOIN b USING (id)

-- # using_full_key_of_each_side
SELECT id, a.id AS left_id, b.id AS right_id FROM a FULL JOIN b USING (id)

-- # using_widens_on_full
SELECT * FROM a FULL JOIN c USING (id)

-- # using_semi
SELECT * FROM a LEFT SEMI JOIN b USING (id)

-- # using_three_tables
SELECT * FROM a JOIN b USING (id) JOIN c USING (id)

-- # using_three_tables_full
SELECT * FROM a FULL JOIN b USING (id) FULL JOIN c USING (id)

-- # natural
SELECT * FROM a NATURAL JOIN b

-- # natural_left
SELECT * FROM a NATURAL LEFT JOIN c

-- # natural_full
SELECT * FROM a NATURAL FULL JOIN c

-- # natural_right
SELECT * FROM a NATURAL RIGHT JOIN b

-- # natural_without_common_columns
SELECT * FROM c NATURAL JOIN (SELECT 1 AS one)

-- # self_join
SELECT e.name, m.name AS manager FROM employees AS e LEFT JOIN employees AS m ON e.manager_id = m.id

-- # self_join_star
SELECT * FROM employees e JOIN employees m ON e.manager_id = m.id

-- # qualified_stars
SELECT b.*, a.x FROM a RIGHT JOIN b ON a.id = b.id

-- # nested_join
SELECT a.id, b.y, c.flag FROM a LEFT JOIN (b JOIN c ON b.id = c.id) ON a.id = b.id

-- # chain_of_left_joins
SELECT a.id, b.y, c.flag, m.name FROM a LEFT JOIN b ON a.id = b.id LEFT JOIN c ON c.id = b.id LEFT JOIN merchants m ON m.merchant_id = a.x

-- # left_then_inner
SELECT a.id, b.y, c.flag FROM a LEFT JOIN b ON a.id = b.id JOIN c ON c.id = b.id

-- # right_after_left
SELECT a.id, b.y, c.flag FROM a LEFT JOIN b ON a.id = b.id RIGHT JOIN c ON c.id = a.id

-- # join_of_subqueries
SELECT l.id, r.total FROM (SELECT id, x FROM a WHERE x > 1) AS l LEFT JOIN (SELECT id, sum(y) AS total, count(*) AS n FROM b GROUP BY id) AS r ON l.id = r.id

-- # non_equi
SELECT p.payment_id, h.price FROM payments p JOIN price_history h ON p.paid_at >= h.valid_from AND (h.valid_to IS NULL OR p.paid_at < h.valid_to)

-- # coercion_in_condition
SELECT a.id FROM a JOIN c ON a.id = c.id AND a.name = c.id

-- # lateral_subquery
SELECT a.id, l.top FROM a, LATERAL (SELECT max(y) AS top FROM b WHERE b.id = a.id) AS l

-- # lateral_left_join
SELECT a.id, l.y, l.n FROM a LEFT JOIN LATERAL (SELECT y, 1 AS n FROM b WHERE b.id = a.id) AS l ON true

-- # lateral_cross_join
SELECT a.*, l.x1, l.n FROM a CROSS JOIN LATERAL (SELECT a.x + 1 AS x1, a.name AS n) AS l

-- # lateral_chain
SELECT t.i, l1.double_i, l2.quad FROM types t, LATERAL (SELECT t.i * 2 AS double_i) l1, LATERAL (SELECT l1.double_i * 2 AS quad) l2

-- # derived_column_aliases
SELECT k, v FROM (SELECT id, y FROM b) AS t(k, v)

-- # table_column_aliases
SELECT p, q, r FROM a AS t(p, q, r)

-- # join_of_column_aliases
SELECT t.k, u.k AS k2, w FROM a AS t(k, v, n) LEFT JOIN c AS u(k, w, f) ON t.k = u.k

-- # struct_columns_through_left_join
SELECT p.payment_id, c.address, c.address.city, c.address.geo.lat, c.marketing_opt_in FROM payments p LEFT JOIN customers c USING (customer_id)

-- # count_over_outer_join
SELECT a.id, count(b.id) AS n, sum(b.y) AS total, count(*) AS rows FROM a LEFT JOIN b ON a.id = b.id GROUP BY a.id

-- # where_does_not_change_nullability
SELECT a.id, b.y FROM a LEFT JOIN b ON a.id = b.id WHERE b.y IS NOT NULL

-- # condition_true
SELECT a.id, b.y FROM a LEFT JOIN b ON true

-- # hint_and_sample
SELECT /*+ MERGE(a), SHUFFLE_HASH(b) */ a.id FROM a TABLESAMPLE (10 PERCENT) JOIN b TABLESAMPLE (5 ROWS) ON a.id = b.id

-- # using_after_where
SELECT id, count(*) AS n FROM a JOIN b USING (id) WHERE id > 1 GROUP BY id HAVING id < 100 ORDER BY id

-- # mixed_using_and_on
SELECT id, a.name, b.y, m.name AS merchant FROM a LEFT JOIN b USING (id) LEFT JOIN merchants m ON m.merchant_id = a.x

-- # same_name_qualified_by_alias
SELECT a.name, b.name, c1.flag FROM a JOIN b ON a.name = b.name LEFT JOIN c c1 ON c1.id = b.id
