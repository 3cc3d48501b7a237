"""Score rows for the deployment fraud_review.

Scores the interval's payments for the analysts' queue.
"""

import sys

import training
from model_fraud_score import MODEL
from programs import Interval, Result, run
from specification import BatchDeployment

DEPLOYMENT = BatchDeployment(
    name="fraud_review",
    rows="./lake/fraud_detection/scoring/fraud_review",
    predictions="./lake/fraud_detection/predictions/fraud_review",
    key=("transaction_id",),
    event_time="created_at",
)


def score(interval: Interval) -> Result:
    """Predict the rows of an interval."""
    return training.score(MODEL, DEPLOYMENT, interval)


if __name__ == "__main__":
    sys.exit(run("score.fraud_review", __doc__, score))
