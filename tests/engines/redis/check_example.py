"""The example whose groups are kept in Redis."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgpack
from redis import Redis

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))
from store_example import Server, main, port

CLIENT = Redis(port=port(), db=2, password=os.environ["FRAUD_DETECTION_REDIS_PASSWORD"])


class OnRedis(Server):
    """A Redis."""

    def content(self) -> Mapping[str, object]:
        kept: dict[str, object] = {}
        for key in CLIENT.scan_iter("*:\\[*"):
            if CLIENT.type(key) == b"hash":
                fields = CLIENT.hgetall(key)
                kept[key.decode()] = {name: value for name, value in fields.items() if name != b"by"}
            else:
                as_of, _, *rest = msgpack.unpackb(CLIENT.get(key))
                kept[key.decode()] = [as_of, *rest]
        return kept

    def clear(self) -> None:
        CLIENT.flushdb()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        CLIENT.client_pause(4_000)
        yield
        CLIENT.client_unpause()


if __name__ == "__main__":
    sys.exit(main(OnRedis()))
