"""Ask a running service for predictions, one after another, and say how long each took.

A process of its own, so that what it costs to ask is not taken from the service's time. Prints
{"requests", "failed", "p50_ms", "p99_ms"} as its last line on stdout.
"""

import argparse
import http.client
import json
import random
import sys
import time

WARM_UP = 200


def main() -> int:
    """Ask, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--at", required=True, help="the moment to ask about")
    parser.add_argument("--cards", required=True, help="JSON list of cards to ask about")
    parser.add_argument("--requests", type=int, default=2_000)
    arguments = parser.parse_args()
    chance = random.Random(11)
    cards = json.loads(arguments.cards)
    connection = http.client.HTTPConnection("127.0.0.1", arguments.port, timeout=30)
    times, failed = [], 0
    for _ in range(WARM_UP + arguments.requests):
        body = {
            "card_id": chance.choice(cards),
            "amount": round(chance.uniform(1, 500), 2),
            "country": chance.choice(["FR", "DE", None]),
            "at": arguments.at,
        }
        begin = time.perf_counter()
        connection.request(
            "POST", "/predict", json.dumps(body), {"content-type": "application/json"}
        )
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - begin)
        failed += response.status != 200
    connection.close()
    measured = sorted(times[WARM_UP:])
    found = {
        "requests": len(times),
        "failed": failed,
        "p50_ms": round(measured[len(measured) // 2] * 1000, 2),
        "p99_ms": round(measured[len(measured) * 99 // 100] * 1000, 2),
    }
    print(json.dumps(found))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
