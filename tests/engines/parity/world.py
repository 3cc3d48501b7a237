"""What the suite stands in: clocks that it sets, a topic of a real broker, and the programs that it starts and kills."""

from __future__ import annotations

import http.client
import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from struct import pack
from typing import Any

from messages import BROKEN, MILLISECOND, MINUTE, PARTITIONS, copies, payment

PATIENCE = 900.0
# What comes before the quiet at the end of a part, in which the service is asked.
BUSY = 0.95
MOMENTS = 240

# How many milliseconds after the beginning the broker has it, in which partition, and what.
Sent = tuple[int, int, bytes]


def log(chance: random.Random, payments: int, parts: Sequence[int], cards: int, begin: datetime) -> list[list[Sent]]:
    """Make what comes in parts, each of which begins so many milliseconds after the beginning; the last one is none."""
    moments: list[int] = []
    for start, end in zip(parts, parts[1:], strict=False):
        busy = int((end - start) * BUSY)
        # Edges of tiles, and any time; many shortly before the service is asked.
        moments += [start + chance.randrange(busy // MINUTE) * MINUTE for _ in range(MOMENTS // 2)]
        moments += [start + chance.randrange(busy) for _ in range(MOMENTS // 2)]
        moments += [start + busy - chance.randrange(40 * MINUTE) for _ in range(MOMENTS // 8)]
    moments = sorted(set(moments))
    found: list[Sent] = []
    for number in range(payments):
        at = chance.choice(moments)
        said = payment(chance, number, begin + at * MILLISECOND, cards)
        found.append((at, chance.randrange(PARTITIONS), json.dumps(said).encode()))
        for later, partition, value in copies(chance, said, at):
            place = bisect_left(moments, later)
            if place < len(moments):
                found.append((moments[place], partition, value))
        if chance.random() < 0.005:
            found.append((at, chance.randrange(PARTITIONS), chance.choice(BROKEN)))
    chance.shuffle(found)
    found.sort(key=lambda sent: sent[0])
    edges = [bisect_left(found, (start,)) for start in parts]
    return [found[first:last] for first, last in zip(edges, edges[1:], strict=False)]


class Clock:
    """The time of day of some programs; it goes on by itself, and never back."""

    def __init__(self, path: str) -> None:
        """Take over the file that they look at."""
        descriptor = os.open(path, os.O_RDWR)
        self.place = mmap.mmap(descriptor, 8)
        os.close(descriptor)

    def now(self) -> int:
        """Return what they see, in milliseconds since 1970."""
        return (time.time_ns() + int.from_bytes(self.place[:8], sys.byteorder, signed=True)) // 1_000_000

    def forward(self, until: int) -> int:
        """Let it be a later moment, and return it."""
        now = max(self.now(), until)
        self.place[:8] = pack("=q", now * 1_000_000 - time.time_ns())
        return now


class Topic:
    """The topic, with somebody who sends messages."""

    def __init__(self, java: Any, servers: str, name: str, clock: Clock) -> None:
        """Make the topic, with the broker's own time in each message."""
        self.java, self.name, self.clock = java, name, clock
        self.kafka = java.org.apache.kafka
        properties = java.java.util.Properties()
        properties.put("bootstrap.servers", servers)
        # A moment's messages of a partition come together.
        properties.put("linger.ms", "0")
        admin = self.kafka.clients.admin.AdminClient.create(properties)
        made = self.kafka.clients.admin.NewTopic(name, PARTITIONS, 1)
        made.configs(java.java.util.Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"))
        admin.createTopics(java.java.util.List.of(made)).all().get()
        admin.close()
        values = self.kafka.common.serialization.ByteArraySerializer
        self.producer = self.kafka.clients.producer.KafkaProducer(properties, values(), values())
        self.sent: list[list[bytes]] = [[] for _ in range(PARTITIONS)]

    def send(self, messages: Sequence[Sent], begin: int) -> None:
        """Send messages, each when the broker's clock is its time."""
        record = self.kafka.clients.producer.ProducerRecord
        last = None
        for at, partition, value in messages:
            if at != last:
                self.producer.flush()
                self.clock.forward(begin + at)
                last = at
            self.producer.send(record(self.name, partition, None, value))
            self.sent[partition].append(value)
        self.producer.flush()


@dataclass
class Program:
    """An emitted program that runs until it is stopped."""

    path: str
    more: Mapping[str, str]
    logs: list[Path] = field(default_factory=list)
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in a group of its own, for Spark is its child."""
        log_file = Path(f"{Path(self.path).stem}.{len(self.logs)}.log")
        self.logs.append(log_file)
        with log_file.open("wb") as output:
            self.child = subprocess.Popen(
                [sys.executable, self.path],
                env={**os.environ, **self.more},
                start_new_session=True,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def stop(self, how: signal.Signals) -> None:
        """End it, and wait until it has."""
        if self.child is not None and self.child.poll() is None:
            os.killpg(self.child.pid, how)
        if self.child is not None:
            self.child.wait()

    def require(self) -> None:
        """Stop where it has ended by itself."""
        if self.child is None or self.child.poll() is not None:
            message = f"{self.path} has ended:\n{self.logs[-1].read_text()[-4000:]}"
            raise RuntimeError(message)

    def said(self) -> Iterator[dict[str, Any]]:
        """Return what it has reported."""
        for log_file in self.logs:
            for line in log_file.read_text().splitlines():
                if line.startswith("{"):
                    yield json.loads(line)


def until(what: str, condition: Callable[[], bool], programs: Sequence[Program], patience: float = PATIENCE) -> bool:
    """Wait until something is so; by default, that it never is is an error."""
    deadline = time.monotonic() + patience
    while not condition():
        for program in programs:
            program.require()
        if time.monotonic() > deadline:
            if patience == PATIENCE:
                message = f"{what} takes too long"
                raise TimeoutError(message)
            return False
        time.sleep(0.1)
    return True


@contextmanager
def talking(port: int) -> Iterator[Callable[[Mapping[str, Any]], tuple[int, Any]]]:
    """Ask for many predictions by one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(body: Mapping[str, Any]) -> tuple[int, Any]:
        connection.request("POST", "/predict", json.dumps(body), {"content-type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    try:
        yield ask
    finally:
        connection.close()


def duration(started: float) -> str:
    """Return how long something took."""
    return str(timedelta(seconds=round(time.monotonic() - started)))
