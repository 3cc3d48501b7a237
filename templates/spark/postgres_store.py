"""The store of a feature group in PostgreSQL, as jobs fill it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType

import postgres_server
import postgres_writer
from postgres_server import PostgresServer, Tables
from postgres_writer import Writer, complete_until
from store_jobs import MILLISECOND, hide
from store_rows import TileSize, expiry


@dataclass(frozen=True)
class PostgresStore:
    """The store of a group: its server, its tables, and how long they stay."""

    server: PostgresServer
    tables: Tables
    expires_after: timedelta

    @property
    def modules(self) -> Sequence[ModuleType]:
        """What executors need to write."""
        return (postgres_server, postgres_writer)

    def complete_until(self) -> int | None:
        """Return the moment, in milliseconds, up to which the store was last said to be complete."""
        hide(self.server.user, self.server.password)
        return complete_until(self.server, self.tables)

    def writer(self, keys: int, as_of: int, sizes: list[TileSize] | None = None) -> Writer:
        """Return a run as of a moment in milliseconds."""
        hide(self.server.user, self.server.password)
        expires = expiry(self.expires_after // MILLISECOND)
        return Writer(self.server, self.tables, keys, as_of, expires, sizes=sizes).begin()
