"""Write the values of `account_orders` as of the end of an interval, for another feature store."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import datasets
import feature_groups
from feature_values import entities_at, write_values
from lakehouse import Interval, execute
from settings import MARKS, SPARK
from windows import with_windows

OUTPUTS = ("last_kind_7d", "orders_1h", "orders_7d", "spend_7d", "is_regular")


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Write the values of all entities that are known at the end of the interval."""
    group = feature_groups.ACCOUNT_ORDERS_GROUP
    events = datasets.read_orders(spark, interval.end)
    rows = entities_at(events, group, interval.end)
    rows = with_windows(rows, group, events, since=interval.end)
    rows = rows.withColumn("account_orders__is_regular", F.expr("`account_orders__orders_7d` >= 2"))
    return write_values(
        rows,
        "values.account_orders",
        group,
        OUTPUTS,
        path="s3a://shops/lake/shops/values/account_orders/007c4849",
        interval=interval,
        marks=MARKS,
    )


def main() -> int:
    """Run as a command."""
    return execute("values.account_orders", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
