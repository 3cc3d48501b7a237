"""When the rows of a source arrive: to which interval each belongs, and what came after its run."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from lakehouse import Interval, NotReady, Slice, exists, from_micros, quoted, read, timestamp
from raw_rows import read_raw, typed

if TYPE_CHECKING:
    from quality import Source

# How many days a warning names.
DAYS = 5
# An event of a topic that is said to happen so much after the broker has it has no credible time.
AHEAD = timedelta(days=1)


def require_arrived(spark: SparkSession, source: Source, interval: Interval) -> dict[str, object]:
    """Stop unless all rows of the interval that count have arrived at the source."""
    wanted = interval.end + (source.lateness or timedelta(0))
    if source.database is None:
        raw = read_raw(spark, source.files, source.file_format, source.fields)
    else:
        raw = source.database.newest(spark, source.known_at)
    if raw is None:
        raise NotReady(f"there is nothing at {source.files} yet")
    # Only what is young enough is read: the other files need not be opened.
    known_at = typed(raw, source.known_at, "timestamp")
    young = raw.select(known_at.alias("known_at")).where(F.col("known_at") >= timestamp(wanted))
    row = young.agg(F.min(F.unix_micros("known_at")).alias("first")).first()
    if row is None or row.first is None:
        raise NotReady(f"no row that is known at {wanted} or later has arrived yet")
    return {"rows": {}, "arrived": from_micros(row.first).isoformat(), "wanted": wanted.isoformat()}


def is_too_late(source: Source) -> Column:
    """Return whether a row became known later than the source's lateness allows."""
    if source.ingested_at is None or source.lateness is None:
        return F.lit(False)
    # No difference: one of the beginning of time would be too large.
    oldest = F.unix_micros("known_at") - F.lit(source.lateness // timedelta(microseconds=1))
    return F.coalesce(F.unix_micros("event_time") < oldest, F.lit(False))


def is_ahead(source: Source) -> Column:
    """Return whether a message is said to be of a time long after the broker took it in."""
    if source.messages is None:
        return F.lit(False)
    newest = F.unix_micros("known_at") + F.lit(AHEAD // timedelta(microseconds=1))
    return F.coalesce(F.unix_micros("event_time") > newest, F.lit(False))


def interval_time(source: Source) -> Column:
    """Return the moment that says to which interval a row belongs: NULL where it has no time.

    That is its event time. The run of that interval does not wait for rows that are too late, so
    they belong to the interval in which they became known: every row is in reach of one run. So do
    messages without a credible event time.
    """
    on_time = F.coalesce("event_time", "known_at")
    astray = is_too_late(source) | is_ahead(source)
    return F.when(astray, F.col("known_at")).otherwise(on_time)


def near(raw: DataFrame, source: Source, interval: Interval) -> DataFrame:
    """Leave out rows by what the files say of themselves, where that can be done without loss.

    Parquet and Delta keep the least and the greatest value of each column: where none fits, nothing
    is read.
    """
    times = {source.event_time, source.known_at}
    if any(raw.schema[name].dataType != T.TimestampType() for name in times & {*raw.columns}):
        return raw
    # Known to the microsecond here, to the millisecond where it is compared.
    end = interval.end + timedelta(milliseconds=1)
    inside = [str(Slice(name, interval.start, end)) for name in sorted(times & {*raw.columns})]
    return raw.where(" OR ".join([*inside, f"{quoted(source.event_time)} IS NULL"]))


def missed(spark: SparkSession, raw: DataFrame, source: Source, interval: Interval) -> int:
    """Count rows of earlier intervals that no run has judged, and say so.

    They came after the run of their interval. Only running that again takes them in: to do it here
    would change what has been computed from it, behind everyone's back.
    """
    if not exists(source.verdicts):
        return 0
    until = F.col("interval_time") < timestamp(interval.start)
    judged = read(spark, source.verdicts).where(until)
    if source.messages is not None:
        # Of the history, only what can be of the interval was read.
        judged = judged.where(F.col("ingested_at") >= timestamp(interval.start - AHEAD))
    judged = judged.select("interval_time")
    first = judged.agg(F.min(F.unix_micros("interval_time")).alias("first")).first()
    if first is None or first.first is None:
        return 0
    covered = F.col("interval_time") >= timestamp(from_micros(first.first))
    times = [
        typed(raw, source.event_time, "timestamp").alias("event_time"),
        F.date_trunc("millisecond", typed(raw, source.known_at, "timestamp")).alias("known_at"),
    ]
    arrived = raw.select(*times).select(interval_time(source).alias("interval_time"))
    day = F.to_date("interval_time").alias("day")
    both = arrived.where(until & covered).select(day, F.lit(1).alias("rows"))
    both = both.union(judged.select(day, F.lit(-1)))
    days = both.groupBy("day").agg(F.sum("rows").alias("rows")).where("rows > 0")
    found = [(row.day.isoformat(), row.rows) for row in days.orderBy("day").collect()]
    total = sum(rows for _, rows in found)
    if total:
        shown = ", ".join(f"{rows} of {date}" for date, rows in found[:DAYS])
        more = f" and {len(found) - DAYS} days more" if len(found) > DAYS else ""
        print(
            f"warning: {total} rows of {source.name} came after the run of their interval and are "
            f"in no table: {shown}{more}. Run these intervals again to take them in.",
            file=sys.stderr,
        )
    return total
