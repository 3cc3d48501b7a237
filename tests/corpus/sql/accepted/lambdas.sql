-- # transform
SELECT transform(arr, x -> x + 1) AS a, transform(arr, x -> cast(x AS STRING)) AS b, transform(arr, (x, i) -> x * i) AS c, transform(arr_s, s -> upper(s)) AS d FROM types

-- # transform_not_null
SELECT transform(arr, x -> x + 1) AS a, transform(arr, x -> nullif(x, 0)) AS b, transform(arr_st, e -> e.v * 2) AS c, transform(arr, (x, i) -> struct(x AS v, i AS at)) AS d FROM types_nn

-- # filter
SELECT filter(arr, x -> x > 1) AS a, filter(arr, (x, i) -> i > 0) AS b, filter(arr_st, e -> e.k IS NOT NULL) AS c FROM types

-- # filter_not_null
SELECT filter(arr, x -> x IS NOT NULL) AS a, filter(arr_s, s -> s LIKE 'a%') AS b FROM types_nn

-- # exists_and_forall
SELECT exists(arr, x -> x > 1) AS a, forall(arr, x -> x > 0) AS b, any_match FROM (SELECT *, exists(arr_s, s -> s = 'x') AS any_match FROM types)

-- # exists_not_null
SELECT exists(arr, x -> x > 1) AS a, forall(arr, x -> x > 0) AS b, exists(arr, x -> x IS NULL) AS c FROM types_nn

-- # aggregate
SELECT aggregate(arr, 0, (acc, x) -> acc + x) AS a, aggregate(arr, 0L, (acc, x) -> acc + x) AS b, aggregate(arr, 0D, (acc, x) -> acc + x, acc -> acc / 10) AS c, reduce(arr, 1, (acc, x) -> acc * x) AS d FROM types

-- # aggregate_not_null
SELECT aggregate(arr, 0, (acc, x) -> acc + x) AS a, aggregate(arr, 0, (acc, x) -> acc + x, acc -> string(acc)) AS b, aggregate(arr_s, '', (acc, x) -> acc || x) AS c FROM types_nn

-- # aggregate_struct
SELECT aggregate(arr, named_struct('s', 0L, 'n', 0), (acc, x) -> named_struct('s', acc.s + x, 'n', acc.n + 1), acc -> acc.s / acc.n) AS mean FROM types_nn

-- # zip_with
SELECT zip_with(arr, arr_s, (x, y) -> struct(x, y)) AS a, zip_with(arr, arr, (x, y) -> x + y) AS b, zip_with(arr, array(1L), (x, y) -> coalesce(x, 0) + coalesce(y, 0)) AS c FROM types_nn

-- # map_functions
SELECT map_filter(m, (k, v) -> v > 1) AS a, transform_keys(m, (k, v) -> upper(k)) AS b, transform_values(m, (k, v) -> v * 1.5) AS c, map_zip_with(m, m, (k, v1, v2) -> v1 + v2) AS d FROM types

-- # map_functions_not_null
SELECT map_filter(m, (k, v) -> v > 1) AS a, transform_keys(m, (k, v) -> length(k)) AS b, transform_values(m, (k, v) -> k || v) AS c, map_zip_with(m, map('a', 1D), (k, v1, v2) -> coalesce(v1, v2)) AS d FROM types_nn

-- # array_sort
SELECT array_sort(arr) AS a, array_sort(arr, (l, r) -> CASE WHEN l < r THEN 1 WHEN l > r THEN -1 ELSE 0 END) AS b, array_sort(arr_st, (l, r) -> int(l.v - r.v)) AS c FROM types

-- # nested_lambdas
SELECT transform(array(arr, arr), a -> transform(a, x -> x + 1)) AS a, transform(arr_st, e -> transform(array(e.v), v -> v * 2)) AS b, filter(array(arr), a -> exists(a, x -> x > 1)) AS c FROM types

-- # captures_columns
SELECT transform(arr, x -> x + i) AS a, filter(arr_s, x -> x = s) AS b, transform(arr, x -> named_struct('x', x, 'id', bi)) AS c FROM types

-- # shadowing_names
SELECT transform(arr, i -> i + 1) AS a, transform(arr, (i, s) -> i + s) AS b, filter(arr, dt -> dt > 0) AS c FROM types

-- # lambda_case_insensitive
SELECT transform(arr, X -> x + 1) AS a, aggregate(arr, 0, (Acc, x) -> ACC + X) AS b FROM types

-- # quoted_variables
SELECT transform(arr, `my x` -> `my x` + 1) AS a FROM types

-- # lambda_over_split
SELECT transform(split(s, ','), x -> trim(x)) AS a, filter(split(s, ' '), w -> length(w) > 3) AS b, aggregate(transform(split(s, ','), x -> length(x)), 0, (a, x) -> a + x) AS c FROM types

-- # lambda_with_case
SELECT transform(arr, x -> CASE WHEN x > 10 THEN 'big' WHEN x > 1 THEN 'mid' END) AS a, transform(arr, x -> if(x IS NULL, 0, x)) AS b FROM types

-- # item_totals
SELECT order_id, aggregate(items, CAST(0 AS DECIMAL(20,2)), (acc, it) -> CAST(acc + coalesce(it.price, 0) * it.qty AS DECIMAL(20,2))) AS total, transform(items, it -> it.sku) AS skus, filter(items, it -> it.qty > 1) AS multi, size(filter(items, it -> it.price > 100)) AS expensive FROM orders

-- # map_from_lambda
SELECT map_from_entries(transform(items, it -> struct(it.sku, it.qty))) AS qty_by_sku, map_from_arrays(items.sku, items.price) AS price_by_sku FROM orders

-- # lambda_with_subfield_arrays
SELECT transform(items, (it, n) -> named_struct('n', n, 'sku', lower(it.sku), 'line', it.qty * it.price)) AS lines FROM orders

-- # lambda_in_where
SELECT payment_id FROM payments WHERE exists(tags, t -> t = 'vip') AND size(filter(tags, t -> t LIKE 'a%')) > 0

-- # try_in_lambda
SELECT transform(arr_s, x -> try_cast(x AS INT)) AS a, filter(transform(arr_s, x -> try_cast(x AS DOUBLE)), x -> x IS NOT NULL) AS b, array_max(transform(arr_s, x -> length(x))) AS c FROM types_nn
