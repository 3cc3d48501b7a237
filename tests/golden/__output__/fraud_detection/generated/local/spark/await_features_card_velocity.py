"""Wait until `features.card_velocity` has been written for an interval.

How often, how much and where a card has been used.
"""

import sys

from pyspark.sql import SparkSession

from lakehouse import Interval, execute
from marks import require_mark
from settings import MARKS, SPARK

DATASET = "features.card_velocity"


def run(_: SparkSession, interval: Interval) -> dict[str, object]:
    """Report how far the dataset has been written, or stop with exit code 75."""
    return require_mark(MARKS, DATASET, interval)


def main() -> int:
    """Run as a command."""
    return execute("await.features.card_velocity", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
