"""Spark SQL's expressions in Python: NULL is None, arithmetic is ANSI.

Both operands of a function are of one kind (double, integer, decimal, text …): whoever
calls it has put the casts in. Timestamps are aware datetimes in UTC. Where an operand is a
function, it is called only if Spark would compute the operand.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import struct
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Any

_MINUS = Context(prec=34)
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
# As many digits as the greatest double has, and those after its point.
_ALL_DIGITS = Context(prec=400, rounding=ROUND_HALF_UP)


def _nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _both(left: Any, right: Any, compute: Callable[[Any, Any], Any]) -> Any:
    if left is None:
        return None
    other = _now(right)
    return None if other is None else compute(left, other)


def _now(value: Any) -> Any:
    return value() if callable(value) else value


def add(left: Any, right: Any) -> Any:
    """Left + right."""
    return _both(left, right, lambda a, b: _wide(lambda: a + b))


def sub(left: Any, right: Any) -> Any:
    """Left - right."""
    return _both(left, right, lambda a, b: _wide(lambda: a - b))


def mul(left: Any, right: Any) -> Any:
    """Left * right."""
    return _both(left, right, lambda a, b: _wide(lambda: a * b))


def div(left: Any, right: Any) -> Any:
    """Left / right; a divisor of zero is an error, also for doubles."""

    def compute(divisor: Any, dividend: Any) -> Any:
        if divisor == 0:
            message = "division by zero"
            raise ArithmeticError(message)
        return _wide(lambda: dividend / divisor)

    return _both(right, left, compute)


def mod(left: Any, right: Any) -> Any:
    """Remainder with the sign of the dividend."""
    return _both(right, left, _remainder)


def _remainder(divisor: Any, dividend: Any) -> Any:
    if divisor == 0:
        message = "division by zero"
        raise ArithmeticError(message)
    if isinstance(dividend, float):
        return math.nan if math.isinf(dividend) else math.fmod(dividend, divisor)
    if isinstance(dividend, Decimal):
        return _wide(lambda: dividend % divisor)
    size = abs(dividend) % abs(divisor)
    return -size if dividend < 0 else size


def neg(value: Any) -> Any:
    """Minus the value; of a decimal, Spark keeps 34 digits."""
    if value is None:
        return None
    return _MINUS.minus(value) if isinstance(value, Decimal) else -value


def _wide(compute: Any) -> Any:
    with localcontext(_WIDE):
        return compute()


def as_double(value: Any) -> float | None:
    """CAST(value AS DOUBLE)."""
    return None if value is None else float(value)


def as_float(value: Any) -> float | None:
    """CAST(value AS FLOAT): a double that has no more digits than a float."""
    if value is None:
        return None
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


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


def fitting(value: Any, fit: Callable[[Any], Any]) -> Any:
    """Cast as `fit` does; a value that does not fit is NULL."""
    try:
        return fit(value)
    except ArithmeticError:
        return None


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
    found: bool | None = _both(left, right, lambda a, b: bool(a == b) or (_nan(a) and _nan(b)))
    return found


def ne(left: Any, right: Any) -> bool | None:
    """Left <> right."""
    return not_(eq(left, right))


def lt(left: Any, right: Any) -> bool | None:
    """Left < right; NaN is greater than all else."""
    found: bool | None = _both(left, right, _less)
    return found


def _less(left: Any, right: Any) -> bool:
    if _nan(left):
        return False
    return True if _nan(right) else bool(left < right)


def le(left: Any, right: Any) -> bool | None:
    """Left <= right."""
    found: bool | None = _both(left, right, lambda a, b: not _less(b, a))
    return found


def gt(left: Any, right: Any) -> bool | None:
    """Left > right."""
    found: bool | None = _both(left, right, lambda a, b: _less(b, a))
    return found


def ge(left: Any, right: Any) -> bool | None:
    """Left >= right."""
    return not_(lt(left, right))


def not_(value: bool | None) -> bool | None:
    """NOT value: NULL stays NULL."""
    return None if value is None else not value


def and_(left: bool | None, right: Any) -> bool | None:
    """AND: false wins over NULL."""
    if left is False:
        return False
    other: bool | None = _now(right)
    return other if left or other is False else None


def or_(left: bool | None, right: Any) -> bool | None:
    """OR: true wins over NULL."""
    if left is True:
        return True
    other: bool | None = _now(right)
    return other if left is False or other is True else None


def is_null(value: Any) -> bool:
    """Value IS NULL."""
    return value is None


def is_not_null(value: Any) -> bool:
    """Value IS NOT NULL."""
    return value is not None


def is_true(value: bool | None) -> bool:
    """Whether a condition holds: NULL does not."""
    return value is True


def nullif(value: Any, other: Any, compared_as: Callable[[Any], Any] | None = None) -> Any:
    """NULL where the two are equal, else the value as it is."""
    if value is None:
        return None
    left, right = value, _now(other)
    if compared_as is not None:
        left, right = compared_as(left), compared_as(right)
    return None if is_true(eq(left, right)) else value


def case(*parts: Any) -> Any:
    """The value after the first condition that holds, else the last value."""
    *branches, otherwise = parts
    pairs = zip(branches[::2], branches[1::2], strict=True)
    return _now(next((value for condition, value in pairs if is_true(_now(condition))), otherwise))


def coalesce(*values: Any) -> Any:
    """The first value that is not NULL."""
    return next((known for value in values if (known := _now(value)) is not None), None)


def greatest(*values: Any) -> Any:
    """Return the greatest of those that are not NULL; NaN is greater than all else."""
    found = None
    for value in values:
        if found is None or (value is not None and _less(found, value)):
            found = value
    return found


def least(*values: Any) -> Any:
    """Return the least of those that are not NULL."""
    found = None
    for value in values:
        if found is None or (value is not None and _less(value, found)):
            found = value
    return found


def absolute(value: Any) -> Any:
    """Return the value without its sign; of a negative decimal, Spark keeps 34 digits."""
    if isinstance(value, float):
        return abs(value)
    return neg(value) if value is not None and value < 0 else value


def round_half_up(value: Any, digits: int) -> Any:
    """Round a double or a decimal to that many digits after the point, halves away from zero."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return value
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    rounded = exact.quantize(Decimal(1).scaleb(-digits), context=_ALL_DIGITS)
    if isinstance(value, float):
        return float(rounded)
    return rounded.quantize(Decimal(1), context=_ALL_DIGITS) if digits < 0 else rounded


