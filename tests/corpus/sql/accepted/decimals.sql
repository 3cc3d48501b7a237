-- # addition
SELECT d10_2 + d10_2 AS a, d10_2 + d18_4 AS b, d20_0 + d10_2 AS c, d38_10 + d10_2 AS d, d38_10 + d38_38 AS e, d5_0 + 1 AS f, d18_4 + d18_4 AS g, d1_1 + d1_1 AS h FROM decimals

-- # subtraction
SELECT d10_2 - d5_0 AS a, d18_4 - n AS b, big - d10_2 AS c, d38_38 - 1 AS d, 1.5 - d10_2 AS e, d18_4 - d1_1 AS f FROM decimals

-- # multiplication
SELECT d10_2 * d10_2 AS a, d18_4 * d18_4 AS b, d20_0 * d18_4 AS c, d38_10 * d38_10 AS d, d38_10 * 2 AS e, d38_38 * d38_38 AS f, d10_2 * n AS g, d10_2 * big AS h, d10_2 * 1.19 AS j FROM decimals

-- # division
SELECT d10_2 / d10_2 AS a, d18_4 / d10_2 AS b, d20_0 / d5_0 AS c, d38_10 / d38_10 AS d, d10_2 / 3 AS e, 1 / d10_2 AS f, d10_2 / big AS g, d38_38 / d1_1 AS h, d18_4 / 2.0 AS j FROM decimals

-- # remainder
SELECT d10_2 % d5_0 AS a, d18_4 % 7 AS b, d38_10 % d10_2 AS c, pmod(d10_2, d18_4) AS d, mod(d20_0, 3) AS e, d10_2 DIV 2 AS f, d18_4 DIV d5_0 AS g FROM decimals

-- # literal_operands
SELECT d10_2 + 1 AS a, d10_2 + 100 AS b, d10_2 + 1L AS c, d10_2 + 1.0 AS d, d10_2 * 10 AS e, d10_2 * 0.5 AS f, 100 * d10_2 AS g, d10_2 / 100 AS h, d10_2 + 2147483648 AS j FROM decimals

-- # literals_alone
SELECT 1.1 + 2.22 AS a, 1.1 * 2.22 AS b, 1.0 / 3 AS c, 1.0 / 3.0 AS d, 10 / 3.00 AS e, 0.1 + 1 AS f, 1.50 - 0.5 AS g, 5.5 % 2 AS h, 100 * 1.1 AS j

-- # mixed_with_float
SELECT d10_2 + 1.5D AS a, d10_2 * 1F AS b, d10_2 / 1e0 AS c, d18_4 = 1.5D AS d, d38_10 + CAST(1 AS DOUBLE) AS e FROM decimals

-- # merging
SELECT coalesce(d10_2, d18_4) AS a, coalesce(d20_0, d38_10) AS b, coalesce(d10_2, 0) AS c, coalesce(d10_2, 0.0) AS d, if(n > 1, d5_0, n) AS e, if(n > 1, d5_0, big) AS f, greatest(d10_2, d20_0) AS g, coalesce(d38_38, d20_0) AS h FROM decimals

-- # aggregates
SELECT sum(d10_2) AS a, sum(d38_10) AS b, avg(d10_2) AS c, avg(d38_10) AS d, min(d18_4) AS e, max(d5_0) AS f, sum(d18_4) AS g, avg(d18_4) AS h, avg(d1_1) AS j, sum(DISTINCT d20_0) AS k, avg(d38_38) AS l FROM decimals

-- # more_aggregates
SELECT stddev(d10_2) AS a, median(d10_2) AS b, percentile(d10_2, 0.5) AS c, percentile_approx(d10_2, 0.5) AS d, var_pop(d10_2) AS e, mode(d10_2) AS f, collect_list(d10_2) AS g, try_sum(d10_2) AS h, try_avg(d10_2) AS j, max_by(d10_2, id) AS k FROM decimals

-- # rounding
SELECT round(d10_2) AS a, round(d10_2, 1) AS b, round(d10_2, 2) AS c, round(d10_2, 5) AS d, round(d18_4, -2) AS e, bround(d10_2, 1) AS f, ceil(d10_2) AS g, floor(d18_4) AS h, ceil(d10_2, 1) AS j, floor(d10_2, -1) AS k FROM decimals

-- # rounding_wide
SELECT round(d38_10, 2) AS a, round(d38_38, 0) AS b, ceil(d38_10) AS c, floor(d38_38) AS d, round(d5_0, -1) AS e, round(d1_1, 0) AS f, truncated FROM (SELECT *, round(d38_10, 12) AS truncated FROM decimals)

-- # functions
SELECT abs(d10_2) AS a, sign(d10_2) AS b, sqrt(d10_2) AS c, -d18_4 AS d, try_add(d10_2, d18_4) AS e, try_multiply(d10_2, d10_2) AS f, try_divide(d10_2, d5_0) AS g, try_subtract(d5_0, d10_2) AS h, greatest(d10_2, 1) AS j, width_bucket(d10_2, 0, 100, 10) AS k FROM decimals

-- # casts
SELECT CAST(d10_2 AS INT) AS a, CAST(n AS DECIMAL(3,1)) AS b, CAST(d10_2 AS DECIMAL(38,18)) AS c, CAST('1.5' AS DECIMAL) AS d, CAST(d10_2 AS STRING) AS e, CAST(d18_4 AS DOUBLE) AS f, CAST(d18_4 AS DECIMAL(5,2)) AS g, CAST(d18_4 AS DECIMAL(20,4)) AS h, CAST(1 AS DECIMAL(1,0)) AS j, d10_2::numeric(12, 3) AS k, CAST(n AS DEC) AS l FROM decimals

-- # collections
SELECT array(d5_0, d10_2) AS a, array(d10_2, 1) AS b, map('a', d10_2, 'b', 1.5) AS c, struct(d10_2, d18_4) AS d, array_max(array(d10_2, d20_0)) AS e, array_contains(array(d10_2), 1) AS f, aggregate(array(d10_2), CAST(0 AS DECIMAL(20,2)), (a, x) -> CAST(a + x AS DECIMAL(20,2))) AS g FROM decimals

-- # windows
SELECT sum(d10_2) OVER (PARTITION BY n ORDER BY id) AS a, avg(d10_2) OVER () AS b, lag(d18_4, 1, 0) OVER (ORDER BY id) AS c, first(d18_4) OVER (ORDER BY id) AS d, d10_2 / sum(d10_2) OVER () AS e FROM decimals

-- # unions
SELECT d10_2 AS v FROM decimals UNION ALL SELECT d18_4 FROM decimals UNION ALL SELECT 1 UNION ALL SELECT 1.23456

-- # money
SELECT id, d10_2 * (1 + 0.19) AS gross, round(d10_2 * 1.19, 2) AS rounded, CAST(d10_2 * 1.19 AS DECIMAL(12,2)) AS cents, d10_2 - d10_2 * 0.05 AS discounted, d10_2 * n / 100 AS share FROM decimals

-- # chains
SELECT d10_2 + d10_2 + d10_2 AS a, d10_2 * d10_2 * d10_2 AS b, d18_4 * d18_4 / d10_2 AS c, (d10_2 + 1) * (d18_4 - 1) AS d, d10_2 * 1.1 * 1.1 AS e, sum(d10_2 * n) / sum(n) AS f, sum(d10_2) / count(*) AS g FROM decimals GROUP BY ALL
