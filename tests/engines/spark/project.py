"""The project `everything`: compiled, run over three intervals, and compared with the oracle table by table."""

from __future__ import annotations

import contextlib
import json
import math
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import data
from data import BOUNDS, END, EPOCH, Row
from expected import SOURCES, Oracle
from harness import Compiler, Outcome, Programs, Totals
from pyspark.sql import SparkSession
from pyspark.sql import types as T

HERE = Path(__file__).parent
# Transforms that are computed interval by interval; each has a twin that is computed as a whole.
INCREMENTAL = ["fees", "rush", "busy"]
DAILY = [
    *(f"ingest_{name}" for name in SOURCES),
    "transform_paid_orders",
    "transform_visited_pages",
    "transform_costs",
    *(f"transform_{name}{suffix}" for name in INCREMENTAL for suffix in ("", "_whole")),
    "features_sensor_stats",
    "features_visitor",
    "features_buying",
]
STORES = ["sensor_stats", "visitor", "profile", "buying"]


def check(spark: SparkSession, compiler: Compiler, folder: Path, totals: Totals, seed: int) -> None:
    """The whole part."""
    shutil.copytree(HERE / "project", folder)
    # Absolute, because the virtual machine that all projects share has one working folder.
    text = (folder / "mlspec.yaml").read_text(encoding="utf-8")
    (folder / "mlspec.yaml").write_text(text.replace("./lake", str(folder / "lake")), encoding="utf-8")
    code, diagnostics = compiler.compile(folder)
    if not totals.check("the project compiles", code == 0, diagnostics):
        return
    programs = Programs(folder)
    with contextlib.chdir(folder):
        run(spark, programs, totals, seed)


def run(spark: SparkSession, programs: Programs, totals: Totals, seed: int) -> None:
    """All programs over all intervals, in the project's folder: that is where its own code is found."""
    folder = programs.project
    waits(programs, totals)
    raw = data.make(spark, folder / "lake" / "raw", seed)
    warned, missed = [], []
    for start, end in zip(BOUNDS[:-1], BOUNDS[1:], strict=True):
        for name in DAILY:
            outcome = runs(programs, name, start, end, totals)
            warned += outcome.stderr.splitlines()
            missed += outcome.summary.get("missed", {}).values()
    totals.check("where nothing comes late, no run misses a row", missed == [0] * (len(SOURCES) * (len(BOUNDS) - 1)), missed)
    for name in [*(f"materialise_{store}" for store in STORES), "scoring_pay_list", "training_pays"]:
        runs(programs, name, BOUNDS[-2], BOUNDS[-1], totals)
    arrived(programs, totals)
    oracle = Oracle(raw, END)
    compare = Comparison(spark, folder / "lake" / "everything", oracle, totals)
    compare.sources()
    compare.transforms()
    compare.training(random.Random(seed))
    compare.scoring()
    compare.online(folder)
    warnings(warned, oracle, totals)
    removed(programs, raw, compare, totals)
    failures(spark, programs, raw, compare, totals)
    late(programs, raw, compare, totals)
    functions(spark, programs, compare, totals)


def warnings(lines: list[str], oracle: Oracle, totals: Totals) -> None:
    """A check that only warns counts the rows that fail it, of those that are fit."""
    fit = [each for each in oracle.judged["readings"] if each.verdict not in ("malformed", "too_late")]
    wanted = sum(each.row["count"] is None for each in fit)
    text = "warning: check counted of readings failed "
    found = [int(line.removeprefix(text).split()[0]) for line in lines if line.startswith(text)]
    totals.check("a check that warns counts rows, and goes on", sum(found) == wanted > 0, (found, wanted))
    visits = [each for each in oracle.judged["visits"] if each.verdict != "malformed"]
    wanted = sum(each.row["seen"] is None and each.row["score"] is None for each in visits)
    wanted += sum(each.row["seen"] is False and each.row["score"] is None for each in visits)
    text = "warning: check seen_or_scored of visits failed "
    found = [int(line.removeprefix(text).split()[0]) for line in lines if line.startswith(text)]
    totals.check("a condition that is NULL fails", sum(found) == wanted > 0, (found, wanted))


