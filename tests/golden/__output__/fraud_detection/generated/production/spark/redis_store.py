"""The store of a feature group in Redis, as jobs fill it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType

import redis_server
import redis_writer
from redis_server import RedisServer, meta_key
from redis_writer import ATTEMPTS, TIMEOUT, Writer
from store_jobs import MILLISECOND, hide
from store_rows import TileSize, expiry


@dataclass(frozen=True)
class RedisStore:
    """The store of a group: its server, what its keys begin with, and how long they stay."""

    server: RedisServer
    prefix: str
    expires_after: timedelta

    @property
    def modules(self) -> Sequence[ModuleType]:
        """What executors need to write."""
        return (redis_server, redis_writer)

    def complete_until(self) -> int | None:
        """Return the moment, in milliseconds, up to which the store was last said to be complete."""
        hide(self.server.user, self.server.password)
        with self.server.connect(timeout=TIMEOUT, attempts=ATTEMPTS) as client:
            as_of = client.hget(meta_key(self.prefix), "as_of")
        return None if as_of is None else int(as_of)

    def writer(self, keys: int, as_of: int, sizes: list[TileSize] | None = None) -> Writer:
        """Return a run as of a moment in milliseconds."""
        hide(self.server.user, self.server.password)
        expires = expiry(self.expires_after // MILLISECOND)
        return Writer(self.server, self.prefix, keys, as_of, expires, sizes=sizes).begin()
