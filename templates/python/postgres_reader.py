"""Features from PostgreSQL: all groups of a request in one statement, and so as of one moment."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import psycopg
from psycopg.errors import InvalidSchemaName, UndefinedTable
from psycopg.sql import SQL, Composable, Literal
from psycopg.types.numeric import Int8

from online_store import (
    Group,
    LatestGroup,
    Lookup,
    StoreError,
    milliseconds,
    starts,
)
from postgres_server import PostgresServer, Tables, TimedConnection
from server_store import Filled, ServerStore, Tile
from store_values import unpacked

# A server has few connections to give, and a request needs one for a moment.
CONNECTIONS = 10
TIMEOUT = 1.0


@dataclass(frozen=True)
class PostgresPlace:
    """Where the store of a group is."""

    server: PostgresServer
    tables: Tables

    def open(self, group: Group) -> PostgresStore:
        """Return the store; groups on one server share its connections."""
        return PostgresStore(group=group, tables=self.tables, client=client_of(self.server))


@dataclass
class Client:
    """Connections to a server: as many as are needed at a time, up to a limit."""

    server: PostgresServer
    idle: list[TimedConnection] = field(default_factory=list)
    free: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(CONNECTIONS))

    def query(self, statement: bytes, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, which is prepared on each connection."""
        if not self.free.acquire(timeout=TIMEOUT):
            message = f"all {CONNECTIONS} connections are in use"
            raise psycopg.OperationalError(message)
        try:
            if self.idle:
                try:
                    return self._ask(self.idle.pop(), statement, values)
                except (IndexError, psycopg.OperationalError):
                    # Another thread had the last one, or the server has closed them: a new one.
                    self._forget()
            return self._ask(self.server.connect(timeout=TIMEOUT, prepare=True), statement, values)
        finally:
            self.free.release()

    def _ask(
        self, connection: TimedConnection, statement: bytes, values: Sequence[Any]
    ) -> list[tuple[Any, ...]]:
        try:
            rows = connection.execute(statement, values, binary=True).fetchall()
        except BaseException:
            connection.close()
            raise
        self.idle.append(connection)
        return rows

    def _forget(self) -> None:
        old, self.idle = self.idle, []
        for connection in old:
            connection.close()


@cache
def client_of(server: PostgresServer) -> Client:
    """Return the client of a server: one for the process."""
    return Client(server)


@dataclass(kw_only=True)
class PostgresStore(ServerStore):
    """The store of one group."""

    tables: Tables
    client: Client

    def filled(self) -> Filled | None:
        """Ask the server for what the last finished run says."""
        statement = SQL("SELECT as_of, run, columns FROM {} WHERE store = %s AND as_of IS NOT NULL")
        try:
            rows = self.client.query(
                statement.format(self.tables.meta).as_bytes(None), [self.tables.name]
            )
        except (UndefinedTable, InvalidSchemaName):
            return None
        except psycopg.Error as error:
            message = f"the online store of {self.group.name} does not answer: {error}"
            raise StoreError(message) from error
        return Filled(rows[0][0], rows[0][1], json.loads(rows[0][2])) if rows else None

    def missing(self) -> str:
        """Say that there is nothing to read."""
        where = f"{self.tables.schema}.{self.tables.name}"
        return f"{where} has not been filled, or was not filled for so long that it was dropped"

    @staticmethod
    def read(lookups: Sequence[Lookup], at: dt.datetime) -> dict[str, Any]:
        """Return the outputs of several groups of one server, asked for together."""
        moment = milliseconds(at)
        stores = cast("Sequence[PostgresStore]", [store for store, _ in lookups])
        asked = tuple((store.tables, tuple(store.sizes())) for store in stores)
        values: list[Any] = []
        for store, (_, key) in zip(stores, lookups, strict=True):
            values += store.asked_for(store.entity(key).encode(), moment)
        try:
            rows = stores[0].client.query(statement_of(asked), values)
        except (UndefinedTable, InvalidSchemaName) as error:
            raise StoreError(stores[0].missing()) from error
        except psycopg.Error as error:
            message = f"the online store does not answer: {error}"
            raise StoreError(message) from error
        found: list[list[Any]] = [[] for _ in stores]
        for which, *rest in rows:
            found[which].append(rest)
        answer: dict[str, Any] = {}
        for store, (meta, *held) in zip(stores, found, strict=True):
            store.check(meta[1], meta[2], moment)
            answer |= store.outputs(held, moment)
        return answer

    def sizes(self) -> Sequence[int]:
        """Return the sizes of the tiles that are read, none where there are none."""
        group = self.group
        return () if isinstance(group, LatestGroup) else list(starts(group, 0))

    def asked_for(self, entity: bytes, moment: int) -> list[Any]:
        """Return the values for the statement's places."""
        if isinstance(self.group, LatestGroup):
            return [entity]
        answer: list[Any] = []
        for size, start in starts(self.group, moment).items():
            tile = size * 1000
            answer += [entity, Int8(start // tile), Int8(moment // tile)]
        return answer

    def outputs(self, held: Sequence[Any], moment: int) -> dict[str, Any]:
        """Return the group's outputs, named `group__output`, from what is held of an entity."""
        if isinstance(self.group, LatestGroup):
            [value] = [value for *_, value in held] or [None]
            return self.latest(None if value is None else unpacked(value))
        return self.windows([Tile(size, number, value) for size, number, _, value in held], moment)


@cache
def statement_of(asked: Sequence[tuple[Tables, Sequence[int]]]) -> bytes:
    """Return the statement that reads an entity of each group, and how far each is complete.

    Its rows: which group, size and number of a tile or the group's two moments, what is stored.
    """
    parts: list[Composable] = []
    for which, (tables, sizes) in enumerate(asked):
        names = {"which": Literal(which), "meta": tables.meta, "values": tables.values}
        parts.append(
            SQL(
                "(SELECT {which}, 0, m.as_of, m.floor, NULL::bytea"
                " FROM (VALUES ({name})) AS w(store) LEFT JOIN {meta} m USING (store))"
            ).format(**names, name=Literal(tables.name))
        )
        if not sizes:
            sql = "(SELECT {which}, 0, 0::bigint, 0::bigint, value FROM {values} WHERE entity = %s)"
            parts.append(SQL(sql).format(**names))
        for size in sizes:
            sql = (
                "(SELECT {which}, seconds, number, 0::bigint, value FROM {values}"
                " WHERE entity = %s AND seconds = {size} AND number BETWEEN %s AND %s)"
            )
            parts.append(SQL(sql).format(**names, size=Literal(size)))
    return SQL(" UNION ALL ").join(parts).as_bytes(None)
