"""The project `everything` as its definitions read, one row at a time: what every table must hold."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property
from typing import Any

import naive
from data import EPOCH, START, single
from naive import DAY, HOUR, MINUTE, Judged, Source

Row = dict[str, Any]

READINGS = Source(
    key=["Station.Name", "sensor id"],
    event_time="seen at",
    ingested_at="arrivedAt",
    lateness=HOUR,
    columns=["Station.Name", "sensor id", "seen at", "arrivedAt", "val`ue", "count", "ratio", "Group", "état 😀", "select", "small"],
    required=["Station.Name", "sensor id", "seen at", "arrivedAt", "__ok"],
    times=[],
    checks=[
        ("in_range", lambda row: row["val`ue"] is not None and row["val`ue"] > -1000),
        (
            "known_group",
            lambda row: row["Group"] in (None, "a", "B", "it's", "é") and row["small"] in (None, single(0.1), 2.5),
        ),
    ],
)
VISITS = Source(
    key=["id"],
    event_time="at_time",
    ingested_at=None,
    lateness=None,
    columns=["id", "customer_id", "at_time", "local_time", "page", "counts", "seen", "raw", "score", "day"],
    required=["id", "customer_id", "at_time", "__ok"],
    times=[],
    checks=[("named", lambda row: row["page"] is not None)],
)
ORDERS = Source(
    key=["order_id"],
    event_time="ordered_at",
    ingested_at="loaded_at",
    lateness=2 * DAY,
    columns=["order_id", "customer_id", "ordered_at", "loaded_at", "amount", "fee", "quantity", "state", "paid"],
    required=["order_id", "ordered_at", "loaded_at", "paid", "__ok"],
    times=[],
)
CUSTOMERS = Source(
    key=["customer_id"],
    event_time="changed_at",
    ingested_at=None,
    lateness=None,
    columns=["customer_id", "changed_at", "name", "age", "limit", "credit", "member", "born", "last_seen"],
    required=["customer_id", "changed_at", "__ok"],
    times=[],
)
SOURCES = {"readings": READINGS, "visits": VISITS, "orders": ORDERS, "customers": CUSTOMERS}


def content(row: Row, source: Source) -> bytes:
    """Equal where rows are equal, and in the order of the first column that differs."""
    shown = {name: row[name] for name in source.columns if name != source.ingested_at and row[name] is not None}
    return json.dumps(shown, default=str, ensure_ascii=False).encode()


naive.content = content


def nan_last(value: Any) -> Any:
    """Spark's order: NaN is greater than all else."""
    return (isinstance(value, float) and math.isnan(value), value)


def quotient(total: Decimal, by: Decimal | int, scale: int) -> Decimal:
    """Divided, and rounded half up to so many places."""
    with localcontext(prec=100):
        return (total / by).quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


def added(values: Sequence[Any]) -> Any:
    """A sum, NULL for nothing."""
    with localcontext(prec=100):
        return sum(values) if values else None


def mean(scale: int | None) -> Callable[[Sequence[Any]], Any]:
    """An average: exact with so many places, or of doubles."""

    def average(values: Sequence[Any]) -> Any:
        if not values:
            return None
        return added([float(value) for value in values]) / len(values) if scale is None else quotient(added(values), len(values), scale)

    return average


def least(values: Sequence[Any]) -> Any:
    """The minimum, NULL for nothing."""
    return min(values, key=nan_last) if values else None


def greatest(values: Sequence[Any]) -> Any:
    """The maximum, NULL for nothing."""
    return max(values, key=nan_last) if values else None


def distinct(values: Sequence[Any]) -> int | None:
    """Of other types than strings, their text is counted."""
    return naive.approx_distinct([str(value) for value in values])


def variance(values: Sequence[Any]) -> float | None:
    """The variance of a sample, in two passes."""
    if len(values) < 2:
        return None
    numbers = [float(value) for value in values]
    middle = sum(numbers) / len(numbers)
    return sum((number - middle) * (number - middle) for number in numbers) / (len(numbers) - 1)


