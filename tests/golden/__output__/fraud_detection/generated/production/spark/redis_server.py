"""How a Redis server is reached, and under which keys it holds what a feature group stores.

All keys of a group begin with its prefix, which names project, environment, group, generation and
the format of what is stored. `PREFIX:meta` is a hash that says how far the store is complete; an
entity has one key more, `PREFIX:["c1"]`, with its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redis import BlockingConnectionPool, Redis
from redis.backoff import ExponentialBackoff
from redis.connection import Connection, SSLConnection
from redis.retry import Retry

from store_values import FORMAT, Variable


@dataclass(frozen=True)
class RedisServer:
    """A server, and which variables have the user and the password, where it asks for them."""

    host: str
    port: int
    database: int = 0
    tls: bool = False
    user: Variable | None = None
    password: Variable | None = None

    def connect(self, *, timeout: float, attempts: int, connections: int = 1) -> Redis:
        """Return a client, which connects when it is asked first, and is safe to share."""
        kind: type[Connection] = SSLConnection if self.tls else Connection
        checked: dict[str, Any] = {"ssl_check_hostname": True} if self.tls else {}
        pool = BlockingConnectionPool(
            connection_class=kind,
            max_connections=connections,
            timeout=timeout,
            host=self.host,
            port=self.port,
            db=self.database,
            username=self.user.value() if self.user else None,
            password=self.password.value() if self.password else None,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            socket_keepalive=True,
            retry=Retry(ExponentialBackoff(cap=2, base=0.05), attempts - 1),
            **checked,
        )
        return Redis(connection_pool=pool)


def meta_key(prefix: str) -> str:
    """Return the key of what is said of the whole group."""
    return f"{prefix}:{FORMAT}:meta"


def entity_key(prefix: str, entity: str) -> str:
    """Return the key of an entity, by its name."""
    return f"{prefix}:{FORMAT}:{entity}"


def entity_keys(prefix: str) -> str:
    """Return the pattern of all entities' keys."""
    return f"{prefix}:{FORMAT}:\\[*"
