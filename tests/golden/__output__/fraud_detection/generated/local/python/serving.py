"""The application that answers requests with predictions.

It loads the champion and the online stores when it starts, and again when they change. Where they
are is said by the deployment; MODEL_REGISTRY and ONLINE_STORE (a folder) say otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import os
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

import storage
from estimators import load_project_code, predict
from online_store import Group, GroupStore, TooEarlyError, milliseconds
from prediction_log import PredictionLog
from registry import Registry, Trained
from signature import plain
from specification import Model

log = logging.getLogger("serving")
Values = dict[str, Any]
LATENCIES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


Timestamp = Annotated[AwareDatetime, Field(strict=False)]
Date = Annotated[dt.date, Field(strict=False)]


class PredictionRequest(BaseModel):
    """What every request has: nothing that is not declared, and no value of another type."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        protected_namespaces=(),
        validate_by_name=False,
        validate_by_alias=True,
    )

    at: Annotated[
        Timestamp | None,
        Field(
            description="The moment asked about, not before the online store's; without it, now.",
            examples=["2026-01-01T10:00:00Z"],
        ),
    ] = None


class FeatureValues(BaseModel):
    """The inputs of the model, as they were computed."""

    model_config = ConfigDict(protected_namespaces=())


class ModelVersion(BaseModel):
    """The model that a prediction is from."""

    name: str
    version: str


class ErrorBody(BaseModel):
    """Why a request was refused."""

    error: str = Field(examples=["invalid_request"])
    message: str = Field(examples=["amount: a value is required"])


@dataclass(frozen=True)
class StoredGroup:
    """A feature group, and where its online store is."""

    group: Group
    path: str


@dataclass(frozen=True)
class Deployment:
    """An online deployment: what it is asked, what it looks up, what it computes."""

    name: str
    description: str
    model: Model
    request: type[PredictionRequest]
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
    stores: Sequence[tuple[StoredGroup, GroupStore]]
    log: PredictionLog
    champion: Trained | None = None
    problem: str | None = "starting"
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
            buckets=[step / 20 for step in range(21)],
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

    def refuse(self, status: int, reason: str, message: str) -> JSONResponse:
        """Count a request that is not answered, and say why."""
        self.errors.labels(self.deployment.model.name, reason).inc()
        return refusal(status, reason, message)

    def refresh(self) -> None:
        """Load what has changed. What was loaded stays in use while its successor has a problem."""
        try:
            for stored, store in self.stores:
                if store.refresh():
                    log.info("online store of %s as of %s ms", stored.group.name, store.as_of)
                    self.as_of.labels(stored.group.name).set(store.as_of / 1000)
            version = self.registry.champion()
            if version is None:
                message = f"{self.deployment.model.name} has no champion yet"
                raise NotReadyError(message)
            if self.champion is None or self.champion.version != version:
                self.champion = self._load(version)
                self.loaded.clear()
                self.loaded.labels(self.deployment.model.name, version).set(1)
                log.info("champion %s", version)
            self.problem = None
        except Exception as error:
            if str(error) != self.problem:
                log.exception("refresh failed")
            self.problem = str(error)

    def _load(self, version: str) -> Trained:
        model = self.deployment.model
        load_project_code(model)
        trained = self.registry.load(version)
        if trained.signature.columns != model.inputs:
            message = f"{version} was trained on other inputs than this program computes"
            raise NotReadyError(message)
        return trained

    @property
    def is_ready(self) -> bool:
        """Whether requests can be answered."""
        return self.champion is not None and all(store.stamp for _, store in self.stores)

    def features(self, request: BaseModel, at: dt.datetime) -> Values:
        """All features that the model or a derived value needs."""
        deployment = self.deployment
        fields = type(request).model_fields.items()
        asked = {field.alias or name: getattr(request, name) for name, field in fields}
        values: Values = {"at": at} | {
            feature: asked[column] for feature, column in deployment.request_features.items()
        }
        for stored, store in self.stores:
            values |= store.features([asked[key.name] for key in stored.group.key], at)
        deployment.derive(values)
        return values

    def answer(self, request: BaseModel, request_id: str) -> Values:
        """Predict for one request."""
        champion = self.champion
        if champion is None or not self.is_ready:
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
    return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=milliseconds(moment))


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
    folder = os.environ.get("ONLINE_STORE")
    stores = [
        (each, GroupStore(each.group, store_path(each.path, folder))) for each in deployment.stores
    ]
    registry = Registry(os.environ.get("MODEL_REGISTRY") or deployment.model.registry)
    return State(deployment, registry, stores, PredictionLog(os.environ.get("PREDICTION_LOG")))


