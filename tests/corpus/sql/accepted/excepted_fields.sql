-- # excepted_fields_1
SELECT * EXCEPT (st.a) FROM types

-- # excepted_fields_2
SELECT * EXCEPT (st.c.d, i) FROM types

-- # excepted_fields_3
SELECT st.* EXCEPT (c.d) FROM types

-- # excepted_fields_6
SELECT * EXCEPT (st.a, st.b, st.c) FROM types_nn

-- # excepted_fields_7
SELECT * EXCEPT (types.st.a) FROM types

-- # excepted_fields_8
SELECT * EXCEPT (st.c.e) FROM types_nn

-- # excepted_fields_9
SELECT types.* EXCEPT (types.i, st.b) FROM types

-- # excepted_fields_11
SELECT * EXCEPT (device.screen.w) FROM payments
