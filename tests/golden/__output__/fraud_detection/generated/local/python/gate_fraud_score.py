"""The gate of the model fraud_score.

The probability that a payment will be charged back.
"""

import sys

import training
from model_fraud_score import MODEL
from programs import Interval, Result, run


def gate(interval: Interval) -> Result:
    """Decide whether the candidate becomes champion."""
    return training.gate(MODEL, interval)


if __name__ == "__main__":
    sys.exit(run("gate.fraud_score", __doc__, gate))
