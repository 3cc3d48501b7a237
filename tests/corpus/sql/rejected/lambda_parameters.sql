-- # lambda_parameters_1
SELECT map_filter(m, k -> k > 'a') FROM types

-- # lambda_parameters_2
SELECT map_filter(m, (k, v, w) -> true) FROM types

-- # lambda_parameters_4
SELECT if(true, i, arr) FROM types

-- # lambda_parameters_6
SELECT if(i, i, i) FROM types

-- # lambda_parameters_7
SELECT if(true, st, m) FROM types

-- # lambda_parameters_8
SELECT transform_values(m, v -> v) FROM types

-- # lambda_parameters_9
SELECT transform(arr, (a, b, c) -> a) FROM types

-- # lambda_parameters_10
SELECT zip_with(arr, arr, x -> x) FROM types

-- # lambda_parameters_11
SELECT aggregate(arr, 0, x -> x) FROM types

-- # lambda_parameters_12
SELECT exists(arr, (x, y) -> true) FROM types

-- # lambda_parameters_13
SELECT array_sort(arr, x -> 1) FROM types

-- # lambda_parameters_14
SELECT map_zip_with(m, m, (k, v) -> k) FROM types

-- # lambda_parameters_15
SELECT filter(arr, (x, y, z) -> true) FROM types
