"""Rows for models: labelled observations to train on, and the rows of an interval to score."""

from collections.abc import Sequence
from datetime import datetime

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse import Interval, Slice, count, create, field, replace, timestamp
from marks import set_mark
from windows import AT


def own_time(event_time: str, ingested_at: str | None, rows: DataFrame) -> DataFrame:
    """Ask for the features of rows as of the moment at which each of them happened."""
    known_at = F.date_trunc("millisecond", field(ingested_at or event_time))
    return rows.withColumn(AT, F.least(field(event_time), known_at))


def labelled(
    rows: DataFrame, event_time: str, ingested_at: str | None, until: datetime
) -> DataFrame:
    """Keep observations that are old enough for their label to be known, each at its own time."""
    moments = own_time(event_time, ingested_at, rows)
    moments = moments.where(field(AT) <= timestamp(until))
    return moments.withColumn(AT, F.date_trunc("millisecond", field(AT)))


def of_interval(rows: DataFrame, event_time: str, interval: Interval) -> DataFrame:
    """Keep the rows of an interval, and ask for their features as of its end."""
    inside = rows.where(str(Slice(event_time, interval.start, interval.end)))
    return inside.withColumn(AT, timestamp(interval.end))


def store_training_set(
    rows: DataFrame,
    dataset: str,
    columns: Sequence[str],
    *,
    path: str,
    interval: Interval,
    marks: str,
) -> dict[str, object]:
    """Replace a training set as a whole: the columns that a model is trained from, no others."""
    create(rows.select(*map(field, columns)), path)
    set_mark(marks, dataset, interval)
    return {"rows": {dataset: count(rows.sparkSession, path)}}


def store_scoring_set(
    rows: DataFrame,
    dataset: str,
    columns: Sequence[str],
    *,
    path: str,
    within: Slice,
    marks: str,
) -> dict[str, object]:
    """Replace the rows of an interval that are to be scored: the columns that this takes."""
    replace(rows.select(*map(field, columns)), path, str(within))
    set_mark(marks, dataset, Interval(within.start, within.end))
    return {"rows": {dataset: count(rows.sparkSession, path, within)}}
