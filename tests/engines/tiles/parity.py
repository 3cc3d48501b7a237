"""The emitted stream against the emitted batch run, over one log of messages; in the project's folder.

Prints {"passed": n, "failed": n} as its last line on stdout.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path[:0] = [
    "generated/local/spark",
    "generated/local/python",
    str(Path(__file__).resolve().parent.parent / "lib"),
]

import history  # noqa: E402  (emitted modules)
import msgpack  # noqa: E402
import online_store  # noqa: E402
import quality  # noqa: E402
import settings  # noqa: E402
import sources  # noqa: E402
import tile_stream  # noqa: E402
import tiles_card_velocity as program  # noqa: E402
from lakehouse import Interval, located, quoted, read, session  # noqa: E402
from marks import set_mark  # noqa: E402
from messages import BEGIN, DAY, MILLISECOND, Message, log, numbered, payment  # noqa: E402
from pyspark.sql import DataFrame  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402
from redis_server import meta_key  # noqa: E402
from windows import prepared, tiles_of  # noqa: E402

PAYMENTS, DAYS, ROUNDS = 12_000, 12, 4
# Of how many messages a step is at most: at first, in a round, of the program that is killed.
FIRST, SMALL, FEW = 6_000, 200, 600
COLUMNS = "partition INT, offset BIGINT, ingested_at TIMESTAMP, timestamp_type INT, key BINARY, value BINARY, date DATE"
STREAM = program.STREAM
GROUP = STREAM.group
STORE = STREAM.store.store
CLIENT = STORE.server.connect(timeout=30, attempts=1)
PREFIX = f"{STORE.prefix}:1:"
# How long after it came a message counts, in milliseconds.
DELAY = GROUP.delay // timedelta(milliseconds=1)
BATCH = replace(sources.PAYMENTS_TOPIC, history="./batch/history")
SOURCE = replace(
    sources.PAYMENTS_SOURCE, messages=BATCH, table="./batch/accepted", verdicts="./batch/verdicts"
)
WHOLE = Interval(BEGIN - timedelta(days=30), BEGIN + timedelta(days=90))
# Where a step can end before its time.
PARTS = ("note", "tiles_of_rows", "advance", "publish")
# What the program that is killed has just changed.
KILLS = ("seen", "tiles", "server")

Tiles = Mapping[tuple[str, int, int], Mapping[str, Any]]
passed = failed = 0


def check(name: str, holds: bool, seen: object = "") -> None:
    """Count a check, and say what was seen where it fails."""
    global passed, failed
    passed += holds
    failed += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {name}{'' if holds else f': {seen}'}", file=sys.stderr)


spark = session("parity", settings.SPARK)
spark.sparkContext.setLogLevel("ERROR")


def append(path: str, messages: Sequence[Message]) -> None:
    """Put messages into a history, in one commit."""
    columns = ", ".join(history.COLUMNS)
    spark.sql(
        f"CREATE TABLE IF NOT EXISTS delta.{quoted(located(path))} ({columns}) USING delta "
        "PARTITIONED BY (date) TBLPROPERTIES ('delta.appendOnly' = 'true')"
    )
    rows = spark.createDataFrame(list(messages), COLUMNS).coalesce(1)
    rows.write.format("delta").mode("append").save(located(path))


def complete(until: datetime) -> int:
    """Say how far the stream's history is complete; return it in milliseconds."""
    set_mark(settings.MARKS, STREAM.topic.dataset, Interval(until, until))
    return tile_stream.millis(until)


def events() -> DataFrame:
    """Judge all messages as a run does, and return the events of the group."""
    quality.ingest(spark, SOURCE, WHOLE, "./batch/marks")
    accepted = read(spark, SOURCE.table)
    return prepared(program.events(spark, accepted), GROUP).persist()


def needed(rows: DataFrame, until: int) -> Tiles:
    """Return the tiles that a window as of a moment or later can need."""
    reached = (tile_stream.within_reach(GROUP, size, until) for size in GROUP.sizes())
    partials = [each.partial(kind) for each, kind in GROUP.partials()]
    values = [
        # Sketches of the same values differ by what they have been through; their estimate does not.
        F.hll_sketch_estimate(F.hll_union(name, name)).alias(name)
        if name.endswith("__sketch")
        else F.col(name)
        for name in partials
    ]
    found = rows.where(reduce(or_, reached)).select("key_0", "size", "start", "events", *values)
    return {(row[0], row[1], row[2]): row.asDict() for row in found.collect()}


