"""Print the number of rows and two hashes of the rows of every table of a lake, as JSON.

The first hash is of every bit. The second is of what rows say: doubles to nine digits, sketches by
their estimate, because both depend in their last bits on the order in which events were added.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import datasketches

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from tables import read_table  # noqa: E402 (lies beside the oracle)


def summary(rows: Iterable[object]) -> tuple[int, str, str]:
    """Count and hash rows in an order of their own."""
    known = list(rows)
    return len(known), digest(known), digest(map(said, known))


def digest(rows: Iterable[object]) -> str:
    """Hash rows, whatever their order."""
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def said(value: object) -> object:
    """What a value says, without the bits that depend on the order of additions."""
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, bytes):
        return round(datasketches.hll_sketch.deserialize(value).get_estimate(), 6)
    if isinstance(value, dict):
        return {name: said(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [said(part) for part in value]
    return value


def sqlite_rows(path: Path) -> list[object]:
    """All rows of all tables but the one about the file itself."""
    with closing(sqlite3.connect(path)) as store:
        names = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return [
            (name, row)
            for name in names
            if name != "meta"
            for row in store.execute(f'SELECT * FROM "{name}"')
        ]


def main() -> None:
    """Look at the lake named on the command line."""
    lake = Path(sys.argv[1])
    found = {}
    for log in sorted(lake.rglob("_delta_log")):
        rows = read_table(log.parent).to_pylist()
        found[log.parent.relative_to(lake).as_posix()] = summary(rows)
    for store in sorted(lake.rglob("*.sqlite")):
        found[store.relative_to(lake).as_posix()] = summary(sqlite_rows(store))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
