"""The store of a group on a server, where a stream keeps its tiles, or latest values, current."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

from pyspark.sql import DataFrame

import store_jobs
from feature_store import encode, encode_partial
from store_jobs import FIRST_TILE, encoded_versions, in_partitions, tile_size
from store_rows import TileSize
from windows import Group, LatestGroup, WindowedGroup

# In milliseconds.
DAY = 86_400_000


class Writer(store_jobs.Writer, Protocol):
    """A run that changes some of the tiles."""

    def complete(self, columns: Sequence[str]) -> None:
        """Say that the store is complete."""


class Store(Protocol):
    """The store of a group on some server."""

    @property
    def modules(self) -> Sequence[ModuleType]:
        """What executors need to write."""

    def complete_until(self) -> int | None:
        """Return the moment, in milliseconds, up to which the store was last said to be complete."""

    def writer(self, keys: int, as_of: int, sizes: list[TileSize] | None = None) -> Writer:
        """Return a run as of a moment in milliseconds."""


@dataclass(frozen=True)
class Server:
    """A store to which changed tiles are written, each with the number of its events.

    What has not changed stays as it is. Once a day, what no window can need any more is taken away.
    """

    store: Store

    def complete_until(self) -> int | None:
        """Return the moment, in milliseconds, up to which the store was last said to be complete."""
        return self.store.complete_until()

    def write(self, tiles: DataFrame, group: Group, moment: int, *, whole: bool) -> int:
        """Write tiles and count them. One that can grow takes the place of none that has seen more.

        Where these are all, others go.
        """
        rows = encoded(tiles, group).persist()
        try:
            before = self.complete_until()
            writer = self.begun(group, moment, whole=whole)
            written = rows.count()
            if written:
                together = in_partitions(rows, self.store.modules, group.key_names())
                together.foreachPartition(writer.write)
            end(writer, group, moment, None if whole else before)
        finally:
            rows.unpersist()
        return written

    def tell(self, group: Group, moment: int, before: int) -> None:
        """Say that the store is complete as of a moment, where no tile has changed since another one.

        Up to that one, in milliseconds, the store was last said to be complete.
        """
        end(self.begun(group, moment, whole=False), group, moment, before)

    def begun(self, group: Group, moment: int, *, whole: bool) -> Writer:
        """Return a run that writes all tiles, or some that have changed."""
        if isinstance(group, LatestGroup):
            return self.store.writer(len(group.key), moment)
        sizes = [tile_size(group, size, moment) for size in group.sizes()]
        return self.store.writer(
            len(group.key), moment, sizes if whole else list(map(growing, sizes))
        )


def end(writer: Writer, group: Group, moment: int, before: int | None) -> None:
    """End a run; take away what nobody needs where that is a day ago, or nobody knows when it was.

    Latest values are needed for ever: only where all have been written, others go.
    """
    columns = columns_of(group)
    is_new_day = before is not None and before // DAY != moment // DAY
    if before is None or (is_new_day and isinstance(group, WindowedGroup)):
        writer.finish(columns)
    else:
        writer.complete(columns)


def encoded(tiles: DataFrame, group: Group) -> DataFrame:
    """Return tiles as a server holds them."""
    if isinstance(group, LatestGroup):
        return encoded_versions(tiles, group)
    return tiles.select(
        *(encode(name, tiles).alias(name) for name in group.key_names()),
        (tiles["size"] / 1000).cast("int").alias("tile_seconds"),
        tiles["start"].alias("tile_start"),
        "events",
        *(encode_partial(name, tiles).alias(name) for name in columns_of(group)),
    )


def columns_of(group: Group) -> list[str]:
    """Return the partials of a tile, or the columns, in the order in which they are stored."""
    if isinstance(group, LatestGroup):
        return list(group.columns)
    return sorted(each.partial(kind) for each, kind in group.partials())


def growing(size: TileSize) -> TileSize:
    """Say that all tiles of a size can still grow: none is taken away for not being written."""
    return TileSize(size.seconds, size.keep, FIRST_TILE)
