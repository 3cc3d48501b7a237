-- # excepted_more_5
SELECT * EXCEPT (st.c, st.c.d) FROM types

-- # excepted_more_7
SELECT st.* EXCEPT (nope) FROM types_nn

-- # excepted_more_8
SELECT * EXCEPT (m.k) FROM types

-- # excepted_more_9
SELECT * EXCEPT (i.k) FROM types

-- # excepted_more_11
SELECT st.* EXCEPT (st.a) FROM types
