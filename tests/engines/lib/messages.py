"""A log of messages as a topic of three partitions has it: late, too late, ahead, twice, and none."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

BEGIN = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
LATENESS = 20 * MINUTE
PARTITIONS = 3
BROKEN = (b"", b"{", b"[1]", b"{}", b'{"payment_id": "x"}', b"\xff{}")

# partition, offset, ingested_at, timestamp_type, key, value, date
Message = tuple[int, int, datetime, int, None, bytes, Any]


def delay(chance: random.Random) -> int:
    """How many milliseconds a payment is younger than the broker's message of it."""
    kind = chance.random()
    if kind < 0.9:
        return chance.randrange(MINUTE)
    if kind < 0.95:
        return chance.randrange(LATENESS + 1)
    if kind < 0.97:
        return chance.choice([LATENESS, LATENESS + 1, chance.randrange(LATENESS + 1, 3 * HOUR)])
    if kind < 0.99:
        return -chance.randrange(2 * HOUR)
    return -chance.choice([DAY, DAY + 1, DAY + HOUR])


def payment(
    chance: random.Random, number: int, at: datetime, cards: int | None = None
) -> dict[str, Any]:
    """A payment that the broker has at a moment. Some cards are used much more than others."""
    paid_at = at - delay(chance) * MILLISECOND
    card = f"c{min(int(chance.expovariate(0.06)), 80)}"
    if cards is not None:
        card = f"c{int(cards * chance.random() ** 3)}"
    return {
        "payment_id": f"p{number}",
        "card_id": card if chance.random() > 0.01 else None,
        "merchant_id": chance.choice(["internal", *[f"m{shop}" for shop in range(200)]]),
        "amount": round(chance.uniform(-1, 99), 2),
        "points": chance.choice([None, chance.uniform(-1e3, 1e6)]),
        "paid_at": paid_at.isoformat(timespec="microseconds"),
    }


def copies(chance: random.Random, said: dict[str, Any], at: int) -> list[tuple[int, int, bytes]]:
    """What comes once more, some of it changed: at once, in time, too late, in another partition."""
    if chance.random() > 0.05:
        return []
    again = dict(said)
    if chance.random() < 0.3:
        again["amount"] = round(said["amount"] + 1, 2)
    later = chance.choice([0, 0, 1, chance.randrange(1000), chance.randrange(5 * LATENESS)])
    return [(at + later, chance.randrange(PARTITIONS), json.dumps(again).encode())]


def log(chance: random.Random, payments: int, days: int) -> list[Message]:
    """All messages; those of a partition in the order of the broker's time."""
    found: list[tuple[int, int, bytes]] = []
    for number in range(payments):
        # Edges of tiles, and equal times.
        at = chance.choice([chance.randrange(days * DAY), chance.randrange(days * 1440) * MINUTE])
        said = payment(chance, number, BEGIN + at * MILLISECOND)
        found.append((at, chance.randrange(PARTITIONS), json.dumps(said).encode()))
        found += copies(chance, said, at)
        if chance.random() < 0.005:
            found.append((at, chance.randrange(PARTITIONS), chance.choice(BROKEN)))
    chance.shuffle(found)
    found.sort(key=lambda message: message[0])
    return numbered(
        [(BEGIN + at * MILLISECOND, partition, value) for at, partition, value in found]
    )


def numbered(found: list[tuple[datetime, int, bytes]], first: int = 0) -> list[Message]:
    """Give messages their offsets."""
    offsets = Counter(dict.fromkeys(range(PARTITIONS), first))
    messages: list[Message] = []
    for at, partition, value in found:
        messages.append((partition, offsets[partition], at, 1, None, value, at.date()))
        offsets[partition] += 1
    return messages
