"""Look at the model of a finished run: its split, its metrics, the gate, and what windows are worth.

Metrics and split are worked out here from their definitions, on the model that was stored and the
table that it was trained on. The last line on stdout is a JSON object with the checks.
"""

import argparse
import json
import math
import os
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from tables import read_table  # noqa: E402 (lies beside the oracle)

# What the model with windows must be better by than the same model without them.
MARGINS = {"roc_auc": 0.2, "average_precision": 0.4}
GATE = 0.5
Row = dict[str, Any]
checks: list[dict[str, Any]] = []


def check(name: str, ok: bool, detail: object = "") -> None:
    """Note a check."""
    checks.append({"name": name, "ok": bool(ok), "detail": str(detail)})


def roc_auc(label: list[bool], score: list[float]) -> float:
    """The chance that a positive row has a higher score than a negative one; ties count half."""
    positive = [s for s, y in zip(score, label, strict=True) if y]
    negative = [s for s, y in zip(score, label, strict=True) if not y]
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def average_precision(label: list[bool], score: list[float]) -> float:
    """The precision at each threshold, weighted by the recall that it adds."""
    total, found, value = sum(label), 0, 0.0
    for threshold in sorted(set(score), reverse=True):
        at_least = [y for s, y in zip(score, label, strict=True) if s >= threshold]
        gained = sum(at_least) - found
        if gained:
            value += sum(at_least) / len(at_least) * gained / total
            found += gained
    return value


def split(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The latest fifth to test on; what lies within a day before it is for neither."""
    first = rows[len(rows) - round(len(rows) * 0.2)]["created_at"]
    train = [row for row in rows if row["created_at"] < first - timedelta(days=1)]
    return train, [row for row in rows if row["created_at"] >= first]


def measured(registry: Path, rows: list[Row]) -> dict[str, float]:
    """Score the stored champion on the test rows, and compare with what was recorded."""
    import joblib
    from signature import Signature

    version = json.loads((registry / "champion.json").read_text())["version"]
    folder = registry / "versions" / version
    card, recorded = (json.loads((folder / f"{name}.json").read_text()) for name in ("card", "metrics"))
    train, test = split(rows)
    check("rows to train on are as many as the split says", card["rows"]["training"] == len(train), card)
    check("rows to test on are as many as the split says", card["rows"]["test"] == len(test), card)
    signature = Signature.from_json((folder / "signature.json").read_text())
    model = joblib.load(folder / "model.joblib")
    score = [float(each) for each in model.predict_proba(signature.to_frame(test))[:, 1]]
    label = [row["is_fraud"] for row in test]
    values = {"roc_auc": roc_auc(label, score), "average_precision": average_precision(label, score)}
    for name, value in values.items():
        found = recorded["candidate"][name]
        check(f"{name} is what its definition gives", math.isclose(found, value, rel_tol=1e-9), (found, value))
    passed = values["average_precision"] >= GATE
    check("the gate says what its comparison gives", recorded["gate"]["passed"] == passed, recorded)
    return values


def trained_again(end: datetime, metrics: dict[str, float]) -> None:
    """Train from the same training set: all inputs, then all but the windows."""
    import training
    from model_fraud_score import MODEL
    from programs import Interval

    interval = Interval(end - timedelta(days=1), end)
    windows = [column for column in MODEL.inputs if column.name.startswith("card_velocity__")]
    others = tuple(column for column in MODEL.inputs if column not in windows)
    check("the model has windows and other inputs", len(windows) > 0 and len(others) > 0, MODEL.inputs)
    with tempfile.TemporaryDirectory() as registry:
        again = training.train(replace(MODEL, registry=f"{registry}/all"), interval)
        without = training.train(replace(MODEL, registry=f"{registry}/others", inputs=others), interval)
    same = all(math.isclose(again.summary["metrics"][n], v, rel_tol=1e-9) for n, v in metrics.items())
    check("the same training set gives the same model", same, (again.summary["metrics"], metrics))
    for name, margin in MARGINS.items():
        plain = without.summary["metrics"][name]
        print(f"{name}: {metrics[name]:.4f} with windows, {plain:.4f} without", file=sys.stderr)
        holds = metrics[name] >= plain + margin
        title = f"windows are worth {margin} of {name}: {metrics[name]:.4f}, without them {plain:.4f}"
        check(title, holds)


def main() -> int:
    """Check and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--interval-end", type=datetime.fromisoformat, required=True)
    arguments = parser.parse_args()
    os.chdir(arguments.project)
    sys.path.insert(0, str(Path("generated/local/python").resolve()))
    rows = read_table("lake/fraud_detection/training/fraud_score").to_pylist()
    rows.sort(key=lambda row: (row["created_at"], row["transaction_id"]))
    metrics = measured(Path("lake/fraud_detection/models/fraud_score"), rows)
    trained_again(arguments.interval_end, metrics)
    gate = metrics["average_precision"] >= GATE
    print(json.dumps({"checks": checks, "metrics": metrics, "gate": gate}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
