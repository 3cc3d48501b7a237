-- # integers
SELECT 1, -1, 2147483647, 2147483648, -2147483648, 9223372036854775807, 0

-- # integer_suffixes
SELECT 1Y, 1S, 1L, -1Y, 127Y, 1y, 1s, 1l

-- # beyond_bigint_is_decimal
SELECT 9223372036854775808, 12345678901234567890123456789012345678

-- # decimals
SELECT 1.5, -0.25, .5, 1., 100.00, 0.001, 12345.678900

-- # decimal_suffix
SELECT 1BD, 1.50BD, -3.14BD, 1e3BD

-- # floats_and_doubles
SELECT 1.5D, 1.5F, 1e3, 1E-3, 1.5e10, 2D, 2F, .5D, -1e0

-- # strings
SELECT 'a', "b", 'it''s', 'line\nbreak', '', 'größe 📏'

-- # strings_joined_and_raw
SELECT 'a' 'b', r'a\d+', R"\w", 'tab\tx'

-- # booleans_and_null
SELECT true, false, TRUE, False, null, NULL

-- # typed_dates
SELECT DATE '2024-02-29', date'2024-02', DATE "2024"

-- # typed_timestamps
SELECT TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01T10:00:00+02:00', TIMESTAMP_NTZ '2024-01-01 00:00:00', TIMESTAMP_LTZ '2024-01-01 12:30:00.123'

-- # binaries
SELECT X'1F2E', x'', X'00'

-- # intervals_ansi
SELECT INTERVAL '1' YEAR, INTERVAL '2-3' YEAR TO MONTH, INTERVAL '5' MONTH, INTERVAL '1' DAY, INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '10' HOUR, INTERVAL '1:30' HOUR TO MINUTE, INTERVAL '59.5' SECOND

-- # intervals_of_units
SELECT INTERVAL 1 DAY, INTERVAL 3 MONTHS, INTERVAL 2 YEARS 1 MONTH, INTERVAL 1 WEEK, INTERVAL 2 HOURS 30 MINUTES, INTERVAL '3 days', interval 1 day 2 seconds

-- # empty_collections
SELECT array(), map(), array(null), map('a', null)

-- # collections_of_literals
SELECT array(1, 2, 3), array('a', null), map('a', 1, 'b', 2), struct(1, 'x'), named_struct('a', 1, 'b', null), (1, 'two', 3.0)

-- # nested_collections
SELECT array(array(1), array(2, 3)), map('k', array(1L)), struct(array(struct(1 AS a))), array(named_struct('x', 1, 'y', 'z'))

-- # negated
SELECT -(1), - -1, +1, ~1, -1.5, -(2147483648), -true_value FROM (SELECT 5 AS true_value)

-- # current_values
SELECT current_date, current_timestamp, current_date(), current_timestamp(), now(), localtimestamp(), current_timezone()

-- # current_values_named
SELECT current_user, current_user(), user, session_user, current_catalog(), current_database(), current_schema()

-- # constants
SELECT pi(), e(), PI() * 2 AS tau, version(), uuid(), rand(), randn(), rand(42), randn(1)

-- # aliased
SELECT 1 AS one, 2 two, 'x' AS `a b`, 3 AS ONE

-- # null_of_types
SELECT CAST(NULL AS INT), CAST(NULL AS STRING) AS s, nullif(1, 1) AS n, CAST(NULL AS ARRAY<INT>)

-- # duplicates_are_fine
SELECT 1 AS a, 2 AS a, 3 AS A

-- # hex_like_and_underscores
SELECT 0x AS c FROM (SELECT 1 AS `0x`)

-- # parameterless_select_where
SELECT 1 AS one WHERE true
