"""Write the values of `terminal_orders` as of the end of an interval, for another feature store."""

import sys

from pyspark.sql import SparkSession

import datasets
import feature_groups
from feature_values import entities_at, write_values
from lakehouse import Interval, execute
from settings import MARKS, SPARK
from windows import with_windows

OUTPUTS = ("orders_1d",)


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Write the values of all entities that are known at the end of the interval."""
    group = feature_groups.TERMINAL_ORDERS_GROUP
    events = datasets.read_orders(spark, interval.end)
    rows = entities_at(events, group, interval.end)
    rows = with_windows(rows, group, events, since=interval.end)
    return write_values(
        rows,
        "values.terminal_orders",
        group,
        OUTPUTS,
        path="./lake/shops/values/terminal_orders/0d8fe57d",
        interval=interval,
        marks=MARKS,
    )


def main() -> int:
    """Run as a command."""
    return execute("values.terminal_orders", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
