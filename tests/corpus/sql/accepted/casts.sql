-- # to_numbers
SELECT CAST(s AS INT) AS a, CAST(bool AS INT) AS b, CAST(d AS INT) AS c, CAST(dec AS BIGINT) AS d, CAST(ts AS BIGINT) AS e, CAST(bi AS TINYINT) AS f, CAST(s AS DOUBLE) AS g, CAST(i AS FLOAT) AS h, CAST(ts AS DOUBLE) AS j, CAST(bool AS DECIMAL(3,0)) AS k FROM types_nn

-- # to_numbers_nullable
SELECT CAST(s AS BIGINT) AS a, CAST(i AS SMALLINT) AS b, CAST(f AS DECIMAL(10,2)) AS c FROM types

-- # to_strings
SELECT CAST(i AS STRING) AS a, CAST(dt AS STRING) AS b, CAST(arr AS STRING) AS c, CAST(m AS STRING) AS d, CAST(st AS STRING) AS e, CAST(bin AS STRING) AS f, CAST(bool AS STRING) AS g, CAST(ntz AS STRING) AS h, CAST(INTERVAL '1' DAY AS STRING) AS j FROM types_nn

-- # to_dates
SELECT CAST(s AS DATE) AS a, CAST(ts AS DATE) AS b, CAST(ntz AS DATE) AS c, CAST(s AS TIMESTAMP) AS d, CAST(dt AS TIMESTAMP) AS e, CAST(ntz AS TIMESTAMP) AS f, CAST(ts AS TIMESTAMP_NTZ) AS g, CAST(i AS TIMESTAMP) AS h, CAST(s AS TIMESTAMP_NTZ) AS j, CAST(dt AS TIMESTAMP_NTZ) AS k, CAST(d AS TIMESTAMP) AS l FROM types_nn

-- # to_booleans_and_binary
SELECT CAST(i AS BOOLEAN) AS a, CAST(s AS BOOLEAN) AS b, CAST(d AS BOOLEAN) AS c, CAST(s AS BINARY) AS d, CAST(dec AS BOOLEAN) AS e, CAST(bin AS BINARY) AS f FROM types_nn

-- # arrays
SELECT CAST(arr AS ARRAY<BIGINT>) AS a, CAST(arr AS ARRAY<STRING>) AS b, CAST(arr_s AS ARRAY<INT>) AS c, CAST(array() AS ARRAY<DATE>) AS d, CAST(arr AS ARRAY<DECIMAL(12,2)>) AS e FROM types_nn

-- # maps
SELECT CAST(m AS MAP<STRING, BIGINT>) AS a, CAST(m AS MAP<STRING, STRING>) AS b, CAST(map() AS MAP<STRING, INT>) AS c, CAST(m AS MAP<STRING, DOUBLE>) AS d FROM types_nn

-- # structs
SELECT CAST(struct(i, s) AS STRUCT<x: BIGINT, y: STRING>) AS a, CAST(st.c AS STRUCT<d: FLOAT, e: ARRAY<STRING>>) AS b, CAST(named_struct('a', 1) AS STRUCT<b: INT>) AS c FROM types_nn

-- # structs_nullable
SELECT CAST(st AS STRUCT<a: BIGINT, b: STRING, c: STRUCT<d: DOUBLE, e: ARRAY<INT>>>) AS a, CAST(arr_st AS ARRAY<STRUCT<key: STRING, val: FLOAT>>) AS b FROM types

-- # try_cast_is_nullable
SELECT TRY_CAST(s AS INT) AS a, TRY_CAST(i AS STRING) AS b, TRY_CAST(bi AS INT) AS c, TRY_CAST(s AS DATE) AS d, TRY_CAST(i AS BIGINT) AS e, TRY_CAST(arr AS ARRAY<STRING>) AS f, TRY_CAST(dec AS DECIMAL(5,1)) AS g, TRY_CAST(1 AS INT) AS h FROM types_nn

-- # of_null
SELECT CAST(NULL AS DECIMAL(5,2)) AS a, CAST(NULL AS MAP<STRING, INT>) AS b, CAST(NULL AS STRUCT<a: INT>) AS c, CAST(NULL AS VOID) AS d, TRY_CAST(NULL AS DATE) AS e

-- # type_synonyms
SELECT CAST(1 AS INTEGER) AS a, CAST(1 AS LONG) AS b, CAST(1 AS SHORT) AS c, CAST(1 AS BYTE) AS d, CAST(1 AS REAL) AS e, CAST(1 AS NUMERIC) AS f, CAST(1 AS DEC(4)) AS g, CAST(1 AS CHAR(3)) AS h, CAST(1 AS VARCHAR(10)) AS j, CAST('2024-01-01' AS TIMESTAMP_LTZ) AS k

-- # intervals
SELECT CAST('1' AS INTERVAL DAY) AS a, CAST('1-2' AS INTERVAL YEAR TO MONTH) AS b, CAST(i AS INTERVAL MONTH) AS c, CAST(INTERVAL '3' DAY AS INT) AS d, CAST(INTERVAL '90' MINUTE AS INTERVAL DAY TO SECOND) AS e, CAST(INTERVAL '1' HOUR AS BIGINT) AS f FROM types_nn

-- # double_colon_chains
SELECT s::int::string AS a, (i + 1)::double AS b, arr[0]::bigint AS c, '5'::int + 1 AS d, -1::string AS e FROM types_nn

-- # functions_as_casts
SELECT int('1') AS a, date(ts) AS b, decimal(i) AS c, string(dec) AS d, double(s) AS e, timestamp(dt) AS f, boolean(i) AS g, bigint(d) AS h FROM types_nn

-- # parsing_functions
SELECT to_date(s) AS a, to_date(s, 'yyyy') AS b, to_timestamp(s) AS c, to_timestamp(s, 'HH') AS d, to_timestamp_ntz(s) AS e, to_timestamp_ltz(s) AS f, to_number(s, '999') AS g, to_char(dec, '999.99') AS h, to_varchar(i, '99') AS j, to_binary(s, 'utf-8') AS k, try_to_number(s, '99.9') AS l, try_to_timestamp(s) AS m, try_to_date(s) AS n FROM types_nn

-- # keeps_or_loses_not_null
SELECT CAST(bool AS STRING) AS a, CAST(s AS STRING) AS b, CAST(i AS BIGINT) AS c, CAST(bi AS INT) AS d, CAST(d AS DECIMAL(5,2)) AS e, CAST(dec AS DECIMAL(3,1)) AS f, CAST(i AS DECIMAL(10,0)) AS g, CAST(i AS DECIMAL(9,0)) AS h, CAST(dec AS DECIMAL(12,2)) AS j FROM types_nn

-- # variant
SELECT parse_json(s) AS v, try_parse_json(s) AS t, variant_get(parse_json(s), '$.a', 'int') AS a, try_variant_get(parse_json(s), '$.b', 'string') AS b, CAST(1 AS VARIANT) AS c, is_variant_null(parse_json('null')) AS n, schema_of_variant(parse_json(s)) AS sc FROM types_nn
