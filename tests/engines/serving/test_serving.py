"""What a service has loaded, and what it says when something cannot be. The modules are in argv[1]."""

from __future__ import annotations

import logging
import sqlite3
import sys
import tempfile
import unittest
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, sys.argv.pop(1))

import fsspec
import numpy as np
from fastapi.testclient import TestClient
from online_store import FORMAT, Key, Latest, LatestGroup
from pydantic import BaseModel
from registry import Registry, version_name
from serving import PredictionRequest, create_app
from serving_state import Deployment, State, StoredGroup, make_state
from signature import Column, Signature
from specification import EstimatorClass, Model, Split

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Constant:
    """A model that says what it was told."""

    def __init__(self, value: float) -> None:
        """Say this."""
        self.value = value
        self.classes_ = [False, True]

    def predict(self, inputs: Any) -> np.ndarray:
        """Say it for each row."""
        return np.full(len(inputs), self.value)

    def predict_proba(self, inputs: Any) -> np.ndarray:
        """Say it for each row."""
        return np.column_stack([1 - self.predict(inputs), self.predict(inputs)])


class Request(PredictionRequest):
    """What is asked."""

    id: str


class Response(BaseModel):
    """What is answered."""

    prediction: float


def group(name: str) -> LatestGroup:
    """A group of one column."""
    return LatestGroup(name, f"gen_{name}", (Key("id", "string"),), (Latest("x", "double"),))


