-- # window_lengths_1
SELECT window(ts, '1 hour', '2 hours') FROM types

-- # window_lengths_2
SELECT window.start, count(*) FROM types GROUP BY window(ts, '1 hour', '2 hours')

-- # window_lengths_3
SELECT count(*) FROM types GROUP BY window(ts, '1 hour', '60 minutes', '2 hours')

-- # window_lengths_4
SELECT count(*) FROM types GROUP BY window(ts, '1 hour', '0 minutes')

-- # window_lengths_5
SELECT count(*) FROM types GROUP BY window(ts, '1 month')

-- # window_lengths_6
SELECT count(*) FROM types GROUP BY window(ts, '-1 hour')

-- # window_lengths_7
SELECT count(*) FROM types GROUP BY window(ts, '1 hour', '30 minutes', '30 minutes')
