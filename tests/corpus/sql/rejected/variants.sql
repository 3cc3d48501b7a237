-- # vcol
WITH e AS (SELECT parse_json(payload) AS v, 1 AS i FROM events) SELECT v:a[i] FROM e

-- # vneg
WITH e AS (SELECT parse_json(payload) AS v, 1 AS i FROM events) SELECT v:a[-1] FROM e

-- # vjson
SELECT from_json(payload, 'a STRUCT<b: INT>'):a FROM events

-- # vwhere
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT 1 AS one FROM e WHERE v:a

-- # vcmp
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT 1 AS one FROM e WHERE v:a = 'x'

-- # vorder
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:a FROM e ORDER BY v:a

-- # vdistinct
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT DISTINCT v:a FROM e

-- # vmax
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT max(v:a), count(DISTINCT v:a::int) FROM e

-- # v6
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:a + 1 FROM e

-- # v7
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v.a FROM e

-- # v8
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v['a'], v[0] FROM e

-- # v9
SELECT payload:a.b FROM events

-- # v10
SELECT payload:a.b::string FROM events

-- # v11
SELECT st:a FROM types

-- # v13
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:k AS k, count(*) FROM e GROUP BY v:k

-- # v14
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT e.event_id, x.value FROM e, LATERAL variant_explode(v:items) AS x

-- # v18
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v:a[*] FROM e

-- # variant_sum
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT sum(v) FROM e

-- # variant_date_add
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT date_add(v, 1) FROM e

-- # variant_in
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT v IN ('a') AS c FROM e

-- # variant_abs
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT abs(v) AS c FROM e

-- # variant_md5
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT to_date(v) AS c, regexp_extract(v, 'a', 0) AS r, split(v, ',') AS sp, md5(v) AS h FROM e

-- # variant_round
WITH e AS (SELECT parse_json(payload) AS v FROM events) SELECT round(v, 2) AS c FROM e
