-- # excepted_fields_4
SELECT * EXCEPT (st.nope) FROM types

-- # excepted_fields_5
SELECT * EXCEPT (st.a, st) FROM types

-- # excepted_fields_10
SELECT * EXCEPT (st.a, st.a) FROM types

-- # excepted_fields_12
SELECT * EXCEPT (arr_st.k) FROM types
