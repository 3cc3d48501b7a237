"""A DAG file that Airflow cannot load: shows that the suite sees it."""

message = "made on purpose"
raise ValueError(message)
