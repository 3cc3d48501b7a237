-- # arithmetic
SELECT i + 1, i - 1, i * 2, i / 2, i % 2, i DIV 2, -i, +i, ~i FROM types

-- # nested_arithmetic
SELECT (i + 1) * 2, i + 1 * 2, ((i)), (i + (bi - 1)) FROM types

-- # comparisons
SELECT i = 1, i == 1, i <> 1, i != 1, i < 1, i <= 1, i > 1, i >= 1, i <=> 1 FROM types

-- # logic
SELECT NOT bool, bool AND true, bool OR false, !bool, NOT (bool AND NOT bool) FROM types

-- # predicates
SELECT i IS NULL, i IS NOT NULL, bool IS TRUE, bool IS NOT TRUE, bool IS FALSE, bool IS UNKNOWN, i IS DISTINCT FROM 1, i IS NOT DISTINCT FROM bi FROM types

-- # between_in_like
SELECT i BETWEEN 1 AND 2, i NOT BETWEEN 1 AND 2, i IN (1, 2), i NOT IN (1), s LIKE 'a%', s NOT LIKE 'b', s RLIKE 'x+', s ILIKE 'Q%', s REGEXP 'y' FROM types

-- # like_escape_and_quantified
SELECT s LIKE 'a!%' ESCAPE '!', s LIKE ANY ('a%', 'b%'), s LIKE ALL ('a%', '%z'), s NOT LIKE ANY ('q'), s ILIKE ANY ('A%') FROM types

-- # casts
SELECT CAST(i AS STRING), CAST(s AS INT), i::bigint, CAST(1 AS DECIMAL(5,2)), TRY_CAST(s AS DATE), CAST(i + 1 AS DOUBLE) FROM types

-- # cast_functions
SELECT int(s), string(i), double(dec), date(s), timestamp(s), boolean(s), bigint(s), decimal(s), float(s), smallint(s), tinyint(s), binary(s) FROM types

-- # functions
SELECT upper(s), UPPER(s), Upper(s), length(s), concat(s, 'x'), substring(s, 1, 2), round(d), coalesce(i, 0), abs(i) FROM types

-- # aliases_of_functions
SELECT ucase(s), lcase(s), char_length(s), character_length(s), len(s), substr(s, 2), ceiling(d), sign(d), signum(d), power(d, 2), pow(d, 2), ifnull(i, 1), nvl(i, 1) FROM types

-- # case_expressions
SELECT CASE WHEN i > 1 THEN 'a' ELSE 'b' END, CASE i WHEN 1 THEN 'x' END, CASE WHEN bool THEN 1 WHEN i = 2 THEN 2 END, if(bool, 1, 2) FROM types

-- # aggregates
SELECT count(*), count(1), count(i), count(DISTINCT i), sum(i), avg(i), min(i), max(i), COUNT(*) FROM types

-- # aggregates_distinct_and_filter
SELECT sum(DISTINCT i), count(DISTINCT i, s), count(i, s), avg(d) FILTER (WHERE i > 1), count(*) FILTER (WHERE bool) FROM types

-- # star_count_of_a_table
SELECT count(i, s), count(DISTINCT i) FROM types AS t

-- # windows
SELECT row_number() OVER (ORDER BY i), sum(i) OVER (PARTITION BY s), rank() OVER (PARTITION BY s ORDER BY i DESC), lag(i) OVER (ORDER BY ts) FROM types

-- # windows_with_frames
SELECT sum(i) OVER (PARTITION BY s ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), avg(d) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW), count(*) OVER (ORDER BY i ROWS UNBOUNDED PRECEDING) FROM types

-- # struct_access
SELECT st.a, st.c.d, st.c, t.st.b, t.st.c.e FROM types AS t

-- # element_access
SELECT arr[0], m['k'], st.c.e[1], arr_st[0].k, arr_st.k, arr[i + 1], m[s] FROM types

-- # lambdas
SELECT transform(arr, x -> x + 1), filter(arr, v -> v > 0), exists(arr, e -> e IS NULL), aggregate(arr, 0, (acc, x) -> acc + x), transform(arr, (x, i) -> x * i) FROM types

