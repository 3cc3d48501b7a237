"""Wait until the rows of `transactions` that an interval needs have arrived.

Card transactions, one per authorisation.
"""

import sys

from pyspark.sql import SparkSession

import sources
from arrival import require_arrived
from lakehouse import Interval, execute
from settings import SPARK


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Report how far the rows have arrived, or stop with exit code 75."""
    return require_arrived(spark, sources.TRANSACTIONS_SOURCE, interval)


def main() -> int:
    """Run as a command."""
    return execute("ready.transactions", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
