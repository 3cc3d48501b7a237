-- # spaces
SELECT `first col`, `first col` + 1 AS `next col` FROM `odd names`

-- # dots
SELECT `a.b`, `odd names`.`a.b` AS ab FROM `odd names`

-- # backticks
SELECT `back``tick` AS `new``name` FROM `odd names`

-- # keywords
SELECT `select`, `select` AND true AS `from` FROM `odd names`

-- # accents_and_emoji
SELECT `naïve`, `größe 📏` * 2 AS `doppelt 📐` FROM `odd names`

-- # accents_unquoted_star
SELECT * FROM `odd names`

-- # case_insensitive_columns
SELECT camelcase, CAMELCASE, `camelCASE`, CamelCase FROM `odd names`

-- # case_insensitive_tables
SELECT T.I, PAYMENTS.Card_Id FROM TYPES AS t, Payments

-- # digits_first
SELECT `1st`, year(`1st`) AS y FROM `odd names`

-- # nested_names
SELECT nested.`field one`, nested.`x.y`, nested.group, nested.GROUP AS g, `odd names`.nested.`field one` AS f FROM `odd names`

-- # expression_names_with_quotes
SELECT `first col` + 1, upper(`a.b`), `naïve` || 'x', -`back``tick`, nested.`x.y` FROM `odd names`

-- # keywords_unquoted
SELECT date, timestamp, year, month, value, key, `order` FROM (SELECT 1 AS date, 2 AS timestamp, 3 AS year, 4 AS month, 5 AS value, 6 AS key, 7 AS `order`)

-- # keywords_as_aliases
SELECT id AS select, x AS from, name AS table FROM a

-- # implicit_aliases
SELECT id identifier, x value, name the_name FROM a t

-- # string_quotes
SELECT 'it''s' AS a, "say \"x\"" AS b, 'a"b' AS c, "it's" AS d

-- # double_quoted_is_string
SELECT "id" AS not_a_column FROM a

-- # alias_with_dots
SELECT x.`p.q`, x.`r s` FROM (SELECT id AS `p.q`, name AS `r s` FROM a) x

-- # table_alias_quoted
SELECT `my table`.id FROM a AS `my table`

-- # identifier_clause
SELECT IDENTIFIER('id') AS k FROM IDENTIFIER('a')

-- # expression_column_in_outer
SELECT `sum(x)` + 1 AS s FROM (SELECT sum(x) FROM a)

-- # uppercase_keywords_and_functions
select Count(*) as N, MAX(Amount) As top from payments where STATUS = 'ok' group by Card_ID having count(*) > 1 order by n limit 5

-- # underscores_and_digits
SELECT _x, x_1, x1_ FROM (SELECT 1 AS _x, 2 AS x_1, 3 AS x1_)