def deviation(values: Sequence[Any]) -> float | None:
    """The square root of the variance."""
    found = variance(values)
    return None if found is None else math.sqrt(found)


def different(values: Sequence[Any]) -> int | None:
    """The number of different values, 1,000 for more; NULL for nothing."""
    return min(len({nan_last(value) if value == value else "NaN" for value in values}), 1000) if values else None


def percentile(fraction: float) -> Callable[[Sequence[Any]], float | None]:
    """The value that enough others are not above, as the middle of its bucket, which is at most 1 % away."""
    growth = 1.01 / 0.99

    def found(values: Sequence[Any]) -> float | None:
        if not values:
            return None
        exact = sorted(map(float, values), key=nan_last)[max(math.ceil(fraction * len(values)), 1) - 1]
        if exact == 0 or math.isinf(exact) or math.isnan(exact):
            return exact
        # The power alone may be beyond what a double can hold.
        half = growth ** (math.ceil(math.log(abs(exact)) / math.log(growth)) / 2)
        middle = half * (2 / (growth + 1)) * half
        if abs(middle - abs(exact)) > 0.0100001 * abs(exact):
            raise AssertionError(f"{middle} for {exact}")
        return math.copysign(middle, exact)

    return found


def every(values: Sequence[bool]) -> bool | None:
    """Whether all are true, NULL for nothing."""
    return all(values) if values else None


def some(values: Sequence[bool]) -> bool | None:
    """Whether any is true, NULL for nothing."""
    return any(values) if values else None


@dataclass(frozen=True)
class Placed:
    """A value of a row, and what the row is compared by."""

    place: tuple[Any, ...]
    value: Any


def of_first(values: Sequence[Placed]) -> Any:
    """The value of the least row."""
    return min(values, key=lambda each: each.place).value if values else None


def of_last(values: Sequence[Placed]) -> Any:
    """The value of the greatest row."""
    return max(values, key=lambda each: each.place).value if values else None


def placed(column: str, by: str | None = None, source: Source = READINGS) -> Callable[[Row], Placed | None]:
    """Take a column of rows, which are compared by another, and by their order."""

    def value(row: Row) -> Placed | None:
        if row[column] is None or (by is not None and row[by] is None):
            return None
        known = naive.floor(row[str(source.ingested_at)], naive.MILLISECOND)
        order = (min(row[source.event_time], known), known, *(row[name] for name in source.key), row[source.event_time])
        return Placed(order if by is None else (nan_last(row[by]), *order), row[column])

    return value


@dataclass(frozen=True)
class Aggregate:
    """A row of the table of aggregates: windows are (suffix, length)."""

    name: str
    function: Callable[[Sequence[Any]], Any]
    windows: Sequence[tuple[str, int | None]]
    value: Callable[[Row], Any] = lambda row: 1
    where: Callable[[Row], bool | None] = lambda row: True


LENGTHS: Mapping[str, int | None] = {
    "10m": 10 * MINUTE, "1h": HOUR, "6h": 6 * HOUR, "12h": 12 * HOUR, "1d": DAY, "2d": 2 * DAY, "7d": 7 * DAY, "30d": 30 * DAY, "all": None,
}  # fmt: skip


def aggregate(name: str, function: Callable[[Sequence[Any]], Any], windows: str, column: str | None = None, **more: Any) -> Aggregate:
    """One line per aggregate."""
    if column is not None:
        more["value"] = lambda row: row[column]
    return Aggregate(name, function, [(each, LENGTHS[each]) for each in windows.split()], **more)


