"""The datasets of fraud_detection, as of now or as they were known at a cut."""

from datetime import datetime

from pyspark.sql import DataFrame, SparkSession

import sources
from lakehouse import read
from quality import accepted_rows
from queries import query


def read_cards(spark: SparkSession, cut: datetime | None = None) -> DataFrame:
    """Card master data, one row per change."""
    return accepted_rows(spark, sources.CARDS_SOURCE, cut)


def read_chargebacks(spark: SparkSession, cut: datetime | None = None) -> DataFrame:
    """Disputed transactions, as the schemes report them."""
    return accepted_rows(spark, sources.CHARGEBACKS_SOURCE, cut)


def read_transactions(spark: SparkSession, cut: datetime | None = None) -> DataFrame:
    """Card transactions, one per authorisation."""
    return accepted_rows(spark, sources.TRANSACTIONS_SOURCE, cut)


def read_labelled_payments(spark: SparkSession, cut: datetime | None = None) -> DataFrame:
    """Every payment, and whether it was charged back."""
    if cut is None:
        return read(spark, "./lake/fraud_detection/transforms/labelled_payments")
    inputs = {"payments": read_payments(spark, cut), "chargebacks": read_chargebacks(spark, cut)}
    return query(spark, "sql/labelled_payments.sql", inputs)


def read_payments(spark: SparkSession, cut: datetime | None = None) -> DataFrame:
    """Accepted transactions, as features read them."""
    inputs = {"transactions": read_transactions(spark, cut)}
    return query(spark, "sql/payments.sql", inputs)
