"""Rows of tests: from the text of fixtures to values of Spark's types, and compared cell by cell."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pyspark.sql import types as T

Cells = Mapping[str, Any]
# How far apart two numbers may be, as a share of the larger: sums depend on the order of what is added.
DOUBLES, FLOATS = 1e-9, 1e-6


@dataclass(frozen=True)
class Column:
    """A column of a fixture."""

    name: str
    type: T.DataType


def columns_of(described: Sequence[Mapping[str, str]]) -> list[Column]:
    """Read columns with their types in DDL."""
    return [Column(each["name"], T.DataType.fromDDL(each["type"])) for each in described]


def schema_of(columns: Sequence[Column]) -> T.StructType:
    """Return the columns as a schema in which everything may be NULL."""
    return T.StructType([T.StructField(each.name, each.type) for each in columns])


def decode(value: Any, data_type: T.DataType) -> Any:
    """Turn what the compiler made of a value into the value."""
    if value is None:
        return None
    match data_type:
        case T.ArrayType():
            return [decode(each, data_type.elementType) for each in value]
        case T.MapType():
            return {
                decode(key, data_type.keyType): decode(inner, data_type.valueType)
                for key, inner in value
            }
        case T.StructType():
            return tuple(
                decode(each, field.dataType)
                for each, field in zip(value, data_type.fields, strict=True)
            )
        case T.IntegralType():
            return int(value)
        case T.FloatType() | T.DoubleType():
            return float(value)
        case T.DecimalType():
            return Decimal(value)
        case T.DateType():
            return date.fromisoformat(value)
        case T.TimestampType() | T.TimestampNTZType():
            return datetime.fromisoformat(value)
        case T.BinaryType():
            return bytes.fromhex(value)
    return value


def same(expected: Any, actual: Any, data_type: T.DataType) -> bool:
    """Tell whether a value is the expected one."""
    if expected is None or actual is None:
        return expected is actual
    match data_type:
        case T.ArrayType():
            return len(expected) == len(actual) and all(
                same(left, right, data_type.elementType)
                for left, right in zip(expected, actual, strict=True)
            )
        case T.MapType():
            return expected.keys() == actual.keys() and all(
                same(value, actual[key], data_type.valueType) for key, value in expected.items()
            )
        case T.StructType():
            return all(
                same(left, right, field.dataType)
                for left, right, field in zip(expected, actual, data_type.fields, strict=True)
            )
        case T.FloatType() | T.DoubleType():
            near = DOUBLES if isinstance(data_type, T.DoubleType) else FLOATS
            both_nan = math.isnan(expected) and math.isnan(actual)
            return both_nan or math.isclose(expected, actual, rel_tol=near, abs_tol=1e-300)
        case T.TimestampType():
            return instant(expected) == instant(actual)
        case T.BinaryType():
            return bytes(expected) == bytes(actual)
    return bool(expected == actual)


def instant(moment: datetime) -> datetime:
    """Return a moment with its zone: Spark gives those of this process, which is UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def shown(value: Any, data_type: T.DataType) -> str:
    """Print a value for a table."""
    if value is None:
        return "NULL"
    match data_type:
        case T.StringType():
            plain = value.isprintable() and value == value.strip() and value not in ("", "NULL")
            return value if plain else json.dumps(value, ensure_ascii=False)
        case T.BooleanType():
            return "true" if value else "false"
        case T.TimestampType():
            return instant(value).isoformat().replace("+00:00", "Z")
        case T.BinaryType():
            return bytes(value).hex()
        case T.ArrayType():
            return f"[{', '.join(shown(each, data_type.elementType) for each in value)}]"
        case T.MapType():
            pairs = (
                f"{shown(key, data_type.keyType)}: {shown(inner, data_type.valueType)}"
                for key, inner in value.items()
            )
            return f"{{{', '.join(pairs)}}}"
        case T.StructType():
            fields = (
                f"{field.name}: {shown(inner, field.dataType)}"
                for inner, field in zip(value, data_type.fields, strict=True)
            )
            return f"{{{', '.join(fields)}}}"
        case T.DateType() | T.TimestampNTZType():
            return str(value.isoformat())
    return str(value)


def pair(
    expected: Sequence[Cells],
    actual: Sequence[Cells],
    columns: Sequence[Column],
    key: Sequence[str],
) -> list[tuple[Cells | None, Cells | None]]:
    """Say which rows belong together, whatever their order.

    First as many as can be that are equal, then those that agree in the key, then those with most
    equal cells; what is left is missing, or too much.
    """
    types = {each.name: each.type for each in columns}

    def agreeing(left: int, right: int, names: Sequence[str]) -> int:
        row, other = expected[left], actual[right]
        return sum(name in row and same(row[name], other[name], types[name]) for name in names)

    def is_equal(left: int, right: int) -> bool:
        return agreeing(left, right, list(types)) == len(expected[left])

    found = matching(len(expected), len(actual), is_equal)
    names = [name for name in key if name in types]
    scores = [
        ((agreeing(left, right, names), agreeing(left, right, list(types))), left, right)
        for left in range(len(expected))
        if left not in found
        for right in set(range(len(actual))) - set(found.values())
    ]
    for (by_key, cells), left, right in sorted(scores, key=lambda each: (-each[0][0], -each[0][1])):
        is_likely = by_key == len(names) if names else cells > 0
        if is_likely and left not in found and right not in found.values():
            found[left] = right
    pairs: list[tuple[Cells | None, Cells | None]] = [
        (row, actual[found[left]] if left in found else None) for left, row in enumerate(expected)
    ]
    taken = set(found.values())
    return pairs + [(None, row) for right, row in enumerate(actual) if right not in taken]


def matching(left: int, right: int, is_equal: Callable[[int, int], bool]) -> dict[int, int]:
    """Pair as many as can be: each finds a partner of its own, or makes another one give way."""
    partner: dict[int, int] = {}
    equal = [[other for other in range(right) if is_equal(each, other)] for each in range(left)]

    def settle(each: int, seen: set[int]) -> bool:
        for other in equal[each]:
            if other not in seen:
                seen.add(other)
                if other not in partner or settle(partner[other], seen):
                    partner[other] = each
                    return True
        return False

    for each in range(left):
        settle(each, set())
    return {each: other for other, each in partner.items()}


def compared(
    pairs: Sequence[tuple[Cells | None, Cells | None]], columns: Sequence[Column]
) -> list[dict[str, Any]]:
    """Describe pairs of rows, cell by cell: text, or None where nothing is said of a cell."""
    return [described(expected, actual, columns) for expected, actual in pairs]


def described(
    expected: Cells | None, actual: Cells | None, columns: Sequence[Column]
) -> dict[str, Any]:
    """Describe one pair."""

    def text(row: Cells | None, each: Column) -> str | None:
        return shown(row[each.name], each.type) if row is not None and each.name in row else None

    differs = [
        number
        for number, each in enumerate(columns)
        if expected is not None
        and actual is not None
        and each.name in expected
        and not same(expected[each.name], actual[each.name], each.type)
    ]
    status = "missing" if actual is None else "extra" if expected is None else "same"
    return {
        "status": "differs" if differs else status,
        "expected": [text(expected, each) for each in columns],
        "actual": [text(actual, each) for each in columns],
        "differs": differs,
    }


def quoted(name: str) -> str:
    """Quote a column's name for Spark."""
    return f"`{name.replace('`', '``')}`"
