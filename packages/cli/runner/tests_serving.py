"""What services answer, by their own code, from stores that were filled for a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

from tests_tables import Tables, module


@dataclass(frozen=True)
class Unasked:
    """The store of a group that a test does not ask about: nothing is known of anybody."""

    group: Any

    def refresh(self) -> bool:
        """Say that nothing has changed."""
        return False

    @staticmethod
    def read(lookups: Sequence[Any], _: datetime) -> dict[str, Any]:
        """Return NULL for each output."""
        return {
            f"{store.group.name}__{output}": None
            for store, _ in lookups
            for output in outputs(store.group)
        }


def outputs(group: Any) -> list[str]:
    """Name what a service looks up of a group."""
    if hasattr(group, "windows"):
        return [each.output for each in group.windows]
    return [each.name for each in group.columns]


def deployment_of(program: str) -> Any:
    """Return what a service is; its servers need not be there for that."""
    opening = mock.patch.object(
        module("serving_state"), "open_store", lambda stored, _: Unasked(stored.group)
    )
    with opening:
        return module(program).DEPLOYMENT


def opened(deployment: Any, files: Mapping[str, str]) -> Any:
    """Return the state of a service that reads the stores of groups from files."""
    serving_state, online_store = module("serving_state"), module("online_store")

    def open_store(stored: Any, _: str | None) -> Any:
        file = files.get(stored.group.name)
        return (
            Unasked(stored.group) if file is None else online_store.GroupStore(stored.group, file)
        )

    with mock.patch.object(serving_state, "open_store", open_store):
        state = serving_state.make_state(deployment)
    for _, store in state.stores:
        store.refresh()
    return state


def request_of(deployment: Any, asked: Mapping[str, Any]) -> Any:
    """Return a request that says nothing but what is asked."""
    fields = deployment.request.model_fields.items()
    names = [field.alias or name for name, field in fields]
    return deployment.request.model_construct(**{name: asked.get(name) for name in names})


def published(tables: Tables, group: str, moment: datetime, folder: str) -> str:
    """Write the store of a group as a batch run at a moment does, and return its file."""
    feature_store, file = module("feature_store"), str(Path(folder) / f"{group}.sqlite")
    described = tables.groups()[group]
    events = tables.table(tables.test["groups"][group], moment)
    if hasattr(described, "tiles"):
        feature_store.publish_tiles(tables.spark, described, events, file, moment)
    else:
        feature_store.publish_latest(described, events, file, moment)
    return file
