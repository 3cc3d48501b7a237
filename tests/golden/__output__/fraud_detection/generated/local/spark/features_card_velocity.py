"""Bring the tiles of `card_velocity` up to date.

How often, how much and where a card has been used.
"""

import sys

from pyspark.sql import SparkSession

import datasets
import feature_groups
from feature_store import update_tiles
from lakehouse import Interval, execute
from settings import MARKS, SPARK


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Bring the tiles that the interval touches up to date."""
    group = feature_groups.CARD_VELOCITY_GROUP
    events = datasets.read_payments(spark)
    return update_tiles(spark, group, events, interval, MARKS)


def main() -> int:
    """Run as a command."""
    return execute("features.card_velocity", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
