"""Make the example's raw data: card transactions, card master data and chargebacks.

The same seed gives the same files. Besides ordinary payments it plants everything that a data path
has to cope with, and prints as JSON what it planted. Fraud comes in bursts on one card: one payment
of a burst looks like any other, so only velocity and the share of recent spend give it away.
"""

import argparse
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

START = pd.Timestamp("2026-01-01", tz="UTC")
MILLISECOND = 1_000
SECOND = 1_000 * MILLISECOND
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LATENESS = 10 * MINUTE
DISPUTE_LATENESS = 12 * HOUR
COUNTRIES = np.array(["FR", "DE", "ES", "IT", "BE", "NL", "GB", "US"])
COUNTRY_SHARES = np.array([0.45, 0.15, 0.1, 0.1, 0.06, 0.05, 0.05, 0.04])

TRANSACTIONS = pa.schema(
    [
        ("transaction_id", pa.string()),
        ("card_id", pa.string()),
        ("merchant_id", pa.string()),
        ("amount", pa.decimal128(12, 2)),
        ("currency", pa.string()),
        ("country", pa.string()),
        ("created_at", pa.timestamp("us", tz="UTC")),
        ("ingested_at", pa.timestamp("us", tz="UTC")),
    ]
)
CARDS = pa.schema(
    [
        ("card_id", pa.string()),
        ("home_country", pa.string()),
        ("credit_limit", pa.float64()),
        ("updated_at", pa.timestamp("us", tz="UTC")),
    ]
)
CHARGEBACKS = pa.schema(
    [
        ("transaction_id", pa.string()),
        ("reported_at", pa.timestamp("us", tz="UTC")),
        ("received_at", pa.timestamp("us", tz="UTC")),
    ]
)


@dataclass(frozen=True)
class World:
    """What the generator draws from: chance, and the cards with their habits."""

    chance: np.random.Generator
    days: int
    home: np.ndarray
    limit: np.ndarray
    typical: np.ndarray
    rate: np.ndarray

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return len(self.home)

    @property
    def span(self) -> int:
        """Length of the whole time in microseconds."""
        return self.days * DAY


