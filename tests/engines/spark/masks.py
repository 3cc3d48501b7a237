"""Masked columns: their values against Python's own HMAC, and where their key is: in no plan, no log and no file."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import math
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import dropped
from harness import Compiler, Programs, Totals
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import types as T

HERE = Path(__file__).parent
VARIABLE = "LEDGER_HASH_KEY"
KEY = "canary-5b2e91 with blanks, 'quotes' and ü"
# Workers have the environment that the virtual machine was started in.
os.environ[VARIABLE] = KEY

START, END = "2026-01-01T02:00:00Z", "2026-01-02T02:00:00Z"
DAY = datetime(2026, 1, 1, 2, tzinfo=UTC)
CARDS = [None, "", "4929123412341234", "4929123412349999", "4929123412341234 ", "x", "😀é卡", "it's", "a\nb\tc", "\\", "\x00", "9" * 300]
AMOUNTS = ["0", "0.01", "99.99", "100", "-0.01", "-100", "-100.01", "9999999999.99", "-9999999999.99", None]
SCORES = [0.0, -0.0, 0.3, 0.31, 0.35, 0.1, -0.1, 1e-300, -1e-300, 12345.678, -33.3, 1e15 + 0.3, 1e300, math.inf, -math.inf, math.nan, None]
POINTS = [0, 9, 10, -1, -10, 2**31 - 1, -(2**31), -(2**31) + 8, None]
SCHEMA = "id int, card string, amount decimal(12,2), score double, points int, paid_at timestamp"


def check(spark: SparkSession, compiler: Compiler, folder: Path, totals: Totals) -> None:
    """The whole part."""
    shutil.copytree(HERE / "masked", folder)
    # Absolute, because the virtual machine that all projects share has one working folder.
    text = (folder / "mlspec.yaml").read_text(encoding="utf-8")
    (folder / "mlspec.yaml").write_text(text.replace("./lake", str(folder / "lake")), encoding="utf-8")
    code, diagnostics = compiler.compile(folder)
    if not totals.check("masks: the project compiles", code == 0, diagnostics):
        return
    programs = Programs(folder)
    rows = payments()
    spark.createDataFrame(rows, SCHEMA).write.parquet(str(folder / "lake/raw/payments"))
    with contextlib.chdir(folder):
        runs(programs, totals)
        with programs.loaded():
            import datasets

            masked = datasets.read_masked(spark)
            values(masked.collect(), rows, totals)
            types(compiler, folder, masked, totals)
            plans(spark, masked, totals)
        holders(spark, folder, rows, totals)
        dropped.check(spark, programs, folder, totals)
        logged(folder, totals)
    files(folder, totals)


def payments() -> list[tuple[Any, ...]]:
    """Every value beside others."""
    return [
        (
            number,
            CARDS[number % len(CARDS)],
            None if AMOUNTS[number % len(AMOUNTS)] is None else Decimal(str(AMOUNTS[number % len(AMOUNTS)])),
            SCORES[number % len(SCORES)],
            POINTS[number % len(POINTS)],
            DAY + timedelta(seconds=number),
        )
        for number in range(2_000)
    ]


def runs(programs: Programs, totals: Totals) -> None:
    """Programs that compute masked columns need the key; others run without it."""
    key = os.environ.pop(VARIABLE)
    try:
        for name in ("ingest_payments", "transform_plain"):
            outcome = programs.run(name, START, END)
            totals.check(f"masks: {name} runs without the key", outcome.code == 0, outcome)
        for name in ("transform_kept", "features_spending"):
            outcome = programs.run(name, START, END)
            said = f"{name.replace('_', '.', 1)}: the environment variable {VARIABLE} is not set\n"
            totals.check(f"masks: {name} without the key ends with one message", (outcome.code, outcome.stderr) == (1, said), outcome)
    finally:
        os.environ[VARIABLE] = key
    for name in ("transform_kept", "transform_holders", "features_spending"):
        outcome = programs.run(name, START, END)
        totals.check(f"masks: {name} runs with the key", outcome.code == 0, outcome)
        totals.check(f"masks: {name} does not say the key", KEY not in outcome.stdout + outcome.stderr)
    before = version(programs.project)
    outcome = programs.run("transform_kept", START, END)
    totals.check("masks: another run gives the same values", outcome.code == 0 and version(programs.project) == before, outcome)


def version(folder: Path) -> list[str]:
    """The commits of a table that has masked columns."""
    return sorted(path.name for path in (folder / "lake/ledger/transforms/kept/_delta_log").glob("*.json"))


def keyed_hash(text: str | None) -> str | None:
    """RFC 2104, by Python's own."""
    return None if text is None else hmac.new(KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def token(text: str | None) -> str | None:
    """As docs/policies.md has it."""
    if text is None:
        return None
    digest = hmac.new(KEY.encode(), b"\xfftoken:" + text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:16].lower()


def values(found: list[Row], rows: list[tuple[Any, ...]], totals: Totals) -> None:
    """Each value of each masked column."""
    wanted = {row[0]: expected(row) for row in rows}
    totals.check("masks: no row is lost", sorted(row["id"] for row in found) == sorted(wanted))
    for column in ("holder", "token", "issuer", "amount_from", "third_from", "score_from", "points_from", "note", "short"):
        wrong = [(row["id"], row[column], wanted[row["id"]][column]) for row in found if row[column] != wanted[row["id"]][column]]
        distinct = len({row[column] for row in found})
        totals.check(f"masks: {column} is right ({distinct} values)", not wrong, wrong[:5])
    openssl = subprocess.run(
        ["openssl", "dgst", "-sha256", "-hmac", KEY], input=str(CARDS[2]).encode(), capture_output=True, check=True
    ).stdout.decode()
    totals.check("masks: openssl computes the same", openssl.split()[-1] == next(row["holder"] for row in found if row["id"] == 2), openssl)


def expected(row: tuple[Any, ...]) -> dict[str, Any]:
    """What a row is when it is masked."""
    _, card, amount, score, points, _ = row
    # As Spark divides: decimal(12,2) by decimal(1,0) has six digits.
    third = None if amount is None else (amount / 3).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    hashed = keyed_hash(card)
    return {
        "holder": hashed,
        "token": token(None if card is None else card.upper()),
        "issuer": None if card is None else card[:6],
        "amount_from": lowest(amount, Fraction(100)),
        "third_from": lowest(third, Fraction(1, 2)),
        "score_from": score_bucket(score),
        "points_from": points_bucket(points),
        "note": "mask.tokenise(card)",
        "short": None if hashed is None else hashed[:8],
    }


def lowest(value: Decimal | None, width: Fraction) -> Decimal | None:
    """The lower bound of the bucket."""
    if value is None:
        return None
    bound = math.floor(Fraction(value) / width) * width
    return Decimal(bound.numerator) / Decimal(bound.denominator)


def score_bucket(value: float | None) -> float | None:
    """By tenths. A double is where its quotient is, to 18 digits."""
    if value is None or not math.isfinite(value) or abs(value) >= 1e19:
        return None
    quotient = Decimal(value / 0.1).quantize(Decimal("1e-18"), ROUND_HALF_UP) if abs(value) < 1e9 else Decimal(value / 0.1)
    return float(math.floor(quotient) * Decimal("0.1"))


def points_bucket(value: int | None) -> int | None:
    """By tens; the lowest of all has no lower bound that is an int."""
    if value is None:
        return None
    bound = value // 10 * 10
    return bound if bound >= -(2**31) else None


def types(compiler: Compiler, folder: Path, masked: DataFrame, totals: Totals) -> None:
    """What the compiler says of the columns, Spark says too."""
    argv = [compiler.node, compiler.command, "explain", "transforms.masked", "--project", str(folder), "--format", "json"]
    said = json.loads(subprocess.run(argv, capture_output=True, text=True, check=True).stdout)["columns"]
    ours = [(each["name"], each["type"], each["nullable"]) for each in said]
    # Rows of a file may all be NULL for Spark; the source promises otherwise, and the compiler believes it.
    promised = {"id", "paid_at"}
    sparks = [(each.name, each.dataType.simpleString(), each.nullable and each.name not in promised) for each in masked.schema]
    totals.check("masks: types and NULL are Spark's", ours == sparks, (ours, sparks))
    totals.check("masks: an integer stays one", masked.schema["points_from"].dataType == T.IntegerType())


def plans(spark: SparkSession, masked: DataFrame, totals: Totals) -> None:
    """Plans name the functions, and have no key."""
    plan = masked._jdf.queryExecution().toString()
    totals.check("masks: the plan calls the masks, and has no key", "mask_keyed_hash" in plan and KEY not in plan, plan)
    settings = str(spark.sparkContext.getConf().getAll()) + str(spark.sql("SET -v").collect())
    totals.check("masks: no setting has the key", KEY not in settings)


def holders(spark: SparkSession, folder: Path, rows: list[tuple[Any, ...]], totals: Totals) -> None:
    """Grouped, joined and aggregated by masked columns."""
    by_card: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[1] is not None:
            by_card.setdefault(row[1], []).append(row)
    wanted = {
        keyed_hash(card): (len(each), max(str(token(f"{row[0]}{card}")) for row in each), min(row[0] for row in each))
        for card, each in by_card.items()
        if str(keyed_hash(card)) > "0"
    }
    stored = spark.read.format("delta").load(str(folder / "lake/ledger/transforms/holders")).collect()
    found = {row["holder"]: (row["payments"], row["last_token"], row["first_id"]) for row in stored}
    totals.check(f"masks: {len(wanted)} groups by a masked column are right", found == wanted, (found, wanted))


def logged(folder: Path, totals: Totals) -> None:
    """A program as it is run by itself, with Spark's log of events."""
    events, conf = folder / "events", folder / "conf"
    events.mkdir()
    conf.mkdir()
    command, given, shell = shlex.split(os.environ["PYSPARK_SUBMIT_ARGS"])
    more = f"spark.eventLog.enabled true\nspark.eventLog.dir file:{quoted(events)}\nspark.eventLog.compress false\n"
    own = conf / "spark.conf"
    own.write_text(Path(given).read_text(encoding="utf-8") + more, encoding="utf-8")
    argv = [sys.executable, "generated/local/spark/transform_holders.py", "--interval-start", START, "--interval-end", END]
    done = subprocess.run(argv, env={**os.environ, "PYSPARK_SUBMIT_ARGS": shlex.join([command, str(own), shell])}, capture_output=True, text=True, check=False)
    totals.check("masks: a program of its own runs", done.returncode == 0, done.stderr[-3000:])
    totals.check("masks: its output has no key", KEY not in done.stdout + done.stderr)
    log = "".join(path.read_text(encoding="utf-8") for path in events.rglob("*") if path.is_file() and not path.name.endswith(".crc"))
    shown = json.dumps(KEY)[1:-1]
    totals.check("masks: Spark's log of events has the masks, and no key", "mask_keyed_hash" in log and KEY not in log and shown not in log)


def quoted(path: Path) -> str:
    """A path in a URL."""
    return str(path).replace(" ", "%20")


def files(folder: Path, totals: Totals) -> None:
    """Everything that was written."""
    needles = [KEY.encode(), json.dumps(KEY)[1:-1].encode(), KEY.split()[0].encode()]
    paths = [path for path in folder.rglob("*") if path.is_file()]
    having = [str(path) for path in paths if any(needle in path.read_bytes() for needle in needles)]
    totals.check(f"masks: none of {len(paths)} files has the key", len(paths) > 50 and not having, having)
    sql = (folder / "generated/local/spark/sql/masked.sql").read_text(encoding="utf-8")
    totals.check("masks: what is emitted calls no function of ours by its name here", not re.search(r"mask\s*\.\s*\w+\(", sql.replace("'mask.tokenise(card)'", "").replace("-- mask.keyed_hash(card) in a comment stays", "")), sql)
