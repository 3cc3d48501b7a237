"""One row of each source, so that Feast finds its columns. Usage: feast_data.py FOLDER."""

import sys
from pathlib import Path

import pandas as pd

folder = Path(sys.argv[1])
known = pd.Timestamp("2026-01-01", tz="UTC")
counts = [
    "payment_count_10m",
    "payment_count_1h",
    "payment_count_24h",
    "merchants_24h",
    "foreign_count_24h",
]
sums = ["spend_1h", "spend_7d", "largest_7d"]
pd.DataFrame(
    {"card_id": ["c1"], "created_at": [known]}
    | {name: [1] for name in counts}
    | {name: [1.0] for name in sums}
).to_parquet(folder / "card_velocity.parquet")
pd.DataFrame(
    {
        "card_id": ["c1"],
        "updated_at": [known],
        "home_country": ["FR"],
        "credit_limit": [1.0],
    }
).to_parquet(folder / "card_profile.parquet")
