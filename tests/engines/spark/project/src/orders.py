"""Transforms of the project by functions."""

from collections.abc import Mapping
from datetime import datetime

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def bought(inputs: Mapping[str, DataFrame], as_of: datetime | None) -> DataFrame:
    """Orders without their state. Columns come in another order than they are declared."""
    return inputs["orders"].select("loaded_at", "ordered_at", "customer_id", "order_id", "amount", "fee", "quantity")


def costs(inputs: Mapping[str, DataFrame], as_of: datetime | None) -> DataFrame:
    """What an order costs, by the name of who ordered it."""
    if as_of is None:
        raise ValueError("a table is computed as of the end of its interval")
    names = inputs["customers"].groupBy("customer_id").agg(F.max_by("name", F.struct("changed_at")).alias("name"))
    cost = (F.col("fee") * F.col("quantity")).cast("double").alias("cost")
    return inputs["bought"].join(names, "customer_id", "left").select("order_id", "ordered_at", "name", cost)


def busy(inputs: Mapping[str, DataFrame], as_of: datetime | None) -> DataFrame:
    """How many orders there were in the six hours up to one."""
    seconds = F.unix_micros("ordered_at")
    latest = Window.orderBy(seconds).rangeBetween(-6 * 3600 * 1_000_000, 0)
    return inputs["bought"].select("order_id", "ordered_at", "loaded_at", F.count("*").over(latest).alias("orders"))
