-- # arguments_by_name_1
SELECT mask(s, upperChar => 'X') FROM types

-- # arguments_by_name_2
SELECT mask(str => s, lowerChar => 'x', digitChar => NULL) FROM types

-- # arguments_by_name_3
SELECT count_min_sketch(i, epsilon => 0.1D, confidence => 0.9D, seed => 1) FROM types

-- # arguments_by_name_4
SELECT * FROM explode(collection => array(1, 2))

-- # arguments_by_name_14
SELECT * FROM variant_explode(input => parse_json('{}'))

-- # arguments_by_name_15
SELECT explode(collection => arr) FROM types

-- # arguments_by_name_18
SELECT posexplode_outer(collection => arr), 1 FROM types

-- # arguments_by_name_19
SELECT inline(input => arr_st) FROM types
