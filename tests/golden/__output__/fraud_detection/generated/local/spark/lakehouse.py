"""Spark sessions, Delta tables and the frame that every program runs in."""

import argparse
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import fsspec
import pyspark
from fsspec import AbstractFileSystem
from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from secret_values import MissingSecret, redacted

# Delta is built for each minor version of Spark.
DELTA_PACKAGES = {
    "4.0": "io.delta:delta-spark_2.13:4.0.1",
    "4.1": "io.delta:delta-spark_4.1_2.13:4.4.0",
}
# Characters that Delta takes in column names only under column mapping.
UNUSUAL = frozenset(" ,;{}()\n\t=")


# As JSON, rows that differ by a microsecond differ.
MICROSECONDS = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"
CANONICAL = {"timestampFormat": f"{MICROSECONDS}XXX", "timestampNTZFormat": MICROSECONDS}


class CheckFailed(Exception):
    """A check with `on_fail: fail` found rows: the program ends with exit code 3."""


class NotReady(Exception):
    """What the interval needs has not arrived yet: the program ends with exit code 75."""


@dataclass(frozen=True)
class Interval:
    """A stretch of event time, start included, end excluded."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Slice:
    """The rows of a table whose `column`, a timestamp, lies in [start, end)."""

    column: str
    start: datetime
    end: datetime

    def __str__(self) -> str:
        """Print the slice as a condition in Spark SQL."""
        name = quoted(self.column)
        return f"{name} >= {sql_instant(self.start)} AND {name} < {sql_instant(self.end)}"


def execute(program: str, conf: Mapping[str, str], run: Callable[..., dict[str, object]]) -> int:
    """Run a program for the interval on the command line and return its exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--interval-start", required=True, type=instant, metavar="INSTANT")
    parser.add_argument("--interval-end", required=True, type=instant, metavar="INSTANT")
    arguments = parser.parse_args()
    if arguments.interval_start >= arguments.interval_end:
        parser.error("the interval's start must lie before its end")
    interval = Interval(arguments.interval_start, arguments.interval_end)
    return guarded(program, conf, lambda spark: run(spark, interval))


def guarded(
    program: str,
    conf: Mapping[str, str],
    work: Callable[[SparkSession], dict[str, object]],
) -> int:
    """Do a program's work on a Spark session, print its summary, and return the exit code."""
    spark = session(program, conf)
    try:
        summary = work(spark)
    except CheckFailed as failure:
        print(f"{program}: {failure}", file=sys.stderr)
        return 3
    except NotReady as reason:
        print(f"{program}: {reason}", file=sys.stderr)
        return 75
    except MissingSecret as missing:
        print(f"{program}: {missing}", file=sys.stderr)
        return 1
    except Exception:
        print(redacted(traceback.format_exc()), file=sys.stderr)
        return 1
    finally:
        spark.stop()
    print(json.dumps({"program": program, **summary}))
    return 0


def session(name: str, conf: Mapping[str, str]) -> SparkSession:
    """Start Spark with Delta, or return the session that is already there."""
    settings = {
        "spark.app.name": name,
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.unionOutputPartitioning": "true",
        # Spark makes this folder though nothing is kept there; by default, where it is started.
        "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir()) / "spark-warehouse"),
        **conf,
    }
    # What the project needs besides Delta lies where Delta lies.
    more = settings.pop("spark.jars.packages", None)
    if not delta_is_at_hand():
        delta = DELTA_PACKAGES[pyspark.__version__.rpartition(".")[0]]
        settings["spark.jars.packages"] = ",".join(filter(None, (delta, more)))
    spark = SparkSession.builder.config(map=settings).getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    return spark


def delta_is_at_hand() -> bool:
    """Tell whether Delta's jars come by configuration, or lie in Spark's own folder."""
    if "SPARK_CONF_DIR" in os.environ or "PYSPARK_SUBMIT_ARGS" in os.environ:
        return True
    home = Path(os.environ.get("SPARK_HOME") or Path(pyspark.__file__).parent)
    return any((home / "jars").glob("delta-spark*.jar"))


