-- # numeric_widening
SELECT ti + si AS a, si + i AS b, i + bi AS c, bi + f AS d, f + d AS e, i + f AS g, i + d AS h, bi + d AS j, ti * ti AS k, si - ti AS l FROM types_nn

-- # division_is_double
SELECT i / i AS a, ti / ti AS b, bi / i AS c, f / f AS d, d / i AS e, i DIV 2 AS g, bi DIV i AS h, ti DIV ti AS j, i / 2 AS k, i % 3 AS l, d % 2 AS m, ti % ti AS n FROM types_nn

-- # division_of_nullable
SELECT i / 2 AS a, i DIV i AS b, d / d AS c, i % i AS d, pmod(i, 3) AS e, mod(i, 2) AS f FROM types

-- # strings_in_arithmetic
SELECT i + '1' AS a, s + 1 AS b, s * 2.5 AS c, s / 2 AS d, d + '2' AS e, dec + '1' AS f, bi + s AS g, f + s AS h, s % 2 AS j, -s AS k FROM types

-- # strings_in_comparison
SELECT i = '1' AS a, s > 1 AS b, d < '2.5' AS c, dt = '2024-01-01' AS d, ts >= '2024-01-01' AS e, bool = 'true' AS f, dec <= '3' AS g, bin = 'x' AS h, ntz < '2024-01-01 00:00:00' AS j FROM types

-- # dates_and_timestamps
SELECT dt = ts AS a, dt < ntz AS b, ts = ntz AS c, coalesce(dt, ts) AS d, coalesce(dt, ntz) AS e, coalesce(ts, ntz) AS f, greatest(dt, ts) AS g FROM types

-- # case_merging_numbers
SELECT CASE WHEN bool THEN ti ELSE bi END AS a, CASE WHEN bool THEN i ELSE f END AS b, CASE WHEN bool THEN dec ELSE i END AS c, CASE WHEN bool THEN dec ELSE d END AS d, CASE WHEN bool THEN 1 ELSE 1.5 END AS e, CASE WHEN bool THEN bi ELSE dec END AS f FROM types_nn

-- # case_merging_with_strings
SELECT CASE WHEN bool THEN i ELSE s END AS a, if(bool, s, d) AS b, coalesce(dt, s) AS c, coalesce(s, ts) AS d, CASE WHEN bool THEN s ELSE dec END AS e, if(bool, bool, s) AS f, coalesce(s, bin) AS g FROM types

-- # case_merging_nulls
SELECT CASE WHEN bool THEN 1 END AS a, CASE WHEN bool THEN NULL ELSE 1 END AS b, CASE WHEN bool THEN NULL END AS c, if(bool, NULL, 'x') AS d, coalesce(NULL, 1) AS e, coalesce(NULL, NULL) AS f, coalesce(i, 0) AS g, nvl2(i, 1, 2) AS h FROM types

-- # merging_collections
SELECT coalesce(arr, array()) AS a, if(bool, arr, array(1L)) AS b, if(bool, arr, array(1.5)) AS c, if(bool, m, map()) AS d, if(bool, m, map('a', 1L)) AS e, if(bool, arr_s, array(1)) AS f FROM types

-- # merging_structs
SELECT if(bool, struct(1 AS a, 'x' AS b), struct(2L AS a, 'y' AS b)) AS a, coalesce(st.c, named_struct('d', 1, 'e', array(1))) AS b, CASE WHEN bool THEN named_struct('a', NULL) ELSE named_struct('a', 1) END AS c FROM types

-- # arrays_of_mixed
SELECT array(1, 2L) AS a, array(1, 1.5) AS b, array(1, '2') AS c, array(NULL, 1) AS d, array(ti, bi) AS e, array(dt, ts) AS f, array(dec, 1.234) AS g, array(arr, array(1L)) AS h FROM types_nn

-- # maps_of_mixed
SELECT map(1, 'a', 2L, 'b') AS a, map('a', 1, 'b', 2.5) AS b, map('k', NULL, 'l', 1) AS c, map(i, s) AS d FROM types_nn

-- # in_lists
SELECT i IN (1, 2L) AS a, i IN (1.5, 2) AS b, s IN ('a', 'b') AS c, s IN (1, 2) AS d, dt IN ('2024-01-01') AS e, i IN (NULL, 1) AS f, bi IN (ti, si) AS g FROM types_nn

-- # in_lists_nullable
SELECT i IN (1, 2) AS a, i IN (1, NULL) AS b, s NOT IN ('x') AS c, i IN (1, bi) AS d FROM types

-- # between
SELECT i BETWEEN 1 AND 2.5 AS a, s BETWEEN 1 AND 2 AS b, dt BETWEEN '2024-01-01' AND '2024-12-31' AS c, ts BETWEEN dt AND current_timestamp() AS d, i BETWEEN bi AND d AS e FROM types_nn

-- # greatest_and_least
SELECT greatest(i, bi, d) AS a, least(i, NULL) AS b, greatest(ti, 1.5) AS c, least(s, 'x') AS d, greatest(dec, i) AS e, least(dt, ts) AS f, greatest(f, dec) AS g FROM types_nn

-- # greatest_nullable
SELECT greatest(i, 1) AS a, least(i, bi) AS b, greatest(NULL, NULL) AS c FROM types

