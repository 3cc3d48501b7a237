"""What serving needs of a feature group, on a server: read by Spark, written by its executors."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import store_rows
import store_values
from feature_store import encode, encode_partial, served_tiles
from lakehouse import field
from secret_values import Secret
from store_rows import TileSize
from store_values import Variable
from windows import VERSION, LatestGroup, WindowedGroup, newest_versions, versions_of

MILLISECOND = timedelta(milliseconds=1)
# No tile lies before this one.
FIRST_TILE = -(2**52)


class Writer(Protocol):
    """A run that fills the store of a group: executors write, then the driver finishes."""

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of one partition, in which those of an entity follow each other."""

    def finish(self, columns: Sequence[str]) -> int:
        """Say that the store is complete; return how many entities there are."""


class ServerStore(Protocol):
    """The store of a group on some server."""

    @property
    def modules(self) -> Sequence[ModuleType]:
        """What executors need to write."""

    def writer(self, keys: int, as_of: int, sizes: list[TileSize] | None = None) -> Writer:
        """Return a run as of a moment in milliseconds."""


def hide(*variables: Variable | None) -> None:
    """Read secrets, so that no message shows them."""
    for variable in variables:
        if variable is not None:
            Secret(variable.name).value()


def publish_tiles(
    spark: SparkSession,
    group: WindowedGroup,
    events: DataFrame,
    store: ServerStore,
    moment: datetime,
) -> dict[str, object]:
    """Write the tiles that a window at `moment` can need to the group's online store."""
    t = round(moment.timestamp() * 1_000)
    rows = served_tiles(spark, group, events, t)
    identity = [*group.key, "tile_seconds", "tile_start", "events"]
    partials = sorted(set(rows.columns) - set(identity))
    rows = rows.select(
        *(encode(name, rows).alias(f"key_{number}") for number, name in enumerate(group.key)),
        "tile_seconds",
        "tile_start",
        "events",
        *(encode_partial(name, rows).alias(name) for name in partials),
    )
    writer = store.writer(len(group.key), t, [tile_size(group, size, t) for size in group.sizes()])
    written = send(rows, store.modules, writer, group.key_names(), partials)
    return {"rows": {f"online.{group.name}": written}}


def tile_size(group: WindowedGroup, size: int, t: int) -> TileSize:
    """Return which tiles of a size, in milliseconds, stay after a run at `t`, and which can grow."""
    edge = t - t % size
    reach = group.reach(size)
    keep = FIRST_TILE if reach is None else (edge - reach) // size
    first_open = -((group.open_for(size) - edge) // size)
    return TileSize(size // 1000, keep, first_open)


def publish_latest(
    group: LatestGroup, events: DataFrame, store: ServerStore, moment: datetime
) -> dict[str, object]:
    """Write the latest values known at `moment` to the group's online store."""
    t = round(moment.timestamp() * 1_000)
    known = versions_of(events, group).where(F.col("known") < t)
    rows = encoded_versions(newest_versions(known, group), group)
    writer = store.writer(len(group.key), t)
    written = send(rows, store.modules, writer, group.key_names(), group.columns)
    return {"rows": {f"online.{group.name}": written}}


def encoded_versions(newest: DataFrame, group: LatestGroup) -> DataFrame:
    """Return the newest version of each entity as a store holds it, with the times that order it."""
    version = F.col(VERSION.partial("newest"))
    flat = newest.select(
        *group.key_names(),
        F.unix_micros(version["rank"]["rank_0"]).alias("time"),
        F.unix_millis(version["rank"]["rank_1"]).alias("known"),
        *(version[name].alias(name) for name in ("gone", *group.value_names())),
    )
    return flat.select(*(encode(name, flat).alias(name) for name in flat.columns))


def send(
    rows: DataFrame,
    modules: Sequence[ModuleType],
    writer: Writer,
    keys: list[str],
    columns: Iterable[str],
) -> int:
    """Write rows from the executors, those of an entity together; return how many entities are there."""
    in_partitions(rows, modules, keys).foreachPartition(writer.write)
    return writer.finish(list(columns))


def in_partitions(rows: DataFrame, modules: Sequence[ModuleType], keys: Sequence[str]) -> DataFrame:
    """Put the rows of an entity together, and give executors the modules that they need."""
    context = rows.sparkSession.sparkContext
    for module in (store_values, store_rows, *modules):
        context.addPyFile(str(Path(module.__file__ or "").resolve()))
    return rows.repartition(*map(field, keys)).sortWithinPartitions(*map(field, keys))
