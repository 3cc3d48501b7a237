-- # transform_clause
SELECT TRANSFORM(id, name) USING 'cat' AS (i INT, n STRING) FROM a

-- # alias_kw_where
FROM a where |> SELECT id
