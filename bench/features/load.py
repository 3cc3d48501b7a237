"""Ask a running service again and again, over a fixed number of connections.

A process of its own, so that what it costs to ask is not taken from the service's time. Each
connection asks as soon as it was answered. Prints {"p50", "p99", "mean"} in milliseconds,
{"rate"}, and one answer by card for {"sample"}.

    load.py PORT PATH BODIES --connections 1 --requests 5000

BODIES is a file with a request in each line.
"""

import argparse
import asyncio
import json
import random
import time
from pathlib import Path

WARM_UP = 500


class Asker:
    """What is asked, and how long answers take."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Ask what is in the file, in an order of chance that is the same each time."""
        self.port, self.path = options.port, options.path
        self.bodies = options.bodies.read_bytes().splitlines()
        self.chance = random.Random(11)
        self.left = WARM_UP + options.requests
        self.times: list[float] = []

    async def connection(self) -> None:
        """Ask over one connection until enough was asked."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while self.left > 0:
            self.left -= 1
            body = self.chance.choice(self.bodies)
            begin = time.perf_counter()
            await self.ask(reader, writer, body)
            self.times.append(time.perf_counter() - begin)
        writer.close()

    async def ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
    ) -> bytes:
        """Ask once."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answered = await reader.readuntil(b"\r\n\r\n")
        status, *lines = answered.decode().lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines if line)
        content = await reader.readexactly(int(headers["content-length"]))
        if status.split()[1] != "200":
            message = f"{body!r} was answered by {status}: {content[:300]!r}"
            raise RuntimeError(message)
        return content


async def measure(options: argparse.Namespace) -> None:
    """Ask and report."""
    asker = Asker(options)
    begin = time.perf_counter()
    await asyncio.gather(*(asker.connection() for _ in range(options.connections)))
    seconds = time.perf_counter() - begin
    reader, writer = await asyncio.open_connection("127.0.0.1", options.port)
    sample = [await asker.ask(reader, writer, body) for body in asker.bodies[: options.sample]]
    writer.close()
    times = sorted(1000 * each for each in asker.times[WARM_UP:])
    found = {
        "p50": times[len(times) // 2],
        "p99": times[len(times) * 99 // 100],
        "mean": sum(times) / len(times),
        "rate": len(asker.times) / seconds,
        "sample": [json.loads(each) for each in sample],
    }
    print(json.dumps(found))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("bodies", type=Path)
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--sample", type=int, default=200)
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
