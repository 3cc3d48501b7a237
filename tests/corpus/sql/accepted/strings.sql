-- # case_and_trim
SELECT lower(email) AS a, upper(country) AS b, initcap(full_name) AS c, trim(full_name) AS d, ltrim(full_name) AS e, rtrim('x', full_name) AS f, btrim(full_name) AS g, btrim(full_name, ' .') AS h, lcase(country) AS j, ucase(email) AS k FROM customers

-- # parts
SELECT left(email, 3) AS a, right(email, 3) AS b, substr(email, 2, 3) AS c, substring_index(email, '@', -1) AS d, split_part(email, '@', 2) AS e, split(email, '@')[1] AS f, split(full_name, ' ', 2) AS g, substring(country, 1, 1) AS h FROM customers

-- # searching
SELECT instr(email, '@') AS a, locate('@', email) AS b, locate('a', email, 2) AS c, position('@', email) AS d, find_in_set(country, 'DE,FR') AS e, charindex_of FROM (SELECT *, position('a' IN email) AS charindex_of FROM customers)

-- # tests
SELECT contains(email, '@') AS a, startswith(country, 'D') AS b, endswith(email, '.com') AS c, email LIKE '%@%' AS d, country RLIKE '^[A-Z]{2}$' AS e, regexp(email, '@') AS f, regexp_like(email, '.+') AS g, ilike(email, 'A%') AS h, like(country, 'D%') AS j, rlike(country, 'D') AS k FROM customers

-- # regular_expressions
SELECT regexp_extract(email, '@(.*)$', 1) AS a, regexp_extract_all(email, '([a-z]+)', 1) AS b, regexp_replace(full_name, '[^A-Za-z ]', '') AS c, regexp_count(email, 'a') AS d, regexp_instr(email, '@') AS e, regexp_substr(email, '[0-9]+') AS f, regexp_extract(country, 'x') AS g, regexp_replace(country, 'D', 'E', 1) AS h FROM customers

-- # padding_and_repeating
SELECT lpad(country, 5, '*') AS a, rpad(country, 5) AS b, repeat(country, 2) AS c, space(3) AS d, reverse(country) AS e, concat_ws('-', country, segment) AS f, concat(country, '-', segment) AS g, format_string('%s-%d', country, customer_id) AS h, printf('%05d', customer_id) AS j FROM customers

-- # replacing
SELECT replace(email, '.', '') AS a, replace(country, 'x') AS b, translate(full_name, 'abc', 'xyz') AS c, overlay(email, '***', 2) AS d, overlay(country, 'x', 1, 1) AS e, mask(email) AS f, mask(email, '*', '*', '#') AS g FROM customers

-- # lengths_and_codes
SELECT length(email) AS a, char_length(country) AS b, octet_length(email) AS c, bit_length(country) AS d, ascii(country) AS e, chr(65) AS f, char(customer_id) AS g, hex(email) AS h, unhex(country) AS j, base64(encode(email, 'UTF-8')) AS k, unbase64(country) AS l, hex(customer_id) AS m FROM customers

-- # encodings
SELECT encode(country, 'UTF-8') AS a, decode(encode(email, 'UTF-8'), 'UTF-8') AS b, to_binary(country, 'hex') AS c, string(unbase64(email)) AS d, conv(country, 16, 10) AS e, bin(customer_id) AS f, url_encode(email) AS g, url_decode(email) AS h, try_url_decode(country) AS j, is_valid_utf8(country) AS k, make_valid_utf8(email) AS l FROM customers

-- # similarity
SELECT levenshtein(email, country) AS a, levenshtein(country, 'DE', 2) AS b, soundex(full_name) AS c, luhn_check(email) AS d, sentences(full_name) AS e FROM customers

-- # urls
SELECT parse_url(url, 'HOST') AS a, parse_url(url, 'QUERY', 'utm_source') AS b, try_parse_url(url, 'PATH') AS c, split(parse_url(url, 'PATH'), '/')[1] AS d FROM events

-- # numbers_as_text
SELECT format_number(amount, 2) AS a, format_number(payment_id, '#,###') AS b, to_char(amount, '999,999.99') AS c, string(amount) AS d, lpad(string(merchant_id), 6, '0') AS e, to_number(currency, '999') AS f, try_to_number(status, 'S99') AS g FROM payments

-- # cryptography
SELECT md5(email) AS a, sha2(country, 512) AS b, sha2(email, 0) AS c, crc32(country) AS d, aes_encrypt(email, 'abcdefghijklmnop') AS e, aes_decrypt(unhex(email), 'abcdefghijklmnop') AS f, try_aes_decrypt(unhex(country), '0123456789012345', 'GCM') AS g, hash(customer_id, email) AS h, xxhash64(country) AS j FROM customers

-- # keyed_hash
SELECT sha2(concat('salt', lower(trim(email))), 256) AS email_hash, substr(sha2(string(customer_id), 256), 1, 16) AS short_id, pmod(xxhash64(customer_id), 100) AS bucket, conv(substr(md5(email), 1, 8), 16, 10) AS n FROM customers

-- # concat_nullability
SELECT concat(country, '-', email) AS a, concat(country, 'x') AS b, concat_ws(',', email, country) AS c, country || segment AS d, concat_ws(',', collect_set(segment)) AS e FROM customers GROUP BY country, email, segment

-- # binary_strings
SELECT substring(bin, 1, 2) AS a, length(bin) AS b, concat(bin, bin) AS c, hex(bin) AS d, base64(bin) AS e, md5(bin) AS f, left(bin, 2) AS g, bin || bin AS h, lpad(bin, 5, X'00') AS j, decode(bin, 'UTF-8') AS k, octet_length(bin) AS l FROM types

-- # email_cleaning
SELECT lower(trim(email)) AS email, nullif(regexp_extract(lower(email), '@([^@]+)$', 1), '') AS domain, CASE WHEN email RLIKE '^[^@]+@[^@]+\\.[^@]+$' THEN true ELSE false END AS valid, coalesce(split_part(full_name, ' ', 1), '') AS first_name, element_at(split(full_name, ' '), -1) AS last_name FROM customers

-- # quote_and_validate
SELECT quote(country) AS a, validate_utf8(country) AS b, try_validate_utf8(country) AS c, randstr(5, 0) AS d, collation(country) AS e, uniform(1, 10, 0) AS f, elt(1, country, email) AS g
FROM customers
