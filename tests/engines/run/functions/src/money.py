"""Amounts."""

from pyspark.sql.functions import udf


@udf("bigint")
def fee(cents: int) -> int:
    if cents == 666_666:
        raise ValueError(f"no fee for {cents}")
    return cents // 50 + 10
