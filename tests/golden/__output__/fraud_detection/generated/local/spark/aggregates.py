"""Aggregates in mergeable parts: what a tile keeps of its events, and how tiles become a value.

A partial is NULL where no event has a value. Merging partials in any order gives the same.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import Column, WindowSpec
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Precision of the HLL sketches: 2^12 registers, 1.6 % standard error.
LG_REGISTERS = 12
# How many different values are told apart: this many stands for more, too.
MOST_DISTINCT = 1_000


@dataclass(frozen=True)
class Partial:
    """How one kind of partial state is made of values and merged."""

    start: Callable[[Column], Column]
    """An aggregate of the values of events."""
    merge: Callable[[Column, WindowSpec], Column]
    """The partials of a window frame in one."""
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


def newest(versions: Column) -> Column:
    """Return the version of the highest rank."""
    return F.max_by(versions, versions["rank"])


def newer(left: Column, right: Column) -> Column:
    """Return the version of the higher rank, either of which may be NULL."""
    return F.when(left["rank"] >= right["rank"], left).otherwise(F.coalesce(right, left))


def over(aggregate: Callable[[Column], Column]) -> Callable[[Column, WindowSpec], Column]:
    """Merge partials by an aggregate of Spark's."""
    return lambda partials, frame: aggregate(partials).over(frame)


MOMENTS = T.StructType(
    [
        T.StructField("n", T.LongType()),
        T.StructField("mean", T.DoubleType()),
        # The sum of the squares of the distances from the mean.
        T.StructField("m2", T.DoubleType()),
    ]
)


def moments(values: Column) -> Column:
    """Count values, with their mean and how far they are from it; NULL where there are none."""
    count = F.count(values)
    found = F.struct(
        count.alias("n"), F.avg(values).alias("mean"), (F.var_pop(values) * count).alias("m2")
    )
    return F.when(count > 0, found).cast(MOMENTS)


def pool(left: Column, right: Column) -> Column:
    """Pool moments, either of which may be NULL (Chan, Golub and LeVeque 1983).

    Sums of squares would lose all digits where values are large and near each other.
    """
    n = left["n"] + right["n"]
    distance = right["mean"] - left["mean"]
    mean = left["mean"] + distance * (right["n"] / n)
    between = distance * distance * (left["n"].cast("double") * right["n"] / n)
    m2 = left["m2"] + right["m2"] + between
    both = F.struct(n.alias("n"), mean.alias("mean"), m2.alias("m2"))
    return F.when(left.isNull(), right).when(right.isNull(), left).otherwise(both).cast(MOMENTS)


def pool_frame(partials: Column, frame: WindowSpec) -> Column:
    """Pool the moments of a window frame."""
    return F.reduce(F.collect_list(partials).over(frame), F.lit(None).cast(MOMENTS), pool)


def least_values(values: Column) -> Column:
    """Keep as many of some different values as are told apart: whatever is merged, the same stay."""
    return F.slice(F.array_sort(values), 1, MOST_DISTINCT)


def distinct(values: Column) -> Column:
    """Collect different values, NULL where there are none."""
    return F.when(F.count(values) > 0, least_values(F.collect_set(values)))


def unite_values(left: Column, right: Column) -> Column:
    """Unite collected values, either of which may be NULL."""
    return F.coalesce(least_values(F.array_union(left, right)), left, right)


def unite_frame(partials: Column, frame: WindowSpec) -> Column:
    """Unite the collected values of a window frame."""
    values = F.array_distinct(F.flatten(F.collect_list(partials).over(frame)))
    return F.when(F.size(values) > 0, least_values(values))


# Buckets of a histogram grow by so much: a value in the middle of one is at most 1 % away from all
# others in it (DDSketch: Masson, Rim and Lee 2019).
GROWTH = 1.01 / 0.99
# Positive values have buckets above 0, negative ones below; 0 has its own.
MIDDLE, INFINITE, NOT_A_NUMBER = 50_000, 100_000, 100_001
HISTOGRAM = T.MapType(T.IntegerType(), T.LongType())


def bucket(value: Column) -> Column:
    """Return the bucket of a value; buckets are in the order of their values."""
    size = F.abs(value)
    steps = F.ceil(F.ln(size) / math.log(GROWTH)) + MIDDLE
    distance = F.when(size == float("inf"), INFINITE).otherwise(steps)
    return (
        F.when(F.isnan(value), NOT_A_NUMBER)
        .when(value == 0, 0)
        .otherwise(F.when(value < 0, -distance).otherwise(distance))
        .cast("int")
    )


def named(value: Column, use: Callable[[Column], Column]) -> Column:
    """Compute something of a value that is computed once."""
    return F.element_at(F.transform(F.array(value), use), 1)


