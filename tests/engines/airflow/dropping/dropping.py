"""A DAG with an operator that takes a keyword and drops it."""

from typing import Any

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator

try:
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG


class Dropping(EmptyOperator):
    """Forgets how many times it is to be tried."""

    def __init__(self, *, retries: int, **more: Any) -> None:
        """Take all, and keep not all."""
        super().__init__(retries=retries - 1, **more)


with DAG(
    dag_id="dropping", schedule=None, start_date=pendulum.datetime(2026, 1, 1), default_args={"owner": "a"}
):
    dropping = Dropping(task_id="dropping", retries=3)
