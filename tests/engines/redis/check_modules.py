"""The modules that write to Redis and read from it, on a real server and without Spark."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import store_checks
from store_checks import GROUP, NOW, Group, Server, StoreError, TileSize, check, fill, told

# What follows is found through the path that `store_checks` sets.
import msgpack
from redis.connection import Connection
from redis_reader import RedisPlace
from redis_server import RedisServer, entity_key, meta_key
from redis_writer import Writer
from store_values import Variable

PASSWORD = "FRAUD_DETECTION_REDIS_PASSWORD"
SERVER = RedisServer("127.0.0.1", store_checks.port(), 1, password=Variable(PASSWORD))
CLIENT = SERVER.connect(timeout=30, attempts=1, connections=4)


def prefix(group: Group) -> str:
    """Return what the keys of a group begin with."""
    return f"shop:test:{group.name}:{group.generation}"


class OnRedis(Server):
    """A Redis."""

    def clear(self) -> None:
        CLIENT.flushdb()

    def writer(
        self, group: Group, as_of: int, expires: int, sizes: Sequence[TileSize] | None
    ) -> Writer:
        return Writer(SERVER, prefix(group), 2, as_of, expires, sizes=sizes).begin()

    def place(self, group: Group) -> RedisPlace:
        return RedisPlace(SERVER, prefix(group))

    def kept(self, group: Group) -> Mapping[str, Mapping[str, bytes]]:
        before = entity_key(prefix(group), "")
        answer = {}
        for key in CLIENT.scan_iter(f"{before}\\[*"):
            windowed = CLIENT.type(key) == b"hash"
            fields = CLIENT.hgetall(key) if windowed else {b"": CLIENT.get(key)}
            answer[key.decode().removeprefix(before)] = {
                name.decode(): value for name, value in fields.items() if name != b"by"
            }
        return answer

    def said(self, group: Group) -> Mapping[str, Any]:
        meta = CLIENT.hgetall(meta_key(prefix(group)))
        return {name.decode(): value.decode() for name, value in meta.items()}

    def overwrite(self, group: Group, entity: str, value: bytes, known: int) -> None:
        key = entity_key(prefix(group), entity)
        as_of, run, *_ = msgpack.unpackb(CLIENT.get(key))
        stored = [as_of, run, known * 1000, known, msgpack.unpackb(value)]
        CLIENT.set(key, msgpack.packb(stored))

    def bytes_used(self) -> int:
        return sum(CLIENT.memory_usage(key, samples=0) for key in CLIENT.scan_iter())

    @contextmanager
    def watch(self, waits: list[float], sent: list[int]) -> Iterator[None]:
        send_packed_command, read_response = (
            Connection.send_packed_command,
            Connection.read_response,
        )

        def send(connection: Connection, *arguments: Any, **options: Any) -> Any:
            sent.append(1)
            return send_packed_command(connection, *arguments, **options)

        def read(connection: Connection, *arguments: Any, **options: Any) -> Any:
            begun = time.perf_counter()
            try:
                return read_response(connection, *arguments, **options)
            finally:
                waits.append(time.perf_counter() - begun)

        Connection.send_packed_command, Connection.read_response = send, read
        try:
            yield
        finally:
            Connection.send_packed_command = send_packed_command
            Connection.read_response = read_response


def keys_expire() -> None:
    """So that what nobody fills does not stay."""
    fill(store_checks.writer(NOW), store_checks.tiles(random.Random(3), NOW, 50, 5))
    live = {CLIENT.pexpiretime(key) for key in CLIENT.scan_iter()}
    check("every key expires", min(live) > time.time() * 1000, min(live))


def stays_loaded() -> None:
    """A refresh is no moment in which requests are refused."""
    fill(store_checks.writer(NOW), store_checks.tiles(random.Random(3), NOW, 5, 5))
    store = RedisPlace(SERVER, prefix(GROUP)).open(GROUP)
    store.refresh()
    seen = []

    class Watching:
        def hgetall(self, key: str) -> Any:
            seen.append(store.stamp)
            return CLIENT.hgetall(key)

    store.client = Watching()
    check("a refresh that finds nothing new is none", not store.refresh())
    check("what is loaded stays loaded while it is looked for", seen == [store.stamp] != [None])


def says_what_is_wrong() -> None:
    """No server, too few rights, a server that forgets."""
    gone = RedisPlace(replace(SERVER, port=1), prefix(GROUP)).open(GROUP)
    check("no server is said", told(gone.refresh, StoreError, "does not answer"))
    rights = [
        "reset",
        "on",
        f">{os.environ[PASSWORD]}",
        "~shop:test:*",
        "+@read",
        "+@write",
        "+@scripting",
        "+@connection",
        "+info",
    ]
    CLIENT.execute_command("ACL", "SETUSER", "jobs", *rights)
    os.environ["SHOP_USER"] = "jobs"
    limited = replace(SERVER, user=Variable("SHOP_USER"))
    rows = store_checks.tiles(random.Random(3), NOW, 5, 5)
    fill(replace(store_checks.writer(NOW), server=limited).begin(), rows)
    mine = RedisPlace(limited, prefix(GROUP)).open(GROUP)
    check("the rights that the docs name are enough", mine.refresh())
    CLIENT.config_set("maxmemory", "1gb")
    CLIENT.config_set("maxmemory-policy", "allkeys-lru")
    refused = told(lambda: store_checks.writer(NOW), RuntimeError, "noeviction")
    check("a server that evicts is refused", refused)
    CLIENT.config_set("maxmemory-policy", "noeviction")
    CLIENT.config_set("maxmemory", "0")
    os.environ.pop("NO_SUCH_PASSWORD", None)
    unset = replace(SERVER, password=Variable("NO_SUCH_PASSWORD"))
    check(
        "a secret that is not set is named",
        told(lambda: unset.connect(timeout=1, attempts=1), LookupError, "NO_SUCH"),
    )


if __name__ == "__main__":
    store_checks.main(OnRedis(), [keys_expire, stays_loaded, says_what_is_wrong])
