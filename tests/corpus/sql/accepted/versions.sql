-- # recursion_limit
WITH RECURSIVE t(n) MAX RECURSION LEVEL 5 AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t

-- # recursive_in_name_only
WITH RECURSIVE t AS (SELECT id FROM a) SELECT id FROM t

-- # time_of_day
SELECT TIME '10:00' AS a, TIME '10:00:00.5' AS b, max(TIME '11:00') AS c

-- # clock_without_parentheses
SELECT current_time AS a, current_time() AS b

-- # places_of_other_types
SELECT get(array(1, 2), 1.0) AS a, get(array(1, 2), '1') AS b, get(array(1, 2), CAST(1 AS DOUBLE)) AS c, get(array(1, 2), CAST(1 AS BIGINT)) AS d, get(array(1, 2), NULL) AS e

-- # whole_places
SELECT get(array(1, 2), CAST(1 AS SMALLINT)) AS a, get(array(1, 2), NULL) AS b

-- # doubled_quotes
SELECT "say ""no""", 'a''b'

-- # more_arguments
SELECT hour(TIMESTAMP '2026-01-01 10:00:00', 'x') AS a, make_timestamp(DATE '2026-01-01') AS b

-- # fewer_arguments
SELECT hour(TIMESTAMP '2026-01-01 10:00:00') AS a, make_timestamp(2026, 1, 2, 3, 4, 5) AS b, try_make_timestamp(2026, 1, 2, 3, 4, 5, 'UTC') AS c
