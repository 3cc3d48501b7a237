"""The store of a feature group on a server: what services know of it, whichever server it is."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from online_store import (
    EPOCH,
    Group,
    LatestGroup,
    StoreError,
    TooEarlyError,
    decode,
    encode,
    merged,
)
from store_values import entity_name, unpacked


class Filled(NamedTuple):
    """What the last finished run says: its moment, its number, and the columns that it wrote."""

    as_of: int
    run: int
    columns: Sequence[str]


class Tile(NamedTuple):
    """A tile as it is kept: its size in seconds, how many of these lie between 1970 and it."""

    seconds: int
    number: int
    value: bytes


@dataclass(kw_only=True)
class ServerStore(ABC):
    """The store of one group."""

    group: Group
    stamp: str | None = None
    as_of: int = 0
    columns: Sequence[str] = field(default_factory=list)

    @property
    def complete_until(self) -> dt.datetime:
        """The moment up to which all that was known then is in the store."""
        return EPOCH + dt.timedelta(milliseconds=self.as_of)

    def age(self) -> dt.timedelta:
        """How long ago that moment is."""
        return dt.datetime.now(dt.UTC) - self.complete_until

    def refresh(self) -> bool:
        """Look how far the store is complete; tell whether it was filled since."""
        before = self.stamp
        try:
            self._refresh()
        except StoreError:
            # What is not there cannot be asked: no answer is better than one from nothing.
            self.stamp = None
            raise
        return self.stamp != before

    def _refresh(self) -> None:
        filled = self.filled()
        if filled is None:
            raise StoreError(self.missing())
        lacking = sorted(set(wanted_columns(self.group)) - set(filled.columns))
        if lacking:
            message = f"the online store of {self.group.name} has no {', '.join(lacking)}"
            raise StoreError(message)
        self.columns, self.as_of = filled.columns, filled.as_of
        self.stamp = f"{filled.as_of}:{filled.run}"

    @abstractmethod
    def filled(self) -> Filled | None:
        """Ask the server for what the last finished run says."""

    @abstractmethod
    def missing(self) -> str:
        """Say that there is nothing to read."""

    def entity(self, values: Sequence[Any]) -> str:
        """Return the name of the entity with these values of the key."""
        fields = self.group.key
        return entity_name(
            [encode(value, of.type) for value, of in zip(values, fields, strict=True)]
        )

    def check(self, as_of: int | None, floor: int | None, moment: int) -> None:
        """Refuse what the store cannot know, or knows no more."""
        if as_of is None:
            raise StoreError(self.missing())
        # A writer at work has already taken away what later moments do not need.
        earliest = as_of if floor is None else max(as_of, floor)
        if moment < earliest:
            known = (EPOCH + dt.timedelta(milliseconds=earliest)).isoformat()
            message = f"{self.group.name} is known as of {known}, not before"
            raise TooEarlyError(message)

    def latest(self, row: Sequence[Any] | None) -> dict[str, Any]:
        """Return the outputs of a group of latest values; without a row all are None."""
        values = dict(zip(self.columns, row or [], strict=row is not None))
        group = self.group
        return {
            f"{group.name}__{column.name}": decode(values.get(column.name), column.type)
            for column in (group.columns if isinstance(group, LatestGroup) else ())
        }

    def windows(self, tiles: Sequence[Tile], moment: int) -> dict[str, Any]:
        """Return the outputs of a windowed group from its tiles, of which some may be too young."""
        group = self.group
        if isinstance(group, LatestGroup):
            message = f"{group.name} has no windows"
            raise TypeError(message)
        rows: dict[int, list[dict[str, Any]]] = {window.tile: [] for window in group.windows}
        for seconds, number, value in tiles:
            start = number * seconds * 1000
            if seconds not in rows or start > moment:
                continue
            _, *partials = unpacked(value)
            row = dict(zip(self.columns, partials, strict=True))
            rows[seconds].append(row | {"tile_start": start})
        for each in rows.values():
            each.sort(key=lambda row: row["tile_start"])
        return merged(group, rows, moment)


PARTIALS = {
    "count": ("count",),
    "count_if": ("count",),
    "sum": ("sum",),
    "avg": ("sum", "count"),
    "min": ("min",),
    "max": ("max",),
    "variance": ("moments",),
    "stddev": ("moments",),
    "bool_and": ("min",),
    "bool_or": ("max",),
    "first": ("min",),
    "last": ("max",),
    "min_by": ("min",),
    "max_by": ("max",),
    "count_distinct": ("values",),
    "approx_percentile": ("histogram",),
    "approx_count_distinct": ("sketch",),
}


def wanted_columns(group: Group) -> Sequence[str]:
    """Return the columns that the group's outputs are made of."""
    if isinstance(group, LatestGroup):
        return [column.name for column in group.columns]
    return [
        f"{window.aggregate}__{partial}"
        for window in group.windows
        for partial in PARTIALS[window.function]
    ]