def run_lengths(buckets: Column) -> Column:
    """Count the members of a sorted array."""

    def begins(position: Column) -> Column:
        before = F.get(buckets, position - 1)
        return before.isNull() | (before != F.get(buckets, position))

    def lengths(starts: Column) -> Column:
        def length(start: Column, number: Column) -> Column:
            end = F.coalesce(F.get(starts, number + 1), F.size(buckets))
            return (end - start).cast("long")

        found = F.transform(starts, lambda start: F.get(buckets, start))
        return F.map_from_arrays(found, F.transform(starts, length))

    positions = F.sequence(F.lit(0), F.size(buckets) - 1)
    return named(F.filter(positions, begins), lengths)


def histogram(values: Column) -> Column:
    """Count values by bucket, NULL where there are none."""
    buckets = F.array_sort(F.collect_list(bucket(values)))
    return F.when(F.count(values) > 0, named(buckets, run_lengths)).cast(HISTOGRAM)


def add_histograms(left: Column, right: Column) -> Column:
    """Add histograms, either of which may be NULL."""
    both = F.map_zip_with(left, right, lambda _, a, b: add(a, b))
    return F.coalesce(both, left, right).cast(HISTOGRAM)


def add_frame(partials: Column, frame: WindowSpec) -> Column:
    """Add the histograms of a window frame."""
    found = F.collect_list(partials).over(frame)
    return F.reduce(found, F.lit(None).cast(HISTOGRAM), add_histograms)


PARTIALS = {
    "count": Partial(start=F.count, merge=over(F.sum), combine=add),
    "sum": Partial(start=F.sum, merge=over(F.sum), combine=add),
    "min": Partial(start=F.min, merge=over(F.min), combine=F.least),
    "max": Partial(start=F.max, merge=over(F.max), combine=F.greatest),
    "moments": Partial(start=moments, merge=pool_frame, combine=pool),
    "values": Partial(start=distinct, merge=unite_frame, combine=unite_values),
    "histogram": Partial(start=histogram, merge=add_frame, combine=add_histograms),
    "sketch": Partial(start=sketch, merge=over(F.hll_union_agg), combine=unite),
    "newest": Partial(start=newest, merge=over(newest), combine=newer),
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


def variance(of: Column) -> Column:
    """Return the variance of a sample, NULL for less than two values."""
    return F.when(of["n"] > 1, of["m2"] / (of["n"] - 1))


def percentile(of: Column, fraction: Column) -> Column:
    """Return the middle of the bucket with the least value that enough values are not above."""
    zero, none = F.lit(0).cast("long"), F.lit(None).cast("int")
    total = F.reduce(F.map_values(of), zero, lambda left, right: left + right)
    rank = F.greatest(F.ceil(fraction * total), F.lit(1).cast("long"))

    def pass_by(seen: Column, entry: Column) -> Column:
        last = F.when(seen["left"] > 0, entry["key"]).otherwise(seen["bucket"])
        return F.struct((seen["left"] - entry["value"]).alias("left"), last.alias("bucket"))

    start = F.struct(rank.alias("left"), none.alias("bucket"))
    entries = F.array_sort(F.map_entries(of))
    return middle(F.reduce(entries, start, pass_by, lambda seen: seen["bucket"]))


def middle(of: Column) -> Column:
    """Return the value in the middle of a bucket."""
    # In two steps: the power alone may be beyond what a double can hold.
    half = F.pow(F.lit(GROWTH), (F.abs(of) - MIDDLE) / 2)
    size = half * (2 / (GROWTH + 1)) * half
    size = F.when(F.abs(of) == INFINITE, float("inf")).otherwise(size)
    return (
        F.when(of == 0, 0.0)
        .when(of == NOT_A_NUMBER, float("nan"))
        .when(of.isNotNull(), F.signum(of) * size)
    )


def picked(row: Column) -> Column:
    """Return the value of the row that was found by its order."""
    return row["value"]


# Aggregates as users name them: which partials they need, and their value from these.
AGGREGATES: dict[str, tuple[tuple[str, ...], Callable[..., Column]]] = {
    "count": (("count",), lambda events: F.coalesce(events, F.lit(0))),
    "count_if": (("count",), lambda events: F.coalesce(events, F.lit(0))),
    "sum": (("sum",), lambda total: total),
    "avg": (("sum", "count"), average),
    "min": (("min",), lambda least: least),
    "max": (("max",), lambda greatest: greatest),
    "variance": (("moments",), variance),
    "stddev": (("moments",), lambda of: F.sqrt(variance(of))),
    "bool_and": (("min",), lambda least: least),
    "bool_or": (("max",), lambda greatest: greatest),
    "first": (("min",), picked),
    "last": (("max",), picked),
    "min_by": (("min",), picked),
    "max_by": (("max",), picked),
    "count_distinct": (("values",), F.size),
    "approx_percentile": (("histogram",), percentile),
    "approx_count_distinct": (("sketch",), estimate),
}
# Those whose value is that of one row: their partials are rows, which are compared by their order.
PICKED = ("first", "last", "min_by", "max_by")


def sketchable(value_type: T.DataType) -> bool:
    """Tell whether Spark's sketches take values of the type; others are sketched as strings."""
    return isinstance(value_type, T.IntegerType | T.LongType | T.StringType | T.BinaryType)
