-- # posexplode_
SELECT order_id, pos, col.sku FROM orders LATERAL VIEW posexplode(items)

-- # is_distinct
SELECT x IS DISTINCT FROM id AS d, x IS NOT TRUE FROM a
