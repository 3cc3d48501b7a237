"""Payments made by hand whose features are worked out by hand: `write` adds them, `check` compares.

What counts at a moment is decided by when it was known, not by when it happened: a payment that
arrives ten minutes late is in no window before that, whichever tile it falls into.
"""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from tables import read_table  # noqa: E402 (lies beside the oracle)

# Old enough for their labels to be known in any run of the example.
DAY = datetime(2026, 2, 3, tzinfo=UTC)
FILE = "part-planted.parquet"

# (transaction, card, happened, received, amount, merchant, country)
PAYMENTS = [
    # Within an hour: `late` is known only after `before_it_is_known` was asked about.
    ("minute_first", "h00001", "10:00:05", "10:00:06", "100.00", "m1", "FR"),
    ("minute_late", "h00001", "10:02:30", "10:09:00", "50.00", "m2", "DE"),
    ("minute_before_it_is_known", "h00001", "10:05:00.500", "10:05:01", "10.00", "m1", "FR"),
    ("minute_after_it_is_known", "h00001", "10:12:00", "10:12:01", "20.00", "m3", "FR"),
    # Across a full hour, as late as may be, and asked about at the very moment it gets known.
    ("hour_first", "h00002", "08:55:00", "08:55:01", "40.00", "m1", "FR"),
    ("hour_late", "h00002", "08:59:59.999", "09:09:59.999", "60.00", "m2", "ES"),
    ("hour_before_it_is_known", "h00002", "09:05:00", "09:05:01", "30.00", "m1", "FR"),
    ("hour_as_it_gets_known", "h00002", "09:09:59.999", "09:10:00.500", "5.00", "m3", "FR"),
    ("hour_after_it_is_known", "h00002", "09:10:00", "09:10:01", "7.00", "m1", "FR"),
    # A window's tail falls on a tile: an event on the edge is in, one a millisecond before is not.
    ("edge_before", "h00003", "11:59:59.999", "12:00:00.100", "13.00", "m2", "FR"),
    ("edge_on_it", "h00003", "12:00:00", "12:00:00", "11.00", "m1", "FR"),
    ("edge_asked", "h00003", "12:10:00", "12:10:00.200", "2.00", "m1", "FR"),
    ("edge_same_tile", "h00003", "12:10:59.999", "12:11:01", "3.00", "m1", "FR"),
]

OUTPUTS = (
    "payment_count_10m",
    "payment_count_1h",
    "payment_count_24h",
    "spend_1h",
    "spend_7d",
    "largest_7d",
    "merchants_24h",
    "foreign_count_24h",
    "spend_ratio",
)
# The values of OUTPUTS at the moment of each payment.
WANTED = {
    "minute_first": (0, 0, 0, None, None, None, None, 0, None),
    "minute_late": (1, 1, 1, 100.0, 100.0, 100.0, 1, 0, 1.0),
    "minute_before_it_is_known": (1, 1, 1, 100.0, 100.0, 100.0, 1, 0, 1.0),
    "minute_after_it_is_known": (2, 3, 3, 160.0, 160.0, 100.0, 2, 1, 1.0),
    "hour_first": (0, 0, 0, None, None, None, None, 0, None),
    "hour_late": (1, 1, 1, 40.0, 40.0, 40.0, 1, 0, 1.0),
    "hour_before_it_is_known": (1, 1, 1, 40.0, 40.0, 40.0, 1, 0, 1.0),
    "hour_as_it_gets_known": (1, 2, 2, 70.0, 70.0, 40.0, 1, 0, 1.0),
    "hour_after_it_is_known": (1, 3, 3, 130.0, 130.0, 60.0, 2, 1, 1.0),
    "edge_before": (0, 0, 0, None, None, None, None, 0, None),
    "edge_on_it": (0, 0, 0, None, None, None, None, 0, None),
    "edge_asked": (1, 2, 2, 24.0, 24.0, 13.0, 2, 0, 1.0),
    "edge_same_tile": (2, 3, 3, 26.0, 26.0, 13.0, 2, 0, 1.0),
}


def moment(text: str) -> datetime:
    """Read a time of the day."""
    hours, minutes, seconds = text.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def write(project: Path) -> None:
    """Put the payments beside those of the generator, in a file of the same schema."""
    folder = project / "lake" / "raw" / "transactions"
    schema = pq.read_schema(folder / "part-00.parquet")
    rows = [
        {
            "transaction_id": name,
            "card_id": card,
            "merchant_id": merchant,
            "amount": Decimal(amount),
            "currency": "EUR",
            "country": country,
            "created_at": moment(happened),
            "ingested_at": moment(received),
        }
        for name, card, happened, received, amount, merchant, country in PAYMENTS
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / FILE)


def check(project: Path) -> int:
    """Compare the training set's rows; the exit code says whether all are right."""
    table = read_table(project / "lake" / "fraud_detection" / "training" / "fraud_score")
    rows = {row["transaction_id"]: row for row in table.to_pylist()}
    wrong = 0
    for name, wanted in WANTED.items():
        row = rows.get(name, {})
        for output, value in zip(OUTPUTS, wanted, strict=True):
            found = row.get(f"card_velocity__{output}", "nothing")
            if found != value:
                wrong += 1
                print(f"{name}: {output} is {found}, wanted {value}")
    return 1 if wrong else 0


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["write", "check"])
    parser.add_argument("--project", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.action == "check":
        return check(arguments.project)
    write(arguments.project)
    return 0


if __name__ == "__main__":
    sys.exit(main())
