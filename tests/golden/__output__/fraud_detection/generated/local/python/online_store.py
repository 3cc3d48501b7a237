"""Features from the online store: one SQLite file per feature group, replaced as a whole.

A window at t covers the tiles that begin at floor(t) - W or later, where floor cuts t to the tile
size. What a tile holds are partial states; they are merged here, and finished as in batch.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import storage

FORMAT = "1"
LG_REGISTERS = 12
# How many different values are told apart: this many stands for more, too.
MOST_DISTINCT = 1_000
# Buckets of histograms: how much each is greater than the one before, and which values have which.
GROWTH = 1.01 / 0.99
MIDDLE, INFINITE, NOT_A_NUMBER = 50_000, 100_000, 100_001
WIDE = Context(prec=80)
BEGINNING = -(2**62)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class StoreError(Exception):
    """The store cannot be used: it is missing, or of another definition."""


class TooEarlyError(Exception):
    """A moment was asked about that lies before what the store knows."""


@dataclass(frozen=True)
class Key:
    """A key column of an entity, with its type in Spark SQL."""

    name: str
    type: str


@dataclass(frozen=True)
class Latest:
    """A column whose latest value is a feature, with its type in Spark SQL."""

    name: str
    type: str


@dataclass(frozen=True)
class Window:
    """One output of a windowed group. Lengths are in seconds; no length is the whole past.

    Where the value is that of one row, `order` has the types of what rows are compared by.
    """

    output: str
    aggregate: str
    function: str
    type: str
    length: int | None
    tile: int
    order: tuple[str, ...] = ()
    fraction: float = 0.5


@dataclass(frozen=True)
class WindowedGroup:
    """A group whose features are aggregates over windows."""

    name: str
    generation: str
    key: tuple[Key, ...]
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class LatestGroup:
    """A group whose features are the latest known values of columns."""

    name: str
    generation: str
    key: tuple[Key, ...]
    columns: tuple[Latest, ...]


Group = WindowedGroup | LatestGroup


def milliseconds(moment: dt.datetime) -> int:
    """Milliseconds since 1970, cut down."""
    return (moment - EPOCH) // dt.timedelta(milliseconds=1)


def encode(value: Any, data_type: str) -> Any:
    """A value as SQLite holds it."""
    if value is None:
        return None
    match data_type.partition("(")[0]:
        case "boolean":
            return int(value)
        case "decimal":
            return str(value)
        case "timestamp":
            return (value - EPOCH) // dt.timedelta(microseconds=1)
        case "date":
            return (value - EPOCH.date()).days
    return value


DECODE: Mapping[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "decimal": Decimal,
    "timestamp": lambda value: EPOCH + dt.timedelta(microseconds=value),
    "date": lambda value: EPOCH.date() + dt.timedelta(days=value),
    "float": float,
    "double": float,
}


def decode(value: Any, data_type: str) -> Any:
    """A value from SQLite as Python has it."""
    kind = DECODE.get(data_type.partition("(")[0])
    return value if value is None or kind is None else kind(value)


def estimate(sketches: Sequence[bytes]) -> int | None:
    """How many distinct values HLL sketches have seen together; None for none.

    The union goes through a union with itself, so that the estimate does not depend on the order.
    """
    from datasketches import hll_sketch, hll_union  # noqa: PLC0415 (only some groups need it)

    if not sketches:
        return None
    union = hll_union(LG_REGISTERS)
    for sketch in sketches:
        union.update(hll_sketch.deserialize(sketch))
    merged = union.get_result()
    again = hll_union(LG_REGISTERS)
    again.update(merged)
    again.update(merged)
    return math.floor(again.get_result().get_estimate() + 0.5)


Partials = Sequence[Mapping[str, Any]]


def _present(rows: Partials, column: str) -> list[Any]:
    return [row[column] for row in rows if row[column] is not None]


def _count(rows: Partials, window: Window) -> int:
    return sum(_present(rows, f"{window.aggregate}__count"))


def _sum(rows: Partials, window: Window) -> Any:
    values = _present(rows, f"{window.aggregate}__sum")
    if not values:
        return None
    if window.type.startswith("decimal"):
        with localcontext(WIDE):
            return sum((Decimal(value) for value in values), Decimal(0))
    return sum(map(float, values)) if window.type == "double" else sum(values)


def _avg(rows: Partials, window: Window) -> float | Decimal | None:
    count = _count(rows, window)
    sums = _present(rows, f"{window.aggregate}__sum")
    if not count or not sums:
        return None
    if window.type.startswith("decimal"):
        scale = int(window.type.rstrip(")").partition(",")[2])
        with localcontext(WIDE):
            mean = sum((Decimal(value) for value in sums), Decimal(0)) / count
            return mean.quantize(Decimal(1).scaleb(-scale), rounding="ROUND_HALF_UP")
    return sum(map(float, sums)) / count


def _order(value: Any) -> Any:
    """NaN is greater than all else."""
    return (True, 0.0) if isinstance(value, float) and math.isnan(value) else (False, value)


def _extreme(pick: Callable[..., Any], partial: str) -> Callable[[Partials, Window], Any]:
    def finish(rows: Partials, window: Window) -> Any:
        stored = _present(rows, f"{window.aggregate}__{partial}")
        values = [decode(value, window.type) for value in stored]
        return pick(values, key=_order) if values else None

    return finish


def _parts(stored: Any) -> Sequence[Any]:
    """What a partial of several values has: in SQLite it is a text."""
    return json.loads(stored) if isinstance(stored, str) else stored


def _picked(pick: Callable[..., Any], partial: str) -> Callable[[Partials, Window], Any]:
    def finish(rows: Partials, window: Window) -> Any:
        found = [_parts(stored) for stored in _present(rows, f"{window.aggregate}__{partial}")]
        if not found:
            return None

        def place(row: Sequence[Any]) -> list[Any]:
            order = zip(row[:-1], window.order, strict=True)
            return [_order(decode(value, data_type)) for value, data_type in order]

        return decode(pick(found, key=place)[-1], window.type)

    return finish


def _variance(rows: Partials, window: Window) -> float | None:
    """The variance of a sample from the moments of its parts (Chan, Golub and LeVeque 1983)."""
    stored = [_parts(part) for part in _present(rows, f"{window.aggregate}__moments")]
    if not stored:
        return None
    count, mean, m2 = stored[0]
    for more, its_mean, its_m2 in stored[1:]:
        total, distance = count + more, its_mean - mean
        mean += distance * (more / total)
        m2 += its_m2 + distance * distance * (count * more / total)
        count = total
    return m2 / (count - 1) if count > 1 else None


def _deviation(rows: Partials, window: Window) -> float | None:
    variance = _variance(rows, window)
    return None if variance is None else math.sqrt(variance)


def _percentile(rows: Partials, window: Window) -> float | None:
    """The middle of the bucket with the least value that enough values are not above."""
    counts: dict[int, int] = {}
    for stored in _present(rows, f"{window.aggregate}__histogram"):
        for bucket, count in _parts(stored):
            counts[bucket] = counts.get(bucket, 0) + count
    rank = max(math.ceil(window.fraction * sum(counts.values())), 1)
    for bucket in sorted(counts):
        rank -= counts[bucket]
        if rank <= 0:
            return _middle(bucket)
    return None


def _middle(bucket: int) -> float:
    if bucket in (0, NOT_A_NUMBER):
        return 0.0 if bucket == 0 else math.nan
    if abs(bucket) == INFINITE:
        return math.copysign(math.inf, bucket)
    size = 2 / (GROWTH + 1)
    # In two steps: the power alone may be beyond what a double can hold.
    half = (abs(bucket) - MIDDLE) / 2
    return math.copysign(GROWTH**half * size * GROWTH**half, bucket)


def _distinct_values(rows: Partials, window: Window) -> int | None:
    stored = _present(rows, f"{window.aggregate}__values")
    values = {_order(value) for part in stored for value in _parts(part)}
    return min(len(values), MOST_DISTINCT) if values else None


def _distinct(rows: Partials, window: Window) -> int | None:
    return estimate(_present(rows, f"{window.aggregate}__sketch"))


FINISH: Mapping[str, Callable[[Partials, Window], Any]] = {
    "count": _count,
    "count_if": _count,
    "sum": _sum,
    "avg": _avg,
    "min": _extreme(min, "min"),
    "max": _extreme(max, "max"),
    "variance": _variance,
    "stddev": _deviation,
    "bool_and": _extreme(min, "min"),
    "bool_or": _extreme(max, "max"),
    "first": _picked(min, "min"),
    "last": _picked(max, "max"),
    "min_by": _picked(min, "min"),
    "max_by": _picked(max, "max"),
    "count_distinct": _distinct_values,
    "approx_percentile": _percentile,
    "approx_count_distinct": _distinct,
}


def merged(group: WindowedGroup, tiles: Mapping[int, Partials], moment: int) -> dict[str, Any]:
    """The group's outputs at a moment, from the tiles of each size that begin before it."""
    answer = {}
    for window in group.windows:
        edge = moment - moment % (window.tile * 1000)
        first = BEGINNING if window.length is None else edge - window.length * 1000
        rows = [row for row in tiles[window.tile] if row["tile_start"] >= first]
        answer[f"{group.name}__{window.output}"] = FINISH[window.function](rows, window)
    return answer


