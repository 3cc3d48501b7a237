-- # collations_1
SELECT s COLLATE UNICODE_CI AS x FROM types

-- # collations_2
SELECT s COLLATE UTF8_BINARY AS x FROM types

-- # collations_3
SELECT collation(s COLLATE UNICODE) AS x FROM types

-- # collations_6
SELECT collate(s, 'UTF8_LCASE') = 'a' AS x FROM types

-- # collations_8
SELECT concat(s COLLATE UTF8_LCASE, 'a') AS x, lower(s COLLATE UNICODE) AS y, substring(s COLLATE UNICODE, 1) z FROM types

-- # collations_9
SELECT DISTINCT s COLLATE UNICODE_CI_AI AS k, count(*) OVER () n FROM types

-- # collations_10
SELECT CAST(s AS STRING COLLATE UNICODE) x FROM types

-- # collations_11
SELECT name COLLATE UTF8_LCASE AS n, count(*) AS c FROM a GROUP BY name COLLATE UTF8_LCASE

-- # collations_12
SELECT name FROM a ORDER BY name COLLATE UNICODE_CI

-- # collations_13
SELECT a.name FROM a JOIN b ON a.name COLLATE UTF8_LCASE = b.name

-- # collations_14
SELECT 'x' COLLATE UNICODE_AI, s COLLATE UTF8_LCASE_RTRIM, s COLLATE fr, s COLLATE de_CI FROM types