def main() -> None:
    """Write the files and say what is in them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("lake/raw"), help="folder of the files")
    parser.add_argument("--cards", type=int, default=2_400)
    parser.add_argument("--days", type=int, default=101)
    parser.add_argument("--rate", type=float, default=0.9, help="payments of a card on a day")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    world = make_world(np.random.default_rng(arguments.seed), arguments)
    payments = pd.concat([ordinary(world), bursts(world)], ignore_index=True)
    payments = with_identity(world, payments)
    transactions, planted = spoil(world, payments)
    cards, card_plants = card_versions(world, payments)
    chargebacks, dispute_plants = disputes(world, payments)
    write(transactions, arguments.out / "transactions", TRANSACTIONS, parts=8)
    write(cards, arguments.out / "cards", CARDS, parts=1)
    write(chargebacks, arguments.out / "chargebacks", CHARGEBACKS, parts=1)
    summary = {
        "transactions": len(transactions),
        "cards": len(cards),
        "chargebacks": len(chargebacks),
        "fraud": int(payments["fraud"].sum()),
        "first": str(START),
        "last": str(START + pd.Timedelta(days=arguments.days)),
        "planted": planted | card_plants | dispute_plants,
    }
    print(json.dumps(summary, indent=2))


def make_world(chance: np.random.Generator, arguments: argparse.Namespace) -> World:
    """Draw the cards."""
    count = arguments.cards
    return World(
        chance=chance,
        days=arguments.days,
        home=chance.choice(COUNTRIES, count, p=COUNTRY_SHARES),
        limit=np.round(chance.lognormal(7.6, 0.5, count), -2) + 100,
        typical=chance.lognormal(3.2, 0.5, count),
        rate=chance.gamma(4, arguments.rate / 4, count),
    )


def ordinary(world: World) -> pd.DataFrame:
    """Draw what card holders do by themselves, shopping sprees included."""
    chance = world.chance
    card = np.repeat(np.arange(world.cards), chance.poisson(world.rate * world.days))
    hour = chance.normal(14.5, 4.2, len(card)) % 24
    time = chance.integers(0, world.days, len(card)) * DAY + (hour * HOUR).astype(np.int64)
    # A spree: a few payments in a row, at a slower pace than a thief's.
    spree = chance.random(len(card)) < 0.02
    repeats = np.where(spree, chance.integers(2, 5, len(card)), 1)
    card, time = np.repeat(card, repeats), np.repeat(time, repeats)
    order = np.arange(len(card)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    time = time + (order * chance.uniform(4, 25, len(card)) * MINUTE).astype(np.int64)
    abroad = chance.random(len(card)) < 0.06
    return pd.DataFrame(
        {
            "card": card,
            "time": time % world.span,
            "amount": world.typical[card] * chance.lognormal(0, 0.9, len(card)),
            "country": np.where(abroad, chance.choice(COUNTRIES, len(card)), world.home[card]),
            "fraud": False,
        }
    )


def bursts(world: World) -> pd.DataFrame:
    """Draw what thieves do: many ordinary-looking payments with one card within an hour."""
    chance = world.chance
    count = round(world.cards * world.days / 800)
    sizes = chance.integers(6, 14, count)
    card = np.repeat(chance.integers(0, world.cards, count), sizes)
    begin = np.repeat(chance.integers(0, world.span - HOUR, count), sizes)
    gaps = (chance.uniform(0.4, 5, len(card)) * MINUTE).astype(np.int64)
    waits = pd.Series(gaps).groupby(np.repeat(np.arange(count), sizes)).cumsum().to_numpy()
    abroad = chance.random(len(card)) < 0.15
    return pd.DataFrame(
        {
            "card": card,
            "time": np.minimum(begin + waits, world.span - 1),
            "amount": world.typical[card] * chance.lognormal(0.25, 0.9, len(card)),
            "country": np.where(abroad, chance.choice(COUNTRIES, len(card)), world.home[card]),
            "fraud": True,
        }
    )


def with_identity(world: World, payments: pd.DataFrame) -> pd.DataFrame:
    """Give payments their ids, merchants and the times at which they are received."""
    chance = world.chance
    rows = payments.sort_values(["time", "card"], kind="stable").reset_index(drop=True)
    count = len(rows)
    rows["transaction_id"] = [f"t{number:07d}" for number in range(count)]
    rows["card_id"] = [f"c{number:05d}" for number in rows["card"]]
    rows["merchant_id"] = [f"m{number:04d}" for number in chance.zipf(1.3, count) % 1_500]
    rows["currency"] = chance.choice(["EUR", "USD", "GBP"], count, p=[0.85, 0.1, 0.05])
    rows["amount"] = np.maximum(np.round(rows["amount"], 2), 0.01)
    rows.loc[chance.random(count) < 0.01, "country"] = None
    rows["created"] = rows["time"]
    rows["received"] = rows["created"] + (chance.exponential(2, count) * SECOND).astype(np.int64)
    return rows


def spoil(world: World, payments: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Plant edges, late rows, copies and bad rows; each row is spoilt in one way at most."""
    chance = world.chance
    rows = payments.copy()
    kind = pd.Series("plain", index=rows.index)
    shares = {
        "late": 0.03,
        "late_to_the_limit": 0.001,
        "too_late": 0.004,
        "clock_ahead": 0.005,
        "on_minute": 0.004,
        "on_hour": 0.004,
        "on_day": 0.0005,
        "received_at_once": 0.004,
        "tie_with_previous": 0.003,
        "non_positive_amount": 0.002,
        "bad_currency": 0.002,
        "null_merchant": 0.0005,
        "null_card": 0.0003,
        "null_created_at": 0.0003,
        "null_all_times": 0.0001,
        "duplicate": 0.003,
        "duplicate_later": 0.003,
        "duplicate_too_late": 0.0005,
        "conflict": 0.002,
        "conflict_at_once": 0.0005,
        "good_copy_of_bad": 0.0005,
        "new_version": 0.0005,
    }
    following = rows.groupby("card")["created"].shift(-1)
    # Every burst stays whole: spoiling thefts would only blur the signal.
    soon = ~rows["fraud"] & (following - rows["created"]).between(SECOND, LATENESS - SECOND)
    kind[soon & (chance.random(len(rows)) < 0.5)] = "late_behind_next"
    free = np.flatnonzero(~rows["fraud"].to_numpy() & (kind == "plain").to_numpy())
    drawn = chance.permutation(free)
    start = 0
    for name, share in shares.items():
        size = max(4, round(share * len(rows)))
        kind.iloc[drawn[start : start + size]] = name
        start += size
    times(world, rows, kind, following)
    values(rows, kind)
    extra = copies(world, rows, kind)
    everything = pd.concat([rows, extra], ignore_index=True)
    missing = kind.isin(["null_created_at", "null_all_times"])
    everything["created_at"] = to_timestamps(everything["created"])
    everything["ingested_at"] = to_timestamps(everything["received"])
    everything.loc[missing[missing].index, "created_at"] = pd.NaT
    everything.loc[kind[kind == "null_all_times"].index, "ingested_at"] = pd.NaT
    order = everything["received"].argsort(kind="stable")
    planted = Counter(kind[kind != "plain"])
    return everything.iloc[order], dict(sorted(planted.items()))


