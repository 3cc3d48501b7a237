-- # columns_twice_1
SELECT i FROM (SELECT i AS i, i FROM types)

-- # columns_twice_2
SELECT i FROM (SELECT i AS i, i AS i FROM types)

-- # columns_twice_3
SELECT x FROM (SELECT i AS x, i AS x FROM types)

-- # columns_twice_4
SELECT a FROM (SELECT st.a, st.a FROM types)

-- # columns_twice_5
SELECT i FROM (SELECT x.i, y.i FROM types x JOIN types y ON x.bi = y.bi)

-- # columns_twice_6
WITH a (p, p) AS (SELECT i, i FROM types) SELECT p FROM a

-- # columns_twice_7
SELECT p FROM (SELECT i, i FROM types) AS t (p, p)

-- # columns_twice_8
SELECT i FROM (SELECT i, i FROM types UNION ALL SELECT i, bi FROM types_nn)

-- # columns_twice_9
SELECT i FROM (SELECT i, first(i) AS i FROM types GROUP BY i)

-- # columns_twice_10
SELECT i FROM (SELECT x.i, i FROM types_nn t FULL JOIN types x USING (i))

-- # columns_twice_11
SELECT i FROM (SELECT x.i, i FROM types t JOIN types_nn x USING (i))

-- # columns_twice_12
SELECT i AS x, i AS x FROM types ORDER BY x

-- # columns_twice_13
SELECT i AS x, bi AS x FROM types ORDER BY x

-- # columns_twice_14
SELECT i AS x, i AS x FROM types GROUP BY i HAVING x > 1

-- # columns_twice_15
SELECT sum(i) AS x, sum(i) AS x FROM types HAVING x > 1

-- # columns_twice_16
FROM types |> SELECT i AS i, i |> WHERE i > 1

-- # columns_twice_17
FROM types |> EXTEND i AS i |> WHERE i > 1

-- # columns_twice_18
FROM types |> AGGREGATE sum(bi) AS i GROUP BY i |> WHERE i > 1

-- # columns_twice_19
WITH RECURSIVE a AS (SELECT i, i FROM types UNION ALL SELECT i + 1, 2 FROM a WHERE i < 3) SELECT i FROM a

-- # columns_twice_20
SELECT i FROM (VALUES (1, 2)) AS t (i, i)

-- # columns_twice_21
SELECT i FROM (SELECT i, CAST(i AS INT) FROM types)

-- # columns_twice_22
SELECT i FROM (SELECT CAST(i AS INT), CAST(i AS INT) FROM types)

-- # columns_twice_23
SELECT s FROM (SELECT x.*, y.s FROM types x JOIN types_nn y ON x.i = y.i)
