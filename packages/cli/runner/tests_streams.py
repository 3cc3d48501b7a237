"""What a test gives, taken in by the streams that keep feature groups current: step by step, as messages come."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from tests_rows import Column, quoted
from tests_tables import Tables, module

# In how many steps a stream takes in what there is, if it is more than a few messages; one ends at each
# moment that is asked about, besides.
STEPS, FEW = 3, 2


@dataclass(frozen=True)
class Given:
    """What stands at the beginning of a stream's way: the rows of its source, or of a transform."""

    rows: DataFrame
    known_at: str
    event_time: str
    transform: str | None = None


class Streams:
    """The stores that streams leave behind, as of each moment that the test asks about."""

    def __init__(self, tables: Tables, folder: str) -> None:
        self.tables = tables
        self.folder = Path(folder)
        self.described: Mapping[str, Any] = tables.test["streams"]
        self.kept: dict[str, Mapping[int, str]] = {}

    def store(self, group: str, moment: datetime) -> str:
        """Return the store of a group as of a moment."""
        if group not in self.kept:
            self.kept[group] = self.keep(group)
        return self.kept[group][module("tile_stream").millis(moment)]

    def moments(self, group: str) -> list[int]:
        """Return the moments that are asked about, in milliseconds."""
        asked = {
            datetime.fromisoformat(row["at"])
            for expected in self.tables.test["expected"]
            if "stream" in expected["modes"] and group in expected["of"]["plans"]
            for row in expected["rows"]
        }
        return sorted(set(map(module("tile_stream").millis, asked)))

    def keep(self, group: str) -> Mapping[int, str]:
        """Let the stream of a group go from moment to moment, and keep a store as of each."""
        program, tile_stream = map(module, (self.described[group]["program"], "tile_stream"))
        folder, moments = self.folder / group, self.moments(group)
        stream = replace(program.STREAM, tables=str(folder))
        given = self.given(group, stream)
        delay = stream.group.delay // tile_stream.MILLISECOND
        history = messages(given, moments[0] - delay).persist()
        most = max(math.ceil(history.count() / STEPS), FEW)
        if given.transform is not None:
            # What stands in place of a transform's result has been judged.
            stream = replace(stream, source=replace(stream.source, row_checks=()))
        stores = {moment: str(folder / f"{moment}.sqlite") for moment in moments}
        with self.in_place(group, stream, given, history):
            for moment, store in stores.items():
                step = replace(stream, max_messages=most, store=tile_stream.File(store))
                list(tile_stream.steps(self.tables.spark, step, moment - delay))
        history.unpersist()
        return stores

    def given(self, group: str, stream: Any) -> Given:
        """Return the rows that the test gives nearest to the group."""
        tables, described = self.tables, self.described[group]
        for name in reversed(list(described["views"])):
            found = tables.given.get(f"transforms.{name}")
            if found is not None:
                event_time = found["time"]["eventTime"]
                rows = tables.rows_given(f"transforms.{name}")
                return Given(rows, found["time"].get("ingestedAt", event_time), event_time, name)
        source = stream.source
        if f"sources.{source.name}" in tables.given:
            rows = tables.rows_given(f"sources.{source.name}")
        else:
            fields = [Column(each.name, T.DataType.fromDDL(each.type)) for each in source.fields]
            rows = tables.frame([], fields)
        return Given(rows, source.known_at, source.event_time)

    @contextlib.contextmanager
    def in_place(self, group: str, stream: Any, given: Given, history: DataFrame) -> Iterator[None]:
        """Let the stream read these messages instead of a history, and keep its tables in memory."""
        program = module(self.described[group]["program"])
        kept = Kept({stream.topic.history: history})
        patches: dict[str, Any] = {name: getattr(kept, name) for name in Kept.REPLACED}
        if given.transform is None:
            patches["parsed"] = parsed
        else:
            patches["alone"] = accepted(given)
        with contextlib.ExitStack() as stack:
            for name, function in patches.items():
                stack.enter_context(mock.patch.object(module("tile_stream"), name, function))
            if given.transform is not None:
                query = self.query(program, self.described[group]["views"], given.transform)
                stack.enter_context(mock.patch.object(program, "query", query))
            yield

    @staticmethod
    def query(program: ModuleType, views: Mapping[str, str], given: str) -> Any:
        """Stand in for `query`: of the transform that is given, and of those below, nothing is left to do."""
        done = list(views.values())[: list(views).index(given) + 1]
        original = program.query

        def query(spark: SparkSession, file: str, inputs: Mapping[str, DataFrame]) -> DataFrame:
            if file in done:
                (rows,) = inputs.values()
                return rows
            return original(spark, file, inputs)

        return query


