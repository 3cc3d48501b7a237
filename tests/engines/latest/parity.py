"""Emitted streams of latest values against a plain oracle, and what a batch run writes; in the project's folder.

Prints {"passed": n, "failed": n} as its last line on stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

sys.path[:0] = [
    "generated/local/spark",
    str(Path(__file__).resolve().parent.parent / "lib"),
]

import feature_store  # noqa: E402  (emitted modules)
import history  # noqa: E402
import msgpack  # noqa: E402
import quality  # noqa: E402
import settings  # noqa: E402
import sources  # noqa: E402
import store_jobs  # noqa: E402
import tile_stream  # noqa: E402
import tiles_in_file  # noqa: E402
import tiles_in_postgres  # noqa: E402
import tiles_in_redis  # noqa: E402
from lakehouse import Interval, located, quoted, read, session  # noqa: E402
from marks import set_mark  # noqa: E402
from messages import (  # noqa: E402
    BEGIN,
    DAY,
    LATENESS,
    MILLISECOND,
    PARTITIONS,
    Message,
    log,
    numbered,
    payment,
)
from psycopg.sql import SQL, Identifier  # noqa: E402
from redis_server import meta_key  # noqa: E402

PAYMENTS, DAYS, ROUNDS = 1_500, 1, 2
# Of how many messages a step is at most: at first, and of the program that is killed.
FIRST, FEW = 1_500, 150
COLUMNS = "partition INT, offset BIGINT, ingested_at TIMESTAMP, timestamp_type INT, key BINARY, value BINARY, date DATE"
TOPIC = sources.PAYMENTS_TOPIC
GROUP = tiles_in_redis.STREAM.group
# How long after it came a message counts, in milliseconds.
DELAY = GROUP.delay // timedelta(milliseconds=1)
BATCH = replace(TOPIC, history="./batch/history")
SOURCE = replace(
    sources.PAYMENTS_SOURCE, messages=BATCH, table="./batch/accepted", verdicts="./batch/verdicts"
)
WHOLE = Interval(BEGIN - timedelta(days=30), BEGIN + timedelta(days=90))
# Where a step can end before its time.
PARTS = ("note", "tiles_of_rows", "advance", "publish")
MICROSECOND = timedelta(microseconds=1)

# By card: effective time, when it was known, and the values, None for a tombstone.
Versions = Mapping[str, tuple[int, int, list[Any] | None]]
passed = failed = 0


def check(name: str, holds: bool, seen: object = "") -> None:
    """Count a check, and say what was seen where it fails."""
    global passed, failed
    passed += holds
    failed += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {name}{'' if holds else f': {seen}'}", file=sys.stderr)


# Rows are few: to compile each query would take longer than to answer it.
spark = session(
    "parity",
    {
        **settings.SPARK,
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    },
)
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
    """Say how far the streams' history is complete; return it in milliseconds."""
    set_mark(settings.MARKS, TOPIC.dataset, Interval(until, until))
    return tile_stream.millis(until)


def micros(moment: datetime) -> int:
    """Return an instant in microseconds since 1970."""
    return (moment - tile_stream.EPOCH) // MICROSECOND


# The oracle: no Spark, no slices, no order in which things come.


@dataclass(frozen=True)
class Event:
    """An accepted payment."""

    known: int
    e: int
    said: Mapping[str, Any]

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """What versions are ordered by."""
        paid_at = micros(datetime.fromisoformat(self.said["paid_at"]))
        return (self.e, self.known, self.said["payment_id"], paid_at)

    @property
    def values(self) -> list[Any] | None:
        """The columns as stores hold them, None where they say that the card is gone."""
        said = self.said
        amount = said["amount"]
        if amount < 10:
            return None
        return [said["merchant_id"], f"{amount:.2f}", said["points"], int(amount > 90), self.rank[3]]


def parsed(value: bytes) -> dict[str, Any] | None:
    """Return a message, None where it is malformed."""
    try:
        said = json.loads(value)
    except ValueError:
        return None
    return said if isinstance(said, dict) and {"payment_id", "paid_at"} <= said.keys() else None


def accepted(messages: Sequence[Message]) -> list[Event]:
    """Judge all messages, one after the other in the order of the broker's time."""
    found: dict[tuple[str, str], Event] = {}
    for _, _, at, _, _, value, _ in sorted(messages, key=lambda each: (each[2], each[:2])):
        said = parsed(value)
        if said is None:
            continue
        late = at - datetime.fromisoformat(said["paid_at"])
        if late < -timedelta(days=1) or late > LATENESS * MILLISECOND or said["amount"] <= 0:
            continue
        e = min(micros(datetime.fromisoformat(said["paid_at"])), micros(at))
        event = Event(tile_stream.millis(at), e, said)
        found.setdefault((said["payment_id"], said["paid_at"]), event)
    return list(found.values())


