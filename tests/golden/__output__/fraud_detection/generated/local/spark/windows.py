"""Feature groups over time: tiles of events, windows as of any moment, latest known values.

At a moment t, a window of length W with tiles of size h holds the events of the entity with

    floor_h(t) - W <= e   and   ingested_at + delay < t

where e, an event's effective time, is the earlier of its event time and `ingested_at`. Offline,
tiles that no event can enter any more (they are final) are merged by range frames, and younger
events are looked at one by one; both lie in one shuffle by entity. Times are milliseconds here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from math import gcd

from pyspark.sql import Column, DataFrame, Window, WindowSpec
from pyspark.sql import functions as F
from pyspark.sql import types as T

from aggregates import AGGREGATES, PARTIALS, PICKED, sketchable
from lakehouse import field, read

MILLISECOND = timedelta(milliseconds=1)
# The column of a row that says as of when its features are wanted.
AT = "__at"
# The size of the tile in which the newest version of an entity stands: it has no end.
ENDLESS = 1


@dataclass(frozen=True)
class Over:
    """One window of an aggregate; without `length` it is the whole past."""

    output: str
    length: timedelta | None
    tile: timedelta

    @property
    def tile_ms(self) -> int:
        """Size of the tiles that the window is made of."""
        return self.tile // MILLISECOND

    @property
    def length_ms(self) -> int | None:
        """Length of the window, None for the whole past."""
        return None if self.length is None else self.length // MILLISECOND


@dataclass(frozen=True)
class Aggregate:
    """An aggregate of one expression, for all its windows. SQL is over the events' columns."""

    name: str
    function: str
    result: str
    windows: Sequence[Over]
    argument: str | None = None
    by: str | None = None
    fraction: float | None = None
    where: str | None = None

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of partial state that the aggregate needs."""
        return AGGREGATES[self.function][0]

    @property
    def input(self) -> str:
        """The name of the column with what is aggregated."""
        return f"{self.name}__input"

    def partial(self, kind: str) -> str:
        """Return the name of the column that holds this partial."""
        return f"{self.name}__{kind}"

    def value(self, partials: Sequence[Column]) -> Column:
        """Turn merged partials, one per kind, into the value of the feature."""
        more = [] if self.fraction is None else [F.lit(self.fraction)]
        return AGGREGATES[self.function][1](*partials, *more).cast(self.result)


# The newest version of an entity: the last of all that it has had.
VERSION = Aggregate("version", "last", "", ())


@dataclass(frozen=True)
class EntityGroup:
    """What all groups of an entity have: whose features they are, and when events count."""

    name: str
    key: Sequence[str]
    event_key: Sequence[str]
    event_time: str
    ingested_at: str | None
    delay: timedelta
    generation: str

    def known_at(self) -> Column:
        """Return since when an event is known, floored to the millisecond."""
        return F.date_trunc("millisecond", field(self.ingested_at or self.event_time))

    def effective_time(self) -> Column:
        """Return the event's effective time."""
        return F.least(field(self.event_time), self.known_at())

    def counts_from(self) -> Column:
        """Return the moment, in milliseconds, after which an event counts."""
        return F.unix_millis(self.known_at()) + self.delay // MILLISECOND

    def order(self) -> list[Column]:
        """Return what events are ordered by: no two are equal."""
        columns = map(field, [*self.event_key, self.event_time])
        return [self.effective_time(), self.known_at(), *columns]

    def keys(self) -> list[Column]:
        """Return the columns of the entity's key under neutral names."""
        return [field(name).alias(f"key_{number}") for number, name in enumerate(self.key)]

    def key_names(self) -> list[str]:
        """Return the neutral names of the key's columns."""
        return [f"key_{number}" for number in range(len(self.key))]


@dataclass(frozen=True)
class LatestGroup(EntityGroup):
    """The latest known values of columns. Where a condition holds for them, the entity is gone."""

    columns: Sequence[str]
    deleted_when: str | None = None

    def values(self) -> Column:
        """Return the columns of an event as a struct: NULL where it says that the entity is gone."""
        values = F.struct(*map(field, self.columns))
        if self.deleted_when is None:
            return values
        return F.when(F.expr(self.deleted_when), None).otherwise(values)

    def value_names(self) -> list[str]:
        """Return the neutral names of the columns in a version."""
        return [f"value_{number}" for number in range(len(self.columns))]

    def sizes(self) -> list[int]:
        """Return the sizes of tiles: an entity has one."""
        return [ENDLESS]

    def partials(self) -> list[tuple[Aggregate, str]]:
        """Return what a tile is made of: the newest version."""
        return [(VERSION, "newest")]

    def reach(self, _: int) -> None:
        """Return how far back tiles are needed: a version counts until the next one."""
        return


