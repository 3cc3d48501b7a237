"""Spark SQL's expressions in Python: NULL is None, arithmetic is ANSI.

Both operands of a function are of one kind (double, integer, decimal, text …): whoever
calls it has put the casts in. Timestamps are aware datetimes in UTC.
"""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


def _nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def add(left: Any, right: Any) -> Any:
    """Left + right."""
    if left is None or right is None:
        return None
    return _wide(lambda: left + right)


def sub(left: Any, right: Any) -> Any:
    """Left - right."""
    if left is None or right is None:
        return None
    return _wide(lambda: left - right)


def mul(left: Any, right: Any) -> Any:
    """Left * right."""
    if left is None or right is None:
        return None
    return _wide(lambda: left * right)


def div(left: Any, right: Any) -> Any:
    """Left / right; a divisor of zero is an error, also for doubles."""
    if left is None or right is None:
        return None
    if right == 0:
        message = "division by zero"
        raise ArithmeticError(message)
    return _wide(lambda: left / right)


def mod(left: Any, right: Any) -> Any:
    """Remainder with the sign of the dividend."""
    if left is None or right is None:
        return None
    if right == 0:
        message = "division by zero"
        raise ArithmeticError(message)
    if isinstance(left, float):
        return math.fmod(left, right)
    if isinstance(left, Decimal):
        return _wide(lambda: left % right)
    size = abs(left) % abs(right)
    return -size if left < 0 else size


def neg(value: Any) -> Any:
    """Minus the value."""
    return None if value is None else -value


def _wide(compute: Any) -> Any:
    with localcontext(_WIDE):
        return compute()


def as_double(value: Any) -> float | None:
    """CAST(value AS DOUBLE)."""
    return None if value is None else float(value)


def as_integer(value: Any, bits: int) -> int | None:
    """Cast to an integer of that many bits; a value that does not fit is an error."""
    if value is None:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        message = f"{value} does not fit an integer"
        raise ArithmeticError(message)
    number = int(value)
    if not -(1 << (bits - 1)) <= number < 1 << (bits - 1):
        message = f"{number} does not fit {bits} bits"
        raise ArithmeticError(message)
    return number


def as_decimal(value: Any, precision: int, scale: int) -> Decimal | None:
    """Cast to decimal(precision, scale), rounding half up."""
    if value is None:
        return None
    if isinstance(value, float):
        value = repr(value)
    elif isinstance(value, bool):
        value = int(value)
    exact = Decimal(value)
    if not exact.is_finite():
        message = f"{exact} is no decimal"
        raise ArithmeticError(message)
    rounded = exact.quantize(Decimal(1).scaleb(-scale), context=_WIDE)
    if abs(rounded) >= Decimal(10) ** (precision - scale):
        message = f"{rounded} does not fit decimal({precision},{scale})"
        raise ArithmeticError(message)
    return rounded


def as_string(value: Any) -> str | None:
    """Cast to string, of texts, integers, decimals and booleans."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def as_timestamp(value: dt.date | None) -> dt.datetime | None:
    """Cast to timestamp: a date is its midnight."""
    if value is None or isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time(), dt.UTC)


def eq(left: Any, right: Any) -> bool | None:
    """Left = right; NaN equals NaN."""
    if left is None or right is None:
        return None
    return bool(left == right) or (_nan(left) and _nan(right))


def ne(left: Any, right: Any) -> bool | None:
    """Left <> right."""
    return not_(eq(left, right))


def lt(left: Any, right: Any) -> bool | None:
    """Left < right; NaN is greater than all else."""
    if left is None or right is None:
        return None
    if _nan(left):
        return False
    return True if _nan(right) else bool(left < right)


def le(left: Any, right: Any) -> bool | None:
    """Left <= right."""
    return not_(lt(right, left))


def gt(left: Any, right: Any) -> bool | None:
    """Left > right."""
    return lt(right, left)


def ge(left: Any, right: Any) -> bool | None:
    """Left >= right."""
    return not_(lt(left, right))


def not_(value: bool | None) -> bool | None:
    """NOT value: NULL stays NULL."""
    return None if value is None else not value


def and_(*values: bool | None) -> bool | None:
    """AND: false wins over NULL."""
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def or_(*values: bool | None) -> bool | None:
    """OR: true wins over NULL."""
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def is_null(value: Any) -> bool:
    """Value IS NULL."""
    return value is None


def is_not_null(value: Any) -> bool:
    """Value IS NOT NULL."""
    return value is not None


def is_true(value: bool | None) -> bool:
    """Whether a condition holds: NULL does not."""
    return value is True


def nullif(value: Any, other: Any) -> Any:
    """NULL where the two are equal, else the value."""
    return None if is_true(eq(value, other)) else value


def case(*parts: Any) -> Any:
    """The value after the first condition that holds, else the last value."""
    *branches, otherwise = parts
    pairs = zip(branches[::2], branches[1::2], strict=True)
    return next((value for condition, value in pairs if is_true(condition)), otherwise)


def coalesce(*values: Any) -> Any:
    """The first value that is not NULL."""
    return next((value for value in values if value is not None), None)


def hour(moment: dt.datetime | None) -> int | None:
    """Hour of the day in UTC, 0 to 23."""
    return None if moment is None else moment.astimezone(dt.UTC).hour


def dayofweek(moment: dt.date | None) -> int | None:
    """Day of the week in UTC: 1 is Sunday, 7 is Saturday."""
    if moment is None:
        return None
    day = moment.astimezone(dt.UTC) if isinstance(moment, dt.datetime) else moment
    return day.isoweekday() % 7 + 1


def timestamp(text: str) -> dt.datetime:
    """Read a timestamp literal."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def date(text: str) -> dt.date:
    """Read a date literal."""
    return dt.date.fromisoformat(text)
