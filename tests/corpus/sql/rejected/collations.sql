-- # collations_4
SELECT s COLLATE nope AS x FROM types

-- # collations_5
SELECT i COLLATE UNICODE AS x FROM types

-- # collations_7
SELECT s COLLATE UNICODE = s COLLATE UTF8_LCASE FROM types

-- # collations_15
SELECT CASE WHEN true THEN s COLLATE UTF8_LCASE ELSE 'a' END x, coalesce(s COLLATE UTF8_LCASE, 'b') y, nullif(s COLLATE UTF8_LCASE, 'x') z, if(true, 'a', s COLLATE UTF8_LCASE) w FROM types
