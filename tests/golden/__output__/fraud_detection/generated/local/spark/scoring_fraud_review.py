"""Gather the rows that `fraud_review` scores, with their features.

Scores the interval's payments for the analysts' queue.
"""

import sys

from pyspark.sql import SparkSession

import datasets
import model_inputs
from lakehouse import Interval, Slice, execute
from model_data import of_interval, store_scoring_set
from settings import MARKS, SPARK

EVENT_TIME = "created_at"
COLUMNS = ("transaction_id", "created_at", *model_inputs.FRAUD_SCORE_INPUTS)


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Gather the rows of the interval, with their features as of its end."""
    rows = datasets.read_payments(spark)
    rows = of_interval(rows, EVENT_TIME, interval)
    at = interval.end
    rows = model_inputs.fraud_score_inputs(spark, rows, at, since=at)
    return store_scoring_set(
        rows,
        "scoring.fraud_review",
        COLUMNS,
        path="./lake/fraud_detection/scoring/fraud_review",
        within=Slice(EVENT_TIME, interval.start, interval.end),
        marks=MARKS,
    )


def main() -> int:
    """Run as a command."""
    return execute("scoring_set.fraud_review", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