def times(world: World, rows: pd.DataFrame, kind: pd.Series, following: pd.Series) -> None:
    """Move times to where it hurts."""
    chance = world.chance

    def lag(name: str, low: int, high: int) -> None:
        chosen = kind == name
        delay = chance.integers(low, high, chosen.sum())
        rows.loc[chosen, "received"] = rows.loc[chosen, "created"] + delay

    for name, unit in {"on_minute": MINUTE, "on_hour": HOUR, "on_day": DAY}.items():
        chosen = kind == name
        rows.loc[chosen, "created"] = rows.loc[chosen, "created"] // unit * unit
        lag(name, 0, 2 * SECOND)
        edge = chosen & (chance.random(len(rows)) < 0.5)
        rows.loc[edge, "received"] = rows.loc[edge, "created"]
    lag("late", 1 * MINUTE, LATENESS)
    # Known only when the card has already been used again, or at that very moment.
    behind = kind == "late_behind_next"
    earliest = following[behind].astype(np.int64)
    slack = rows.loc[behind, "created"] + LATENESS - earliest
    share = np.maximum(chance.random(behind.sum()) * 1.1 - 0.1, 0)
    rows.loc[behind, "received"] = earliest + (slack * share).astype(np.int64)
    limit = kind == "late_to_the_limit"
    rows.loc[limit, "created"] = rows.loc[limit, "created"] // MILLISECOND * MILLISECOND
    lag("late_to_the_limit", LATENESS, LATENESS + 1)
    lag("too_late", LATENESS + 1 * MILLISECOND, 3 * DAY)
    lag("clock_ahead", -3 * SECOND, 0)
    lag("received_at_once", 0, 1)
    previous = rows.groupby("card")["received"].shift().fillna(rows["received"]).astype(np.int64)
    tie = kind == "tie_with_previous"
    rows.loc[tie, "created"] = previous[tie]
    lag("tie_with_previous", 0, 1 * SECOND)


def values(rows: pd.DataFrame, kind: pd.Series) -> None:
    """Put in values that checks refuse."""
    bad = kind == "non_positive_amount"
    rows.loc[bad, "amount"] = -rows.loc[bad, "amount"]
    rows.loc[bad & (rows.index % 3 == 0), "amount"] = 0.0
    rows.loc[kind == "bad_currency", "currency"] = "XXX"
    rows.loc[kind == "null_merchant", "merchant_id"] = None
    rows.loc[kind == "null_card", "card_id"] = None
    rows.loc[kind == "good_copy_of_bad", "currency"] = "???"


def copies(world: World, rows: pd.DataFrame, kind: pd.Series) -> pd.DataFrame:
    """Make second rows for events."""
    chance = world.chance

    def copy(name: str) -> pd.DataFrame:
        return rows[kind == name].copy()

    later = copy("duplicate_later")
    later["received"] += chance.integers(1 * MILLISECOND, 5 * MINUTE, len(later))
    too_late = copy("duplicate_too_late")
    too_late["received"] += chance.integers(LATENESS, DAY, len(too_late))
    conflict = copy("conflict")
    conflict["amount"] += 1
    conflict["received"] += chance.integers(1 * MILLISECOND, 60 * SECOND, len(conflict))
    at_once = copy("conflict_at_once")
    at_once["country"] = "CH"
    good = copy("good_copy_of_bad")
    good["currency"] = "EUR"
    good["received"] += 1 * SECOND
    version = copy("new_version")
    version["created"] += chance.integers(1 * SECOND, 5 * DAY, len(version))
    version["created"] = np.minimum(version["created"], world.span - 1)
    version["received"] = version["created"] + 1 * SECOND
    return pd.concat([copy("duplicate"), later, too_late, conflict, at_once, good, version])