def wanted(events: Sequence[Event], until: int) -> Versions:
    """Return the newest version of each card of what came before a moment."""
    newest: dict[str, Event] = {}
    for event in events:
        card = event.said["card_id"]
        if card is None or event.said["merchant_id"] == "internal" or event.known >= until:
            continue
        if card not in newest or newest[card].rank < event.rank:
            newest[card] = event
    return {card: (event.e, event.known, event.values) for card, event in newest.items()}


# What stands in stores.


def in_redis(store: Any) -> tuple[int, Versions]:
    """Return as of when a store in Redis is complete, and what it has."""
    found = {}
    with store.server.connect(timeout=30, attempts=1) as client:
        for key in client.scan_iter(f"{store.prefix}:1:\\[*", count=1000):
            (card,) = json.loads(key.decode().removeprefix(f"{store.prefix}:1:"))
            _, _, e, known, values = msgpack.unpackb(client.get(key))
            found[card] = (e, known, values)
        as_of = client.hget(meta_key(store.prefix), "as_of")
    return int(as_of or 0), found


def in_postgres(store: Any) -> tuple[int, Versions]:
    """Return as of when a store in PostgreSQL is complete, and what it has."""
    with store.server.connect(timeout=30) as connection:
        asked = SQL("SELECT convert_from(entity, 'UTF8'), time, known, value FROM {}")
        rows = connection.execute(asked.format(store.tables.values)).fetchall()
        meta = SQL("SELECT as_of FROM {} WHERE store = %s").format(store.tables.meta)
        (as_of,) = connection.execute(meta, [store.tables.name]).fetchone()
    return int(as_of or 0), {
        json.loads(entity)[0]: (e, known, None if value is None else msgpack.unpackb(value))
        for entity, e, known, value in rows
    }


def in_file(path: str) -> tuple[int, Mapping[str, list[Any]]]:
    """Return as of when a file is complete, and what it has."""
    names = ", ".join(f'"{name}"' for name in GROUP.columns)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT card_id, {names} FROM latest").fetchall()
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    return int(meta["as_of"]), {card: list(values) for card, *values in rows}


def difference(left: Mapping[str, Any], right: Mapping[str, Any]) -> object:
    """Return the first card that is not the same, None where all are."""
    cards = sorted(left.keys() | right.keys())
    return next(
        ((card, left.get(card), right.get(card)) for card in cards if left.get(card) != right.get(card)),
        None,
    )


@dataclass(frozen=True)
class Kept:
    """A program that keeps a store current, and how that is read."""

    program: ModuleType
    read: Callable[[Any], tuple[int, Mapping[str, Any]]]

    @property
    def name(self) -> str:
        """The group."""
        return str(self.program.STREAM.group.name)

    @property
    def place(self) -> Any:
        """Where the store is."""
        store = self.program.STREAM.store
        return store.path if self.read is in_file else store.store

    def lose(self) -> None:
        """Let a server lose all."""
        if self.read is in_redis:
            with self.place.server.connect(timeout=30, attempts=1) as client:
                client.flushdb()
            return
        with self.place.server.connect(timeout=30) as connection:
            schema = Identifier(self.place.tables.schema)
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(schema))

    def expected(self, versions: Versions) -> Mapping[str, Any]:
        """Return what the store should have: a file has no tombstones, and no times."""
        if self.read is not in_file:
            return versions
        return {card: values for card, (_, _, values) in versions.items() if values is not None}


REDIS, POSTGRES, FILE = (
    Kept(tiles_in_redis, in_redis),
    Kept(tiles_in_postgres, in_postgres),
    Kept(tiles_in_file, in_file),
)
ALL = (REDIS, POSTGRES, FILE)


def compare(name: str, versions: Versions, until: int, stores: Sequence[Kept] = ALL) -> None:
    """Check stores against the oracle, as of a moment that is later by the group's delay."""
    for kept in stores:
        as_of, found = kept.read(kept.place)
        seen = difference(kept.expected(versions), found)
        check(f"{name}: {kept.name} has {len(versions)} cards as the oracle says", seen is None, seen)
        check(f"{name}: {kept.name} says as of when", as_of == until + DELAY, as_of)


def written_by_runs(versions: Versions, until: int) -> None:
    """Check what a run would write of all messages, as of the same moment."""
    quality.ingest(spark, SOURCE, WHOLE, "./batch/marks")
    rows = tiles_in_redis.events(spark, read(spark, SOURCE.table)).persist()
    moment = tile_stream.instant_of(until + DELAY)
    other = {
        REDIS: lambda store: replace(store, prefix="batch"),
        POSTGRES: lambda store: replace(store, tables=replace(store.tables, name="batch")),
        FILE: lambda path: f"{path}.batch",
    }
    for kept, elsewhere in other.items():
        place = elsewhere(kept.place)
        module = feature_store if kept is FILE else store_jobs
        module.publish_latest(GROUP, rows, place, moment)
        as_of, found = kept.read(place)
        seen = difference(kept.expected(versions), found)
        check(f"a run writes the same to {kept.name}", seen is None and as_of == until + DELAY, seen)
    rows.unpersist()


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


