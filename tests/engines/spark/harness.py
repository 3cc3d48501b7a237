"""What all parts of the suite share: checks that are counted, the compiler, and one Spark session for every program."""

import contextlib
import importlib
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyspark import SparkContext
from pyspark.sql import SparkSession


@dataclass
class Totals:
    """How many checks passed and failed."""

    passed: int = 0
    failed: int = 0
    names: list[str] = field(default_factory=list)

    def check(self, name: str, ok: bool, detail: object = "") -> bool:
        """Count a check and say how it went."""
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            self.names.append(name)
        shown = "" if ok or detail == "" else f"\n{detail}"
        print(f"{'ok  ' if ok else 'FAIL'} {name}{shown}", file=sys.stderr, flush=True)
        return ok


@dataclass(frozen=True)
class Compiler:
    """The command, as users call it."""

    node: str
    command: str

    def compile(self, project: Path) -> tuple[int, list[dict[str, Any]]]:
        """Compile a project; return the exit code and the diagnostics."""
        argv = [self.node, self.command, "compile", str(project), "--format", "json"]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        try:
            answer = json.loads(done.stdout)
        except json.JSONDecodeError as error:
            raise RuntimeError(f"{argv} said {done.stdout[:500]}{done.stderr[:2000]}") from error
        return done.returncode, answer


@dataclass(frozen=True)
class Outcome:
    """How a program ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def summary(self) -> dict[str, Any]:
        """The last line of its output."""
        lines = [line for line in self.stdout.splitlines() if line.startswith("{")]
        return json.loads(lines[-1]) if lines else {}


class Programs:
    """The emitted Spark programs of one environment, run in this process: one virtual machine serves all."""

    def __init__(self, project: Path, environment: str = "local") -> None:
        """Point to what was compiled."""
        self.project = project
        self.folder = project / "generated" / environment / "spark"

    def run(self, name: str, start: str, end: str) -> Outcome:
        """Run a program for an interval, as if on its own command line."""
        argv = [f"{name}.py", "--interval-start", start, "--interval-end", end]
        out, err = io.StringIO(), io.StringIO()
        with self.loaded(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            sys.argv = argv
            code = importlib.import_module(name).main()
        return Outcome(code, out.getvalue(), err.getvalue())

    def module(self, name: str) -> Any:
        """Import an emitted module."""
        with self.loaded():
            return importlib.import_module(name)

    @contextlib.contextmanager
    def loaded(self) -> Iterator[None]:
        """Make the emitted modules importable, for now: another project has modules of the same names."""
        names = {path.stem for path in self.folder.glob("*.py")}
        argv, stop, level = sys.argv, SparkSession.stop, SparkContext.setLogLevel
        sys.path.insert(0, str(self.folder))
        SparkSession.stop = lambda self: None  # type: ignore[method-assign]
        SparkContext.setLogLevel = lambda self, _: None  # type: ignore[method-assign]
        try:
            yield
        finally:
            SparkSession.stop = stop  # type: ignore[method-assign]
            SparkContext.setLogLevel = level  # type: ignore[method-assign]
            sys.path.remove(str(self.folder))
            sys.argv = argv
            for module in names & set(sys.modules):
                del sys.modules[module]


def session() -> SparkSession:
    """The session that every program finds: settings as the emitted ones have them."""
    settings = {
        "spark.app.name": "spark suite",
        "spark.master": "local[2]",
        "spark.driver.memory": "2g",
        "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.shuffle.partitions": "2",
        "spark.databricks.delta.snapshotPartitions": "1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    spark = SparkSession.builder.config(map=settings).getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    logging.getLogger("SQLQueryContextLogger").disabled = True
    return spark
