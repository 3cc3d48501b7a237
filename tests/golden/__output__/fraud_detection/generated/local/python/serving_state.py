"""What a service has loaded: the champion, the online stores, and the metrics that tell of them.

Each is refreshed by itself: what cannot be loaded is logged, counted, and leaves what was loaded
before in use.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from pydantic import BaseModel

import storage
from estimators import load_project_code, predict
from online_store import EPOCH, Group, GroupStore, Lookup, Place, Store, milliseconds
from prediction_log import PredictionLog
from registry import Registry, Trained
from signature import plain
from specification import Model

log = logging.getLogger("serving")
Values = dict[str, Any]
LATENCIES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
SHARES = tuple(step / 20 for step in range(21))
# 1, 2 and 5 of every power of ten: of what size a predicted number is, nobody knows beforehand.
SIZES = tuple(digit * 10.0**power for power in range(-3, 7) for digit in (1, 2, 5))
NUMBERS = (*(-size for size in reversed(SIZES)), 0.0, *SIZES)


@dataclass(frozen=True)
class StoredGroup:
    """A feature group, where its online store is, and how old that may get before it is refused.

    The place is the path of a file, or of another kind.
    """

    group: Group
    place: str | Place
    max_age: dt.timedelta


@dataclass(frozen=True)
class Deployment:
    """An online deployment: what it is asked, what it looks up, what it computes."""

    name: str
    description: str
    model: Model
    request: type[BaseModel]
    response: type[BaseModel]
    stores: tuple[StoredGroup, ...]
    request_features: Mapping[str, str]
    derive: Callable[[Values], None]
    port: int


class NotReadyError(Exception):
    """The model or a store is not loaded."""


@dataclass
class State:
    """What is loaded, and how it is doing."""

    deployment: Deployment
    registry: Registry
    stores: Sequence[tuple[StoredGroup, Store]]
    log: PredictionLog
    champion: Trained | None = None
    problems: dict[str, str] = field(default_factory=dict)
    metrics: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        """Declare the metrics."""
        registry = self.metrics
        self.predictions = Counter(
            "predictions_total", "Answered predictions.", ["model", "version"], registry=registry
        )
        self.errors = Counter(
            "prediction_errors_total",
            "Requests that could not be answered.",
            ["model", "reason"],
            registry=registry,
        )
        self.seconds = Histogram(
            "prediction_seconds",
            "Time from request to answer.",
            ["model"],
            buckets=LATENCIES,
            registry=registry,
        )
        self.values = Histogram(
            "prediction_value",
            "What was predicted.",
            ["model", "version"],
            buckets=NUMBERS if self.deployment.model.task == "regression" else SHARES,
            registry=registry,
        )
        self.loaded = Gauge(
            "model_loaded",
            "1 for the version that answers.",
            ["model", "version"],
            registry=registry,
        )
        self.as_of = Gauge(
            "online_store_as_of_seconds",
            "Moment up to which the online store is complete, in Unix time.",
            ["group"],
            registry=registry,
        )
        self.age = Gauge(
            "online_store_age_seconds",
            "Time since the moment up to which the online store is complete.",
            ["group"],
            registry=registry,
        )
        self.failing = Gauge(
            "refresh_failing",
            "1 while the model, or the online store of a group, cannot be loaded anew.",
            ["part"],
            registry=registry,
        )

    def refresh(self) -> None:
        """Load what has changed; what has a problem keeps nothing else from being loaded."""
        for stored, store in self.stores:
            self._attempt(stored.group.name, lambda store=store: self._refresh_store(store))
        self._attempt("model", self._refresh_champion)

    def _attempt(self, part: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            if self.problems.get(part) != str(error):
                log.exception("%s cannot be refreshed", part)
            self.problems[part] = str(error)
            self.failing.labels(part).set(1)
        else:
            self.problems.pop(part, None)
            self.failing.labels(part).set(0)

    def _refresh_store(self, store: Store) -> None:
        if not store.refresh():
            return
        name = store.group.name
        log.info("online store of %s as of %s", name, store.complete_until.isoformat())
        self.as_of.labels(name).set(store.as_of / 1000)
        self.age.labels(name).set_function(lambda: store.age().total_seconds())

    def _refresh_champion(self) -> None:
        version = self.registry.champion()
        if version is None:
            message = f"{self.deployment.model.name} has no champion yet"
            raise NotReadyError(message)
        if self.champion is not None and self.champion.version == version:
            return
        self.champion = self._load(version)
        self.loaded.clear()
        self.loaded.labels(self.deployment.model.name, version).set(1)
        log.info("champion %s", version)

    def _load(self, version: str) -> Trained:
        model = self.deployment.model
        load_project_code(model)
        trained = self.registry.load(version)
        if trained.signature.columns != model.inputs:
            message = f"{version} was trained on other inputs than this program computes"
            raise NotReadyError(message)
        return trained

    @property
    def problem(self) -> str | None:
        """What cannot be refreshed, and why."""
        return "; ".join(self.problems.values()) or None

    @property
    def is_loaded(self) -> bool:
        """Whether requests can be answered."""
        return self.champion is not None and all(store.stamp for _, store in self.stores)

    def outdated(self) -> str | None:
        """Why the stores are too old to answer from, if they are."""
        old = [
            f"the online store of {stored.group.name} is complete up to "
            f"{store.complete_until.isoformat()}: more than {stored.max_age} ago"
            for stored, store in self.stores
            if store.age() > stored.max_age
        ]
        return "; ".join(old) or None

    def features(self, request: BaseModel, at: dt.datetime) -> Values:
        """All features that the model or a derived value needs."""
        deployment = self.deployment
        fields = type(request).model_fields.items()
        asked = {field.alias or name: getattr(request, name) for name, field in fields}
        values: Values = {"at": at} | {
            feature: asked[column] for feature, column in deployment.request_features.items()
        }
        together: dict[Callable[..., Values], list[Lookup]] = {}
        for stored, store in self.stores:
            lookup = Lookup(store, [asked[key.name] for key in stored.group.key])
            together.setdefault(store.read, []).append(lookup)
        for read, lookups in together.items():
            values |= read(lookups, at)
        deployment.derive(values)
        return values

    def answer(self, request: BaseModel, request_id: str) -> Values:
        """Predict for one request."""
        champion = self.champion
        if champion is None or not self.is_loaded:
            raise NotReadyError(self.problem or "starting")
        started = time.perf_counter()
        at = moment_of(request)
        known = self.features(request, at)
        features = {column.name: known[column.name] for column in champion.signature.columns}
        scores = predict(
            champion.signature.task, champion.model, champion.signature.to_frame([features])
        )
        model = self.deployment.model
        body: Values = {
            **prediction_of(champion, scores),
            "model": {"name": model.name, "version": champion.version},
            "features": {name: plain(value) for name, value in features.items()},
            "at": at.isoformat(),
        }
        seconds = time.perf_counter() - started
        self.predictions.labels(model.name, champion.version).inc()
        self.seconds.labels(model.name).observe(seconds)
        if isinstance(body["prediction"], float):
            self.values.labels(model.name, champion.version).observe(body["prediction"])
        asked = request.model_dump(mode="json", by_alias=True, exclude={"at"})
        entry: Values = {"logged_at": dt.datetime.now(dt.UTC).isoformat(), "request_id": request_id}
        entry |= {"deployment": self.deployment.name, "request": asked, **body}
        self.log.write(entry | {"seconds": round(seconds, 6)})
        return body


def moment_of(request: BaseModel) -> dt.datetime:
    """The moment asked about, cut to milliseconds; without one it is now."""
    asked: dt.datetime | None = getattr(request, "at", None)
    moment = asked.astimezone(dt.UTC) if asked else dt.datetime.now(dt.UTC)
    return EPOCH + dt.timedelta(milliseconds=milliseconds(moment))


def prediction_of(champion: Trained, scores: Any) -> Values:
    """The prediction as the response says it."""
    if champion.signature.task != "multiclass_classification":
        return {"prediction": float(scores[0])}
    classes = [str(each) for each in champion.signature.classes]
    return {
        "prediction": classes[int(scores[0].argmax())],
        "scores": dict(zip(classes, (float(value) for value in scores[0]), strict=True)),
    }


def make_state(deployment: Deployment) -> State:
    """Where this process reads from and logs to."""
    folder, max_age = (os.environ.get(name) for name in ("ONLINE_STORE", "STORE_MAX_AGE"))
    stored = deployment.stores
    if max_age:
        limit = dt.timedelta(seconds=float(max_age))
        stored = tuple(replace(each, max_age=limit) for each in stored)
    stores = [(each, open_store(each, folder)) for each in stored]
    registry = Registry(os.environ.get("MODEL_REGISTRY") or deployment.model.registry)
    return State(deployment, registry, stores, PredictionLog(os.environ.get("PREDICTION_LOG")))


def open_store(stored: StoredGroup, folder: str | None) -> Store:
    """Return the store of a group; files may be in another folder."""
    if isinstance(stored.place, str):
        return GroupStore(stored.group, store_path(stored.place, folder))
    return stored.place.open(stored.group)


def store_path(path: str, folder: str | None) -> str:
    """The path of a store's file, in another folder if one is given."""
    return storage.join(folder, path.rsplit("/", maxsplit=1)[-1]) if folder else path
