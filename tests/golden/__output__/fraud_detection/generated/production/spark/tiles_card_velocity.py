"""Keep the tiles of `card_velocity` current from the messages of `transactions`.

How often, how much and where a card has been used.
"""

import sys
from datetime import timedelta

from pyspark.sql import DataFrame, SparkSession

import feature_groups
import sources
from lakehouse import Interval
from queries import query
from redis_server import RedisServer
from redis_store import RedisStore
from settings import MARKS, SPARK
from store_values import Variable
from tile_server import Server
from tile_stream import TileStream, drain, keep_tiles


def events(spark: SparkSession, rows: DataFrame) -> DataFrame:
    """Return the events of `card_velocity` among accepted rows of `transactions`."""
    return query(spark, "sql/payments.sql", {"transactions": rows})


STREAM = TileStream(
    group=feature_groups.CARD_VELOCITY_GROUP,
    source=sources.TRANSACTIONS_SOURCE,
    topic=sources.TRANSACTIONS_TOPIC,
    tables="s3a://acme-fraud/lake/fraud_detection/tiles/card_velocity",
    store=Server(
        RedisStore(
            RedisServer(
                host="redis.acme.example",
                port=6380,
                tls=True,
                password=Variable("FRAUD_DETECTION_REDIS_PASSWORD"),
            ),
            "fraud_detection:production:card_velocity:ee44078e",
            expires_after=timedelta(minutes=10160),
        ),
    ),
    trigger=timedelta(minutes=1),
    max_messages=500000,
    events=events,
)


def run(spark: SparkSession, _: Interval) -> dict[str, object]:
    """Take in what the history has by now."""
    return drain(spark, STREAM, MARKS)


def main() -> int:
    """Run as a command: for ever, or with `--drain` up to where the history ends now."""
    return keep_tiles("tiles.card_velocity", SPARK, STREAM, MARKS)


if __name__ == "__main__":
    sys.exit(main())
