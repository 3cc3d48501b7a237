"""What a test expects, computed by the emitted programs on the rows that it gives, and compared."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from tests_rows import Cells, Column, columns_of, compared, decode, instant, pair, quoted
from tests_serving import deployment_of, opened, published, request_of
from tests_streams import Streams
from tests_tables import END, module

DAY = timedelta(days=1)


class Expectation:
    """Rows that have to come out, and those that do."""

    def __init__(self, streams: Streams, described: Mapping[str, Any], mode: str) -> None:
        self.tables = streams.tables
        self.streams = streams
        self.mode = mode
        self.of = described["of"]
        self.asked = columns_of(described["asked"])
        self.compared = columns_of(described["compared"])
        if mode == "stream":
            kept = described["streamed"]
            self.compared = [each for each in self.compared if each.name in kept]
        self.key = described["key"]
        self.rows = described["rows"]

    def result(self) -> dict[str, Any]:
        """Compute and compare."""
        kinds: Mapping[str, Callable[[], dict[str, Any]]] = {
            "rows": lambda: self.as_set(self.of_dataset),
            "quarantine": lambda: self.as_set(self.of_quarantine),
            "training": lambda: self.as_set(self.of_training),
            "features": lambda: self.in_order(
                self.of_served() if self.mode == "stream" else self.of_features()
            ),
            "request": lambda: self.in_order(self.of_requests()),
        }
        return kinds[self.of["kind"]]()

    def as_set(self, actual: Callable[[str | None], DataFrame]) -> dict[str, Any]:
        """Compare rows whatever their order, those of each moment by themselves."""
        lines: list[dict[str, Any]] = []
        for at in sorted({row.get("at") for row in self.rows}, key=str) or [None]:
            rows = actual(at)
            names = [name for name in self.key if name not in {each.name for each in self.compared}]
            types = {field.name: field.dataType for field in rows.schema.fields}
            columns = [
                *(Column(name, types[name]) for name in names if name in types),
                *self.compared,
            ]
            found = [
                dict(zip([each.name for each in columns], row, strict=True))
                for row in rows.select(*(quoted(each.name) for each in columns)).collect()
            ]
            wanted = [self.values(row) for row in self.rows if row.get("at") == at]
            lines += compared(pair(wanted, found, columns, self.key), columns)
        by = [number for number, each in enumerate(columns) if each.name in self.key]
        return {"columns": [each.name for each in columns], "by": by, "rows": lines}

    def in_order(self, actual: Sequence[Cells]) -> dict[str, Any]:
        """Compare answers with what is expected, question by question."""
        moment = Column("at", T.TimestampType())
        columns = [*self.asked, moment, *self.compared]
        pairs = []
        for row, answer in zip(self.rows, actual, strict=True):
            question = self.question(row) | {"at": datetime.fromisoformat(row["at"])}
            written = self.values(row)
            values = {name: value for name, value in answer.items() if name in written}
            pairs.append((question | written, question | values))
        by = list(range(len(self.asked) + 1))
        return {
            "columns": [each.name for each in columns],
            "by": by,
            "rows": compared(pairs, columns),
        }

    def values(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that are expected of a row."""
        return {
            each.name: decode(row["values"][each.name], each.type)
            for each in self.compared
            if each.name in row["values"]
        }

    def question(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row asks with."""
        return {each.name: decode(row["asked"].get(each.name), each.type) for each in self.asked}

    def of_dataset(self, _: str | None) -> DataFrame:
        """Return the rows of a source or transform."""
        section, _, name = self.of["dataset"].partition(".")
        rows = self.tables.table(name)
        if section == "transforms" and self.of.get("unique"):
            module("lakehouse").require_unique(rows, self.of["unique"], self.of["dataset"])
        return rows

    def of_quarantine(self, _: str | None) -> DataFrame:
        """Return the rows of a source that are not accepted, with the reason."""
        name = self.of["source"].partition(".")[2]
        source = self.tables.sources[name]
        judged = self.tables.judged(name).where("verdict <> 'accepted'")
        times = {source.event_time: "event_time", source.ingested_at: "ingested_at"}
        kept = {each: F.col("key")[each] for each in source.key}
        kept |= {each: F.col(column) for each, column in times.items() if each is not None}
        kept |= {"verdict": F.col("verdict"), "check": F.col("check")}
        return judged.select(*(value.alias(each) for each, value in kept.items()))

    def of_training(self, at: str | None) -> DataFrame:
        """Return the training rows of a model, as of the end of an interval."""
        program, lakehouse = module(self.of["program"]), module("lakehouse")
        end = END if at is None else datetime.fromisoformat(at)
        kept: list[DataFrame] = []

        def keep(rows: DataFrame, *_: object, **__: object) -> dict[str, object]:
            kept.append(rows)
            return {}

        with mock.patch.object(program, "store_training_set", keep):
            program.run(self.tables.spark, lakehouse.Interval(end - DAY, end))
        return kept[0]

    def of_features(self) -> list[Cells]:
        """Return the values of a feature group, as each row asks for them."""
        if not self.rows:
            return []
        inputs, windows = module("model_inputs"), module("windows")
        columns = [
            *self.asked,
            Column("__row", T.LongType()),
            Column("__moment", T.TimestampType()),
        ]
        questions = [
            (*self.question(row).values(), number, datetime.fromisoformat(row["at"]))
            for number, row in enumerate(self.rows)
        ]
        rows = windows.as_of(self.tables.frame(questions, columns), F.col("__moment"))
        for plan in self.of["plans"]:
            add = getattr(inputs, f"{plan}_features")
            is_request = plan not in self.tables.test["groups"]
            rows = add(rows) if is_request else add(self.tables.spark, rows, END)
        names = [f"{self.of['group']}__{each.name}" for each in self.compared]
        found = {row[0]: row[1:] for row in rows.select("__row", *map(quoted, names)).collect()}
        return [
            dict(zip([each.name for each in self.compared], found[number], strict=True))
            for number in range(len(self.rows))
        ]

    def of_served(self) -> list[Cells]:
        """Return the outputs of a feature group as services look them up and derive from these."""
        answers: list[dict[str, Any]] = [{} for _ in self.rows]
        prefix = f"{self.of['group']}__"
        for program in self.of["services"]:
            deployment = deployment_of(program)
            requests = [request_of(deployment, self.question(row)) for row in self.rows]
            for answer, found in zip(answers, self.served(deployment, requests), strict=True):
                answer |= {name.removeprefix(prefix): value for name, value in found.items()}
        return answers

    def of_requests(self) -> list[Cells]:
        """Return what an online deployment gives to its model, for each request."""
        deployment = deployment_of(self.of["program"])
        bodies = map(self.body, self.rows)
        return self.served(deployment, list(map(deployment.request.model_validate_json, bodies)))

    def served(self, deployment: Any, requests: Sequence[Any]) -> list[Cells]:
        """Ask the code of a service, from stores as of the moment of each row."""
        answers: dict[int, Cells] = {}
        for at in sorted({row["at"] for row in self.rows}):
            moment = datetime.fromisoformat(at)
            with self.online_stores(moment) as files:
                state = opened(deployment, files)
                for number, row in enumerate(self.rows):
                    if row["at"] == at:
                        answers[number] = state.features(requests[number], floored(moment))
        return [answers[number] for number in range(len(self.rows))]

    @contextlib.contextmanager
    def online_stores(self, moment: datetime) -> Iterator[Mapping[str, str]]:
        """Fill stores as of a moment: those that a stream keeps current by it, others by a run."""
        stored = [plan for plan in self.of["plans"] if plan in self.tables.test["groups"]]
        with tempfile.TemporaryDirectory() as folder:
            yield {
                plan: self.streams.store(plan, moment)
                if self.mode == "stream" and plan in self.streams.described
                else published(self.tables, plan, moment, folder)
                for plan in stored
            }

    def body(self, row: Mapping[str, Any]) -> str:
        """Return the request as a client would send it."""
        asked = {name: value for name, value in self.question(row).items() if name in row["asked"]}
        return json.dumps(asked | {"at": row["at"]}, default=sent)


def floored(moment: datetime) -> datetime:
    """Return a moment as services understand it."""
    asked: datetime = module("serving_state").moment_of(SimpleNamespace(at=moment))
    return asked


def sent(value: Any) -> str:
    """Print a value that JSON has no word for."""
    return instant(value).isoformat() if isinstance(value, datetime) else str(value)