def removed(programs: Programs, raw: Mapping[str, list[Row]], compare: Comparison, totals: Totals) -> None:
    """A file goes away: running the last interval again removes the rows that it had, and what was made of them."""
    (programs.project / "lake/raw/readings/b with space.csv").unlink()
    last = data.micros(BOUNDS[-2])
    kept = [row for row in raw["readings"] if not (row.get("__removed") and last <= (row["seen at"] or 0) < END)]
    totals.check("rows are removed", 5 < len(raw["readings"]) - len(kept))
    for name in ("ingest_readings", "features_sensor_stats", "scoring_pay_list", "materialise_sensor_stats"):
        runs(programs, name, BOUNDS[-2], BOUNDS[-1], totals)
    oracle = Oracle({**raw, "readings": kept}, END)
    after = Comparison(compare.spark, compare.lake, oracle, totals)
    print("     after rows were removed:", file=sys.stderr)
    after.sources(["readings"])
    after.scoring()
    after.online(programs.project)


def late(programs: Programs, raw: Mapping[str, list[Row]], compare: Comparison, totals: Totals) -> None:
    """A file comes with visits of intervals that were run: they are counted and named, and taken in by running these again."""
    moments = [data.micros(BOUNDS[1]) - data.HOUR, data.micros(BOUNDS[1]) - 1, data.micros(BOUNDS[2]) - data.HOUR, data.micros(BOUNDS[-2]) + 1]
    visit = next(row for row in raw["visits"] if row["id"] == 7)
    rows = [visit | {"id": 9_000 + number, "at_time": moment} for number, moment in enumerate(moments)]
    lines = "".join(json.dumps(data.visit_json(row)) + "\n" for row in rows)
    (programs.project / "lake/raw/visits/late.json").write_text(lines, encoding="utf-8")
    outcome = runs(programs, "ingest_visits", BOUNDS[-2], BOUNDS[-1], totals)
    days = [datetime.fromtimestamp(moment / data.SECOND, UTC).date() for moment in moments]
    said = f"warning: 3 rows of visits came after the run of their interval and are in no table: 2 of {days[0]}, 1 of {days[2]}."
    found = outcome.summary["missed"]["visits"], said in outcome.stderr
    totals.check("rows that came after the run of their interval are counted and named", found == (3, True), outcome)
    some = Comparison(compare.spark, compare.lake, Oracle({**raw, "visits": [*raw["visits"], rows[3]]}, END), totals)
    print("     before their intervals are run again:", file=sys.stderr)
    some.sources(["visits"])
    for start, end in zip(BOUNDS[:-1], BOUNDS[1:], strict=True):
        outcome = runs(programs, "ingest_visits", start, end, totals)
    totals.check("once their intervals are run again, none is missed", outcome.summary["missed"]["visits"] == 0, outcome)
    every = Comparison(compare.spark, compare.lake, Oracle({**raw, "visits": [*raw["visits"], *rows]}, END), totals)
    every.sources(["visits"])


# What each change of the newest orders makes fail: check, change of a row, what the message says of it.
FAILURES: Mapping[str, Row] = {
    "known_state": {"state": "lost"},
    "small_quantity": {"quantity": 127},
    "has_customer": {"customer_id": None},
    "once": {"order_id": "Nord/1/again"},
}


def failures(spark: SparkSession, programs: Programs, raw: Mapping[str, list[Row]], compare: Comparison, totals: Totals) -> None:
    """A check that fails stops the program, which leaves everything as it was."""
    folder = programs.project / "lake/raw/orders"
    start = data.micros(BOUNDS[-2])
    sample = {**next(row for row in raw["orders"]), "ordered_at": start + 5, "loaded_at": start + 5, "order_id": "Nord/1/again"}
    sample |= {"customer_id": "c1", "quantity": 1, "state": "open"}
    before = versions(spark, compare.lake)
    for name, change in FAILURES.items():
        bad = [sample | change]
        if name == "once":
            bad.append(bad[0] | {"ordered_at": start + 7})
        data.write_orders(spark, folder, [*raw["orders"], *bad])
        outcome = programs.run("ingest_orders", BOUNDS[-2], BOUNDS[-1])
        said = f"check {name} of orders failed 1 times: (Nord/1/again)"
        totals.check(
            f"{name} stops the ingestion and names check, rows and a sample", outcome.code == 3 and said in outcome.stderr, outcome
        )
    outcome = programs.run("ingest_orders", "2027-01-01T00:00:00Z", "2027-01-02T00:00:00Z")
    totals.check("a dataset that is not fresh stops the ingestion", outcome.code == 3 and "recent" in outcome.stderr, outcome)
    totals.check("what failed has changed no table", versions(spark, compare.lake) == before, before)
    data.write_orders(spark, folder, raw["orders"])
    outcome = runs(programs, "ingest_orders", BOUNDS[-2], BOUNDS[-1], totals)
    after = versions(spark, compare.lake)
    changed = {name for name in before if before[name] != after[name]} - {"verdicts/orders"}
    totals.check("once the rows are good again, running again changes nothing", not changed, changed)


