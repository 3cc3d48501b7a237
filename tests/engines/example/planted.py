"""Count in the example's raw files what the generator has to plant; trust nothing that it says.

The last line on stdout is a JSON object with the checks.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
import naive
from fraud import SOURCES, Oracle
from naive import DAY, HOUR, MILLISECOND, MINUTE, Row

# At least so many of each verdict, and of each trap.
VERDICTS = {"accepted": 200_000, "too_late": 500, "duplicate": 500, "conflict": 200}
VERDICTS |= {"malformed": 100, "failed_check": 500}
AT_LEAST = 100


def lag(row: Row) -> int:
    """How long after it happened a payment was received."""
    return int(str(row["ingested_at"])) - int(str(row["created_at"]))


def on(size: int) -> Callable[[Row], bool]:
    """Whether a payment happened on the edge of a tile."""
    return lambda row: int(str(row["created_at"])) % size == 0


def behind(oracle: Oracle) -> tuple[int, int]:
    """Payments during which an earlier one of the card is not known, or is just getting known."""
    unknown = equal = 0
    for rows in oracle.payments_of.values():
        ordered = sorted(rows, key=lambda row: int(str(row["created_at"])))
        for number, row in enumerate(ordered):
            t = int(str(row["created_at"]))
            before = [int(str(each["ingested_at"])) for each in ordered[max(0, number - 5) : number]]
            unknown += any(naive.floor(known, MILLISECOND) >= t for known in before)
            equal += any(naive.floor(known, MILLISECOND) == naive.floor(t, MILLISECOND) for known in before)
    return unknown, equal


def signal(oracle: Oracle) -> tuple[float, float]:
    """How many payments precede one within the hour, on average: disputed ones, all others."""
    counts: dict[bool, list[int]] = {True: [], False: []}
    for rows in oracle.payments_of.values():
        moments = [int(str(row["created_at"])) for row in rows]
        for row in rows:
            t = int(str(row["created_at"]))
            counts[row["transaction_id"] in oracle.disputed].append(sum(t - HOUR <= e < t for e in moments))
    return (sum(counts[True]) / len(counts[True]), sum(counts[False]) / len(counts[False]))


def main() -> int:
    """Count and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, required=True)
    oracle = Oracle(parser.parse_args().raw, 0, 1 << 62)
    checks: list[dict[str, object]] = []

    def at_least(name: str, found: float, wanted: float) -> None:
        checks.append({"name": f"{name}: {found:,} (at least {wanted:,})", "ok": found >= wanted})

    payments = oracle.accepted("transactions")
    moments = [int(str(row["created_at"])) for row in payments]
    at_least("transactions", len(oracle.judged("transactions")), 200_000)
    at_least("cards", len({row["card_id"] for row in payments}), 2_000)
    at_least("days", (max(moments) - min(moments)) // DAY, 90)
    found = Counter(each.verdict for each in oracle.judged("transactions"))
    for verdict, wanted in VERDICTS.items():
        at_least(f"verdict {verdict}", found[verdict], wanted)
    failed = Counter(each.check for each in oracle.judged("transactions") if each.check)
    for name, _ in SOURCES["transactions"].checks:
        at_least(f"failed check {name}", failed[name], AT_LEAST)
    traps: dict[str, Callable[[Row], bool]] = {
        "late by minutes": lambda row: lag(row) >= MINUTE,
        "as late as may be": lambda row: lag(row) // MILLISECOND == 10 * MINUTE // MILLISECOND,
        "received before it happened": lambda row: lag(row) < 0,
        "received at once": lambda row: lag(row) == 0,
        "on the edge of a minute": on(MINUTE),
        "on the edge of an hour": on(HOUR),
        "on the edge of a day": on(DAY),
        "without a country": lambda row: row["country"] is None,
    }
    for name, holds in traps.items():
        at_least(name, sum(map(holds, payments)), AT_LEAST)
    versions = Counter(row["transaction_id"] for row in payments)
    at_least("new versions of a payment", sum(times > 1 for times in versions.values()), AT_LEAST)
    unknown, equal = behind(oracle)
    at_least("payments while an earlier one is not known", unknown, 10 * AT_LEAST)
    at_least("payments as an earlier one gets known", equal, AT_LEAST)
    at_least("versions of cards", len(oracle.accepted("cards")) - len(oracle.cards_of), 1_000)
    cards = Counter(each.verdict for each in oracle.judged("cards"))
    at_least("copies of card versions", min(cards["duplicate"], cards["conflict"]), 5)
    at_least("disputed payments", len(oracle.disputed), 1_000)
    disputed, others = signal(oracle)
    at_least("payments in the hour before a disputed one", round(disputed, 2), 2)
    at_least("times as many as before another", round(disputed / others, 1), 10)
    print(json.dumps({"checks": checks}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
