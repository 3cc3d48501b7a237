-- # unknown_function
SELECT uper(s) FROM types

-- # unknown_function_of_another_dialect
SELECT iff(bool, 1, 2) FROM types

-- # unknown_safe_divide
SELECT safe_divide(i, 2) FROM types

-- # unknown_to_days
SELECT julianday(dt) FROM types

-- # too_many_arguments
SELECT upper(s, 'x') FROM types

-- # too_few_arguments
SELECT substring(s) FROM types

-- # no_arguments
SELECT abs()

-- # arguments_for_none
SELECT pi(1)

-- # coalesce_of_nothing
SELECT coalesce()

-- # round_of_string_array
SELECT round(arr_s) FROM types

-- # upper_of_array
SELECT upper(arr) FROM types

-- # length_of_map
SELECT length(m) FROM types

-- # size_of_string
SELECT size(s) FROM types

-- # size_of_struct
SELECT size(st) FROM types

-- # explode_of_int
SELECT explode(i) FROM types

-- # explode_of_struct
SELECT explode(st) FROM types

-- # array_contains_wrong_element
SELECT array_contains(arr, 'x') FROM types

-- # array_contains_of_string
SELECT array_contains(s, 'x') FROM types

-- # array_union_of_different_elements
SELECT array_union(arr, arr_s) FROM types

-- # array_join_of_ints_by_int
SELECT array_join(m, ',') FROM types

-- # map_keys_of_array
SELECT map_keys(arr) FROM types

-- # element_at_of_struct
SELECT element_at(st, 1) FROM types

-- # element_at_wrong_key
SELECT element_at(m, 1) FROM types

-- # date_add_with_string
SELECT date_add(i, 1) FROM types

-- # date_add_with_double
SELECT date_add(dt, 1.5D) FROM types

-- # year_of_int
SELECT year(i) FROM types

-- # hour_of_boolean
SELECT hour(bool) FROM types

-- # datediff_of_ints
SELECT datediff(i, i) FROM types

-- # datediff_unit_quoted
SELECT datediff('DAY', dt, dt) FROM types

-- # sum_of_string_array
SELECT sum(arr_s) FROM types

-- # percentile_of_column_fraction
SELECT percentile(d, d) FROM types

-- # percentile_out_of_range
SELECT percentile_approx(d, 1.5) FROM types

-- # ntile_of_column
SELECT ntile(i) OVER (ORDER BY i) FROM types

-- # from_json_without_schema
SELECT from_json(s) FROM types

-- # from_json_schema_of_column
SELECT from_json(s, s) FROM types

-- # from_json_bad_schema
SELECT from_json(s, 'a INTT') FROM types

-- # to_json_of_int
SELECT to_json(i) FROM types

-- # json_tuple_of_int
SELECT json_tuple(i, 'a') FROM types

-- # lag_offset_of_column
SELECT lag(i, bi) OVER (ORDER BY i) FROM types

-- # rand_of_column
SELECT rand(i) FROM types

-- # sequence_of_strings
SELECT sequence(s, s) FROM types

-- # sequence_of_dates_with_int_step
SELECT sequence(dt, dt, 1) FROM types

-- # stack_of_nothing
SELECT stack(0, 1)

-- # stack_of_mixed_columns
SELECT stack(2, 1, true)

-- # inline_of_array_of_ints
SELECT inline(arr) FROM types

-- # struct_with_duplicate_call
SELECT named_struct('a') FROM types

-- # named_struct_with_column_name
SELECT named_struct(s, 1) FROM types

-- # split_of_int_array
SELECT split(arr, ',') FROM types

-- # greatest_of_maps
SELECT greatest(m, m) FROM types

-- # sort_array_of_maps
SELECT sort_array(array(m)) FROM types

-- # hash_of_map
SELECT hash(m) FROM types

-- # first_with_string_flag
SELECT first(i, s) FROM types

-- # named_argument_unknown
SELECT mask(s, lower => 'x') FROM types

-- # extract_unknown_field
SELECT extract(FORTNIGHT FROM ts) FROM types

-- # extract_day_of_string_array
SELECT extract(DAY FROM arr) FROM types

-- # trunc_missing_format
SELECT trunc(dt) FROM types

-- # distinct_of_scalar_function
SELECT upper(DISTINCT s) FROM types

-- # filter_of_scalar_function
SELECT upper(s) FILTER (WHERE bool) FROM types

-- # within_group_of_sum
SELECT sum(i) WITHIN GROUP (ORDER BY i) FROM types

-- # timestampdiff_unknown_unit
SELECT timestampdiff(FORTNIGHTS, ts, ts) FROM types

-- # regexp_extract_of_array
SELECT regexp_extract(arr, 'a') FROM types

-- # width_bucket_of_strings_map
SELECT width_bucket(m, 1, 2, 3) FROM types
