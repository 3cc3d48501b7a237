-- # v0idx
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:[0] FROM e

-- # v0idx2
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:[0].a, v:[0][1] FROM e

-- # vnum
WITH e AS (SELECT parse_json(payload) AS v, 1 AS i FROM events) SELECT v:1a FROM e

-- # vname
WITH e AS (SELECT parse_json(payload) AS v, 1 AS i FROM events) SELECT upper(v:a::string), v:a::string || 'x', coalesce(v:a, v:b) FROM e

-- # vspaces
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v : a . b FROM e

-- # vkeyword
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:from, v:end.case FROM e

-- # vstruct
SELECT named_struct('v', parse_json(payload)).v:a FROM events

-- # viff
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT if(v:a IS NULL, 1, 0) AS k, nullif(v:a::string, '') AS m FROM e

-- # vcast_struct
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT (v:a::struct<b:int>).b, v:items::array<struct<sku:string>>[0].sku FROM e

-- # vexplode
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT explode(v:items::array<string>) AS it FROM e

-- # v1
SELECT parse_json(payload):user.name FROM events

-- # v2
SELECT parse_json(payload):user.name::string AS n, parse_json(payload):items[0].sku::string, parse_json(payload):a.b::int FROM events

-- # v3
SELECT parse_json(payload):['user']['name'] AS n FROM events

-- # v4
WITH e AS (SELECT event_id, parse_json(payload) AS v FROM events) SELECT v:a, v:a.b, v:a[0], v:a[0].c, v:['x y'], v:`x y`, e.v:a FROM e

-- # v5
WITH e AS (SELECT event_id, parse_json(payload) AS v FROM events) SELECT event_id, v:total::decimal(10,2) AS t, v:n::int + 1 AS n, upper(v:name::string) AS s FROM e WHERE v:kind::string = 'x'

-- # v12
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT sum(v:amount::double) AS s, v:k::string AS k FROM e GROUP BY v:k::string

-- # v15
SELECT t.pos, t.key, t.value:sku::string AS sku FROM events, LATERAL variant_explode(parse_json(payload):items) AS t

-- # v16
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:a.b:c FROM e

-- # v17
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT cast(v:a AS array<string>) AS a, v:b::map<string,int>['k'] AS m, try_variant_get(v, '$.x', 'int') FROM e

-- # v19
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:['a'].b[1]['c'], v:A, v:order.select FROM e

-- # v20
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:a IS NULL AS n, v:a::int BETWEEN 1 AND 2 AS w, CASE WHEN v:a::boolean THEN v:x ELSE v:y END AS c FROM e

-- # variant_paths
SELECT parse_json(payload):user.name AS a, parse_json(payload):items[0] AS b, parse_json(payload):total::double AS c, parse_json(payload):user.name, parse_json(payload):items[0].sku::string FROM events

-- # variant_as_text
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT upper(v) AS a, concat(v, 'x') AS b, v || 'x' AS c, length(v) AS d, substring(v, 1, 2) AS s, trim(v) AS t FROM e

-- # variant_like
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v LIKE 'a%' AS a FROM e

-- # variant_coalesce
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT coalesce(v, 'x') AS c FROM e

-- # variant_case
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT CASE WHEN true THEN v ELSE 'x' END AS c FROM e

-- # variant_functions
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT to_json(v) AS j, v::string AS s, schema_of_variant(v) AS sv, is_variant_null(v) AS n FROM e

-- # variant_concat_ws
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT concat_ws(',', v) AS cw FROM e

-- # variant_length
WITH e AS (SELECT parse_json(payload) AS v, 1 AS i FROM events) SELECT length(v:a) FROM e
