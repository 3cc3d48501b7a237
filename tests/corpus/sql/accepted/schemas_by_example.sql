-- # schemas_by_example_1
SELECT from_json(s, schema_of_json('{"a": 1, "b": [1.5, 2], "c": {"d": "x"}, "e": true, "f": null}')) AS j FROM types

-- # schemas_by_example_2
SELECT from_json(s, schema_of_json('[{"a": 1}]')) AS j FROM types

-- # schemas_by_example_3
SELECT from_json(s, schema_of_json('{"a": 1, "t": "2026-01-01"}')).a AS j FROM types

-- # schemas_by_example_4
SELECT from_csv(s, schema_of_csv('1,abc,2.5')) AS j FROM types

-- # schemas_by_example_5
SELECT from_json(s, schema_of_json('{"big": 12345678901234567890, "i": 3000000000, "d": 1e3, "m": [1, "a"], "n": [], "o": [null, 1], "p": [{"x":1},{"y":"z"}], "A": 1, "b c": 2, "q": {}}')) AS j FROM types

-- # schemas_by_example_7
SELECT from_json(s, schema_of_json('{"a": 1}', map('primitivesAsString', 'true'))) AS j FROM types

-- # schemas_by_example_9
SELECT schema_of_json('{"a": 1}') x FROM types

-- # schemas_by_example_11
SELECT from_xml(s, schema_of_xml('<p><a>1</a></p>')) AS j FROM types
