"""Values of feature groups as of a moment, as Parquet that other feature stores read.

Each interval has a folder of its own, with one row for each entity. A row says as of when its
values are (`event_timestamp`: the interval's end) and when they were written (`created_timestamp`).
"""

from collections.abc import Sequence
from datetime import datetime

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from lakehouse import Interval, field, located, timestamp
from marks import set_mark
from windows import EntityGroup, as_of


def entities_at(events: DataFrame, group: EntityGroup, moment: datetime) -> DataFrame:
    """Return the entities that have events which are known at a moment, to ask for it."""
    known = events.where(group.known_at() < timestamp(moment))
    entities = known.select(*map(field, group.key)).dropna().distinct()
    return as_of(entities, timestamp(moment))


def write_values(
    rows: DataFrame,
    dataset: str,
    group: EntityGroup,
    outputs: Sequence[str],
    *,
    path: str,
    interval: Interval,
    marks: str,
) -> dict[str, object]:
    """Write the values as of the end of an interval, in place of those that are there."""
    values = rows.select(
        *map(field, group.key),
        timestamp(interval.end).alias("event_timestamp"),
        F.current_timestamp().alias("created_timestamp"),
        *(readable(rows, f"{group.name}__{name}").alias(name) for name in outputs),
    )
    # By default Spark writes times in a form of its own, which ends in the year 2262.
    spark = rows.sparkSession
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    folder = f"{located(path)}/as_of={interval.end:%Y%m%dT%H%M%S.%f}"
    values.write.mode("overwrite").parquet(folder)
    set_mark(marks, dataset, interval)
    return {"rows": {dataset: spark.read.parquet(folder).count()}}


def readable(rows: DataFrame, name: str) -> Column:
    """Return a column in a type that such stores have: a day is its first moment."""
    is_day = isinstance(rows.select(field(name)).schema[0].dataType, T.DateType)
    return field(name).cast("timestamp") if is_day else field(name)
