-- # correlated_2
SELECT a.id, x.s FROM a, LATERAL (SELECT sum(b.y) + a.x AS s FROM b WHERE b.id = a.id) x

-- # correlated_3
SELECT a.id, x.s FROM a, LATERAL (SELECT sum(b.y + a.x) AS s FROM b WHERE b.id = a.id) x

-- # correlated_4
SELECT a.id, x.s FROM a, LATERAL (SELECT a.x AS k, sum(b.y) AS s FROM b GROUP BY b.name) x

-- # correlated_5
SELECT a.id, (SELECT sum(b.y) + a.x FROM b WHERE b.id = a.id) FROM a

-- # correlated_6
SELECT a.id, (SELECT sum(b.y + a.x) FROM b WHERE b.id = a.id) FROM a

-- # correlated_7
SELECT a.id, (SELECT sum(a.x) FROM b WHERE b.id = a.id) FROM a

-- # correlated_8
SELECT a.id, (SELECT max(b.y + a.x) FROM b) FROM a

-- # correlated_11
SELECT a.id FROM a WHERE a.x IN (SELECT max(b.id) + a.x FROM b)

-- # correlated_12
SELECT a.id, x.s FROM a, LATERAL (SELECT row_number() OVER (ORDER BY a.x) AS s FROM b) x

-- # correlated_13
SELECT a.id, x.s FROM a, LATERAL (SELECT b.y + a.x AS s FROM b ORDER BY a.x LIMIT 1) x

-- # correlated_14
SELECT a.id, x.s FROM a, LATERAL (SELECT b.y AS s FROM b GROUP BY b.y, a.x) x

-- # correlated_16
SELECT a.id, (SELECT count(*) FROM b GROUP BY b.id = a.id HAVING max(b.id) > a.x LIMIT 1) FROM a

-- # correlated_21
SELECT a.id, x.s FROM a, LATERAL (SELECT count(a.x) AS s) x
