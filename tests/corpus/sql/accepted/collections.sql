-- # array_basics
SELECT size(arr) AS a, cardinality(arr) AS b, array_size(arr) AS c, array_contains(arr, 1) AS d, array_position(arr, 1) AS e, element_at(arr, 1) AS f, arr[0] AS g, get(arr, 0) AS h, try_element_at(arr, 1) AS j FROM types

-- # array_basics_not_null
SELECT size(arr) AS a, cardinality(arr) AS b, array_size(arr) AS c, array_contains(arr, 1) AS d, array_position(arr, 1) AS e, element_at(arr, 1) AS f, arr[0] AS g, get(arr, 0) AS h, try_element_at(arr, 1) AS j FROM types_nn

-- # array_sets
SELECT array_distinct(arr) AS a, array_union(arr, array(1)) AS b, array_intersect(arr, array(1)) AS c, array_except(arr, array(1)) AS d, arrays_overlap(arr, array(1)) AS e, array_remove(arr, 1) AS f, array_compact(arr) AS g FROM types

-- # array_sets_not_null
SELECT array_distinct(arr) AS a, array_union(arr, array(1)) AS b, array_intersect(arr, array(NULL)) AS c, array_except(arr, array(1L)) AS d, arrays_overlap(arr, array(1)) AS e, array_remove(arr, 1) AS f, array_compact(arr) AS g, array_union(arr, array(NULL)) AS h FROM types_nn

-- # array_building
SELECT array_append(arr, 1) AS a, array_prepend(arr, 0) AS b, array_insert(arr, 1, 5) AS c, array_repeat('x', 3) AS d, array_repeat(i, 2) AS e, sequence(1, 5) AS f, sequence(i, bi) AS g, flatten(array(arr, arr)) AS h, concat(arr, arr) AS j, slice(arr, 1, 2) AS k, reverse(arr) AS l, shuffle(arr) AS m FROM types

-- # array_building_not_null
SELECT array_append(arr, 1) AS a, array_append(arr, NULL) AS b, array_insert(arr, 1, 5) AS c, array_repeat(i, 2) AS d, sequence(ti, i) AS e, flatten(array(arr, arr)) AS f, concat(arr, arr) AS g, slice(arr, 1, 2) AS h, reverse(arr) AS j, sort_array(arr) AS k, sort_array(arr, false) AS l, array_prepend(arr, 1) AS m FROM types_nn

-- # array_reductions
SELECT array_min(arr) AS a, array_max(arr) AS b, array_join(arr_s, ',') AS c, array_join(arr_s, ',', '-') AS d, arrays_zip(arr, arr_s) AS e, arrays_zip(arr, array(1)) AS f, array_max(arr_st) AS g FROM types_nn

-- # arrays_zip_names
SELECT arrays_zip(arr, arr_s) AS a, arrays_zip(array(1), array('x')) AS b, arrays_zip(st.c.e, arr) AS c FROM types

-- # maps
SELECT map_keys(m) AS a, map_values(m) AS b, map_entries(m) AS c, map_contains_key(m, 'a') AS d, m['a'] AS e, element_at(m, 'a') AS f, map_concat(m, map('x', 1)) AS g, size(m) AS h, map_from_entries(map_entries(m)) AS j, try_element_at(m, 'b') AS k FROM types

-- # maps_not_null
SELECT map_keys(m) AS a, map_values(m) AS b, map_entries(m) AS c, map_contains_key(m, 'a') AS d, m['a'] AS e, element_at(m, 'a') AS f, map_concat(m, map('x', NULL)) AS g, size(m) AS h, map_from_entries(map_entries(m)) AS j, m.a AS k FROM types_nn

-- # map_building
SELECT map('a', 1) AS a, map_from_arrays(array('a', 'b'), array(1, 2)) AS b, str_to_map(s) AS c, str_to_map(s, ',', '=') AS d, map_from_entries(array(struct('a', 1))) AS e, map() AS f, map_concat() AS g, map(1, array(1), 2, array()) AS h FROM types_nn

-- # structs
SELECT struct(1, 'a', i) AS a, struct(i AS x, s) AS b, named_struct('p', i, 'q', named_struct('r', s)) AS c, struct(st.*) AS d, struct(*) AS e FROM (SELECT i, s, st FROM types)

