"""The service fraud_api: predictions of the model fraud_score.

Scores one payment while it is being authorised.
"""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from expressions import div, hour, ne, nullif
from model_fraud_score import MODEL
from online_store import Key, Latest, LatestGroup, Window, WindowedGroup
from redis_reader import RedisPlace
from redis_server import RedisServer
from serving import FeatureValues, ModelVersion, PredictionRequest, create_app, serve
from serving_state import Deployment, StoredGroup, Values
from store_values import Variable


class Request(PredictionRequest):
    """What a prediction is asked for."""

    card_id: Annotated[str, Field(examples=["a1"])]

    amount: Annotated[float, Field(examples=[12.5])]

    country: Annotated[str | None, Field(examples=["a1"])]


class Features(FeatureValues):
    """The inputs of the model, as they were computed."""

    card_velocity__foreign_count_24h: int | None
    card_velocity__largest_7d: float | None
    card_velocity__merchants_24h: int | None
    card_velocity__payment_count_10m: int | None
    card_velocity__payment_count_1h: int | None
    card_velocity__payment_count_24h: int | None
    card_velocity__spend_1h: float | None
    card_velocity__spend_7d: float | None
    card_velocity__spend_ratio: float | None
    card_profile__credit_limit: float | None
    payment_context__amount: float | None
    payment_context__country: str | None
    payment_context__amount_to_limit: float | None
    payment_context__hour_of_day: int | None
    payment_context__is_foreign: bool | None


class Prediction(BaseModel):
    """A prediction, and what it was made from."""

    prediction: float
    model: ModelVersion
    features: Features
    at: datetime


def derive(row: Values) -> None:
    """Add what follows from the features, the request and the moment asked about."""
    row["card_velocity__spend_ratio"] = div(
        row["card_velocity__spend_1h"],
        nullif(row["card_velocity__spend_7d"], 0.0),
    )
    row["payment_context__amount_to_limit"] = div(
        row["payment_context__amount"],
        nullif(row["card_profile__credit_limit"], 0.0),
    )
    row["payment_context__hour_of_day"] = hour(row["at"])
    row["payment_context__is_foreign"] = ne(
        row["payment_context__country"],
        row["card_profile__home_country"],
    )


DEPLOYMENT = Deployment(
    name="fraud_api",
    description="Scores one payment while it is being authorised.",
    model=MODEL,
    request=Request,
    response=Prediction,
    stores=(
        StoredGroup(
            group=WindowedGroup(
                name="card_velocity",
                generation="ee44078e",
                key=(Key("card_id", "string"),),
                windows=(
                    Window("foreign_count_24h", "foreign_count", "count", "bigint", 86400, 3600),
                    Window("largest_7d", "largest", "max", "double", 604800, 3600),
                    Window(
                        "merchants_24h",
                        "merchants",
                        "approx_count_distinct",
                        "bigint",
                        86400,
                        3600,
                    ),
                    Window("payment_count_10m", "payment_count", "count", "bigint", 600, 60),
                    Window("payment_count_1h", "payment_count", "count", "bigint", 3600, 60),
                    Window("payment_count_24h", "payment_count", "count", "bigint", 86400, 3600),
                    Window("spend_1h", "spend", "sum", "double", 3600, 60),
                    Window("spend_7d", "spend", "sum", "double", 604800, 3600),
                ),
            ),
            place=RedisPlace(
                RedisServer(
                    host="redis.acme.example",
                    port=6380,
                    tls=True,
                    password=Variable("FRAUD_DETECTION_REDIS_PASSWORD"),
                ),
                "fraud_detection:production:card_velocity:ee44078e",
            ),
            max_age=timedelta(minutes=10),
        ),
        StoredGroup(
            group=LatestGroup(
                name="card_profile",
                generation="62544ec8",
                key=(Key("card_id", "string"),),
                columns=(Latest("home_country", "string"), Latest("credit_limit", "double")),
            ),
            place=RedisPlace(
                RedisServer(
                    host="redis.acme.example",
                    port=6380,
                    tls=True,
                    password=Variable("FRAUD_DETECTION_REDIS_PASSWORD"),
                ),
                "fraud_detection:production:card_profile:62544ec8",
            ),
            max_age=timedelta(days=3),
        ),
    ),
    request_features={"payment_context__amount": "amount", "payment_context__country": "country"},
    derive=derive,
    port=8080,
)

app = create_app(DEPLOYMENT)

if __name__ == "__main__":
    serve(app, DEPLOYMENT.port)
