"""How a PostgreSQL server is reached, and in which tables it holds what a feature group stores.

A schema belongs to a project in an environment. Its table `meta__FORMAT` has a row per group and
generation that says how far the store is complete. Each of them has a table of tiles or of latest
values, `GROUP__GENERATION__FORMAT`; beside tiles, `…_entities` has a row per entity.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.sql import Identifier

from store_values import FORMAT, Variable

# The least that libpq takes.
CONNECT_SECONDS = 2
KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class TimedConnection(Connection[Any]):
    """A connection that waits for an answer so long and no longer."""

    seconds: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server."""
        return super().wait(gen, interval, timeout or self.seconds)


@dataclass(frozen=True)
class PostgresServer:
    """A database of a server, and which variables have the user and the password."""

    host: str
    port: int
    database: str
    user: Variable
    password: Variable
    tls: str = "verify-full"
    authorities: str | None = None

    def connect(self, *, timeout: float, prepare: bool = False) -> TimedConnection:
        """Return a connection that commits each statement that is in no transaction."""
        trusted = self.authorities
        if trusted is None and self.tls.startswith("verify"):
            trust_system()
            trusted = "system"
        connection = TimedConnection.connect(
            host=self.host,
            port=self.port,
            dbname=self.database,
            user=self.user.value(),
            password=self.password.value(),
            sslmode=self.tls,
            sslrootcert=trusted,
            connect_timeout=CONNECT_SECONDS,
            application_name="features",
            autocommit=True,
            prepare_threshold=0 if prepare else None,
            **KEEPALIVE,
        )
        connection.seconds = timeout
        return connection


def trust_system() -> None:
    """Tell libpq where this system has its authorities: the one in wheels looks elsewhere."""
    paths = ssl.get_default_verify_paths()
    for variable, path in (("SSL_CERT_FILE", paths.cafile), ("SSL_CERT_DIR", paths.capath)):
        if path is not None:
            os.environ.setdefault(variable, path)


@dataclass(frozen=True)
class Tables:
    """Where a generation of a group is stored."""

    schema: str
    name: str

    @property
    def values(self) -> Identifier:
        """The table of tiles, or of latest values."""
        return Identifier(self.schema, f"{self.name}__{FORMAT}")

    @property
    def entities(self) -> Identifier:
        """The table of who has tiles."""
        return Identifier(self.schema, f"{self.name}__{FORMAT}_entities")

    @property
    def meta(self) -> Identifier:
        """The table of what is said of whole groups."""
        return Identifier(self.schema, f"meta__{FORMAT}")
