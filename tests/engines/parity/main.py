"""One log of messages, in a month of the broker's time: what the service answered meanwhile, and what is computed of the whole log afterwards.

In the project's folder. Prints {"passed": n, "failed": n} as its last line on stdout.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path[:0] = ["generated/local/spark", "generated/local/python"]
sys.path += [str(Path(__file__).resolve().parent.parent / name) for name in ("lib", "oracle", "serving")]

import features_card_velocity  # noqa: E402  (emitted modules)
import lakehouse  # noqa: E402
import model_inputs  # noqa: E402
import oracle  # noqa: E402
import quality  # noqa: E402
import settings  # noqa: E402
import sources  # noqa: E402
import tiles_card_velocity  # noqa: E402
from check import CENTURY, Checks, started  # noqa: E402
from lakehouse import Interval, read  # noqa: E402
from messages import DAY, HOUR, MINUTE, PARTITIONS, payment  # noqa: E402
from model_fraud import MODEL  # noqa: E402
from oracle import Oracle, Question  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402
from redis_server import meta_key  # noqa: E402
from registry import Registry, version_name  # noqa: E402
from signature import Signature  # noqa: E402
from sklearn.dummy import DummyRegressor  # noqa: E402
from windows import AT  # noqa: E402
from world import Clock, Program, Topic, duration, log, talking, until  # noqa: E402

DAYS, CARDS, ASKED = 31, 600, 260
# How far the history's mark lies behind the clock.
SLACK = MINUTE
# Windows are asked that hold much, and in which next to nothing has come of late.
OFTEN = 150
KILLS = (("history",), ("tiles",), ("history", "tiles"))
EXPLAINED = 12
SERVE = "generated/local/python/serve_fraud_api.py"

Answer = tuple[Question, Mapping[str, Any]]
STREAM = tiles_card_velocity.STREAM
STORE = STREAM.store.store
CLIENT = STORE.server.connect(timeout=30, attempts=3)
DELAY = STREAM.group.delay // timedelta(milliseconds=1)
checks = Checks()
check = checks.check


def say(text: str) -> None:
    """Tell how it goes."""
    print(f"     {text}", file=sys.stderr, flush=True)


def as_of() -> int:
    """Return up to when the store says that it is complete, in milliseconds."""
    return int(CLIENT.hget(meta_key(STORE.prefix), "as_of") or 0)


def champion(end: datetime) -> None:
    """Register a model: what it predicts is of no interest."""
    vocabularies = {column.name: [] for column in MODEL.inputs if column.is_category}
    signature = Signature(MODEL.task, MODEL.inputs, vocabularies)
    fitted = DummyRegressor().fit([[0.0]] * 2, [0.0, 1.0])
    registry, version = Registry(MODEL.registry), version_name(end, MODEL.definition)
    registry.save(version, fitted, signature)
    registry.settle(version, passed=True)


class Run:
    """The log on its way through the broker, the streams and the service."""

    def __init__(self, arguments: argparse.Namespace, topic: Topic, begin: int) -> None:
        """Prepare all of it."""
        self.chance = random.Random(arguments.seed)
        self.topic, self.begin = topic, begin
        self.world = Clock(arguments.world_clock)
        more = {"LD_PRELOAD": arguments.clock, "CLOCK_FILE": arguments.world_clock}
        self.history = Program("generated/local/spark/history_payments.py", more)
        self.tiles = Program("generated/local/spark/tiles_card_velocity.py", more)
        self.streams = {"history": self.history, "tiles": self.tiles}
        self.more = more
        self.answers: list[Answer] = []

    def drained(self, last: int) -> bool:
        """Tell whether the service knows all that the broker had up to a moment."""
        return as_of() - DELAY > last

    def taken(self) -> bool:
        """Tell whether the history has all that was sent."""
        checkpoint = Path(STREAM.topic.checkpoint)
        finished = [int(file.name) for file in checkpoint.glob("commits/[0-9]*")]
        if not finished:
            return False
        offsets = json.loads((checkpoint / "offsets" / str(max(finished))).read_text().splitlines()[-1])
        return sum(offsets[self.topic.name].values()) == sum(map(len, self.topic.sent))

    def part(self, messages: Sequence[Any], kill: Sequence[str]) -> None:
        """Send a part of the log, and let the streams take it in.

        A client of Kafka that waits for an answer while its clock is moved takes the time for over: so the streams' clock is moved when the
        history has what there is. It is behind the broker's, or a little ahead.
        """
        middle = self.chance.randrange(len(messages)) if self.chance.random() < 0.15 else 0
        if middle:
            self.topic.send(messages[:middle], self.begin)
            self.wait(self.taken)
            self.world.forward(self.topic.clock.now() + self.chance.randrange(-20 * MINUTE, 40_000))
        self.topic.send(messages[middle:], self.begin)
        last = self.topic.clock.now()
        if "history" in kill:
            self.kill("history", self.taken, 4)
        self.wait(self.taken)
        self.world.forward(self.topic.clock.forward(last + SLACK + DELAY + 15_000))
        if "tiles" in kill:
            self.kill("tiles", lambda: self.drained(last), 9)
        self.wait(lambda: self.drained(last))

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait for the streams."""
        until("the streams", condition, list(self.streams.values()))

    def kill(self, name: str, finished: Callable[[], bool], patience: float) -> None:
        """Kill a stream at any moment of its work, and start it again."""
        patience = self.chance.uniform(0.1, patience)
        idle = until(name, finished, [], patience)
        self.streams[name].stop(signal.SIGKILL)
        say(f"killed {name} after {patience:.1f} s, {'idle' if idle else 'at work'}")
        self.streams[name].start()

    def ask(self, port: int, drain: int, cards: Sequence[int], following: int | None = None) -> None:
        """Ask for many cards: as of now, and of moments before anything more comes."""
        chance = self.chance
        refused = []
        with talking(port) as ask:
            for card in ("nobody", *(f"c{number}" for number in cards)):
                amount = chance.choice([None, str(Decimal(chance.randrange(1, 9900)) / 100)])
                merchant = chance.choice([None, "internal", f"m{chance.randrange(200)}"])
                body = {"card_id": card, "amount": amount, "merchant_id": merchant}
                if following is not None and chance.random() < 0.5:
                    at = self.world.now() + int(chance.expovariate(1 / (15 * MINUTE)))
                    # Where windows move on.
                    at = chance.choice([at, at - at % MINUTE, at - at % HOUR + HOUR, at - at % HOUR + HOUR - 1])
                    at = min(max(at, self.world.now() + 1000), following)
                    body["at"] = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")
                status, answer = ask(body)
                if status != 200:
                    refused.append((body, status, answer))
                    continue
                moment = oracle.micros(datetime.fromisoformat(answer["at"]))
                asked = Question(drain, card, moment, None if amount is None else Decimal(amount), merchant)
                self.answers.append((asked, answer["features"]))
        check(f"drain {drain}: each of {len(cards) + 1} questions is answered", not refused, refused[:2])

    def linger(self, seconds: int) -> None:
        """Let messages come by and by, and ask meanwhile: nothing is waited for."""
        self.history.start()
        self.tiles.start()
        champion(datetime.fromtimestamp(self.begin / 1000, UTC))
        number = 0
        end: float | None = None
        with started(Path.cwd(), SERVE, Path("predictions.jsonl"), CENTURY, self.more) as service:
            while end is None or time.monotonic() < end:
                now = self.topic.clock.now()
                at = datetime.fromtimestamp(now / 1000, UTC)
                values = [json.dumps(payment(self.chance, number + each, at, 40)).encode() for each in range(20)]
                number += len(values)
                self.topic.send([(now - self.begin, self.chance.randrange(PARTITIONS), value) for value in values], self.begin)
                if service.ask("/readyz")[0] == 200:
                    end = end or time.monotonic() + seconds
                    self.ask(service.port, number // len(values), self.chance.sample(range(40), 10))
                time.sleep(0.2)
        last = self.topic.clock.now()
        self.wait(lambda: self.drained(last))
        for stream in self.streams.values():
            stream.stop(signal.SIGTERM)

    def go(self, parts: Sequence[Sequence[Any]], edges: Sequence[int]) -> None:
        """Let the whole log come."""
        kills = dict(zip(sorted(self.chance.sample(range(1, len(parts)), len(KILLS))), KILLS, strict=True))
        self.history.start()
        self.tiles.start()
        champion(datetime.fromtimestamp(self.begin / 1000, UTC))
        began = time.monotonic()
        self.part(parts[0], ())
        say(f"the streams have begun ({duration(began)})")
        with started(Path.cwd(), SERVE, Path("predictions.jsonl"), CENTURY, self.more) as service:
            service.wait_for(lambda: service.ask("/readyz")[0] == 200, "readiness")
            for number, messages in enumerate(parts):
                if number:
                    self.part(messages, kills.get(number, ()))
                asking = time.monotonic()
                cards = [*range(OFTEN), *self.chance.sample(range(OFTEN, CARDS), ASKED - OFTEN - 1)]
                self.ask(service.port, number, cards, self.begin + edges[number + 1])
                say(f"drain {number} at {duration(began)}, asked in {duration(asking)}")
        for stream in self.streams.values():
            stream.require()
            stream.stop(signal.SIGTERM)


def kept(spark: Any, topic: Topic) -> list[tuple[int, int, int, bytes]]:
    """Compare the history with what was sent, byte by byte, and return its messages."""
    columns = ("partition", "offset", F.unix_micros("ingested_at").alias("at"), "value")
    rows = [tuple(row) for row in read(spark, STREAM.topic.history).select(*columns).collect()]
    rows = [(partition, offset, at, bytes(value)) for partition, offset, at, value in rows]
    sent = {(partition, offset): value for partition in range(PARTITIONS) for offset, value in enumerate(topic.sent[partition])}
    found = {(partition, offset): value for partition, offset, _, value in rows}
    days = (max(row[2] for row in rows) - min(row[2] for row in rows)) / 1000 / DAY
    title = f"each of {len(sent)} messages of {PARTITIONS} partitions, over {days:.1f} days of the broker's, is in the history once"
    check(title, found == sent and len(rows) == len(sent), (len(rows), len(sent)))
    return rows


def verdicts(spark: Any, messages: Sequence[tuple[int, int, int, bytes]], wanted: Mapping[tuple[int, int], str]) -> None:
    """Compare verdicts of the batch run with those of a plain program, message by message."""
    rows = read(spark, sources.PAYMENTS_SOURCE.verdicts).select("partition", "offset", "verdict").collect()
    found = {(row.partition, row.offset): row.verdict for row in rows}
    counts = Counter(wanted.values())
    say(f"verdicts: {dict(sorted(counts.items()))}")
    check("each message has one verdict in the batch run", len(rows) == len(found) == len(messages), (len(rows), len(found)))
    wrong = [(place, found.get(place), verdict) for place, verdict in wanted.items() if found.get(place) != verdict]
    check("it is the one that a plain program gives", not wrong, wrong[:5])
    check("there are enough of all verdicts", len(counts) == 6 and min(counts.values()) > len(messages) / 1000, counts)


def in_stream(spark: Any, tiles: Program, messages: Sequence[tuple[int, int, int, bytes]], wanted: Mapping[tuple[int, int], str]) -> None:
    """Compare verdicts of the stream with those of the batch run: of each step, and of what it keeps to know copies by."""
    reports = [report for report in tiles.said() if "verdicts" in report]
    ends = [oracle.micros(datetime.fromisoformat(report["until"])) for report in reports]
    found: dict[int, Counter[str]] = {end: Counter() for end in ends}
    for report, end in zip(reports, ends, strict=True):
        found[end].update(report["verdicts"]["payments"])
    slices: dict[int, Counter[str]] = {end: Counter() for end in sorted(found)}
    order, at = sorted(messages, key=lambda message: message[2]), 0
    for end, counts in slices.items():
        while at < len(order) and order[at][2] < end:
            counts[wanted[order[at][:2]]] += 1
            at += 1
    # A stream that was killed between its commit and its report has not said of that step: the next one seems to have less.
    untold = [end for end, counts in slices.items() if counts != found[end]]
    right = sum(found[end].total() for end in slices if end not in untold)
    title = f"verdicts of {len(slices)} steps of the stream are those of the batch run, for {right} of {len(messages)} messages"
    check(title, len(untold) <= 2 and right > 0.8 * len(messages), [(end, slices[end], found[end]) for end in untold][:3])
    seen = {(row.partition, row.offset) for row in read(spark, STREAM.seen).select("partition", "offset").distinct().collect()}
    accepted = {place for place, verdict in wanted.items() if verdict == "accepted"}
    check(f"what the stream has accepted of late ({len(seen)} messages), the batch run has accepted", bool(seen) and seen <= accepted)


def offline(spark: Any, answers: Sequence[Answer], cut: datetime) -> list[dict[str, Any]]:
    """Compute the inputs of the model for all questions from the whole log, as for a training set."""
    rows = [
        (number, asked.card, asked.amount, asked.merchant, lakehouse.from_micros(asked.at))
        for number, (asked, _) in enumerate(answers)
    ]
    types = f"id INT, card_id STRING, amount DECIMAL(12,2), merchant_id STRING, {AT} TIMESTAMP"
    found = model_inputs.fraud_inputs(spark, spark.createDataFrame(rows, types), cut).collect()
    return [row.asDict() for row in sorted(found, key=lambda row: row.id)]


def same(left: Any, right: Any, size: float) -> bool:
    """Compare a value of the service with one that was computed: doubles by the sizes of what they are of, all else exactly."""
    if isinstance(right, Decimal):
        return left is not None and Decimal(left) == right
    if isinstance(right, float) and isinstance(left, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9 * size)
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def compare(title: str, answers: Sequence[Answer], values: Iterable[tuple[Mapping[str, Any], float]], truth: Oracle) -> None:
    """Compare what the service answered with what is computed of the whole log."""
    wrong: list[tuple[Question, str, Any, Any]] = []
    compared = 0
    for (asked, features), (wanted, size) in zip(answers, values, strict=True):
        for name, value in features.items():
            compared += 1
            if not same(value, wanted[name], size):
                wrong.append((asked, name, value, wanted[name]))
    check(f"{title}: {compared} values of {len(answers)} questions", not wrong, f"{len(wrong)} differ")
    for asked, name, value, right in wrong[:5]:
        explain(asked, name, (value, right), truth)


def tells(value: Any) -> bool:
    """Tell whether a value is not what an empty window has."""
    return isinstance(value, bool) or value not in (None, 0)


def explain(asked: Question, name: str, values: tuple[Any, Any], truth: Oracle) -> None:
    """Say of which events a value is that differs."""
    at = lakehouse.from_micros(asked.at)
    say(f"{name} of {asked.card} at {at} (drain {asked.drain}) was {values[0]}, and is {values[1]}")
    output = name.partition("__")[2]
    over = oracle.WINDOWS.get(output, (oracle.LONGEST, None))[0]
    known = truth.known(asked, over, oracle.naive.tile(over))
    for each in sorted(known, key=lambda event: event["known"])[-EXPLAINED:]:
        times = (f"{title} {lakehouse.from_micros(each[title])}" for title in ("e", "known"))
        say(f"  {each['payment_id']} {each['amount']} {each['points']} {each['merchant_id']} {', '.join(times)}")
    say(f"  {len(known)} events in all, the latest above")


def report(spark: Any, run: Run, begin: datetime) -> None:
    """Say how much of what was answered while messages came is what a training set has, with the delay that the group has."""
    whole = Interval(begin - timedelta(days=40), begin + timedelta(days=DAYS + 10))
    quality.ingest(spark, sources.PAYMENTS_SOURCE, whole, settings.MARKS)
    features_card_velocity.run(spark, whole)
    rows = offline(spark, run.answers, whole.end)
    wrong = Counter(
        name
        for (_, features), wanted in zip(run.answers, rows, strict=True)
        for name, value in features.items()
        if not same(value, wanted[name], 1e6)
    )
    values = len(run.answers) * len(rows[0])
    say(f"undrained, with a delay of {STREAM.group.delay}: {wrong.total()} of {values} values differ {dict(wrong.most_common())}")
    check("questions were answered while messages came", len(run.answers) > 500, len(run.answers))


def judge(spark: Any, run: Run, begin: datetime) -> None:
    """Compute all of it offline, and compare."""
    messages = kept(spark, run.topic)
    wanted, accepted = oracle.judged(messages)
    batch = time.monotonic()
    whole = Interval(begin - timedelta(days=40), begin + timedelta(days=DAYS + 10))
    quality.ingest(spark, sources.PAYMENTS_SOURCE, whole, settings.MARKS)
    features_card_velocity.run(spark, whole)
    say(f"the batch run took {duration(batch)}")
    verdicts(spark, messages, wanted)
    in_stream(spark, run.tiles, messages, wanted)
    truth = Oracle(accepted, DELAY * 1000)
    plain = time.monotonic()
    naive = [truth.features(asked) for asked, _ in run.answers]
    say(f"the plain program took {duration(plain)}")
    rows = offline(spark, run.answers, whole.end)
    sizes = [size for _, size in naive]
    compare("the service has answered what a training set has", run.answers, zip(rows, sizes, strict=True), truth)
    compare("and what a plain program computes", run.answers, naive, truth)
    told = {name: sum(tells(values[name]) for values, _ in naive) for name in naive[0][0]}
    few = {name: count for name, count in told.items() if count < len(naive) / 100}
    check("all features had something to tell", not few, few)


def main() -> int:
    """Run all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--servers", required=True)
    parser.add_argument("--clock", required=True)
    parser.add_argument("--broker-clock", required=True)
    parser.add_argument("--world-clock", required=True)
    parser.add_argument("--begin", type=datetime.fromisoformat, required=True)
    parser.add_argument("--payments", type=int, default=101_000)
    parser.add_argument("--drains", type=int, default=20)
    parser.add_argument("--undrained", type=int, help="for so many seconds, messages come and nothing is waited for")
    arguments = parser.parse_args()
    spark = lakehouse.session("parity", settings.SPARK)
    spark.sparkContext.setLogLevel("ERROR")
    begin = round(arguments.begin.timestamp() * 1000)
    edges = [number * DAYS * DAY // arguments.drains for number in range(arguments.drains + 1)]
    chance = random.Random(arguments.seed)
    parts = log(chance, arguments.payments, edges, CARDS, arguments.begin)
    topic = Topic(spark._jvm, arguments.servers, sources.PAYMENTS_TOPIC.topic, Clock(arguments.broker_clock))
    run = Run(arguments, topic, begin)
    try:
        if arguments.undrained:
            run.linger(arguments.undrained)
        else:
            run.go(parts, edges)
    finally:
        for stream in run.streams.values():
            stream.stop(signal.SIGKILL)
    (report if arguments.undrained else judge)(spark, run, arguments.begin)
    spark.stop()
    print(json.dumps({"passed": checks.passed, "failed": checks.failed}))
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
