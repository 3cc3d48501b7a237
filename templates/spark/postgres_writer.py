"""Write what serving needs of a feature group to PostgreSQL, from the executors and in batches.

A batch is a transaction: a run as of an earlier moment changes nothing once a later one has begun,
and running again writes the same. What no later request can need is taken away, and so are the
tables of a group, or of one of its generations, that nobody has filled for long.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from postgres_server import PostgresServer, Tables, TimedConnection
from store_rows import TileSize, by_entity, tile_number
from store_values import packed

# A batch is sent when it has so many entities, or so many bytes.
ENTITIES = 1000
BYTES = 1 << 20
TIMEOUT = 300.0
ATTEMPTS = 6
PAUSE = 0.05

T = TypeVar("T")
Row = tuple[Any, ...]

# `number` is of tiles since 1970. Pages with some room take new versions of a row beside the old.
TILES = """
CREATE TABLE IF NOT EXISTS {values} (
  number bigint NOT NULL,
  events bigint NOT NULL,
  seconds integer NOT NULL,
  entity bytea NOT NULL,
  value bytea NOT NULL,
  PRIMARY KEY (entity, seconds, number)
);
CREATE TABLE IF NOT EXISTS {entities} (
  run bigint NOT NULL,
  entity bytea PRIMARY KEY
) WITH (fillfactor = 80)
"""

# A tombstone has no value.
LATEST = """
CREATE TABLE IF NOT EXISTS {values} (
  run bigint NOT NULL,
  time bigint NOT NULL,
  known bigint NOT NULL,
  entity bytea PRIMARY KEY,
  value bytea
) WITH (fillfactor = 80)
"""

META = """
CREATE TABLE IF NOT EXISTS {meta} (
  store text PRIMARY KEY,
  floor bigint NOT NULL,
  last_run bigint NOT NULL,
  expires bigint NOT NULL,
  as_of bigint,
  run bigint,
  columns text
)
"""

EXPIRED = "DELETE FROM {meta} WHERE expires < %(now)s AND store <> %(store)s RETURNING store"

# Requests before the floor are refused from now on.
BEGIN = """
INSERT INTO {meta} AS m (store, floor, last_run, expires)
VALUES (%(store)s, %(as_of)s, 1, %(expires)s)
ON CONFLICT (store) DO UPDATE SET
  floor = greatest(m.floor, excluded.floor),
  last_run = m.last_run + 1,
  expires = greatest(m.expires, excluded.expires)
RETURNING last_run
"""

INCOMING_TILES = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming
  (entity bytea, seconds integer, number bigint, events bigint, value bytea) ON COMMIT DELETE ROWS
"""
INCOMING_LATEST = """
CREATE TEMPORARY TABLE IF NOT EXISTS incoming
  (entity bytea, time bigint, known bigint, value bytea) ON COMMIT DELETE ROWS
"""

TILE_TYPES = ("bytea", "int4", "int8", "int8", "bytea")
LATEST_TYPES = ("bytea", "int8", "int8", "bytea")

# Entities are locked in one order. Those that a later run has written are left alone.
CLAIM = """
WITH mine AS (
  INSERT INTO {entities} AS held (entity, run)
  SELECT DISTINCT entity, %(run)s::bigint FROM incoming ORDER BY entity
  ON CONFLICT (entity) DO UPDATE SET run = excluded.run WHERE held.run <= excluded.run
  RETURNING entity
)
DELETE FROM incoming WHERE entity NOT IN (SELECT entity FROM mine)
"""

# What is kept, and what can still grow, of each size of tiles.
SIZES = "unnest(%(seconds)s::integer[], %(keep)s::bigint[], %(open)s::bigint[])"
CAN_GROW = f"""EXISTS (
  SELECT FROM {SIZES} AS size(seconds, keep, open)
  WHERE size.seconds = held.seconds AND held.number >= greatest(size.keep, size.open)
)"""

TAKE_AWAY = f"""
DELETE FROM {{values}} AS held
USING (SELECT DISTINCT entity FROM incoming) AS mine
WHERE held.entity = mine.entity
  AND NOT EXISTS (
    SELECT FROM incoming AS i
    WHERE i.entity = held.entity AND i.seconds = held.seconds AND i.number = held.number
  )
  AND NOT {CAN_GROW}
"""

