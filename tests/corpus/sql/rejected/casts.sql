-- # array_to_int
SELECT CAST(arr AS INT) FROM types

-- # map_to_array
SELECT CAST(m AS ARRAY<STRING>) FROM types

-- # struct_of_other_width
SELECT CAST(struct(1, 2) AS STRUCT<a: INT>)

-- # date_to_int
SELECT CAST(dt AS INT) FROM types

-- # date_to_double
SELECT CAST(dt AS DOUBLE) FROM types

-- # int_to_date
SELECT CAST(i AS DATE) FROM types

-- # bool_to_date
SELECT CAST(bool AS DATE) FROM types

-- # bool_to_timestamp
SELECT CAST(bool AS TIMESTAMP) FROM types

-- # ntz_to_bigint
SELECT CAST(ntz AS BIGINT) FROM types

-- # binary_to_int
SELECT CAST(bin AS INT) FROM types

-- # double_to_binary
SELECT CAST(d AS BINARY) FROM types

-- # int_to_array
SELECT CAST(i AS ARRAY<INT>) FROM types

-- # string_to_array
SELECT CAST(s AS ARRAY<INT>) FROM types

-- # string_to_map
SELECT CAST(s AS MAP<STRING, INT>) FROM types

-- # string_to_struct
SELECT CAST(s AS STRUCT<a: INT>) FROM types

-- # timestamp_to_boolean
SELECT CAST(ts AS BOOLEAN) FROM types

-- # date_to_boolean
SELECT CAST(dt AS BOOLEAN) FROM types

-- # array_elements
SELECT CAST(array(DATE '2024-01-01') AS ARRAY<INT>)

-- # interval_to_date
SELECT CAST(INTERVAL '1' DAY AS DATE)

-- # interval_month_to_day
SELECT CAST(INTERVAL '1' MONTH AS INTERVAL DAY)

-- # try_cast_of_array_to_int
SELECT TRY_CAST(arr AS INT) FROM types

-- # unknown_type
SELECT CAST(i AS INTT) FROM types

-- # precision_too_big
SELECT CAST(i AS DECIMAL(39, 2)) FROM types

-- # scale_beyond_precision
SELECT CAST(i AS DECIMAL(5, 6)) FROM types

-- # array_without_element
SELECT CAST(arr AS ARRAY) FROM types

-- # varchar_without_length
SELECT CAST(s AS VARCHAR) FROM types

-- # date_function_of_int
SELECT date(i) FROM types

-- # cast_without_type
SELECT CAST(i) FROM types

-- # double_colon_date
SELECT i::date FROM types

-- # int_function_of_array
SELECT int(arr) FROM types
