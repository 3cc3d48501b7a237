"""Rows of the store, for the suite.

    compare.py fetch URL FOLDER       a folder of the bucket becomes one of this machine
    compare.py rows TABLE             how many rows a Delta table has
    compare.py sample FOLDER END N    rows that were scored, with their features and predictions, as JSON
"""

import json
import sys
from pathlib import Path

import fsspec
import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder


def query(table: str, sql: str) -> pa.Table:
    """Ask a Delta table, which is `t` in the SQL."""
    return pa.table(QueryBuilder().register("t", DeltaTable(table)).execute(sql).read_all())


def sample(folder: str, count: int) -> list[dict[str, object]]:
    """Scored rows, each with its card, which is not among what is scored, and its prediction."""
    scored = query(f"{folder}/scoring/fraud_review", "SELECT * FROM t ORDER BY transaction_id").to_pylist()
    stored = query(f"{folder}/sources/transactions", "SELECT transaction_id, created_at, card_id FROM t")
    cards = {(row["transaction_id"], row["created_at"]): row["card_id"] for row in stored.to_pylist()}
    found = query(f"{folder}/predictions/fraud_review", "SELECT transaction_id, prediction FROM t")
    predictions = {row["transaction_id"]: row["prediction"] for row in found.to_pylist()}
    step = max(1, len(scored) // count)
    return [
        row
        | {
            "card_id": cards[row["transaction_id"], row["created_at"]],
            "prediction": predictions.get(row["transaction_id"]),
        }
        for row in scored[::step]
    ]


def main() -> None:
    """Do what is asked."""
    match sys.argv[1:]:
        case ["fetch", url, folder]:
            files, path = fsspec.url_to_fs(url)
            Path(folder).parent.mkdir(parents=True, exist_ok=True)
            files.get(path, folder, recursive=True)
        case ["rows", table]:
            print(query(table, "SELECT * FROM t").num_rows)
        case ["sample", folder, count]:
            print(json.dumps(sample(folder, int(count)), default=str))


if __name__ == "__main__":
    main()
