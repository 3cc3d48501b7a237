"""Orders for the project in `functions`, and what its tables have to hold: `write` and `check --until`.

Each table is worked out row by row from the orders themselves, without Spark and without intervals.
"""

import argparse
import json
import random
import sys
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from tables import read_table  # noqa: E402 (lies beside the oracle)

START = datetime(2026, 1, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)
# Where one interval ends and the next begins.
EDGE = START + 3 * DAY

Row = dict[str, Any]


def orders(project: Path) -> list[Row]:
    """Read the raw orders."""
    lines = (project / "raw" / "orders" / "orders.json").read_text().splitlines()
    found = [json.loads(line) for line in lines]
    return [{**each, "ordered_at": datetime.fromisoformat(each["ordered_at"])} for each in found]


def write(project: Path) -> None:
    """Write orders of five days: at random, on both sides of edges, and unpaid ones."""
    chance = random.Random(7)
    made = [
        (
            f"c{chance.randrange(25)}",
            chance.choice([0, -5, None]) if chance.random() < 0.1 else chance.randrange(1, 9000),
            START - DAY / 2 + timedelta(seconds=chance.randrange(int(5 * DAY.total_seconds()))),
        )
        for _ in range(1500)
    ]
    # A look-back that ends on the edge, one that begins a day before it, and one that begins just before that.
    moments = [EDGE - DAY, EDGE - timedelta(microseconds=1), EDGE, EDGE + DAY - timedelta(seconds=1)]
    made += [(f"edge{i}", 100 + i, each) for i in range(3) for each in moments[: i + 2]]
    folder = project / "raw" / "orders"
    folder.mkdir(parents=True)
    lines = [
        json.dumps({"order_id": f"o{i}", "customer_id": who, "cents": cents, "ordered_at": at.isoformat()})
        for i, (who, cents, at) in enumerate(made)
    ]
    (folder / "orders.json").write_text("".join(f"{line}\n" for line in lines))


def expected(all_orders: list[Row], until: datetime) -> dict[str, list[tuple[Any, ...]]]:
    """Work the tables out."""
    known = [each for each in all_orders if START <= each["ordered_at"] < until]
    paid = [each for each in known if each["cents"] is not None and each["cents"] > 0]

    def before(order: Row) -> int | None:
        earlier = [
            each["cents"]
            for each in paid
            if each["customer_id"] == order["customer_id"]
            and order["ordered_at"] - DAY <= each["ordered_at"] < order["ordered_at"]
        ]
        return sum(earlier) if earlier else None

    recent = [(each["order_id"], each["customer_id"], before(each), each["ordered_at"]) for each in paid]
    return {
        "paid": [
            (each["order_id"], each["customer_id"], each["cents"], each["cents"] // 50 + 10, each["ordered_at"])
            for each in paid
        ],
        "recent": recent,
        "returning": [row for row in recent if row[2] is not None],
    }


def check(project: Path, until: datetime) -> bool:
    """Compare the tables row by row, and see that the data can show a fault."""
    everything = orders(project)
    wanted = expected(everything, until)
    problems = []
    for name, rows in wanted.items():
        table = read_table(project / "lake" / "shop" / "transforms" / name)
        columns = ["order_id", "customer_id", *(["cents", "fee"] if name == "paid" else ["before"]), "ordered_at"]
        found = [tuple(each[column] for column in columns) for each in table.select(columns).to_pylist()]
        if sorted(found, key=itemgetter(0)) != sorted(rows, key=itemgetter(0)):
            other = [row for row in found if row not in rows][:3] + [row for row in rows if row not in found][:3]
            problems.append(f"{name}: {len(found)} rows, wanted {len(rows)}; {other}")
    if until > EDGE:
        over = [
            row
            for row in wanted["recent"]
            if row[3] >= EDGE and row[2] is not None and row[3] - DAY < EDGE
        ]
        if len(over) < 50:
            problems.append(f"only {len(over)} rows look back over the edge of an interval")
    counts = {name: len(rows) for name, rows in wanted.items()}
    print(json.dumps({"problems": problems, "rows": counts}))
    return not problems and all(count > 300 for count in counts.values())


def main() -> int:
    """Run as a command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["write", "check"])
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--until", type=datetime.fromisoformat, default=EDGE)
    arguments = parser.parse_args()
    if arguments.what == "write":
        write(arguments.project)
        return 0
    return 0 if check(arguments.project, arguments.until) else 1


if __name__ == "__main__":
    sys.exit(main())