def wanted(known: DataFrame, until: int) -> Tiles:
    """Return the tiles of what was known at a moment."""
    return needed(tiles_of(known.where(F.col("known") < until), GROUP), until)


def kept(until: int) -> Tiles:
    """Return the tiles that the stream keeps."""
    return needed(read(spark, STREAM.tiles).where("size > 0"), until)


def served(until: int) -> tuple[int, Tiles]:
    """Return up to when the server says it is complete, and its tiles."""
    meta = {
        name.decode(): value.decode()
        for name, value in CLIENT.hgetall(meta_key(STORE.prefix)).items()
    }
    names = json.loads(meta.get("columns", "[]"))
    tiles = {}
    for key in CLIENT.scan_iter(f"{PREFIX}\\[*", count=1000):
        (card,) = json.loads(key.decode().removeprefix(PREFIX))
        for field, value in CLIENT.hgetall(key).items():
            if field == b"by":
                continue
            seconds, number = map(int, field.split(b":"))
            size = seconds * 1000
            if number * size >= until - until % size - GROUP.reach(size):
                count, *partials = msgpack.unpackb(value)
                values = map(unpacked, names, partials)
                tiles[card, size, number * size] = dict(zip(names, values, strict=True)) | {
                    "events": count
                }
    return int(meta.get("as_of", 0)), tiles


def unpacked(name: str, value: Any) -> Any:
    """Return a partial as Spark has it."""
    if name.endswith("__sketch") and value is not None:
        return online_store.estimate([value])
    return Decimal(value) if isinstance(value, str) else value


def plain(value: Any) -> Any:
    """Return a value of several parts as tuples, whether Spark or the server has it."""
    match value:
        case dict():
            return tuple(sorted(value.items()))
        case list() | tuple():
            return tuple(map(plain, value))
        case datetime():
            return round(value.timestamp() * 1_000_000)
    return value


