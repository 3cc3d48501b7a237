"""Training, the gate, and batch scoring: what the programs of a model do."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import storage
from card import card_markdown
from estimators import classes_of, fit, load_project_code, predict
from evaluation import evaluate, judge, split_by_time
from model_input import learn_vocabularies, numbers, to_model_input
from programs import DONE, GATE_NOT_PASSED, NOT_READY, Interval, Result
from registry import Registry, Trained, version_name
from signature import Signature
from specification import BatchDeployment, Model

log = logging.getLogger("training")


def read_examples(
    model: Model,
    inputs: Sequence[str],
    since: datetime | None = None,
    version: int | None = None,
) -> tuple[pa.Table, int, int]:
    """The labelled rows in a fixed order, the table's version, and how many had no label."""
    order = (model.event_time, *model.key)
    within = None if since is None else storage.Between(model.event_time, since)
    snapshot = storage.read_table(
        model.training_set, (*order, model.label, *inputs), within, version
    )
    rows = snapshot.rows
    labelled = rows.filter(pc.is_valid(rows[model.label]))
    ordered = labelled.take(pc.sort_indices(labelled, [(name, "ascending") for name in order]))
    return ordered, snapshot.version, rows.num_rows - labelled.num_rows


def labels(model: Model, rows: pa.Table) -> pd.Series:
    """The label as the estimator takes it: booleans, numbers, or classes."""
    values = rows[model.label]
    if model.task == "binary_classification":
        return pd.Series(values.cast(pa.bool_()).to_numpy(), name=model.label)
    if model.task == "regression":
        return pd.Series(numbers(values), name=model.label)
    return pd.Series(values.to_pandas(), name=model.label)


def times(model: Model, rows: pa.Table) -> pd.Series:
    """When each example happened."""
    return pd.Series(rows[model.event_time].cast(pa.timestamp("us", "UTC")).to_pandas())


def train(model: Model, interval: Interval) -> Result:
    """Fit the model on the older rows, measure it on the latest, keep it as a candidate."""
    rows, data_version, unlabelled = read_examples(model, [each.name for each in model.inputs])
    parts = split_by_time(times(model, rows), model.split)
    learned, test = (rows.filter(pa.array(part)) for part in (parts.train, parts.test))
    counts = {
        "training": learned.num_rows,
        "test": test.num_rows,
        "gap": rows.num_rows - learned.num_rows - test.num_rows,
        "unlabelled": unlabelled,
    }
    del rows
    vocabularies = learn_vocabularies(learned, model.inputs)
    signature = Signature(model.task, model.inputs, vocabularies)
    fitted = fit(model, to_model_input(learned, signature), labels(model, learned))
    signature = Signature(model.task, model.inputs, vocabularies, classes_of(model.task, fitted))
    scores = predict(model.task, fitted, to_model_input(test, signature))
    label = labels(model, test).to_numpy()
    measured = evaluate(model.task, model.metrics, label, scores, signature.classes)
    version = version_name(interval.end, model.definition)
    registry = Registry(model.registry)
    card = make_card(model, interval, version, data_version, signature)
    card |= {"rows": counts, "metrics": measured, "test_start": parts.test_start.isoformat()}
    registry.save(version, fitted, signature)
    metrics = {"candidate": measured, "champion": None, "gate": None}
    registry.write_json(version, "metrics.json", metrics)
    registry.write_json(version, "card.json", card)
    storage.write_bytes(registry.file(version, "card.md"), card_markdown(card).encode())
    log.info("%s: %s", version, json.dumps(measured))
    return Result({"rows": counts, "model": model.name, "version": version, "metrics": measured})


def make_card(
    model: Model, interval: Interval, version: str, data_version: int, signature: Signature
) -> dict[str, Any]:
    """What is known of a version before it is measured."""
    trainer = {"kind": type(model.trainer).__name__, **vars(model.trainer)}
    return {
        "model": model.name,
        "version": version,
        "description": model.description,
        "owner": model.owner,
        "task": model.task,
        "definition": model.definition,
        "interval": {"start": interval.start.isoformat(), "end": interval.end.isoformat()},
        "data": {"path": model.training_set, "delta_version": data_version},
        "trainer": trainer,
        "params": dict(model.params),
        "split": {"by": "time", "test": model.split.test, "gap": str(model.split.gap)},
        "label": model.label,
        "features": [column.name for column in model.inputs],
        "signature": json.loads(signature.to_json()),
        "gate": [comparison.text for comparison in model.gate],
    }


