"""Raw data for the project `everything`, made from a seed, with the rows that go wrong in practice.

Each row is made as the oracle shall see it, and written as its system would write it. Instants are microseconds.
A row that is to be malformed has NULL in the column `__ok`.
"""

import base64
import csv
import gzip
import json
import math
import random
import struct
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from naive import DAY, HOUR, MINUTE, SECOND
from pyspark.sql import SparkSession

Row = dict[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STATIONS = ["Nord", "Süd", 'O"Brien, x']
READING = ["Station.Name", "sensor id", "seen at", "arrivedAt", "val`ue", "count", "ratio", "Group", "état 😀", "select", "small"]


def micros(text: str) -> int:
    """An instant in microseconds since 1970."""
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


def instant(value: int) -> datetime:
    """And back."""
    return EPOCH + timedelta(microseconds=value)


def scaled(digits: int, scale: int) -> Decimal:
    """A decimal of any number of digits: the context of `decimal` keeps only 28."""
    return Decimal(f"{digits}E-{scale}")


START = micros("1960-01-01T00:00:00+00:00")
# Bounds of the intervals that are run: half past four in Paris, where a clock is put forward on the 29th.
BOUNDS = ["1960-01-01T00:00:00Z", "2026-03-27T04:30:00+01:00", "2026-03-28T04:30:00+01:00", "2026-03-29T04:30:00+02:00"]
END = micros(BOUNDS[-1])


def single(value: float) -> float:
    """The nearest float."""
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


def maybe(chance: random.Random, value: Any, share: float = 0.1) -> Any:
    """The value, or NULL now and then."""
    return None if chance.random() < share else value


def recent(chance: random.Random) -> int:
    """A moment of the weeks before the end, most of them in the last days; now and then on a tile's edge."""
    moment = END - int(chance.paretovariate(0.6) * 20 * MINUTE)
    moment = max(moment, END - 50 * DAY)
    return moment - moment % HOUR if chance.random() < 0.1 else moment


def reading(chance: random.Random) -> Row:
    """A measurement."""
    seen = recent(chance)
    late = chance.choice([0, 1, 30 * SECOND, HOUR, HOUR + 999, HOUR + 1001, 3 * HOUR, -5 * MINUTE])
    arrived = seen + (late if chance.random() < 0.4 else chance.randint(0, 20 * MINUTE))
    value = scaled(chance.randint(-(10**12), 10**15), 10)
    if chance.random() < 0.05:
        value = chance.choice([Decimal("9999999999.9999999999"), Decimal("-999.9999999999"), Decimal("-1000"), Decimal("1E-10")])
    return {
        "Station.Name": chance.choice(STATIONS),
        "sensor id": chance.randint(1, 3),
        "seen at": seen,
        "arrivedAt": arrived,
        "val`ue": maybe(chance, value),
        "count": maybe(chance, chance.choice([2**55, -7, *range(20)])),
        "ratio": maybe(chance, chance.choice([math.nan, math.inf, -math.inf, *(chance.uniform(-1, 1) for _ in range(20))])),
        "Group": maybe(chance, chance.choice(["a", "B", "it's", "é"] * 5 + ["c", "A"])),
        "état 😀": maybe(chance, chance.random() < 0.5),
        "select": maybe(chance, date(1969, 12, 25) + timedelta(days=chance.randint(0, 14))),
        "small": maybe(chance, single(chance.choice([0.1, 0.1, 2.5, 2.5, 0.1, 7.5]))),
        "__ok": True,
    }


def readings(folder: Path, chance: random.Random, count: int) -> list[Row]:
    """CSV files: other orders of columns, missing columns, empty files, lines that are no rows."""
    folder.mkdir(parents=True)
    rows = [reading(chance) for _ in range(count)]
    for moment in (0, -1, 1, micros("1969-07-20T20:17:40.000123+00:00"), micros("1960-01-01T00:00:00+00:00")):
        rows.append(reading(chance) | {"seen at": moment, "arrivedAt": moment + 1})
    for row in chance.sample(rows[:count], count // 10):
        copy = dict(row)
        change = chance.choice(["none", "later", "other", "same time"])
        if change != "none":
            copy["arrivedAt"] += 0 if change == "same time" else 5 * MINUTE
        if change in ("other", "same time"):
            copy["Group"] = "B" if row["Group"] != "B" else "é"
        rows.append(copy)
    chance.shuffle(rows)
    third = len(rows) // 3
    parts = [rows[:third], rows[third : 2 * third], rows[2 * third :]]
    for row in parts[1]:
        row |= {"select": None, "__removed": True}
    shuffled = chance.sample(READING, len(READING))
    without = [name for name in shuffled if name != "select"]
    write_csv(folder / "a.csv", READING, parts[0])
    # This file goes away later on.
    write_csv(folder / "b with space.csv", without, parts[1])
    write_csv(folder / "c.csv.gz", [*shuffled, "unknown to us"], parts[2])
    write_csv(folder / "d.csv", READING, [])
    (folder / "e.csv").write_text("", encoding="utf-8")
    return rows + broken_readings(folder / "f.csv")


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """One file."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", newline="", encoding="utf-8-sig" if path.name == "a.csv" else "utf-8") as file:
        csv.writer(file).writerow(columns)
        for row in rows:
            texts = [csv_text(name, row.get(name)) for name in columns]
            # An empty value is NULL, in quotes or not.
            quotes = '"' if path.name == "a.csv" else ""
            file.write(",".join(quotes * 2 if text is None else '"' + text.replace('"', '""') + '"' for text in texts) + "\r\n")


def csv_text(name: str, value: Any) -> str | None:
    """A value in CSV."""
    if value is None:
        return None
    if name in ("seen at", "arrivedAt"):
        return instant(value).isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def broken_readings(path: Path) -> list[Row]:
    """Lines that are malformed, each in its own way; what can be read of them is kept."""
    seen, arrived = micros("2026-03-20T10:00:00+00:00"), micros("2026-03-20T10:01:00+00:00")
    whole = dict(zip(READING, ["Nord", 1, seen, arrived, Decimal(1), 1, 0.5, "a", True, None, single(0.1)], strict=True))
    good = ["Nord", "1", "2026-03-20T10:00:00Z", "2026-03-20 10:01:00", "1", "1", "0.5", "a", "true", "", "0.1"]
    changes: list[tuple[int, str, Row]] = [
        (0, "", {"Station.Name": None}),
        (1, "one", {"sensor id": None}),
        (1, "99999999999", {"sensor id": None}),
        (2, "yesterday", {"seen at": None}),
        (2, "", {"seen at": None}),
        (3, "2026-02-30 00:00:00", {"arrivedAt": None}),
        (4, "99999999999", {}),
        (5, "1.5", {}),
        (8, "maybe", {}),
        (9, "2026-02-30", {}),
        (10, "1,5", {}),
    ]
    lines = [READING]
    rows = []
    for place, text, effect in changes:
        lines.append([*good[:place], text, *good[place + 1 :]])
        rows.append({**whole, **effect, "__ok": None})
    lines += [good[:5], [*good, "more"]]
    rows += [{**whole, "__ok": None}, {**whole, "__ok": None}]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)
        # A value with a line break and quotes is one row, and not of a known group.
        csv.writer(file).writerow([*good[:7], 'a "b"\nc', *good[8:]])
    rows.append({**whole, "Group": 'a "b"\nc', "__ok": True})
    return rows


def visits(folder: Path, chance: random.Random, count: int) -> list[Row]:
    """JSON lines."""
    folder.mkdir(parents=True)
    rows = [visit(chance, number) for number in range(count)]
    lines = [json.dumps(visit_json(row), ensure_ascii=chance.random() < 0.5) for row in rows]
    twin = {**rows[0], "id": count, "local_time": datetime(2026, 3, 1, 10, 0, 0, 1)}
    for row in (twin, {**twin, "local_time": datetime(2026, 3, 1, 10, 0, 0, 2)}, twin, {**twin, "customer_id": "c0 "}):
        rows.append(row)
        lines.append(json.dumps(visit_json(row)))
    nothing = dict.fromkeys(rows[0]) | {"__ok": None}
    known = nothing | {"id": 1, "customer_id": "c1", "at_time": micros("2026-03-20T10:00:00+00:00")}
    for line, row in [
        ("{this is no json", nothing),
        ('{"id": 1, "customer_id": "c1"}', known | {"at_time": None}),
        ('{"id": "one", "customer_id": "c1", "at_time": "2026-03-20T10:00:00Z"}', known | {"id": None}),
        ('{"id": 1, "customer_id": "c1", "at_time": "2026-03-20T10:00:00Z", "seen": "perhaps"}', known),
        ('{"id": 1, "customer_id": null, "at_time": "2026-03-20T10:00:00Z"}', known | {"customer_id": None}),
        ('{"id": 1, "customer_id": "c1", "at_time": "2026-03-20T10:00:00Z", "day": "2026-02-30"}', known),
    ]:
        lines.append(line)
        rows.append(row)
    half = len(lines) // 2
    (folder / "1.json").write_text("\n".join(lines[:half]) + "\n\n", encoding="utf-8")
    (folder / "2.json").write_text("\n".join(lines[half:]), encoding="utf-8")
    (folder / "3.json").write_text("", encoding="utf-8")
    return rows


def visit(chance: random.Random, number: int) -> Row:
    """A visit of a page."""
    moment = recent(chance) if number > 3 else (0, -1, 1, micros("1969-07-20T20:17:40.000123+00:00"))[number]
    page = {
        "name": maybe(chance, chance.choice(["home", "cart", "ärger"])),
        "size": maybe(chance, chance.randint(0, 9)),
        "tags": maybe(chance, [maybe(chance, chance.choice("xyz")) for _ in range(chance.randint(0, 3))]),
    }
    return {
        "id": number,
        "customer_id": f"c{chance.randint(0, 11)}",
        "at_time": moment,
        "local_time": maybe(chance, datetime(1965, 1, 1) + timedelta(microseconds=chance.randint(0, 10**15))),
        "page": maybe(chance, page),
        "counts": maybe(chance, {name: maybe(chance, chance.randint(0, 5)) for name in chance.sample("pqr", 2)}),
        "seen": maybe(chance, chance.random() < 0.5, 0.3),
        "raw": maybe(chance, chance.randbytes(5)),
        "score": maybe(chance, scaled(chance.randint(-(10**20), 10**35), 18), 0.3),
        "day": maybe(chance, date(1960, 1, 1) + timedelta(days=chance.randint(0, 30_000))),
        "__ok": True,
    }


def visit_json(row: Row) -> Row:
    """What the system writes: columns without a value are missing, now and then."""
    shown = {name: value for name, value in row.items() if name != "__ok" and (value is not None or row["id"] % 2)}
    shown["at_time"] = instant(row["at_time"]).isoformat()
    if row["local_time"] is not None:
        shown["local_time"] = row["local_time"].isoformat()
    if row["raw"] is not None:
        shown["raw"] = base64.b64encode(row["raw"]).decode()
    if row["score"] is not None:
        shown["score"] = str(row["score"])
    if row["day"] is not None:
        shown["day"] = row["day"].isoformat()
    return shown


def orders(spark: SparkSession, folder: Path, chance: random.Random, count: int) -> list[Row]:
    """A Delta table; some rows arrive days later, some twice."""
    rows = []
    for number in range(count):
        ordered = recent(chance) if number > 2 else number - 1
        loaded = ordered + chance.choice([0, 1, 700, MINUTE, 5 * HOUR, 3 * DAY])
        rows.append(
            {
                "order_id": f"{chance.choice(STATIONS)}/{chance.randint(1, 4)}/{number}",
                "customer_id": f"c{chance.randint(0, 13)}",
                "ordered_at": ordered,
                "loaded_at": loaded,
                "amount": maybe(chance, Decimal(chance.randint(-(10**30), 10**34))),
                "fee": maybe(chance, scaled(chance.randint(0, 10**7), 4)),
                "quantity": maybe(chance, chance.randint(-5, 99)),
                "state": maybe(chance, chance.choice(["open", "closed"])),
                "paid": chance.random() < 0.5,
                "__ok": True,
            }
        )
    for row in chance.sample(rows, count // 20):
        rows.append(row | {"loaded_at": row["loaded_at"] + DAY})
    write_orders(spark, folder, rows)
    return rows


def write_orders(spark: SparkSession, folder: Path, rows: Sequence[Row]) -> None:
    """Write the table as a whole."""
    names = [name for name in rows[0] if name != "__ok"]
    schema = (
        "order_id string, customer_id string, ordered_at timestamp, loaded_at timestamp, amount decimal(38,0), "
        "fee decimal(12,4), quantity tinyint, state string, paid boolean"
    )
    values = [tuple(instant(row[n]) if n in ("ordered_at", "loaded_at") else row[n] for n in names) for row in rows]
    spark.createDataFrame(values, schema).write.format("delta").mode("overwrite").save(str(folder))


def customers(folder: Path, chance: random.Random, count: int) -> list[Row]:
    """Parquet files, of which the older ones lack a column, and one has no rows."""
    rows = []
    for _ in range(count):
        rows.append(
            {
                "customer_id": maybe(chance, f"c{chance.randint(0, 11)}", 0.03),
                "changed_at": recent(chance) if chance.random() < 0.9 else chance.choice([0, -1, 1, -(10**12) - 1]),
                "name": maybe(chance, chance.choice(["Ann", "böb", ""])),
                "age": maybe(chance, chance.choice([17, 18, -32768, 32767])),
                "limit": maybe(chance, chance.choice([math.nan, math.inf, 1.5, -0.25])),
                "credit": maybe(chance, scaled(chance.randint(-(10**9), 10**10 - 1), 3)),
                "member": maybe(chance, chance.random() < 0.5),
                "born": maybe(chance, date(1950, 1, 1) + timedelta(days=chance.randint(0, 20_000))),
                "last_seen": maybe(chance, chance.randint(-(10**15), 10**15)),
            }
        )
    for row in rows:
        row["__ok"] = None if row["customer_id"] is None else True
    half = count // 2
    for row in rows[:half]:
        row["last_seen"] = None
    types = [
        ("customer_id", pa.string()),
        ("changed_at", pa.timestamp("us", tz="UTC")),
        ("name", pa.string()),
        ("age", pa.int16()),
        ("limit", pa.float64()),
        ("credit", pa.decimal128(10, 3)),
        ("member", pa.bool_()),
        ("born", pa.date32()),
        ("last_seen", pa.timestamp("us", tz="UTC")),
    ]
    for name, part, columns in (("old", rows[:half], types[:-1]), ("new", rows[half:], types), ("none", [], types)):
        (folder / name).mkdir(parents=True)
        table = pa.table({column: pa.array([row[column] for row in part], kind) for column, kind in columns})
        pq.write_table(table, folder / name / "part.parquet")
    return rows


def make(spark: SparkSession, raw: Path, seed: int) -> dict[str, list[Row]]:
    """All of it."""
    chance = random.Random(seed)
    return {
        "readings": readings(raw / "readings", chance, 700),
        "visits": visits(raw / "visits", chance, 300),
        "orders": orders(spark, raw / "orders", chance, 200),
        "customers": customers(raw / "customers", chance, 120),
    }
