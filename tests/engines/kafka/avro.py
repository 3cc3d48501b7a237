"""Avro's binary encoding, said a second time from its specification: messages are written, broken, and read here without Spark."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
DAY_IN_MICROS = 86_400_000_000
# No text, bytes, list or map is longer: see settings.py.
MOST = 16_777_216
WIDTHS = {"int": 32, "long": 64}
Row = dict[str, Any]


class Malformed(Exception):
    """Bytes are not what the schema says."""


class Codec:
    """The messages of one schema."""

    def __init__(self, path: str, framed: bool) -> None:
        with open(path, encoding="utf-8") as file:
            self.schema = json.load(file)
        self.framed = framed
        self.names: dict[str, Any] = {}
        self.collect(self.schema)

    def collect(self, schema: Any) -> None:
        """Learn the types that have names."""
        if isinstance(schema, list):
            for each in schema:
                self.collect(each)
        elif isinstance(schema, dict):
            if "name" in schema:
                self.names[schema["name"]] = schema
            for field in schema.get("fields", ()):
                self.collect(field["type"])
            for inner in ("items", "values"):
                self.collect(schema.get(inner))

    def resolved(self, schema: Any) -> Any:
        """Put a type in place of its name."""
        return self.names.get(schema, schema) if isinstance(schema, str) else schema

    # Writing.

    def message(self, row: Row, dice: random.Random) -> bytes:
        """Write a message."""
        head = b"\0" + dice.randbytes(4) if self.framed else b""
        return head + self.written(self.schema, row, dice)

    def written(self, schema: Any, value: Any, dice: random.Random) -> bytes:
        """Write a value; lists and maps in as many blocks as chance has it, with and without their sizes."""
        schema = self.resolved(schema)
        if isinstance(schema, list):
            index = next(i for i, each in enumerate(schema) if belongs(value, self.resolved(each)))
            return varint(index) + self.written(schema[index], value, dice)
        kind = schema["type"] if isinstance(schema, dict) else schema
        match kind:
            case "null":
                return b""
            case "boolean":
                return b"\1" if value else b"\0"
            case "int" | "long":
                return varint(value)
            case "float":
                return struct.pack("<f", value)
            case "string" | "bytes":
                return varint(len(value)) + value
            case "fixed":
                return value
            case "enum":
                return varint(schema["symbols"].index(value))
            case "record":
                return b"".join(self.written(each["type"], value[each["name"]], dice) for each in schema["fields"])
            case "array":
                return blocks([self.written(schema["items"], each, dice) for each in value], dice)
            case "map":
                return blocks([varint(len(k)) + k + self.written(schema["values"], v, dice) for k, v in value.items()], dice)
        raise AssertionError(kind)

    # Reading.

    def read(self, message: bytes | None) -> Row | None:
        """Read a message, with the values that are declared; None where it is not of the schema."""
        try:
            if message is None or (self.framed and (len(message) < 5 or message[:1] != b"\0")):
                return None
            reader = Reader(message[5:] if self.framed else message)
            row = self.value(self.schema, reader)
            return declared(row) if reader.at == len(reader.data) else None
        except (Malformed, UnicodeDecodeError):
            return None

    def value(self, schema: Any, reader: Reader) -> Any:
        """Read a value."""
        schema = self.resolved(schema)
        if isinstance(schema, list):
            return self.value(one_of(schema, reader.whole("int")), reader)
        kind = schema["type"] if isinstance(schema, dict) else schema
        match kind:
            case "null":
                return None
            case "boolean":
                return reader.take(1) == b"\1"
            case "int" | "long":
                number = reader.whole(kind)
                return number if isinstance(schema, str) else in_time(number, schema["logicalType"])
            case "float":
                return struct.unpack("<f", reader.take(4))[0]
            case "string":
                return reader.take(reader.length())
            case "bytes":
                return decimal(reader.take(reader.length()), schema)
            case "fixed":
                data = reader.take(schema["size"])
                return decimal(data, schema) if "logicalType" in schema else data
            case "enum":
                return one_of(schema["symbols"], reader.whole("int"))
            case "record":
                return {each["name"]: self.value(each["type"], reader) for each in schema["fields"]}
            case "array":
                return [self.value(schema["items"], reader) for _ in reader.items()]
            case "map":
                return {reader.take(reader.length()): self.value(schema["values"], reader) for _ in reader.items()}
        raise AssertionError(kind)


class Reader:
    """Bytes, and how far they have been read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        """Read so many bytes."""
        if self.at + count > len(self.data):
            raise Malformed
        self.at += count
        return self.data[self.at - count : self.at]

    def whole(self, kind: str) -> int:
        """Read a whole number, zigzag and in groups of seven bits; what is beyond its width is not looked at."""
        width = WIDTHS[kind]
        number = 0
        for shift in range(0, width, 7):
            (byte,) = self.take(1)
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                number &= (1 << width) - 1
                return (number >> 1) ^ -(number & 1)
        raise Malformed

    def length(self) -> int:
        """Read how long something is."""
        length = self.whole("long")
        if not 0 <= length <= MOST:
            raise Malformed
        return length

    def items(self) -> Any:
        """Count the items of a list or map, block by block."""
        total = 0
        while count := self.whole("long"):
            if count < 0:
                self.whole("long")
                count = -count
            total += count
            if total > MOST:
                raise Malformed
            yield from range(count)


