"""Features from Redis: all groups of a request in one round trip.

An entity of a windowed group is a hash with a field for each of its tiles, `SECONDS:NUMBER`; tile
`3600:490000` begins 490000 hours after 1970. An entity of a group of latest values is one value,
[as_of, run, time, known, [column, …] or nil].
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from redis import Redis, RedisError

from online_store import Group, LatestGroup, Lookup, StoreError, milliseconds
from redis_server import RedisServer, entity_key, meta_key
from server_store import Filled, ServerStore, Tile
from store_values import unpacked

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
        return RedisStore(group=group, prefix=self.prefix, client=client_of(self.server))


@cache
def client_of(server: RedisServer) -> Redis:
    """Return the client of a server: one for the process."""
    return server.connect(timeout=TIMEOUT, attempts=2, connections=CONNECTIONS)


@dataclass(kw_only=True)
class RedisStore(ServerStore):
    """The store of one group."""

    prefix: str
    client: Redis

    def filled(self) -> Filled | None:
        """Ask the server for what the last finished run says."""
        try:
            meta = self.client.hgetall(meta_key(self.prefix))
        except RedisError as error:
            message = f"the online store of {self.group.name} does not answer: {error}"
            raise StoreError(message) from error
        if b"as_of" not in meta:
            return None
        return Filled(int(meta[b"as_of"]), int(meta[b"run"]), json.loads(meta[b"columns"]))

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
            key = entity_key(store.prefix, store.entity(values))
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
            as_of, floor = (None if each is None else int(each) for each in meta)
            store.check(as_of, floor, moment)
            answer |= store.outputs(stored, moment)
        return answer

    def outputs(self, stored: Any, moment: int) -> dict[str, Any]:
        """Return the group's outputs, named `group__output`, from what is stored of an entity."""
        if isinstance(self.group, LatestGroup):
            return self.latest(None if stored is None else unpacked(stored)[4])
        fields = ((*name.partition(b":"), value) for name, value in stored.items())
        tiles = [
            Tile(int(size), int(number), value)
            for size, is_tile, number, value in fields
            if is_tile
        ]
        return self.windows(tiles, moment)
