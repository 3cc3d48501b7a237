"""How good a model is: the split by time, the metrics, and the gate before a new champion."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics as sk

from specification import Comparison, Split

THRESHOLD = 0.5
CHAMPION = "champion."
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


@dataclass(frozen=True)
class Parts:
    """Which rows are for training and which for the test; the others are in the gap."""

    train: np.ndarray
    test: np.ndarray
    test_start: pd.Timestamp


def split_by_time(times: pd.Series, split: Split) -> Parts:
    """The latest rows are the test rows, all rows of one moment on the same side."""
    ordered = times.sort_values(kind="stable")
    first = len(ordered) - max(1, round(len(ordered) * split.test))
    if first <= 0:
        message = f"{len(ordered)} rows are too few to split"
        raise ValueError(message)
    test_start = ordered.iloc[first]
    train = (times < test_start - split.gap) if split.gap > timedelta() else (times < test_start)
    if not train.any():
        message = f"no rows are left to train on before {test_start - split.gap}"
        raise ValueError(message)
    return Parts(train.to_numpy(), (times >= test_start).to_numpy(), test_start)


Score = Callable[[np.ndarray, np.ndarray], float]


def _decided(score: Callable[..., float]) -> Score:
    return lambda label, scores: score(label, scores >= THRESHOLD, zero_division=0.0)


BINARY: dict[str, Score] = {
    "roc_auc": sk.roc_auc_score,
    "average_precision": sk.average_precision_score,
    "log_loss": lambda label, scores: sk.log_loss(label, scores, labels=[False, True]),
    "brier_score": sk.brier_score_loss,
    "accuracy": lambda label, scores: sk.accuracy_score(label, scores >= THRESHOLD),
    "precision": _decided(sk.precision_score),
    "recall": _decided(sk.recall_score),
    "f1": _decided(sk.f1_score),
}
REGRESSION: dict[str, Score] = {
    "mae": sk.mean_absolute_error,
    "mse": sk.mean_squared_error,
    "rmse": lambda label, values: math.sqrt(sk.mean_squared_error(label, values)),
    "r2": sk.r2_score,
    "median_absolute_error": sk.median_absolute_error,
    "mape": sk.mean_absolute_percentage_error,
}


def _multiclass(name: str, label: np.ndarray, scores: np.ndarray, classes: Sequence[Any]) -> float:
    guesses = np.asarray(classes, dtype=object)[scores.argmax(axis=1)]
    texts = [str(value) for value in label]
    guessed = [str(value) for value in guesses]
    match name:
        case "accuracy":
            return sk.accuracy_score(texts, guessed)
        case "f1_macro":
            return sk.f1_score(texts, guessed, average="macro", zero_division=0.0)
        case "log_loss":
            known = [list(classes).index(value) for value in label]
            return sk.log_loss(known, scores, labels=list(range(len(classes))))
    message = f"{name} is no metric of multiclass classification"
    raise ValueError(message)


def evaluate(
    task: str,
    names: Sequence[str],
    label: np.ndarray,
    predictions: np.ndarray,
    classes: Sequence[Any] = (),
) -> dict[str, float | None]:
    """The metrics; None where one cannot be computed, as ROC AUC on rows of one class."""
    values: dict[str, float | None] = {}
    for name in names:
        try:
            if task == "multiclass_classification":
                value = _multiclass(name, label, predictions, classes)
            else:
                table = BINARY if task == "binary_classification" else REGRESSION
                ranked = name in {"roc_auc", "average_precision"}
                if ranked and len(np.unique(label)) < 2:
                    values[name] = None
                    continue
                value = table[name](label, predictions)
        except ValueError:
            value = math.nan
        values[name] = float(value) if math.isfinite(value) else None
    return values


@dataclass(frozen=True)
class Verdict:
    """What the gate says, comparison by comparison."""

    passed: bool
    comparisons: tuple[Mapping[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON can say it."""
        return {"passed": self.passed, "comparisons": [dict(each) for each in self.comparisons]}


def judge(
    gate: Sequence[Comparison],
    candidate: Mapping[str, float | None],
    champion: Mapping[str, float | None] | None,
    no_champion: str = "there is no champion yet",
) -> Verdict:
    """Ask every comparison; one that needs a champion passes where there is none, and says so."""
    comparisons = tuple(_compare(each, candidate, champion, no_champion) for each in gate)
    return Verdict(all(each["passed"] for each in comparisons), comparisons)


def _compare(
    comparison: Comparison,
    candidate: Mapping[str, float | None],
    champion: Mapping[str, float | None] | None,
    no_champion: str,
) -> dict[str, Any]:
    answer: dict[str, Any] = {"text": comparison.text, "left": None, "right": None}
    asks_champion = any(name.startswith(CHAMPION) for name in comparison.metrics)
    if asks_champion and champion is None:
        return {**answer, "passed": True, "note": f"passes: {no_champion}"}
    rival = {CHAMPION + name: value for name, value in (champion or {}).items()}
    known = {name: value for name, value in {**candidate, **rival}.items() if value is not None}
    missing = [name for name in comparison.metrics if name not in known]
    if missing:
        note = f"fails: {', '.join(missing)} cannot be computed on the test rows"
        return {**answer, "passed": False, "note": note}
    left, right = (
        float(side(known) if callable(side) else side)
        for side in (comparison.left, comparison.right)
    )
    passed = bool(COMPARE[comparison.operator](left, right))
    return {**answer, "left": left, "right": right, "passed": passed, "note": None}
