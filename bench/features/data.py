"""Make the events and the moments asked about: `data.py FOLDER --events N --questions N`.

The same seed gives the same files. Payments of a card come at any time, at most ten minutes late;
a question is asked of a card as it pays, before that payment is known. Prints what there is.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SECOND = 1_000_000
DAY = 86_400 * SECOND
START = np.datetime64("2026-01-01", "us").astype(np.int64)
PER_CARD = 200
LATEST_QUESTION = 2 * DAY
TIME = pa.timestamp("us", tz="UTC")


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--questions", type=int, required=True)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = np.random.default_rng(options.seed)
    cards = max(options.events // PER_CARD, 2)
    rate = chance.gamma(4, 1, cards)
    card = chance.choice(cards, options.events, p=rate / rate.sum())
    paid = START + chance.integers(0, options.days * DAY, options.events)
    late = np.where(
        chance.random(options.events) < 0.03,
        chance.uniform(0, 590, options.events),
        chance.exponential(1.5, options.events),
    )
    amount = np.round(chance.lognormal(3.2, 0.8, options.events), 2)
    write_payments(options.folder, card, paid, late, amount, options.days)
    early = np.flatnonzero(paid < START + options.days * DAY - LATEST_QUESTION)
    about = chance.choice(early, options.questions, replace=False)
    fraud = chance.random(options.questions) < np.minimum(amount[about] / 400, 0.9)
    questions = {
        "question_id": numbered("q", np.arange(options.questions)),
        "card_id": numbered("c", card[about]),
        "asked_at": pa.array(paid[about], TIME),
        "is_fraud": fraud,
    }
    write(questions, options.folder / "questions", 2)
    interval = [
        f"{np.datetime64(int(START + day * DAY), 'us').astype('datetime64[s]')}Z"
        for day in (0, options.days)
    ]
    print(json.dumps({"cards": [f"c{each}" for each in range(cards)], "interval": interval}))


def write_payments(
    folder: Path,
    card: np.ndarray,
    paid: np.ndarray,
    late: np.ndarray,
    amount: np.ndarray,
    days: int,
) -> None:
    """Write the payments, and one more, which says that all before the end have come in."""
    end = START + days * DAY + 3_600 * SECOND
    card, amount = np.append(card, 0), np.append(amount, 1.0)
    received = np.append(paid + (late * SECOND).astype(np.int64), end)
    paid = np.append(paid, end)
    payments = {
        "payment_id": numbered("p", np.arange(len(card))),
        "card_id": numbered("c", card),
        "amount": amount,
        "paid_at": pa.array(paid, TIME),
        "received_at": pa.array(received, TIME),
    }
    write(payments, folder / "payments", 4)


def numbered(letter: str, numbers: np.ndarray) -> np.ndarray:
    """Names of things that have numbers."""
    return np.char.add(letter, numbers.astype(str))


def write(columns: dict[str, object], folder: Path, parts: int) -> None:
    """Write a table in several files."""
    table = pa.table(columns)
    folder.mkdir(parents=True)
    step = -(-len(table) // parts)
    for part in range(parts):
        pq.write_table(table.slice(part * step, step), folder / f"part-{part}.parquet")


if __name__ == "__main__":
    main()
