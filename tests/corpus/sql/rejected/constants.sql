-- # constants_1
SELECT window(event_time, '0 seconds') FROM events

-- # constants_2
SELECT window(event_time, '-1 hour') FROM events

-- # constants_3
SELECT window(event_time, '1 month') FROM events

-- # constants_4
SELECT window(event_time, '1 year') FROM events

-- # constants_5
SELECT window(event_time, '1 hour', '2 hours') FROM events

-- # constants_6
SELECT window(event_time, '1 hour', '0 hours') FROM events

-- # constants_7
SELECT window(event_time, '1 hour', '-10 minutes') FROM events

-- # constants_8
SELECT window(event_time, '1 hour', '1 month') FROM events

-- # constants_9
SELECT window(event_time, '1 hour', '10 minutes', '1 month') FROM events

-- # constants_10
SELECT window(event_time, '1 hour', '10 minutes', '10 minutes') FROM events

-- # constants_11
SELECT window(event_time, '1 hour', '10 minutes', '-10 minutes') FROM events

-- # constants_12
SELECT window(event_time, '1 hour', '1 hour', '60 minutes') FROM events

-- # constants_13
SELECT window(event_time, '1 hour', '1 hour', '90 minutes') FROM events

-- # constants_14
SELECT window(event_time, 'nonsense') FROM events

-- # constants_15
SELECT window(event_time, '') FROM events

-- # constants_16
SELECT window(event_time, '1 hour 30 minutes', '2 hours') FROM events

-- # constants_17
SELECT window(event_time, '1 day 1 month') FROM events

-- # constants_18
SELECT window(event_time, '1.5 hours') FROM events

-- # constants_19
SELECT window(event_time, '1') FROM events

-- # constants_20
SELECT window(event_time, '1 fortnight') FROM events

-- # constants_21
SELECT window(event_time, INTERVAL '1' HOUR) FROM events

-- # constants_22
SELECT window(event_time, INTERVAL 1 HOUR) FROM events

-- # constants_23
SELECT window(event_time, INTERVAL 0 HOUR) FROM events

-- # constants_24
SELECT window(event_time, INTERVAL '1' MONTH) FROM events

-- # constants_25
SELECT window(event_time, 0) FROM events

-- # constants_26
SELECT window(event_time, -5) FROM events

-- # constants_27
SELECT window(event_time, 60000000, 120000000) FROM events

-- # constants_28
SELECT window(event_time, 1.5) FROM events

-- # constants_29
SELECT window(event_time, event_type) FROM events

-- # constants_30
SELECT window(event_time, concat('1 ', 'hour')) FROM events

-- # constants_31
SELECT window(event_time, '1hour') FROM events

-- # constants_32
SELECT window(event_time, '5 millis') FROM events

-- # constants_33
SELECT window(event_time, '5 msecs') FROM events

-- # constants_34
SELECT window(event_time, NULL) FROM events

-- # constants_35
SELECT count(*) FROM events GROUP BY window(event_time, '0 hours')

-- # constants_36
SELECT count(*) FROM events GROUP BY window(event_time, '1 month')

-- # constants_37
SELECT session_window(event_time, 5) FROM events

-- # constants_38
SELECT count(*) FROM events GROUP BY session_window(event_time, INTERVAL '0' HOUR)

-- # constants_39
SELECT ntile(0) OVER (ORDER BY i) FROM types

-- # constants_40
SELECT ntile(-1) OVER (ORDER BY i) FROM types

-- # constants_41
SELECT ntile(NULL) OVER (ORDER BY i) FROM types

-- # constants_42
SELECT ntile(i) OVER (ORDER BY i) FROM types

-- # constants_43
SELECT ntile(1.5) OVER (ORDER BY i) FROM types

-- # constants_44
SELECT ntile('2') OVER (ORDER BY i) FROM types

-- # constants_45
SELECT ntile(2L) OVER (ORDER BY i) FROM types

-- # constants_46
SELECT ntile(1 - 1) OVER (ORDER BY i) FROM types

-- # constants_47
SELECT nth_value(i, 0) OVER (ORDER BY i) FROM types

-- # constants_48
SELECT nth_value(i, -1) OVER (ORDER BY i) FROM types

-- # constants_49
SELECT nth_value(i, bi) OVER (ORDER BY i) FROM types

-- # constants_50
SELECT nth_value(i, NULL) OVER (ORDER BY i) FROM types

-- # constants_51
SELECT nth_value(i, 1 - 1) OVER (ORDER BY i) FROM types

