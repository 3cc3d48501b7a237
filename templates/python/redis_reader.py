"""Features from Redis: all groups of a request in one round trip.

An entity of a windowed group is a hash with a field for each of its tiles, `SECONDS:NUMBER`; tile
`3600:490000` begins 490000 hours after 1970. An entity of a group of latest values is one value.
Values are MessagePack: [events, partial, …], and [as_of, run, time, known, [column, …] or nil].
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgpack
from redis import Redis, RedisError

from online_store import (
    EPOCH,
    Group,
    LatestGroup,
    Lookup,
    StoreError,
    TooEarlyError,
    WindowedGroup,
    decode,
    encode,
    merged,
    milliseconds,
)
from redis_server import RedisServer, entity_key, meta_key

# Requests are answered by as many threads; each needs a connection while it asks.
CONNECTIONS = 40
TIMEOUT = 1.0


@dataclass(frozen=True)
class RedisPlace:
    """Where the store of a group is."""

    server: RedisServer
    prefix: str

    def open(self, group: Group) -> RedisStore:
        """Return the store; groups on one server share its connections."""
        return RedisStore(group, self.prefix, client_of(self.server))


@cache
def client_of(server: RedisServer) -> Redis:
    """Return the client of a server: one for the process."""
    return server.connect(timeout=TIMEOUT, attempts=2, connections=CONNECTIONS)


@dataclass
class RedisStore:
    """The store of one group."""

    group: Group
    prefix: str
    client: Redis
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
        try:
            meta = self.client.hgetall(meta_key(self.prefix))
        except RedisError as error:
            message = f"the online store of {self.group.name} does not answer: {error}"
            raise StoreError(message) from error
        if b"as_of" not in meta:
            raise StoreError(self.missing())
        columns = json.loads(meta[b"columns"])
        lacking = sorted(set(wanted_columns(self.group)) - set(columns))
        if lacking:
            message = f"the online store of {self.group.name} has no {', '.join(lacking)}"
            raise StoreError(message)
        self.columns, self.as_of = columns, int(meta[b"as_of"])
        self.stamp = f"{self.as_of}:{meta[b'run'].decode()}"

    def missing(self) -> str:
        """Say that there is nothing to read."""
        return f"{self.prefix} has not been filled, or was not filled for so long that it expired"

    @staticmethod
    def read(lookups: Sequence[Lookup], at: dt.datetime) -> dict[str, Any]:
        """Return the outputs of several groups of one server, asked for together."""
        moment = milliseconds(at)
        pipeline = lookups[0].store.client.pipeline(transaction=False)
        for store, values in lookups:
            pipeline.hmget(meta_key(store.prefix), "as_of", "floor")
            fields = store.group.key
            encoded = [encode(value, each.type) for value, each in zip(values, fields, strict=True)]
            key = entity_key(store.prefix, encoded)
            if isinstance(store.group, LatestGroup):
                pipeline.get(key)
            else:
                pipeline.hgetall(key)
        try:
            found = pipeline.execute()
        except RedisError as error:
            message = f"the online store does not answer: {error}"
            raise StoreError(message) from error
        answer: dict[str, Any] = {}
        for (store, _), meta, stored in zip(lookups, found[::2], found[1::2], strict=True):
            store.check(meta, moment)
            answer |= store.outputs(stored, moment)
        return answer

    def check(self, meta: Sequence[bytes | None], moment: int) -> None:
        """Refuse what the store cannot know, or knows no more."""
        if meta[0] is None:
            raise StoreError(self.missing())
        # A writer at work has already taken away what later moments do not need.
        floor = max(int(each) for each in meta if each is not None)
        if moment < floor:
            known = (EPOCH + dt.timedelta(milliseconds=floor)).isoformat()
            message = f"{self.group.name} is known as of {known}, not before"
            raise TooEarlyError(message)

    def outputs(self, stored: Any, moment: int) -> dict[str, Any]:
        """Return the group's outputs, named `group__output`, from what is stored of an entity."""
        if isinstance(self.group, LatestGroup):
            return self._latest(self.group, stored)
        return merged(self.group, self._tiles(self.group, stored, moment), moment)

    def _latest(self, group: LatestGroup, stored: bytes | None) -> dict[str, Any]:
        row = None if stored is None else msgpack.unpackb(stored)[4]
        values = dict(zip(self.columns, row or [], strict=row is not None))
        return {
            f"{group.name}__{column.name}": decode(values.get(column.name), column.type)
            for column in group.columns
        }

    def _tiles(
        self, group: WindowedGroup, stored: Mapping[bytes, bytes], moment: int
    ) -> dict[int, list[dict[str, Any]]]:
        """Return the tiles that begin before a moment, by their size in seconds."""
        tiles: dict[int, list[dict[str, Any]]] = {window.tile: [] for window in group.windows}
        for name, value in stored.items():
            size, found, number = name.partition(b":")
            seconds = int(size) if found else 0
            start = int(number) * seconds * 1000 if found else 0
            if seconds not in tiles or start > moment:
                continue
            _, *partials = msgpack.unpackb(value)
            row = dict(zip(self.columns, partials, strict=True))
            row["tile_start"] = start
            tiles[seconds].append(row)
        for rows in tiles.values():
            rows.sort(key=lambda row: row["tile_start"])
        return tiles


PARTIALS = {
    "count": ("count",),
    "sum": ("sum",),
    "avg": ("sum", "count"),
    "min": ("min",),
    "max": ("max",),
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
