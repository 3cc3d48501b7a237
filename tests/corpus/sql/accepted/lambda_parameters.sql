-- # lambda_parameters_3
SELECT if(true, i, s) FROM types

-- # lambda_parameters_5
SELECT if(true, dt, ts) FROM types
