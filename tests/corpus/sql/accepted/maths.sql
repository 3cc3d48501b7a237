-- # rounding
SELECT round(d) AS a, round(d, 2) AS b, bround(d) AS c, ceil(d) AS d, floor(d) AS e, rint(d) AS f, round(i) AS g, round(i, -1) AS h, ceil(i) AS j, floor(bi) AS k, ceiling(f) AS l, round(f, 1) AS m, ceil(d, 1) AS n, floor(f, 0) AS o FROM types_nn

-- # powers_and_logs
SELECT sqrt(d) AS a, cbrt(d) AS b, pow(d, 2) AS c, power(i, 0.5) AS d, exp(d) AS e, expm1(d) AS f, ln(d) AS g, log(d) AS h, log(2, d) AS j, log10(d) AS k, log2(d) AS l, log1p(d) AS m, hypot(d, i) AS n FROM types_nn

-- # trigonometry
SELECT sin(d) AS a, cos(d) AS b, tan(d) AS c, asin(d) AS d, acos(d) AS e, atan(d) AS f, atan2(d, 1) AS g, sinh(d) AS h, cosh(d) AS j, tanh(d) AS k, cot(d) AS l, sec(d) AS m, csc(d) AS n, asinh(d) AS o, acosh(d) AS p, atanh(d) AS q, degrees(d) AS r, radians(d) AS s FROM types_nn

-- # signs
SELECT abs(ti) AS a, abs(i) AS b, abs(d) AS c, abs(dec) AS d, sign(i) AS e, signum(d) AS f, negative(bi) AS g, positive(f) AS h, -dec AS j FROM types_nn

-- # integers
SELECT i % 2 AS a, mod(i, 2) AS b, pmod(i, 3) AS c, i DIV 2 AS d, factorial(i) AS e, bin(bi) AS f, hex(i) AS g, conv('ff', 16, 10) AS h, width_bucket(d, 0, 10, 5) AS j, bit_count(i) AS k, try_mod(i, 2) AS l FROM types_nn

-- # safe_arithmetic
SELECT try_add(i, i) AS a, try_add(dt, 1) AS b, try_subtract(bi, 1) AS c, try_multiply(d, 2) AS d, try_divide(i, 0) AS e, try_divide(dec, 2) AS f, try_add(ts, INTERVAL 1 DAY) AS g, try_mod(d, 2) AS h FROM types_nn

-- # randoms
SELECT rand() AS a, rand(1) AS b, randn() AS c, random() AS d, random(1) AS e, uuid() AS f, monotonically_increasing_id() AS g, spark_partition_id() AS h, input_file_name() AS j, shuffle(arr) AS k FROM types_nn

-- # nans
SELECT isnan(d) AS a, nanvl(d, 0D) AS b, double('NaN') AS c, float('Infinity') AS d, nanvl(f, d) AS e, isnan(f) AS f FROM types_nn

-- # scaling
SELECT (d - avg(d) OVER ()) / stddev(d) OVER () AS z, (d - min(d) OVER ()) / nullif(max(d) OVER () - min(d) OVER (), 0) AS scaled, log1p(greatest(d, 0)) AS logged, 1 / (1 + exp(-d)) AS sigmoid, least(greatest(d, 0), 1) AS clipped FROM types_nn

-- # haversine
SELECT 2 * 6371 * asin(sqrt(pow(sin(radians(a.address.geo.lat - b.address.geo.lat) / 2), 2) + cos(radians(a.address.geo.lat)) * cos(radians(b.address.geo.lat)) * pow(sin(radians(a.address.geo.lon - b.address.geo.lon) / 2), 2))) AS km FROM customers a JOIN customers b ON a.country = b.country

-- # bits
SELECT shiftleft(i, 2) AS a, shiftright(bi, 2) AS b, shiftrightunsigned(i, 2) AS c, i & 7 AS d, i | 8 AS e, i ^ 1 AS f, ~bi AS g, getbit(i, 0) AS h, bit_get(bi, 1) AS j, bit_count(bool) AS k, bitmap_bit_position(bi) AS l, bitmap_bucket_number(bi) AS m FROM types_nn

-- # typeof_and_misc
SELECT typeof(i) AS a, typeof(arr) AS b, typeof(NULL) AS c, version() AS d, current_catalog() AS e, current_user() AS f, equal_null(i, bi) AS g, reflect('java.lang.Math', 'abs', 1) AS h, java_method('java.util.UUID', 'randomUUID') AS j FROM types_nn
