"""From the raw rows of a source to accepted rows, with a verdict on every one of them.

A row passes these stations in order: malformed, too late, row checks, copies. What is left is
accepted; checks of the whole dataset come last.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial, reduce
from operator import or_

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from arrival import interval_time, is_ahead, is_too_late, missed, near
from lakehouse import (
    CANONICAL,
    CheckFailed,
    Interval,
    Slice,
    declare,
    described,
    exists,
    field,
    from_micros,
    has_unusual_names,
    merge,
    quoted,
    read,
    replace,
    timestamp,
)
from marks import set_mark
from raw_rows import (
    CORRUPT,
    OFFSET,
    PARTITION,
    DatabaseTable,
    Field,
    MessageLog,
    read_raw,
    typed,
)

VERDICTS = ("accepted", "malformed", "too_late", "failed_check", "duplicate", "conflict")
# Columns of verdicts that say where a message lies in its topic.
POSITION = ("partition", "offset")
# How many rows a message about a failed check names.
SAMPLES = 5


@dataclass(frozen=True)
class RowCheck:
    """A check of single rows; `on_fail` is `quarantine`, `fail` or `warn`.

    A row fails where `expect`, a condition in Spark SQL, is false or NULL, where a column of
    `not_null` is NULL, or where a column of `values` has another value; NULL is allowed there.
    """

    name: str
    on_fail: str
    expect: str | None = None
    not_null: Sequence[str] = ()
    values: Mapping[str, Sequence[str | int | float | bool]] | None = None

    def fails(self, types: Mapping[str, str]) -> Column:
        """Return whether a row fails the check; `types` are those of the columns."""
        failures = [field(name).isNull() for name in self.not_null]
        if self.expect is not None:
            failures.append(~F.coalesce(F.expr(self.expect), F.lit(False)))
        for name, allowed in (self.values or {}).items():
            # In the column's own type: 0.1 as a double is not the float 0.1.
            known = [F.lit(str(value)).cast(types[name]) for value in allowed]
            failures.append(~field(name).isin(*known))
        return F.coalesce(any_of(failures), F.lit(False))


@dataclass(frozen=True)
class Unique:
    """A check that no two accepted rows agree in all of `columns`; NULL agrees with nothing."""

    name: str
    on_fail: str
    columns: Sequence[str]


@dataclass(frozen=True)
class Freshness:
    """A check that the newest accepted row is at most `max_age` older than the interval's end."""

    name: str
    on_fail: str
    max_age: timedelta


@dataclass(frozen=True)
class Source:
    """Where the rows of a source come from, what they promise and where they go."""

    name: str
    table: str
    verdicts: str
    fields: Sequence[Field]
    key: Sequence[str]
    event_time: str
    ingested_at: str | None = None
    lateness: timedelta | None = None
    files: str = ""
    file_format: str = ""
    database: DatabaseTable | None = None
    messages: MessageLog | None = None
    row_checks: Sequence[RowCheck] = ()
    dataset_checks: Sequence[Unique | Freshness] = ()

    @property
    def stored(self) -> Sequence[Field]:
        """The columns that are stored."""
        return [each for each in self.fields if not each.dropped]

    @property
    def known_at(self) -> str:
        """The column that says since when a row is known."""
        return self.ingested_at or self.event_time


def ingest(
    spark: SparkSession, source: Source, interval: Interval, marks: str
) -> dict[str, object]:
    """Judge the raw rows of the interval, store the accepted ones and all verdicts."""
    raw = raw_rows(spark, source, interval)
    if raw is None:
        raise FileNotFoundError(f"there is nothing at {source.files}")
    judged = judge(raw, source, interval).persist()
    try:
        outcome = checked(spark, judged, source, interval)
        accepted = judged.where("verdict = 'accepted'").select("accepted.*")
        within = Slice(source.event_time, interval.start, interval.end)
        if not exists(source.table):
            columns = [each.ddl() for each in source.stored]
            declare(spark, source.table, columns, unusual=has_unusual_names(accepted.schema))
        merge(accepted, source.table, identity(source), within)
        verdicts = judged.drop("accepted", "failed")
        times = Slice("interval_time", interval.start, interval.end)
        # Rows without any time belong to no interval: every run writes them anew.
        replace(verdicts, source.verdicts, f"({times}) OR interval_time IS NULL")
    finally:
        judged.unpersist()
    set_mark(marks, f"sources.{source.name}", interval)
    return outcome | {"missed": {source.name: missed(spark, raw, source, interval)}}


def raw_rows(spark: SparkSession, source: Source, interval: Interval) -> DataFrame | None:
    """Read the rows of a source: of files all, of a database or a topic those of the interval."""
    if source.messages is not None:
        lateness = source.lateness or timedelta(0)
        return source.messages.rows(spark, source.fields, interval, lateness)
    if source.database is None:
        return read_raw(spark, source.files, source.file_format, source.fields)
    times = [source.event_time, source.known_at]
    return source.database.rows(spark, source.fields, times, interval)