def instant(text: str) -> datetime:
    """Read an ISO-8601 instant such as 2026-01-01T00:00:00Z."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no offset: write {text}Z")
    return moment.astimezone(UTC)


def sql_instant(moment: datetime) -> str:
    """Print an instant as a literal of Spark SQL."""
    return f"TIMESTAMP '{moment.astimezone(UTC).isoformat(timespec='microseconds')}'"


def timestamp(moment: datetime) -> Column:
    """Return an instant as a column."""
    return F.expr(sql_instant(moment))


def quoted(column: str) -> str:
    """Quote a column's name for Spark SQL."""
    return f"`{column.replace('`', '``')}`"


def field(name: str) -> Column:
    """Return the column that has exactly this name, dots and spaces included."""
    return F.col(quoted(name))


def located(path: str) -> str:
    """Return a path that Delta accepts: absolute, unless it names its file system."""
    return path if "://" in path else str(Path(path).resolve())


def exists(path: str) -> bool:
    """Tell whether there is a Delta table at the path."""
    # A table that another program is just making has a log without a commit.
    return newest_commit(path) >= 0


def newest_commit(path: str) -> int:
    """Return the number of the newest commit of a Delta table; -1 where there is none."""
    files, log = log_of(path)
    names = files.ls(log, detail=False) if files.exists(log) else []
    commits = (PurePosixPath(name) for name in names if name.endswith(".json"))
    return max((int(commit.stem) for commit in commits if commit.stem.isdecimal()), default=-1)


def has_commit(path: str, number: int) -> bool:
    """Tell whether a Delta table has a commit."""
    files, log = log_of(path)
    return bool(files.exists(f"{log}/{number:020}.json"))


def log_of(path: str) -> tuple[AbstractFileSystem, str]:
    """Return where the log of a Delta table is. Others write it: nothing of it is remembered."""
    files, folder = fsspec.url_to_fs(located(path).replace("s3a://", "s3://", 1))
    files.invalidate_cache()
    return files, f"{folder}/_delta_log"


def read(spark: SparkSession, path: str) -> DataFrame:
    """Read a Delta table."""
    return spark.read.format("delta").load(located(path))


def sliced(rows: DataFrame, column: str, within: Interval | None) -> DataFrame:
    """Return the rows whose time lies in an interval, or all of them."""
    return rows if within is None else rows.where(str(Slice(column, within.start, within.end)))


def count(spark: SparkSession, path: str, within: Slice | None = None) -> int:
    """Count the rows of a table, or of a slice of it."""
    rows = read(spark, path)
    return (rows if within is None else rows.where(str(within))).count()


def replace(rows: DataFrame, path: str, within: str | None = None) -> None:
    """Replace a whole table, or its rows that meet the condition `within`."""
    if within is None or not exists(path):
        create(rows, path)
        return
    writer = rows.write.format("delta").mode("overwrite").option("mergeSchema", "true")
    writer.option("replaceWhere", within).save(located(path))


def create(rows: DataFrame, path: str) -> None:
    """Write a table from nothing; one that is there is replaced, schema included."""
    writer = rows.write.format("delta").mode("overwrite").option("overwriteSchema", "true")
    if has_unusual_names(rows.schema):
        writer = writer.option("delta.columnMapping.mode", "name")
    writer.save(located(path))


def declare(spark: SparkSession, path: str, columns: Sequence[str], *, unusual: bool) -> None:
    """Make an empty table of columns in DDL: a write alone would make each of them nullable."""
    properties = "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')" if unusual else ""
    table = f"delta.{quoted(located(path))}"
    spark.sql(f"CREATE TABLE {table} ({', '.join(columns)}) USING delta {properties}")


def has_unusual_names(data_type: T.DataType) -> bool:
    """Tell whether a column or a field of a struct in it needs column mapping."""
    match data_type:
        case T.StructType():
            return any(
                UNUSUAL & set(each.name) or has_unusual_names(each.dataType) for each in data_type
            )
        case T.ArrayType():
            return has_unusual_names(data_type.elementType)
        case T.MapType():
            return any(map(has_unusual_names, (data_type.keyType, data_type.valueType)))
    return False


