-- # collations_1
SELECT * FROM collations(NULL)

-- # collations_2
SELECT * FROM collations(NULL, NULL)

-- # collations_3
SELECT * FROM collations(NULL, NULL, NULL)

-- # collations_4
SELECT * FROM collations(NULL, NULL, NULL, NULL)

-- # collations_5
SELECT * FROM collations(NULL, NULL, NULL, NULL, NULL)

-- # collations_6
SELECT * FROM collations(NULL, NULL, NULL, NULL, NULL, NULL)

-- # collations_7
SELECT * FROM collations(NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # collations_8
SELECT * FROM collations(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # count_min_sketch_0
SELECT count_min_sketch() FROM types

-- # count_min_sketch_1
SELECT count_min_sketch(NULL) FROM types

-- # count_min_sketch_2
SELECT count_min_sketch(NULL, NULL) FROM types

-- # count_min_sketch_3
SELECT count_min_sketch(NULL, NULL, NULL) FROM types

-- # current_date_1
SELECT current_date(NULL) FROM types

-- # current_date_2
SELECT current_date(NULL, NULL) FROM types

-- # current_date_3
SELECT current_date(NULL, NULL, NULL) FROM types

-- # current_date_4
SELECT current_date(NULL, NULL, NULL, NULL) FROM types

-- # current_date_5
SELECT current_date(NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_date_6
SELECT current_date(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_date_7
SELECT current_date(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_date_8
SELECT current_date(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_time_2
SELECT current_time(NULL, NULL) FROM types

-- # current_time_3
SELECT current_time(NULL, NULL, NULL) FROM types

-- # current_time_4
SELECT current_time(NULL, NULL, NULL, NULL) FROM types

-- # current_time_5
SELECT current_time(NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_time_6
SELECT current_time(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_time_7
SELECT current_time(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_time_8
SELECT current_time(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_timestamp_1
SELECT current_timestamp(NULL) FROM types

-- # current_timestamp_2
SELECT current_timestamp(NULL, NULL) FROM types

-- # current_timestamp_3
SELECT current_timestamp(NULL, NULL, NULL) FROM types

-- # current_timestamp_4
SELECT current_timestamp(NULL, NULL, NULL, NULL) FROM types

-- # current_timestamp_5
SELECT current_timestamp(NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_timestamp_6
SELECT current_timestamp(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_timestamp_7
SELECT current_timestamp(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_timestamp_8
SELECT current_timestamp(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_user_1
SELECT current_user(NULL) FROM types

-- # current_user_2
SELECT current_user(NULL, NULL) FROM types

-- # current_user_3
SELECT current_user(NULL, NULL, NULL) FROM types

-- # current_user_4
SELECT current_user(NULL, NULL, NULL, NULL) FROM types

-- # current_user_5
SELECT current_user(NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_user_6
SELECT current_user(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_user_7
SELECT current_user(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # current_user_8
SELECT current_user(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # explode_0
SELECT explode() FROM types

-- # explode_outer_0
SELECT explode_outer() FROM types

-- # inline_0
SELECT inline() FROM types

-- # inline_outer_0
SELECT inline_outer() FROM types

-- # mask_0
SELECT mask() FROM types

-- # posexplode_0
SELECT posexplode() FROM types

-- # posexplode_outer_0
SELECT posexplode_outer() FROM types

-- # python_worker_logs_1
SELECT * FROM python_worker_logs(NULL)

-- # python_worker_logs_2
SELECT * FROM python_worker_logs(NULL, NULL)

-- # python_worker_logs_3
SELECT * FROM python_worker_logs(NULL, NULL, NULL)

-- # python_worker_logs_4
SELECT * FROM python_worker_logs(NULL, NULL, NULL, NULL)

-- # python_worker_logs_5
SELECT * FROM python_worker_logs(NULL, NULL, NULL, NULL, NULL)

-- # python_worker_logs_6
SELECT * FROM python_worker_logs(NULL, NULL, NULL, NULL, NULL, NULL)

-- # python_worker_logs_7
SELECT * FROM python_worker_logs(NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # python_worker_logs_8
SELECT * FROM python_worker_logs(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # session_user_1
SELECT session_user(NULL) FROM types

-- # session_user_2
SELECT session_user(NULL, NULL) FROM types

-- # session_user_3
SELECT session_user(NULL, NULL, NULL) FROM types

-- # session_user_4
SELECT session_user(NULL, NULL, NULL, NULL) FROM types

-- # session_user_5
SELECT session_user(NULL, NULL, NULL, NULL, NULL) FROM types

-- # session_user_6
SELECT session_user(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # session_user_7
SELECT session_user(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # session_user_8
SELECT session_user(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # sql_keywords_1
SELECT * FROM sql_keywords(NULL)

-- # sql_keywords_2
SELECT * FROM sql_keywords(NULL, NULL)

-- # sql_keywords_3
SELECT * FROM sql_keywords(NULL, NULL, NULL)

-- # sql_keywords_4
SELECT * FROM sql_keywords(NULL, NULL, NULL, NULL)

-- # sql_keywords_5
SELECT * FROM sql_keywords(NULL, NULL, NULL, NULL, NULL)

-- # sql_keywords_6
SELECT * FROM sql_keywords(NULL, NULL, NULL, NULL, NULL, NULL)

-- # sql_keywords_7
SELECT * FROM sql_keywords(NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # sql_keywords_8
SELECT * FROM sql_keywords(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # user_1
SELECT user(NULL) FROM types

-- # user_2
SELECT user(NULL, NULL) FROM types

-- # user_3
SELECT user(NULL, NULL, NULL) FROM types

-- # user_4
SELECT user(NULL, NULL, NULL, NULL) FROM types

-- # user_5
SELECT user(NULL, NULL, NULL, NULL, NULL) FROM types

-- # user_6
SELECT user(NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # user_7
SELECT user(NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # user_8
SELECT user(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) FROM types

-- # variant_explode_0
SELECT * FROM variant_explode()

-- # variant_explode_2
SELECT * FROM variant_explode(NULL, NULL)

-- # variant_explode_3
SELECT * FROM variant_explode(NULL, NULL, NULL)

-- # variant_explode_4
SELECT * FROM variant_explode(NULL, NULL, NULL, NULL)

-- # variant_explode_5
SELECT * FROM variant_explode(NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_6
SELECT * FROM variant_explode(NULL, NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_7
SELECT * FROM variant_explode(NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_8
SELECT * FROM variant_explode(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_outer_0
SELECT * FROM variant_explode_outer()

-- # variant_explode_outer_2
SELECT * FROM variant_explode_outer(NULL, NULL)

-- # variant_explode_outer_3
SELECT * FROM variant_explode_outer(NULL, NULL, NULL)

-- # variant_explode_outer_4
SELECT * FROM variant_explode_outer(NULL, NULL, NULL, NULL)

-- # variant_explode_outer_5
SELECT * FROM variant_explode_outer(NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_outer_6
SELECT * FROM variant_explode_outer(NULL, NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_outer_7
SELECT * FROM variant_explode_outer(NULL, NULL, NULL, NULL, NULL, NULL, NULL)

-- # variant_explode_outer_8
SELECT * FROM variant_explode_outer(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
