"""Columns whose mask is `drop`: checks see them, and nothing that is written has them."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness import Programs, Totals
from pyspark.sql import SparkSession

START, END = "2026-01-01T02:00:00Z", "2026-01-02T02:00:00Z"
AT = datetime(2026, 1, 1, 3, tzinfo=UTC)
# No name is stored, whatever becomes of the row.
CANARY = "canary"
ROWS: list[tuple[int | None, str | None, str]] = [
    (1, "canary Ann", "a"),
    (2, "", "b"),
    (3, None, "c"),
    # A copy that differs in nothing that is stored.
    (1, "canary Bob", "a"),
    (None, "canary Cid", "d"),
    (4, "canary Dee", "e"),
]
VERDICTS = {"accepted": 2, "failed_check": 2, "duplicate": 1, "malformed": 1}
FORMATS = ("parquet", "csv", "json")


def check(spark: SparkSession, programs: Programs, folder: Path, totals: Totals) -> None:
    """Ingest the same rows from files of each format; the lines that cannot be read have names, too."""
    write(spark, folder / "lake/raw")
    for file_format in FORMATS:
        name = f"visits_{file_format}"
        outcome = programs.run(f"ingest_{name}", START, END)
        if not totals.check(f"dropped: {name} is ingested", outcome.code == 0, outcome):
            continue
        lines = 0 if file_format == "parquet" else 1
        wanted = {**VERDICTS, "malformed": VERDICTS["malformed"] + lines}
        found = outcome.summary["verdicts"][name]
        totals.check(f"dropped: {name}: checks have seen the column", found == wanted, found)
        stored(spark, folder / "lake/ledger", name, totals)


def write(spark: SparkSession, raw: Path) -> None:
    """Write the rows in each format."""
    spark.createDataFrame([(*row, AT) for row in ROWS], "id int, name string, note string, at timestamp").write.parquet(str(raw / "visits_parquet"))
    for file_format in ("csv", "json"):
        (raw / f"visits_{file_format}").mkdir(parents=True)
    with (raw / "visits_csv/a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "note", "at"))
        writer.writerows((*("" if value is None else value for value in row), AT.isoformat()) for row in ROWS)
        writer.writerow((5, "canary Eve", "f", AT.isoformat(), "canary more"))
    lines = [json.dumps({"id": number, "name": name, "note": note, "at": AT.isoformat()}) for number, name, note in ROWS]
    (raw / "visits_json/a.json").write_text("\n".join([*lines, '{"id": 5, "name": "canary Fay", ']), encoding="utf-8")


def stored(spark: SparkSession, lake: Path, name: str, totals: Totals) -> None:
    """Look at the table, at the verdicts, and at every value in every file of both."""
    table = spark.read.format("delta").load(str(lake / "sources" / name))
    totals.check(f"dropped: {name} has no such column", table.columns == ["id", "note", "at"], table.columns)
    ids = sorted(row["id"] for row in table.collect())
    totals.check(f"dropped: {name} has the accepted rows", ids == [1, 4], ids)
    verdicts = spark.read.format("delta").load(str(lake / "verdicts" / name)).collect()
    kept: list[dict[str, Any]] = [json.loads(row["row"]) for row in verdicts if row["row"] is not None]
    notes = sorted(row["note"] for row in kept if "note" in row)
    totals.check(f"dropped: the quarantine of {name} keeps the rest of each row", notes[:4] == ["a", "b", "c", "d"], kept)
    folders = [lake / section / name for section in ("sources", "verdicts")]
    # Whatever a table's log says of them.
    rows = [str(row) for folder in folders for row in spark.read.parquet(*map(str, folder.glob("*.parquet"))).collect()]
    totals.check(f"dropped: {len(rows)} stored rows of {name} have no name", len(rows) >= sum(VERDICTS.values()), rows)
    totals.check(f"dropped: no stored row of {name} has one", not any(CANARY in row for row in rows), rows)
    texts = [path for folder in folders for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    totals.check(f"dropped: no file of {name} has one", not texts, texts)
