-- # ranges_1
SELECT percentile(d, 1.5) FROM types

-- # ranges_2
SELECT percentile(d, array(0.5, 1.5)) FROM types

-- # ranges_3
SELECT percentile_approx(d, array(0.5, 1.5)) FROM types

-- # ranges_4
SELECT percentile_cont(1.5) WITHIN GROUP (ORDER BY d) FROM types

-- # ranges_5
SELECT approx_percentile(d, -0.1) FROM types

-- # ranges_6
SELECT percentile_disc(2) WITHIN GROUP (ORDER BY d) FROM types

-- # ranges_7
SELECT percentile_approx(d, 0.5, 0) FROM types

-- # ranges_8
SELECT ntile(0) OVER (ORDER BY i) FROM types

-- # ranges_9
SELECT nth_value(i, 0) OVER (ORDER BY i) FROM types
