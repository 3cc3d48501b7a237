"""Rows of every type for the accounts, and what Feast is to say of them: `python rows.py PROJECT`."""

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

AT = datetime(2026, 1, 2, 10, tzinfo=UTC)
ODD = "odd 'name\""
TIME = pa.timestamp("us", tz="UTC")
# Column, type, value, and what is read of it.
COLUMNS = [
    ("flag", pa.bool_(), True, True),
    ("tiny", pa.int8(), -7, -7),
    ("small", pa.int16(), 300, 300),
    ("whole", pa.int32(), -70_000, -70_000),
    ("big", pa.int64(), 2**53 - 1, 2**53 - 1),
    ("single", pa.float32(), 0.25, 0.25),
    ("real", pa.float64(), 0.1, 0.1),
    ("exact", pa.decimal128(12, 2), Decimal("12.30"), "12.30"),
    ("text", pa.string(), "a 'text' – with ✓", "a 'text' – with ✓"),
    ("raw", pa.binary(), b"\x00\xff", "00ff"),
    ("day", pa.date32(), date(2300, 2, 28), "2300-02-28T00:00:00+00:00"),
    ("moment", TIME, datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC), "1999-12-31T23:59:59+00:00"),
    (ODD, pa.string(), "odd", "odd"),
    ("tags", pa.list_(pa.string()), ["a", "b"], ["a", "b"]),
    ("scores", pa.list_(pa.float64()), [0.5, 2.0], [0.5, 2.0]),
    ("address", pa.struct([("city", pa.string()), ("zip", pa.string())]), {"city": "Lyon"}, None),
]


def main() -> None:
    """Write one row with all values, and one with none; print questions and answers."""
    columns = {
        "shop": pa.array([1, 1], pa.int32()),
        "account_id": pa.array([2**40, 5], pa.int64()),
        "changed_at": pa.array([AT, AT], TIME),
        "seen_at": pa.array([AT, AT], TIME),
        **{name: pa.array([value, None], kind) for name, kind, value, _ in COLUMNS},
    }
    folder = Path(sys.argv[1]) / "lake" / "raw" / "accounts"
    folder.mkdir(parents=True)
    pq.write_table(pa.table(columns), folder / "part.parquet")
    read = {name: value for name, _, _, value in COLUMNS if name != "address"}
    read |= {"changed_at": AT.isoformat(), "doubled": 0.2}
    keys = [{"shop": 1, "account_id": 2**40}, {"shop": 1, "account_id": 5}, {"shop": 2, "account_id": 5}]
    empty = dict.fromkeys(read)
    rows = [keys[0] | read, keys[1] | empty | {"changed_at": AT.isoformat()}, keys[2] | empty]
    answer = {"features": [f"account_profile:{name}" for name in read], "entities": keys, "rows": rows}
    print(json.dumps(answer))


main()
