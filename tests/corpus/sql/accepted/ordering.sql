-- # by_column
SELECT id, x FROM a ORDER BY x DESC NULLS LAST, id

-- # by_ordinal
SELECT id, x FROM a ORDER BY 2 DESC, 1

-- # by_hidden_column
SELECT name FROM a ORDER BY x

-- # by_all
SELECT name, x FROM a ORDER BY ALL DESC

-- # by_expression
SELECT id FROM a ORDER BY abs(x), length(name)

-- # by_qualified
SELECT a.id AS k FROM a ORDER BY a.id, k

-- # limit_and_offset
SELECT * FROM a ORDER BY id LIMIT 10 OFFSET 5

-- # limit_all_and_expression
SELECT id FROM a LIMIT 5 + 5

-- # limit_all
SELECT id FROM a LIMIT ALL

-- # offset_only
SELECT id FROM a ORDER BY id OFFSET 2

-- # distinct
SELECT DISTINCT name, x FROM a

-- # distinct_ordered
SELECT DISTINCT name, x FROM a ORDER BY x, name

-- # distinct_on_expression
SELECT DISTINCT upper(name) AS n, x IS NULL AS missing FROM a

-- # sort_by
SELECT * FROM a SORT BY x

-- # distribute_by
SELECT * FROM a DISTRIBUTE BY name SORT BY id DESC

-- # cluster_by
SELECT * FROM a CLUSTER BY id

-- # order_by_aggregate_alias
SELECT name, count(*) AS n FROM a GROUP BY name ORDER BY n DESC, 1

-- # order_by_unselected_group_key
SELECT sum(x) AS s FROM a GROUP BY name ORDER BY name

-- # select_all_keyword
SELECT ALL id, x FROM a

-- # order_by_struct
SELECT st FROM types ORDER BY st, arr

-- # order_by_in_subquery
SELECT max(x) AS m FROM (SELECT x FROM a ORDER BY id LIMIT 3)

-- # where_forms
SELECT id FROM a WHERE x = 1 AND NOT (name = 'p' OR name IS NULL) AND id IN (1, 2, 3) AND x BETWEEN 1 AND 3 AND name LIKE 'a%'

-- # where_with_functions
SELECT payment_id FROM payments WHERE paid_at >= current_timestamp() - INTERVAL 30 DAYS AND upper(status) = 'OK' AND coalesce(is_fraud, false) = false

-- # having_and_where
SELECT card_id, count(*) AS n FROM payments WHERE amount > 0 GROUP BY card_id HAVING count(*) > 1 ORDER BY n LIMIT 3

-- # order_by_window
SELECT id, sum(x) OVER (PARTITION BY name) AS s FROM a ORDER BY s, id
