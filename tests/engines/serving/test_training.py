"""Training, gate and scoring, for every kind of trainer and task. The modules are in argv[1]."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, sys.argv.pop(1))

import pyarrow as pa
import storage
import training
from deltalake import write_deltalake
from programs import GATE_NOT_PASSED, Interval
from registry import Registry
from signature import Column
from specification import (
    BatchDeployment,
    Comparison,
    EstimatorClass,
    Factory,
    Model,
    Split,
    TrainFunction,
)

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = Interval(BEGIN, BEGIN + timedelta(days=7))
CODE = '''
from sklearn.tree import DecisionTreeRegressor

class Tree(DecisionTreeRegressor):
    """A class of the project: its pickle needs this module."""

def build(depth):
    return Tree(max_depth=depth)

def train(inputs, label, params):
    assert params == {"depth": 3}, params
    return Tree(max_depth=params["depth"], random_state=1).fit(inputs[["g__x"]].fillna(0), label)
'''


def examples(label: Callable[[int], Any]) -> pa.Table:
    """Rows over a week, some without a value."""
    count = 300
    kind = pa.timestamp("us", "UTC")
    times = [BEGIN + timedelta(minutes=30 * number) for number in range(count)]
    return pa.table(
        {
            "id": [f"r{number:03d}" for number in range(count)],
            "at": pa.array(times, kind),
            "y": [label(number) for number in range(count)],
            "g__x": [None if number % 11 == 0 else float(number % 10) for number in range(count)],
            "g__c": [("a", "b", None)[number % 3] for number in range(count)],
        }
    )


BASE = Model(
    name="m",
    task="binary_classification",
    description="A | model\nof tests",
    owner="us",
    definition="0a0a0a0a",
    training_set="lake/training/m",
    registry="lake/models/m",
    key=("id",),
    event_time="at",
    label="y",
    inputs=(Column("g__x", "double"), Column("g__c", "string")),
    trainer=EstimatorClass("sklearn.ensemble", "HistGradientBoostingClassifier", "native"),
    split=Split(0.2, timedelta(hours=2)),
    metrics=("roc_auc",),
)
BATCH = BatchDeployment("d", "lake/training/m", "lake/predictions/d", ("id",), "at")


class Training(unittest.TestCase):
    """Each test has a lake of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, Path.cwd())
        os.chdir(folder.name)
        for name in [name for name in sys.modules if name.partition(".")[0] == "src"]:
            del sys.modules[name]
        Path("src").mkdir()
        Path("src/model.py").write_text(CODE)

    def run_all(self, model: Model, label: Callable[[int], Any]) -> tuple[Any, pa.Table]:
        """Train, gate and score twice; the second time changes nothing."""
        write_deltalake(model.training_set, examples(label), mode="overwrite")
        seen = []
        for _ in range(2):
            metrics = training.train(model, WEEK).summary["metrics"]
            self.assertEqual(training.gate(model, WEEK).exit_code, 0)
            training.score(model, BATCH, WEEK)
            rows = storage.read_table(BATCH.predictions).rows.sort_by("id")
            seen.append((metrics, rows))
        self.assertEqual(seen[0][0], seen[1][0])
        self.assertTrue(seen[0][1].equals(seen[1][1]))
        return seen[0]

    def test_binary_with_native_categories(self) -> None:
        metrics, rows = self.run_all(BASE, lambda number: number % 10 > 6)
        self.assertGreater(metrics["roc_auc"], 0.9)
        self.assertEqual((rows.num_rows, rows["prediction"].type), (300, pa.float64()))

    def test_binary_behind_an_encoding(self) -> None:
        logistic = EstimatorClass("sklearn.linear_model", "LogisticRegression", "encoded")
        names = ("roc_auc", "average_precision", "log_loss", "brier_score", "f1")
        model = replace(BASE, trainer=logistic, metrics=names)
        metrics, _ = self.run_all(model, lambda number: number % 10 > 6)
        self.assertGreater(metrics["roc_auc"], 0.9)
        self.assertTrue(all(value is not None for value in metrics.values()))

    def test_several_classes(self) -> None:
        names = ("accuracy", "log_loss", "f1_macro")
        model = replace(BASE, task="multiclass_classification", metrics=names)
        metrics, rows = self.run_all(model, lambda number: ("low", "mid", "top")[number % 10 // 4])
        self.assertGreater(metrics["accuracy"], 0.8)
        self.assertLessEqual(set(rows["prediction"].to_pylist()), {"low", "mid", "top"})

    def test_a_factory_and_a_function_of_the_project(self) -> None:
        numbers = (Column("g__x", "bigint"),)
        wanted = ("mae", "rmse", "r2")
        for trainer in (Factory("src/model.py", "build"), TrainFunction("src/model.py", "train")):
            model = replace(BASE, task="regression", metrics=wanted, trainer=trainer)
            model = replace(model, inputs=numbers, params={"depth": 3})
            metrics, _ = self.run_all(model, lambda number: float(number % 10))
            self.assertGreater(metrics["r2"], 0.7)

    def test_a_gate_that_does_not_pass_keeps_the_champion(self) -> None:
        self.run_all(BASE, lambda number: number % 10 > 6)
        later = Interval(WEEK.start, WEEK.end + timedelta(days=1))
        rival = Comparison(
            "roc_auc >= champion.roc_auc + 1",
            lambda metrics: metrics["roc_auc"],
            ">=",
            lambda metrics: metrics["champion.roc_auc"] + 1,
            ("roc_auc", "champion.roc_auc"),
        )
        model = replace(BASE, gate=(rival,))
        training.train(model, later)
        result = training.gate(model, later)
        self.assertEqual(result.exit_code, GATE_NOT_PASSED)
        registry = Registry(model.registry)
        self.assertEqual(registry.champion(), "20260108T000000Z-0a0a0a0a")
        metrics = registry.read_json("20260109T000000Z-0a0a0a0a", "metrics.json")
        self.assertEqual(metrics["champion"]["version"], "20260108T000000Z-0a0a0a0a")
        # The champion is scored on the rows that the candidate was tested on.
        self.assertEqual(metrics["champion"]["metrics"], metrics["candidate"])

    def test_the_card_says_what_it_was_made_of(self) -> None:
        self.run_all(BASE, lambda number: number % 10 > 6)
        card = Registry(BASE.registry).read_json("20260108T000000Z-0a0a0a0a", "card.json")
        self.assertEqual(card["data"], {"path": BASE.training_set, "delta_version": 0})
        self.assertEqual(sum(card["rows"].values()), 300)
        page = Path(f"{BASE.registry}/versions/20260108T000000Z-0a0a0a0a/card.md").read_text()
        self.assertIn("A \\| model of tests", page)


if __name__ == "__main__":
    unittest.main(verbosity=2)
