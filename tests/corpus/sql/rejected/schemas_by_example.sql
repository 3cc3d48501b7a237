-- # schemas_by_example_6
SELECT from_json(s, schema_of_json('not json')) AS j FROM types

-- # schemas_by_example_8
SELECT from_json(s, schema_of_json('1')) AS j FROM types

-- # schemas_by_example_10
SELECT from_json(s, schema_of_json(s)) AS j FROM types
