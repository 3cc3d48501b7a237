"""Write what serving needs of `card_velocity` to its online store.

How often, how much and where a card has been used.
"""

import sys

from pyspark.sql import SparkSession

import datasets
import feature_groups
from feature_store import publish_tiles
from lakehouse import Interval, execute
from settings import SPARK

STORE = "s3a://acme-fraud/lake/fraud_detection/online/card_velocity.sqlite"


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Write the online store as of the end of the interval."""
    group = feature_groups.CARD_VELOCITY_GROUP
    events = datasets.read_payments(spark, interval.end)
    return publish_tiles(spark, group, events, STORE, interval.end)


def main() -> int:
    """Run as a command."""
    return execute("materialise.card_velocity", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