def same(left: Any, right: Any) -> bool:
    """Compare values, doubles to as much as their order may change."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    near = isinstance(left, float) and isinstance(right, float)
    return left == right or (near and math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-3))


def difference(left: Tiles, right: Tiles) -> str | None:
    """Say where tiles differ first; sums of doubles may by their order."""
    if left.keys() != right.keys():
        return (
            f"{len(left)} and {len(right)} tiles, such as {sorted(left.keys() ^ right.keys())[:3]}"
        )
    for key, tile in right.items():
        for name, value in tile.items():
            other = left[key][name]
            if not same(plain(value), plain(other)):
                return f"{key}: {name} is {other} and {value}"
    return None


def compare(name: str, known: DataFrame, until: int) -> None:
    """Check the stream's tiles and the server's against those of a batch run.

    What has come by `until` is what counts as of a moment that is later by the group's delay.
    """
    moment = until + DELAY
    tiles = wanted(known, moment)
    mine, (as_of, theirs) = kept(moment), served(moment)
    check(
        f"{name}: {len(tiles)} tiles are those of a run",
        (seen := difference(tiles, mine)) is None,
        seen,
    )
    check(f"{name}: the server has them", (seen := difference(tiles, theirs)) is None, seen)
    check(f"{name}: the server says as of when", as_of == moment, (as_of, moment))


class Died(BaseException):
    """What ends a stream in the midst."""


@contextmanager
def dying(part: str, when: str) -> Iterator[None]:
    """End the stream once, before or after a part of a step."""
    real = getattr(tile_stream, part)
    died = []

    def call(*arguments: Any, **options: Any) -> Any:
        if when == "before" and not died:
            died.append(True)
            raise Died
        answer = real(*arguments, **options)
        if when == "after" and not died:
            died.append(True)
            raise Died
        return answer

    with patch.object(tile_stream, part, call):
        yield
    check(f"the stream has died {when} {part}", bool(died))


def take_in(stream: tile_stream.TileStream) -> int:
    """Take in what there is, and return how often the stream has died meanwhile."""
    deaths = 0
    while True:
        try:
            tile_stream.drain(spark, stream, settings.MARKS)
        except Died:
            deaths += 1
        else:
            return deaths


def lagging(chance: random.Random, messages: list[Message], known: DataFrame) -> list[Message]:
    """Let partitions lag behind each other, and the stream die; return what has not come yet."""
    left = messages
    reached = 0.0
    for number in range(ROUNDS):
        reached = max(reached, 0.8 + 0.015 * number) + 0.01 * chance.random()
        ends = [
            BEGIN + (reached + 0.02 * chance.random()) * DAYS * DAY * MILLISECOND for _ in range(3)
        ]
        come = [message for message in left if message[2] < ends[message[0]]]
        left = [message for message in left if message[2] >= ends[message[0]]]
        chance.shuffle(come)
        append(STREAM.topic.history, come)
        until = complete(min(ends))
        part, when = PARTS[number % len(PARTS)], chance.choice(["before", "after"])
        # What a stream finds in the store that is older than itself, another one has written.
        with dying(part, when), patch.object(tile_stream, "clock", lambda now=until + DELAY: now):
            take_in(replace(STREAM, max_messages=SMALL if number else FIRST))
        compare(f"round {number}", known, until)
    return left


def version(table: str) -> int:
    """Return the number of the newest commit of a table of the stream."""
    log_of = Path(STREAM.tiles).parent / table / "_delta_log"
    return max((int(file.stem) for file in log_of.glob("*.json")), default=-1)


def is_there(part: str, before: Mapping[str, int]) -> bool:
    """Tell whether the stream has come to a part of its work."""
    if part == "server":
        return CLIENT.hget(meta_key(STORE.prefix), "floor") != before["floor"]
    return version(part) > before[part]


def killed(chance: random.Random) -> None:
    """Kill the emitted program at some moments of its work, then let it come to its end."""
    path = Path("generated/local/spark/tiles_card_velocity.py")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("max_messages=500000", f"max_messages={FEW}"), encoding="utf-8")
    command = [sys.executable, str(path), "--drain"]
    for part in KILLS:
        floor = CLIENT.hget(meta_key(STORE.prefix), "floor")
        before = {"seen": version("seen"), "tiles": version("tiles"), "floor": floor}
        child = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        while child.poll() is None and not is_there(part, before):
            time.sleep(0.005)
        time.sleep(0 if part == "server" else chance.random())
        os.killpg(child.pid, signal.SIGKILL)
        code = child.wait()
        check(f"the program is killed at its work on {part}", code == -signal.SIGKILL, code)
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    check("the program comes to its end", ended.returncode == 0, ended.stderr[-2000:])


def refuses(name: str, stream: tile_stream.TileStream, word: str) -> None:
    """Check that a stream stops and says why."""
    try:
        tile_stream.drain(spark, stream, settings.MARKS)
    except Exception as error:
        check(name, word in str(error), error)
    else:
        check(name, False, "it went on")


def anew(known: DataFrame, until: int) -> None:
    """Put the stream's tables away, under a server that says it has everything, and one tile wrong."""
    key = next(iter(CLIENT.scan_iter(f"{PREFIX}\\[*")))
    field = next(name for name in CLIENT.hkeys(key) if name.startswith(b"3600:"))
    names = json.loads(CLIENT.hget(meta_key(STORE.prefix), "columns"))
    CLIENT.hset(key, field, msgpack.packb([1, *[None] * len(names)]))
    Path(STREAM.tables).rename(f"{STREAM.tables}.away")
    take_in(STREAM)
    compare("a stream that was made anew", known, until)


