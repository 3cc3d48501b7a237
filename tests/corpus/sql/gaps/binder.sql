-- # pipe_where_and_select
FROM a |> WHERE x > 1 |> SELECT id, x * 2 AS twice

-- # pipe_aggregate
FROM payments |> AGGREGATE sum(amount) AS total, count(*) AS n GROUP BY card_id |> WHERE n > 1 |> ORDER BY total DESC |> LIMIT 10

-- # pipe_extend_set_drop
FROM a |> EXTEND x + 1 AS y |> SET x = x * 2 |> DROP name |> AS t

-- # cast_names
SELECT CAST(x[0] AS DECIMAL(10, 2)), x::array<bigint> IS NULL, CAST(name AS TIMESTAMP_NTZ), TRY_CAST(name AS DOUBLE), CAST(CAST(x[0] AS STRING) AS BINARY) FROM (SELECT array(id) AS x, name FROM a) WHERE false

-- # window_names
SELECT lead(x, 2, 0) OVER (PARTITION BY name ORDER BY id DESC), first_value(x) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING), ntile(3) OVER (ORDER BY x NULLS LAST), count(*) OVER (), dense_rank() OVER (ORDER BY id) - 1 FROM a

-- # union_in_cte_with_later_join
WITH all_ids AS (SELECT id FROM a UNION SELECT id FROM b UNION ALL SELECT CAST(id AS INT) FROM c) SELECT i.id, a.name, b.y FROM all_ids i LEFT JOIN a ON a.id = i.id LEFT JOIN b USING (id) WHERE i.id IS NOT NULL

-- # using_then_qualified_stars
SELECT a.*, b.* FROM a FULL JOIN b USING (id)

-- # in_tuple_of_columns
SELECT id FROM a WHERE (id, x) IN ((1, 2), (3, 4)) AND struct(id, name) = struct(1, 'p')

-- # variant_paths
SELECT parse_json(payload):user.name AS a, parse_json(payload):items[0] AS b, parse_json(payload):total::double AS c, parse_json(payload):user.name, parse_json(payload):items[0].sku::string FROM events

-- # cast_of_nested_names
SELECT arr::array<bigint>, CAST(arr AS ARRAY<BIGINT>), CAST(arr AS ARRAY<STRING>), CAST(i AS STRING) IS NULL, CAST(arr AS ARRAY<STRING>) IS NULL, CAST(i AS BIGINT) IS NULL, i::string IS NOT NULL, isnull(CAST(s AS INT)), CAST(s AS INT) = 1, coalesce(CAST(s AS INT), 0), CAST(i AS BIGINT) + 1 FROM types

-- # ignore_nulls_names
SELECT first_value(x) IGNORE NULLS OVER (ORDER BY id), last_value(x) IGNORE NULLS OVER (ORDER BY id), first_value(x, true) OVER (ORDER BY id), any_value(x) IGNORE NULLS OVER (ORDER BY id), last(x) RESPECT NULLS OVER (ORDER BY id), nth_value(x, 2) IGNORE NULLS OVER (ORDER BY id), first(x) IGNORE NULLS OVER (ORDER BY id) FROM a

-- # ignore_nulls_aggregate_names
SELECT first_value(x) IGNORE NULLS, last_value(x) IGNORE NULLS, any_value(x) IGNORE NULLS, first(x, true), last_value(x), any_value(x, true) FROM a

-- # structs_compared_by_position
SELECT struct(id, name) = struct(1, 'p') AS a, struct(id AS p) < struct(2 AS q) AS b, struct(id, x) IN (struct(1, 2)) AS c, coalesce(named_struct('a', 1), named_struct('A', 2)) AS e FROM a

-- # qualified_keys_of_full_join
SELECT a.*, b.id FROM a FULL JOIN b USING (id)
