-- Which sensor an order came from is in its id: `station/sensor/number`.
SELECT
  order_id,
  customer_id,
  split(order_id, '/')[0] AS `Station.Name`,
  CAST(split(order_id, '/')[1] AS INT) AS `sensor id`,
  ordered_at,
  loaded_at,
  amount,
  fee,
  quantity,
  paid
FROM orders
