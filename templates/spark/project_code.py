"""Transforms by functions of the project's own, held to the columns that they declare."""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from lakehouse import field


def apply_function(
    file: str,
    function: str,
    inputs: Mapping[str, DataFrame],
    as_of: datetime | None,
    columns: Mapping[str, str],
    required: Sequence[str],
) -> DataFrame:
    """Call a function of the project and return its rows with the declared columns, in their order."""
    name = f"{file}:{function}"
    rows = project_function(file, function)(inputs, as_of)
    require_columns(rows, columns, name)
    return rows.select(
        *(present(column, name) if column in required else field(column) for column in columns)
    )


def require_columns(rows: object, columns: Mapping[str, str], name: str) -> None:
    """Stop where a function returned anything but the declared columns."""
    if not hasattr(rows, "schema"):
        raise TypeError(f"{name} returned {type(rows).__name__}, not a DataFrame of Spark")
    found = [(each.name, each.dataType.simpleString()) for each in rows.schema.fields]
    wanted = {column: T.DataType.fromDDL(text).simpleString() for column, text in columns.items()}
    names = [column for column, _ in found]
    problems = [
        *(f"{column} is missing" for column in wanted if column not in names),
        *(f"{column} is not declared" for column in names if column not in wanted),
        *(f"{column} is there twice" for column in sorted(set(names)) if names.count(column) > 1),
        *(
            f"{column} is {kind}, declared: {wanted[column]}"
            for column, kind in found
            if column in wanted and kind != wanted[column]
        ),
    ]
    if problems:
        raise TypeError(f"{name} returned what is not declared: {'; '.join(problems)}")


def present(column: str, name: str) -> Column:
    """Return a column whose values may not be NULL: the first one stops the program."""
    message = f"{name} returned NULL for {column}, which is declared as NOT NULL"
    return F.coalesce(field(column), F.raise_error(F.lit(message))).alias(column)


def project_function(file: str, function: str) -> Callable[..., DataFrame]:
    """Return a function of the project."""
    found = getattr(project_module(file), function, None)
    if not callable(found):
        raise ImportError(f"{file} has no function {function}")
    return found


def project_module(file: str) -> ModuleType:
    """Import a file of the project by its path: `src/clean.py` is the module `src.clean`."""
    root = Path.cwd()
    if str(root) not in sys.path:
        sys.path.append(str(root))
    importlib.invalidate_caches()
    module = importlib.import_module(".".join(Path(file).with_suffix("").parts))
    if module.__file__ is None or Path(module.__file__).resolve() != (root / file).resolve():
        raise ImportError(f"{module.__name__} was imported from {module.__file__}, not from {file}")
    return module
