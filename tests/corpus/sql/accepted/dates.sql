-- # parts
SELECT year(paid_at) AS a, quarter(paid_at) AS b, month(paid_at) AS c, day(paid_at) AS d, dayofmonth(paid_at) AS e, dayofweek(paid_at) AS f, weekday(paid_at) AS g, dayofyear(paid_at) AS h, weekofyear(paid_at) AS j, hour(paid_at) AS k, minute(paid_at) AS l, second(paid_at) AS m, dayname(paid_at) AS n, monthname(paid_at) AS o FROM payments

-- # extracting
SELECT extract(YEAR FROM paid_at) AS a, extract(QUARTER FROM settled_at) AS b, extract(SECOND FROM paid_at) AS c, extract(WEEK FROM paid_at) AS d, date_part('DOY', paid_at) AS e, datepart('hour', settled_at) AS f, extract(DAYOFWEEK FROM paid_at) AS g FROM payments

-- # extracting_intervals
SELECT extract(DAY FROM INTERVAL '3 04:00:00' DAY TO SECOND) AS a, extract(HOUR FROM paid_at - settled_at) AS b, extract(MONTH FROM INTERVAL '1-2' YEAR TO MONTH) AS c, extract(SECOND FROM INTERVAL '1.5' SECOND) AS d, extract(MINUTE FROM settled_at - paid_at) AS e FROM payments

-- # arithmetic
SELECT date_add(order_date, 7) AS a, date_sub(order_date, 7) AS b, add_months(order_date, 1) AS c, order_date + 1 AS d, order_date - 1 AS e, order_date + INTERVAL 1 MONTH AS f, order_date - INTERVAL '2' DAY AS g, order_date + INTERVAL '3' HOUR AS h, next_day(order_date, 'MON') AS j, last_day(order_date) AS k, order_date - DATE '2024-01-01' AS l FROM orders

-- # differences
SELECT datediff(order_date, '2024-01-01') AS a, date_diff(order_date, DATE '2024-01-01') AS b, months_between(order_date, shipped_at) AS c, datediff(DAY, order_date, shipped_at) AS d, timestampdiff(HOUR, shipped_at, current_timestamp()) AS e, shipped_at - order_date AS f, datediff(WEEK, order_date, current_date()) AS g, months_between(order_date, order_date, false) AS h FROM orders

-- # truncation
SELECT date_trunc('MONTH', paid_at) AS a, date_trunc('hour', settled_at) AS b, trunc(paid_at, 'MM') AS c, trunc(DATE '2024-05-05', 'YEAR') AS d, date(paid_at) AS e, to_date(paid_at) AS f, date_trunc('WEEK', date(paid_at)) AS g, date_trunc('DAY', ntz) AS h FROM payments CROSS JOIN types

-- # formatting
SELECT date_format(paid_at, 'yyyy-MM-dd HH:mm') AS a, date_format(settled_at, 'E') AS b, from_unixtime(payment_id) AS c, from_unixtime(payment_id, 'yyyy') AS d, string(paid_at) AS e, to_char(paid_at, 'yyyy') AS f FROM payments

-- # unix_times
SELECT unix_timestamp(paid_at) AS a, unix_timestamp() AS b, unix_timestamp('2024', 'yyyy') AS c, to_unix_timestamp(paid_at) AS d, unix_seconds(paid_at) AS e, unix_millis(settled_at) AS f, unix_micros(paid_at) AS g, timestamp_seconds(payment_id) AS h, timestamp_millis(payment_id) AS j, timestamp_micros(payment_id) AS k, unix_date(date(paid_at)) AS l, date_from_unix_date(merchant_id) AS m, timestamp_seconds(1.5) AS n FROM payments

-- # making
SELECT make_date(2024, 1, 1) AS a, make_timestamp(2024, 1, 1, 0, 0, 0) AS b, make_timestamp_ntz(2024, 1, 1, 0, 0, 0) AS c, make_timestamp_ltz(2024, 1, 1, 0, 0, 0) AS d, make_timestamp(2024, 1, 1, 0, 0, 0.5, 'UTC') AS e, try_make_timestamp(2024, 1, 1, 0, 0, 0) AS f, make_date(year, quarter, 1) AS g, make_interval(1, 2) AS h, make_dt_interval(1, 2, 3, 4.5) AS j, make_ym_interval(1, 2) AS k FROM sales