# What a function might return, and what is said of it.
RETURNED: Mapping[str, str] = {
    'return inputs["bought"].select("order_id", "ordered_at", F.lit("a").alias("name"), F.lit(1).alias("cost"))': "cost is int, declared: double",
    'return inputs["bought"].select("order_id", "ordered_at", F.lit(1.0).alias("cost"), F.lit(1).alias("more"))': (
        "name is missing; more is not declared"
    ),
    'return inputs["bought"].select(F.lit(None).cast("string").alias("order_id"), "ordered_at", F.lit("a").alias("name"), F.lit(1.0).alias("cost"))': (
        "returned NULL for order_id, which is declared as NOT NULL"
    ),
    'return "rows"': "returned str, not a DataFrame",
}


def functions(spark: SparkSession, programs: Programs, compare: Comparison, totals: Totals) -> None:
    """A function that does not return what is declared stops the program, which leaves its table as it was."""
    file = programs.project / "src/orders.py"
    text = file.read_text(encoding="utf-8")
    before = versions(spark, compare.lake)
    for body, said in RETURNED.items():
        file.write_text(f"{text.split('def costs')[0]}def costs(inputs, as_of):\n    {body}\n", encoding="utf-8")
        # In this process the module is loaded already.
        sys.modules.pop("src.orders", None)
        outcome = programs.run("transform_costs", BOUNDS[-2], BOUNDS[-1])
        totals.check(f"a function: {said}", outcome.code == 1 and said in outcome.stderr, outcome.stderr[-2000:])
    totals.check("a function that failed has changed no table", versions(spark, compare.lake) == before, before)


def versions(spark: SparkSession, lake: Path) -> dict[str, int]:
    """The version of every table."""
    found = {}
    for log in sorted(lake.glob("**/_delta_log")):
        history = spark.sql(f"DESCRIBE HISTORY delta.`{log.parent}` LIMIT 1").first()
        if history is not None:
            found[str(log.parent.relative_to(lake))] = history.version
    return found


def runs(programs: Programs, name: str, start: str, end: str, totals: Totals) -> Outcome:
    """Run a program, which has to succeed; what goes well is not worth a check of its own."""
    outcome = programs.run(name, start, end)
    if outcome.code != 0:
        totals.check(f"{name} runs for {start}", False, f"{outcome.code} {outcome.stderr[-3000:]}")
    return outcome


def waits(programs: Programs, totals: Totals) -> None:
    """Nothing is there yet: programs that wait say so with 75."""
    names = ["ready_readings", "ready_orders", "await_sources_readings", "await_features_visitor"]
    for name in names:
        outcome = programs.run(name, BOUNDS[-2], BOUNDS[-1])
        totals.check(f"{name} ends with 75 where nothing has arrived", outcome.code == 75 and len(outcome.stderr) < 500, outcome)


def arrived(programs: Programs, totals: Totals) -> None:
    """The same, once everything is there."""
    later = "2026-03-30T04:30:00+02:00"
    for name in ("await_sources_readings", "await_features_visitor"):
        done, early = programs.run(name, BOUNDS[-2], BOUNDS[-1]), programs.run(name, BOUNDS[-1], later)
        totals.check(
            f"{name} ends with 0 once the mark has passed, 75 for the next interval", (done.code, early.code) == (0, 75), (done, early)
        )
    before = programs.run("ready_readings", BOUNDS[-3], BOUNDS[-2])
    totals.check("ready_readings ends with 0 for an interval whose rows have arrived", before.code == 0, before)
    early = programs.run("ready_readings", BOUNDS[-1], later)
    totals.check("ready_readings ends with 75 for an interval to come", early.code == 75, early)


