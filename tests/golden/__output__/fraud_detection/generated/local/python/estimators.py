"""From the description of a trainer to a fitted model, and from a model to predictions."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from specification import EstimatorClass, Factory, Model

SEED = 0


def project_module(file: str) -> ModuleType:
    """Import a file of the project by its path: `src/model.py` is the module `src.model`."""
    root = Path.cwd()
    if str(root) not in sys.path:
        sys.path.append(str(root))
    importlib.invalidate_caches()
    module = importlib.import_module(".".join(Path(file).with_suffix("").parts))
    if module.__file__ is None or Path(module.__file__).resolve() != (root / file).resolve():
        message = f"{module.__name__} was imported from {module.__file__}, not from {file}"
        raise ImportError(message)
    return module


def project_function(file: str, function: str) -> Callable[..., Any]:
    """A function of the project."""
    found = getattr(project_module(file), function, None)
    if not callable(found):
        message = f"{file} has no function {function}"
        raise ImportError(message)
    return found


def seeded(estimator: Any) -> Any:
    """The same estimator, with a fixed seed where it would draw one: runs can be repeated."""
    parameters = estimator.get_params() if hasattr(estimator, "get_params") else {}
    if "random_state" in parameters and parameters["random_state"] is None:
        estimator.set_params(random_state=SEED)
    return estimator


def encoded(estimator: Any, inputs: pd.DataFrame) -> Any:
    """The estimator behind one-hot encoding of categories and imputation of what is missing."""
    from sklearn.compose import ColumnTransformer  # noqa: PLC0415 (only some models need it)
    from sklearn.impute import SimpleImputer  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import OneHotEncoder, StandardScaler  # noqa: PLC0415

    categories = [name for name in inputs if isinstance(inputs[name].dtype, pd.CategoricalDtype)]
    numbers = [name for name in inputs if name not in categories]
    impute = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    prepare = ColumnTransformer(
        [
            ("numbers", make_pipeline(impute, StandardScaler()), numbers),
            ("categories", OneHotEncoder(handle_unknown="ignore"), categories),
        ],
        sparse_threshold=0,
    )
    return make_pipeline(prepare, estimator)


def fit(model: Model, inputs: pd.DataFrame, label: pd.Series) -> Any:
    """Train the model on the given rows."""
    trainer = model.trainer
    params = dict(model.params)
    if isinstance(trainer, EstimatorClass):
        build = getattr(importlib.import_module(trainer.module), trainer.name)
        estimator = seeded(build(**params))
        if trainer.categories == "encoded":
            estimator = encoded(estimator, inputs)
        return estimator.fit(inputs, label)
    function = project_function(trainer.file, trainer.function)
    if isinstance(trainer, Factory):
        return seeded(function(**params)).fit(inputs, label)
    return function(inputs, label, params)


def load_project_code(model: Model) -> None:
    """Import the code that a pickled model may refer to."""
    if not isinstance(model.trainer, EstimatorClass):
        project_module(model.trainer.file)


def classes_of(task: str, fitted: Any) -> tuple[Any, ...]:
    """The classes of a classifier, in the order of its probabilities."""
    if task == "regression":
        return ()
    return tuple(getattr(value, "item", lambda v=value: v)() for value in fitted.classes_)


def predict(task: str, fitted: Any, inputs: pd.DataFrame) -> np.ndarray:
    """Predictions: the probability of true, a row of probabilities, or the value.

    That is, for binary classification, multiclass classification and regression.
    """
    if task == "regression":
        return np.asarray(fitted.predict(inputs), dtype=np.float64)
    scores = np.asarray(fitted.predict_proba(inputs), dtype=np.float64)
    if task == "multiclass_classification":
        return scores
    classes = list(fitted.classes_)
    if len(classes) == 1:
        return np.full(len(inputs), float(bool(classes[0])))
    return scores[:, classes.index(max(classes))]
