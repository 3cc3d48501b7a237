SELECT o.order_id, o.customer_id, o.amount, o.ordered_at, o.received_at,
       NOT EXISTS (
         SELECT 1
         FROM orders AS later
         WHERE later.customer_id = o.customer_id
           AND later.ordered_at > o.ordered_at
           AND later.ordered_at <= o.ordered_at + INTERVAL 30 DAYS
       ) AS lost
FROM orders AS o