SENSOR = [
    aggregate("n", len, "10m 1h 30d all"),
    aggregate("e", added, "1h 12h all", "val`ue"),
    aggregate("known", mean(14), "1h 7d", "val`ue"),
    aggregate("total", added, "1h all", "count"),
    aggregate("mean", mean(None), "12h all", "count"),
    aggregate("lowest", least, "1h all", "ratio"),
    aggregate("highest", greatest, "12h all", "ratio"),
    aggregate("first_group", least, "7d", "Group"),
    aggregate("last_day", greatest, "all", "select"),
    aggregate("any_on", greatest, "1h 7d", "état 😀"),
    aggregate("groups", distinct, "1h all", "Group"),
    aggregate("days", distinct, "30d", "select"),
    aggregate("low_sum", added, "1h 7d", "small", where=lambda row: row["ratio"] is None or row["ratio"] < 0.5),
    aggregate("half", added, "all", value=lambda row: row["count"] / 2, where=lambda row: row["état 😀"] is False),
    aggregate("kinds", different, "1h all", "Group"),
    aggregate("ratios", different, "12h 30d", "ratio"),
    aggregate("p90", percentile(0.9), "1h 30d", "ratio"),
    aggregate("median", percentile(0.5), "12h all", "val`ue"),
    aggregate("lowest_third", percentile(0.3), "all", "count", where=lambda row: row["état 😀"] is False),
    aggregate("lows", len, "1h all", value=lambda row: True if row["ratio"] is not None and row["ratio"] < 0.5 else None),
    aggregate("ratio_var", variance, "12h all", "ratio"),
    aggregate("value_dev", deviation, "1h 7d", "val`ue"),
    aggregate("counts_dev", deviation, "1h all", "count", where=lambda row: row["ratio"] is not None and row["ratio"] < 0.5),
    aggregate("all_on", every, "1h 7d", "état 😀"),
    aggregate("some_on", some, "1h all", value=lambda row: None if row["ratio"] is None else nan_last(row["ratio"]) > (False, 0.9)),
    aggregate("earliest", of_first, "1h 30d", value=placed("Group")),
    aggregate("latest", of_last, "10m 12h all", value=placed("val`ue")),
    aggregate("latest_day", of_last, "7d all", value=placed("select"), where=lambda row: row["état 😀"] is False),
    aggregate("at_lowest", of_first, "12h all", value=placed("Group", "ratio")),
    aggregate("at_highest", of_last, "1h all", value=placed("val`ue", "Group")),
    aggregate("at_largest", of_last, "1h 7d", value=placed("état 😀", "val`ue")),
]
VISITOR = [
    aggregate("visits", len, "6h 2d"),
    aggregate("score", mean(18), "2d all", "score"),
    aggregate("days", len, "all", "day"),
]
BUYING = [
    aggregate("amount", added, "1d all", "amount"),
    aggregate("fee", mean(8), "1d all", "fee"),
    aggregate("largest", greatest, "all", "amount"),
    aggregate("quantity", added, "1d", "quantity"),
]


def evaluated(
    group: str, aggregates: Sequence[Aggregate], events: Sequence[Row], source: Source, t: int, size: int | None = None, delay: int = 0
) -> Row:
    """The outputs of a windowed group for the events of one entity."""
    found: Row = {}
    for each in aggregates:
        for suffix, length in each.windows:
            rows = naive.in_window(events, t, length, source.event_time, source.ingested_at, delay, size)
            values = [each.value(row) for row in rows if each.where(row) is True]
            found[f"{group}__{each.name}_{suffix}"] = each.function([value for value in values if value is not None])
    return found