-- # constants_52
SELECT lead(i, bi) OVER (ORDER BY i) FROM types

-- # constants_53
SELECT lead(i, i) OVER (ORDER BY i) FROM types

-- # constants_54
SELECT lag(i, i) OVER (ORDER BY i) FROM types

-- # constants_55
SELECT lead(i, 'a') OVER (ORDER BY i) FROM types

-- # constants_56
SELECT lead(i, 1.5) OVER (ORDER BY i) FROM types

-- # constants_57
SELECT lead(i, 2L) OVER (ORDER BY i) FROM types

-- # constants_58
SELECT lead(i, NULL) OVER (ORDER BY i) FROM types

-- # constants_59
SELECT lag(i, NULL) OVER (ORDER BY i) FROM types

-- # constants_60
SELECT lag(i, 2L) OVER (ORDER BY i) FROM types

-- # constants_61
SELECT lag(i, '1') OVER (ORDER BY i) FROM types

-- # constants_62
SELECT lead(arr, 1, 0) OVER (ORDER BY i) FROM types

-- # constants_63
SELECT percentile_cont(2) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_64
SELECT percentile_cont(-0.1) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_65
SELECT percentile_disc(2) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_66
SELECT percentile_cont(0.5) FROM types

-- # constants_67
SELECT percentile_disc(0.5) FROM types

-- # constants_68
SELECT percentile_cont(i, 0.5) FROM types

-- # constants_69
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY i, bi) FROM types

-- # constants_70
SELECT percentile_cont(d) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_71
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY dt) FROM types

-- # constants_72
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY arr) FROM types

-- # constants_73
SELECT percentile_cont(DISTINCT 0.5) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_74
SELECT percentile_cont(NULL) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_75
SELECT percentile_cont(array(0.5, 2)) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_76
SELECT percentile_cont('x') WITHIN GROUP (ORDER BY i) FROM types

-- # constants_77
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY i) OVER (PARTITION BY s ORDER BY i) FROM types

-- # constants_78
SELECT mode(i) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_79
SELECT mode() FROM types

-- # constants_80
SELECT mode() WITHIN GROUP (ORDER BY i, s) FROM types

-- # constants_81
SELECT mode(DISTINCT i) FROM types

-- # constants_82
SELECT mode() WITHIN GROUP (ORDER BY m) FROM types

-- # constants_83
SELECT listagg(DISTINCT s) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_84
SELECT listagg(s, i) FROM types

-- # constants_85
SELECT listagg(s, s) FROM types

-- # constants_86
SELECT listagg(arr) FROM types

-- # constants_87
SELECT listagg(s, ',') WITHIN GROUP (ORDER BY m) FROM types

-- # constants_88
SELECT max(i) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_89
SELECT sum(i) WITHIN GROUP (ORDER BY i) FROM types

-- # constants_90
SELECT percentile(i, 2) FROM types

-- # constants_91
SELECT percentile(i, array(0.1, 2)) FROM types

-- # constants_92
SELECT percentile(i, NULL) FROM types

-- # constants_93
SELECT percentile(i, d) FROM types

-- # constants_94
SELECT percentile_approx(i, 2) FROM types

-- # constants_95
SELECT percentile_approx(i, array(0.1, 2)) FROM types

-- # constants_96
SELECT percentile_approx(i, 0.5, 0) FROM types

-- # constants_97
SELECT percentile_approx(i, 0.5, -1) FROM types

-- # constants_98
SELECT percentile_approx(i, 0.5, 2147483648) FROM types

-- # constants_99
SELECT percentile_approx(i, 0.5, i) FROM types

-- # constants_100
SELECT percentile_approx(i, NULL) FROM types

-- # constants_101
SELECT percentile_approx(i, 0.5, NULL) FROM types

-- # constants_102
SELECT percentile_approx(i, d) FROM types

-- # constants_103
SELECT approx_percentile(i, 2) FROM types

-- # constants_104
SELECT approx_count_distinct(i, 0) FROM types

-- # constants_105
SELECT approx_count_distinct(i, 0.5) FROM types

-- # constants_106
SELECT approx_count_distinct(i, -0.1) FROM types

-- # constants_107
SELECT approx_count_distinct(i, d) FROM types

-- # constants_108
SELECT approx_count_distinct(i, NULL) FROM types

-- # constants_109
SELECT histogram_numeric(i, 0) FROM types

-- # constants_110
SELECT histogram_numeric(i, 1) FROM types

-- # constants_111
SELECT histogram_numeric(i, i) FROM types

