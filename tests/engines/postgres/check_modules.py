"""The modules that write to PostgreSQL and read from it, on a real server and without Spark."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
import store_checks
from store_checks import (
    DAY,
    EPOCH,
    GROUP,
    NOW,
    PROFILE,
    Group,
    Lookup,
    Server,
    StoreError,
    TileSize,
    check,
    dt,
    expiry,
    fill,
    told,
)

# What follows is found through the path that `store_checks` sets.
import postgres_reader
import postgres_writer
import psycopg
from postgres_reader import PostgresPlace, PostgresStore
from postgres_server import PostgresServer, Tables, TimedConnection
from postgres_writer import Writer
from psycopg.sql import SQL, Identifier
from store_values import Variable

USER, PASSWORD = (f"FRAUD_DETECTION_DB_{name}" for name in ("USER", "PASSWORD"))
SERVER = PostgresServer(
    "127.0.0.1", store_checks.port(), "features", Variable(USER), Variable(PASSWORD), tls="disable"
)
SCHEMA = "shop__test"


def ask(statement: Any, values: Any = None) -> list[tuple[Any, ...]]:
    """Ask the server, on a connection of its own."""
    with SERVER.connect(timeout=60) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tables(group: Group) -> Tables:
    """Return where a group is."""
    return Tables(SCHEMA, f"{group.name}__{group.generation}")


class OnPostgres(Server):
    """A database of PostgreSQL."""

    def clear(self) -> None:
        ask(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(SCHEMA)))

    def writer(
        self, group: Group, as_of: int, expires: int, sizes: Sequence[TileSize] | None
    ) -> Writer:
        return Writer(SERVER, tables(group), 2, as_of, expires, sizes=sizes).begin()

    def place(self, group: Group) -> PostgresPlace:
        return PostgresPlace(SERVER, tables(group))

    def kept(self, group: Group) -> Mapping[str, Mapping[str, bytes]]:
        windowed = group.name == "spending"
        field = "seconds || ':' || number" if windowed else "''"
        sql = SQL(f"SELECT convert_from(entity, 'UTF8'), {field}, value FROM {{}}")
        answer: dict[str, dict[str, bytes]] = {}
        for entity, name, value in ask(sql.format(tables(group).values)):
            answer.setdefault(entity, {})[name] = value
        if windowed:
            orphans = ask(
                SQL(
                    "SELECT (SELECT count(*) FROM {0} WHERE entity NOT IN (SELECT entity FROM {1})),"
                    " (SELECT count(*) FROM {1} WHERE entity NOT IN (SELECT entity FROM {0}))"
                ).format(tables(group).values, tables(group).entities)
            )
            if orphans != [(0, 0)]:
                raise AssertionError(orphans)
        return answer

    def said(self, group: Group) -> Mapping[str, Any]:
        sql = SQL("SELECT as_of, last_run, columns FROM {} WHERE store = %s")
        rows = ask(sql.format(tables(group).meta), [tables(group).name])
        return dict(zip(("as_of", "last_run", "columns"), rows[0], strict=True)) if rows else {}

    def overwrite(self, group: Group, entity: str, value: bytes, known: int) -> None:
        sql = SQL("UPDATE {} SET time = %s, known = %s, value = %s WHERE entity = %s")
        ask(sql.format(tables(group).values), [known * 1000, known, value, entity.encode()])

    def bytes_used(self) -> int:
        sizes = []
        for (table,) in ask(
            "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = %s AND relkind = 'r'",
            [SCHEMA],
        ):
            # As the server does by itself, when it finds the time.
            ask(SQL(f"VACUUM {table}"))
            sizes += ask("SELECT pg_total_relation_size(%s::regclass)::bigint", [table])
        return sum(size for (size,) in sizes)

    @contextmanager
    def watch(self, waits: list[float], sent: list[int]) -> Iterator[None]:
        wait = TimedConnection.wait

        def watching(connection: TimedConnection, *arguments: Any) -> Any:
            begun = time.perf_counter()
            sent.append(1)
            try:
                return wait(connection, *arguments)
            finally:
                waits.append(time.perf_counter() - begun)

        TimedConnection.wait = watching
        try:
            yield
        finally:
            TimedConnection.wait = wait


def nothing_is_rewritten() -> None:
    """A run that finds what is there leaves the tiles alone: their versions are those of before."""
    rows = store_checks.tiles(random.Random(3), NOW, 500, 10)
    fill(store_checks.writer(NOW), rows)
    versions = SQL("SELECT ctid, xmin FROM {} ORDER BY ctid").format(tables(GROUP).values)
    before = ask(versions)
    fill(store_checks.writer(NOW), rows)
    check("tiles that have not changed are not written", ask(versions) == before != [])


def is_sent_again() -> None:
    """A batch whose connection is cut, or that another one is in the way of, is sent again."""
    store_checks.SERVER.clear()
    rows = store_checks.tiles(random.Random(3), NOW, 4000, 5)
    fill(store_checks.writer(NOW), rows)
    whole = store_checks.kept()
    store_checks.SERVER.clear()
    run = store_checks.writer(NOW)
    cuts = []

    def cutting() -> Iterator[Any]:
        for number, row in enumerate(rows):
            if number in (5000, 12_000):
                cuts.extend(
                    ask(
                        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                        " WHERE pid <> pg_backend_pid() AND usename = current_user"
                    )
                )
            yield row

    run.write(cutting())
    run.finish(store_checks.COLUMNS)
    check("connections were cut", len(cuts) >= 2 and set(cuts) == {(True,)}, cuts)
    check("and the batches sent again", store_checks.kept() == whole)
    attempts = []

    def twice(connection: TimedConnection) -> int:
        attempts.append(1)
        if len(attempts) < 3:
            connection.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$")
        return len(attempts)

    session = postgres_writer.Session(SERVER)
    check("a deadlock is tried again", session.transaction(twice) == 3, attempts)
    session.close()


def late_runs_stop() -> None:
    """A run that was at work when one of a later moment began changes nothing from then on."""
    store_checks.SERVER.clear()
    old = store_checks.writer(NOW)
    new = store_checks.writer(NOW + DAY)
    before = store_checks.kept()
    fill(old, store_checks.tiles(random.Random(3), NOW, 50, 5))
    said = store_checks.SERVER.said(GROUP)
    check("an overtaken run writes nothing", store_checks.kept() == before == {} and said["as_of"] is None)
    count = fill(new, store_checks.tiles(random.Random(3), NOW + DAY, 50, 5))
    check("the later one does", count == 50, count)


def old_tables_go() -> None:
    """What nobody has filled for so long that services refuse it is dropped by other jobs."""
    rows = store_checks.tiles(random.Random(3), NOW, 5, 5)
    old = Tables(SCHEMA, "spending__00000000")
    expired = Writer(SERVER, old, 2, NOW, expiry(-1000), sizes=store_checks.writer(NOW).sizes)
    fill(expired.begin(), rows)
    names = "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
    there = {name for (name,) in ask(names, [SCHEMA])}
    OnPostgres().writer(PROFILE, NOW, expiry(DAY), None)
    gone = there - {name for (name,) in ask(names, [SCHEMA])}
    wanted = {"spending__00000000__1", "spending__00000000__1_entities"}
    check("expired tables are dropped, and no other", gone == wanted, gone)


def bears_a_restart() -> None:
    """Connections that the server has closed are replaced, without a request that fails."""
    store_checks.SERVER.clear()
    fill(store_checks.writer(NOW), store_checks.tiles(random.Random(3), NOW, 50, 5))
    store = PostgresPlace(SERVER, tables(GROUP)).open(GROUP)
    store.refresh()
    at = EPOCH + dt.timedelta(milliseconds=NOW)
    read = lambda: repr(PostgresStore.read([Lookup(store, ["c1", 1])], at))
    before = read()
    ask(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND usename = current_user"
    )
    check("connections that were closed are replaced", read() == before)
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(read())) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = ask("SELECT count(*) FROM pg_stat_activity WHERE usename = current_user")[0][0] - 1
    check("60 requests at a time are answered", answers == [before] * 60, len(answers))
    check("over ten connections", 1 <= used <= postgres_reader.CONNECTIONS, used)
    with psycopg.connect(
        host=SERVER.host,
        port=SERVER.port,
        dbname=SERVER.database,
        user=os.environ[USER],
        password=os.environ[PASSWORD],
    ) as other:
        other.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables(GROUP).values))
        begun = time.monotonic()
        late = told(read, StoreError, "does not answer")
        check("a server that is slow is said to be", late and time.monotonic() - begun < 5)
    check("and asked again", read() == before)


def says_what_is_wrong() -> None:
    """No server, too few rights, no certificate, no secret."""
    gone = PostgresPlace(replace(SERVER, port=1), tables(GROUP)).open(GROUP)
    check("no server is said", told(gone.refresh, StoreError, "does not answer"))
    os.environ["NARROW_USER"], os.environ["NARROW_PASSWORD"] = "narrow", "narrow word"
    narrow = replace(SERVER, user=Variable("NARROW_USER"), password=Variable("NARROW_PASSWORD"))
    mine = Tables("narrow__test", tables(GROUP).name)
    rows = store_checks.tiles(random.Random(3), NOW, 5, 5)
    run = Writer(narrow, mine, 2, NOW, expiry(DAY), sizes=store_checks.writer(NOW).sizes)
    fill(run.begin(), rows)
    check("the owner of a schema needs no more", PostgresPlace(narrow, mine).open(GROUP).refresh())
    nowhere = replace(run, tables=Tables("other__test", mine.name))
    refused = told(nowhere.begin, psycopg.errors.InsufficientPrivilege, "denied")
    check("who may not make a schema is told", refused)
    os.environ.pop("NO_SUCH_PASSWORD", None)
    unset = replace(SERVER, password=Variable("NO_SUCH_PASSWORD"))
    named = told(lambda: unset.connect(timeout=1), LookupError, "NO_SUCH")
    check("a secret that is not set is named", named)


def checks_certificates() -> None:
    """TLS: the server's certificate and name are checked, unless that is switched off."""
    authorities = os.environ["AUTHORITIES"]

    def ciphered(server: PostgresServer) -> bool:
        with server.connect(timeout=5) as connection:
            row = connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            return bool(row.fetchone() == (True,))

    check("TLS alone", ciphered(replace(SERVER, tls="require")))
    named = replace(SERVER, host="localhost", tls="verify-full", authorities=authorities)
    check("a certificate of known authorities", ciphered(named))
    wrong = replace(named, host="127.0.0.1")
    refused = told(lambda: ciphered(wrong), psycopg.OperationalError, "does not match")
    check("the name of another server is refused", refused)
    system = replace(named, authorities=None)
    refused = told(lambda: ciphered(system), psycopg.OperationalError, "certificate verify failed")
    check("a certificate of authorities that the system does not know is refused", refused)
    os.environ["SSL_CERT_FILE"] = authorities
    check("of those that it knows, not", ciphered(system))
    del os.environ["SSL_CERT_FILE"]


if __name__ == "__main__":
    MORE = [
        nothing_is_rewritten,
        is_sent_again,
        late_runs_stop,
        old_tables_go,
        bears_a_restart,
        says_what_is_wrong,
        checks_certificates,
    ]
    store_checks.main(OnPostgres(), MORE)
