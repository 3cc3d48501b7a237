-- # hour_4
SELECT hour(NULL, NULL, NULL, NULL) FROM types

-- # hour_5
SELECT hour(NULL, NULL, NULL, NULL, NULL) FROM types

-- # hour_6
SELECT hour(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # hour_7
SELECT hour(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # hour_8
SELECT hour(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # lag_0
SELECT lag() OVER (ORDER BY i) FROM types

-- # lead_0
SELECT lead() OVER (ORDER BY i) FROM types

-- # minute_4
SELECT minute(NULL, NULL, NULL, NULL) FROM types

-- # minute_5
SELECT minute(NULL, NULL, NULL, NULL, NULL) FROM types

-- # minute_6
SELECT minute(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # minute_7
SELECT minute(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # minute_8
SELECT minute(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # second_4
SELECT second(NULL, NULL, NULL, NULL) FROM types

-- # second_5
SELECT second(NULL, NULL, NULL, NULL, NULL) FROM types

-- # second_6
SELECT second(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # second_7
SELECT second(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # second_8
SELECT second(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types
