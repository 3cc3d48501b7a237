"""Keep the history of `transactions`: every message of its topic, as it came.

Card transactions, one per authorisation.
"""

import sys

from pyspark.sql import SparkSession

import sources
from history import drain, keep
from lakehouse import Interval
from settings import MARKS, SPARK


def run(spark: SparkSession, _: Interval) -> dict[str, object]:
    """Take in what the topic has by now."""
    return drain(spark, sources.TRANSACTIONS_TOPIC, MARKS)


def main() -> int:
    """Run as a command: for ever, or with `--drain` up to where the topic ends now."""
    return keep("history.transactions", SPARK, sources.TRANSACTIONS_TOPIC, MARKS)


if __name__ == "__main__":
    sys.exit(main())
