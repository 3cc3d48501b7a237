"""The example whose groups are kept in PostgreSQL."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
from store_example import Server, main, port

SCHEMA = "fraud_detection__local"


def connect() -> psycopg.Connection[tuple[object, ...]]:
    """Connect as the owner."""
    user, password = (os.environ[f"FRAUD_DETECTION_DB_{name}"] for name in ("USER", "PASSWORD"))
    return psycopg.connect(
        host="127.0.0.1", port=port(), dbname="features", user=user, password=password
    )


class OnPostgres(Server):
    """A database of PostgreSQL."""

    def content(self) -> Mapping[str, object]:
        kept: dict[str, object] = {}
        with connect() as connection:
            names = "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
            for (table,) in connection.execute(names, [SCHEMA]).fetchall():
                name = str(table)
                if name.startswith("meta") or name.endswith("_entities"):
                    continue
                cursor = connection.execute(
                    SQL("SELECT * FROM {}").format(Identifier(SCHEMA, name))
                )
                columns = [column.name for column in cursor.description or ()]
                for row in cursor:
                    values = dict(zip(columns, row, strict=True))
                    values.pop("run", None)
                    identity = [values.get(each) for each in ("entity", "seconds", "number")]
                    kept[f"{name} {identity}"] = values
        return kept

    def clear(self) -> None:
        with connect() as connection:
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(SCHEMA)))

    @contextmanager
    def hanging(self) -> Iterator[None]:
        with connect() as connection:
            table = Identifier(SCHEMA, "meta__1")
            connection.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
            yield


if __name__ == "__main__":
    sys.exit(main(OnPostgres()))
