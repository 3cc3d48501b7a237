"""Wait until the rows of `transactions` that an interval needs have arrived.

Card transactions, one per authorisation.
"""

import sys
from datetime import timedelta

from pyspark.sql import SparkSession

import sources
from lakehouse import Interval, execute
from marks import require_mark
from settings import MARKS, SPARK


def run(_: SparkSession, interval: Interval) -> dict[str, object]:
    """Report how far the history is complete, or stop with exit code 75."""
    lateness = sources.TRANSACTIONS_SOURCE.lateness or timedelta(0)
    wanted = Interval(interval.start, interval.end + lateness)
    return require_mark(MARKS, sources.TRANSACTIONS_TOPIC.dataset, wanted)


def main() -> int:
    """Run as a command."""
    return execute("ready.transactions", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
