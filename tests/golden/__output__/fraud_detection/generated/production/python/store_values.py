"""How a server keeps what a feature group stores: the same for those who write it and who read it.

An entity is named by a JSON array of the values of its key. A tile is [events, partial, …], and a
version of latest values is [column, …], in MessagePack, the columns in an order that is kept beside.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgpack

# Part of every key and table: another format is kept beside this one.
FORMAT = 1


@dataclass(frozen=True)
class Variable:
    """An environment variable that has a secret."""

    name: str

    def value(self) -> str:
        """Return what it has to be set to."""
        value = os.environ.get(self.name, "")
        if not value:
            message = f"the environment variable {self.name} is not set"
            raise LookupError(message)
        return value


def entity_name(values: Sequence[Any]) -> str:
    """Return the name of an entity, from the values of its key."""
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


def packed(values: Sequence[Any]) -> bytes:
    """Return values as they are kept."""
    data: bytes = msgpack.packb(values)
    return data


def unpacked(data: bytes) -> list[Any]:
    """Return what was packed."""
    values: list[Any] = msgpack.unpackb(data)
    return values
