from typing import Any


def train(inputs: Any, label: Any, params: dict[str, Any]) -> Any: ...
