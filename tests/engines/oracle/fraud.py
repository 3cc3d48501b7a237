"""The example fraud_detection as the oracle sees it: raw files in, expected tables out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import naive
import pyarrow as pa
import pyarrow.parquet as pq
from naive import DAY, HOUR, MINUTE, Judged, Row, Source

TRANSACTIONS = Source(
    key=["transaction_id"],
    event_time="created_at",
    ingested_at="ingested_at",
    lateness=10 * MINUTE,
    columns=[
        "transaction_id",
        "card_id",
        "merchant_id",
        "amount",
        "currency",
        "country",
        "created_at",
        "ingested_at",
    ],
    required=[
        "transaction_id",
        "card_id",
        "merchant_id",
        "amount",
        "currency",
        "created_at",
        "ingested_at",
    ],
    times=["created_at", "ingested_at"],
    checks=[
        ("positive_amount", lambda row: float(str(row["amount"])) > 0),
        ("known_currency", lambda row: row["currency"] in ("EUR", "USD", "GBP")),
    ],
)
CARDS = Source(
    key=["card_id"],
    event_time="updated_at",
    ingested_at=None,
    lateness=None,
    columns=["card_id", "home_country", "credit_limit", "updated_at"],
    required=["card_id", "updated_at"],
    times=["updated_at"],
)
CHARGEBACKS = Source(
    key=["transaction_id"],
    event_time="reported_at",
    ingested_at="received_at",
    lateness=12 * HOUR,
    columns=["transaction_id", "reported_at", "received_at"],
    required=["transaction_id", "reported_at", "received_at"],
    times=["reported_at", "received_at"],
)
SOURCES = {"transactions": TRANSACTIONS, "cards": CARDS, "chargebacks": CHARGEBACKS}
KNOWN_AFTER = 30 * DAY

# (output, function, length, value, condition)
WINDOWS = [
    ("payment_count_10m", naive.count, 10 * MINUTE, lambda row: 1, None),
    ("payment_count_1h", naive.count, HOUR, lambda row: 1, None),
    ("payment_count_24h", naive.count, 24 * HOUR, lambda row: 1, None),
    ("spend_1h", naive.total, HOUR, lambda row: row["amount"], None),
    ("spend_7d", naive.total, 7 * DAY, lambda row: row["amount"], None),
    ("largest_7d", naive.largest, 7 * DAY, lambda row: row["amount"], None),
    ("merchants_24h", naive.approx_distinct, 24 * HOUR, lambda row: row["merchant_id"], None),
    (
        "foreign_count_24h",
        naive.count,
        24 * HOUR,
        lambda row: 1,
        lambda row: row["country"] is not None and row["country"] != "FR",
    ),
]


def micros(moment: datetime) -> int:
    """An instant in microseconds since 1970."""
    return round(moment.timestamp()) * naive.SECOND + moment.microsecond


@dataclass(frozen=True)
class Oracle:
    """What the tables must hold after one run over [start, end)."""

    raw: Path
    start: int
    end: int

    def rows(self, source: str) -> list[Row]:
        """The raw rows of a source, instants in microseconds."""
        table = pq.read_table(self.raw / source)
        for number, column in enumerate(table.schema):
            if pa.types.is_timestamp(column.type):
                values = table.column(number).cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
                table = table.set_column(number, column.name, values)
        return table.to_pylist()

    @cached_property
    def verdicts(self) -> Mapping[str, list[Judged]]:
        """The verdicts of all sources."""
        return {source: self.judge(source) for source in SOURCES}

    def judged(self, source: str) -> list[Judged]:
        """The verdicts on the raw rows of the interval."""
        return self.verdicts[source]

    def judge(self, source: str) -> list[Judged]:
        """Judge the rows of a source; rows without any time are in every interval."""
        inside = []
        for each in naive.judge(self.rows(source), SOURCES[source]):
            moment = naive.interval_time(each, SOURCES[source])
            if moment is None or self.start <= moment < self.end:
                inside.append(each)
        return inside

    def accepted(self, source: str) -> list[Row]:
        """The accepted rows of a source; `ingested_at` is floored to the millisecond."""
        spec = SOURCES[source]
        rows = [dict(each.row) for each in self.judged(source) if each.verdict == "accepted"]
        for row in rows:
            if spec.ingested_at:
                row[spec.ingested_at] = naive.known_at(row, spec)
        return rows

    @cached_property
    def payments(self) -> list[Row]:
        """The view `payments`."""
        rows = self.accepted("transactions")
        return [row | {"amount": float(str(row["amount"]))} for row in rows]

    @cached_property
    def payments_of(self) -> Mapping[str, list[Row]]:
        """The payments that were known before the end, by card."""
        known = [
            row
            for row in self.payments
            if int(str(row["ingested_at"])) < self.end and int(str(row["created_at"])) < self.end
        ]
        return by(known, "card_id")

    @cached_property
    def cards_of(self) -> Mapping[str, list[Row]]:
        """The versions of each card."""
        return by(self.accepted("cards"), "card_id")

    @cached_property
    def disputed(self) -> frozenset[object]:
        """The ids of the payments whose chargeback was known before the end."""
        known = [row for row in self.accepted("chargebacks") if int(str(row["received_at"])) < self.end]
        return frozenset(row["transaction_id"] for row in known)

    def labelled(self) -> list[Row]:
        """The table `labelled_payments` as of the end."""
        known = [row for rows in self.payments_of.values() for row in rows]
        return [row | {"is_fraud": row["transaction_id"] in self.disputed} for row in known]

    def observations(self) -> list[tuple[Row, int]]:
        """The rows to train on, each with the moment its features are asked for."""
        chosen = []
        for row in self.labelled():
            e = naive.effective_time(row, "created_at", "ingested_at")
            if e <= self.end - KNOWN_AFTER:
                chosen.append((row, naive.floor(e, naive.MILLISECOND)))
        return chosen

    def features(self, card: str, t: int, amount: float, country: str | None) -> dict[str, object]:
        """All inputs of the model for one request."""
        values = self.velocity(card, t) | self.profile(card, t)
        spend_1h, spend_7d = values["card_velocity__spend_1h"], values["card_velocity__spend_7d"]
        limit, home = values["card_profile__credit_limit"], values["card_profile__home_country"]
        del values["card_profile__home_country"]
        foreign = None if country is None or home is None else country != home
        return values | {
            "card_velocity__spend_ratio": ratio(spend_1h, spend_7d),
            "payment_context__amount": amount,
            "payment_context__country": country,
            "payment_context__is_foreign": foreign,
            "payment_context__amount_to_limit": ratio(amount, limit),
            "payment_context__hour_of_day": datetime.fromtimestamp(t // naive.SECOND, UTC).hour,
        }

    def velocity(self, card: str, t: int) -> dict[str, object]:
        """The windows of a card at t."""
        events = self.payments_of.get(card, [])
        values: dict[str, object] = {}
        for output, function, length, value, condition in WINDOWS:
            inside = naive.in_window(events, t, length, "created_at", "ingested_at")
            kept = [value(row) for row in inside if condition is None or condition(row)]
            values[f"card_velocity__{output}"] = function(kept)  # type: ignore[operator]
        return values

    def profile(self, card: str, t: int) -> dict[str, object]:
        """The latest known values of a card at t."""
        columns: Sequence[str] = ["home_country", "credit_limit"]
        events = self.cards_of.get(card, [])
        found = naive.latest(events, t, columns, ["card_id"], "updated_at", None)
        return {f"card_profile__{name}": found[name] for name in columns}


def ratio(left: object, right: object) -> float | None:
    """left / nullif(right, 0)."""
    if left is None or right is None or right == 0:
        return None
    return float(str(left)) / float(str(right))


def by(rows: Sequence[Row], column: str) -> Mapping[str, list[Row]]:
    """Group rows by a column."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row[column])].append(row)
    return groups
