"""Start the emitted service of a finished project and ask it: each check is a line on stderr.

Prints {"passed": n, "failed": n} as its last line on stdout.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from fraud import Oracle, micros

DEADLINE = 180.0
CENTURY = 100 * 365 * 86400.0
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PROGRAMS = Path("generated/local")
PROGRAM = str(PROGRAMS / "python/serve_fraud_api.py")
Answer = tuple[int, Any]


class Service:
    """The running application."""

    def __init__(self, port: int) -> None:
        """Talk to a port of this machine."""
        self.port = port

    def ask(self, path: str, body: Any = None) -> Answer:
        """Ask once."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            if body is None:
                connection.request("GET", path)
            else:
                text = body if isinstance(body, str) else json.dumps(body)
                connection.request("POST", path, text, {"content-type": "application/json"})
            response = connection.getresponse()
            content = response.read().decode()
            if "json" in (response.getheader("content-type") or ""):
                return response.status, json.loads(content)
            return response.status, content
        finally:
            connection.close()

    def wait_for(self, wanted: Callable[[], bool], what: str) -> None:
        """Poll until something is so."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            try:
                if wanted():
                    return
            except (ConnectionError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        message = f"waited {DEADLINE} s for {what}"
        raise TimeoutError(message)


@contextmanager
def started(
    project: Path,
    program: str,
    log: Path,
    max_age: float = CENTURY,
    more: Mapping[str, str] | None = None,
) -> Iterator[Service]:
    """Run the service as its image would, in the project folder; the data is of another time than this machine's.

    `more` is what it has in its environment besides.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"PORT": str(port), "HOST": "127.0.0.1", "PREDICTION_LOG": str(log)}
    settings["STORE_MAX_AGE"] = str(max_age)
    environment = {**os.environ, **settings, "RELOAD_SECONDS": "0.2", **(more or {})}
    process = subprocess.Popen([sys.executable, program], cwd=project, env=environment)
    service = Service(port)
    try:
        service.wait_for(lambda: service.ask("/healthz")[0] == 200, "the service to start")
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(DEADLINE)


def same(left: Any, right: Any) -> bool:
    """Equal; doubles to nine digits."""
    if isinstance(left, float) or isinstance(right, float):
        if left is None or right is None:
            return left is right
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return bool(left == right)


class Checks:
    """Counts what holds and what does not."""

    def __init__(self) -> None:
        """Nothing checked yet."""
        self.passed = 0
        self.failed = 0

    def check(self, name: str, holds: bool, seen: Any = "") -> None:
        """Count a check; what was seen is printed where it fails."""
        self.passed += holds
        self.failed += not holds
        print(
            f"{'ok  ' if holds else 'FAIL'} {name}{'' if holds else f': {seen}'}", file=sys.stderr
        )


def answers_like_the_oracle(
    checks: Checks, service: Service, oracle: Oracle, at: datetime, sample: int
) -> None:
    """Ask for many cards at a moment, and one that nobody knows."""
    chance = random.Random(7)
    cards = known_cards(oracle)
    chosen = chance.sample(cards, min(sample, len(cards)))
    wrong: list[Any] = []
    for card in [*chosen, "nobody"]:
        amount = round(chance.uniform(1, 500), 2)
        country = chance.choice(["FR", "DE", None])
        body = {"card_id": card, "amount": amount, "country": country, "at": at.isoformat()}
        status, answer = service.ask("/predict", body)
        expected = oracle.features(card, micros(at), amount, country)
        if status != 200:
            wrong.append((body, status, answer))
            continue
        features = answer["features"]
        if features.keys() != expected.keys():
            wrong.append((card, sorted(features.keys() ^ expected.keys())))
        wrong += [
            (card, name, features.get(name), value)
            for name, value in expected.items()
            if not same(features.get(name), value)
        ]
        if not 0 <= answer["prediction"] <= 1:
            wrong.append((card, answer["prediction"]))
    title = f"features of {len(chosen)} cards and an unknown one equal the oracle's at {at}"
    checks.check(title, not wrong, wrong[:5])


def known_cards(oracle: Oracle) -> list[str]:
    """All cards that anything is known of."""
    return sorted(set(oracle.payments_of) | set(oracle.cards_of))


