"""Ask Feast: `python ask.py REPOSITORY QUESTION`, both questions and answers in JSON."""

import json
import sys
from datetime import datetime
from decimal import Decimal

import pandas as pd
from feast import FeatureStore


def plain(value: object) -> object:
    """What JSON has for a value: NULL is null, whatever pandas makes of it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        items = value.tolist() if hasattr(value, "tolist") else value
        return [plain(item) for item in items] if isinstance(items, (list, tuple)) else plain(items)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def main() -> None:
    """Answer one question."""
    store, question = FeatureStore(sys.argv[1]), json.loads(sys.argv[2])
    features = question.get("features") or store.get_feature_service(question["service"])
    entities = question["entities"]
    if not question.get("past"):
        answer = store.get_online_features(features=features, entity_rows=entities).to_dict()
        rows = [dict(zip(answer, values, strict=True)) for values in zip(*answer.values(), strict=True)]
    else:
        asked = pd.DataFrame(entities)
        asked["event_timestamp"] = pd.to_datetime(asked["event_timestamp"], utc=True)
        asked["place"] = range(len(asked))
        found = store.get_historical_features(entity_df=asked, features=features).to_df()
        rows = found.sort_values("place").to_dict("records")
    print(json.dumps({"rows": [{name: plain(value) for name, value in row.items()} for row in rows]}))


main()
