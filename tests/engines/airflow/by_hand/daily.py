"""The example's daily DAG, as one writes it who has nothing to generate it with: what emitted DAGs are timed against."""

from datetime import datetime, timedelta

from airflow.providers.common.compat.sdk import AirflowException, AirflowFailException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.bash import BashSensor

try:
    from airflow.sdk import DAG, Asset, Param
except ImportError:
    from airflow import DAG
    from airflow.datasets import Dataset as Asset
    from airflow.models.param import Param

START = "{{ params.start or data_interval_start }}"
END = "{{ params.end or data_interval_end }}"
RUN = f"cd /opt/fraud && exec python3 spark/%s.py --interval-start '{START}' --interval-end '{END}' "


class PatientSensor(BashSensor):
    """Retries real failures as other tasks do."""

    def poke(self, context):
        """Run the command."""
        try:
            return super().poke(context)
        except AirflowFailException as failure:
            raise AirflowException(str(failure)) from failure


TRANSACTIONS = Asset("fraud/transactions")
CARDS = Asset("fraud/cards")
CHARGEBACKS = Asset("fraud/chargebacks")
VELOCITY = Asset("fraud/velocity")
LABELLED = Asset("fraud/labelled")
ROWS = Asset("fraud/rows")
SCORES = Asset("fraud/scores")

with DAG(
    dag_id="by_hand",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=True,
    max_active_runs=1,
    default_args={
        "owner": "risk-data",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
    },
    params={
        "start": Param(None, type=["null", "string"], format="date-time"),
        "end": Param(None, type=["null", "string"], format="date-time"),
    },
    tags=["fraud_detection"],
    doc_md=__doc__,
):
    waiting = {
        "retry_exit_code": 75,
        "mode": "reschedule",
        "poke_interval": 300,
        "timeout": 129600,
    }
    ready = PatientSensor(
        task_id="ready",
        bash_command=RUN % "ready",
        doc_md="Waits for card transactions.",
        **waiting,
    )
    ready_chargebacks = PatientSensor(
        task_id="ready_chargebacks",
        bash_command=RUN % "ready_chargebacks",
        doc_md="Waits for disputed transactions.",
        **waiting,
    )
    transactions = BashOperator(
        task_id="transactions",
        bash_command=RUN % "transactions",
        outlets=[TRANSACTIONS],
        doc_md="Card transactions.",
    )
    cards = BashOperator(
        task_id="cards",
        bash_command=RUN % "cards",
        outlets=[CARDS],
        doc_md="Card master data.",
    )
    chargebacks = BashOperator(
        task_id="chargebacks",
        bash_command=RUN % "chargebacks",
        outlets=[CHARGEBACKS],
        doc_md="Disputed transactions.",
    )
    velocity = BashOperator(
        task_id="velocity",
        bash_command=RUN % "velocity",
        inlets=[TRANSACTIONS],
        outlets=[VELOCITY],
        doc_md="How cards are used.",
    )
    profile_store = BashOperator(
        task_id="profile_store",
        bash_command=RUN % "profile_store",
        inlets=[CARDS],
        doc_md="Cards, for serving.",
    )
    velocity_store = BashOperator(
        task_id="velocity_store",
        bash_command=RUN % "velocity_store",
        inlets=[TRANSACTIONS, VELOCITY],
        doc_md="How cards are used, for serving.",
    )
    labelled = BashOperator(
        task_id="labelled",
        bash_command=RUN % "labelled",
        inlets=[TRANSACTIONS, CHARGEBACKS],
        outlets=[LABELLED],
        doc_md="Payments with their label.",
    )
    scoring = BashOperator(
        task_id="scoring",
        bash_command=RUN % "scoring",
        inlets=[TRANSACTIONS, CARDS, VELOCITY],
        outlets=[ROWS],
        doc_md="Payments with their features.",
    )
    score = BashOperator(
        task_id="score",
        bash_command=RUN % "score",
        inlets=[ROWS],
        outlets=[SCORES],
        skip_on_exit_code=75,
        doc_md="Payments with their score.",
    )

    ready >> transactions >> velocity >> velocity_store
    cards >> profile_store
    [transactions, velocity, cards] >> scoring >> score
    ready_chargebacks >> chargebacks
    [transactions, chargebacks] >> labelled
