-- # making_or_trying
SELECT try_make_interval(1, 2) AS a, try_make_timestamp_ntz(2024, 1, 1, 0, 0, 0) AS b, try_make_timestamp_ltz(2024, 1, 1, 0, 0, 0) AS c, try_to_binary(s, 'hex') AS d, try_reflect('java.lang.Math', 'abs', 1) AS e FROM types_nn

-- # variants
SELECT to_variant_object(st) AS a, variant_get(parse_json(s), '$.x', 'double') AS b, schema_of_variant(parse_json(s)) AS c, to_json(parse_json(s)) AS d, CAST(parse_json(s) AS INT) AS e, schema_of_variant_agg(parse_json(s)) OVER () AS f FROM types

-- # variant_explode_outer
SELECT event_id, v.key FROM events, LATERAL variant_explode_outer(parse_json(payload)) AS v

-- # xml
SELECT xpath_float(s, 'a') AS a, xpath_long(s, 'a') AS b, xpath_number(s, 'a') AS c, xpath_short(s, 'a') AS d, schema_of_xml('<a><b>1</b></a>') AS e FROM types_nn

-- # users
SELECT user() AS a, session_user() AS b, input_file_block_start() AS c, input_file_block_length() AS d, input_file_name() AS e, current_timezone() AS f FROM types

-- # predicates_as_functions
SELECT regexp(s, 'a') AS a, rlike(s, 'b') AS b, like(s, 'c%') AS c, ilike(s, 'd') AS d, any(bool) OVER () AS e, not(bool) AS f, `div`(i, 2) AS g FROM types

-- # collated
SELECT collate(s, 'UTF8_LCASE') = 'a' AS a, collation(collate(s, 'UNICODE')) AS b, lower(collate(s, 'UTF8_BINARY')) AS c FROM types_nn

-- # avro_and_sentences
SELECT sentences(s, 'en', 'US')[0][0] AS a, soundex(s) AS b, quote(s) AS c, luhn_check(s) AS d, bitmap_bucket_number(bi) AS e, randstr(3, 1) AS f, uniform(0, 1.5D, 3) AS g FROM types_nn

-- # stats_of_struct_fields
SELECT avg(st.a) AS a, max(st.c.d) AS b, collect_set(st.b) AS c, sum(size(st.c.e)) AS d, count_if(st.a > 1) AS e, first(st) AS f, max_by(st, ts) AS g FROM types

-- # zeros_and_nulls
SELECT zeroifnull(sum(x)) AS a, nullifzero(count(*)) AS b, nvl(max(x), -1) AS c, coalesce(avg(x), 0) AS d, ifnull(min(name), 'none') AS e, nvl2(max(x), 'some', 'none') AS f FROM a
