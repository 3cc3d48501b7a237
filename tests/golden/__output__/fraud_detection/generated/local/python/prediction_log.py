"""The prediction log: one line of JSON for each prediction, to a file or to stderr."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any, TextIO


class PredictionLog:
    """Appends lines; safe to use from several threads."""

    def __init__(self, path: str | None) -> None:
        """Log to a file, or to stderr where no path is given."""
        self._lock = threading.Lock()
        self._file: TextIO = sys.stderr
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 (open as long as the app)

    def write(self, entry: dict[str, Any]) -> None:
        """Append one line."""
        line = json.dumps(entry, default=str, ensure_ascii=False) + "\n"
        with self._lock:
            self._file.write(line)
            self._file.flush()
