"""The semantics of mlspec, straight from their definitions, one row at a time.

Nothing here is fast or shared with what is emitted: that is the point. Instants are integer
microseconds; rows are dictionaries.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import datasketches

MILLISECOND = 1_000
SECOND = 1_000 * MILLISECOND
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

Row = dict[str, object]


@dataclass(frozen=True)
class Source:
    """What a source declares. `checks` are (name, condition) in order; NULL passes."""

    key: Sequence[str]
    event_time: str
    ingested_at: str | None
    lateness: int | None
    columns: Sequence[str]
    required: Sequence[str]
    times: Sequence[str]
    checks: Sequence[tuple[str, Callable[[Row], bool]]] = ()


@dataclass(frozen=True)
class Judged:
    """A raw row with its verdict."""

    row: Row
    verdict: str
    check: str | None
    event_time: int | None
    ingested_at: int | None


def floor(moment: int, size: int) -> int:
    """The start of the tile in which a moment lies."""
    return moment - moment % size


def known_at(row: Row, source: Source) -> int | None:
    """Since when a row is known: floored to the millisecond."""
    moment = row[source.ingested_at or source.event_time]
    return None if moment is None else floor(int(str(moment)), MILLISECOND)


def judge(rows: Iterable[Row], source: Source) -> list[Judged]:
    """Parse, too late, row checks, copies: the first station that objects decides."""
    judged = []
    copies: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        verdict, check = stations(row, source)
        if verdict is None:
            copies.setdefault(identity(row, source), []).append(row)
        else:
            judged.append(verdict_on(row, source, verdict, check))
    for same in copies.values():
        ordered = sorted(same, key=lambda row: (known_at(row, source), content(row, source)))
        first = content(ordered[0], source)
        judged.append(verdict_on(ordered[0], source, "accepted", None))
        for row in ordered[1:]:
            verdict = "duplicate" if content(row, source) == first else "conflict"
            judged.append(verdict_on(row, source, verdict, None))
    return judged


def stations(row: Row, source: Source) -> tuple[str | None, str | None]:
    """The verdict of the stations that look at one row alone."""
    if any(row[name] is None for name in source.required):
        return "malformed", None
    if source.ingested_at and source.lateness is not None:
        known = known_at(row, source)
        if known is not None and known - int(str(row[source.event_time])) > source.lateness:
            return "too_late", None
    for name, passes in source.checks:
        if not passes(row):
            return "failed_check", name
    return None, None


def verdict_on(row: Row, source: Source, verdict: str, check: str | None) -> Judged:
    """Note a verdict with the row's times."""
    event = row[source.event_time]
    known = known_at(row, source) if source.ingested_at else None
    return Judged(row, verdict, check, None if event is None else int(str(event)), known)


def interval_time(judged: Judged, source: Source) -> int | None:
    """To which interval a row belongs: that of its event, or in which a row that is too late got known."""
    event, known = judged.event_time, judged.ingested_at
    if event is None or known is None or source.lateness is None:
        return known if event is None else event
    return known if known - event > source.lateness else event


def identity(row: Row, source: Source) -> tuple[object, ...]:
    """What identifies an event."""
    return (*(row[name] for name in source.key), row[source.event_time])


def content(row: Row, source: Source) -> bytes:
    """The canonical content of a row: JSON of its columns in order, without `ingested_at`."""
    shown: list[str] = []
    for name in source.columns:
        value = row[name]
        if name == source.ingested_at or value is None:
            continue
        if name in source.times:
            moment = datetime.fromtimestamp(0, UTC).timestamp() + int(str(value)) // SECOND
            seconds = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")
            text = f'"{seconds}.{int(str(value)) % SECOND:06d}Z"'
        elif isinstance(value, Decimal):
            text = format(value, "f")
        else:
            text = json.dumps(value, ensure_ascii=False)
        shown.append(f"{json.dumps(name)}:{text}")
    return ("{" + ",".join(shown) + "}").encode()


def effective_time(row: Row, event_time: str, ingested_at: str | None) -> int:
    """e: the earlier of the event time and the moment at which the event is known."""
    event = int(str(row[event_time]))
    known = floor(int(str(row[ingested_at or event_time])), MILLISECOND)
    return min(event, known)


def in_window(
    events: Iterable[Row],
    t: int,
    length: int | None,
    event_time: str,
    ingested_at: str | None,
    delay: int = 0,
    size: int | None = None,
) -> list[Row]:
    """The events of a window at t: floor_h(t) - W <= e and ingested_at + delay < t."""
    start = None if length is None else floor(t, size or tile(length)) - length
    return [
        row
        for row in events
        if floor(int(str(row[ingested_at or event_time])), MILLISECOND) + delay < t
        and (start is None or start <= effective_time(row, event_time, ingested_at))
    ]


def tile(length: int | None) -> int:
    """The tile size that a window has when none is given."""
    if length is None or length > 12 * DAY:
        return DAY
    if length <= HOUR:
        return MINUTE
    return 5 * MINUTE if length <= 12 * HOUR else HOUR


def count(values: Sequence[object]) -> int:
    """Count values that are not NULL."""
    return len(values)


def total(values: Sequence[float]) -> float | None:
    """Sum, NULL for nothing."""
    return sum(values) if values else None


def largest(values: Sequence[float]) -> float | None:
    """Maximum, NULL for nothing."""
    return max(values) if values else None


def smallest(values: Sequence[float]) -> float | None:
    """Minimum, NULL for nothing."""
    return min(values) if values else None


def mean(values: Sequence[float]) -> float | None:
    """Average, NULL for nothing."""
    return sum(values) / len(values) if values else None


def approx_distinct(values: Sequence[str]) -> int | None:
    """Estimate of an HLL sketch (lgK 12) after a union with itself, NULL for nothing."""
    if not values:
        return None
    sketch = datasketches.hll_sketch(12, datasketches.tgt_hll_type.HLL_8)
    for value in values:
        sketch.update(value)
    union = datasketches.hll_union(12)
    union.update(sketch)
    union.update(sketch)
    return round(union.get_estimate())


def latest(
    events: Iterable[Row],
    t: int,
    columns: Sequence[str],
    key: Sequence[str],
    event_time: str,
    ingested_at: str | None,
    delay: int = 0,
    deleted: Callable[[Row], bool] = lambda row: False,
) -> Mapping[str, object]:
    """The columns of the event with the greatest (e, ingested_at, key) that is known at t; none where it says that the entity is gone."""
    moment = ingested_at or event_time
    known = [row for row in events if floor(int(str(row[moment])), MILLISECOND) + delay < t]
    if not known:
        return dict.fromkeys(columns)

    def rank(row: Row) -> tuple[object, ...]:
        return (
            effective_time(row, event_time, ingested_at),
            floor(int(str(row[moment])), MILLISECOND),
            *(row[name] for name in key),
            row[event_time],
        )

    best = max(known, key=rank)  # type: ignore[arg-type, return-value]
    return dict.fromkeys(columns) if deleted(best) else {name: best[name] for name in columns}