@dataclass(frozen=True)
class WindowedGroup(EntityGroup):
    """Aggregates over windows."""

    lateness: timedelta
    tiles: str
    aggregates: Sequence[Aggregate]

    def sizes(self) -> list[int]:
        """Return the tile sizes that the windows need, ascending."""
        return sorted({over.tile_ms for each in self.aggregates for over in each.windows})

    def partials(self, size: int | None = None) -> list[tuple[Aggregate, str]]:
        """Return the partials of all aggregates, or of those that need tiles of this size."""
        return [
            (each, kind)
            for each in self.aggregates
            if size is None or any(over.tile_ms == size for over in each.windows)
            for kind in each.kinds
        ]

    def open_for(self, size: int) -> int:
        """Return how long before floor_h(t) a tile may still receive events, in whole tiles."""
        wait = (self.lateness + self.delay) // MILLISECOND
        return -(-wait // size) * size

    def young_for(self) -> int:
        """Return for how long after it is known an event may lie in a tile that is still open."""
        return max(size + self.open_for(size) for size in self.sizes())

    def reach(self, size: int) -> int | None:
        """Return the length of the longest window over tiles of this size."""
        overs = [o for each in self.aggregates for o in each.windows if o.tile_ms == size]
        lengths = [over.length_ms for over in overs]
        return None if None in lengths else max(length for length in lengths if length is not None)


def floor_to(moment: Column, size: int | Column) -> Column:
    """Return the start of the tile in which a moment lies."""
    return moment - F.pmod(moment, F.lit(size))


def as_of(rows: DataFrame, moment: Column) -> DataFrame:
    """Ask for the features of rows as of a moment each, floored to the millisecond."""
    return rows.withColumn(AT, F.date_trunc("millisecond", moment))


Group = WindowedGroup | LatestGroup


def prepared(events: DataFrame, group: WindowedGroup) -> DataFrame:
    """Reduce events to what aggregates need: key, times, and the value for each aggregate."""
    values = [input_of(each, events, group).alias(each.input) for each in group.aggregates]
    time = F.unix_millis(group.effective_time()).alias("e")
    happened = field(group.event_time).alias("happened")
    rows = events.select(*group.keys(), time, group.counts_from().alias("known"), happened, *values)
    return rows.dropna(subset=group.key_names())


def input_of(each: Aggregate, events: DataFrame, group: WindowedGroup) -> Column:
    """Return what an aggregate takes of an event, NULL where it takes nothing."""
    value = F.lit(1) if each.argument is None else F.expr(each.argument)
    value_type = events.select(value).schema[0].dataType
    if "sketch" in each.kinds and not sketchable(value_type):
        value = value.cast("string")
    if {"moments", "histogram"} & set(each.kinds) or (
        each.function == "avg" and isinstance(value_type, T.IntegralType)
    ):
        # The sum of whole numbers may not fit one, though their average does.
        value = value.cast("double")
    if "values" in each.kinds and isinstance(value_type, T.FractionalType):
        # -0.0 is 0.0.
        value = value + F.lit(0).cast(value_type)
    if each.function == "count_if":
        value = F.when(value, 1)
    if each.function in PICKED:
        order = ([] if each.by is None else [F.expr(each.by)]) + group.order()
        named = [column.alias(f"order_{number}") for number, column in enumerate(order)]
        taken = value.isNotNull() if each.by is None else value.isNotNull() & order[0].isNotNull()
        value = F.when(taken, F.struct(*named, value.alias("value")))
    return value if each.where is None else F.when(F.expr(each.where), value)


def tiles_of(events: DataFrame, group: WindowedGroup) -> DataFrame:
    """Sum prepared events up in tiles of every size; `size` and `start` are in milliseconds."""
    sizes = [F.lit(size).cast("long") for size in group.sizes()]
    sized = events.withColumn("size", F.explode(F.array(*sizes)))
    start = floor_to(F.col("e"), F.col("size")).alias("start")
    tiles = sized.groupBy(*group.key_names(), "size", start)
    partials = [tile_partial(group, each, kind) for each, kind in group.partials()]
    return tiles.agg(F.count("*").alias("events"), F.max("happened").alias("last_event"), *partials)


def tile_partial(group: WindowedGroup, each: Aggregate, kind: str) -> Column:
    """Return the aggregate that makes a partial of a tile, NULL in tiles of sizes without it."""
    start, name = PARTIALS[kind].start, each.partial(kind)
    sizes = sorted({over.tile_ms for over in each.windows})
    if sizes == group.sizes():
        return start(F.col(each.input)).alias(name)
    needed = F.col("size").isin(sizes)
    return F.when(needed, start(F.when(needed, F.col(each.input)))).alias(name)


def started(group: WindowedGroup) -> list[Column]:
    """Return the aggregates that make partials of prepared events."""
    return [
        PARTIALS[kind].start(F.col(each.input)).alias(each.partial(kind))
        for each, kind in group.partials()
    ]


def with_windows(
    rows: DataFrame, group: WindowedGroup, events: DataFrame, since: datetime | None = None
) -> DataFrame:
    """Add the group's windows to rows that say as of when (`as_of`) they ask.

    Where no row asks before `since`, only tiles and events that can still count are looked at.
    """
    names = group.key_names()
    partials = [each.partial(kind) for each, kind in group.partials()]
    asked = rows.select(
        *group.keys(),
        F.unix_millis(AT).alias("t"),
        F.struct(*map(field, rows.columns)).alias("row"),
    )
    stored = read(rows.sparkSession, group.tiles).select(
        *group.keys(),
        (F.col("tile_seconds").cast("long") * 1000).alias("size"),
        F.unix_millis("tile_start").alias("start"),
        F.struct(*partials).alias("partials"),
    )
    young = prepared(events, group)
    if since is not None:
        first = round(since.timestamp() * 1_000)
        stored = stored.where(reached(group, first))
        young = young.where(F.col("known") >= first - group.young_for())
    grain = reduce(gcd, group.sizes())
    instant = [*names, floor_to(F.col("e"), grain).alias("start"), "known"]
    recent = by_entity(young, names).groupBy(*instant).agg(*started(group))
    recent = recent.select(*names, "start", "known", F.struct(*partials).alias("partials"))
    stream = by_entity(asked, names)
    for part in (by_entity(stored, names), recent):
        stream = stream.unionByName(part, allowMissingColumns=True)
    stream, merged = merge_final_tiles(stream, group)
    stream = gather_recent(stream, group).where(F.col("row").isNotNull())
    outputs = [
        window_value(stream, group, each, over, merged).alias(f"{group.name}__{over.output}")
        for each in group.aggregates
        for over in each.windows
    ]
    return stream.select("row.*", *outputs)


def reached(group: WindowedGroup, moment: int) -> Column:
    """Tell whether a stored tile lies in a window as of a moment, in milliseconds, or later."""
    conditions = []
    for size in group.sizes():
        reach = group.reach(size)
        tile = F.col("size") == size
        first = moment - moment % size
        conditions.append(tile if reach is None else tile & (F.col("start") >= first - reach))
    return reduce(lambda left, right: left | right, conditions)


def by_entity(rows: DataFrame, names: Sequence[str]) -> DataFrame:
    """Shuffle by entity, into the same partitions for all that is put together."""
    partitions = rows.sparkSession.conf.get("spark.sql.shuffle.partitions", "200")
    return rows.repartition(int(partitions or 200), *names)


def merge_final_tiles(stream: DataFrame, group: WindowedGroup) -> tuple[DataFrame, frozenset[str]]:
    """Merge the final tiles of each window as seen from each row that asks."""
    merged = set()
    for size in group.sizes():
        is_tile = F.col("size") == size
        position = F.when(F.col("row").isNotNull(), floor_to(F.col("t"), size))
        order = Window.partitionBy(*group.key_names()).orderBy(
            position.when(is_tile, F.col("start"))
        )
        columns = {}
        for each, kind in group.partials(size):
            partial = F.when(is_tile, F.col("partials")[each.partial(kind)])
            for over in each.windows:
                frame = final_frame(order, group, over) if over.tile_ms == size else None
                if frame is not None:
                    columns[f"{over.output}__{kind}"] = PARTIALS[kind].merge(partial, frame)
        stream = stream.withColumns(columns)
        merged |= columns.keys()
    return stream, frozenset(merged)


def final_frame(order: WindowSpec, group: WindowedGroup, over: Over) -> WindowSpec | None:
    """Return the frame of a window's final tiles; a short window may have none."""
    last = -(over.tile_ms + group.open_for(over.tile_ms))
    if over.length_ms is None:
        return order.rangeBetween(Window.unboundedPreceding, last)
    return order.rangeBetween(-over.length_ms, last) if -over.length_ms <= last else None


def gather_recent(stream: DataFrame, group: WindowedGroup) -> DataFrame:
    """Collect, for each row that asks, the events known before it that may be in open tiles."""
    order = Window.partitionBy(*group.key_names()).orderBy(
        F.when(F.col("row").isNotNull(), F.col("t")).otherwise(F.col("known"))
    )
    event = F.when(F.col("known").isNotNull(), F.struct("start", "partials"))
    recent = F.collect_list(event).over(order.rangeBetween(-group.young_for(), -1))
    return stream.withColumn("recent", recent)


def window_value(
    stream: DataFrame, group: WindowedGroup, each: Aggregate, over: Over, merged: frozenset[str]
) -> Column:
    """Put final tiles and younger events together."""
    since = floor_to(F.col("t"), over.tile_ms) - min(
        group.open_for(over.tile_ms), over.length_ms or group.open_for(over.tile_ms)
    )
    young = F.filter("recent", lambda event: event["start"] >= since)
    partials = []
    for kind in each.kinds:
        stored = partial_type(stream, each.partial(kind))
        summed = summed_as(stored) if kind == "sum" else stored
        value = folded(young, each.partial(kind), kind, summed)
        tiles = f"{over.output}__{kind}"
        if tiles in merged:
            value = PARTIALS[kind].combine(F.col(tiles).cast(summed), value)
        partials.append(value.cast(stored))
    return each.value(partials)


def folded(young: Column, name: str, kind: str, result: T.DataType) -> Column:
    """Merge the partials of single events."""
    combine = PARTIALS[kind].combine
    return F.reduce(
        F.transform(young, lambda event: event["partials"][name].cast(result)),
        F.lit(None).cast(result),
        lambda left, right: combine(left, right).cast(result),
    )


def partial_type(stream: DataFrame, name: str) -> T.DataType:
    """Return the type of a partial."""
    partials = stream.schema["partials"].dataType
    if not isinstance(partials, T.StructType):
        raise TypeError("partials must be a struct")
    return partials[name].dataType


def summed_as(data_type: T.DataType) -> T.DataType:
    """Return the type in which partials are added: of 37 digits, because Spark would round 39."""
    if isinstance(data_type, T.DecimalType):
        return T.DecimalType(37, min(data_type.scale, 37))
    return data_type


def with_latest(rows: DataFrame, group: LatestGroup, events: DataFrame) -> DataFrame:
    """Add the group's latest known values to rows that say as of when (`as_of`) they ask."""
    names = group.key_names()
    asked = rows.select(
        *group.keys(),
        F.unix_millis(AT).alias("moment"),
        F.struct(*map(field, rows.columns)).alias("row"),
    )
    versions = versions_of(events, group).withColumnRenamed("known", "moment")
    stream = by_entity(asked, names).unionByName(
        by_entity(versions, names), allowMissingColumns=True
    )
    known = Window.partitionBy(*names).orderBy("moment")
    before = known.rangeBetween(Window.unboundedPreceding, -1)
    latest = F.max_by("latest", "rank").over(before)
    stream = stream.withColumn("latest", latest).where(F.col("row").isNotNull())
    outputs = [F.col("latest")[name].alias(f"{group.name}__{name}") for name in group.columns]
    return stream.select("row.*", *outputs)


def versions_of(events: DataFrame, group: LatestGroup) -> DataFrame:
    """Reduce events to their columns, since when they count, and how late they are."""
    rank = [value.alias(f"rank_{number}") for number, value in enumerate(group.order())]
    return events.select(
        *group.keys(),
        group.counts_from().alias("known"),
        F.struct(*rank).alias("rank"),
        group.values().alias("latest"),
    ).dropna(subset=group.key_names())


def newest_versions(versions: DataFrame, group: LatestGroup) -> DataFrame:
    """Return the newest of the versions of each entity, and of how many it is."""
    names = zip(group.columns, group.value_names(), strict=True)
    values = [F.col("latest")[name].alias(value) for name, value in names]
    version = F.struct("rank", F.col("latest").isNull().alias("gone"), *values)
    partial = PARTIALS["newest"].start(version).alias(VERSION.partial("newest"))
    return versions.groupBy(*group.key_names()).agg(F.count("*").alias("events"), partial)