def merge(rows: DataFrame, path: str, key: Sequence[str], within: Slice | None = None) -> None:
    """Make a table, or a slice of it, hold exactly `rows`, which have at most one row per key.

    Only what differs is written: rows that are already there stay untouched, rows that are no
    longer among `rows` are removed, and where nothing differs there is no new version.
    """
    spark = rows.sparkSession
    if not exists(path):
        create(rows, path)
        return
    stored = read(spark, path)
    if within is not None:
        stored = stored.where(str(within))
    changes = differences(rows, stored, key).persist()
    try:
        if changes.isEmpty():
            return
        apply(changes, path, key, rows.columns)
    finally:
        changes.unpersist()


def differences(rows: DataFrame, stored: DataFrame, key: Sequence[str]) -> DataFrame:
    """Return what to change: rows that are new or other than stored, and stored ones to remove.

    The former carry `row`, the latter are marked `gone`.
    """
    new = rows.select(
        *(field(name).alias(f"key_{i}") for i, name in enumerate(key)),
        F.struct(*map(field, rows.columns)).alias("row"),
    )
    old = stored.select(
        *(field(name).alias(f"old_key_{i}") for i, name in enumerate(key)),
        F.struct(*map(field, stored.columns)).alias("old"),
    )
    on = " AND ".join(f"key_{i} <=> old_key_{i}" for i in range(len(key)))
    both = new.join(old, F.expr(on), "full_outer")
    found, wanted = (frame.schema[name].dataType for frame, name in ((old, "old"), (new, "row")))
    # Compared as JSON only where the columns have changed, or where maps and variants cannot be.
    text = wanted.simpleString()
    if found.simpleString() == text and "map<" not in text and "variant" not in text:
        same = F.col("row").eqNullSafe(F.col("old"))
    else:
        same = F.to_json("row", CANONICAL).eqNullSafe(F.to_json("old", CANONICAL))
    return both.where(~same).select(
        *(F.coalesce(f"key_{i}", f"old_key_{i}").alias(f"key_{i}") for i in range(len(key))),
        "row",
        F.col("row").isNull().alias("gone"),
    )


def apply(changes: DataFrame, path: str, key: Sequence[str], columns: Sequence[str]) -> None:
    """Carry out differences by one MERGE."""
    matches = " AND ".join(f"t.{quoted(name)} <=> c.key_{i}" for i, name in enumerate(key))
    updates = ", ".join(f"t.{quoted(name)} = c.row.{quoted(name)}" for name in columns)
    names = ", ".join(map(quoted, columns))
    values = ", ".join(f"c.row.{quoted(name)}" for name in columns)
    view = f"changes_{id(changes)}"
    changes.createOrReplaceTempView(view)
    try:
        changes.sparkSession.sql(
            f"MERGE WITH SCHEMA EVOLUTION INTO delta.{quoted(located(path))} AS t "
            f"USING {view} AS c ON {matches} "
            f"WHEN MATCHED AND c.gone THEN DELETE "
            f"WHEN MATCHED THEN UPDATE SET {updates} "
            f"WHEN NOT MATCHED AND NOT c.gone THEN INSERT ({names}) VALUES ({values})"
        )
    finally:
        changes.sparkSession.catalog.dropTempView(view)


def require_unique(rows: DataFrame, key: Sequence[str], name: str) -> None:
    """Stop where several rows have the same key: a merge could keep only one of them."""
    twice = rows.groupBy(*map(field, key)).count().where("count > 1")
    samples = twice.limit(3).collect()
    if samples:
        found = ", ".join(described(row, key) for row in samples)
        raise ValueError(f"{name} yields several rows for one ({', '.join(key)}), such as {found}")


def described(row: Row, columns: Sequence[str]) -> str:
    """Print the values that identify a row for a message."""
    return "(" + ", ".join(str(row[i]) for i in range(len(columns))) + ")"


def from_micros(micros: int) -> datetime:
    """Return the instant that lies so many microseconds after 1970."""
    seconds, rest = divmod(micros, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
