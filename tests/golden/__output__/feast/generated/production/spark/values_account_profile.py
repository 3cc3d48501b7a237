"""Write the values of `account_profile` as of the end of an interval, for another feature store.

The account as the shop describes it.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import datasets
import feature_groups
from feature_values import entities_at, write_values
from lakehouse import Interval, execute
from settings import MARKS, SPARK
from windows import with_latest

OUTPUTS = (
    "flag",
    "tiny",
    "small",
    "whole",
    "big",
    "single",
    "real",
    "exact",
    "text",
    "raw",
    "day",
    "moment",
    "odd 'name\"",
    "tags",
    "scores",
    "address",
    "changed_at",
    "doubled",
)


def run(spark: SparkSession, interval: Interval) -> dict[str, object]:
    """Write the values of all entities that are known at the end of the interval."""
    group = feature_groups.ACCOUNT_PROFILE_GROUP
    events = datasets.read_accounts(spark, interval.end)
    rows = entities_at(events, group, interval.end)
    rows = with_latest(rows, group, events)
    rows = rows.withColumn("account_profile__doubled", F.expr("`account_profile__real` * 2"))
    return write_values(
        rows,
        "values.account_profile",
        group,
        OUTPUTS,
        path="s3a://shops/lake/shops/values/account_profile/58c5cafd",
        interval=interval,
        marks=MARKS,
    )


def main() -> int:
    """Run as a command."""
    return execute("values.account_profile", SPARK, run)


if __name__ == "__main__":
    sys.exit(main())