def gate(model: Model, interval: Interval) -> Result:
    """Score the champion on the candidate's test rows and decide who is champion from now on."""
    registry = Registry(model.registry)
    version = version_name(interval.end, model.definition)
    metrics = registry.read_json(version, "metrics.json")
    card = registry.read_json(version, "card.json")
    rival = registry.champion_before(version)
    champion, note = None, "there is no champion yet"
    if rival is not None:
        load_project_code(model)
        champion, note = score_champion(model, registry.load(rival), card)
    verdict = judge(model.gate, metrics["candidate"], champion, note)
    metrics["champion"] = None if champion is None else {"version": rival, "metrics": champion}
    metrics["gate"] = verdict.to_dict()
    registry.write_json(version, "metrics.json", metrics)
    now = registry.settle(version, passed=verdict.passed)
    for comparison in verdict.comparisons:
        answer = "holds" if comparison["passed"] else "does not hold"
        log.info("%s %s %s", comparison["text"], answer, comparison["note"] or "")
    summary: dict[str, Any] = {"rows": {"test": card["rows"]["test"]}, "model": model.name}
    summary |= {"version": version, "champion": now, "metrics": metrics}
    summary |= {"gate": verdict.to_dict()}
    return Result(summary, DONE if verdict.passed else GATE_NOT_PASSED)


def score_champion(
    model: Model, champion: Trained, card: Mapping[str, Any]
) -> tuple[dict[str, float | None] | None, str]:
    """The champion's metrics on the rows that a candidate was tested on.

    There are none where these rows lack a column that the champion takes.
    """
    names = [column.name for column in champion.signature.columns]
    version = card["data"]["delta_version"]
    known = storage.column_names(model.training_set, version)
    missing = [name for name in names if name not in known]
    if missing or champion.signature.task != model.task:
        reason = f"lack {', '.join(missing)}" if missing else "are for another task"
        return None, f"the champion {champion.version} cannot be scored, the test rows {reason}"
    test_start = datetime.fromisoformat(card["test_start"])
    test, _, _ = read_examples(model, names, test_start, version)
    scores = predict(model.task, champion.model, to_model_input(test, champion.signature))
    label = labels(model, test).to_numpy()
    return evaluate(model.task, model.metrics, label, scores, champion.signature.classes), ""


def score(model: Model, deployment: BatchDeployment, interval: Interval) -> Result:
    """Predict the interval's rows with the champion; the interval's predictions are replaced."""
    registry = Registry(model.registry)
    version = registry.champion()
    if version is None:
        log.warning("%s has no champion: no version has passed its gate", model.name)
        return Result({"rows": {}, "model": model.name, "version": None}, NOT_READY)
    load_project_code(model)
    champion = registry.load(version)
    identity = (*deployment.key, deployment.event_time)
    names = (*identity, *(column.name for column in champion.signature.columns))
    within = storage.Between(deployment.event_time, interval.start, interval.end)
    rows = storage.read_table(deployment.rows, names, within).rows
    columns = {name: rows[name] for name in identity}
    columns |= prediction_columns(champion, predict_rows(champion, rows))
    columns["model_version"] = pa.array([version] * rows.num_rows, pa.string())
    moment = pa.scalar(interval.end, pa.timestamp("us", "UTC"))
    columns["features_at"] = pa.repeat(moment, rows.num_rows)
    table = pa.table(columns)
    storage.replace_interval(
        deployment.predictions, table, deployment.event_time, interval.start, interval.end
    )
    counts = {f"predictions.{deployment.name}": table.num_rows}
    return Result({"rows": counts, "model": model.name, "version": version})


def predict_rows(champion: Trained, rows: pa.Table) -> np.ndarray:
    """Predictions for rows that have the model's inputs by name."""
    if rows.num_rows == 0:
        return np.empty((0, len(champion.signature.classes)))
    inputs = to_model_input(rows, champion.signature)
    return predict(champion.signature.task, champion.model, inputs)


def prediction_columns(champion: Trained, predictions: np.ndarray) -> Mapping[str, pa.Array]:
    """Predictions as columns: a number, or for several classes the likeliest and its score."""
    if champion.signature.task != "multiclass_classification":
        values = predictions.reshape(-1) if predictions.size else np.empty(0)
        return {"prediction": pa.array(values, pa.float64())}
    classes = [str(each) for each in champion.signature.classes]
    best = predictions.argmax(axis=1) if len(predictions) else np.empty(0, dtype=int)
    return {
        "prediction": pa.array([classes[index] for index in best], pa.string()),
        "score": pa.array(
            [row[index] for row, index in zip(predictions, best, strict=True)], pa.float64()
        ),
    }
