-- # tumbling
SELECT window, count(*) AS n FROM payments GROUP BY window(paid_at, '1 hour')

-- # tumbling_fields
SELECT window.start, window.end, card_id, sum(amount) AS s FROM payments GROUP BY window(paid_at, '10 minutes'), card_id

-- # sliding
SELECT window.start AS w_start, count(*) AS n FROM payments GROUP BY window(paid_at, '1 hour', '15 minutes')

-- # sliding_offset
SELECT window, avg(amount) AS m FROM payments GROUP BY window(paid_at, '1 day', '1 day', '8 hours')

-- # aliased
SELECT window(paid_at, '1 day') AS w, count(*) AS n FROM payments GROUP BY w

-- # aliased_expression
SELECT window(paid_at, '1 day').start AS day, count(*) AS n FROM payments GROUP BY window(paid_at, '1 day')

-- # in_select_without_grouping
SELECT payment_id, window(paid_at, '1 hour') AS w FROM payments

-- # session
SELECT user_id, session_window, count(*) AS n FROM events GROUP BY user_id, session_window(event_time, '30 minutes')

-- # session_fields
SELECT user_id, session_window.start AS s, session_window.end AS e, count(*) AS n FROM events GROUP BY user_id, session_window(event_time, '30 minutes')

-- # session_dynamic_gap
SELECT user_id, session_window.start AS s, count(*) AS n FROM events GROUP BY user_id, session_window(event_time, CASE WHEN event_type = 'purchase' THEN '5 minutes' ELSE '30 minutes' END)

-- # window_time
SELECT window_time(window) AS at, n FROM (SELECT window, count(*) AS n FROM payments GROUP BY window(paid_at, '1 hour'))

-- # window_of_window
SELECT w.start AS s, w.end AS e, sum(n) AS n FROM (SELECT window(window, '1 day') AS w, n FROM (SELECT window, count(*) AS n FROM payments GROUP BY window(paid_at, '1 hour'))) GROUP BY w

-- # ntz
SELECT window.start, avg(temperature) AS t FROM sensors GROUP BY window(read_at, '5 minutes')

-- # nullable_time
SELECT window, count(*) AS n FROM payments GROUP BY window(settled_at, '1 hour')

-- # group_by_all_free_struct
SELECT w.start AS s, w.end AS e, total FROM (SELECT window(paid_at, '7 days') AS w, sum(amount) AS total FROM payments GROUP BY 1)

-- # having_and_order
SELECT window.end AS e, max(amount) AS m FROM payments GROUP BY window(paid_at, '1 hour') HAVING max(amount) > 10 ORDER BY e
