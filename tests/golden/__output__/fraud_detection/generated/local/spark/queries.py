"""Transforms: the project's own SQL over the datasets that it names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from lakehouse import Interval, Slice, count, create, merge, require_unique
from marks import mark, set_mark

FOLDER = Path(__file__).parent


def query(spark: SparkSession, file: str, inputs: Mapping[str, DataFrame]) -> DataFrame:
    """Run a query from its file over named inputs."""
    for name, rows in inputs.items():
        rows.createOrReplaceTempView(name)
    return spark.sql((FOLDER / file).read_text(encoding="utf-8"))


def current_cut(marks: str, dataset: str, interval: Interval) -> datetime:
    """Return as of when a dataset is recomputed: never earlier than it has been before."""
    reached = mark(marks, dataset)
    return interval.end if reached is None else max(reached, interval.end)


def store_table(
    rows: DataFrame, dataset: str, path: str, key: Sequence[str], interval: Interval, marks: str
) -> dict[str, object]:
    """Make the stored table hold exactly these rows; without a key it is written as a whole."""
    spark = rows.sparkSession
    if key:
        require_unique(rows, key, dataset)
        merge(rows, path, key)
    else:
        create(rows, path)
    set_mark(marks, dataset, interval)
    return {"rows": {dataset: count(spark, path)}}


def store_slice(
    rows: DataFrame,
    dataset: str,
    path: str,
    key: Sequence[str],
    within: Slice,
    interval: Interval,
    marks: str,
) -> dict[str, object]:
    """Make a slice of the stored table hold exactly the rows that lie in it."""
    spark = rows.sparkSession
    inside = rows.where(str(within))
    require_unique(inside, key, dataset)
    merge(inside, path, key, within)
    set_mark(marks, dataset, interval)
    return {"rows": {dataset: count(spark, path, within)}}