# A tile that can grow no more becomes what the newest run says. One that can is replaced only by
# one that has seen as many events or more: others may know of events that this run does not.
WRITE_TILES = f"""
INSERT INTO {{values}} AS held (entity, seconds, number, events, value)
SELECT entity, seconds, number, events, value FROM incoming ORDER BY entity, seconds, number
ON CONFLICT (entity, seconds, number) DO UPDATE
SET events = excluded.events, value = excluded.value
WHERE held.value <> excluded.value AND (excluded.events >= held.events OR NOT {CAN_GROW})
"""

# A version that became known after `as_of` stays unless a later one comes.
WRITE_LATEST = """
INSERT INTO {values} AS held (entity, run, time, known, value)
SELECT entity, %(run)s::bigint, time, known, value FROM incoming ORDER BY entity
ON CONFLICT (entity) DO UPDATE
SET run = excluded.run, time = excluded.time, known = excluded.known, value = excluded.value
WHERE held.run <= excluded.run
  AND (held.known < %(as_of)s OR (held.time, held.known) <= (excluded.time, excluded.known))
"""

# A run as of a later moment has begun, or a later run has finished.
LATE = """
SELECT floor > %(as_of)s OR coalesce(run > %(run)s, false)
FROM {meta} WHERE store = %(store)s FOR """

# What this run did not find.
FINISH_TILES = f"""
DELETE FROM {{values}} AS held USING {{entities}} AS e
WHERE e.run < %(run)s AND held.entity = e.entity AND NOT {CAN_GROW}
"""
FINISH_ENTITIES = """
DELETE FROM {entities} AS e
WHERE e.run < %(run)s AND NOT EXISTS (SELECT FROM {values} AS held WHERE held.entity = e.entity)
"""
FINISH_LATEST = "DELETE FROM {values} WHERE run < %(run)s AND known < %(as_of)s"

FINISH = """
UPDATE {meta}
SET as_of = %(as_of)s, run = %(run)s, columns = %(columns)s, expires = %(expires)s
WHERE store = %(store)s
"""


