"""What each message of a topic is, said a second time: without Spark, one message after the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

AHEAD = timedelta(days=1)
Place = tuple[int, int]


def parsed(value: bytes | None) -> dict[str, Any] | None:
    """Read a message, or None where it is malformed."""
    try:
        row = json.loads((value or b"").decode("utf-8"), parse_float=Decimal)
        if not isinstance(row, dict):
            return None
        amount = row["amount"]
        return {
            "payment_id": text(row["payment_id"]),
            "cardId": text(row["cardId"]),
            "amount": None if amount is None else Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP),
            "paid_at": datetime.fromisoformat(row["paid_at"]).astimezone(UTC),
            "tags": row["tags"],
        }
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None


def text(value: object) -> str:
    """Return a value that has to be a text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def record(text: str) -> list[str | None] | None:
    """Read one record of CSV, letter by letter; None where it is none. What is empty is NULL, in quotes too."""
    if "\0" in text:
        return None
    while text.endswith(("\r", "\n")):
        text = text[:-1]
    values: list[str | None] = []
    at = 0
    while True:
        value: list[str] = []
        quoted = text[at : at + 1] == '"'
        if quoted:
            at += 1
            while True:
                if at == len(text):
                    return None
                if text[at] == '"':
                    if text[at + 1 : at + 2] != '"':
                        break
                    at += 1
                value.append(text[at])
                at += 1
            at += 1
        else:
            while at < len(text) and text[at] not in ',"\r\n':
                value.append(text[at])
                at += 1
        values.append("".join(value) or None)
        if at == len(text):
            return values
        if text[at] != ",":
            return None
        at += 1


def judged(
    messages: Sequence[tuple[int, int, datetime, bytes | None]], lateness: timedelta, intervals: Sequence[Any]
) -> tuple[dict[Place, str], dict[tuple[str, datetime], tuple[Any, ...]]]:
    """Return the verdict of each message, and the rows that are accepted."""
    verdicts: dict[Place, str] = {}
    accepted: dict[tuple[str, datetime], tuple[Any, ...]] = {}
    first: dict[tuple[str, datetime], dict[str, Any]] = {}
    for partition, offset, naive, value in sorted(messages, key=lambda each: (each[2], each[0], each[1])):
        at = naive.astimezone(UTC)
        row = parsed(value)
        verdict = verdict_of(row, at, lateness)
        if row is not None and verdict == "":
            identity = (row["payment_id"], row["paid_at"].astimezone().replace(tzinfo=None))
            if identity not in first:
                first[identity], verdict = row, "accepted"
                accepted[identity] = (row["cardId"], row["amount"], naive)
            else:
                verdict = "duplicate" if first[identity] == row else "conflict"
        verdicts[partition, offset] = verdict
    return verdicts, accepted


def verdict_of(row: dict[str, Any] | None, at: datetime, lateness: timedelta) -> str:
    """Return the verdict of what is no row that counts, else nothing."""
    if row is None or row["paid_at"] - at > AHEAD:
        return "malformed"
    if at - row["paid_at"] > lateness:
        return "too_late"
    if row["amount"] is None or row["amount"] <= 0:
        return "failed_check"
    return ""