def bears_load(checks: Checks, service: Service, oracle: Oracle, end: datetime) -> None:
    """Let another process ask many times, and say how long an answer takes."""
    program = Path(__file__).resolve().parent / "load.py"
    cards = json.dumps(known_cards(oracle)[:500])
    options = ["--port", str(service.port), "--at", end.isoformat(), "--cards", cards]
    asked = subprocess.run(
        [sys.executable, program, *options], stdout=subprocess.PIPE, text=True, check=False
    )
    figures = asked.stdout.strip()
    checks.check("every one of many requests is answered", asked.returncode == 0, figures)
    print(f"     latency of a prediction: {figures}", file=sys.stderr)


def refuses(checks: Checks, service: Service, end: datetime) -> None:
    """Send what is wrong, and read why."""
    good = {"card_id": "c00001", "amount": 12.5, "country": "FR", "at": end.isoformat()}
    missing = {name: value for name, value in good.items() if name != "amount"}
    bad: dict[str, tuple[Any, str]] = {
        "a missing field": (missing, "amount"),
        "an unknown field": ({**good, "amuont": 1}, "amuont"),
        "text for a number": ({**good, "amount": "12.5"}, "amount"),
        "a boolean for a number": ({**good, "amount": True}, "amount"),
        "null for a key": ({**good, "card_id": None}, "card_id"),
        "a number for a key": ({**good, "card_id": 1}, "card_id"),
        "a moment without an offset": ({**good, "at": "2026-01-01T00:00:00"}, "at"),
        "a moment before the store's": (
            {**good, "at": (end - timedelta(hours=1)).isoformat()},
            "known as of",
        ),
        "no object": ([1], "body"),
        "no JSON": ("{", "JSON"),
        "a number beyond all": ('{"card_id":"c","country":null,"amount":NaN}', ""),
    }
    for name, (body, word) in bad.items():
        status, answer = service.ask("/predict", body)
        holds = status == 422 and set(answer) == {"error", "message"} and word in answer["message"]
        checks.check(f"refuses {name}", holds, (status, answer))
    checks.check("other methods are refused", service.ask("/predict")[0] == 405)


def describes_itself(checks: Checks, service: Service, log: Path) -> None:
    """Look at OpenAPI, metrics and the prediction log."""
    _, api = service.ask("/openapi.json")
    request = api["components"]["schemas"]["Request"]
    checks.check(
        "OpenAPI names the request's fields",
        set(request["properties"]) == {"card_id", "amount", "country", "at"}
        and request["additionalProperties"] is False,
        request,
    )
    _, metrics = service.ask("/metrics")
    counted = [line for line in metrics.splitlines() if line.startswith("predictions_total{")]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    total = sum(float(line.rpartition(" ")[2]) for line in counted)
    checks.check("every prediction is counted and logged", total == len(lines) > 0, counted)
    wanted = {"request_id", "model", "features", "prediction", "at"}
    checks.check("a line of the log has all of it", wanted <= lines[-1].keys(), lines[-1])


def reloads(checks: Checks, service: Service, registry: Path) -> None:
    """Name another champion, and see it answer."""
    file = registry / "champion.json"
    before = file.read_text()
    version = json.loads(before)["version"]
    other = version[:-1] + ("0" if version[-1] != "0" else "1")
    source, target = registry / "versions" / version, registry / "versions" / other
    target.mkdir(exist_ok=True)
    for name in ("model.joblib", "signature.json"):
        (target / name).write_bytes((source / name).read_bytes())
    replace(file, json.dumps({"version": other, "history": [other]}))
    service.wait_for(lambda: service.ask("/readyz")[1].get("version") == other, "the champion")
    checks.check("a new champion is taken up", True)
    replace(file, json.dumps({"version": "20990101T000000Z-00000000", "history": []}))
    service.wait_for(lambda: bool(service.ask("/readyz")[1].get("problem")), "the problem")
    status, answer = service.ask("/readyz")
    holds = status == 200 and answer["version"] == other
    checks.check("a champion that cannot be loaded leaves the old one in use", holds, answer)
    replace(file, before)
    service.wait_for(lambda: service.ask("/readyz")[1].get("version") == version, "the old one")


