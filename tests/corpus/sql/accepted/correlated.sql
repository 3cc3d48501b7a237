-- # correlated_1
SELECT a.id, x.s FROM a, LATERAL (SELECT sum(b.y) AS s FROM b WHERE b.id = a.id) x

-- # correlated_9
SELECT a.id FROM a WHERE EXISTS (SELECT b.y + a.x FROM b)

-- # correlated_10
SELECT a.id FROM a WHERE a.x IN (SELECT b.id + a.x FROM b)

-- # correlated_15
SELECT a.id, x.s FROM a, LATERAL (SELECT b.y AS s FROM b GROUP BY b.y HAVING max(b.id) > a.x) x

-- # correlated_17
SELECT a.id, (SELECT b.y + a.x FROM b LIMIT 1) FROM a

-- # correlated_18
SELECT a.id, (SELECT max(b.y) FROM b WHERE b.id > a.id) FROM a

-- # correlated_19
SELECT a.id, x.s FROM a, LATERAL (SELECT DISTINCT a.x AS s FROM b) x

-- # correlated_20
SELECT a.id, (SELECT sum(b.y) FROM b WHERE b.id = a.id + b.y) FROM a

-- # correlated_22
SELECT a.id, x.s FROM a, LATERAL (SELECT a.x AS s UNION ALL SELECT a.id) x
