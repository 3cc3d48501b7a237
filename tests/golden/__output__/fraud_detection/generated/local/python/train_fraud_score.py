"""Train the model fraud_score.

The probability that a payment will be charged back.
"""

import sys

import training
from model_fraud_score import MODEL
from programs import Interval, Result, run


def train(interval: Interval) -> Result:
    """Fit the model, measure it and keep it as a candidate."""
    return training.train(MODEL, interval)


if __name__ == "__main__":
    sys.exit(run("train.fraud_score", __doc__, train))