def card_versions(world: World, payments: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Describe cards over time: where they live and what they may spend."""
    chance = world.chance
    card = np.arange(world.cards)
    first = pd.DataFrame(
        {
            "card": card,
            "home_country": world.home,
            "credit_limit": world.limit,
            "updated": chance.integers(0, HOUR, world.cards),
        }
    )
    # Some cards are known only after their first payments.
    first.loc[chance.random(world.cards) < 0.02, "updated"] = 5 * DAY
    changed = first.loc[np.repeat(card, chance.poisson(0.8, world.cards))].copy()
    changed["credit_limit"] *= chance.choice([0.5, 1.5, 2.0], len(changed))
    changed["updated"] = chance.integers(0, world.span, len(changed))
    changed.loc[chance.random(len(changed)) < 0.1, "credit_limit"] = np.nan
    moved = chance.random(len(changed)) < 0.1
    changed.loc[moved, "home_country"] = chance.choice(COUNTRIES, moved.sum())
    # Changes at the very moment of a payment are not known to that payment yet.
    sample = payments.sample(min(40, len(payments)), random_state=world.chance.integers(1 << 31))
    same_time = first.loc[sample["card"]].copy()
    same_time["credit_limit"] += 7
    same_time["updated"] = sample["created"].to_numpy()
    copy = changed.head(10).copy()
    conflict = changed.iloc[10:20].copy()
    conflict["credit_limit"] = 1.0
    rows = pd.concat([first, changed, same_time, copy, conflict], ignore_index=True)
    rows["card_id"] = [f"c{number:05d}" for number in rows["card"]]
    rows["updated_at"] = to_timestamps(rows["updated"])
    planted = {
        "card_changes": len(changed),
        "card_changes_at_payments": len(same_time),
        "card_duplicates": len(copy),
        "card_conflicts": len(conflict),
    }
    return rows, planted


def disputes(world: World, payments: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Report thefts after days, and a few payments that were none; the news comes later still."""
    chance = world.chance
    noise = ~payments["fraud"] & (chance.random(len(payments)) < 0.0005)
    noticed = payments["fraud"] & (chance.random(len(payments)) < 0.97)
    rows = payments.loc[noticed | noise, ["transaction_id", "time"]].copy()
    delay = np.clip(chance.gamma(4, 3, len(rows)), 0.5, 29) * DAY
    rows["reported"] = rows["time"] + delay.astype(np.int64)
    overdue = chance.random(len(rows)) < 0.01
    rows.loc[overdue, "reported"] += 30 * DAY
    again = rows.sample(min(20, len(rows)), random_state=world.chance.integers(1 << 31)).copy()
    again["reported"] += 2 * DAY
    unknown = pd.DataFrame({"transaction_id": ["t-unknown"], "reported": [DAY]})
    everything = pd.concat([rows, again, unknown], ignore_index=True)
    # Schemes send what was reported in batches, some hours later.
    lag = np.minimum(chance.gamma(2, 2 * HOUR, len(everything)), DISPUTE_LATENESS).astype(np.int64)
    too_late = chance.random(len(everything)) < 0.01
    lag[too_late] = DISPUTE_LATENESS + chance.integers(1 * HOUR, 5 * DAY, too_late.sum())
    everything["reported_at"] = to_timestamps(everything["reported"])
    everything["received_at"] = to_timestamps(everything["reported"] + lag)
    planted = {
        "disputed_without_theft": int(noise.sum()),
        "disputed_after_a_month": int(overdue.sum()),
        "disputed_twice": len(again),
        "disputed_too_late": int(too_late.sum()),
    }
    return everything.sort_values("received_at", kind="stable"), planted


def to_timestamps(micros: pd.Series) -> pd.Series:
    """Turn microseconds since the start into instants."""
    begin = int(START.timestamp()) * SECOND
    return pd.to_datetime(micros + begin, unit="us", utc=True)


def write(rows: pd.DataFrame, folder: Path, schema: pa.Schema, parts: int) -> None:
    """Write Parquet files of about equal size."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arrays = [column(rows, field) for field in schema]
    table = pa.Table.from_arrays(arrays, schema=schema)
    size = -(-len(rows) // parts)
    for part in range(parts):
        file = folder / f"part-{part:02d}.parquet"
        pq.write_table(table.slice(part * size, size), file, compression="zstd")


def column(rows: pd.DataFrame, field: pa.Field) -> pa.Array:
    """Return a column as Parquet shall hold it."""
    if pa.types.is_decimal(field.type):
        cents = np.round(rows[field.name].to_numpy() * 100).astype(np.int64)
        return pa.array([Decimal(int(cent)).scaleb(-2) for cent in cents], type=field.type)
    return pa.array(rows[field.name], type=field.type, from_pandas=True)


if __name__ == "__main__":
    main()
