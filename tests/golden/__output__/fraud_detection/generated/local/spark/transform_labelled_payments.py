"""Compute the table `labelled_payments`.

Every payment, and whether it was charged back.
"""

import sys

from pyspark.sql import SparkSession

import datasets
from lakehouse import Interval, execute
from queries import current_cut, store_table
from settings import MARKS, SPARK

DATASET = "transforms.labelled_payments"


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Compute the whole table as of the end of the interval, or of the latest one so far."""
    cut = current_cut(MARKS, DATASET, interval)
    return store_table(
        datasets.read_labelled_payments(spark, cut),
        DATASET,
        path="./lake/fraud_detection/transforms/labelled_payments",
        key=["transaction_id", "created_at"],
        interval=interval,
        marks=MARKS,
    )


def main() -> int:
    """Run as a command."""
    return execute("transform.labelled_payments", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