-- # scalar_subqueries
SELECT (SELECT max(i) FROM types), (SELECT 1), (SELECT 1 AS one) AS aliased, EXISTS (SELECT 1 FROM a), i IN (SELECT id FROM a) FROM types

-- # string_operators
SELECT s || 'x', 'a' || s || 'b', s || i FROM types

-- # bit_operators
SELECT i & 1, i | 1, i ^ 1, i << 1, i >> 1, i >>> 1, bi & 3L FROM types

-- # extracts
SELECT extract(YEAR FROM ts), extract(day FROM dt), date_part('month', ts), year(dt), EXTRACT(DOW FROM dt) FROM types

-- # special_syntax
SELECT trim(s), trim(BOTH FROM s), trim(LEADING 'x' FROM s), trim(TRAILING FROM s), position('a' IN s), substring(s FROM 2), substring(s FROM 2 FOR 3), overlay(s PLACING 'x' FROM 2), overlay(s PLACING 'x' FROM 2 FOR 1) FROM types

-- # interval_arithmetic
SELECT ts + INTERVAL 1 DAY, dt - INTERVAL 1 MONTH, ts - ts, dt - dt, dt + 1, ts - INTERVAL '1 02:00' DAY TO MINUTE FROM types

-- # timestampadd_and_diff
SELECT timestampadd(HOUR, 1, ts), timestampdiff(MINUTE, ts, ts), dateadd(DAY, 2, ts), datediff(MONTH, dt, dt), date_add(dt, 3), datediff(dt, dt), dateadd(dt, 1) FROM types

-- # struct_and_row
SELECT struct(i, s), struct(i AS a, s), named_struct('x', i), (i, s), struct(i + 1), struct(st.a, st.b) FROM types

-- # unaliased_in_subquery_keeps_name
SELECT `(i + 1)`, `count(1)` FROM (SELECT i + 1, count(*) FROM types GROUP BY i + 1)

-- # literal_names
SELECT 1, 'abc', 1.50, true, NULL, DATE '2024-01-01', 1.5D, 10L, INTERVAL '1' DAY

-- # grouping_names
SELECT s, grouping(s), grouping_id(), grouping_id(s, i), sum(bi) FROM types GROUP BY CUBE (s, i)

-- # qualified_columns_lose_qualifier
SELECT types.i, t2.i FROM types JOIN types_nn AS t2 ON types.i = t2.i

-- # case_of_names_follows_reference
SELECT I, Bool, TS, `S`, ST.A, st.C.D FROM types

-- # hints_do_not_change_names
SELECT /*+ BROADCAST(b) */ a.id, b.y FROM a JOIN b ON a.id = b.id

-- # comments_inside
SELECT i /* the key */ + 1 -- plus one
FROM types

-- # percentile_syntax
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d), percentile_disc(0.9) WITHIN GROUP (ORDER BY d DESC), mode() WITHIN GROUP (ORDER BY s), listagg(s, ',') WITHIN GROUP (ORDER BY i) FROM types

-- # try_arithmetic
SELECT try_add(i, 1), try_subtract(i, 1), try_multiply(i, 2), try_divide(i, 2), try_sum(i), try_avg(i) FROM types GROUP BY i

-- # ignore_nulls
SELECT first(i IGNORE NULLS), last(i) IGNORE NULLS, first_value(i), any_value(s), last_value(s, true) FROM types

-- # named_arguments
SELECT mask(s, lowerChar => 'q'), mask(str => s, digitChar => '9') FROM types

-- # semi_structured_colon_free
SELECT get_json_object(s, '$.a'), from_json(s, 'a INT, b STRING'), to_json(st) FROM types

-- # collate_expression
SELECT s COLLATE UTF8_BINARY = 'a' AS same FROM types

-- # at_time_zone
SELECT from_utc_timestamp(ts, 'Europe/Berlin'), convert_timezone('UTC', 'Asia/Tokyo', ntz), to_utc_timestamp(ts, 'PST') FROM types
