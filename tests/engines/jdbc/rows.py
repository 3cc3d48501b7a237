"""Print what the tables of the project hold, each row as psql prints it: `rows.py ROOT`."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from deltalake import DeltaTable

sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))

from tables import read_table

COLUMNS = "refund_id order_id amount whole note small large ratio paid day tags raw local_at refunded_at seen_at".split()


def text(value: object) -> str:
    """A value as PostgreSQL prints it."""
    match value:
        case None:
            return ""
        case bool():
            return "t" if value else "f"
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            micros = f".{moment.microsecond:06}".rstrip("0").rstrip(".")
            return f"{moment:%Y-%m-%d %H:%M:%S}{micros}{'+00' if value.tzinfo else ''}"
        case bytes():
            return "\\x" + value.hex()
        case list():
            return "{" + ",".join("NULL" if each is None else str(each) for each in value) + "}"
        case float():
            return repr(value).removesuffix(".0")
    return str(value)


root = sys.argv[1]
for row in read_table(f"{root}/sources/refunds").to_pylist():
    print("row", "|".join(text(row[name]) for name in COLUMNS))
for verdict, count in Counter(read_table(f"{root}/verdicts/refunds")["verdict"].to_pylist()).items():
    print("verdict", verdict, count)
print("version", DeltaTable(f"{root}/sources/refunds").version())
