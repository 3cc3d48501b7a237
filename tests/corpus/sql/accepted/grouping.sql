-- # by_column
SELECT name, sum(x) AS s FROM a GROUP BY name

-- # by_expression
SELECT upper(name) AS n, count(*) FROM a GROUP BY upper(name)

-- # by_ordinal
SELECT name, x % 2, count(*) FROM a GROUP BY 1, 2

-- # by_alias
SELECT date_trunc('DAY', paid_at) AS day, count(*) AS n FROM payments GROUP BY day

-- # by_all
SELECT card_id, currency, sum(amount) AS s, count(*) FROM payments GROUP BY ALL

-- # by_all_of_expressions
SELECT upper(name) AS n, id + 1, max(x) FROM a GROUP BY ALL

-- # column_wins_over_alias
SELECT x + 1 AS x, count(*) AS n FROM a GROUP BY x

-- # expression_over_group_key
SELECT name || '!' AS n, sum(x) + 1 AS s, id * 2 AS d FROM a GROUP BY name, id

-- # global
SELECT count(*) AS n, sum(x) AS s, avg(x) AS m, max(name) AS top FROM a

-- # global_without_columns
SELECT count(*) FROM a

-- # having
SELECT name, sum(x) AS s FROM a GROUP BY name HAVING s > 10 AND count(*) > 1

-- # having_without_group_by
SELECT max(x) AS m FROM a HAVING count(*) > 1

-- # having_on_unselected_aggregate
SELECT name FROM a GROUP BY name HAVING max(x) > 3

-- # order_by_aggregate
SELECT name FROM a GROUP BY name ORDER BY sum(x) DESC, name

-- # rollup
SELECT region, product, sum(revenue) AS r FROM sales GROUP BY ROLLUP (region, product)

-- # cube
SELECT year, quarter, sum(units) AS u, grouping(year) AS g, grouping_id(year, quarter) AS gid FROM sales GROUP BY CUBE (year, quarter)

-- # grouping_sets
SELECT year, region, product, sum(revenue) AS r FROM sales GROUP BY GROUPING SETS ((year, region), (product), ())

-- # grouping_sets_with_columns
SELECT year, region, product, count(*) AS n FROM sales GROUP BY year, GROUPING SETS ((region), (product))

-- # with_rollup
SELECT year, quarter, sum(units) AS u FROM sales GROUP BY year, quarter WITH ROLLUP

-- # with_cube
SELECT year, product, max(revenue) AS m FROM sales GROUP BY year, product WITH CUBE

-- # grouping_sets_of_one
SELECT year, sum(revenue) AS r FROM sales GROUP BY GROUPING SETS ((year))

-- # group_by_then_grouping_sets_clause
SELECT year, product, sum(revenue) AS r FROM sales GROUP BY year, product GROUPING SETS ((year), (product))

-- # rollup_of_expressions
SELECT year + 1 AS y, upper(product) AS p, sum(revenue) AS r FROM sales GROUP BY ROLLUP (year + 1, upper(product))

-- # partial_rollup
SELECT year, quarter, region, sum(units) AS u FROM sales GROUP BY year, ROLLUP (quarter, region)

-- # key_is_also_aggregated_in_cube
SELECT product, sum(year) AS y, count(product) AS n FROM sales GROUP BY CUBE (product)

-- # filter_clause
SELECT card_id, sum(amount) FILTER (WHERE status = 'ok') AS ok, count(*) FILTER (WHERE is_fraud) AS frauds, max(paid_at) FILTER (WHERE amount > 100 AND currency = 'EUR') AS last_big FROM payments GROUP BY card_id

-- # distinct_aggregates
SELECT card_id, count(DISTINCT merchant_id) AS m, sum(DISTINCT amount) AS s, count(DISTINCT merchant_id, currency) AS mc, collect_set(currency) AS cs FROM payments GROUP BY card_id

-- # struct_field_key
SELECT device.os, count(*) AS n FROM payments GROUP BY device.os

-- # struct_key
SELECT device, device.os AS os, count(*) AS n FROM payments GROUP BY device

-- # literal_in_select
SELECT 'all' AS scope, 1 AS one, count(*) AS n FROM payments

