-- # pipe_where_and_select
FROM a |> WHERE x > 1 |> SELECT id, x * 2 AS twice

-- # pipe_aggregate
FROM payments |> AGGREGATE sum(amount) AS total, count(*) AS n GROUP BY card_id |> WHERE n > 1 |> ORDER BY total DESC |> LIMIT 10

-- # pipe_extend_set_drop
FROM a |> EXTEND x + 1 AS y |> SET x = x * 2 |> DROP name |> AS t

-- # variant_paths
SELECT parse_json(payload):user.name AS a, parse_json(payload):items[0] AS b, parse_json(payload):total::double AS c, parse_json(payload):user.name, parse_json(payload):items[0].sku::string FROM events