@dataclass(frozen=True)
class Writer:
    """A run that fills the store of a group as of a moment, in milliseconds."""

    server: PostgresServer
    tables: Tables
    keys: int
    as_of: int
    expires: int
    run: int = 0
    sizes: Sequence[TileSize] | None = None

    def begin(self) -> Writer:
        """Return the run with its number. From now on, requests before its moment are refused."""
        with closing(Session(self.server)) as session:
            run = session.transaction(self._begin)
        return replace(self, run=run)

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of one partition, in which those of an entity follow each other."""
        with closing(Session(self.server)) as session:
            for batch in self._batches(rows):
                session.transaction(lambda connection, batch=batch: self._send(connection, batch))

    def finish(self, columns: Sequence[str]) -> int:
        """Take away what this run did not find, then say that the store is complete.

        Returns how many entities there are.
        """
        with closing(Session(self.server)) as session:
            return session.transaction(lambda connection: self._finish(connection, columns))

    def complete(self, columns: Sequence[str]) -> None:
        """Say that the store is complete."""
        with closing(Session(self.server)) as session:
            session.transaction(lambda connection: self._complete(connection, columns))

    def _begin(self, connection: TimedConnection) -> int:
        schema = Identifier(self.tables.schema)
        # Two that make the same table at once fail.
        lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
        connection.execute(lock, [self.tables.schema])
        exists = "SELECT to_regnamespace(quote_ident(%s)) IS NOT NULL"
        if not value_of(connection, exists, [self.tables.schema]):
            connection.execute(SQL("CREATE SCHEMA {}").format(schema))
        for each in (META, LATEST if self.sizes is None else TILES):
            connection.execute(self._sql(each))
        self._drop_expired(connection)
        run: int = value_of(connection, self._sql(BEGIN), self._values())
        return run

    def _drop_expired(self, connection: TimedConnection) -> None:
        """Drop the tables that nobody has filled for so long that services refuse them."""
        values = {"now": round(time.time() * 1000), "store": self.tables.name}
        for (store,) in connection.execute(self._sql(EXPIRED), values).fetchall():
            old = replace(self.tables, name=store)
            drop = SQL("DROP TABLE IF EXISTS {}, {}").format(old.values, old.entities)
            connection.execute(drop)

    def _batches(self, rows: Iterable[Sequence[Any]]) -> Iterator[list[Row]]:
        """Return the rows of as many entities as are sent at a time."""
        batch: list[Row] = []
        entities = size = 0
        for name, group in by_entity(rows, self.keys):
            batch += (self._row(name.encode(), row) for row in group)
            entities += 1
            size += sum(len(row[-1] or b"") for row in batch[-len(group) :])
            if entities == ENTITIES or size >= BYTES:
                yield batch
                batch, entities, size = [], 0, 0
        if batch:
            yield batch

    def _row(self, entity: bytes, row: Sequence[Any]) -> Row:
        if self.sizes is None:
            moment, known, is_gone, *values = row
            return entity, moment, known, None if is_gone else packed(values)
        seconds, start, *values = row
        return entity, seconds, tile_number(seconds, start), values[0], packed(values)

    def _send(self, connection: TimedConnection, batch: Sequence[Row]) -> None:
        if self._is_late(connection, "SHARE"):
            return
        latest = self.sizes is None
        connection.execute(INCOMING_LATEST if latest else INCOMING_TILES)
        with connection.cursor().copy("COPY incoming FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(LATEST_TYPES if latest else TILE_TYPES)
            for row in batch:
                copy.write_row(row)
        for each in (WRITE_LATEST,) if latest else (CLAIM, TAKE_AWAY, WRITE_TILES):
            connection.execute(self._sql(each), self._values())

    def _finish(self, connection: TimedConnection, columns: Sequence[str]) -> int:
        latest = self.sizes is None
        if not self._is_late(connection, "UPDATE"):
            for each in (FINISH_LATEST,) if latest else (FINISH_TILES, FINISH_ENTITIES):
                connection.execute(self._sql(each), self._values())
            self._complete(connection, columns)
        count = "SELECT count(*) FROM {values}" if latest else "SELECT count(*) FROM {entities}"
        entities: int = value_of(connection, self._sql(count))
        return entities

    def _complete(self, connection: TimedConnection, columns: Sequence[str]) -> None:
        if not self._is_late(connection, "UPDATE"):
            told = self._values() | {"columns": json.dumps(list(columns))}
            connection.execute(self._sql(FINISH), told)

    def _is_late(self, connection: TimedConnection, lock: str) -> bool:
        """Tell whether another run has overtaken this one; none can until the transaction ends."""
        late: bool = value_of(connection, self._sql(LATE + lock), self._values())
        return late

    def _sql(self, text: str) -> Composed:
        tables = self.tables
        return SQL(text).format(meta=tables.meta, values=tables.values, entities=tables.entities)

    def _values(self) -> dict[str, Any]:
        sizes = self.sizes or ()
        return {
            "store": self.tables.name,
            "as_of": self.as_of,
            "run": self.run,
            "expires": self.expires,
            "seconds": [size.seconds for size in sizes],
            "keep": [size.keep for size in sizes],
            "open": [size.open for size in sizes],
        }


class Session:
    """A connection that is made anew when it is lost, as often as a batch may be sent."""

    def __init__(self, server: PostgresServer) -> None:
        """Connect when there is something to do."""
        self._server = server
        self._connection: TimedConnection | None = None

    def transaction(self, work: Callable[[TimedConnection], T]) -> T:
        """Do all of it or nothing, again where the server was lost, or another one was in the way."""
        for attempt in range(1, ATTEMPTS):
            try:
                return self._once(work)
            except psycopg.OperationalError:
                self.close()
                time.sleep(PAUSE * 2**attempt)
        return self._once(work)

    def _once(self, work: Callable[[TimedConnection], T]) -> T:
        if self._connection is None:
            self._connection = self._server.connect(timeout=TIMEOUT)
        with self._connection.transaction():
            return work(self._connection)

    def close(self) -> None:
        """Let go of the server."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def complete_until(server: PostgresServer, tables: Tables) -> int | None:
    """Return the moment, in milliseconds, up to which a store was last said to be complete."""
    moment = SQL("SELECT as_of FROM {} WHERE store = %s").format(tables.meta)
    known = SQL("SELECT to_regclass(%s) IS NOT NULL")

    def work(connection: TimedConnection) -> int | None:
        is_there = value_of(connection, known, [tables.meta.as_string(connection)])
        return value_of(connection, moment, [tables.name]) if is_there else None

    with closing(Session(server)) as session:
        return session.transaction(work)


def value_of(connection: TimedConnection, statement: Any, values: Any = None) -> Any:
    """Return the one value that a statement answers."""
    row = connection.execute(statement, values).fetchone()
    return None if row is None else row[0]
