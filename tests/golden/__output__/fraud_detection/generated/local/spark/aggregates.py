"""Aggregates in mergeable parts: what a tile keeps of its events, and how tiles become a value.

A partial is NULL where no event has a value. Merging partials in any order gives the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Precision of the HLL sketches: 2^12 registers, 1.6 % standard error.
LG_REGISTERS = 12


@dataclass(frozen=True)
class Partial:
    """How one kind of partial state is made of values and merged."""

    start: Callable[[Column], Column]
    """An aggregate of the values of events."""
    merge: Callable[[Column], Column]
    """An aggregate of partials, also over a window frame."""
    combine: Callable[[Column, Column], Column]
    """Two partials in one."""


def add(left: Column, right: Column) -> Column:
    """Add two partials, either of which may be NULL."""
    return F.coalesce(left + right, left, right)


def sketch(values: Column) -> Column:
    """Sketch values, NULL where there are none."""
    return F.when(F.count(values) > 0, F.hll_sketch_agg(values, LG_REGISTERS))


def unite(left: Column, right: Column) -> Column:
    """Unite two sketches, either of which may be NULL."""
    return F.coalesce(F.hll_union(left, right), left, right)


PARTIALS = {
    "count": Partial(start=F.count, merge=F.sum, combine=add),
    "sum": Partial(start=F.sum, merge=F.sum, combine=add),
    "min": Partial(start=F.min, merge=F.min, combine=F.least),
    "max": Partial(start=F.max, merge=F.max, combine=F.greatest),
    "sketch": Partial(start=sketch, merge=F.hll_union_agg, combine=unite),
}


def estimate(union: Column) -> Column:
    """Estimate how many values a sketch has seen, NULL for none.

    A sketch that has only grown by single values estimates by their order; one that went through
    a union does not. So every sketch is united with itself first.
    """
    distinct = F.hll_sketch_estimate(F.hll_union(union, union))
    return F.nullif(distinct, F.lit(0))


def average(total: Column, events: Column) -> Column:
    """Divide a sum by its count, NULL where there is nothing to divide."""
    return F.when(events > 0, total / events)


# Aggregates as users name them: which partials they need, and their value from these.
AGGREGATES: dict[str, tuple[tuple[str, ...], Callable[..., Column]]] = {
    "count": (("count",), lambda events: F.coalesce(events, F.lit(0))),
    "sum": (("sum",), lambda total: total),
    "avg": (("sum", "count"), average),
    "min": (("min",), lambda least: least),
    "max": (("max",), lambda greatest: greatest),
    "approx_count_distinct": (("sketch",), estimate),
}


def sketchable(value_type: T.DataType) -> bool:
    """Tell whether Spark's sketches take values of the type; others are sketched as strings."""
    return isinstance(value_type, T.IntegerType | T.LongType | T.StringType | T.BinaryType)
