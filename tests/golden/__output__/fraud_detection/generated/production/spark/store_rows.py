"""Rows of a partition as they are written to a server: by entity, and in batches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from store_values import entity_name

Rows = list[Sequence[Any]]


@dataclass(frozen=True)
class TileSize:
    """Tiles of a size: from which number on they are kept, and from which on they can grow."""

    seconds: int
    keep: int
    open: int


def by_entity(rows: Iterable[Sequence[Any]], keys: int) -> Iterator[tuple[str, Rows]]:
    """Return the entities of a partition by name, with their rows, of which the key is cut off."""
    for key, group in groupby(rows, lambda row: tuple(row[:keys])):
        yield entity_name(key), [row[keys:] for row in group]


def tile_number(seconds: int, start: int) -> int:
    """Return how many tiles of a size lie between 1970 and one that starts in a millisecond."""
    return start // (seconds * 1000)


def expiry(milliseconds: int) -> int:
    """Return the moment in milliseconds at which what is written now expires."""
    return round(time.time() * 1000) + milliseconds
