-- # union_all
SELECT id, x FROM a UNION ALL SELECT id, 1 FROM b

-- # union_distinct
SELECT id FROM a UNION SELECT id FROM b

-- # names_of_the_first
SELECT id AS k, name AS v FROM a UNION ALL SELECT id, name FROM b

-- # nullability_is_either
SELECT id, name FROM a UNION ALL SELECT x, name FROM a

-- # widening
SELECT ti AS v FROM types_nn UNION ALL SELECT i FROM types_nn UNION ALL SELECT bi FROM types_nn

-- # widening_to_double
SELECT i AS v FROM types_nn UNION ALL SELECT d FROM types_nn

-- # widening_float_and_int
SELECT i AS v, bi AS w FROM types_nn UNION SELECT f, f FROM types_nn

-- # widening_decimals
SELECT dec AS v FROM types_nn UNION ALL SELECT CAST(1 AS DECIMAL(20,5))

-- # widening_int_and_decimal
SELECT i AS v, bi AS w FROM types_nn UNION ALL SELECT dec, dec FROM types_nn

-- # widening_dates
SELECT dt AS v FROM types_nn UNION ALL SELECT ts FROM types_nn

-- # widening_ntz
SELECT ntz AS v, dt AS w FROM types_nn UNION ALL SELECT ts, ntz FROM types_nn

-- # nulls
SELECT NULL AS v, 1 AS w UNION ALL SELECT 'x', NULL

-- # only_nulls
SELECT NULL AS v UNION ALL SELECT NULL

-- # strings_and_numbers
SELECT 1 AS v UNION ALL SELECT 'a'

-- # strings_and_dates
SELECT dt AS v FROM types UNION ALL SELECT s FROM types

-- # arrays
SELECT arr AS v FROM types_nn UNION ALL SELECT array(1L, NULL)

-- # arrays_of_not_null
SELECT array(1, 2) AS v UNION ALL SELECT array(3)

-- # structs
SELECT named_struct('a', 1, 'b', 'x') AS v UNION ALL SELECT named_struct('a', 2L, 'b', NULL)

-- # maps
SELECT m AS v FROM types_nn UNION ALL SELECT map('a', 1L)

-- # intersect
SELECT id FROM a INTERSECT SELECT id FROM c

-- # intersect_all
SELECT id, name FROM a INTERSECT ALL SELECT id, name FROM b

-- # intersect_nullability
SELECT x FROM a INTERSECT SELECT id FROM a

-- # except
SELECT id FROM a EXCEPT SELECT id FROM c

-- # minus
SELECT x AS v FROM a MINUS SELECT id FROM b

-- # except_all
SELECT id, name FROM b EXCEPT ALL SELECT id, name FROM a

-- # precedence
SELECT id FROM a UNION SELECT id FROM b INTERSECT SELECT id FROM c

-- # parentheses
(SELECT id FROM a UNION SELECT id FROM b) EXCEPT (SELECT 1)

-- # order_by_and_limit
SELECT id, x FROM a UNION ALL SELECT id, id FROM b ORDER BY x DESC, 1 LIMIT 10

-- # limits_in_branches
(SELECT id FROM a ORDER BY x LIMIT 1) UNION ALL (SELECT id FROM b LIMIT 2)

-- # of_values
VALUES (1, 'a') UNION ALL VALUES (2, NULL)

-- # of_tables
TABLE a UNION ALL TABLE a

-- # in_subquery
SELECT count(*) AS n, max(id) AS m FROM (SELECT id FROM a UNION ALL SELECT id FROM c) t

-- # three_branches_mixed
SELECT 1 AS v UNION ALL SELECT 2.5 UNION ALL SELECT NULL

-- # literals_of_widths
SELECT 1 AS a, 1L AS b, 1.5 AS c UNION ALL SELECT 2Y, 1.25, 10

-- # star_branches
SELECT * FROM types UNION ALL SELECT * FROM types_nn

-- # duplicate_names
SELECT id, id FROM a UNION ALL SELECT x, id FROM a

-- # aggregates_in_branches
SELECT 'a' AS src, count(*) AS n FROM a UNION ALL SELECT 'b', count(*) FROM b UNION ALL SELECT 'c', sum(id) FROM c
