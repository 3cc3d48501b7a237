-- # schemas_more_12
SELECT from_json(s, 'BIGINT') FROM types

-- # schemas_more_16
SELECT from_csv(s, 'INT') FROM types

-- # schemas_more_17
SELECT from_csv(s, 'ARRAY<INT>') FROM types
