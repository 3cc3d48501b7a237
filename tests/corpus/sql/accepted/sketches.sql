-- # hyperloglog
SELECT country, hll_sketch_estimate(hll_sketch_agg(customer_id)) AS customers, hll_sketch_agg(email, 12) AS sketch FROM customers GROUP BY country

-- # hyperloglog_merged
SELECT hll_sketch_estimate(hll_union_agg(sketch)) AS total, hll_union_agg(sketch, true) AS merged FROM (SELECT hll_sketch_agg(customer_id) AS sketch FROM customers GROUP BY country)

-- # hyperloglog_pairs
SELECT hll_sketch_estimate(hll_union(l.sketch, r.sketch)) AS both FROM (SELECT hll_sketch_agg(customer_id) AS sketch FROM customers) l CROSS JOIN (SELECT hll_sketch_agg(customer_id) AS sketch FROM payments) r

-- # theta
SELECT theta_sketch_estimate(theta_sketch_agg(card_id)) AS cards, theta_sketch_estimate(theta_union(theta_sketch_agg(card_id), theta_sketch_agg(status))) AS u, theta_sketch_estimate(theta_intersection(theta_sketch_agg(card_id), theta_sketch_agg(status))) AS i, theta_sketch_estimate(theta_difference(theta_sketch_agg(card_id), theta_sketch_agg(status))) AS d FROM payments

-- # theta_merged
SELECT theta_sketch_estimate(theta_union_agg(s)) AS u, theta_sketch_estimate(theta_intersection_agg(s)) AS i FROM (SELECT theta_sketch_agg(card_id) AS s FROM payments GROUP BY status)

-- # kll
SELECT kll_sketch_get_quantile_double(kll_sketch_agg_double(lifetime_value), 0.5) AS mid, kll_sketch_get_n_double(kll_sketch_agg_double(lifetime_value)) AS n, kll_sketch_get_rank_double(kll_sketch_agg_double(lifetime_value), 10.0D) AS r, kll_sketch_agg_bigint(customer_id) AS b FROM customers

-- # bitmaps
SELECT bucket, bitmap_count(bitmap_or_agg(bits)) AS n, bitmap_and_agg(bits) AS common FROM (SELECT bitmap_bucket_number(customer_id) AS bucket, bitmap_construct_agg(bitmap_bit_position(customer_id)) AS bits FROM customers GROUP BY bitmap_bucket_number(customer_id), country) GROUP BY bucket

-- # top_k
SELECT approx_top_k_estimate(approx_top_k_accumulate(currency)) AS t, approx_top_k_estimate(approx_top_k_accumulate(merchant_id), 3) AS u FROM payments

-- # bloom_free_membership
SELECT count_min_sketch(card_id, 0.1D, 0.9D, 7) AS sketch, approx_count_distinct(card_id, 0.02) AS n FROM payments
