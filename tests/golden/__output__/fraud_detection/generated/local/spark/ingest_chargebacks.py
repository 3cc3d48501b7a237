"""Ingest `chargebacks`: judge raw rows, store those that are accepted.

Disputed transactions, as the schemes report them.
"""

import sys

from pyspark.sql import SparkSession

import sources
from lakehouse import Interval, execute
from quality import ingest
from settings import MARKS, SPARK


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Judge the raw rows of the interval and store those that are accepted."""
    return ingest(spark, sources.CHARGEBACKS_SOURCE, interval, MARKS)


def main() -> int:
    """Run as a command."""
    return execute("ingest.chargebacks", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
