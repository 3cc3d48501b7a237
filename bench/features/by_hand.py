"""The service as somebody would write it by hand for these ten windows: `by_hand.py PORT`.

It reads the tiles that the emitted job has put into Redis, an entity in one round trip, sums them
up as the emitted service does, asks the same model, and answers the same. As a service should, it
checks what it is asked, counts and times what it answers, and logs it. The model was trained on
named columns, and gets them. With BARE=1 it only answers, and the model gets bare numbers.
"""

import json
import logging
import os
import sys
import time
import uuid
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import joblib
import msgpack
import numpy as np
import pandas as pd
import uvicorn
from fastapi import FastAPI, Response
from prometheus_client import Counter, Histogram, generate_latest
from pydantic import AwareDatetime, BaseModel, ConfigDict
from redis.asyncio import Redis

BARE = os.environ.get("BARE") == "1"
if BARE:
    warnings.filterwarnings("ignore", message="X does not have valid feature names")
PREFIX = os.environ["BENCH_PREFIX"]
REGISTRY = Path(os.environ["BENCH_REGISTRY"])
MINUTE, HOUR, DAY = 60, 3600, 86400
# The model's inputs in their order: aggregate, length, tiles.
WINDOWS = {
    "largest_1h": ("largest", HOUR, MINUTE),
    "largest_24h": ("largest", DAY, HOUR),
    "largest_7d": ("largest", 7 * DAY, HOUR),
    "payments_10m": ("payments", 10 * MINUTE, MINUTE),
    "payments_1h": ("payments", HOUR, MINUTE),
    "payments_6h": ("payments", 6 * HOUR, 5 * MINUTE),
    "payments_24h": ("payments", DAY, HOUR),
    "spend_1h": ("spend", HOUR, MINUTE),
    "spend_24h": ("spend", DAY, HOUR),
    "spend_7d": ("spend", 7 * DAY, HOUR),
}
COLUMNS = [f"card_velocity__{name}" for name in WINDOWS]

redis = Redis(
    port=int(os.environ["BENCH_REDIS_PORT"]),
    password=os.environ["BENCH_REDIS_PASSWORD"],
    socket_timeout=1,
)
VERSION = json.loads((REGISTRY / "champion.json").read_text())["version"]
MODEL = joblib.load(REGISTRY / "versions" / VERSION / "model.joblib")
ANSWERED = Counter("predictions_total", "Answered predictions.", ["version"])
SECONDS = Histogram("prediction_seconds", "Time from request to answer.")
LOG = Path(os.environ["PREDICTION_LOG"]).open("a")


def model_input(features: dict[str, Any]) -> pd.DataFrame | np.ndarray:
    """Return one row as the model takes it."""
    row = np.array([list(features.values())], dtype=np.float64)
    return row if BARE else pd.DataFrame(row, columns=COLUMNS)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Ask in which order partials are kept."""
    app.state.order = json.loads(await redis.hget(f"{PREFIX}:1:meta", "columns"))
    yield


app = FastAPI(lifespan=lifespan)


class Request(BaseModel):
    """What a prediction is asked for."""

    model_config = ConfigDict(extra="forbid")
    card_id: str
    at: AwareDatetime | None = None


def windows(stored: dict[bytes, bytes], order: list[str], t: int) -> dict[str, Any]:
    """Sum tiles up: [events, partial, …] by `SECONDS:NUMBER`."""
    tiles: dict[int, list[tuple[int, list[Any]]]] = {MINUTE: [], 5 * MINUTE: [], HOUR: []}
    for name, value in stored.items():
        size, is_tile, number = name.partition(b":")
        if is_tile:
            start = int(number) * int(size)
            if start <= t:
                tiles[int(size)].append((start, msgpack.unpackb(value)))
    for each in tiles.values():
        each.sort()
    found: dict[str, Any] = {}
    for output, (aggregate, length, tile) in WINDOWS.items():
        first = t - t % tile - length
        kind = {"largest": "max", "payments": "count", "spend": "sum"}[aggregate]
        place = order.index(f"{aggregate}__{kind}") + 1
        values = [
            partials[place]
            for start, partials in tiles[tile]
            if start >= first and partials[place] is not None
        ]
        if aggregate == "payments":
            found[output] = sum(values)
        elif aggregate == "spend":
            found[output] = sum(values) if values else None
        else:
            found[output] = max(values, default=None)
    return found


@app.get("/readyz")
def ready() -> dict[str, str]:
    """Say that requests are answered."""
    return {"status": "ready"}


@app.get("/metrics")
def metrics() -> Response:
    """Say what was counted."""
    return Response(generate_latest())


@app.post("/predict")
async def predict(asked: Request) -> dict[str, Any]:
    """Answer one request."""
    begin = time.perf_counter()
    at = asked.at or datetime.now(UTC)
    name = json.dumps([asked.card_id], separators=(",", ":"), ensure_ascii=False)
    stored = await redis.hgetall(f"{PREFIX}:1:{name}")
    features = windows(stored, app.state.order, int(at.timestamp()))
    prediction = float(MODEL.predict_proba(model_input(features))[0, 1])
    answer = {
        "prediction": prediction,
        "model": {"name": "fraud", "version": VERSION},
        "features": dict(zip(COLUMNS, features.values(), strict=True)),
        "at": at.isoformat(),
    }
    if not BARE:
        seconds = time.perf_counter() - begin
        ANSWERED.labels(VERSION).inc()
        SECONDS.observe(seconds)
        entry = {"logged_at": datetime.now(UTC).isoformat(), "request_id": str(uuid.uuid4())}
        asked_for = {"card_id": asked.card_id}
        LOG.write(json.dumps(entry | {"request": asked_for, **answer, "seconds": seconds}) + "\n")
        LOG.flush()
    return answer


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=False)