-- # struct_fields
SELECT st.a AS a, st.b AS b, st.c.d AS c, st.c.e[0] AS d, st.c AS e, (st).a AS f, (st.c).e AS g, st.A AS h, types.st.c.d AS j FROM types

-- # struct_fields_not_null
SELECT st.a AS a, st.c.d AS b, st.c.e[0] AS c, st.c AS d, named_struct('x', i).x AS e, struct(i + 1, s).col1 AS f, struct(i, s).i AS g FROM types_nn

-- # fields_of_arrays_of_structs
SELECT arr_st.k AS a, arr_st[0].k AS b, arr_st.v[1] AS c, arr_st[0] AS d, element_at(arr_st, 1).v AS e, filter(arr_st, x -> x.v > 1)[0].k AS f FROM types

-- # fields_of_arrays_of_structs_not_null
SELECT arr_st.k AS a, arr_st[0].k AS b, arr_st.v[1] AS c, get(arr_st, 0).v AS d FROM types_nn

-- # arrays_of_arrays
SELECT array(arr, arr)[0] AS a, array(arr, arr)[0][1] AS b, flatten(array(array(1), array(2, NULL))) AS c, array(array(1, 2), array()) AS d, transform(array(arr), x -> size(x)) AS e FROM types_nn

-- # maps_of_structs
SELECT map('a', named_struct('x', 1))['a'].x AS a, map_values(map('a', struct(1 AS p)))[0].p AS b, map('k', array(1, 2))['k'][0] AS c, map('k', map('l', 1)).k.l AS d

-- # hash_functions
SELECT hash(i, s) AS a, xxhash64(i, s) AS b, md5(s) AS c, sha(s) AS d, sha1(s) AS e, sha2(s, 256) AS f, crc32(s) AS g, hash(arr) AS h, xxhash64(st) AS j FROM types

-- # items
SELECT order_id, items[0].sku AS first_sku, size(items) AS n, items.qty AS qtys, array_max(items.price) AS top, array_distinct(items.sku) AS skus, exists(items, i -> i.price IS NULL) AS unpriced, array_contains(items.sku, 'x') AS has_x FROM orders

-- # to_and_from_json
SELECT to_json(st) AS a, to_json(arr) AS b, to_json(m) AS c, from_json(s, 'a INT, b STRING') AS d, from_json(s, 'ARRAY<INT>') AS e, from_json(s, 'MAP<STRING, DOUBLE>') AS f, from_json(s, 'STRUCT<x: DATE, y: ARRAY<STRUCT<z: INT>>>', map('mode', 'PERMISSIVE')) AS g, schema_of_json('{"a": 1}') AS h FROM types_nn

-- # json_paths
SELECT get_json_object(s, '$.a.b') AS a, json_array_length(s) AS b, json_object_keys(s) AS c, from_json(s, 'a INT').a AS d, from_json(s, 'a STRUCT<b: STRING NOT NULL>').a.b AS e, from_json(s, 'a INT NOT NULL, b ARRAY<STRING>').b[0] AS f FROM types_nn

-- # json_schema_of_example
SELECT from_json(s, schema_of_json('{"id": 1, "tags": ["a"], "geo": {"lat": 1.5}}')) AS parsed FROM types

-- # csv_and_xml
SELECT from_csv(s, 'a INT, b DATE') AS a, to_csv(struct(i, s)) AS b, schema_of_csv('1,abc') AS c, from_xml(s, 'a INT, b STRING') AS d, to_xml(struct(i AS a)) AS e, xpath(s, 'a/b/text()') AS f, xpath_string(s, 'a') AS g, xpath_int(s, 'a') AS h, xpath_double(s, 'a') AS j, xpath_boolean(s, 'a') AS k FROM types_nn

-- # sorting_structs
SELECT array_sort(items) AS a, sort_array(items, false) AS b, array_max(items).sku AS c, array_min(transform(items, x -> x.qty)) AS d FROM orders

-- # empty_merges
SELECT coalesce(tags, array()) AS a, coalesce(attributes, map()) AS b, array_union(coalesce(tags, array()), array('x')) AS c, if(tags IS NULL, array('none'), tags) AS d, size(coalesce(tags, array())) AS e FROM payments

-- # map_lookup_with_default
SELECT coalesce(attributes['channel'], 'web') AS channel, attributes.device_id AS device_id, try_element_at(attributes, 'ip') AS ip, map_contains_key(attributes, 'ip') AS has_ip, int(attributes['age']) AS age FROM payments
