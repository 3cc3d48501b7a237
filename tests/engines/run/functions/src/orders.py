"""Orders, as they count."""

from collections.abc import Mapping
from datetime import datetime

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from src.money import fee

DAY = F.expr("INTERVAL 1 DAY")


def paid(inputs: Mapping[str, DataFrame], as_of: datetime | None) -> DataFrame:
    orders = inputs["orders"].where("cents > 0")
    return orders.select("ordered_at", "order_id", "customer_id", "cents", fee("cents").alias("fee"))


def recent(inputs: Mapping[str, DataFrame], as_of: datetime | None) -> DataFrame:
    one, other = inputs["paid"].alias("one"), inputs["paid"].alias("other")
    near = (
        (F.col("one.customer_id") == F.col("other.customer_id"))
        & (F.col("other.ordered_at") < F.col("one.ordered_at"))
        & (F.col("other.ordered_at") >= F.col("one.ordered_at") - DAY)
    )
    rows = one.join(other, near, "left").groupBy("one.order_id", "one.customer_id", "one.ordered_at")
    return rows.agg(F.sum("other.cents").alias("before"))


def returning(inputs: Mapping[str, DataFrame], as_of: datetime | None) -> DataFrame:
    return inputs["recent"].where("before IS NOT NULL")