def accepted_rows(spark: SparkSession, source: Source, cut: datetime | None) -> DataFrame:
    """Return the accepted rows of a source: all, or those known before `cut`."""
    rows = read(spark, source.table)
    if cut is None:
        return rows
    return rows.where(
        (field(source.event_time) < timestamp(cut)) & (field(source.known_at) < timestamp(cut))
    )


def identity(source: Source) -> Sequence[str]:
    """Return the columns that identify an event: the key and the event time."""
    return [*source.key, *({source.event_time} - set(source.key))]


def judge(raw: DataFrame, source: Source, interval: Interval) -> DataFrame:
    """Give each raw row of the interval its verdict.

    An accepted row carries itself in `accepted`; `failed` says which row checks a row fails.
    """
    rows = stations(near(raw, source, interval), source)
    inside = Slice("interval_time", interval.start, interval.end)
    rows = with_verdicts(rows.where(f"({inside}) OR interval_time IS NULL"), source)
    is_accepted = F.col("verdict") == "accepted"
    return rows.select(
        "verdict",
        "check",
        "interval_time",
        "event_time",
        "ingested_at",
        "key",
        *(() if source.messages is None else POSITION),
        F.when(~is_accepted, F.to_json("raw", CANONICAL)).alias("row"),
        F.when(is_accepted, F.col("typed")).alias("accepted"),
        "failed",
    )


def stations(raw: DataFrame, source: Source) -> DataFrame:
    """Type raw rows, and say for which fault of its own each is `rejected`: NULL where it has none."""
    rows = parse(raw, source)
    rows = rows.withColumn("interval_time", interval_time(source))
    rows = rows.withColumn("malformed", F.col("malformed") | is_ahead(source))
    unfit = F.when(F.col("malformed"), "malformed").when(is_too_late(source), "too_late")
    rows = rows.withColumn("unfit", unfit)
    rows = rows.withColumn("failed", F.when(F.col("unfit").isNull(), F.col("failed")))
    rows = rows.withColumn("check", failed_check(source))
    failed = F.when(F.col("check").isNotNull(), "failed_check")
    return rows.withColumn("rejected", F.coalesce("unfit", failed))


def with_verdicts(rows: DataFrame, source: Source) -> DataFrame:
    """Add the verdict: of copies without a fault of their own, the first is accepted."""
    copies = Window.partitionBy("key", "event_time", F.col("rejected").isNull()).orderBy(
        "known_at", *(("content",) if source.messages is None else POSITION)
    )
    verdict = (
        F.when(F.col("rejected").isNotNull(), F.col("rejected"))
        .when(F.row_number().over(copies) == 1, "accepted")
        .when(F.col("content") == F.first("content").over(copies), "duplicate")
        .otherwise("conflict")
    )
    return rows.withColumn("verdict", verdict)


def parse(raw: DataFrame, source: Source) -> DataFrame:
    """Turn raw rows into typed ones, with the outcome of each row check."""
    faults = [F.col(CORRUPT).isNotNull()] if source.file_format in ("avro", "csv", "json") else []
    required = {*source.key, source.event_time, source.known_at}
    columns = []
    for declared in source.fields:
        value = typed(raw, declared.name, declared.type)
        faults.append(value.isNull() & field(declared.name).isNotNull())
        if declared.required or declared.name in required:
            faults.append(value.isNull())
        if declared.name == source.ingested_at:
            value = F.date_trunc("millisecond", value)
        columns.append(value.alias(declared.name))
    position = [] if source.messages is None else [PARTITION, OFFSET]
    everything = F.struct(*(field(name) for name in shown(raw, source) if name not in position))
    rows = raw.select(
        *columns, *position, everything.alias("__raw"), any_of(faults).alias("__malformed")
    )
    names = [declared.name for declared in source.stored]
    content = F.struct(*(field(name) for name in names if name != source.ingested_at))
    known_at = F.date_trunc("millisecond", field(source.known_at))
    never = F.lit(None).cast("timestamp")
    types = {declared.name: declared.type for declared in source.fields}
    failed = [F.when(~F.col("__malformed"), check.fails(types)) for check in source.row_checks]
    return rows.select(
        F.struct(*map(field, names)).alias("typed"),
        F.struct(*map(field, source.key)).alias("key"),
        field(source.event_time).alias("event_time"),
        known_at.alias("known_at"),
        (never if source.ingested_at is None else known_at).alias("ingested_at"),
        F.to_json(content, CANONICAL).alias("content"),
        F.array(*failed).cast("array<boolean>").alias("failed"),
        F.col("__raw").alias("raw"),
        F.col("__malformed").alias("malformed"),
        *(field(found).alias(name) for found, name in zip(position, POSITION, strict=False)),
    )


