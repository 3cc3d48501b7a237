-- # searched_case
SELECT CASE WHEN amount > 1000 THEN 'high' WHEN amount > 100 THEN 'mid' ELSE 'low' END AS band FROM payments

-- # case_without_else_is_nullable
SELECT CASE WHEN amount > 1000 THEN 'high' END AS band, CASE WHEN is_fraud THEN 1 ELSE 0 END AS label FROM payments

-- # simple_case
SELECT CASE status WHEN 'ok' THEN 1 WHEN 'failed' THEN 0 ELSE -1 END AS code, CASE currency WHEN 'EUR' THEN amount END AS eur FROM payments

-- # nested_case
SELECT CASE WHEN status = 'ok' THEN CASE WHEN is_fraud THEN 'bad' ELSE 'good' END ELSE 'none' END AS x FROM payments

-- # if_function
SELECT if(is_fraud, 1, 0) AS a, if(amount > 10, amount, NULL) AS b, iff FROM (SELECT *, if(settled_at IS NULL, 'open', 'settled') AS iff FROM payments)

-- # coalesce_chain
SELECT coalesce(settled_at, paid_at) AS a, coalesce(currency, 'EUR') AS b, coalesce(customer_id, merchant_id, -1) AS c, coalesce(customer_id, merchant_id) AS d FROM payments

-- # case_with_aggregates
SELECT card_id, sum(CASE WHEN is_fraud THEN amount ELSE 0 END) AS fraud_amount, count(CASE WHEN is_fraud THEN 1 END) AS frauds, max(if(status = 'ok', paid_at, NULL)) AS last_ok FROM payments GROUP BY card_id

-- # decode_and_elt
SELECT decode(status, 'ok', 1, 'failed', 2, 0) AS a, decode(status, 'ok', 'yes') AS b, elt(2, 'a', 'b', status) AS c, decode(encode(status, 'UTF-8'), 'UTF-8') AS d FROM payments

-- # null_handling
SELECT nvl2(settled_at, 'yes', 'no') AS a, nullif(currency, '') AS b, ifnull(currency, 'n/a') AS c, isnull(is_fraud) AS d, is_fraud IS NOT TRUE AS e, nvl(is_fraud, false) AS f FROM payments

-- # boolean_expressions
SELECT amount > 10 AND is_fraud AS a, NOT (status = 'ok' OR currency IS NULL) AS b, status IN ('ok', 'pending') AS c, currency IN ('EUR', 'USD') AS d, amount BETWEEN 1 AND 10 AS e, currency LIKE 'E%' AS f FROM payments

-- # case_of_structs
SELECT CASE WHEN device IS NULL THEN named_struct('os', 'unknown', 'version', '0') ELSE named_struct('os', device.os, 'version', device.version) END AS d FROM payments

-- # case_of_dates
SELECT CASE WHEN status = 'ok' THEN settled_at ELSE current_date() END AS a, CASE WHEN is_fraud THEN DATE '2024-01-01' ELSE paid_at END AS b FROM payments

-- # all_branches_null
SELECT CASE WHEN is_fraud THEN NULL ELSE NULL END AS a, if(is_fraud, NULL, NULL) AS b FROM payments

-- # else_null_typed
SELECT CASE WHEN is_fraud THEN NULL ELSE amount END AS a, CASE WHEN is_fraud THEN CAST(NULL AS STRING) ELSE status END AS b, CASE WHEN amount > 1 THEN status ELSE status END AS c FROM payments

-- # assertions
SELECT assert_true(amount > 0) AS ok, raise_error('no') AS never, typeof(amount) AS t FROM payments
