"""The example whose groups are kept in Redis: ask its service, and run its jobs again.

Prints {"passed": n, "failed": n} as its last line on stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import msgpack
from redis import Redis

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "serving"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from check import (
    HOUR,
    PROGRAM,
    PROGRAMS,
    Checks,
    answers_like_the_oracle,
    bears_load,
    refuses,
    started,
)
from fraud import Oracle, micros

GROUPS = ("card_velocity", "card_profile")


def content(client: Redis) -> dict[bytes, object]:
    """All that is kept of entities, without which run wrote it."""
    kept: dict[bytes, object] = {}
    for key in client.scan_iter("*:\\[*"):
        if client.type(key) == b"hash":
            kept[key] = {
                name: value for name, value in client.hgetall(key).items() if name != b"by"
            }
        else:
            as_of, _, *rest = msgpack.unpackb(client.get(key))
            kept[key] = [as_of, *rest]
    return kept


def materialise(project: Path, group: str, interval: list[str]) -> subprocess.Popen[bytes]:
    """Start the emitted job."""
    program = project / PROGRAMS / f"spark/materialise_{group}.py"
    return subprocess.Popen([sys.executable, program, *interval], cwd=project)


def runs_again(checks: Checks, project: Path, interval: list[str], client: Redis) -> None:
    """Run the jobs over what is there, and over nothing."""
    before = content(client)
    for title in ("what is there", "nothing"):
        for group in GROUPS:
            code = materialise(project, group, interval).wait()
            checks.check(f"{group} is filled again, over {title}", code == 0)
        after = content(client)
        wrong = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        checks.check(f"a run over {title} leaves the same", not wrong, wrong[:3])
        if title == "what is there":
            client.flushdb()


def older_runs_change_nothing(
    checks: Checks, project: Path, start: datetime, client: Redis
) -> None:
    """Run the job for the day before."""
    before = client.dbsize(), content(client)
    day = [
        "--interval-start",
        (start - timedelta(days=1)).isoformat(),
        "--interval-end",
        start.isoformat(),
    ]
    code = materialise(project, "card_velocity", day).wait()
    checks.check("an older run ends well", code == 0)
    checks.check("and changes nothing", (client.dbsize(), content(client)) == before)


def main() -> int:
    """Run all checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--interval-start", type=datetime.fromisoformat, required=True)
    parser.add_argument("--interval-end", type=datetime.fromisoformat, required=True)
    arguments = parser.parse_args()
    project = arguments.project.resolve()
    start, end = arguments.interval_start, arguments.interval_end
    oracle = Oracle(project / "lake" / "raw", micros(start), micros(end))
    password = os.environ["FRAUD_DETECTION_REDIS_PASSWORD"]
    client = Redis(port=arguments.port, db=2, password=password)
    checks = Checks()
    with started(project, PROGRAM, project / "predictions.jsonl") as service:
        service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness")
        for later in (0 * HOUR, timedelta(minutes=37, milliseconds=12_345), 26 * HOUR):
            answers_like_the_oracle(checks, service, oracle, end + later, 200)
        bears_load(checks, service, oracle, end)
        refuses(checks, service, end)
        client.client_pause(4_000)
        status, answer = service.ask(
            "/predict", {"card_id": "c00001", "amount": 1.5, "country": "FR", "at": end.isoformat()}
        )
        told = status == 503 and "does not answer" in answer["message"]
        checks.check("a server that does not answer in time is said to", told, (status, answer))
        client.client_unpause()
        service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness again")
    interval = ["--interval-start", start.isoformat(), "--interval-end", end.isoformat()]
    runs_again(checks, project, interval, client)
    older_runs_change_nothing(checks, project, start, client)
    print(json.dumps({"passed": checks.passed, "failed": checks.failed}))
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