def take_in(stream: tile_stream.TileStream) -> None:
    """Take in what there is, however often the stream dies meanwhile."""
    while True:
        try:
            tile_stream.drain(spark, stream, settings.MARKS)
        except Died:
            continue
        return


def lagging(
    chance: random.Random, messages: list[Message], events: Sequence[Event]
) -> list[Message]:
    """Let partitions lag behind each other, and streams die; return what has not come yet."""
    left = messages
    for number in range(ROUNDS):
        reached = 0.6 + 0.08 * number
        ends = [
            BEGIN + (reached + 0.05 * chance.random()) * DAYS * DAY * MILLISECOND
            for _ in range(PARTITIONS)
        ]
        come = [message for message in left if message[2] < ends[message[0]]]
        left = [message for message in left if message[2] >= ends[message[0]]]
        chance.shuffle(come)
        append(TOPIC.history, come)
        until = complete(min(ends))
        for place, kept in enumerate(ALL):
            part, when = PARTS[(number + place) % len(PARTS)], chance.choice(["before", "after"])
            # What a stream finds in the store that is older than itself, another one has written.
            now = patch.object(tile_stream, "clock", lambda now=until + DELAY: now)
            with dying(part, when), now:
                take_in(replace(kept.program.STREAM, max_messages=FIRST))
        compare(f"round {number}", wanted(events, until), until)
    return left


def version(table: str) -> int:
    """Return the number of the newest commit of a table of the stream to Redis."""
    log_of = Path(tiles_in_redis.STREAM.tiles).parent / table / "_delta_log"
    return max((int(file.stem) for file in log_of.glob("*.json")), default=-1)


def killed(chance: random.Random) -> None:
    """Kill the emitted program at moments of its work, then let it come to its end."""
    path = Path("generated/local/spark/tiles_in_redis.py")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("max_messages=500000", f"max_messages={FEW}"), encoding="utf-8")
    command = [sys.executable, str(path), "--drain"]
    for table in ("seen", "tiles"):
        before = version(table)
        child = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        while child.poll() is None and version(table) == before:
            time.sleep(0.005)
        time.sleep(chance.random() / 2)
        os.killpg(child.pid, signal.SIGKILL)
        code = child.wait()
        check(f"the program is killed at its work on {table}", code == -signal.SIGKILL, code)
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    check("the program comes to its end", ended.returncode == 0, ended.stderr[-2000:])


def quiet(at: datetime, versions: Versions) -> None:
    """Let nothing come: serving is told so without a query, until something has come."""
    stream = tiles_in_redis.STREAM
    idle = tile_stream.look(spark, stream, complete(at))
    check("a stream that has taken in all messages is idle", idle is not None, idle)
    # On another day, too: of latest values, none is taken away for not having changed.
    until = complete(at + timedelta(days=1))
    with patch.object(tile_stream, "read", side_effect=AssertionError):
        idle = tile_stream.still_idle(stream, idle, until)
    check("it stays so while nothing comes", idle is not None, idle)
    compare("no messages", versions, until, [REDIS])


def ties(chance: random.Random, first: int) -> list[tuple[datetime, int, bytes]]:
    """Payments of one card at equal times: known at once, or not; the greatest key is the latest."""
    found = []
    for number in range(40):
        at = BEGIN + chance.randrange(DAYS * DAY) * MILLISECOND
        paid_at = (at - timedelta(seconds=5)).isoformat(timespec="microseconds")
        for which in range(3):
            said = payment(chance, first + 3 * number + which, at)
            said |= {"paid_at": paid_at, "card_id": f"tied{number % 20}", "merchant_id": f"m{which}"}
            said["amount"] = chance.choice([5, 50, 95])
            later = chance.choice([0, 0, 7]) * MILLISECOND
            found.append((at + later, chance.randrange(PARTITIONS), json.dumps(said).encode()))
    return found


def main(seed: int) -> None:
    """Run all."""
    chance = random.Random(seed)
    messages = log(chance, PAYMENTS, DAYS) + numbered(ties(chance, PAYMENTS), 10**6)
    append(BATCH.history, messages)
    events = accepted(messages)
    print(f"{len(messages)} messages, {len(events)} events", file=sys.stderr)
    left = lagging(chance, messages, events)
    chance.shuffle(left)
    append(TOPIC.history, left)
    end = BEGIN + timedelta(days=DAYS, hours=3)
    until = complete(end)
    killed(chance)
    for kept in (POSTGRES, FILE):
        take_in(kept.program.STREAM)
    versions = wanted(events, until)
    check("some cards are gone", any(values is None for _, _, values in versions.values()))
    compare("after all that", versions, until)
    written_by_runs(versions, until)
    for kept in (REDIS, POSTGRES):
        kept.lose()
        take_in(kept.program.STREAM)
    compare("servers that have lost all", versions, until)
    quiet(end + timedelta(minutes=10), versions)
    print(json.dumps({"passed": passed, "failed": failed}))
    sys.exit(1 if failed else 0)


parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, required=True)
main(parser.parse_args().seed)