class Kept:
    """Tables of a stream in memory: what the functions that write them on disk leave there."""

    REPLACED = ("read", "exists", "make", "note", "advance", "tidy")

    def __init__(self, tables: dict[str, DataFrame]) -> None:
        self.tables = tables
        self.rows: dict[str, list[Any]] = {}

    def read(self, _: SparkSession, path: str) -> DataFrame:
        """Stand in for `lakehouse.read`."""
        return self.tables[path]

    def exists(self, path: str) -> bool:
        """Stand in for `lakehouse.exists`."""
        return path in self.tables

    def make(self, rows: DataFrame, path: str, _: Sequence[str]) -> None:
        """Make a table of rows."""
        self.put(path, rows.collect(), rows.schema, rows.sparkSession)

    def put(self, path: str, rows: list[Any], schema: T.StructType, spark: SparkSession) -> None:
        """Let a table hold exactly these rows."""
        self.rows[path] = rows
        self.tables[path] = spark.createDataFrame(rows, schema)

    def note(self, accepted: DataFrame, stream: Any) -> None:
        """Add what is noted of accepted events."""
        seen = self.tables[stream.seen]
        noted = module("tile_stream").noted(accepted).select(seen.columns).collect()
        self.put(stream.seen, self.rows[stream.seen] + noted, seen.schema, seen.sparkSession)

    def advance(
        self, spark: SparkSession, stream: Any, tiles: DataFrame, before: Any, after: Any
    ) -> None:
        """Add tiles to those that are there, and move the position."""
        tile_stream, table = module("tile_stream"), self.tables[stream.tiles]
        sums = tile_stream.sums(stream, table.schema, before)
        both = tile_stream.additions(spark, table, tiles, after).join(
            table, tile_stream.same_tile(stream.group), "full_outer"
        )
        is_new, is_old = F.col("size").isNull(), F.col("added").isNull()
        rows = both.select(
            *(
                F.when(is_new, tile_stream.added(name))
                .when(is_old, F.col(name))
                .otherwise(sums.get(name, F.col(name)))
                .alias(name)
                for name in table.columns
            )
        ).collect()
        self.put(stream.tiles, rows, table.schema, spark)

    @staticmethod
    def tidy(_: SparkSession, __: Any, ___: int) -> None:
        """Leave everything: what is out of reach is not looked at."""


def messages(given: Given, before: int) -> DataFrame:
    """Return rows as messages of one partition, in the order in which they are given.

    Before them, and before a moment, stands one that is none: the stream has begun by then.
    """
    rows, spark = given.rows, given.rows.sparkSession
    names = [quoted(name) for name in rows.columns]
    found = rows.select(
        F.struct(*names).alias("row"),
        F.col(quoted(given.known_at)).alias("ingested_at"),
        F.lit(0).alias("partition"),
        F.monotonically_increasing_id().alias("offset"),
    ).where("ingested_at IS NOT NULL")
    (first,) = found.agg(F.min(F.unix_millis("ingested_at"))).collect()[0]
    opening = min(before, before if first is None else first) - 1
    none = spark.range(1).select(
        F.lit(None).cast(found.schema["row"].dataType).alias("row"),
        F.timestamp_millis(F.lit(opening)).alias("ingested_at"),
        F.lit(0).alias("partition"),
        F.lit(-1).cast("bigint").alias("offset"),
    )
    return none.union(found).withColumn("date", F.to_date("ingested_at")).coalesce(1)


def parsed(found: DataFrame, fields: Sequence[Any], _: Any) -> DataFrame:
    """Stand in for `history.parsed`: rows are given as values, not as bytes."""
    raw_rows = module("raw_rows")
    columns = [each.name for each in fields if each.name != "ingested_at"]
    return found.select(
        *(F.col("row")[name].alias(name) for name in columns),
        "ingested_at",
        F.when(F.col("row").isNull(), "").alias(raw_rows.CORRUPT),
        F.col("partition").alias(raw_rows.PARTITION),
        F.col("offset").alias(raw_rows.OFFSET),
    )


def accepted(given: Given) -> Any:
    """Stand in for `tile_stream.alone`: what is given in place of a transform's result has been judged."""

    def alone(_: Any, found: DataFrame) -> DataFrame:
        return found.select(
            F.when(F.col("row").isNull(), "malformed").alias("rejected"),
            F.array().cast("array<boolean>").alias("failed"),
            F.struct("offset").alias("key"),
            F.col("row")[given.event_time].alias("event_time"),
            F.date_trunc("millisecond", "ingested_at").alias("known_at"),
            "partition",
            "offset",
            F.col("row").alias("typed"),
            F.lit("").alias("content"),
        )

    return alone
