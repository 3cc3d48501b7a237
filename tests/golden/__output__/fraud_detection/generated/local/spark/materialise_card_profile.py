"""Write what serving needs of `card_profile` to its online store.

The card as its issuer describes it.
"""

import sys

from pyspark.sql import SparkSession

import datasets
import feature_groups
from feature_store import publish_latest
from lakehouse import Interval, execute
from settings import SPARK

STORE = "./lake/fraud_detection/online/card_profile.sqlite"


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Write the online store as of the end of the interval."""
    group = feature_groups.CARD_PROFILE_GROUP
    events = datasets.read_cards(spark, interval.end)
    return publish_latest(group, events, STORE, interval.end)


def main() -> int:
    """Run as a command."""
    return execute("materialise.card_profile", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
