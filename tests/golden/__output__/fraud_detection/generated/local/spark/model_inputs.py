"""Features of fraud_detection, and what its models read: the same for training and for batch scoring."""

from datetime import datetime

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import datasets
import feature_groups
from lakehouse import field
from windows import AT, with_latest, with_windows

FRAUD_SCORE_INPUTS = [
    "card_velocity__foreign_count_24h",
    "card_velocity__largest_7d",
    "card_velocity__merchants_24h",
    "card_velocity__payment_count_10m",
    "card_velocity__payment_count_1h",
    "card_velocity__payment_count_24h",
    "card_velocity__spend_1h",
    "card_velocity__spend_7d",
    "card_velocity__spend_ratio",
    "card_profile__credit_limit",
    "payment_context__amount",
    "payment_context__country",
    "payment_context__amount_to_limit",
    "payment_context__hour_of_day",
    "payment_context__is_foreign",
]


def card_profile_features(spark: SparkSession, rows: DataFrame, cut: datetime) -> DataFrame:
    """Add the outputs of `card_profile` to rows that say as of when they ask."""
    return with_latest(rows, feature_groups.CARD_PROFILE_GROUP, datasets.read_cards(spark, cut))


def card_velocity_features(
    spark: SparkSession, rows: DataFrame, cut: datetime, since: datetime | None = None
) -> DataFrame:
    """Add the outputs of `card_velocity` to rows that say as of when they ask."""
    rows = with_windows(
        rows,
        feature_groups.CARD_VELOCITY_GROUP,
        datasets.read_payments(spark, cut),
        since=since,
    )
    return rows.withColumn(
        "card_velocity__spend_ratio",
        F.expr("`card_velocity__spend_1h` / nullif(`card_velocity__spend_7d`, 0)"),
    )


def payment_context_features(rows: DataFrame) -> DataFrame:
    """Add the outputs of `payment_context` to rows that have the request's columns."""
    rows = rows.withColumn("payment_context__amount", field("amount"))
    rows = rows.withColumn("payment_context__country", field("country"))
    rows = rows.withColumn(
        "payment_context__amount_to_limit",
        F.expr("`payment_context__amount` / nullif(`card_profile__credit_limit`, 0)"),
    )
    rows = rows.withColumn("payment_context__hour_of_day", F.expr("hour(`__at`)"))
    return rows.withColumn(
        "payment_context__is_foreign",
        F.expr("`payment_context__country` <> `card_profile__home_country`"),
    )


def fraud_score_inputs(
    spark: SparkSession, rows: DataFrame, cut: datetime, since: datetime | None = None
) -> DataFrame:
    """Add the inputs of `fraud_score` to rows that say as of when they ask."""
    columns = [name for name in rows.columns if name != AT]
    rows = card_velocity_features(spark, rows, cut, since)
    rows = card_profile_features(spark, rows, cut)
    rows = payment_context_features(rows)
    return rows.select(*map(field, [*columns, *FRAUD_SCORE_INPUTS]))
