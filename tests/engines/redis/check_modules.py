"""The modules that write to Redis and read from it, on a real server and without Spark.

Prints {"passed": n, "failed": n} as its last line on stdout; what is measured is a line on stderr.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import msgpack
from datasketches import hll_sketch
from redis.connection import Connection

TEMPLATES = Path(sys.argv[sys.argv.index("--templates") + 1])
sys.path[:0] = [str(TEMPLATES / "python"), str(TEMPLATES / "spark")]
from online_store import (
    EPOCH,
    GroupStore,
    Key,
    Latest,
    LatestGroup,
    Lookup,
    StoreError,
    TooEarlyError,
    Window,
    WindowedGroup,
)
from redis_reader import RedisPlace, RedisStore
from redis_server import RedisServer, Variable, entity_key, meta_key
from redis_writer import TileSize, Writer, expiry

PASSWORD = "FRAUD_DETECTION_REDIS_PASSWORD"
DAY = 86_400_000
NOW = 1_767_225_600_000 + 12_345_678
TILES = {60: 60, 3600: 168}
COLUMNS = ["a__count", "a__sum", "d__distinct", "d__sum", "m__max", "m__min"]
NUMBER, PRICE = "double", "decimal(12,2)"
FUNCTIONS = [
    ("a", "count", "bigint"),
    ("a", "sum", NUMBER),
    ("a", "avg", NUMBER),
    ("d", "sum", PRICE),
]
EXTREMES = [("m", "min", NUMBER), ("m", "max", NUMBER)]
WINDOWS = tuple(
    Window(f"{aggregate}_{function}_{length}", aggregate, function, type_, length, tile)
    for aggregate, function, type_ in [*FUNCTIONS, *EXTREMES]
    for length, tile in ((600, 60), (3600, 60), (86_400, 3600), (604_800, 3600))
)
KEYS = (Key("card", "string"), Key("shop", "int"))
GROUP = WindowedGroup("spending", "ab12cd34", KEYS, WINDOWS)
PROFILE = LatestGroup(
    "profile", "cd34ab12", KEYS, (Latest("name", "string"), Latest("since", "date"))
)
PREFIX = "shop:test:spending:ab12cd34"
passed = failed = 0


def check(name: str, holds: bool, seen: object = "") -> None:
    """Count a check, and say what was seen where it fails."""
    global passed, failed
    passed += holds
    failed += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {name}{'' if holds else f': {seen}'}", file=sys.stderr)


def writer(as_of: int, prefix: str = PREFIX, lateness: int = 0) -> Writer:
    """Return a run that has begun; tiles of the last `lateness` hours can grow."""
    sizes = [
        TileSize(
            size, as_of // (size * 1000) - tiles, as_of // (size * 1000) - lateness * 3600 // size
        )
        for size, tiles in TILES.items()
    ]
    return Writer(SERVER, prefix, 2, as_of, expiry(DAY), sizes=sizes).begin()


def tiles(chance: random.Random, as_of: int, entities: int, each: int) -> list[tuple[Any, ...]]:
    """Random tiles of the windows as of a moment, sorted by entity."""
    rows = {}
    for entity in range(entities):
        for _ in range(each):
            size = chance.choice(list(TILES))
            start = (as_of // (size * 1000) - chance.randrange(TILES[size])) * size * 1000
            events = chance.randrange(1, 9)
            total = chance.choice([None, chance.gauss(0, 1e6), 1e300, float("nan"), -0.0])
            price = chance.choice([None, str(Decimal(chance.randrange(-999, 999)) / 100)])
            extreme = chance.choice([None, chance.random(), float("inf"), float("nan")])
            rows[f"c{entity}", entity % 3, size, start] = (
                events,
                events,
                total,
                None,
                price,
                extreme,
                extreme,
            )
    return [(*key, *values) for key, values in sorted(rows.items(), key=lambda row: row[0])]


def kept(prefix: str = PREFIX) -> dict[bytes, Any]:
    """All entities of a group, without which run wrote them."""
    return {
        key: {name: value for name, value in CLIENT.hgetall(key).items() if name != b"by"}
        for key in CLIENT.scan_iter(f"{prefix}:1:\\[*")
    }


def fill(run: Writer, rows: Sequence[tuple[Any, ...]], columns: Sequence[str] = COLUMNS) -> int:
    """Write and finish."""
    run.write(iter(rows))
    return run.finish(columns)


def runs_again(chance: random.Random) -> None:
    """Write a part, then all, twice; an older run; then one that knows less."""
    CLIENT.flushdb()
    rows = tiles(chance, NOW, 3000, 12)
    writer(NOW).write(iter(rows[: len(rows) // 3]))
    count = fill(writer(NOW), rows)
    before = kept()
    check("a run after one that was stopped counts all", count == len(before) == 3000, count)
    fill(writer(NOW), rows)
    check("another run changes nothing", kept() == before)
    fill(writer(NOW - DAY), tiles(chance, NOW - DAY, 3000, 5), ["other"])
    check("an older run changes nothing", kept() == before)
    check(
        "an older run does not become what is read",
        b"other" not in CLIENT.hget(meta_key(PREFIX), "columns"),
    )
    some = [row for row in rows if int(row[0][1:]) < 2000]
    fill(writer(NOW), some)
    found = {entity_key(PREFIX, row[:2]).encode() for row in some}
    left = {name for key, fields in kept().items() if key not in found for name in fields}
    open_ = {f"{size}:{NOW // (size * 1000)}".encode() for size in TILES}
    check(
        "of entities that a run does not find, only tiles that can grow stay", left <= open_, left
    )
    one = next(row for row in some if row[2] == 3600 and row[3] // 3_600_000 < NOW // 3_600_000)
    fill(writer(NOW), [row for row in some if row != one])
    field = f"3600:{one[3] // 3_600_000}".encode()
    gone = field not in CLIENT.hgetall(entity_key(PREFIX, one[:2]))
    check("a tile that cannot grow goes where a run does not find it", gone)
    live = {CLIENT.pexpiretime(key) for key in [*kept(), meta_key(PREFIX).encode()]}
    check("every key expires", min(live) > time.time() * 1000, min(live))


def write_until_stopped(rows: Sequence[tuple[Any, ...]], written: Any) -> None:
    """Write a part in batches, say so, and never come to the end."""

    def part() -> Iterator[tuple[Any, ...]]:
        yield from rows[: len(rows) // 2]
        written.set()
        signal.pause()

    writer(NOW).write(part())


def is_killed_midway(chance: random.Random) -> None:
    """Kill a process that writes; the next run leaves what one without the accident leaves."""
    rows = tiles(chance, NOW, 4000, 6)
    CLIENT.flushdb()
    fill(writer(NOW), rows)
    whole = kept()
    CLIENT.flushdb()
    fork = multiprocessing.get_context("fork")
    written = fork.Event()
    process = fork.Process(target=write_until_stopped, args=(rows, written))
    process.start()
    stopped = written.wait(60)
    process.kill()
    process.join()
    check("a job is killed when it has written a part", stopped and 0 < len(kept()) < 4000)
    check("a store that is not whole is not read", CLIENT.hget(meta_key(PREFIX), "as_of") is None)
    count = fill(writer(NOW), rows)
    check("the next run leaves the same as one without the accident", kept() == whole, count)


def counts_events() -> None:
    """Tiles that can grow: the one that has seen more stays."""
    CLIENT.flushdb()
    start = NOW // 3_600_000 * 3_600_000
    row = lambda events: ("c", 1, 3600, start, events, *[None] * len(COLUMNS))
    fill(writer(NOW), [row(5)])
    field, key = f"3600:{start // 3_600_000}", entity_key(PREFIX, ["c", 1])
    stored = lambda: msgpack.unpackb(CLIENT.hget(key, field))[0]
    fill(writer(NOW + 1), [row(3)])
    check("fewer events do not replace more", stored() == 5, stored())
    fill(writer(NOW + 2), [row(7)])
    check("more events do", stored() == 7, stored())
    fill(writer(NOW + 2 * 3_600_000), [row(4)])
    check("a run that knows the whole tile decides", stored() == 4, stored())


def write_concurrently(arguments: tuple[int, int]) -> None:
    """One of several processes."""
    number, as_of = arguments
    chance = random.Random(number)
    run = writer(as_of)
    start = NOW // 3_600_000 * 3_600_000
    run.write(
        (f"c{entity}", 0, 3600, start, (number * 7 + entity) % 50, *[None] * len(COLUMNS))
        for entity in sorted(range(500), key=lambda _: chance.random())
    )
    run.finish(COLUMNS)


def many_at_once() -> None:
    """Several jobs at a time: each entity is changed at once, and no smaller count is the last."""
    CLIENT.flushdb()
    with multiprocessing.get_context("fork").Pool(8) as pool:
        pool.map(write_concurrently, [(number, NOW) for number in range(24)], chunksize=1)
    field = f"3600:{NOW // 3_600_000}"
    wrong = [
        entity
        for entity in range(500)
        if msgpack.unpackb(CLIENT.hget(entity_key(PREFIX, [f"c{entity}", 0]), field))[0]
        < (23 * 7 + entity) % 50
    ]
    check(
        "of 24 jobs at a time, the last leaves no smaller count than its own", not wrong, wrong[:5]
    )
    meta = CLIENT.hgetall(meta_key(PREFIX))
    check("every job had its own number", int(meta[b"last_run"]) == 24, meta)


def latest_versions() -> None:
    """Only newer versions; tombstones; what became known after the run stays."""
    CLIENT.flushdb()
    prefix = "shop:test:profile:cd34ab12"
    run = lambda as_of: replace(writer(as_of, prefix), sizes=None)
    row = lambda time_, known, gone, name: ("c", 1, time_, known, gone, name, 20_000)
    names = ["name", "since"]
    store = RedisPlace(SERVER, prefix).open(PROFILE)

    def name(as_of: int) -> Any:
        store.refresh()
        return RedisStore.read([Lookup(store, ["c", 1])], EPOCH + dt.timedelta(milliseconds=as_of))[
            "profile__name"
        ]

    fill(run(NOW), [row(1, 1, False, "one")], names)
    check("the latest is read", name(NOW) == "one", name(NOW))
    fill(run(NOW + 10), [row(2, 2, True, None)], names)
    check("a tombstone is no value", name(NOW + 10) is None)
    fill(run(NOW + 5), [row(1, 1, False, "one")], names)
    check("an older run does not bring it back", name(NOW + 10) is None)
    fill(run(NOW + 20), [row(3, 3, False, "three")], names)
    check("a later version does", name(NOW + 20) == "three")
    fill(run(NOW + 21), [("c", 1, 3, 3, False, bytearray(b"\xff\x00"), 20_000)], names)
    fill(run(NOW + 22), [row(3, 3, False, "three")], names)
    check("binary values are replaced", name(NOW + 22) == "three")
    newer = msgpack.packb([NOW + 20, 1, (NOW + 30) * 1000, NOW + 30, ["stream", None]])
    CLIENT.set(entity_key(prefix, ["c", 1]), newer)
    fill(run(NOW + 25), [row(3, 3, False, "three")], names)
    check("what became known after a run's moment stays", name(NOW + 25) == "stream")
    fill(run(NOW + 40), [], names)
    check("an entity that is in no run goes", name(NOW + 40) is None and CLIENT.dbsize() == 1)


def agrees_with_sqlite(chance: random.Random, folder: Path) -> None:
    """The same tiles in both: the same answers, at the run's moment and later."""
    CLIENT.flushdb()
    rows = tiles(chance, NOW, 400, 40)
    fill(writer(NOW), rows)
    file = folder / "store.sqlite"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as connection:
        names = ["card", "shop", "tile_seconds", "tile_start", "events", *COLUMNS]
        connection.execute(f"CREATE TABLE tiles ({', '.join(names)})")
        text = lambda value: "NaN" if value != value else value
        places = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO tiles VALUES ({places})", [[*map(text, row)] for row in rows]
        )
        connection.execute("CREATE TABLE meta (key, value)")
        meta = {"format": "1", "group": "spending", "generation": "ab12cd34", "as_of": str(NOW)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    both = [GroupStore(GROUP, str(file)), RedisPlace(SERVER, PREFIX).open(GROUP)]
    for store in both:
        store.refresh()
    wrong = []
    for number in range(1500):
        at = EPOCH + dt.timedelta(
            milliseconds=NOW + chance.choice([0, 1, chance.randrange(8 * DAY)])
        )
        key = [f"c{number % 401}", number % 401 % 3]
        answers = [repr(sorted(store.read([Lookup(store, key)], at).items())) for store in both]
        if answers[0] != answers[1]:
            wrong.append((key, at, answers))
    check("1500 answers equal those of SQLite", not wrong, wrong[:1])
    try:
        both[1].read([Lookup(both[1], ["c1", 1])], EPOCH + dt.timedelta(milliseconds=NOW - 1))
        check("moments before the run's are refused", False)
    except TooEarlyError:
        check("moments before the run's are refused", True)


def stays_loaded() -> None:
    """A refresh is no moment in which requests are refused."""
    store = RedisPlace(SERVER, PREFIX).open(GROUP)
    store.refresh()
    seen = []

    class Watching:
        def hgetall(self, key: str) -> Any:
            seen.append(store.stamp)
            return CLIENT.hgetall(key)

    store.client = Watching()
    check("a refresh that finds nothing new is none", not store.refresh())
    check("what is loaded stays loaded while it is looked for", seen == [store.stamp] != [None])


def stays_bounded(chance: random.Random) -> None:
    """Forty daily runs: memory does not grow with them."""
    CLIENT.flushdb()
    sizes = []
    for day in range(40):
        as_of = NOW + day * DAY
        fill(writer(as_of), tiles(chance, as_of, 200, 30))
        sizes.append(sum(CLIENT.memory_usage(key, samples=0) for key in CLIENT.scan_iter()))
    stored = [len(each) for each in kept().values()]
    print(
        f"     {sizes[-1] / 200:.0f} bytes per entity of {sum(stored) / 200:.1f} tiles with {len(COLUMNS)} partials,"
        f" after 40 days {sizes[-1] / sizes[0]:.2f} times what it was after one",
        file=sys.stderr,
    )
    check(
        "forty days take no more memory than one", sizes[-1] < 1.1 * sizes[0], (sizes[0], sizes[-1])
    )


def is_fast(chance: random.Random) -> None:
    """Ten plain windows: what serving does itself, and how often it asks."""
    CLIENT.flushdb()
    rows = tiles(chance, NOW, 1000, 60)
    fill(writer(NOW), rows)
    plain = WindowedGroup(
        "spending",
        "ab12cd34",
        KEYS,
        tuple(w for w in WINDOWS if w.function in {"count", "sum", "avg"} and w.type != PRICE)[:10],
    )
    stores = [RedisPlace(SERVER, PREFIX).open(plain) for _ in range(3)]
    for store in stores:
        store.refresh()
    sent = []
    original = Connection.send_packed_command
    waits: list[float] = []
    read_response = Connection.read_response

    def send(self: Connection, *arguments: Any, **options: Any) -> Any:
        sent.append(1)
        return original(self, *arguments, **options)

    def read(self: Connection, *arguments: Any, **options: Any) -> Any:
        begun = time.perf_counter()
        try:
            return read_response(self, *arguments, **options)
        finally:
            waits.append(time.perf_counter() - begun)

    at = EPOCH + dt.timedelta(milliseconds=NOW)
    Connection.send_packed_command, Connection.read_response = send, read
    stores[0].read([Lookup(store, ["c5", 2]) for store in stores], at)
    check("several groups of a request are one round trip", len(sent) == 1, len(sent))
    own, whole = [], []
    for number in range(3000):
        waits.clear()
        begun = time.perf_counter()
        RedisStore.read([Lookup(stores[0], [f"c{number % 1000}", number % 1000 % 3])], at)
        whole.append(time.perf_counter() - begun)
        own.append(whole[-1] - sum(waits))
    Connection.send_packed_command, Connection.read_response = original, read_response
    size = median(sum(map(len, (*each, *each.values()))) for each in kept().values())
    print(
        f"     10 plain windows over 60 tiles: serving's own work {median(own) * 1e3:.3f} ms, with Redis"
        f" {median(whole) * 1e3:.3f} ms (median of 3000); {size:.0f} bytes per request",
        file=sys.stderr,
    )
    check(
        "serving's own work for 10 plain windows is at most 1 ms", median(own) <= 1e-3, median(own)
    )


def distinct_counts() -> None:
    """Sketches: how large, and how long they take."""
    CLIENT.flushdb()
    rows = []
    for hour in range(24):
        sketch = hll_sketch(12)
        for value in range(hour * 3 + 1):
            sketch.update(f"m{hour}-{value}")
        start = (NOW // 3_600_000 - hour) * 3_600_000
        rows.append(("c", 1, 3600, start, hour * 3 + 1, bytearray(sketch.serialize_compact())))
    for _ in range(2):
        fill(writer(NOW), rows, ["s__sketch"])
    window = Window("merchants", "s", "approx_count_distinct", "bigint", 86_400, 3600)
    store = RedisPlace(SERVER, PREFIX).open(WindowedGroup("spending", "ab12cd34", KEYS, (window,)))
    store.refresh()
    at = EPOCH + dt.timedelta(milliseconds=NOW)
    times = []
    for _ in range(300):
        begun = time.perf_counter()
        answer = RedisStore.read([Lookup(store, ["c", 1])], at)
        times.append(time.perf_counter() - begun)
    expected = sum(hour * 3 + 1 for hour in range(24))
    found = answer["spending__merchants"]
    check("distinct counts are merged", abs(found - expected) < expected * 0.05, (found, expected))
    used = CLIENT.memory_usage(entity_key(PREFIX, ["c", 1]), samples=0)
    print(
        f"     a distinct count over 24 tiles: {median(times) * 1e3:.3f} ms, {used} bytes",
        file=sys.stderr,
    )


def says_what_is_wrong() -> None:
    """No store, no server, a server that forgets."""
    CLIENT.flushdb()

    def told(action: Any, kind: type[Exception], word: str) -> bool:
        try:
            action()
        except kind as error:
            return word in str(error)
        return False

    store = RedisPlace(SERVER, PREFIX).open(GROUP)
    check(
        "an empty server is said to be empty",
        told(store.refresh, StoreError, "has not been filled"),
    )
    run = writer(NOW)
    run.write(iter(tiles(random.Random(3), NOW, 5, 5)))
    check(
        "a run that did not end is not read", told(store.refresh, StoreError, "has not been filled")
    )
    run.finish(["other"])
    check("lacking columns are named", told(store.refresh, StoreError, "a__count"))
    gone = RedisPlace(replace(SERVER, port=1), PREFIX).open(GROUP)
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
    fill(replace(writer(NOW), server=limited).begin(), tiles(random.Random(3), NOW, 5, 5))
    mine = RedisPlace(limited, PREFIX).open(GROUP)
    check("the rights that the docs name are enough", mine.refresh())
    CLIENT.config_set("maxmemory", "1gb")
    CLIENT.config_set("maxmemory-policy", "allkeys-lru")
    check("a server that evicts is refused", told(lambda: writer(NOW), RuntimeError, "noeviction"))
    CLIENT.config_set("maxmemory-policy", "noeviction")
    CLIENT.config_set("maxmemory", "0")
    os.environ.pop("NO_SUCH_PASSWORD", None)
    unset = replace(SERVER, password=Variable("NO_SUCH_PASSWORD"))
    check(
        "a secret that is not set is named",
        told(lambda: unset.connect(timeout=1, attempts=1), LookupError, "NO_SUCH"),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--templates", type=Path)
    SERVER = RedisServer("127.0.0.1", parser.parse_args().port, 1, password=Variable(PASSWORD))
    CLIENT = SERVER.connect(timeout=30, attempts=1, connections=4)
    CHANCE = random.Random(11)
    runs_again(CHANCE)
    is_killed_midway(CHANCE)
    counts_events()
    many_at_once()
    latest_versions()
    with tempfile.TemporaryDirectory() as folder:
        agrees_with_sqlite(CHANCE, Path(folder))
    stays_loaded()
    stays_bounded(CHANCE)
    is_fast(CHANCE)
    distinct_counts()
    says_what_is_wrong()
    CLIENT.flushdb()
    print(json.dumps({"passed": passed, "failed": failed}))
    sys.exit(1 if failed else 0)
