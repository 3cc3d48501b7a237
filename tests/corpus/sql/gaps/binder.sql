-- # transform_clause
SELECT TRANSFORM(id, name) USING 'cat' AS (i INT, n STRING) FROM a

-- # alias_kw_where
FROM a where |> SELECT id

-- # vlen
WITH e AS (SELECT parse_json(payload) AS v, 1 AS i FROM events) SELECT length(v:a) FROM e