def plain(value: Any, data_type: T.DataType) -> Any:
    """A value as the oracle has it: instants in microseconds, structs as dictionaries."""
    match data_type:
        case _ if value is None:
            return None
        case T.TimestampType():
            return (value.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
        case T.StructType():
            return {field.name: plain(value[field.name], field.dataType) for field in data_type.fields}
        case T.ArrayType():
            return [plain(each, data_type.elementType) for each in value]
        case T.MapType():
            return {key: plain(each, data_type.valueType) for key, each in value.items()}
        case T.BinaryType():
            return bytes(value)
    return value


def normal(value: Any) -> Any:
    """One form of values that are equal."""
    if isinstance(value, dict):
        return {key: normal(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [normal(each) for each in value]
    return format(value.normalize(Context(prec=60)), "f") if isinstance(value, Decimal) else value


def same(left: Any, right: Any) -> bool:
    """Doubles agree within 1e-9 of their size, all else exactly."""
    if isinstance(left, float) and isinstance(right, float):
        return left == right or (math.isnan(left) and math.isnan(right)) or math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return type(left) is type(right) and bool(left == right)


class Comparison:
    """The tables of a lake beside the oracle's."""

    def __init__(self, spark: SparkSession, lake: Path, oracle: Oracle, totals: Totals) -> None:
        """Point to both."""
        self.spark, self.lake, self.oracle, self.totals = spark, lake, oracle, totals

    def table(self, path: str) -> list[Row]:
        """The rows of a table."""
        rows = self.spark.read.format("delta").load(str(self.lake / path))
        return [{field.name: plain(row[i], field.dataType) for i, field in enumerate(rows.schema.fields)} for row in rows.collect()]

    def rows(self, name: str, expected: Iterable[Any], found: Iterable[Any]) -> bool:
        """Compare two tables as multisets."""
        want, have = (Counter(repr(normal(row)) for row in rows) for rows in (expected, found))
        missing, more = sorted((want - have).elements()), sorted((have - want).elements())
        shown = "\n".join([*(f"missing    {row}" for row in missing[:8]), *(f"unexpected {row}" for row in more[:8])])
        return self.totals.check(f"{name}: {sum(have.values())} rows", not missing and not more and bool(have), shown)

    def sources(self, names: Iterable[str] = tuple(SOURCES)) -> None:
        """Accepted rows and verdicts."""
        for name in names:
            source = SOURCES[name]
            verdicts = self.table(f"verdicts/{name}")
            self.rows(
                f"verdicts of {name} ({dict(sorted(Counter(row['verdict'] for row in verdicts).items()))})",
                [(e.verdict, e.check, *(e.row[k] for k in source.key), e.event_time, e.ingested_at) for e in self.oracle.judged[name]],
                [(r["verdict"], r["check"], *(r["key"][k] for k in source.key), r["event_time"], r["ingested_at"]) for r in verdicts],
            )
            self.rows(
                f"accepted rows of {name}",
                [[row[column] for column in source.columns] for row in self.oracle.tables[name]],
                [[row[column] for column in source.columns] for row in self.table(f"sources/{name}")],
            )

    def transforms(self) -> None:
        """Tables that transforms make."""
        wanted = self.oracle.paid_orders()
        names = sorted(wanted[0])
        found = self.table("transforms/paid_orders")
        self.rows("paid_orders", [[row[n] for n in names] for row in wanted], [[row[n] for n in names] for row in found])
        self.rows(
            "costs, by a function",
            [self.oracle.cost(row) for row in self.oracle.paid_orders()],
            [(row["order_id"], row["ordered_at"], row["name"], row["cost"]) for row in self.table("transforms/costs")],
        )
        self.incremental()
        pages: dict[str | None, list[datetime | None]] = {}
        for row in self.oracle.tables["visits"]:
            if row["at_time"] < END:
                pages.setdefault(row["page"]["name"], []).append(row["local_time"])
        self.rows(
            "visited_pages, a table without a key",
            [(name, len(times), max((t for t in times if t is not None), default=None)) for name, times in pages.items()],
            [tuple(row.values()) for row in self.table("transforms/visited_pages")],
        )

    def incremental(self) -> None:
        """Interval by interval is what the whole is."""
        for name in INCREMENTAL:
            self.rows(
                f"{name}, interval by interval",
                self.table(f"transforms/{name}_whole"),
                self.table(f"transforms/{name}"),
            )

    def training(self, chance: random.Random) -> None:
        """Every observation, with its features at its own time."""
        found = {row["order_id"]: row for row in self.table("training/pays")}
        wanted = {row["order_id"]: (row, t) for row, t in self.oracle.observations()}
        self.rows("observations of the training set", wanted, found)
        self.features("the training set", [(found[key], *wanted[key]) for key in sorted(wanted.keys() & found.keys())])

    def scoring(self) -> None:
        """The rows of the last interval, with their features at its end."""
        found = {row["order_id"]: row for row in self.table("scoring/pay_list")}
        start = data.micros(BOUNDS[-2])
        wanted = {row["order_id"]: row for row in self.oracle.paid_orders() if start <= row["ordered_at"] < END}
        self.rows("rows to be scored", wanted, found)
        self.features("the scoring set", [(found[key], wanted[key], END) for key in sorted(wanted.keys() & found.keys())])

    def features(self, name: str, rows: list[tuple[Row, Row, int]]) -> None:
        """Compare all features of each row."""
        differences, compared = [], 0
        for found, order, t in rows:
            for feature, value in self.oracle.features(order, t).items():
                compared += 1
                if feature not in found or not same(value, found[feature]):
                    differences.append(f"{order['order_id']} at {t}: {feature} is {found.get(feature, 'missing')!r}, wanted {value!r}")
        kinds = Counter(each.split(": ")[1].split(" is ")[0] for each in differences)
        shown = "\n".join([str(kinds), *differences[:15]])
        self.totals.check(f"{compared} features of {name}", not differences and compared > 0, shown)

    def online(self, folder: Path) -> None:
        """What serving reads from the online stores, by the emitted modules."""
        answers = served(folder, END)
        known = {row["customer_id"] for row in self.oracle.tables["customers"]}
        gone = [each for each in known if all(value is None for name, value in self.oracle.customer(each, END).items() if name.startswith("profile__"))]
        self.totals.check("some customers are gone, and some are not", 0 < len(gone) < len(known), (gone, known))
        differences, compared = [], 0
        for key, answer in answers:
            wanted = self.oracle.sensor(*key, END) if len(key) == 2 else self.oracle.customer(key[0], END)
            for feature, value in answer.items():
                compared += 1
                value_online = (value - EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value
                if not same(wanted[feature], value_online):
                    differences.append(f"{key}: {feature} is {value_online!r}, wanted {wanted[feature]!r}")
        self.totals.check(f"{compared} features of the online stores", not differences and compared > 300, "\n".join(differences[:15]))


def served(folder: Path, t: int) -> list[tuple[tuple[Any, ...], Mapping[str, Any]]]:
    """Features of every sensor and customer, from the online stores."""
    emitted = str(folder / "generated" / "local" / "python")
    before = set(sys.modules)
    sys.path.insert(0, emitted)
    try:
        import online_store
        import serve_pay_api

        answers: list[tuple[tuple[Any, ...], Mapping[str, Any]]] = []
        moment = EPOCH + timedelta(microseconds=t)
        for stored in serve_pay_api.DEPLOYMENT.stores:
            store = online_store.GroupStore(stored.group, stored.place)
            store.refresh()
            sensors = [(station, number) for station in data.STATIONS for number in (1, 2, 3, 4)]
            keys: list[tuple[Any, ...]] = sensors if len(stored.group.key) == 2 else [(f"c{n}",) for n in range(14)]
            answers += [(key, store.features(key, moment)) for key in keys]
        return answers
    finally:
        sys.path.remove(emitted)
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(emitted):
                del sys.modules[name]
