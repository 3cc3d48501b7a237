"""The words in which a model is described: see `model_<name>.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from signature import Column

Task = Literal["binary_classification", "multiclass_classification", "regression"]
Metrics = Mapping[str, float]


@dataclass(frozen=True)
class EstimatorClass:
    """A class to import; it is called with the parameters."""

    module: str
    name: str
    # "native": takes pandas categories and NaN as they are. "encoded": behind one-hot encoding,
    # imputation and scaling.
    categories: Literal["native", "encoded"]


@dataclass(frozen=True)
class Factory:
    """A function of the project, called with the parameters, that returns an estimator."""

    file: str
    function: str


@dataclass(frozen=True)
class TrainFunction:
    """A function of the project, `train(inputs, label, params)`, that returns a fitted model.

    `inputs` is the frame that `to_model_input` makes, `label` a series with the same index,
    `params` a dict. The model has `predict(inputs)`; a classifier also has `classes_` and
    `predict_proba(inputs)`. It must be possible to pickle it.
    """

    file: str
    function: str


Trainer = EstimatorClass | Factory | TrainFunction


@dataclass(frozen=True)
class Comparison:
    """One condition of the gate.

    A side is a number or computed from the metrics: `roc_auc` is the candidate's,
    `champion.roc_auc` the champion's. `metrics` names those that are needed.
    """

    text: str
    left: Callable[[Metrics], float] | float
    operator: Literal["<", "<=", "=", "<>", ">=", ">"]
    right: Callable[[Metrics], float] | float
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Split:
    """The latest rows are the test rows; rows within the gap before them are left out."""

    test: float
    gap: timedelta


@dataclass(frozen=True)
class Model:
    """All that training, evaluation and scoring need to know."""

    name: str
    task: Task
    description: str
    owner: str
    definition: str
    training_set: str
    registry: str
    key: tuple[str, ...]
    event_time: str
    label: str
    inputs: tuple[Column, ...]
    trainer: Trainer
    split: Split
    metrics: tuple[str, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    gate: tuple[Comparison, ...] = ()


@dataclass(frozen=True)
class BatchDeployment:
    """Where rows to score come from, and where predictions go."""

    name: str
    rows: str
    predictions: str
    key: tuple[str, ...]
    event_time: str
