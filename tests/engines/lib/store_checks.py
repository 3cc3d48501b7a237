"""Checks that hold for every server that keeps feature values, without Spark.

`main` runs them against one, and prints {"passed": n, "failed": n} as its last line on stdout; what
is measured is a line on stderr.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import random
import signal
import sqlite3
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from statistics import quantiles
from typing import Any

import msgpack
from datasketches import hll_sketch

TEMPLATES = Path(sys.argv[sys.argv.index("--templates") + 1])
sys.path[:0] = [str(TEMPLATES / "python"), str(TEMPLATES / "spark")]
from online_store import (
    EPOCH,
    Group,
    GroupStore,
    Key,
    Latest,
    LatestGroup,
    Lookup,
    Place,
    StoreError,
    TooEarlyError,
    Window,
    WindowedGroup,
)
from store_rows import TileSize, expiry
from store_values import entity_name

DAY = 86_400_000
NOW = 1_767_225_600_000 + 12_345_678
TILES = {60: 60, 3600: 168}
FIRST_TILE = -(2**52)
COLUMNS = ["a__count", "a__sum", "d__distinct", "d__sum", "m__max", "m__min"]
PARTS_COLUMNS = ["p__histogram", "r__max", "s__values", "v__moments"]
NUMBER, PRICE = "double", "decimal(12,2)"
FUNCTIONS = [
    ("a", "count", "bigint"),
    ("a", "sum", NUMBER),
    ("a", "avg", NUMBER),
    ("d", "sum", PRICE),
]
EXTREMES = [("m", "min", NUMBER), ("m", "max", NUMBER)]
# Partials of several values: a histogram, a row that was found, different values, moments.
ORDER = (PRICE, NUMBER, "timestamp")
PARTS = [
    ("p", "approx_percentile", NUMBER),
    ("r", "last", "string", ORDER),
    ("s", "count_distinct", "bigint"),
    ("v", "variance", NUMBER),
    ("v", "stddev", NUMBER),
]


def windows(*functions: Any) -> tuple[Window, ...]:
    """Several windows of each aggregate."""
    return tuple(
        Window(f"{aggregate}_{function}_{length}", aggregate, function, type_, length, tile, *order)
        for aggregate, function, type_, *order in functions
        for length, tile in ((600, 60), (3600, 60), (86_400, 3600), (604_800, 3600))
    )


WINDOWS = windows(*FUNCTIONS, *EXTREMES)
KEYS = (Key("card", "string"), Key("shop", "int"))
GROUP = WindowedGroup("spending", "ab12cd34", KEYS, WINDOWS)
RICH = WindowedGroup("spending", "ef34cd12", KEYS, WINDOWS + windows(*PARTS))
PROFILE = LatestGroup(
    "profile", "cd34ab12", KEYS, (Latest("name", "string"), Latest("since", "date"))
)
passed = failed = 0


def check(name: str, holds: bool, seen: object = "") -> None:
    """Count a check, and say what was seen where it fails."""
    global passed, failed
    passed += holds
    failed += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {name}{'' if holds else f': {seen}'}", file=sys.stderr)


class Server(ABC):
    """A server that keeps features, and what can be seen of it without the modules."""

    @abstractmethod
    def clear(self) -> None:
        """Take away all that is kept."""

    @abstractmethod
    def writer(
        self, group: Group, as_of: int, expires: int, sizes: Sequence[TileSize] | None
    ) -> Any:
        """Return a run that has begun."""

    @abstractmethod
    def place(self, group: Group) -> Place:
        """Say where a group is."""

    @abstractmethod
    def kept(self, group: Group) -> Mapping[str, Mapping[str, bytes]]:
        """Return, by entity, what is kept of it, without which run wrote it."""

    @abstractmethod
    def said(self, group: Group) -> Mapping[str, Any]:
        """Return what is said of the whole group: of a finished run `as_of`, and `last_run`."""

    @abstractmethod
    def overwrite(self, group: Group, entity: str, value: bytes, known: int) -> None:
        """Put a version of latest values in the place of the one that is there."""

    @abstractmethod
    def bytes_used(self) -> int:
        """Return how much is taken, all overhead included."""

    @abstractmethod
    def watch(self, waits: list[float], sent: list[int]) -> AbstractContextManager[None]:
        """Note each time that a reader waits for the server, and each message to it."""


SERVER: Server


def writer(as_of: int, lateness: int = 0, group: Group = GROUP) -> Any:
    """Return a run that has begun; tiles of the last `lateness` hours can grow."""
    sizes = [
        TileSize(
            size, as_of // (size * 1000) - tiles, as_of // (size * 1000) - lateness * 3600 // size
        )
        for size, tiles in TILES.items()
    ]
    return SERVER.writer(group, as_of, expiry(DAY), sizes)


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


def parts(chance: random.Random) -> tuple[Any, ...]:
    """Random partials of several values."""
    events = chance.randrange(1, 9)
    price = chance.choice(["-1.50", "9.25", "10.00"])
    number = chance.choice([0.5, 1e9, float("nan")])
    return (
        chance.choice([None, [(50_000 + chance.randrange(-99, 99), n + 1) for n in range(3)]]),
        chance.choice([None, (price, number, chance.randrange(10**15), f"n{events}")]),
        chance.choice([None, [chance.randrange(9) for _ in range(events)]]),
        chance.choice([None, (events, chance.gauss(0, 1e3), chance.random())]),
    )


def kept() -> Mapping[str, Mapping[str, bytes]]:
    """All entities of the group."""
    return SERVER.kept(GROUP)


def fill(run: Any, rows: Sequence[tuple[Any, ...]], columns: Sequence[str] = COLUMNS) -> int:
    """Write and finish."""
    run.write(iter(rows))
    return run.finish(columns)


def runs_again(chance: random.Random) -> None:
    """Write a part, then all, twice; an older run; then one that knows less."""
    SERVER.clear()
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
        "other" not in SERVER.said(GROUP)["columns"],
    )
    some = [row for row in rows if int(row[0][1:]) < 2000]
    fill(writer(NOW), some)
    found = {entity_name(row[:2]) for row in some}
    left = {name for key, fields in kept().items() if key not in found for name in fields}
    open_ = {f"{size}:{NOW // (size * 1000)}" for size in TILES}
    check(
        "of entities that a run does not find, only tiles that can grow stay", left <= open_, left
    )
    one = next(row for row in some if row[2] == 3600 and row[3] // 3_600_000 < NOW // 3_600_000)
    fill(writer(NOW), [row for row in some if row != one])
    gone = f"3600:{one[3] // 3_600_000}" not in kept().get(entity_name(one[:2]), {})
    check("a tile that cannot grow goes where a run does not find it", gone)


def changes_some() -> None:
    """A stream writes what has changed, and leaves the rest."""
    SERVER.clear()

    def run(as_of: int, first: int = 0) -> Any:
        sizes = [TileSize(60, first, FIRST_TILE)]
        return SERVER.writer(GROUP, as_of, expiry(DAY), sizes)

    def row(card: str, number: int, events: int) -> tuple[Any, ...]:
        return (card, 0, 60, number * 60_000, events, *[None] * 6)

    def events() -> Mapping[tuple[str, str], int]:
        return {
            (name, tile): msgpack.unpackb(value)[0]
            for name, fields in kept().items()
            for tile, value in fields.items()
        }

    one, other = entity_name(["c1", 0]), entity_name(["c2", 0])
    first = run(1000)
    first.write([row("c1", 0, 3), row("c1", 1, 2), row("c2", 0, 1)])
    before = SERVER.said(GROUP).get("as_of")
    first.complete(COLUMNS)
    seen = before, int(SERVER.said(GROUP)["as_of"])
    check("a store is complete once that is said", seen == (None, 1000), seen)
    second = run(2000)
    second.write([row("c1", 1, 1), row("c1", 2, 1)])
    second.complete(COLUMNS)
    wanted = {(one, "60:0"): 3, (one, "60:1"): 2, (one, "60:2"): 1, (other, "60:0"): 1}
    check(
        "what has seen fewer events takes no place, and the rest stays",
        events() == wanted,
        events(),
    )
    late = run(1500)
    late.write([row("c1", 0, 9)])
    late.complete(COLUMNS)
    seen = events(), int(SERVER.said(GROUP)["as_of"])
    check("who was overtaken changes nothing", seen == (wanted, 2000), seen)
    third = run(3000, 1)
    third.write([row("c1", 2, 2)])
    third.complete(COLUMNS)
    wanted = {(one, "60:1"): 2, (one, "60:2"): 2, (other, "60:0"): 1}
    check("of who is written, what is out of reach goes", events() == wanted, events())
    daily = run(4000, 1)
    daily.write([])
    daily.finish(COLUMNS)
    del wanted[other, "60:0"]
    check("of all, when the store is gone through", events() == wanted, events())


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
    SERVER.clear()
    fill(writer(NOW), rows)
    whole = kept()
    SERVER.clear()
    fork = multiprocessing.get_context("fork")
    written = fork.Event()
    process = fork.Process(target=write_until_stopped, args=(rows, written))
    process.start()
    stopped = written.wait(60)
    process.kill()
    process.join()
    check("a job is killed when it has written a part", stopped and 0 < len(kept()) < 4000)
    check("a store that is not whole is not read", SERVER.said(GROUP).get("as_of") is None)
    count = fill(writer(NOW), rows)
    check("the next run leaves the same as one without the accident", kept() == whole, count)


def counts_events() -> None:
    """Tiles that can grow: the one that has seen more stays."""
    SERVER.clear()
    start = NOW // 3_600_000 * 3_600_000
    row = lambda events: ("c", 1, 3600, start, events, *[None] * len(COLUMNS))
    fill(writer(NOW), [row(5)])
    field, key = f"3600:{start // 3_600_000}", entity_name(["c", 1])
    stored = lambda: msgpack.unpackb(kept()[key][field])[0]
    fill(writer(NOW + 1), [row(3)])
    check("fewer events do not replace more", stored() == 5, stored())
    fill(writer(NOW + 2), [row(7)])
    check("more events do", stored() == 7, stored())
    fill(writer(NOW + 2 * 3_600_000), [row(4)])
    check("a run that knows the whole tile decides", stored() == 4, stored())


def write_concurrently(arguments: tuple[int, int]) -> int:
    """One of several processes; returns the number of its run."""
    number, as_of = arguments
    chance = random.Random(number)
    run = writer(as_of)
    start = NOW // 3_600_000 * 3_600_000
    run.write(
        (f"c{entity}", 0, 3600, start, (number * 7 + entity) % 50, *[None] * len(COLUMNS))
        for entity in sorted(range(500), key=lambda _: chance.random())
    )
    run.finish(COLUMNS)
    return int(run.run)


def many_at_once() -> None:
    """Several jobs at a time: each entity is changed at once, and no smaller count is the last."""
    SERVER.clear()
    with multiprocessing.get_context("fork").Pool(8) as pool:
        runs = pool.map(write_concurrently, [(number, NOW) for number in range(24)], chunksize=1)
    # The last to begin: which one that is, the machine decides.
    last = runs.index(max(runs))
    field, held = f"3600:{NOW // 3_600_000}", kept()
    wrong = [
        entity
        for entity in range(500)
        if msgpack.unpackb(held[entity_name([f"c{entity}", 0])][field])[0]
        < (last * 7 + entity) % 50
    ]
    check(
        "of 24 jobs at a time, the last leaves no smaller count than its own", not wrong, wrong[:5]
    )
    said = SERVER.said(GROUP)
    check("every job had its own number", int(said["last_run"]) == 24, said)


def latest_versions() -> None:
    """Only newer versions; tombstones; what became known after the run stays."""
    SERVER.clear()
    run = lambda as_of: SERVER.writer(PROFILE, as_of, expiry(DAY), None)
    row = lambda time_, known, gone, name: ("c", 1, time_, known, gone, name, 20_000)
    names = ["name", "since"]
    store = SERVER.place(PROFILE).open(PROFILE)

    def name(as_of: int) -> Any:
        store.refresh()
        at = EPOCH + dt.timedelta(milliseconds=as_of)
        return store.read([Lookup(store, ["c", 1])], at)["profile__name"]

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
    stream = msgpack.packb(["stream", None])
    SERVER.overwrite(PROFILE, entity_name(["c", 1]), stream, NOW + 30)
    fill(run(NOW + 25), [row(3, 3, False, "three")], names)
    check("what became known after a run's moment stays", name(NOW + 25) == "stream")
    fill(run(NOW + 40), [], names)
    check("an entity that is in no run goes", name(NOW + 40) is None and not SERVER.kept(PROFILE))


def agrees_with_sqlite(chance: random.Random, folder: Path) -> None:
    """The same tiles in both, with partials of all kinds: the same answers, at the run's moment and later."""
    SERVER.clear()
    rows = [(*row, *parts(chance)) for row in tiles(chance, NOW, 400, 40)]
    columns = COLUMNS + PARTS_COLUMNS
    fill(writer(NOW, group=RICH), rows, columns)
    file = folder / "store.sqlite"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as connection:
        names = ["card", "shop", "tile_seconds", "tile_start", "events", *columns]
        connection.execute(f"CREATE TABLE tiles ({', '.join(names)})")
        text = lambda value: (
            json.dumps(value)
            if isinstance(value, list | tuple)
            else "NaN" if value != value else value
        )
        places = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO tiles VALUES ({places})", [[*map(text, row)] for row in rows]
        )
        connection.execute("CREATE TABLE meta (key, value)")
        meta = {"format": "1", "group": "spending", "generation": "ef34cd12", "as_of": str(NOW)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    both = [GroupStore(RICH, str(file)), SERVER.place(RICH).open(RICH)]
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


def stays_bounded(chance: random.Random) -> None:
    """Forty daily runs: memory does not grow with them."""
    SERVER.clear()
    sizes = []
    for day in range(40):
        as_of = NOW + day * DAY
        fill(writer(as_of), tiles(chance, as_of, 200, 30))
        sizes.append(SERVER.bytes_used())
    stored = [len(each) for each in kept().values()]
    print(
        f"     {sizes[-1] / 200:.0f} bytes per entity of {sum(stored) / 200:.1f} tiles with {len(COLUMNS)} partials,"
        f" after 40 days {sizes[-1] / sizes[0]:.2f} times what it was after one,"
        f" and {sizes[-1] / sizes[4]:.2f} times what it was after five",
        file=sys.stderr,
    )
    check("forty days take no more than five", sizes[-1] < 1.1 * sizes[4], sizes)


def is_fast(chance: random.Random) -> None:
    """Ten plain windows: what serving does itself, and how often it asks."""
    SERVER.clear()
    rows = tiles(chance, NOW, 1000, 60)
    fill(writer(NOW), rows)
    functions = {"count", "sum", "avg"}
    plain = [w for w in WINDOWS if w.function in functions and w.type != PRICE][:10]
    group = WindowedGroup("spending", "ab12cd34", KEYS, tuple(plain))
    stores = [SERVER.place(group).open(group) for _ in range(3)]
    for store in stores:
        store.refresh()
    at = EPOCH + dt.timedelta(milliseconds=NOW)
    stores[0].read([Lookup(store, ["c5", 2]) for store in stores], at)
    sent: list[int] = []
    waits: list[float] = []
    with SERVER.watch(waits, sent):
        stores[0].read([Lookup(store, ["c5", 2]) for store in stores], at)
        check("several groups of a request are one round trip", len(sent) == 1, len(sent))
        own, whole = [], []
        for number in range(3000):
            waits.clear()
            begun = time.perf_counter()
            stores[0].read([Lookup(stores[0], [f"c{number % 1000}", number % 1000 % 3])], at)
            whole.append(time.perf_counter() - begun)
            own.append(whole[-1] - sum(waits))
    size = sum(len(value) for each in kept().values() for value in each.values()) / 1000
    middle, slow = percentiles(own)
    print(
        f"     10 plain windows over 60 tiles: serving's own work p50 {middle:.3f} ms, p99 {slow:.3f} ms;"
        " with the server p50 {:.3f} ms, p99 {:.3f} ms (of 3000);".format(*percentiles(whole))
        + f" {size:.0f} bytes of values per request",
        file=sys.stderr,
    )
    check("serving's own work for 10 plain windows is at most 1 ms", middle <= 1, middle)


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile, in milliseconds."""
    cuts = quantiles(seconds, n=100)
    return cuts[49] * 1e3, cuts[98] * 1e3


def distinct_counts() -> None:
    """Sketches: how large, and how long they take."""
    SERVER.clear()
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
    group = WindowedGroup("spending", "ab12cd34", KEYS, (window,))
    store = SERVER.place(group).open(group)
    store.refresh()
    at = EPOCH + dt.timedelta(milliseconds=NOW)
    times = []
    for _ in range(300):
        begun = time.perf_counter()
        answer = store.read([Lookup(store, ["c", 1])], at)
        times.append(time.perf_counter() - begun)
    expected = sum(hour * 3 + 1 for hour in range(24))
    found = answer["spending__merchants"]
    check("distinct counts are merged", abs(found - expected) < expected * 0.05, (found, expected))
    used = sum(map(len, kept()[entity_name(["c", 1])].values()))
    middle, slow = percentiles(times)
    print(
        f"     a distinct count over 24 tiles: p50 {middle:.3f} ms, p99 {slow:.3f} ms,"
        f" {used} bytes of values",
        file=sys.stderr,
    )


def told(action: Callable[[], Any], kind: type[Exception], word: str) -> bool:
    """Tell whether an action fails, and says why."""
    try:
        action()
    except kind as error:
        return word in str(error)
    return False


def says_what_is_wrong() -> None:
    """No store, half a store, columns that lack."""
    SERVER.clear()
    store = SERVER.place(GROUP).open(GROUP)
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


def port() -> int:
    """Return the port of the server, from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--templates", type=Path)
    answer: int = parser.parse_args().port
    return answer


def main(server: Server, more: Iterable[Callable[[], None]]) -> None:
    """Check what holds for all servers, then what holds for this one."""
    global SERVER
    SERVER = server
    chance = random.Random(11)
    runs_again(chance)
    is_killed_midway(chance)
    counts_events()
    many_at_once()
    changes_some()
    latest_versions()
    with tempfile.TemporaryDirectory() as folder:
        agrees_with_sqlite(chance, Path(folder))
    stays_bounded(chance)
    is_fast(chance)
    distinct_counts()
    says_what_is_wrong()
    for each in more:
        each()
    server.clear()
    print(json.dumps({"passed": passed, "failed": failed}))
    sys.exit(1 if failed else 0)
