"""Compare the tables of a finished run of fraud_detection with the oracle.

Prints what was compared, for people and as one JSON object in the last line; ends with exit code 1 where anything differs.
"""

import argparse
import json
import math
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import naive
import pyarrow as pa
from fraud import SOURCES, Oracle, micros
from naive import Row
from sampling import identity, sample
from tables import read_table


def main() -> int:
    """Compare and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path(), help="folder with the lake")
    parser.add_argument("--interval-start", type=datetime.fromisoformat, required=True)
    parser.add_argument("--interval-end", type=datetime.fromisoformat, required=True)
    parser.add_argument("--sample", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    lake = arguments.project / "lake"
    start, end = micros(arguments.interval_start), micros(arguments.interval_end)
    oracle = Oracle(lake / "raw", start, end)
    chance = random.Random(arguments.seed)
    tables = lake / "fraud_detection"
    compared: dict[str, object] = {}
    differences: list[str] = []
    for source in SOURCES:
        compared[f"verdicts/{source}"] = verdicts(oracle, tables, source, differences)
        compared[f"sources/{source}"] = accepted(oracle, tables, source, differences)
    compared["transforms/labelled_payments"] = labelled(oracle, tables, differences)
    compared["training/fraud_score"] = training(
        oracle, tables, chance, arguments.sample, differences
    )
    compared["scoring/fraud_review"] = scoring(
        oracle, tables, chance, arguments.sample, differences
    )
    compared["online"] = online(oracle, tables, chance, arguments.sample, differences)
    print(json.dumps({"compared": compared, "differences": differences[:50]}, indent=2))
    print(json.dumps({"ok": not differences, "differences": len(differences), "compared": compared}))
    return 1 if differences else 0


def table(path: Path) -> list[Row]:
    """The rows of a Delta table, instants in microseconds."""
    rows = read_table(path)
    for number, column in enumerate(rows.schema):
        if pa.types.is_timestamp(column.type):
            rows = rows.set_column(number, column.name, rows.column(number).cast(pa.int64()))
    return rows.to_pylist()


def same_rows(
    name: str,
    expected: Iterable[tuple[object, ...]],
    found: Iterable[tuple[object, ...]],
    differences: list[str],
) -> int:
    """Compare two tables as multisets."""
    want, have = Counter(expected), Counter(found)
    for row, times in sorted((want - have).items(), key=repr)[:10]:
        differences.append(f"{name}: {times} x missing {row}")
    for row, times in sorted((have - want).items(), key=repr)[:10]:
        differences.append(f"{name}: {times} x unexpected {row}")
    return sum(have.values())


def verdicts(oracle: Oracle, tables: Path, source: str, differences: list[str]) -> object:
    """Every verdict on every row."""
    key = SOURCES[source].key
    expected = [
        (
            each.verdict,
            each.check,
            *(each.row[name] for name in key),
            each.event_time,
            each.ingested_at,
        )
        for each in oracle.judged(source)
    ]
    found = [
        (
            row["verdict"],
            row["check"],
            *(row["key"][name] for name in key),
            row["event_time"],
            row["ingested_at"],
        )  # type: ignore[index]
        for row in table(tables / "verdicts" / source)
    ]
    same_rows(f"verdicts/{source}", expected, found, differences)
    return dict(sorted(Counter(str(row[0]) for row in found).items()))


def accepted(oracle: Oracle, tables: Path, source: str, differences: list[str]) -> int:
    """Every accepted row, all columns."""
    columns = SOURCES[source].columns
    expected = [tuple(row[name] for name in columns) for row in oracle.accepted(source)]
    found = [tuple(row[name] for name in columns) for row in table(tables / "sources" / source)]
    return same_rows(f"sources/{source}", expected, found, differences)


def labelled(oracle: Oracle, tables: Path, differences: list[str]) -> int:
    """Every row of the transform."""
    columns = [
        "transaction_id",
        "card_id",
        "amount",
        "country",
        "created_at",
        "ingested_at",
        "is_fraud",
    ]
    expected = [tuple(row[name] for name in columns) for row in oracle.labelled()]
    path = tables / "transforms" / "labelled_payments"
    found = [tuple(row[name] for name in columns) for row in table(path)]
    return same_rows("transforms/labelled_payments", expected, found, differences)


def training(
    oracle: Oracle, tables: Path, chance: random.Random, size: int, differences: list[str]
) -> object:
    """Which rows are in the training set, their labels, and the features of a sample."""
    found = table(tables / "training" / "fraud_score")
    columns = ["transaction_id", "created_at", "is_fraud"]
    observations = oracle.observations()
    expected = [tuple(row[name] for name in columns) for row, _ in observations]
    same_rows(
        "training/fraud_score",
        expected,
        [tuple(row[n] for n in columns) for row in found],
        differences,
    )
    observed = {identity(row): (row, t) for row, t in observations}
    asked = [
        (observed[identity(row)][0] | row, observed[identity(row)][1])
        for row in found
        if identity(row) in observed
    ]
    chosen, special = sample(oracle, asked, size, chance)
    for row, t in chosen:
        compare(f"training/fraud_score {row['transaction_id']}", oracle, row, t, differences)
    return {"rows": len(found), "features_compared": len(chosen), "of_these": special}


def scoring(
    oracle: Oracle, tables: Path, chance: random.Random, size: int, differences: list[str]
) -> object:
    """Which rows are to be scored, and the features of a sample as of the end."""
    found = table(tables / "scoring" / "fraud_review")
    columns = ["transaction_id", "created_at"]
    expected = [tuple(row[name] for name in columns) for row in oracle.payments]
    same_rows(
        "scoring/fraud_review",
        expected,
        [tuple(row[n] for n in columns) for row in found],
        differences,
    )
    recent = sorted(found, key=lambda row: -int(str(row["created_at"])))[: size // 2]
    chosen = recent + chance.sample(found, min(size // 2, len(found)))
    payments = {identity(row): row for row in oracle.payments}
    for scored in chosen:
        row = payments[identity(scored)] | scored
        compare(
            f"scoring/fraud_review {row['transaction_id']}", oracle, row, oracle.end, differences
        )
    return {"rows": len(found), "features_compared": len(chosen)}


def compare(name: str, oracle: Oracle, row: Row, t: int, differences: list[str]) -> None:
    """Compare the features of one row."""
    amount = float(str(row["amount"]))
    country = None if row["country"] is None else str(row["country"])
    for feature, value in oracle.features(str(row["card_id"]), t, amount, country).items():
        if feature not in row or not equal(value, row[feature]):
            differences.append(f"{name} at {t}: {feature} is {row.get(feature)}, wanted {value}")


def equal(left: object, right: object) -> bool:
    """Doubles agree within 1e-9 of their size, all else exactly."""
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)
    return left == right


def online(
    oracle: Oracle, tables: Path, chance: random.Random, size: int, differences: list[str]
) -> object:
    """The stores as of the end: tiles merged by hand, latest values."""
    t, cards = oracle.end, sorted(oracle.cards_of)
    chosen = chance.sample(cards, min(size, len(cards)))
    with closing(sqlite3.connect(tables / "online" / "card_velocity.sqlite")) as store:
        store.row_factory = sqlite3.Row
        for card in chosen:
            tiles = store.execute("SELECT * FROM tiles WHERE card_id = ?", [card]).fetchall()
            merged = merge_tiles([dict(tile) for tile in tiles], t)
            for name, value in oracle.velocity(card, t).items():
                if not equal(value, merged[name]):
                    differences.append(f"online {card}: {name} is {merged[name]}, wanted {value}")
    with closing(sqlite3.connect(tables / "online" / "card_profile.sqlite")) as store:
        store.row_factory = sqlite3.Row
        for card in chosen:
            row = store.execute("SELECT * FROM latest WHERE card_id = ?", [card]).fetchone()
            for name, value in oracle.profile(card, t).items():
                column = name.removeprefix("card_profile__")
                if not equal(value, row and row[column]):
                    differences.append(
                        f"online {card}: {name} is {row and row[column]}, wanted {value}"
                    )
    return {"cards": len(chosen)}


def merge_tiles(tiles: list[Row], t: int) -> dict[str, object]:
    """Windows from tiles, by hand."""

    def values(partial: str, length: int) -> list[object]:
        size = naive.tile(length)
        start = naive.floor(t, size) - length
        return [
            tile[partial]
            for tile in tiles
            if int(str(tile["tile_seconds"])) * naive.SECOND == size
            and start <= int(str(tile["tile_start"])) * naive.MILLISECOND <= t
            and tile[partial] is not None
        ]

    def sketch(parts: list[object]) -> int | None:
        union = naive.datasketches.hll_union(12)
        for part in parts:
            union.update(naive.datasketches.hll_sketch.deserialize(part))
            union.update(naive.datasketches.hll_sketch.deserialize(part))
        return round(union.get_estimate()) if parts else None

    minutes, hours, days = naive.MINUTE, naive.HOUR, naive.DAY
    merged = {
        "payment_count_10m": sum(values("payment_count__count", 10 * minutes)),  # type: ignore[arg-type]
        "payment_count_1h": sum(values("payment_count__count", hours)),  # type: ignore[arg-type]
        "payment_count_24h": sum(values("payment_count__count", 24 * hours)),  # type: ignore[arg-type]
        "spend_1h": naive.total(values("spend__sum", hours)),  # type: ignore[arg-type]
        "spend_7d": naive.total(values("spend__sum", 7 * days)),  # type: ignore[arg-type]
        "largest_7d": naive.largest(values("largest__max", 7 * days)),  # type: ignore[arg-type]
        "merchants_24h": sketch(values("merchants__sketch", 24 * hours)),
        "foreign_count_24h": sum(values("foreign_count__count", 24 * hours)),  # type: ignore[arg-type]
    }
    return {f"card_velocity__{name}": value for name, value in merged.items()}


if __name__ == "__main__":
    sys.exit(main())
