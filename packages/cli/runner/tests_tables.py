"""Tables that are kept in memory, which emitted modules read in place of those on disk: the rows that a test gives."""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from types import ModuleType
from typing import Any
from unittest import mock

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from tests_rows import Column, columns_of, decode, schema_of

# As of when everything that a test gives is known.
END = datetime(9999, 12, 30, tzinfo=UTC)
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)


def module(name: str) -> ModuleType:
    """Return an emitted module."""
    return importlib.import_module(name)


def forget(folders: Sequence[str]) -> None:
    """Forget modules of the project: their files may have changed."""
    for name, loaded in list(sys.modules.items()):
        file = getattr(loaded, "__file__", None)
        if file and "site-packages" not in file and file.startswith(tuple(folders)):
            del sys.modules[name]
    importlib.invalidate_caches()


class Tables:
    """What a test gives, in place of what is stored."""

    def __init__(self, spark: SparkSession, test: Mapping[str, Any]) -> None:
        self.spark = spark
        self.test = test
        self.given = {each["dataset"]: each for each in test["given"]}
        sources, groups = module("sources"), self.groups()
        self.sources = {
            each.name: each for each in vars(sources).values() if type(each).__name__ == "Source"
        }
        self.judged: Callable[[str], DataFrame] = cache(self.judge)
        self.accepted: Callable[[str], DataFrame] = cache(self.accept)
        self.stored = {
            each.table: partial(self.accepted, name) for name, each in self.sources.items()
        }
        tiled = {name: group for name, group in groups.items() if hasattr(group, "tiles")}
        self.stored |= {group.tiles: partial(self.tiles, name) for name, group in tiled.items()}

    @staticmethod
    def groups() -> Mapping[str, Any]:
        """Return the feature groups of entities, by name."""
        with contextlib.suppress(ModuleNotFoundError):
            found = vars(module("feature_groups")).values()
            return {each.name: each for each in found if hasattr(each, "generation")}
        return {}

    def read(self, _: SparkSession, path: str) -> DataFrame:
        """Stand in for `lakehouse.read`."""
        return self.stored[path]()

    def frame(self, rows: Sequence[Any], columns: Sequence[Column]) -> DataFrame:
        """Make a table of decoded rows."""
        return self.spark.createDataFrame(rows, schema_of(columns))

    def rows_given(self, dataset: str) -> DataFrame:
        """Make the table of the rows that the test gives."""
        given = self.given[dataset]
        columns = columns_of(given["columns"])
        kinds = [each.type for each in columns]
        rows = [tuple(map(decode, row, kinds)) for row in given["rows"]]
        return self.frame(rows, columns)

    def judge(self, name: str) -> DataFrame:
        """Give the raw rows of a source their verdicts, as its ingestion does."""
        quality, raw_rows, lakehouse = map(module, ("quality", "raw_rows", "lakehouse"))
        source = self.sources[name]
        raw = self.rows_given(f"sources.{name}")
        if source.file_format in ("avro", "csv", "json"):
            raw = raw.withColumn(raw_rows.CORRUPT, F.lit(None).cast("string"))
        if source.messages is not None:
            # As one partition would have them: in the order in which they are given.
            raw = raw.withColumn(raw_rows.PARTITION, F.lit(0))
            raw = raw.withColumn(raw_rows.OFFSET, F.monotonically_increasing_id())
        ever = lakehouse.Interval(BEGINNING, END)
        judged = quality.judge(raw, source, ever)
        judged = self.spark.createDataFrame(judged.collect(), judged.schema)
        # How fresh the newest row is says something of a run, nothing of rows.
        unique = [each for each in source.dataset_checks if hasattr(each, "columns")]
        if any(each.on_fail == "fail" for each in (*source.row_checks, *unique)):
            quality.checked(self.spark, judged, replace(source, dataset_checks=unique), ever)
        return judged

    def accept(self, name: str) -> DataFrame:
        """Return the accepted rows of a source; none, where the test gives none."""
        if f"sources.{name}" in self.given:
            return self.judged(name).where("verdict = 'accepted'").select("accepted.*")
        fields = [
            Column(each.name, T.DataType.fromDDL(each.type)) for each in self.sources[name].stored
        ]
        return self.frame([], fields)

    def tiles(self, name: str) -> DataFrame:
        """Return the tiles of a feature group."""
        tiles: DataFrame = module("feature_store").summed(self.events(name), self.groups()[name])
        return tiles

    def events(self, group: str) -> DataFrame:
        """Return what a feature group is computed from."""
        return self.table(self.test["groups"][group])

    def table(self, name: str, cut: datetime = END) -> DataFrame:
        """Return the rows of a source or transform, computed down from what is given."""
        rows: DataFrame = getattr(module("datasets"), f"read_{name}")(self.spark, cut)
        return rows

    def replacement(self, dataset: str) -> Callable[..., DataFrame]:
        """Stand in for the reader of a transform: its given rows, as far as they are known."""
        rows, time = self.rows_given(dataset), self.given[dataset].get("time")
        lakehouse = module("lakehouse")

        def reader(_: SparkSession, cut: datetime | None = None, __: Any = None) -> DataFrame:
            if cut is None or time is None:
                return rows
            until = lakehouse.timestamp(cut)
            known_at = time.get("ingestedAt", time["eventTime"])
            is_past = lakehouse.field(time["eventTime"]) < until
            return rows.where(is_past & (lakehouse.field(known_at) < until))

        return reader

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the emitted modules read these tables instead of those on disk."""
        with contextlib.ExitStack() as stack:
            for name in ("datasets", "quality", "windows", "feature_store"):
                if hasattr(module(name), "read"):
                    stack.enter_context(mock.patch.object(module(name), "read", self.read))
            stack.enter_context(mock.patch.object(module("quality"), "exists", return_value=False))
            for dataset in self.given:
                section, _, name = dataset.partition(".")
                if section == "transforms":
                    reader = self.replacement(dataset)
                    stack.enter_context(
                        mock.patch.object(module("datasets"), f"read_{name}", reader)
                    )
            yield
