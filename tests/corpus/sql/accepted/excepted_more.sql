-- # excepted_more_1
SELECT address.* EXCEPT (geo) FROM customers

-- # excepted_more_2
SELECT * EXCEPT (address.geo.lat) FROM customers

-- # excepted_more_3
SELECT c.* EXCEPT (c.address.street) FROM customers c

-- # excepted_more_4
SELECT * EXCEPT (st) FROM types

-- # excepted_more_6
SELECT st.* EXCEPT (a, c.e) FROM types_nn

-- # excepted_more_10
SELECT * EXCEPT (ST.A) FROM types
