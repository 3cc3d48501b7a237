-- # constants_1
SELECT window(event_time, '1 hour', '10 minutes', '5 minutes') FROM events

-- # constants_2
SELECT window(event_time, '1 hour', '10 minutes', '-5 minutes') FROM events

-- # constants_3
SELECT window(event_time, '1 hour', '1 hour', '30 minutes') FROM events

-- # constants_4
SELECT window(event_time, '1 hour 30 minutes', '90 minutes') FROM events

-- # constants_5
SELECT window(event_time, '1.5 seconds') FROM events

-- # constants_6
SELECT window(event_time, 3600000000) FROM events

-- # constants_7
SELECT window(event_time, 'interval 1 hour') FROM events

-- # constants_8
SELECT window(event_time, '1 HOUR') FROM events

-- # constants_9
SELECT window(event_time, '+1 hour') FROM events

-- # constants_10
SELECT session_window(event_time, '0 seconds') FROM events

-- # constants_11
SELECT session_window(event_time, '-1 hour') FROM events

-- # constants_12
SELECT session_window(event_time, '1 month') FROM events

-- # constants_13
SELECT session_window(event_time, 'nonsense') FROM events

-- # constants_14
SELECT count(*) FROM events GROUP BY session_window(event_time, '0 seconds')

-- # constants_15
SELECT count(*) FROM events GROUP BY session_window(event_time, '-1 hour')

-- # constants_16
SELECT count(*) FROM events GROUP BY session_window(event_time, '1 month')

-- # constants_17
SELECT count(*) FROM events GROUP BY session_window(event_time, 'nonsense')

-- # constants_18
SELECT ntile(1 + 1) OVER (ORDER BY i) FROM types

-- # constants_19
SELECT nth_value(i, 2L) OVER (ORDER BY i) FROM types

-- # constants_20
SELECT nth_value(i, '2') OVER (ORDER BY i) FROM types

-- # constants_21
SELECT nth_value(i, 1.5) OVER (ORDER BY i) FROM types

-- # constants_22
SELECT lead(i, -1) OVER (ORDER BY i) FROM types

-- # constants_23
SELECT lead(i, 0) OVER (ORDER BY i) FROM types

-- # constants_24
SELECT lead(i, 1 + 1) OVER (ORDER BY i) FROM types

-- # constants_25
SELECT lead(i, 1, s) OVER (ORDER BY i) FROM types

-- # constants_26
SELECT lead(i, 1, d) OVER (ORDER BY i) FROM types

-- # constants_27
SELECT lead(i, 1, bi) OVER (ORDER BY i) FROM types

-- # constants_28
SELECT lead(i, 1, 'x') OVER (ORDER BY i) FROM types

-- # constants_29
SELECT lead(s, 1, 0) OVER (ORDER BY i) FROM types

-- # constants_30
SELECT lead(dt, 1, ts) OVER (ORDER BY i) FROM types

-- # constants_31
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY s) FROM types

-- # constants_32
SELECT percentile_cont(array(0.5, 0.2)) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_33
SELECT percentile_cont('0.5') WITHIN GROUP (ORDER BY i) FROM types

-- # constants_34
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY i) OVER (PARTITION BY s) FROM types

-- # constants_35
SELECT mode() WITHIN GROUP (ORDER BY i) FROM types

-- # constants_36
SELECT listagg(s) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_37
SELECT listagg(DISTINCT s) WITHIN GROUP (ORDER BY s) FROM types

-- # constants_38
SELECT listagg(s, 1) FROM types

-- # constants_39
SELECT listagg(i) FROM types

-- # constants_40
SELECT percentile(i, 0.5, 0) FROM types

-- # constants_41
SELECT percentile(i, 0.5, -1) FROM types

-- # constants_42
SELECT percentile(i, 0.5, bi) FROM types

-- # constants_43
SELECT histogram_numeric(i, 2) FROM types

-- # constants_44
SELECT s COLLATE UTF8_LCASE FROM types

-- # constants_45
SELECT s COLLATE utf8_lcase FROM types

-- # constants_46
SELECT s COLLATE EN_CI FROM types

-- # constants_47
SELECT s COLLATE en_USA FROM types

-- # constants_48
SELECT collate(s, 'UNICODE') FROM types

-- # constants_49
SELECT s COLLATE UNICODE = s FROM types

-- # constants_50
SELECT concat(s COLLATE UNICODE, s) FROM types

-- # constants_51
SELECT CAST(s AS STRING COLLATE UNICODE) FROM types

-- # constants_52
SELECT collation(s COLLATE UNICODE) FROM types

-- # constants_53
SELECT contains(s COLLATE UNICODE, 'a') FROM types

-- # constants_54
SELECT replace(s COLLATE UNICODE, 'a', 'b') FROM types

-- # constants_55
SELECT from_json(s, 'a INT') FROM types

-- # constants_56
SELECT from_json(s, 'array<int>') FROM types

-- # constants_57
SELECT from_json(s, 'struct<a int>') FROM types

-- # constants_58
SELECT from_json(s, 'map<string,int>') FROM types

-- # constants_59
SELECT from_json(s, 'variant') FROM types

-- # constants_60
SELECT from_json(s, '{"type":"struct","fields":[]}') FROM types

-- # constants_61
SELECT from_json(s, '{"type":"struct","fields":[{"name":"a","type":"integer","nullable":true,"metadata":{}}]}') FROM types

-- # constants_62
SELECT from_json(s, schema_of_json('{"a":1}')) FROM types

-- # constants_63
SELECT from_json(s, 'a INT, a INT') FROM types

-- # constants_64
SELECT from_json(s, 'a INT, A STRING') FROM types

-- # constants_65
SELECT from_json(s, 'a interval day') FROM types

-- # constants_66
SELECT from_json(s, 'a INT NOT NULL') FROM types

-- # constants_67
SELECT from_json(s, 'a INT COMMENT "x"') FROM types

-- # constants_68
SELECT from_json(s, '`a-b` INT') FROM types

-- # constants_69
SELECT from_json(s, 'select INT') FROM types

-- # constants_70
SELECT from_json(s, '1a INT') FROM types

-- # constants_71
SELECT from_json(s, 'a INT', map('mode', 'nope')) FROM types

-- # constants_72
SELECT from_json(s, 'a INT', map('mode', 'DROPMALFORMED')) FROM types

-- # constants_73
SELECT from_json(s, 'a INT, _corrupt_record INT', map('columnNameOfCorruptRecord', '_corrupt_record')) FROM types

-- # constants_74
SELECT from_csv(s, 'a array<int>') FROM types

-- # constants_75
SELECT from_csv(s, 'a map<string,int>') FROM types

-- # constants_76
SELECT from_csv(s, 'a INT') FROM types

-- # constants_77
SELECT from_csv(s, 'a INT', map('mode', 'DROPMALFORMED')) FROM types

-- # constants_78
SELECT from_csv(s, schema_of_csv('1,a')) FROM types

-- # constants_79
SELECT from_xml(s, 'a INT') FROM types

-- # constants_80
SELECT schema_of_json('nope') FROM types

-- # constants_81
SELECT from_json(s, concat('a ', 'INT')) FROM types
