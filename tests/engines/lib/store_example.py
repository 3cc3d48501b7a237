"""The example whose groups are kept on a server: ask its service, and run its jobs again.

`main` prints {"passed": n, "failed": n} as its last line on stdout.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

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


class Server(ABC):
    """The server that keeps the groups."""

    @abstractmethod
    def content(self) -> Mapping[str, object]:
        """Return all that is kept of entities, without which run wrote it."""

    @abstractmethod
    def clear(self) -> None:
        """Take away all that is kept."""

    @abstractmethod
    def hanging(self) -> AbstractContextManager[None]:
        """Let no request be answered in time."""


def materialise(project: Path, group: str, interval: list[str]) -> subprocess.Popen[bytes]:
    """Start the emitted job."""
    program = project / PROGRAMS / f"spark/materialise_{group}.py"
    return subprocess.Popen([sys.executable, program, *interval], cwd=project)


def runs_again(checks: Checks, project: Path, interval: list[str], server: Server) -> None:
    """Run the jobs over what is there, and over nothing."""
    before = server.content()
    for title in ("what is there", "nothing"):
        for group in GROUPS:
            code = materialise(project, group, interval).wait()
            checks.check(f"{group} is filled again, over {title}", code == 0)
        after = server.content()
        wrong = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        checks.check(f"a run over {title} leaves the same", not wrong, wrong[:3])
        if title == "what is there":
            server.clear()


def older_runs_change_nothing(
    checks: Checks, project: Path, start: datetime, server: Server
) -> None:
    """Run the job for the day before."""
    before = server.content()
    day = [
        "--interval-start",
        (start - timedelta(days=1)).isoformat(),
        "--interval-end",
        start.isoformat(),
    ]
    code = materialise(project, "card_velocity", day).wait()
    checks.check("an older run ends well", code == 0)
    checks.check("and changes nothing", server.content() == before != {})


def main(server: Server) -> int:
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
    checks = Checks()
    with started(project, PROGRAM, project / "predictions.jsonl") as service:
        service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness")
        for later in (0 * HOUR, timedelta(minutes=37, milliseconds=12_345), 26 * HOUR):
            answers_like_the_oracle(checks, service, oracle, end + later, 200)
        bears_load(checks, service, oracle, end)
        refuses(checks, service, end)
        body = {"card_id": "c00001", "amount": 1.5, "country": "FR", "at": end.isoformat()}
        with server.hanging():
            status, answer = service.ask("/predict", body)
        told = status == 503 and "does not answer" in answer["message"]
        checks.check("a server that does not answer in time is said to", told, (status, answer))
        service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness again")
    interval = ["--interval-start", start.isoformat(), "--interval-end", end.isoformat()]
    runs_again(checks, project, interval, server)
    older_runs_change_nothing(checks, project, start, server)
    print(json.dumps({"passed": checks.passed, "failed": checks.failed}))
    return 1 if checks.failed else 0


def port() -> int:
    """Return the port of the server, from the command line."""
    return int(sys.argv[sys.argv.index("--port") + 1])
