"""The log and the features of the project, said a second time: one message after the other, one event after the other."""

from __future__ import annotations

import json
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import naive
from naive import DAY, HOUR, MINUTE

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATENESS, AHEAD = 20 * MINUTE, DAY
GROWTH = 1.01 / 0.99
Place = tuple[int, int]
Event = dict[str, Any]


def micros(moment: datetime) -> int:
    """Return an instant in microseconds since 1970."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def parsed(value: bytes | None) -> Event | None:
    """Read a message, or None where it is malformed."""
    try:
        row = json.loads((value or b"").decode("utf-8"), parse_float=Decimal, parse_int=Decimal)
        points = row["points"]
        return {
            "payment_id": row["payment_id"],
            "card_id": row["card_id"],
            "merchant_id": row["merchant_id"],
            "amount": row["amount"].quantize(Decimal("0.01"), ROUND_HALF_UP),
            "points": None if points is None else float(points),
            "paid_at": micros(datetime.fromisoformat(row["paid_at"])),
        }
    except (ValueError, KeyError, TypeError):
        return None


def judged(messages: Iterable[tuple[int, int, int, bytes | None]]) -> tuple[dict[Place, str], list[Event]]:
    """Return the verdict of each message, and the accepted events."""
    verdicts: dict[Place, str] = {}
    accepted: dict[tuple[str, int], Event] = {}
    for partition, offset, at, value in sorted(messages, key=lambda each: (each[2], each[0], each[1])):
        row = parsed(value)
        verdict = verdict_of(row, at)
        if row is not None and verdict == "":
            first = accepted.get((row["payment_id"], row["paid_at"]))
            if first is None:
                known = {"known": at, "e": min(at, row["paid_at"])}
                accepted[row["payment_id"], row["paid_at"]] = row | known
                verdict = "accepted"
            else:
                verdict = "duplicate" if row.items() <= first.items() else "conflict"
        verdicts[partition, offset] = verdict
    return verdicts, list(accepted.values())


def verdict_of(row: Event | None, at: int) -> str:
    """Return the verdict of what is no row that counts, else nothing."""
    if row is None or row["paid_at"] - at > AHEAD:
        return "malformed"
    if at - row["paid_at"] > LATENESS:
        return "too_late"
    return "" if row["amount"] > 0 else "failed_check"


def deviation(values: Sequence[float]) -> float | None:
    """Return the standard deviation of a sample."""
    return statistics.stdev(values) if len(values) > 1 else None


def percentile(values: Sequence[Any], fraction: float) -> float | None:
    """Return the middle of the bucket of the least value that enough are not above."""
    if not values:
        return None
    value = float(sorted(values)[max(math.ceil(fraction * len(values)), 1) - 1])
    if value == 0:
        return 0.0
    bucket = math.ceil(math.log(abs(value)) / math.log(GROWTH))
    return math.copysign(GROWTH**bucket * 2 / (GROWTH + 1), value)


def mean(values: Sequence[Any]) -> float | None:
    """Return the average of doubles."""
    return math.fsum(values) / len(values) if values else None


def mean_amount(values: Sequence[Any]) -> Decimal | None:
    """Return the average of amounts, as a decimal(16,6)."""
    if not values:
        return None
    with localcontext(prec=60):
        return (sum(values) / len(values)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def picked(pick: Callable[..., Event], value: str, by: str | None = None) -> Callable[[Sequence[Event]], Any]:
    """Return the value of the event that is the first or the last by something."""

    def find(events: Sequence[Event]) -> Any:
        taken = [each for each in events if each[by or value] is not None]
        if not taken:
            return None
        order = lambda each: (*([each[by]] if by else []), each["e"], each["known"], each["payment_id"], each["paid_at"])  # noqa: E731
        return pick(taken, key=order)[value]

    return find


def of(function: Callable[[list[Any]], Any], column: str) -> Callable[[Sequence[Event]], Any]:
    """Return a function of the values that are there."""
    return lambda events: function([each[column] for each in events if each[column] is not None])


def distinct(values: Sequence[Any]) -> int | None:
    """Count different values."""
    return len(set(values)) or None


# By output: over what, and what of it.
WINDOWS: Mapping[str, tuple[int, Callable[[Sequence[Event]], Any]]] = {
    **{f"payment_count_{name}": (over, len) for name, over in {"10m": 10 * MINUTE, "1h": HOUR, "24h": DAY, "7d": 7 * DAY}.items()},
    "many_6h": (6 * HOUR, lambda rows: sum(each["amount"] > 50 for each in rows)),
    **{f"spend_{name}": (over, of(naive.total, "amount")) for name, over in {"1h": HOUR, "24h": DAY, "7d": 7 * DAY}.items()},
    **{
        f"score_{name}": (over, of(lambda values: math.fsum(values) if values else None, "points"))
        for name, over in {"6h": 6 * HOUR, "7d": 7 * DAY}.items()
    },
    "mean_10m": (10 * MINUTE, of(mean, "points")),
    "mean_24h": (DAY, of(mean, "points")),
    "mean_amount_24h": (DAY, of(mean_amount, "amount")),
    "spread_1h": (HOUR, of(deviation, "points")),
    "smallest_24h": (DAY, of(naive.smallest, "amount")),
    "largest_1h": (HOUR, of(naive.largest, "amount")),
    "largest_7d": (7 * DAY, of(naive.largest, "amount")),
    **{f"merchants_{name}": (over, of(naive.approx_distinct, "merchant_id")) for name, over in {"1h": HOUR, "24h": DAY, "7d": 7 * DAY}.items()},
    "shops_1h": (HOUR, of(distinct, "merchant_id")),
    "first_merchant_6h": (6 * HOUR, picked(min, "merchant_id")),
    "last_merchant_24h": (DAY, picked(max, "merchant_id")),
    "cheapest_24h": (DAY, picked(min, "merchant_id", "amount")),
    "usual_24h": (DAY, of(lambda values: percentile(values, 0.5), "amount")),
    "any_large_6h": (6 * HOUR, of(lambda values: any(value > 90 for value in values) if values else None, "amount")),
}
LONGEST = max(over for over, _ in WINDOWS.values())


@dataclass(frozen=True)
class Question:
    """What the service was asked, and when."""

    drain: int
    card: str
    at: int
    amount: Decimal | None
    merchant: str | None


class Oracle:
    """The features of the whole log."""

    def __init__(self, accepted: Iterable[Event], delay: int) -> None:
        """Take the events of the group."""
        self.delay = delay
        self.events: dict[str, list[Event]] = defaultdict(list)
        for each in accepted:
            if each["card_id"] is not None and each["merchant_id"] not in (None, "internal"):
                self.events[each["card_id"]].append(each)

    def known(self, question: Question, over: int, size: int) -> list[Event]:
        """Return the events of a window as of the question."""
        first = naive.floor(question.at, size) - over
        before = question.at - self.delay
        return [each for each in self.events.get(question.card, ()) if each["known"] < before and each["e"] >= first]

    def features(self, question: Question) -> tuple[dict[str, Any], float]:
        """Return all inputs of the model, and the sum of the sizes of the doubles that they are of."""
        near = self.known(question, LONGEST, HOUR)
        values: dict[str, Any] = {}
        for output, (over, function) in WINDOWS.items():
            first = naive.floor(question.at, naive.tile(over)) - over
            values[f"card_velocity__{output}"] = function([each for each in near if each["e"] >= first])
        size = math.fsum(abs(each["points"]) for each in near if each["points"] is not None)
        return values | derived(values, question), size


def derived(values: Mapping[str, Any], question: Question) -> dict[str, Any]:
    """Return what follows from windows, the request and the moment."""
    score, spend, spent, usual, largest, last = (
        values[f"card_velocity__{name}"] for name in ("score_7d", "spend_1h", "spend_7d", "usual_24h", "largest_7d", "last_merchant_24h")
    )
    amount, merchant = question.amount, question.merchant
    with localcontext(prec=60):
        ratio = None if spend is None or not spent else (spend / spent).quantize(Decimal(1).scaleb(-16), ROUND_HALF_UP)
    return {
        "card_velocity__score_per_payment": None if score is None else score / values["card_velocity__payment_count_7d"],
        "card_velocity__spend_ratio": ratio,
        "payment_context__amount": amount,
        "payment_context__merchant_id": merchant,
        "payment_context__amount_to_usual": None if amount is None or not usual else float(amount) / usual,
        "payment_context__hour_of_day": datetime.fromtimestamp(question.at // naive.SECOND, UTC).hour,
        "payment_context__is_largest": None if amount is None or largest is None else amount > largest,
        "payment_context__is_same_merchant": None if merchant is None or last is None else merchant == last,
    }
