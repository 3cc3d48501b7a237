"""The ten windows as Feast has them: columns that feast_windows.py has computed."""

import os
from datetime import timedelta

from feast import Entity, FeatureService, FeatureView, Field, FileSource, ValueType
from feast.types import Float64, Int64

card = Entity(name="card", join_keys=["card_id"], value_type=ValueType.STRING)
counts = [f"payments_{each}" for each in ("10m", "1h", "6h", "24h")]
sums = [f"{name}_{each}" for name in ("spend", "largest") for each in ("1h", "24h", "7d")]
card_velocity = FeatureView(
    name="card_velocity",
    entities=[card],
    ttl=timedelta(days=int(os.environ["BENCH_FEAST_TTL_DAYS"])),
    schema=[
        *(Field(name=name, dtype=Int64) for name in counts),
        *(Field(name=name, dtype=Float64) for name in sums),
    ],
    source=FileSource(
        name="card_velocity_source",
        path=os.environ["BENCH_FEAST_WINDOWS"],
        timestamp_field="received_at",
    ),
)
fraud = FeatureService(name="fraud", features=[card_velocity])
