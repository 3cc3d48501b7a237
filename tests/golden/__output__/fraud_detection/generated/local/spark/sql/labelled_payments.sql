SELECT p.transaction_id,
       p.card_id,
       p.amount,
       p.country,
       p.created_at,
       p.ingested_at,
       c.transaction_id IS NOT NULL AS is_fraud
FROM payments AS p
-- A payment can be disputed more than once.
LEFT JOIN (SELECT DISTINCT transaction_id FROM chargebacks) AS c ON c.transaction_id = p.transaction_id
