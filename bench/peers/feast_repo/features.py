"""The feature groups of examples/fraud_detection as Feast has them: windows are columns that another job has computed."""

from datetime import timedelta

from feast import (
    Entity,
    FeatureService,
    FeatureView,
    Field,
    FileSource,
    RequestSource,
    ValueType,
)
from feast.on_demand_feature_view import on_demand_feature_view
from feast.types import Float64, Int64, String

card = Entity(name="card", join_keys=["card_id"], value_type=ValueType.STRING)

velocity_source = FileSource(
    name="card_velocity_source",
    path="card_velocity.parquet",
    timestamp_field="created_at",
)
profile_source = FileSource(
    name="card_profile_source",
    path="card_profile.parquet",
    timestamp_field="updated_at",
)

card_velocity = FeatureView(
    name="card_velocity",
    entities=[card],
    ttl=timedelta(days=7),
    schema=[
        Field(name="payment_count_10m", dtype=Int64),
        Field(name="payment_count_1h", dtype=Int64),
        Field(name="payment_count_24h", dtype=Int64),
        Field(name="spend_1h", dtype=Float64),
        Field(name="spend_7d", dtype=Float64),
        Field(name="largest_7d", dtype=Float64),
        Field(name="merchants_24h", dtype=Int64),
        Field(name="foreign_count_24h", dtype=Int64),
    ],
    source=velocity_source,
)
card_profile = FeatureView(
    name="card_profile",
    entities=[card],
    ttl=timedelta(days=3650),
    schema=[
        Field(name="home_country", dtype=String),
        Field(name="credit_limit", dtype=Float64),
    ],
    source=profile_source,
)
payment = RequestSource(
    name="payment",
    schema=[Field(name="amount", dtype=Float64), Field(name="country", dtype=String)],
)


@on_demand_feature_view(
    sources=[card_profile, payment],
    schema=[
        Field(name="is_foreign", dtype=Int64),
        Field(name="amount_to_limit", dtype=Float64),
    ],
    mode="pandas",
)
def payment_context(inputs):
    """Compare the payment with the card's profile."""
    import pandas as pd

    return pd.DataFrame(
        {
            "is_foreign": (inputs["country"] != inputs["home_country"]).astype("int64"),
            "amount_to_limit": inputs["amount"] / inputs["credit_limit"],
        }
    )


fraud_score = FeatureService(
    name="fraud_score",
    features=[card_velocity, card_profile[["credit_limit"]], payment_context],
)
