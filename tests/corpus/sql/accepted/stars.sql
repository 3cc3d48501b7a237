-- # all
SELECT * FROM a

-- # with_more
SELECT *, x + 1 AS x1 FROM a

-- # twice
SELECT *, * FROM c

-- # except
SELECT * EXCEPT (x) FROM a

-- # except_several
SELECT * EXCEPT (tags, attributes, device) FROM payments

-- # except_with_more
SELECT * EXCEPT (name), upper(name) AS name FROM a

-- # except_of_alias
SELECT t.* EXCEPT (id), b.y FROM a AS t JOIN b ON t.id = b.id

-- # except_struct_field
SELECT * EXCEPT (st.a, arr, m, arr_st) FROM types

-- # except_nested_struct_field
SELECT * EXCEPT (device.screen.w) FROM payments

-- # except_case_insensitive
SELECT * EXCEPT (X, NAME) FROM a

-- # of_struct
SELECT st.* FROM types

-- # of_nested_struct
SELECT st.c.* FROM types_nn

-- # of_struct_with_alias
SELECT p.device.*, p.device.screen.* FROM payments AS p

-- # of_struct_nullable
SELECT address.*, address.geo.* FROM customers

-- # of_subquery
SELECT t.* FROM (SELECT id AS k, name FROM a) t

-- # of_cte
WITH t AS (SELECT * EXCEPT (x) FROM a) SELECT t.*, 1 AS one FROM t

-- # in_function
SELECT struct(*) AS s, struct(a.*) AS s2, array(id, x) AS arr, coalesce(*) AS first FROM (SELECT id, x FROM a) AS a

-- # count_star_forms
SELECT count(*) AS a, count(DISTINCT *) AS c FROM a

-- # in_exists
SELECT id FROM a WHERE EXISTS (SELECT * FROM b WHERE b.id = a.id)

-- # of_values
SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(n, s)

-- # except_after_join_using
SELECT * EXCEPT (y) FROM a JOIN b USING (id)

-- # table_statement
TABLE a

-- # from_first
FROM a SELECT id, name

-- # star_qualified_twice
SELECT a.*, b.* EXCEPT (name) FROM a LEFT JOIN b ON a.id = b.id

-- # struct_star_in_struct
SELECT named_struct('all', struct(st.*)) AS s FROM types_nn

-- # hash_of_star
SELECT hash(*) AS h, concat_ws('|', *) AS c FROM (SELECT s, string(i) AS i FROM types)

-- # except_all_but_one
SELECT * EXCEPT (id, x) FROM a WHERE x > 1

-- # struct_star_of_array_element
SELECT e.* FROM (SELECT arr_st[0] AS e FROM types_nn)