def floor(value: Any) -> Any:
    """Return the whole number below a double or a decimal."""
    return _whole(value, math.floor, ROUND_FLOOR)


def ceil(value: Any) -> Any:
    """Return the whole number above a double or a decimal."""
    return _whole(value, math.ceil, ROUND_CEILING)


def _whole(value: Any, rounded: Callable[[float], int], rounding: str) -> Any:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1), rounding=rounding, context=_WIDE)
    if math.isnan(value):
        return 0
    # A double beyond 64 bits becomes the number at their end.
    limit = 1 << 63
    return limit - 1 if value >= limit else -limit if value < -limit else rounded(value)


def sqrt(value: float | None) -> float | None:
    """Square root; NaN of what has none."""
    if value is None:
        return None
    return math.nan if value < 0 else math.sqrt(value)


def exp(value: float | None) -> float | None:
    """E to the power of the value."""
    if value is None:
        return None
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf


def ln(value: float | None) -> float | None:
    """Natural logarithm; NULL of what has none."""
    return None if value is None or value <= 0 else math.log(value)


def logarithm(base: float | None, value: float | None) -> float | None:
    """Logarithm to a base; NULL where there is none."""
    below, above = ln(base), ln(value)
    if below is None or above is None:
        return None
    if below == 0:
        return math.nan if above == 0 or math.isnan(above) else math.copysign(math.inf, above)
    return above / below


def log2(value: float | None) -> float | None:
    """Logarithm to base 2; NULL of what has none."""
    return logarithm(2.0, value)


def log10(value: float | None) -> float | None:
    """Logarithm to base 10; NULL of what has none."""
    return None if value is None or value <= 0 else math.log10(value)


def log1p(value: float | None) -> float | None:
    """Natural logarithm of 1 + value; NULL of what has none."""
    return None if value is None or value <= -1 else math.log1p(value)


def power(base: float | None, exponent: float | None) -> float | None:
    """Base to the power of the exponent, as Java has it."""
    if base is None or exponent is None:
        return None
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return _infinity(base, exponent)
    except ValueError:
        return _infinity(base, exponent) if base == 0 else math.nan


def _infinity(base: float, exponent: float) -> float:
    odd = math.fmod(exponent, 2) in (1.0, -1.0)
    return math.copysign(math.inf, base) if odd else math.inf


def is_nan(value: float | None) -> bool:
    """Whether the value is NaN: NULL is not."""
    return _nan(value)


def length(value: str | None) -> int | None:
    """Return the number of code points."""
    return None if value is None else len(value)


def lower(value: str | None) -> str | None:
    """Text in small letters."""
    return None if value is None else value.lower()


def upper(value: str | None) -> str | None:
    """Text in capitals."""
    return None if value is None else value.upper()


def trim(value: str | None) -> str | None:
    """Text without the spaces around it; other white space stays."""
    return None if value is None else value.strip(" ")


def ltrim(value: str | None) -> str | None:
    """Text without the spaces before it."""
    return None if value is None else value.lstrip(" ")


def rtrim(value: str | None) -> str | None:
    """Text without the spaces after it."""
    return None if value is None else value.rstrip(" ")


def concat(*values: str | None) -> str | None:
    """Texts one after the other; NULL where one is."""
    present = [value for value in values if value is not None]
    return "".join(present) if len(present) == len(values) else None


def contains(value: str | None, part: str | None) -> bool | None:
    """Whether the text has the part."""
    return _both(value, part, lambda a, b: b in a)


def starts_with(value: str | None, part: str | None) -> bool | None:
    """Whether the text begins with the part."""
    return _both(value, part, lambda a, b: a.startswith(b))


def ends_with(value: str | None, part: str | None) -> bool | None:
    """Whether the text ends with the part."""
    return _both(value, part, lambda a, b: a.endswith(b))


def like(value: str | None, pattern: str) -> bool | None:
    """LIKE: `%` is any text, `_` any character, and a backslash takes that from them."""
    return None if value is None else _pattern(pattern).fullmatch(value) is not None


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    parts = re.findall(r"\\(.)|(%)|(_)|([^\\%_]+)", pattern, re.DOTALL)
    wild = (
        (".*" if many else "." if one else re.escape(quoted or text))
        for quoted, many, one, text in parts
    )
    return re.compile("".join(wild), re.DOTALL)


def replace(value: str | None, old: str | None, new: str | None) -> str | None:
    """Text with another in place of each part; what is empty is in no text."""
    if value is None or old is None or new is None:
        return None
    return value.replace(old, new) if old else value


def substring(
    value: str | None, position: int | None, length: int | None = (1 << 31) - 1
) -> str | None:
    """Text from a position on, counted from 1, or from the end where it is negative."""
    if value is None or position is None or length is None:
        return None
    start = position - 1 if position > 0 else len(value) + position if position < 0 else 0
    end = start + length
    return value[max(start, 0) : max(end, 0)]


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
