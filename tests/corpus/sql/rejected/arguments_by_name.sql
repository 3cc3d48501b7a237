-- # arguments_by_name_5
SELECT hour(expr => ts) FROM types

-- # arguments_by_name_6
SELECT substring(str => s, pos => 1) FROM types

-- # arguments_by_name_7
SELECT abs(expr => i) FROM types

-- # arguments_by_name_8
SELECT mask(s, nope => 'X') FROM types

-- # arguments_by_name_9
SELECT mask(upperChar => 'X', s) FROM types

-- # arguments_by_name_10
SELECT mask(s, str => 'X') FROM types

-- # arguments_by_name_11
SELECT mask(s, upperChar => 'X', upperChar => 'Y') FROM types

-- # arguments_by_name_12
SELECT mask(upperChar => 'X') FROM types

-- # arguments_by_name_13
SELECT current_time(precision => 3)

-- # arguments_by_name_16
SELECT lag(input => i) OVER (ORDER BY i) FROM types

-- # arguments_by_name_17
SELECT second(expr => ts), minute(expr => ts) FROM types

-- # arguments_by_name_20
SELECT inline(collection => arr_st) FROM types
