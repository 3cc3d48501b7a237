-- # adding_booleans
SELECT bool + 1 FROM types

-- # adding_arrays
SELECT arr + 1 FROM types

-- # adding_structs
SELECT st + st FROM types

-- # adding_dates
SELECT dt + dt FROM types

-- # adding_timestamp_and_int
SELECT ts + 1 FROM types

-- # multiplying_dates
SELECT dt * 2 FROM types

-- # subtracting_string_column_from_binary
SELECT bin - 1 FROM types

-- # comparing_int_and_date
SELECT i = dt FROM types

-- # comparing_bool_and_int_array
SELECT bool = arr FROM types

-- # comparing_maps
SELECT m = m FROM types

-- # ordering_maps
SELECT m FROM types ORDER BY m

-- # comparing_structs_of_different_width
SELECT struct(1) = struct(1, 2)

-- # comparing_array_and_string
SELECT arr = 'x' FROM types

-- # comparing_date_and_number_literal
SELECT dt > 20240101 FROM types

-- # and_of_ints
SELECT i AND true FROM types

-- # not_of_int
SELECT NOT i FROM types

-- # where_of_int
SELECT id FROM a WHERE x

-- # where_of_string
SELECT id FROM a WHERE name

-- # join_on_int
SELECT a.id FROM a JOIN b ON a.id

-- # case_condition_of_string
SELECT CASE WHEN s THEN 1 END FROM types

-- # if_condition_of_int
SELECT if(i, 1, 2) FROM types

-- # case_of_array_and_int
SELECT CASE WHEN bool THEN arr ELSE i END FROM types

-- # coalesce_of_date_and_int
SELECT coalesce(dt, i) FROM types

-- # coalesce_of_bool_and_int
SELECT coalesce(bool, 0) FROM types

-- # coalesce_of_struct_and_string
SELECT coalesce(st, s) FROM types

-- # if_of_map_and_array
SELECT if(bool, m, arr) FROM types

-- # in_of_dates_and_ints
SELECT dt IN (1, 2) FROM types

-- # in_of_arrays_and_ints
SELECT arr IN (1) FROM types

-- # between_of_dates_and_ints
SELECT dt BETWEEN 1 AND 2 FROM types

-- # array_of_int_and_bool
SELECT array(1, true)

-- # array_of_date_and_int
SELECT array(dt, i) FROM types

-- # map_with_map_keys
SELECT map(m, 1) FROM types

-- # map_of_odd_arguments
SELECT map('a', 1, 'b')

-- # greatest_of_date_and_int
SELECT greatest(dt, i) FROM types

-- # greatest_of_one
SELECT greatest(i) FROM types

-- # negating_a_string_array
SELECT -arr_s FROM types

-- # negating_a_date
SELECT -dt FROM types

-- # bitwise_of_double
SELECT d & 1 FROM types

-- # bitwise_of_string
SELECT ~bool FROM types

-- # modulo_of_bools
SELECT bool % 2 FROM types

-- # division_of_dates
SELECT dt / 2 FROM types

-- # concat_of_arrays_of_maps_and_ints
SELECT concat(arr, i) FROM types

-- # index_of_int
SELECT i[0] FROM types

-- # index_of_array_by_string
SELECT arr['a'] FROM types

-- # index_of_array_by_double
SELECT arr[1.5] FROM types

-- # index_of_map_by_array
SELECT m[arr] FROM types

-- # struct_compared_to_int
SELECT st > 1 FROM types

-- # like_of_array
SELECT arr LIKE 'a%' FROM types

-- # interval_plus_int
SELECT INTERVAL '1' DAY + 1

-- # interval_kinds_mixed
SELECT INTERVAL '1' DAY + INTERVAL '1' MONTH

-- # interval_compared_to_int
SELECT INTERVAL '1' DAY > 1

-- # interval_times_interval
SELECT INTERVAL '1' DAY * INTERVAL '1' DAY

-- # timestamp_times_int
SELECT ts * 2 FROM types

-- # int_minus_date
SELECT i - dt FROM types

-- # boolean_sum
SELECT sum(bool) FROM types

-- # date_sum
SELECT sum(dt) FROM types

-- # array_avg
SELECT avg(arr) FROM types

-- # max_of_map
SELECT max(m) FROM types

-- # distinct_of_map
SELECT DISTINCT m FROM types

-- # partition_by_map
SELECT row_number() OVER (PARTITION BY m ORDER BY i) FROM types

-- # join_on_maps
SELECT 1 FROM types l JOIN types r ON l.m = r.m

-- # nullif_of_date_and_int
SELECT nullif(dt, i) FROM types

-- # ntz_plus_date
SELECT ntz + dt FROM types

-- # string_concat_of_struct
SELECT s || st FROM types