def varint(number: int) -> bytes:
    """Write a whole number."""
    rest, written = (number << 1) ^ (number >> 63), b""
    while rest > 0x7F:
        written += bytes([rest & 0x7F | 0x80])
        rest >>= 7
    return written + bytes([rest])


def blocks(items: Sequence[bytes], dice: random.Random) -> bytes:
    """Write the items of a list or map."""
    written, at = b"", 0
    while at < len(items):
        block = items[at : at + dice.randrange(1, 4)]
        at += len(block)
        data = b"".join(block)
        sized = dice.random() < 0.5
        written += (varint(-len(block)) + varint(len(data)) if sized else varint(len(block))) + data
    return written + b"\0"


def belongs(value: Any, schema: Any) -> bool:
    """Tell whether a value is of a type of a union."""
    kind = schema["type"] if isinstance(schema, dict) else schema
    if value is None or kind == "null":
        return value is None and kind == "null"
    kinds = {"string": bytes, "bytes": bytes, "int": int, "long": int, "record": dict}
    return isinstance(value, kinds[kind])


def one_of(of: Sequence[Any], index: int) -> Any:
    """Return what has an index."""
    if not 0 <= index < len(of):
        raise Malformed
    return of[index]


def decimal(data: bytes, schema: Any) -> Decimal:
    """Read a decimal out of its bytes."""
    digits = int.from_bytes(data, "big", signed=True)
    if data == b"" or abs(digits) >= 10 ** schema["precision"]:
        raise Malformed
    return Decimal(digits).scaleb(-schema["scale"])


def in_time(number: int, logical: str) -> int:
    """Return a time in microseconds, a date in days."""
    if logical != "timestamp-millis":
        return number
    if not -(2**63) <= number * 1000 < 2**63:
        raise Malformed
    return number * 1000


def declared(row: Row) -> Row:
    """Return what the columns are, with texts as such."""
    shop = row["shop"]
    return {
        "transfer_id": row["transfer_id"].decode(),
        "cardId": None if row["cardId"] is None else row["cardId"].decode(),
        "amount": row["amount"],
        "kind": row["kind"],
        "tags": [None if each is None else each.decode() for each in row["tags"]],
        "limits": {key.decode(): value for key, value in row["limits"].items()},
        "shop": None if shop is None else (shop["name"].decode(), shop["zip"]),
        "serial": row["serial"],
        "fee": row["fee"],
        "reference": row["reference"].decode(),
        "day": row["day"],
        "noted_at": row["noted_at"],
        "score": struct.pack("<d", row["score"]),
        "made_at": row["made_at"],
    }