@dataclass(frozen=True)
class Oracle:
    """What the tables must hold once everything before `end` was run."""

    raw: Mapping[str, Sequence[Row]]
    end: int

    @cached_property
    def judged(self) -> Mapping[str, list[Judged]]:
        """Every verdict; rows without any time are in every interval."""
        found = {}
        for name, source in SOURCES.items():
            inside = []
            for each in naive.judge(self.raw[name], source):
                time = naive.interval_time(each, source)
                if time is None or START <= time < self.end:
                    inside.append(each)
            found[name] = inside
        return found

    def accepted(self, name: str) -> list[Row]:
        """Accepted rows; `ingested_at` is cut to the millisecond."""
        source = SOURCES[name]
        rows = []
        for each in self.judged[name]:
            if each.verdict == "accepted":
                row = {column: each.row[column] for column in source.columns}
                if source.ingested_at:
                    row[source.ingested_at] = naive.known_at(each.row, source)
                rows.append(row)
        return rows

    @cached_property
    def tables(self) -> Mapping[str, list[Row]]:
        """Accepted rows by source."""
        return {name: self.accepted(name) for name in SOURCES}

    def paid_orders(self) -> list[Row]:
        """The transform, of what was known at the end."""
        rows = []
        for order in self.tables["orders"]:
            if order["loaded_at"] >= self.end:
                continue
            station, sensor, _ = order["order_id"].split("/")
            row = {
                name: order[name] for name in ("order_id", "customer_id", "ordered_at", "loaded_at", "amount", "fee", "quantity", "paid")
            }
            rows.append(row | {"Station.Name": station, "sensor id": int(sensor)})
        return rows

    def cost(self, order: Row) -> tuple[object, ...]:
        """What an order costs, with the latest name of its customer."""
        versions = [row for row in self.tables["customers"] if row["customer_id"] == order["customer_id"] and row["changed_at"] < self.end]
        name = max(versions, key=lambda row: row["changed_at"])["name"] if versions else None
        fee, quantity = order["fee"], order["quantity"]
        return order["order_id"], order["ordered_at"], name, None if None in (fee, quantity) else float(fee * quantity)

    def observations(self) -> list[tuple[Row, int]]:
        """Orders whose label is known, with their own time."""
        found = []
        for row in self.paid_orders():
            own = naive.effective_time(row, "ordered_at", "loaded_at")
            if own <= self.end - DAY:
                found.append((row, naive.floor(own, naive.MILLISECOND)))
        return found

    def features(self, row: Row, t: int) -> Row:
        """All features of an order at t."""
        found = self.sensor(row["Station.Name"], row["sensor id"], t) | self.customer(row["customer_id"], t)
        fee, quantity, credit = row["fee"], row["quantity"], found["profile__credit"]
        cost = None if None in (fee, quantity, credit) or credit == 0 else quotient(fee * quantity, credit, 15)
        moment = EPOCH + timedelta(microseconds=t)
        asked = {"fee": fee, "quantity": quantity, "costs": cost, "at_night": moment.hour < 6 or moment.isoweekday() in (6, 7)}
        return found | {f"asked__{name}": value for name, value in asked.items()}

    def sensor(self, station: str, sensor: int, t: int) -> Row:
        """Features of a sensor."""
        events = [
            row for row in self.tables["readings"]
            if (row["Station.Name"], row["sensor id"]) == (station, sensor) and row["count"] is not None
        ]  # fmt: skip
        found = evaluated("sensor_stats", SENSOR, events, READINGS, t)
        total, n = found["sensor_stats__total_1h"], found["sensor_stats__n_1h"]
        highest, lowest = found["sensor_stats__highest_all"], found["sensor_stats__lowest_all"]
        found["sensor_stats__per_reading"] = total / n if total is not None and n else None
        found["sensor_stats__spread"] = None if None in (highest, lowest) else highest - lowest
        return found

    def customer(self, customer: str | None, t: int) -> Row:
        """Features of a customer."""

        def of(name: str) -> list[Row]:
            return [row for row in self.tables[name] if row["customer_id"] == customer and customer is not None]

        columns = ["name", "age", "limit", "credit", "member", "born", "last_seen"]
        gone = {"deleted": lambda row: row["name"] == ""}
        latest = naive.latest(of("customers"), t, columns, ["customer_id"], "changed_at", None, 2 * HOUR, **gone)
        profile = {f"profile__{name}": value for name, value in latest.items()}
        profile["profile__is_adult"] = None if latest["age"] is None else latest["age"] >= 18
        return (
            evaluated("visitor", VISITOR, of("visits"), VISITS, t, size=2 * HOUR)
            | evaluated("buying", BUYING, of("orders"), ORDERS, t, delay=90 * MINUTE)
            | profile
        )
