-- # columns_twice_1
WITH a AS (SELECT i, i FROM types) SELECT i FROM a

-- # columns_twice_2
SELECT i FROM (SELECT i, i FROM types)

-- # columns_twice_3
SELECT a.i FROM (SELECT i, i FROM types) a

-- # columns_twice_4
SELECT i FROM (SELECT i, I FROM types)

-- # columns_twice_5
SELECT i FROM (SELECT *, i FROM types)

-- # columns_twice_6
SELECT i FROM (SELECT i, types.i FROM types)

-- # columns_twice_7
WITH a AS (SELECT i, i FROM types) SELECT p.i, q.i FROM a p JOIN a q ON p.i = q.i

-- # columns_twice_8
WITH a AS (SELECT i, i FROM types) SELECT * FROM a NATURAL JOIN (SELECT i, s FROM types_nn)

-- # columns_twice_9
WITH a (p, q) AS (SELECT i, i FROM types) SELECT p FROM a

-- # columns_twice_10
SELECT i FROM (SELECT i, i FROM types UNION ALL SELECT i, i FROM types_nn)

-- # columns_twice_11
SELECT i FROM (SELECT i, i FROM types_nn UNION ALL SELECT i, i FROM types)

-- # columns_twice_12
SELECT i FROM (SELECT i, i FROM types_nn UNION ALL SELECT i, 1 FROM types)

-- # columns_twice_13
SELECT i FROM (SELECT i, i FROM types UNION SELECT i, i FROM types)

-- # columns_twice_14
SELECT i FROM (SELECT i, i FROM types INTERSECT SELECT i, i FROM types_nn)

-- # columns_twice_15
SELECT i FROM (SELECT i, i FROM types INTERSECT SELECT 1, i FROM types_nn)

-- # columns_twice_16
SELECT i FROM (SELECT i, i FROM types EXCEPT SELECT i, i FROM types_nn)

-- # columns_twice_17
SELECT i FROM (SELECT DISTINCT i, i FROM types ORDER BY i LIMIT 3)

-- # columns_twice_18
SELECT i FROM (SELECT i, i FROM types GROUP BY i)

-- # columns_twice_19
SELECT i FROM (SELECT i, i FROM types GROUP BY ROLLUP (i))

-- # columns_twice_20
SELECT i FROM (SELECT i, i FROM types GROUP BY i, bi WITH CUBE)

-- # columns_twice_21
SELECT x.i FROM types t LEFT JOIN (SELECT i, i, bi FROM types_nn) x ON t.bi = x.bi

-- # columns_twice_22
SELECT i FROM (SELECT t.i, i FROM types t JOIN types_nn x USING (i))

-- # columns_twice_23
SELECT i, i FROM types ORDER BY i

-- # columns_twice_24
SELECT i, I FROM types ORDER BY i

-- # columns_twice_25
SELECT i AS i, i FROM types ORDER BY i

-- # columns_twice_26
SELECT i AS i, i AS i FROM types ORDER BY i

-- # columns_twice_27
SELECT i, i FROM types GROUP BY i HAVING i > 1

-- # columns_twice_28
SELECT i, s AS i FROM types ORDER BY i

-- # columns_twice_29
SELECT s FROM types WHERE EXISTS (SELECT 1 FROM (SELECT bi, bi FROM types_nn) q WHERE q.bi = types.bi)

-- # columns_twice_30
SELECT s FROM (SELECT i, i, s FROM types) o WHERE EXISTS (SELECT 1 FROM types_nn q WHERE q.i = o.i)

-- # columns_twice_31
SELECT * EXCEPT (i) FROM (SELECT i, i, s FROM types)

-- # columns_twice_32
SELECT count(i) FROM (SELECT i, i FROM types)

-- # columns_twice_33
SELECT v FROM (SELECT i, i, v FROM types LATERAL VIEW explode(arr) t AS v)

-- # columns_twice_34
SELECT i FROM (SELECT i, i, v FROM types LATERAL VIEW explode(arr) t AS v)

-- # columns_twice_35
SELECT t.i FROM (SELECT i, i FROM types) t, LATERAL (SELECT t.i + 1 AS j)

-- # columns_twice_36
SELECT st.a FROM (SELECT st, st FROM types)

-- # columns_twice_37
SELECT i FROM (FROM types |> SELECT i, i)

-- # columns_twice_38
FROM types |> SELECT i, i |> WHERE i > 1

-- # columns_twice_39
FROM types |> SELECT i, i |> DROP i |> SELECT 1

-- # columns_twice_40
FROM types |> SELECT i, i, s |> DROP i

-- # columns_twice_41
FROM types |> SELECT i, i |> AS q |> WHERE q.i > 1

-- # columns_twice_42
SELECT window.start FROM (SELECT window, window, count(*) FROM events GROUP BY window(event_time, '1 hour'))

-- # columns_twice_43
SELECT i FROM (SELECT i, i FROM types) TABLESAMPLE (10 PERCENT)

-- # columns_twice_44
SELECT i FROM ((SELECT i, i FROM types) a) b

-- # columns_twice_45
SELECT i FROM (SELECT * FROM (SELECT i, i FROM types))

-- # columns_twice_46
SELECT i FROM (SELECT i FROM (SELECT i, i FROM types))

-- # columns_twice_47
SELECT i FROM (SELECT i, i FROM (SELECT i, i AS j FROM types))

-- # columns_twice_48
WITH a AS (SELECT i, i FROM types), b AS (SELECT * FROM a) SELECT i FROM b JOIN a USING (i)

-- # columns_twice_49
SELECT * FROM (SELECT i, i, s FROM types) PIVOT (sum(i) FOR s IN ('a', 'b'))

-- # columns_twice_50
SELECT * FROM (SELECT i, i, s, bi FROM types) PIVOT (sum(bi) FOR s IN ('a', 'b'))

-- # columns_twice_51
SELECT * FROM (SELECT i, i, bi FROM types) UNPIVOT (v FOR n IN (bi))

-- # columns_twice_52
SELECT i FROM (SELECT i, i, bi FROM types) UNPIVOT (v FOR n IN (bi))

-- # columns_twice_53
SELECT i, i, i + 1 AS j, j FROM types

-- # columns_twice_54
SELECT row_number() OVER (ORDER BY i) FROM (SELECT i, i FROM types)

-- # columns_twice_55
SELECT (SELECT max(i) FROM (SELECT i, i FROM types)) AS m

-- # columns_twice_56
SELECT i FROM (SELECT i, (i) FROM types)

-- # columns_twice_57
SELECT i FROM (SELECT i, coalesce(i) FROM types)

-- # columns_twice_58
SELECT i FROM (SELECT x.*, y.s FROM types x JOIN types_nn y ON x.i = y.i)

-- # columns_twice_59
SELECT i FROM types x JOIN (SELECT bi, bi FROM types_nn) y USING (bi) WHERE bi > 1

-- # columns_twice_60
SELECT (SELECT o.i) AS q FROM (SELECT i, i FROM types) o
