SELECT transaction_id, card_id, merchant_id, country, created_at, ingested_at,
       CAST(amount AS DOUBLE) AS amount
FROM transactions
