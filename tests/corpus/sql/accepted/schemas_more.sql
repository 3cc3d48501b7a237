-- # schemas_more_13
SELECT from_json(s, 'ARRAY<INT>') FROM types

-- # schemas_more_14
SELECT from_json(s, 'MAP<STRING, INT>') FROM types

-- # schemas_more_15
SELECT from_json(s, 'VARIANT') FROM types

-- # schemas_more_18
SELECT from_json(s, schema_of_json('{"a": 123456789012345678901234567890123456789}')) FROM types

-- # schemas_more_19
SELECT from_json(s, schema_of_json('{"a": 9223372036854775807, "b": 9223372036854775808, "c": -9223372036854775809}')) FROM types

-- # schemas_more_20
SELECT from_json(s, schema_of_json('{"a": [], "b": [{}], "c": [[1], [2.5]], "d": [{"x": 1}, null], "e": "", "f": ["", 1]}')) FROM types

-- # schemas_more_21
SELECT from_json(s, schema_of_json('["a"]')) FROM types

-- # schemas_more_22
SELECT from_json(s, schema_of_json('{}')) FROM types