-- # zones
SELECT from_utc_timestamp(paid_at, 'Europe/Berlin') AS a, to_utc_timestamp(paid_at, 'Asia/Tokyo') AS b, convert_timezone('Europe/Berlin', CAST(paid_at AS TIMESTAMP_NTZ)) AS c, convert_timezone('UTC', 'Asia/Tokyo', CAST(settled_at AS TIMESTAMP_NTZ)) AS d, current_timezone() AS e FROM payments

-- # parsing
SELECT to_date(payload) AS a, to_date(payload, 'dd.MM.yyyy') AS b, to_timestamp(payload, 'yyyy-MM-dd') AS c, try_to_timestamp(payload, 'yyyy') AS d, to_timestamp_ntz(payload) AS e, to_timestamp_ltz(payload, 'yyyy') AS f, try_to_date(payload) AS g, CAST(payload AS DATE) AS h, TRY_CAST(payload AS TIMESTAMP) AS j, date(payload) AS k FROM events

-- # parsing_not_null
SELECT to_date(status) AS a, to_timestamp(status) AS b, to_timestamp(status, 'yyyy') AS c, unix_timestamp(status) AS d, to_unix_timestamp(status, 'yyyy') AS e, date_format(status, 'yyyy') AS f, from_unixtime(payment_id) AS g FROM payments

-- # timestamp_arithmetic
SELECT paid_at + INTERVAL 1 HOUR AS a, paid_at - INTERVAL '1 02:03:04' DAY TO SECOND AS b, settled_at - paid_at AS c, paid_at + INTERVAL '1' MONTH AS d, timestampadd(MINUTE, 5, paid_at) AS e, dateadd(HOUR, -1, settled_at) AS f, date_add(DAY, 1, paid_at) AS g, paid_at + make_dt_interval(0, merchant_id) AS h FROM payments

-- # interval_arithmetic
SELECT INTERVAL '1' DAY * 2 AS a, INTERVAL '1' DAY / 2 AS b, (settled_at - paid_at) / 3 AS c, INTERVAL '1' YEAR + INTERVAL '2' MONTH AS d, INTERVAL '1' DAY + INTERVAL '1' HOUR AS e, 3 * INTERVAL '1' MONTH AS f, -INTERVAL '1' DAY AS g, abs(INTERVAL '-1' DAY) AS h, sum(settled_at - paid_at) OVER () AS j FROM payments

-- # interval_aggregates
SELECT sum(settled_at - paid_at) AS a, avg(settled_at - paid_at) AS b, max(settled_at - paid_at) AS c, min(INTERVAL '1' MONTH) AS d, avg(INTERVAL '3' MONTH) AS e, sum(INTERVAL '1' YEAR) AS f FROM payments

-- # interval_comparisons
SELECT settled_at - paid_at > INTERVAL '1' DAY AS a, INTERVAL '12' MONTH = INTERVAL '1' YEAR AS b, greatest(INTERVAL '1' DAY, INTERVAL '30' HOUR) AS c, coalesce(settled_at - paid_at, INTERVAL '0' SECOND) AS d FROM payments

-- # ages
SELECT customer_id, floor(months_between(current_date(), birth_date) / 12) AS age, datediff(current_date(), date(created_at)) AS tenure_days, year(current_date()) - year(birth_date) AS rough_age, int(date_format(birth_date, 'MMdd')) AS month_day FROM customers

-- # current
SELECT current_date() > birth_date AS a, current_timestamp() - created_at AS b, now() AS c, curdate() AS d, localtimestamp() AS e, date_sub(current_date(), 30) AS f FROM customers

-- # ntz_functions
SELECT hour(read_at) AS a, date_trunc('HOUR', read_at) AS b, read_at + INTERVAL 5 MINUTES AS c, date(read_at) AS d, date_format(read_at, 'HH') AS e, unix_timestamp(read_at) AS f, to_unix_timestamp(read_at) AS g, read_at - read_at AS h, timestampadd(DAY, 1, read_at) AS j, last_day(read_at) AS k FROM sensors

-- # cyclic_encoding
SELECT sin(2 * pi() * hour(paid_at) / 24) AS hour_sin, cos(2 * pi() * hour(paid_at) / 24) AS hour_cos, dayofweek(paid_at) IN (1, 7) AS weekend, hour(paid_at) BETWEEN 0 AND 5 AS night FROM payments
