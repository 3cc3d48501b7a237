"""Make the training set of `fraud_score`: observations with what was known at the time.

The probability that a payment will be charged back.
"""

import sys
from datetime import timedelta

from pyspark.sql import SparkSession

import datasets
import model_inputs
from lakehouse import Interval, execute
from model_data import labelled, store_training_set
from settings import MARKS, SPARK

KNOWN_AFTER = timedelta(days=30)
COLUMNS = ("transaction_id", "created_at", "is_fraud", *model_inputs.FRAUD_SCORE_INPUTS)


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Make the training set as of the end of the interval."""
    cut = interval.end
    observations = labelled(
        datasets.read_labelled_payments(spark, cut),
        event_time="created_at",
        ingested_at="ingested_at",
        until=cut - KNOWN_AFTER,
    )
    return store_training_set(
        model_inputs.fraud_score_inputs(spark, observations, cut),
        "training.fraud_score",
        COLUMNS,
        path="./lake/fraud_detection/training/fraud_score",
        interval=interval,
        marks=MARKS,
    )


def main() -> int:
    """Run as a command."""
    return execute("training_set.fraud_score", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