def refuses_old_stores(checks: Checks, project: Path, program: str, log: Path, end: datetime) -> None:
    """Start where the stores are a minute older than they may be."""
    age = (datetime.now(UTC) - end).total_seconds()
    with started(project, program, log.with_name("old.jsonl"), age - 60) as service:
        service.wait_for(lambda: service.ask("/readyz")[1]["message"] != "starting", "the stores")
        status, answer = service.ask("/readyz")
        said = f"the online store of card_velocity is complete up to {end.isoformat()}: more than "
        checks.check("not ready with a store that is too old", status == 503 and said in answer["message"], answer)
        _, metrics = service.ask("/metrics")
        name = 'online_store_age_seconds{group="card_velocity"} '
        shown = [float(line.removeprefix(name)) for line in metrics.splitlines() if line.startswith(name)]
        checks.check("the age of a store is a metric", len(shown) == 1 and age <= shown[0] < age + 300, (age, shown))


def knows_nothing_between_refreshes(checks: Checks, project: Path, log: Path, start: datetime, end: datetime) -> None:
    """Fill the stores a day earlier, and ask six hours later: what happened since is in no window."""
    filled = end - DAY
    for group in ("card_velocity", "card_profile"):
        interval = ["--interval-start", (filled - DAY).isoformat(), "--interval-end", filled.isoformat()]
        subprocess.run([sys.executable, PROGRAMS / f"spark/materialise_{group}.py", *interval], cwd=project, check=True)
    raw = project / "lake" / "raw"
    then, later = (Oracle(raw, micros(start), micros(moment)) for moment in (filled, end))
    at = filled + 6 * HOUR
    with started(project, PROGRAM, log.with_name("between.jsonl")) as service:
        service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness")
        answers_like_the_oracle(checks, service, then, at, 200)
    t = micros(at)
    cards = known_cards(later)
    pairs = [(then.velocity(card, t), later.velocity(card, t)) for card in cards]
    short = [f"card_velocity__payment_count_{window}" for window in ("10m", "1h")]
    checks.check("short windows are empty six hours later", all(known[name] == 0 for known, _ in pairs for name in short))
    used = sum(full["card_velocity__payment_count_1h"] != 0 for _, full in pairs)
    day = sum(known["card_velocity__payment_count_24h"] != 0 for known, _ in pairs)
    checks.check(f"{used} of {len(cards)} cards were used in that hour, {day} are known to have been in the day", used > 0 < day)


def replace(file: Path, text: str) -> None:
    """Put a file in place at once."""
    staged = file.with_suffix(".new")
    staged.write_text(text)
    staged.replace(file)


def not_ready_without_champion(checks: Checks, project: Path, program: str, log: Path) -> None:
    """Start where there is no model."""
    os.environ["MODEL_REGISTRY"] = str(log.parent / "no-registry")
    with started(project, program, log.with_name("empty.jsonl")) as service:
        body = {"card_id": "c", "amount": 1.0, "country": None}
        asked = service.ask("/readyz"), service.ask("/predict", body)
        checks.check("not ready without a champion", all(each[0] == 503 for each in asked), asked)
    del os.environ["MODEL_REGISTRY"]


def main() -> int:
    """Run all checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--interval-start", type=datetime.fromisoformat, required=True)
    parser.add_argument("--interval-end", type=datetime.fromisoformat, required=True)
    parser.add_argument("--sample", type=int, default=400)
    arguments = parser.parse_args()
    project, end = arguments.project.resolve(), arguments.interval_end
    oracle = Oracle(project / "lake" / "raw", micros(arguments.interval_start), micros(end))
    program = PROGRAM
    log = project / "predictions.jsonl"
    log.unlink(missing_ok=True)
    checks = Checks()
    with started(project, program, log) as service:
        service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness")
        answers_like_the_oracle(checks, service, oracle, end, arguments.sample)
        # Nothing more is known later on, but windows move: their tails fall on other tiles.
        for later in (timedelta(minutes=37, milliseconds=12_345), 6 * HOUR, 26 * HOUR):
            answers_like_the_oracle(checks, service, oracle, end + later, arguments.sample // 4)
        bears_load(checks, service, oracle, end)
        refuses(checks, service, end)
        describes_itself(checks, service, log)
        reloads(checks, service, project / "lake/fraud_detection/models/fraud_score")
    not_ready_without_champion(checks, project, program, log)
    refuses_old_stores(checks, project, program, log, end)
    knows_nothing_between_refreshes(checks, project, log, arguments.interval_start, end)
    print(json.dumps({"passed": checks.passed, "failed": checks.failed}))
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
