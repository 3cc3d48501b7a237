-- # misspelled_select
SELEC id FROM a

-- # misspelled_from
SELECT id FORM a

-- # missing_comma_and_alias_twice
SELECT id x name FROM a

-- # trailing_comma
SELECT id, FROM a

-- # missing_parenthesis
SELECT sum(x FROM a

-- # extra_parenthesis
SELECT sum(x)) FROM a

-- # unclosed_string
SELECT 'abc FROM a

-- # unclosed_backquote
SELECT `id FROM a

-- # unclosed_comment
SELECT id /* comment FROM a

-- # group_before_where
SELECT name FROM a GROUP BY name WHERE x > 1

-- # case_without_end
SELECT CASE WHEN x > 1 THEN 2 FROM a

-- # between_without_and
SELECT x BETWEEN 1, 2 FROM a

-- # join_without_table
SELECT id FROM a JOIN ON a.id = 1

-- # double_where
SELECT id FROM a WHERE x = 1 WHERE id = 2

-- # hyphen_in_name
SELECT id FROM my-table

-- # empty_in_list
SELECT id FROM a WHERE id IN ()

-- # bad_number
SELECT 1.2.3

-- # tinyint_out_of_range
SELECT 128Y

-- # smallint_out_of_range
SELECT 40000S

-- # bigint_out_of_range
SELECT 9223372036854775808L

-- # decimal_too_long
SELECT 123456789012345678901234567890123456789

-- # bad_date_literal
SELECT DATE '2024-13-01'

-- # bad_timestamp_literal
SELECT TIMESTAMP '2024-01-01 25:00:00'

-- # bad_binary_literal
SELECT X'GG'

-- # bad_interval_literal
SELECT INTERVAL 'x' DAY

-- # bad_interval_unit
SELECT INTERVAL 1 FORTNIGHT

-- # array_literal_brackets
SELECT [1, 2, 3]

-- # top_clause
SELECT TOP 10 id FROM a

-- # limit_with_comma
SELECT id FROM a LIMIT 5, 10

-- # double_equals_assignment
SELECT id := 1 FROM a

-- # not_select
CREATE SELECT 1

-- # unknown_type_literal
SELECT FOO '2024'

-- # alias_of_reserved_join
SELECT id FROM a AS left JOIN b AS right ON left.id

-- # window_frame_without_rows
SELECT sum(x) OVER (ORDER BY id BETWEEN 1 PRECEDING AND CURRENT ROW) FROM a

-- # over_without_parentheses
SELECT sum(x) OVER ORDER BY id FROM a

-- # two_statements
SELECT 1; SELECT 2

-- # only_comment_and_with
WITH t AS (SELECT 1)

-- # cast_comma
SELECT CAST(i, INT) FROM types

-- # ilike_escape_long
SELECT s LIKE 'a' ESCAPE 'xy' FROM types