-- # key_not_selected
SELECT count(*) AS n FROM payments GROUP BY card_id

-- # case_key
SELECT CASE WHEN amount > 100 THEN 'big' ELSE 'small' END AS band, count(*) AS n FROM payments GROUP BY CASE WHEN amount > 100 THEN 'big' ELSE 'small' END

-- # nested_aggregation
SELECT avg(n) AS mean_n, max(total) AS top FROM (SELECT card_id, count(*) AS n, sum(amount) AS total FROM payments GROUP BY card_id)

-- # statistics
SELECT stddev(amount) AS a, stddev_pop(amount) AS b, stddev_samp(amount) AS c, variance(amount) AS d, var_pop(amount) AS e, var_samp(amount) AS f, skewness(amount) AS g, kurtosis(amount) AS h, std(amount) AS j, mean(amount) AS k FROM payments

-- # correlation_and_regression
SELECT corr(revenue, units) AS a, covar_pop(revenue, units) AS b, covar_samp(revenue, units) AS c, regr_slope(revenue, units) AS d, regr_intercept(revenue, units) AS e, regr_r2(revenue, units) AS f, regr_count(revenue, units) AS g, regr_avgx(revenue, units) AS h, regr_avgy(revenue, units) AS j, regr_sxx(revenue, units) AS k, regr_sxy(revenue, units) AS l, regr_syy(revenue, units) AS m FROM sales

-- # quantiles
SELECT percentile(amount, 0.5) AS a, percentile(amount, array(0.25, 0.75)) AS b, percentile_approx(amount, 0.9) AS c, approx_percentile(amount, array(0.1, 0.9), 100) AS d, median(amount) AS e, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS f, percentile_disc(0.5) WITHIN GROUP (ORDER BY merchant_id DESC) AS g FROM payments

-- # collections
SELECT card_id, collect_list(amount) AS a, collect_set(status) AS b, array_agg(merchant_id) AS c, collect_list(struct(paid_at, amount)) AS d, map_from_entries(collect_list(struct(payment_id, status))) AS e FROM payments GROUP BY card_id

-- # strings_aggregated
SELECT card_id, listagg(currency, ',') AS a, string_agg(status, '|') WITHIN GROUP (ORDER BY paid_at) AS b, concat_ws(',', collect_list(currency)) AS c FROM payments GROUP BY card_id

-- # first_last_and_extremes
SELECT card_id, first(amount) AS a, last(currency, true) AS b, any_value(merchant_id) AS c, max_by(amount, paid_at) AS d, min_by(status, paid_at) AS e, first_value(status) AS f, mode(currency) AS g, max_by(struct(amount, status), paid_at).amount AS h FROM payments GROUP BY card_id

-- # booleans
SELECT every(is_fraud) AS a, some(is_fraud) AS b, any(is_fraud) AS c, bool_and(amount > 1) AS d, bool_or(is_fraud) AS e, count_if(is_fraud) AS f, count_if(amount > 10) AS g FROM payments

-- # bits_and_sketches
SELECT bit_and(merchant_id) AS a, bit_or(merchant_id) AS b, bit_xor(payment_id) AS c, approx_count_distinct(card_id) AS d, hll_sketch_estimate(hll_sketch_agg(card_id)) AS e, count_min_sketch(merchant_id, 0.5D, 0.5D, 1) AS f, bitmap_count(bitmap_construct_agg(bitmap_bit_position(payment_id))) AS g, histogram_numeric(merchant_id, 5) AS h FROM payments

-- # grouping_by_date_parts
SELECT year(paid_at) AS y, month(paid_at) AS m, count(*) AS n, sum(amount) / count(*) AS mean_amount FROM payments GROUP BY year(paid_at), month(paid_at) ORDER BY 1, 2

-- # group_by_all_without_aggregates
SELECT currency, status FROM payments GROUP BY ALL

-- # group_by_constant
SELECT count(*) AS n FROM payments GROUP BY 'x'

-- # approximate_top
SELECT approx_top_k(currency) AS a, approx_top_k(merchant_id, 3) AS b FROM payments