-- # constants_112
SELECT s COLLATE NOPE FROM types

-- # constants_113
SELECT s COLLATE UNICODE_XX FROM types

-- # constants_114
SELECT s COLLATE xx FROM types

-- # constants_115
SELECT collate(s, 'nope') FROM types

-- # constants_116
SELECT collate(s, s) FROM types

-- # constants_117
SELECT collate(s, NULL) FROM types

-- # constants_118
SELECT collate(s, 1) FROM types

-- # constants_119
SELECT collate(i, 'UNICODE') FROM types

-- # constants_120
SELECT s COLLATE UNICODE = s COLLATE UTF8_LCASE FROM types

-- # constants_121
SELECT concat(s COLLATE UNICODE, s COLLATE UTF8_LCASE) FROM types

-- # constants_122
SELECT s COLLATE UNICODE IN ('a' COLLATE UTF8_LCASE) FROM types

-- # constants_123
SELECT s COLLATE UNICODE UNION ALL SELECT s COLLATE UTF8_LCASE FROM types

-- # constants_124
SELECT s COLLATE UNICODE FROM types UNION ALL SELECT s COLLATE UTF8_LCASE FROM types

-- # constants_125
SELECT CASE WHEN i > 1 THEN s COLLATE UNICODE ELSE s COLLATE UTF8_LCASE END FROM types

-- # constants_126
SELECT coalesce(s COLLATE UNICODE, s COLLATE UTF8_LCASE) FROM types

-- # constants_127
SELECT CAST(s AS STRING COLLATE NOPE) FROM types

-- # constants_128
SELECT s COLLATE UNICODE LIKE 'a%' FROM types

-- # constants_129
SELECT regexp_replace(s COLLATE UNICODE, 'a', 'b') FROM types

-- # constants_130
SELECT s COLLATE UNICODE RLIKE 'a' FROM types

-- # constants_131
SELECT from_json(s, 'nope nope nope') FROM types

-- # constants_132
SELECT from_json(s, '') FROM types

-- # constants_133
SELECT from_json(s, 'a') FROM types

-- # constants_134
SELECT from_json(s, 'a nope') FROM types

-- # constants_135
SELECT from_json(s, 'a INT b INT') FROM types

-- # constants_136
SELECT from_json(s, 'a INT,') FROM types

-- # constants_137
SELECT from_json(s, 'a: int') FROM types

-- # constants_138
SELECT from_json(s, 'int') FROM types

-- # constants_139
SELECT from_json(s, 'array<nope>') FROM types

-- # constants_140
SELECT from_json(s, 'map<int,int>') FROM types

-- # constants_141
SELECT from_json(s, 'map<array<int>,int>') FROM types

-- # constants_142
SELECT from_json(s, 'struct<a:int') FROM types

-- # constants_143
SELECT from_json(s, s) FROM types

-- # constants_144
SELECT from_json(s, NULL) FROM types

-- # constants_145
SELECT from_json(s, 1) FROM types

-- # constants_146
SELECT from_json(s, 'a decimal(50,2)') FROM types

-- # constants_147
SELECT from_json(s, 'a decimal(5,6)') FROM types

-- # constants_148
SELECT from_json(s, 'a char(3)') FROM types

-- # constants_149
SELECT from_json(s, 'a-b INT') FROM types

-- # constants_150
SELECT from_json(s, 'a INT', map('mode', 1)) FROM types

-- # constants_151
SELECT from_json(s, 'a INT', 'x') FROM types

-- # constants_152
SELECT from_csv(s, 'nope nope nope') FROM types

-- # constants_153
SELECT from_csv(s, '') FROM types

-- # constants_154
SELECT from_csv(s, 'a INT,') FROM types

-- # constants_155
SELECT from_csv(s, 'int') FROM types

-- # constants_156
SELECT from_csv(s, 'array<int>') FROM types

-- # constants_157
SELECT from_csv(s, s) FROM types

-- # constants_158
SELECT from_csv(s, NULL) FROM types

-- # constants_159
SELECT from_csv(s, 1) FROM types

-- # constants_160
SELECT from_xml(s, 'nope nope nope') FROM types

-- # constants_161
SELECT from_xml(s, 'int') FROM types

-- # constants_162
SELECT schema_of_json(s) FROM types

-- # constants_163
SELECT schema_of_csv(s) FROM types

-- # constants_164
SELECT schema_of_json(NULL) FROM types

-- # constants_165
SELECT from_csv(s, schema_of_csv(s)) FROM types