def store_bytes(name: str, values: Mapping[str, float], as_of: datetime, generation: str = "") -> bytes:
    """An online store as materialisation writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        with closing(sqlite3.connect(path)) as store:
            store.execute("CREATE TABLE latest (id TEXT PRIMARY KEY, x REAL) WITHOUT ROWID")
            store.executemany("INSERT INTO latest VALUES (?, ?)", values.items())
            store.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
            meta = {"format": FORMAT, "group": name, "generation": generation or f"gen_{name}"}
            meta["as_of"] = str(round(as_of.timestamp() * 1000))
            store.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            store.commit()
        return path.read_bytes()


class Serving(unittest.TestCase):
    """Each test has a registry and two stores of its own."""

    def setUp(self) -> None:
        """Two groups, one model."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        inputs = (Column("a__x", "double"), Column("b__x", "double"))
        self.model = Model(
            name="m",
            task="binary_classification",
            description="",
            owner="",
            definition="0a0a0a0a",
            training_set="",
            registry=str(self.folder / "models"),
            key=("id",),
            event_time="at",
            label="y",
            inputs=inputs,
            trainer=EstimatorClass("sklearn.dummy", "DummyClassifier", "encoded"),
            split=Split(0.2, timedelta()),
            metrics=("roc_auc",),
        )
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def deployment(self, task: str = "binary_classification", where: str | None = None) -> Deployment:
        """A deployment over both groups."""
        stores = tuple(StoredGroup(group(name), f"{where or self.folder}/{name}.sqlite", 3 * DAY) for name in "ab")
        model = replace(self.model, task=task)
        return Deployment("d", "", model, Request, Response, stores, {}, lambda row: None, 8080)

    def write(self, name: str, x: float, as_of: datetime = NOW, **more: str) -> None:
        """Replace a store."""
        staged = self.folder / "staged"
        staged.write_bytes(store_bytes(name, {"e1": x}, as_of, **more))
        staged.replace(self.folder / f"{name}.sqlite")

    def train(self, day: int, value: float, task: str = "binary_classification") -> str:
        """Make a champion that always says the same."""
        version = version_name(datetime(2026, 1, day, tzinfo=UTC), self.model.definition)
        registry = Registry(self.model.registry)
        classes = () if task == "regression" else (False, True)
        registry.save(version, Constant(value), Signature(task, self.model.inputs, {}, classes))
        registry.settle(version, passed=True)
        return version

    def sample(self, state: State, name: str, **labels: str) -> float | None:
        """The value of a metric."""
        return state.metrics.get_sample_value(name, labels)

    def asked(self, state: State) -> dict[str, Any]:
        """The answer to a request."""
        return state.answer(Request(id="e1"), "r1")

    def ready(self) -> State:
        """A state with all loaded."""
        self.write("a", 1.0)
        self.write("b", 2.0)
        self.train(1, 0.25)
        state = make_state(self.deployment())
        state.refresh()
        self.assertEqual((state.problem, state.outdated()), (None, None))
        return state

    def test_a_bad_store_hides_neither_a_new_model_nor_another_store(self) -> None:
        state = self.ready()
        self.write("a", 9.0, generation="other")
        self.write("b", 3.0)
        second = self.train(2, 0.75)
        state.refresh()
        body = self.asked(state)
        self.assertEqual((body["prediction"], body["model"]["version"]), (0.75, second))
        self.assertEqual(body["features"], {"a__x": 1.0, "b__x": 3.0})
        self.assertIn("generation 'other'", state.problem or "")
        failing = [self.sample(state, "refresh_failing", part=part) for part in ("a", "b", "model")]
        self.assertEqual(failing, [1.0, 0.0, 0.0])
        self.write("a", 4.0)
        state.refresh()
        self.assertEqual(self.asked(state)["features"]["a__x"], 4.0)
        self.assertEqual((state.problem, self.sample(state, "refresh_failing", part="a")), (None, 0.0))

    def test_a_bad_model_and_a_store_that_is_gone_leave_the_old_ones_in_use(self) -> None:
        state = self.ready()
        version = self.train(2, 0.75)
        Path(Registry(self.model.registry).file(version, "model.joblib")).write_bytes(b"no model")
        (self.folder / "b.sqlite").unlink()
        self.write("a", 5.0)
        state.refresh()
        body = self.asked(state)
        self.assertEqual((body["prediction"], body["features"]), (0.25, {"a__x": 5.0, "b__x": 2.0}))
        self.assertEqual(sorted(state.problems), ["b", "model"])

    def test_a_problem_is_logged_once_until_it_changes(self) -> None:
        state = self.ready()
        (self.folder / "a.sqlite").unlink()
        logging.disable(logging.NOTSET)
        with self.assertLogs("serving", logging.ERROR) as seen:
            state.refresh()
            state.refresh()
        self.assertEqual([record.getMessage() for record in seen.records], ["a cannot be refreshed"])

    def test_a_store_grows_too_old(self) -> None:
        state = self.ready()
        self.write("a", 1.0, NOW - 3 * DAY - timedelta(minutes=1))
        self.write("b", 1.0, NOW - 3 * DAY + timedelta(minutes=1))
        state.refresh()
        self.assertIn("the online store of a is complete up to", state.outdated() or "")
        self.assertNotIn("of b", state.outdated() or "")
        ages = [self.sample(state, "online_store_age_seconds", group=name) or 0 for name in "ab"]
        wanted = [(3 * DAY).total_seconds() + minutes * 60 for minutes in (1, -1)]
        for age, expected in zip(ages, wanted, strict=True):
            self.assertTrue(expected <= age < expected + 60, ages)
        with TestClient(create_app(self.deployment())) as client:
            answer = client.get("/readyz")
        self.assertEqual((answer.status_code, answer.json()["error"]), (503, "outdated"))
        self.assertIn("more than 3 days, 0:00:00 ago", answer.json()["message"])

    def test_numbers_of_any_size_fall_into_buckets(self) -> None:
        self.ready()
        for day, value in enumerate((-120_000.0, -0.5, 0.0, 42.0, 3_000_000.0), start=3):
            self.train(day, value, "regression")
            state = make_state(self.deployment("regression"))
            state.refresh()
            self.asked(state)
            metric = next(each for each in state.metrics.collect() if each.name == "prediction_value")
            bounds = [float(each.labels["le"]) for each in metric.samples if each.name.endswith("_bucket") and each.value]
            self.assertTrue(value <= bounds[0] < np.inf, bounds)
            self.assertLessEqual(abs(bounds[0] - value), max(1.5 * abs(value), 0.001))
        state = make_state(self.deployment())
        self.assertEqual(state.values._upper_bounds[-2], 1.0)

    def test_a_remote_store_is_copied_to_disk_and_dropped_once_it_is_open(self) -> None:
        self.train(1, 0.5)
        files = fsspec.filesystem("memory")
        for name in "ab":
            files.pipe_file(f"/lake/{name}.sqlite", store_bytes(name, {"e1": 7.0}, NOW))
        state = make_state(self.deployment(where="memory://lake"))
        before = {*Path(tempfile.gettempdir()).iterdir()}
        state.refresh()
        self.assertEqual(self.asked(state)["features"], {"a__x": 7.0, "b__x": 7.0})
        left = {*Path(tempfile.gettempdir()).iterdir()} - before
        self.assertEqual([path for path in left if [*path.glob("store.sqlite")]], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
