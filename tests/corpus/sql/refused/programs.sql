-- # transform_clause
SELECT TRANSFORM(id, name) USING 'cat' AS (i INT, n STRING) FROM a

-- # transform_untyped
SELECT TRANSFORM(id, name) USING 'cat' FROM a

-- # transform_names
SELECT TRANSFORM(id, name) USING 'cat' AS (i, n) FROM a WHERE id > 1

-- # map_using
MAP id, name USING 'cat' AS i, n FROM a

-- # reduce_using
FROM a REDUCE id USING 'cat' AS (i BIGINT)

-- # transform_formats
SELECT TRANSFORM(a.*) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' USING 'cat' AS (i STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' FROM a

-- # transform_in_subquery
SELECT i + 1 AS j FROM (SELECT TRANSFORM(id, name) USING 'cat' AS (i INT, n STRING) FROM a)

-- # transform_of_aggregates
SELECT TRANSFORM(count(*)) USING 'cat' AS (c BIGINT) FROM a GROUP BY name
