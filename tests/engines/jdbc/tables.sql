CREATE TABLE refunds (
  refund_id text, order_id uuid, amount numeric(12,2), whole numeric(38,0), note varchar(40), small smallint, large bigint, ratio real,
  paid boolean, day date, tags text[], raw bytea, local_at timestamp, refunded_at timestamptz, seen_at timestamptz, hidden text
);
-- Every twenty minutes of four days, at odd microseconds, and an hour that a clock in Paris does not have.
INSERT INTO refunds
SELECT 'r' || g, md5(g::text)::uuid, (g * 7919 % 1000000) / 100.0 - 1000, power(10::numeric, 37) * 9 + g, CASE WHEN g % 7 = 0 THEN NULL ELSE 'é ''' || g END,
  g % 30000, 9007199254740993 + g, g / 8.0, g % 2 = 0, date '2026-03-27' + g % 9, ARRAY['a', NULL, 'b' || g], decode(lpad(to_hex(g), 8, '0'), 'hex'),
  timestamp '2026-03-29 02:30:00.123456' + g * interval '1 second',
  timestamptz '2026-03-27 00:00:00Z' + g * interval '20 minutes' + (g % 5) * interval '1 microsecond',
  timestamptz '2026-03-27 00:00:00Z' + g * interval '20 minutes' + (g % 100) * interval '1 minute',
  'nobody asks for this'
FROM generate_series(0, 287) g;
-- Late within bounds, too late, without an event time, and without an amount.
INSERT INTO refunds (refund_id, order_id, amount, refunded_at, seen_at) VALUES
  ('late', gen_random_uuid(), 1, '2026-03-27 23:59:59.999999Z', '2026-03-28 01:59:59Z'),
  ('too late', gen_random_uuid(), 1, '2026-03-27 10:00:00Z', '2026-03-28 12:00:01Z'),
  ('no time', gen_random_uuid(), 1, NULL, '2026-03-28 10:00:00Z'),
  ('no amount', gen_random_uuid(), NULL, '2026-03-28 10:00:00Z', '2026-03-28 10:00:00Z');
