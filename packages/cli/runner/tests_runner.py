"""Runs the tests of a project in one Spark session, as `mlspec test` asks on stdin.

Requests and answers are JSON, one a line. What the programs print goes to stderr. The process is in UTC:
Spark gives times of its zone.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyspark.errors import PySparkException

from tests_expectation import Expectation
from tests_streams import Streams
from tests_tables import Tables, forget, module

# For tables of a few rows; and Spark is not to ask for each expression where it stands.
SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.python.sql.dataFrameDebugging.enabled": "false",
}


class Host:
    """The session of all tests."""

    def __init__(self) -> None:
        self.session: Any = None

    def load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Take up programs, also those that have changed since, and start Spark for the first."""
        folders = [str(Path(folder).resolve()) for folder in request["folders"]]
        forget([*folders, str(Path.cwd())])
        sys.path[:] = [*folders, *(each for each in sys.path if each not in folders)]
        if self.session is None:
            settings, lakehouse = module("settings"), module("lakehouse")
            self.session = lakehouse.session("mlspec test", settings.SPARK | SMALL)
        return {}

    def test(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Run one test; what it meets on its way is part of the answer."""
        test = request["test"]
        spark = self.session.newSession()
        for key in self.session.conf.getAll:
            if key.startswith("spark.sql.") and spark.conf.isModifiable(key):
                spark.conf.set(key, self.session.conf.get(key))
        found: list[dict[str, Any]] = []
        tables = Tables(spark, test)
        with tempfile.TemporaryDirectory() as folder, tables.in_place():
            streams = Streams(tables, folder)
            for described in test["expected"]:
                for mode in described["modes"]:
                    told = {"title": described["title"]}
                    if described["modes"] != ["batch"]:
                        told["mode"] = mode
                    try:
                        result = Expectation(streams, described, mode).result()
                    except Exception as error:
                        traceback.print_exc()
                        result = {"error": explained(error, tables)}
                    found.append(told | result)
        return {"expected": found}


def explained(error: Exception, tables: Tables) -> dict[str, Any]:
    """Say what went wrong in a few words, and in which transform where that can be told."""
    found = {"message": words(error), "place": place(error)}
    if type(error).__name__ == "CheckFailed":
        return found
    given = {each["dataset"] for each in tables.test["given"]}
    for name in tables.test["transforms"]:
        if f"transforms.{name}" in given:
            continue
        try:
            tables.table(name).collect()
        except Exception as cause:
            found = {
                "message": words(cause),
                "place": place(cause),
                "definition": f"transforms.{name}",
            }
            break
    return found


def words(error: Exception) -> str:
    """Return an error's message, without what only says how it came here."""
    text = str(error).partition("\n\nJVM stacktrace:")[0].strip()
    return text if isinstance(error, PySparkException) else f"{type(error).__name__}: {text}"


def place(error: Exception) -> str | None:
    """Return the place in the project's own code where an error was raised."""
    root = str(Path.cwd()) + os.sep
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(root) and f"{os.sep}.mlspec{os.sep}" not in frame.filename
    ]
    return f"{frames[-1].filename.removeprefix(root)}:{frames[-1].lineno}" if frames else None


def main() -> None:
    """Answer requests until stdin ends."""
    answers, sys.stdout = sys.stdout, sys.stderr
    host = Host()
    for line in sys.stdin:
        request = json.loads(line)
        begin = time.monotonic()
        try:
            work = host.load if request["op"] == "load" else host.test
            answer = {"code": 0, "summary": work(request)}
        except Exception as error:
            traceback.print_exc()
            answer = {"code": 1, "message": words(error)}
        answer |= {"id": request["id"], "seconds": round(time.monotonic() - begin, 3)}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()
    if host.session is not None:
        host.session.stop()


if __name__ == "__main__":
    main()