def few(chance: random.Random, at: datetime, known: DataFrame) -> tuple[DataFrame, int]:
    """Let some messages come, and then none; return what is known, and until when."""
    found = []
    for number in range(200):
        come = at + number * 37 * MILLISECOND
        said = payment(chance, PAYMENTS + number, come)
        found.append((come, number % 3, json.dumps(said).encode()))
    for path in (STREAM.topic.history, BATCH.history):
        append(path, numbered(found, 10**6))
    known.unpersist()
    known = events()
    until = complete(at + timedelta(minutes=5))
    started = time.monotonic()
    take_in(STREAM)
    step = time.monotonic() - started
    compare("a few messages more", known, until)
    until = complete(at + timedelta(minutes=6))
    started = time.monotonic()
    take_in(STREAM)
    print(
        f"a step of 200 messages: {step:.1f} s; of none: {time.monotonic() - started:.1f} s",
        file=sys.stderr,
    )
    compare("no messages more", known, until)
    return known, until


def quiet(at: datetime, known: DataFrame) -> None:
    """Let nothing come: serving is told so without a query, until something has come or is lost."""
    first = complete(at)
    idle = tile_stream.look(spark, STREAM, first)
    check("a stream that has taken in all messages is idle", idle is not None, idle)
    until = complete(at + timedelta(minutes=1))
    started = time.monotonic()
    with patch.object(tile_stream, "read", side_effect=AssertionError):
        idle = tile_stream.still_idle(STREAM, idle, until)
    print(f"a step while nothing comes: {time.monotonic() - started:.3f} s", file=sys.stderr)
    check("it stays so while nothing comes", idle is not None, idle)
    compare("no messages, and no look at the history", known, until)
    CLIENT.hset(meta_key(STORE.prefix), "as_of", first)
    again = tile_stream.still_idle(STREAM, idle, until)
    check("where the server was told something else, it looks again", again is None, again)
    tile_stream.look(spark, STREAM, until)
    come = [(at + timedelta(minutes=minutes), 0, b"{}") for minutes in (2, 3)]
    append(STREAM.topic.history, numbered(come, 10**9))
    until = complete(at + timedelta(minutes=2, seconds=1))
    again = tile_stream.still_idle(STREAM, idle, until)
    check("where the history has more, it looks again", again is None, again)
    waiting = tile_stream.look(spark, STREAM, until)
    check("a stream is not idle where messages wait to be counted", waiting is None, waiting)
    waiting = tile_stream.look(spark, STREAM, until)
    check("nor where it has got as far before, and did not look", waiting is None, waiting)
    take_in(STREAM)


def overtaken(at: datetime) -> None:
    """Let another stream be faster, from the same position."""
    message = (at, 0, b"{}")
    append(STREAM.topic.history, numbered([message], 10**7))
    complete(at + timedelta(minutes=1))
    real = tile_stream.advance

    def slow(*arguments: Any) -> None:
        with patch.object(tile_stream, "advance", real):
            take_in(STREAM)
        real(*arguments)

    with patch.object(tile_stream, "advance", slow):
        refuses("who was overtaken by another stream stops", STREAM, "has moved the tiles")


def behind(at: datetime) -> None:
    """Let a message come into the history behind the stream."""
    early = (at - timedelta(days=3), 1, b"{}")
    append(STREAM.topic.history, numbered([early, (at, 1, b"{}")], 10**8))
    complete(at + timedelta(minutes=1))
    refuses("a message behind the stream is seen", STREAM, "1 messages came into history.payments")


def main(seed: int) -> None:
    """Run all."""
    chance = random.Random(seed)
    messages = log(chance, PAYMENTS, DAYS)
    append(BATCH.history, messages)
    known = events()
    print(f"{len(messages)} messages, {known.count()} events", file=sys.stderr)
    left = lagging(chance, messages, known)
    chance.shuffle(left)
    for part in range(4):
        append(STREAM.topic.history, left[part::4])
    end = BEGIN + timedelta(days=DAYS, hours=3)
    until = complete(end)
    killed(chance)
    compare("after all that", known, until)
    CLIENT.flushdb()
    take_in(STREAM)
    compare("a server that has lost all", known, until)
    known, until = few(chance, end + timedelta(minutes=1), known)
    anew(known, until)
    quiet(end + timedelta(minutes=10), known)
    overtaken(end + timedelta(minutes=20))
    behind(end + timedelta(minutes=40))
    print(json.dumps({"passed": passed, "failed": failed}))
    sys.exit(1 if failed else 0)


parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, required=True)
main(parser.parse_args().seed)