TEXTS = ("", "a", "é", "Straße 7", "🙂", "\0", "x" * 70)


def transfer(number: str, dice: random.Random, at: datetime) -> Row:
    """Make up a row; its amount is seldom not above zero, and sometimes absent."""
    text = lambda: dice.choice(TEXTS).encode()  # noqa: E731
    maybe = lambda make: make() if dice.random() < 0.8 else None  # noqa: E731
    shop = lambda: {"zip": dice.randrange(-(2**31), 2**31), "name": text(), "open": dice.random() < 0.5}  # noqa: E731
    cents = dice.randrange(1, 10 ** dice.randrange(1, 13)) if dice.random() < 0.95 else dice.randrange(-999, 1)
    return {
        "transfer_id": number.encode(),
        "cardId": maybe(text),
        "amount": None if dice.random() < 0.02 else cents.to_bytes(dice.choice((6, 8)), "big", signed=True),
        "kind": dice.choice(("CARD", "CASH", "CHEQUE")),
        "tags": [maybe(text) for _ in range(dice.randrange(6))],
        "limits": {f"l{i}".encode(): dice.randrange(-(2**63), 2**63) for i in range(dice.randrange(5))},
        "shop": maybe(shop),
        "serial": dice.randbytes(4),
        "fee": dice.randrange(-(10**10) + 1, 10**10).to_bytes(5, "big", signed=True),
        "reference": text(),
        # Of the years -3500 to 3800.
        "day": dice.randrange(-2_000_000, 700_000),
        "noted_at": maybe(lambda: dice.randrange(-(10**17), 10**17)),
        "score": dice.choice((0.0, 1.5, -1e30, float("inf"))),
        "other": dice.choice((None, 7, b"o")),
        "other_shop": maybe(shop),
        "made_at": (at - EPOCH) // timedelta(milliseconds=1),
    }


def broken(message: bytes, dice: random.Random) -> bytes | None:
    """Break a message: most of what comes out is not of the schema, some is."""
    at = dice.randrange(len(message))
    flipped = bytearray(message)
    for _ in range(dice.randrange(1, 4)):
        flipped[dice.randrange(len(message))] = dice.randrange(256)
    return dice.choice(
        (
            bytes(flipped),
            bytes(flipped),
            message[:at],
            message[at:],
            message + dice.randbytes(dice.randrange(1, 6)),
            message + message,
            message[:at] + varint(dice.randrange(-(2**63), 2**63)) + message[at:],
            message[:at] + varint(2 ** dice.randrange(20, 40)) + message[at:],
            b"\0" + dice.randbytes(4) + message,
            bytes([dice.randrange(1, 256)]) + message[1:],
            dice.randbytes(dice.randrange(40)),
            b'{"transfer_id": "t"}',
            b"",
            None,
        )
    )


def judged(rows: Sequence[tuple[int, int, datetime, Row | None]], lateness: timedelta) -> dict[tuple[int, int], str]:
    """Return the verdict of each message, by its place; times are in UTC."""
    verdicts: dict[tuple[int, int], str] = {}
    first: dict[tuple[str, int], Row] = {}
    for partition, offset, at, row in sorted(rows, key=lambda each: (each[2], each[0], each[1])):
        micros = (at - EPOCH) // timedelta(microseconds=1)
        if row is None or row["made_at"] - micros > DAY_IN_MICROS:
            verdict = "malformed"
        elif micros - row["made_at"] > lateness // timedelta(microseconds=1):
            verdict = "too_late"
        elif row["amount"] is None or row["amount"] <= 0:
            verdict = "failed_check"
        else:
            before = first.setdefault((row["transfer_id"], row["made_at"]), row)
            verdict = "accepted" if before is row else "duplicate" if before == row else "conflict"
        verdicts[partition, offset] = verdict
    return verdicts
