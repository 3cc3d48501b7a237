"""Print the number of rows and a hash of the rows of every table of a lake, as JSON: equal tables give equal text."""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from deltalake import DeltaTable


def summary(rows: Iterable[object]) -> tuple[int, str]:
    """Count and hash rows in an order of their own."""
    texts = sorted(repr(row) for row in rows)
    return len(texts), hashlib.sha256("\n".join(texts).encode()).hexdigest()


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
        rows = DeltaTable(str(log.parent)).to_pyarrow_table().to_pylist()
        found[log.parent.relative_to(lake).as_posix()] = summary(rows)
    for store in sorted(lake.rglob("*.sqlite")):
        found[store.relative_to(lake).as_posix()] = summary(sqlite_rows(store))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