def store_path(path: str, folder: str | None) -> str:
    """The path of a store's file, in another folder if one is given."""
    return storage.join(folder, path.rsplit("/", maxsplit=1)[-1]) if folder else path


async def keep_fresh(state: State, seconds: float) -> None:
    """Look for a new champion and new stores, again and again."""
    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(state.refresh)


def refusal(status: int, error: str, message: str) -> JSONResponse:
    """A response that says why there is no prediction."""
    return JSONResponse({"error": error, "message": message}, status_code=status)


def create_app(deployment: Deployment) -> FastAPI:
    """Build the application of a deployment."""
    # One row is scored at a time: threads would only wait for each other. Read when OpenMP loads.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    state = make_state(deployment)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(state.refresh)
        every = float(os.environ.get("RELOAD_SECONDS", "10"))
        task = asyncio.create_task(keep_fresh(state, every))
        yield
        task.cancel()

    app = FastAPI(title=deployment.name, description=deployment.description, lifespan=lifespan)
    add_predict(app, state)

    @app.get("/healthz", summary="Whether the process answers")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="Whether model and stores are loaded")
    def readyz() -> JSONResponse:
        if not state.is_ready:
            return refusal(503, "not_ready", state.problem or "starting")
        champion = state.champion.version if state.champion else None
        return JSONResponse({"status": "ready", "version": champion, "problem": state.problem})

    @app.get("/metrics", summary="Metrics for Prometheus")
    def metrics() -> Response:
        return Response(generate_latest(state.metrics), media_type=CONTENT_TYPE_LATEST)

    return app


def add_predict(app: FastAPI, state: State) -> None:
    """Add POST /predict, and what it says where it refuses."""
    deployment = state.deployment

    def predict_one(body: Any, request: Request) -> JSONResponse:
        request_id = request.headers.get("x-request-id") or str(uuid.uuid4())
        try:
            answer = state.answer(body, request_id)
        except TooEarlyError as error:
            return state.refuse(422, "too_early", f"at: {error}")
        except NotReadyError as error:
            return state.refuse(503, "not_ready", str(error))
        except Exception:
            log.exception("request %s failed", request_id)
            return state.refuse(500, "internal_error", f"request {request_id} failed: see the log")
        return JSONResponse(answer, headers={"x-request-id": request_id})

    predict_one.__annotations__ |= {"body": deployment.request, "request": Request}
    refusals: dict[int | str, dict[str, Any]] = {
        422: {"model": ErrorBody, "description": "The request is wrong; the message says where."},
        500: {"model": ErrorBody, "description": "The prediction failed; the log says why."},
        503: {"model": ErrorBody, "description": "The model or a store is not loaded."},
    }
    responses = {200: {"model": deployment.response}, **refusals}
    summary = f"Predict with {deployment.model.name}"
    app.post("/predict", summary=summary, responses=responses)(predict_one)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        problems = [f"{place_of(each['loc'])}: {each['msg']}" for each in error.errors()]
        return state.refuse(422, "invalid_request", "; ".join(problems))


def place_of(location: Sequence[Any]) -> str:
    """The field that an error is about."""
    parts = [str(part) for part in location if part != "body"]
    return ".".join(parts) or "body"


def serve(app: FastAPI, port: int) -> None:
    """Answer requests until the process is told to stop."""
    logging.basicConfig(level=logging.INFO)
    host = os.environ.get("HOST", "0.0.0.0")  # noqa: S104 (a server in a container)
    uvicorn.run(app, host=host, port=int(os.environ.get("PORT", str(port))), access_log=False)
