"""Write what serving needs of `card_profile` to its online store.

The card as its issuer describes it.
"""

import sys
from datetime import timedelta

from pyspark.sql import SparkSession

import datasets
import feature_groups
from lakehouse import Interval, execute
from redis_server import RedisServer
from redis_store import RedisStore
from settings import SPARK
from store_jobs import publish_latest
from store_values import Variable

STORE = RedisStore(
    RedisServer(
        host="redis.acme.example",
        port=6380,
        tls=True,
        password=Variable("FRAUD_DETECTION_REDIS_PASSWORD"),
    ),
    "fraud_detection:production:card_profile:62544ec8",
    expires_after=timedelta(days=6),
)


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
