from sklearn.base import BaseEstimator


def build(depth: int, rate: float, seed: int = 7) -> BaseEstimator: ...
