"""The training set by Feast: `feast_training.py REPOSITORY QUESTIONS TARGET CUT`.

QUESTIONS is a Parquet folder; the set is written as one Parquet file.
"""

import json
import sys
from datetime import timedelta

import pandas as pd
from feast import FeatureStore


def main(repository: str, questions: str, target: str, cut: str) -> None:
    """Ask for features as of each question."""
    asked = pd.read_parquet(questions)
    asked = asked[asked["asked_at"] <= pd.Timestamp(cut) - timedelta(days=1)]
    store = FeatureStore(repo_path=repository)
    found = store.get_historical_features(
        entity_df=asked.rename(columns={"asked_at": "event_timestamp"}),
        features=store.get_feature_service("fraud"),
    ).to_df()
    found.to_parquet(target)
    print(json.dumps({"rows": len(found)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
