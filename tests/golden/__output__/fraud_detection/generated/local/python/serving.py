"""The application that answers requests with predictions.

It loads the champion and the online stores when it starts, and again when they change. Where they
are and how old a store may get is said by the deployment; MODEL_REGISTRY, ONLINE_STORE (a folder)
and STORE_MAX_AGE (in seconds) say otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import os
import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from online_store import StoreError, TooEarlyError
from serving_state import Deployment, NotReadyError, State, make_state

log = logging.getLogger("serving")


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


async def keep_fresh(state: State, seconds: float) -> None:
    """Look for a new champion and new stores, again and again."""
    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(state.refresh)


def refusal(status: int, error: str, message: str) -> JSONResponse:
    """A response that says why there is no prediction."""
    return JSONResponse({"error": error, "message": message}, status_code=status)


def refuse(state: State, status: int, reason: str, message: str) -> JSONResponse:
    """Count a request that is not answered, and say why."""
    state.errors.labels(state.deployment.model.name, reason).inc()
    return refusal(status, reason, message)


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

    @app.get("/readyz", summary="Whether model and stores are loaded, and recent enough")
    def readyz() -> JSONResponse:
        champion = state.champion
        if champion is None or not state.is_loaded:
            return refusal(503, "not_ready", state.problem or "starting")
        outdated = state.outdated()
        if outdated is not None:
            return refusal(503, "outdated", "; ".join(filter(None, (outdated, state.problem))))
        ready = {"status": "ready", "version": champion.version, "problem": state.problem}
        return JSONResponse(ready)

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
            return refuse(state, 422, "too_early", f"at: {error}")
        except (NotReadyError, StoreError) as error:
            return refuse(state, 503, "not_ready", str(error))
        except Exception:
            log.exception("request %s failed", request_id)
            return refuse(state, 500, "internal_error", f"request {request_id} failed: see the log")
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
        return refuse(state, 422, "invalid_request", "; ".join(problems))


def place_of(location: Sequence[Any]) -> str:
    """The field that an error is about."""
    parts = [str(part) for part in location if part != "body"]
    return ".".join(parts) or "body"


def serve(app: FastAPI, port: int) -> None:
    """Answer requests until the process is told to stop."""
    logging.basicConfig(level=logging.INFO)
    host = os.environ.get("HOST", "0.0.0.0")  # noqa: S104 (a server in a container)
    uvicorn.run(app, host=host, port=int(os.environ.get("PORT", str(port))), access_log=False)
