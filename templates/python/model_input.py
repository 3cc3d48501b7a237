"""What goes into a model, from Arrow tables: whole columns at once, for training and batch scoring.

The values are those of `signature.to_frame`, which serves single rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from signature import Column, Signature, Vocabularies, category, frame, most_frequent

SECONDS_OF_DAY = 86_400


def to_model_input(table: pa.Table, signature: Signature) -> pd.DataFrame:
    """The model's input, one line per row of the table."""
    data = {
        column.name: codes(table[column.name], signature.vocabularies[column.name])
        if column.is_category
        else numbers(table[column.name])
        for column in signature.columns
    }
    return frame(data, table.num_rows)


def numbers(values: pa.ChunkedArray) -> np.ndarray:
    """A column that is no category as doubles; NULL is NaN."""
    kind = values.type
    if pa.types.is_timestamp(kind):
        return _doubles(values.cast(pa.timestamp("us", kind.tz)).cast(pa.int64())) / 1e6
    if pa.types.is_date(kind):
        return _doubles(values.cast(pa.date32()).cast(pa.int32())) * SECONDS_OF_DAY
    if pa.types.is_decimal(kind):
        # By their digits: computed from the unscaled number, the last bit would differ.
        return _doubles(values.cast(pa.string()))
    return _doubles(values)


def _doubles(values: pa.ChunkedArray) -> np.ndarray:
    return values.cast(pa.float64(), safe=False).to_numpy()


def codes(values: pa.ChunkedArray, vocabulary: Sequence[str]) -> pd.Categorical:
    """A column of categories; one that was not seen in training is as good as none."""
    known = pa.array(list(vocabulary), pa.large_string())
    found = pc.index_in(values.cast(pa.large_string()), value_set=known)
    return category(found.fill_null(-1).to_numpy().astype(np.int32), vocabulary)


def learn_vocabularies(table: pa.Table, columns: tuple[Column, ...]) -> Vocabularies:
    """The vocabulary of each category in rows to train on."""
    return {
        column.name: most_frequent(
            {
                each["values"]: each["counts"]
                for each in pc.value_counts(table[column.name].drop_null()).to_pylist()
            }
        )
        for column in columns
        if column.is_category
    }
