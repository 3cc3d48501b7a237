"""The registry: a folder with the versions of a model, and a file that names the champion.

    <model>/versions/<version>/{model.joblib, signature.json, metrics.json, card.json, card.md}
    <model>/champion.json      {"version": …, "history": [versions that passed their gate]}

A version is named by the end of its interval and the hash of its definition, so a run that is
repeated replaces its own version. Names sort by time.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import joblib

import storage
from signature import Signature


def version_name(interval_end: datetime, definition: str) -> str:
    """Name the version that an interval yields: `20260410T020000Z-1a2b3c4d`."""
    return f"{interval_end.astimezone(UTC):%Y%m%dT%H%M%SZ}-{definition}"


def interval_of(version: str) -> str:
    """The part of a version's name that says when."""
    return version.split("-", maxsplit=1)[0]


@dataclass(frozen=True)
class Trained:
    """A version, loaded."""

    version: str
    model: Any
    signature: Signature


@dataclass(frozen=True)
class Registry:
    """The folder of one model."""

    path: str

    def file(self, version: str, name: str) -> str:
        """Path of one file of a version."""
        return storage.join(self.path, "versions", version, name)

    @property
    def champion_file(self) -> str:
        """Path of the file that names the champion."""
        return storage.join(self.path, "champion.json")

    def save(self, version: str, fitted: Any, signature: Signature) -> None:
        """Keep a trained model."""
        content = io.BytesIO()
        joblib.dump(fitted, content)
        storage.write_bytes(self.file(version, "signature.json"), signature.to_json().encode())
        storage.write_bytes(self.file(version, "model.joblib"), content.getvalue())

    def load(self, version: str) -> Trained:
        """Load a version. A pickle is code: only load from a registry that you trust."""
        signature = Signature.from_json(storage.read_bytes(self.file(version, "signature.json")))
        content = io.BytesIO(storage.read_bytes(self.file(version, "model.joblib")))
        return Trained(version, joblib.load(content), signature)

    def write_json(self, version: str, name: str, content: Any) -> None:
        """Write one of a version's JSON files."""
        text = json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
        storage.write_bytes(self.file(version, name), text.encode())

    def read_json(self, version: str, name: str) -> Any:
        """Read one of a version's JSON files."""
        return json.loads(storage.read_bytes(self.file(version, name)))

    def champion(self) -> str | None:
        """The version in use, if there is one."""
        history = self._champion_json()
        return None if history is None else history["version"]

    def champion_before(self, candidate: str) -> str | None:
        """The champion that a candidate has to beat: the last one of an earlier interval."""
        content = self._champion_json() or {"history": []}
        earlier = (v for v in content["history"] if interval_of(v) < interval_of(candidate))
        return max(earlier, default=None)

    def settle(self, candidate: str, *, passed: bool) -> str | None:
        """Write down whether a candidate passed its gate; return the champion.

        The champion is the version of the latest interval that passed, so runs of past intervals
        do not replace a newer one, and a run that is repeated changes its mind only about itself.
        """
        content = self._champion_json() or {"history": []}
        interval = interval_of(candidate)
        history = [v for v in content["history"] if interval_of(v) != interval]
        history = sorted([*history, candidate] if passed else history)
        if not history:
            storage.remove(self.champion_file)
            return None
        answer = {"version": history[-1], "history": history}
        storage.write_bytes(self.champion_file, (json.dumps(answer, indent=2) + "\n").encode())
        return history[-1]

    def _champion_json(self) -> dict[str, Any] | None:
        if not storage.exists(self.champion_file):
            return None
        content: dict[str, Any] = json.loads(storage.read_bytes(self.champion_file))
        return content
