"""What goes into a model: one definition for training, batch scoring and serving.

Strings are categories. Their vocabulary is fixed when the model is trained and kept in
`signature.json`; a category that was not seen then is as good as none. NULL becomes NaN, decimals
and booleans become doubles, timestamps become seconds since 1970.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

# As many as histogram gradient boosting takes in its 255 bins, one of which is for the missing.
MAX_CATEGORIES = 254
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)

Row = Mapping[str, Any]
Vocabularies = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Column:
    """One input of a model, with its type in Spark SQL."""

    name: str
    type: str

    @property
    def is_category(self) -> bool:
        """Whether the model sees a category, not a number."""
        return self.type == "string"


def number(value: Any) -> float:
    """Any value that is no category as a double; NULL is NaN."""
    if value is None:
        return math.nan
    if isinstance(value, dt.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return float((moment - EPOCH) // MICROSECOND) / 1e6
    if isinstance(value, dt.date):
        return float((value - EPOCH.date()).days * 86400)
    return float(value)


def most_frequent(counts: Mapping[str, int]) -> list[str]:
    """The categories of a column, sorted; the most frequent ones where there are too many."""
    frequent = sorted(counts, key=lambda value: (-counts[value], value))
    return sorted(frequent[:MAX_CATEGORIES])


def to_frame(
    rows: Sequence[Row], columns: Sequence[Column], vocabularies: Vocabularies
) -> pd.DataFrame:
    """The model's input, one line per row; `model_input` has the same for whole columns."""
    data: dict[str, Any] = {}
    for column in columns:
        values = [row[column.name] for row in rows]
        if column.is_category:
            vocabulary = vocabularies[column.name]
            position = {value: index for index, value in enumerate(vocabulary)}
            codes = np.array([position.get(value, -1) for value in values], dtype=np.int32)
            data[column.name] = category(codes, vocabulary)
        else:
            data[column.name] = np.array([number(value) for value in values], dtype=np.float64)
    return frame(data, len(rows))


def category(codes: np.ndarray, vocabulary: Sequence[str]) -> pd.Categorical:
    """Positions in a vocabulary, -1 for none, as the model sees them."""
    dtype = pd.CategoricalDtype(pd.Index(list(vocabulary), dtype=object))
    return pd.Categorical.from_codes(codes, dtype=dtype)


def frame(data: Mapping[str, Any], rows: int) -> pd.DataFrame:
    """Columns in the model's order."""
    return pd.DataFrame(data, index=pd.RangeIndex(rows))


@dataclass(frozen=True)
class Signature:
    """What a trained model takes and gives; kept beside it as `signature.json`."""

    task: str
    columns: tuple[Column, ...]
    vocabularies: Vocabularies
    classes: tuple[str | int | bool, ...] = ()

    def to_json(self) -> str:
        """The signature as text."""
        columns = [
            {"name": column.name, "type": column.type}
            | ({"vocabulary": self.vocabularies[column.name]} if column.is_category else {})
            for column in self.columns
        ]
        content = {"task": self.task, "columns": columns, "classes": list(self.classes)}
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    @staticmethod
    def from_json(text: str | bytes) -> Signature:
        """Read what `to_json` wrote."""
        content = json.loads(text)
        columns = content["columns"]
        return Signature(
            content["task"],
            tuple(Column(column["name"], column["type"]) for column in columns),
            {column["name"]: column["vocabulary"] for column in columns if "vocabulary" in column},
            tuple(content["classes"]),
        )

    def to_frame(self, rows: Sequence[Row]) -> pd.DataFrame:
        """The input of the model that has this signature."""
        return to_frame(rows, self.columns, self.vocabularies)


def plain(value: Any) -> Any:
    """The value as JSON can say it: decimals as text, times in ISO 8601."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value