def starts(group: WindowedGroup, moment: int) -> dict[int, int]:
    """From which start on tiles are needed at a moment, by their size in seconds."""
    answer: dict[int, int] = {}
    for window in group.windows:
        edge = moment - moment % (window.tile * 1000)
        first = BEGINNING if window.length is None else edge - window.length * 1000
        answer[window.tile] = min(first, answer.get(window.tile, first))
    return answer


class Lookup(NamedTuple):
    """One entity of one group, in its store."""

    store: Any
    key: Sequence[Any]


class Store(Protocol):
    """What a service knows of the store of a group, wherever it is."""

    group: Group
    stamp: str | None
    as_of: int

    @property
    def complete_until(self) -> dt.datetime:
        """The moment up to which all that was known then is in the store."""

    def age(self) -> dt.timedelta:
        """How long ago that moment is."""

    def refresh(self) -> bool:
        """Look for what is new; tell whether there is."""

    @staticmethod
    def read(lookups: Sequence[Lookup], at: dt.datetime) -> dict[str, Any]:
        """The outputs of groups whose stores are read together."""


class Place(Protocol):
    """Where the store of a group is, if it is no file."""

    def open(self, group: Group) -> Store:
        """The store of a group."""


@dataclass
class GroupStore:
    """The open file of one group."""

    group: Group
    path: str
    stamp: str | None = None
    as_of: int = 0
    _connection: sqlite3.Connection | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def complete_until(self) -> dt.datetime:
        """The moment up to which all that was known then is in the store."""
        return EPOCH + dt.timedelta(milliseconds=self.as_of)

    def age(self) -> dt.timedelta:
        """How long ago that moment is."""
        return dt.datetime.now(dt.UTC) - self.complete_until

    def refresh(self) -> bool:
        """Open the file anew if it has changed; tell whether it had."""
        stamp = storage.stamp(self.path)
        if stamp is None:
            message = f"there is no online store at {self.path}"
            raise StoreError(message)
        if stamp == self.stamp:
            return False
        connection = self._open()
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        wanted = {"format": FORMAT, "group": self.group.name, "generation": self.group.generation}
        for name, value in wanted.items():
            if meta.get(name) != value:
                connection.close()
                message = f"{self.path} has {name} {meta.get(name)!r}, this program reads {value!r}"
                raise StoreError(message)
        connection.row_factory = sqlite3.Row
        with self._lock:
            previous, self._connection = self._connection, connection
            self.as_of, self.stamp = int(meta["as_of"]), stamp
        if previous is not None:
            previous.close()
        return True

    def _open(self) -> sqlite3.Connection:
        if not storage.is_remote(self.path):
            return _connected(Path(self.path))
        # The copy is unlinked once it is open: the connection keeps it.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store.sqlite"
            storage.download(self.path, path)
            return _connected(path)

    def query(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """Rows for one entity."""
        with self._lock:
            if self._connection is None:
                message = f"the online store of {self.group.name} is not loaded"
                raise StoreError(message)
            return self._connection.execute(sql, values).fetchall()

    @staticmethod
    def read(lookups: Sequence[Lookup], at: dt.datetime) -> dict[str, Any]:
        """The outputs of several groups."""
        answer: dict[str, Any] = {}
        for store, key in lookups:
            answer |= store.features(key, at)
        return answer

    def features(self, key: Sequence[Any], at: dt.datetime) -> dict[str, Any]:
        """The group's outputs for an entity at a moment, named `group__output`."""
        moment = milliseconds(at)
        if moment < self.as_of:
            known = self.complete_until.isoformat()
            message = f"{self.group.name} is known as of {known}, not before"
            raise TooEarlyError(message)
        fields = self.group.key
        encoded = [encode(value, each.type) for value, each in zip(key, fields, strict=True)]
        where = " AND ".join(f"{_quoted(each.name)} = ?" for each in fields)
        if isinstance(self.group, LatestGroup):
            return self._latest(self.group, where, encoded)
        return self._windows(self.group, where, encoded, moment)

    def _latest(self, group: LatestGroup, where: str, key: Sequence[Any]) -> dict[str, Any]:
        names = ", ".join(_quoted(column.name) for column in group.columns)
        rows = self.query(f"SELECT {names} FROM latest WHERE {where}", key)  # noqa: S608 (quoted)
        values = rows[0] if rows else [None] * len(group.columns)
        return {
            f"{group.name}__{column.name}": decode(value, column.type)
            for column, value in zip(group.columns, values, strict=True)
        }

    def _windows(
        self, group: WindowedGroup, where: str, key: Sequence[Any], moment: int
    ) -> dict[str, Any]:
        sql = (
            f"SELECT * FROM tiles WHERE {where} AND tile_seconds = ?"  # noqa: S608 (quoted)
            " AND tile_start >= ? AND tile_start <= ?"
        )
        tiles = {
            size: self.query(sql, [*key, size, start, moment])
            for size, start in starts(group, moment).items()
        }
        return merged(group, tiles, moment)


def _connected(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.execute("SELECT count(*) FROM meta").fetchone()
    return connection


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