-- # integer_and_decimal
SELECT i + dec AS a, ti * dec AS b, bi - dec AS c, dec / i AS d, dec % 3 AS e, dec + 1 AS f, 1 - dec AS g, dec * 2L AS h, si / dec AS j FROM types_nn

-- # decimal_and_float
SELECT dec + f AS a, dec * d AS b, dec = f AS c, coalesce(dec, f) AS d, coalesce(dec, d) AS e, f / dec AS g FROM types_nn

-- # equality_null_safe
SELECT i <=> NULL AS a, i <=> bi AS b, s <=> 1 AS c, dt <=> ts AS d, NULL <=> NULL AS e, i = NULL AS f FROM types

-- # concat_of_types
SELECT concat(s, 1) AS a, concat(i, d) AS b, concat(bin, bin) AS c, concat(bin, s) AS d, concat(arr, array(1L)) AS e, concat(dt, ts) AS f, s || dec AS g, concat() AS h, concat(NULL, 'a') AS j FROM types_nn

-- # functions_that_take_strings
SELECT upper(i) AS a, length(i) AS b, substring(i, 1, 2) AS c, trim(d) AS d, lower(dt) AS e, instr(i, '1') AS f, replace(i, 1, 2) AS g, lpad(i, 5, 0) AS h, split(i, ',') AS j, ascii(i) AS k FROM types_nn

-- # functions_that_take_numbers
SELECT sqrt(i) AS a, abs(s) AS b, round(s, 1) AS c, ceil(s) AS d, exp(s) AS e, pow(s, 2) AS f, sin(dec) AS g, floor(f) AS h, log10(bi) AS j FROM types_nn

-- # functions_that_take_dates
SELECT year(s) AS a, month(ts) AS b, date_add(s, 1) AS c, date_add(ts, 1) AS d, last_day(ts) AS e, datediff(ts, s) AS f, hour(s) AS g, hour(dt) AS h, date_format(dt, 'yyyy') AS j, months_between(dt, ts) AS k FROM types_nn

-- # sums_and_averages
SELECT sum(ti) AS a, sum(i) AS b, sum(bi) AS c, sum(f) AS d, sum(d) AS e, sum(dec) AS f, avg(i) AS g, avg(dec) AS h, avg(f) AS j, sum(s) AS k, avg(s) AS l, sum(1) AS m, sum(1.5) AS n FROM types

-- # min_max_of_types
SELECT min(s) AS a, max(dt) AS b, min(bool) AS c, max(ts) AS d, min(dec) AS e, max(bin) AS f, min(arr) AS g, max(st) AS h, max(ntz) AS j FROM types_nn

-- # where_takes_strings_as_booleans
SELECT i FROM types WHERE s = 1 AND dt > '2024-01-01' AND (ts IS NULL OR i = d)

-- # unary_minus
SELECT -ti AS a, -si AS b, -bi AS c, -f AS d, -dec AS e, -(INTERVAL '1' DAY) AS f, +d AS g, negative(i) AS h, positive(i) AS j FROM types_nn

-- # union_free_null_coercion
SELECT NULL + 1 AS a, NULL || 'x' AS b, NULL AND true AS c, NOT NULL AS d, NULL = 1 AS e, -NULL AS f, abs(NULL) AS g, upper(NULL) AS h, NULL IN (1) AS j, NULL + NULL AS k

-- # bit_operations_widen
SELECT ti & i AS a, si | bi AS b, i ^ ti AS c, ~ti AS d, shiftleft(ti, 1) AS e, shiftright(bi, 2) AS f, shiftrightunsigned(i, 1) AS g, bit_count(bi) AS h, bit_get(bi, 0) AS j, bi << 2 AS k FROM types_nn

-- # boolean_logic_nullability
SELECT n.bool AND t.bool AS a, n.bool OR t.bool AS b, n.bool AND n.bool AS c, NOT t.bool AS d, n.bool AND NULL AS e FROM types AS t CROSS JOIN types_nn AS n

-- # nullif_and_friends
SELECT nullif(i, 1) AS a, nullif(i, '1') AS b, nvl(i, bi) AS c, ifnull(i, 1.5) AS d, nvl(s, 1) AS e, nullifzero(i) AS f, zeroifnull(i) AS g, zeroifnull(d) AS h, nvl2(s, i, d) AS j, equal_null(i, s) AS k FROM types

-- # nullif_not_null
SELECT nullif(i, 1) AS a, nvl(i, bi) AS b, coalesce(i, NULL) AS c, nullifzero(i) AS d, zeroifnull(i) AS e, nvl2(s, i, NULL) AS f, isnull(i) AS g, isnotnull(i) AS h, isnan(d) AS j, nanvl(d, 0) AS k FROM types_nn

-- # timestamps_minus
SELECT ts - dt AS a, dt - ts AS b, ntz - ts AS c, dt - '2024-01-01' AS d, ts - '2024-01-01' AS e, dt - dt AS f FROM types_nn

-- # compare_structs_and_arrays
SELECT arr = array(1, 2) AS a, st.c = st.c AS b, arr < array(1L) AS c, struct(1, 'a') = struct(1, 'b') AS d, (i, s) IN ((1, 'a'), (2, 'b')) AS e, arr_s = array('x') AS f FROM types_nn