def shown(raw: DataFrame, source: Source) -> Sequence[str]:
    """Name the columns that the verdict on a row keeps: none that is dropped.

    Where one is, nor is the text of a line that cannot be read: it has the value, too.
    """
    hidden = {each.name.lower() for each in source.fields if each.dropped}
    if hidden:
        hidden.add(CORRUPT)
    return [name for name in raw.columns if name.lower() not in hidden]


def failed_check(source: Source) -> Column:
    """Return the name of the first check that sends a row to quarantine, or NULL."""
    names = [
        F.when(F.col("failed")[number], check.name)
        for number, check in enumerate(source.row_checks)
        if check.on_fail == "quarantine"
    ]
    return F.coalesce(*names, F.lit(None).cast("string"))


def any_of(conditions: Sequence[Column]) -> Column:
    """Return whether one of the conditions holds; a condition that is NULL does not."""
    return reduce(or_, (F.coalesce(each, F.lit(False)) for each in conditions), F.lit(False))


def checked(
    spark: SparkSession, judged: DataFrame, source: Source, interval: Interval
) -> dict[str, object]:
    """Count verdicts and failed checks, and stop where a check with `on_fail: fail` failed."""
    failures = [
        F.count_if(F.col("failed")[number]).alias(f"failed_{number}")
        for number in range(len(source.row_checks))
    ]
    newest = F.max(F.unix_micros("event_time")).alias("newest")
    counted = judged.groupBy("verdict").agg(F.count("*").alias("rows"), newest, *failures)
    by_verdict = {row.verdict: row for row in counted.collect()}
    verdicts = {name: by_verdict[name].rows for name in VERDICTS if name in by_verdict}
    findings = []
    for number, check in enumerate(source.row_checks):
        count = sum(row[f"failed_{number}"] for row in by_verdict.values())
        samples = partial(failing_rows, judged, F.col("failed")[number], source.key)
        findings.append(Finding(check.name, check.on_fail, count, samples))
    accepted = by_verdict.get("accepted")
    for check in source.dataset_checks:
        if isinstance(check, Freshness):
            findings.append(freshness(check, accepted and accepted.newest, interval))
        else:
            findings.append(uniqueness(spark, judged, check, source, interval))
    report(source, [finding for finding in findings if finding.count])
    return {
        "rows": {f"sources.{source.name}": verdicts.get("accepted", 0)},
        "verdicts": {source.name: verdicts},
        "checks": {source.name: {finding.check: finding.count for finding in findings}},
    }


@dataclass(frozen=True)
class Finding:
    """How many rows fail a check; `samples` names a few of them."""

    check: str
    on_fail: str
    count: int
    samples: Callable[[], str]


def failing_rows(judged: DataFrame, fails: Column, key: Sequence[str]) -> str:
    """Name some of the rows that fail a row check."""
    rows = judged.where(fails).select("key.*").orderBy(*map(field, key)).limit(SAMPLES)
    return ", ".join(described(row, key) for row in rows.collect())


def freshness(check: Freshness, newest: int | None, interval: Interval) -> Finding:
    """Compare the newest accepted row with the interval's end."""
    newest_at = None if newest is None else from_micros(newest)
    stale = newest_at is None or interval.end - newest_at > check.max_age
    samples = f"the newest row is of {newest_at}"
    return Finding(check.name, check.on_fail, int(stale), lambda: samples)


def uniqueness(
    spark: SparkSession, judged: DataFrame, check: Unique, source: Source, interval: Interval
) -> Finding:
    """Look for values that the interval's accepted rows share, or that are stored already."""
    new = judged.where("verdict = 'accepted'").select("accepted.*")
    rows = new.select(*map(field, check.columns), F.lit(True).alias("__new"))
    if exists(source.table):
        inside = Slice(source.event_time, interval.start, interval.end)
        others = read(spark, source.table).where(f"NOT ({inside})")
        rows = rows.union(others.select(*map(field, check.columns), F.lit(False)))
    groups = (
        rows.dropna(subset=[*map(quoted, check.columns)])
        .groupBy(*map(field, check.columns))
        .agg(F.count("*").alias("__rows"), F.bool_or("__new").alias("__new"))
    )
    shared = groups.where("__rows > 1 AND __new").persist()
    samples = shared.orderBy(*map(field, check.columns)).limit(SAMPLES).collect()
    named = ", ".join(described(row, check.columns) for row in samples)
    finding = Finding(check.name, check.on_fail, shared.count(), lambda: named)
    shared.unpersist()
    return finding


def report(source: Source, findings: Sequence[Finding]) -> None:
    """Log failed checks; stop at the first that must not fail."""
    for finding in findings:
        if finding.on_fail == "quarantine":
            continue
        text = (
            f"check {finding.check} of {source.name} failed {finding.count} times: "
            f"{finding.samples()}"
        )
        if finding.on_fail == "fail":
            raise CheckFailed(text)
        print(f"warning: {text}", file=sys.stderr)
