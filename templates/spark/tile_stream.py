"""What serving needs of a feature group over a topic, kept current message by message.

That is tiles. Of a group of latest values, each entity has one: its newest version.

A step takes in the messages of a slice of broker time, [since, until): all of them are in the
history, for its mark says so, and whatever comes later lies in a later slice. So a step knows every
earlier copy of an event, and after it the tiles are those that a batch run would make of what was
known at `until`, whatever the order in which the messages came.

Where a step has got to stands in the table of tiles and moves with them, in one commit. What ends
the stream at any moment, even the end of the machine, leaves tiles of whole steps; what a step had
noted besides is found again and changes nothing. Serving gets what has changed since it was last
told that it has everything.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import NoReturn, Protocol

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from aggregates import PARTIALS
from arrival import AHEAD
from feature_store import publish as publish_file
from feature_store import publish_versions
from history import Topic, parsed
from lakehouse import (
    Interval,
    NotReady,
    Slice,
    exists,
    guarded,
    has_commit,
    located,
    newest_commit,
    quoted,
    read,
    timestamp,
)
from marks import mark
from quality import POSITION, Source, checked, stations, with_verdicts
from windows import (
    ENDLESS,
    Group,
    LatestGroup,
    WindowedGroup,
    newest_versions,
    prepared,
    summed_as,
    tiles_of,
    versions_of,
)

MILLISECOND = timedelta(milliseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The row that says where the stream has got to is a tile of this size.
POSITION_SIZE = 0
IDENTITY = ("key", "event_time")
# After so many commits, files that nobody reads any more are looked for.
CLEARED_EVERY = 50
# Files are small and soon replaced; who still reads an old one has an hour.
PROPERTIES = {
    "delta.autoOptimize.autoCompact": "true",
    "delta.enableDeletionVectors": "true",
    "delta.deletedFileRetentionDuration": "interval 1 hours",
    "delta.logRetentionDuration": "interval 1 days",
}


class Store(Protocol):
    """Where serving looks tiles up."""

    def complete_until(self) -> int | None:
        """Return the moment, in milliseconds, up to which the store last was said to be complete."""

    def write(self, tiles: DataFrame, group: Group, moment: int, *, whole: bool) -> int:
        """Take over all tiles, or those that have changed, and return how many.

        Then say that the store is complete as of a moment, in milliseconds.
        """

    def tell(self, group: Group, moment: int, before: int) -> None:
        """Say that the store is complete as of a moment, where no tile has changed since another one.

        Up to that one, in milliseconds, the store was last said to be complete.
        """


@dataclass(frozen=True)
class TileStream:
    """A feature group, the topic that its events come from, and where its tiles are kept."""

    group: Group
    source: Source
    topic: Topic
    tables: str
    store: Store
    trigger: timedelta
    max_messages: int
    events: Callable[[SparkSession, DataFrame], DataFrame] | None = None
    """From accepted rows of the source to events of the group, where these are not the rows."""

    @property
    def tiles(self) -> str:
        """The table of tiles; another definition of the group has another one."""
        return f"{self.tables}/{self.group.generation}/tiles"

    @property
    def seen(self) -> str:
        """The table of accepted events of which copies may still come."""
        return f"{self.tables}/{self.group.generation}/seen"

    @property
    def lateness(self) -> timedelta:
        """How late a message may be."""
        return self.source.lateness or timedelta(0)


@dataclass(frozen=True)
class Position:
    """Where the stream has got to, how many messages had come before, and when it was begun."""

    until: int
    messages: int
    begun: int


@dataclass(frozen=True)
class Idle:
    """What holds of a stream that has taken in every message there is, and has let serving know."""

    commit: int
    """The newest commit of the history, which has them all."""
    told: int
    """Up to which moment, in milliseconds, serving was told that it has everything."""


def keep_tiles(program: str, conf: Mapping[str, str], stream: TileStream, marks: str) -> int:
    """Keep tiles current as a command, and return the exit code; it ends by failing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--drain", action="store_true", help="end where the history ends now")
    arguments = parser.parse_args()
    work = drain if arguments.drain else follow
    return guarded(program, conf, lambda spark: work(spark, stream, marks))


def follow(spark: SparkSession, stream: TileStream, marks: str) -> NoReturn:
    """Take in what comes, for ever."""
    idle: Idle | None = None
    while True:
        started = time.monotonic()
        reachable = complete_until(stream, marks)
        if reachable is not None:
            idle = still_idle(stream, idle, reachable) or look(spark, stream, reachable)
        rest = stream.trigger.total_seconds() - (time.monotonic() - started)
        time.sleep(max(rest, 0))


def look(spark: SparkSession, stream: TileStream, reachable: int) -> Idle | None:
    """Take in what there is up to a moment; return what holds if no message is left."""
    # Messages that come in the meantime make a later commit.
    commit = newest_commit(stream.topic.history)
    report: dict[str, object] = {}
    for report in steps(spark, stream, reachable):
        print(json.dumps(report), flush=True)
    told = stream.store.complete_until()
    if told is None or report.get("waiting") != 0:
        return None
    return Idle(commit, told)


def still_idle(stream: TileStream, idle: Idle | None, reachable: int) -> Idle | None:
    """Let serving know that nothing has come, unless something has, or serving has lost something.

    That takes no query: topics are quiet for hours.
    """
    if (
        idle is None
        or has_commit(stream.topic.history, idle.commit + 1)
        or not exists(stream.tiles)
        or stream.store.complete_until() != idle.told
    ):
        return None
    moment = reachable + stream.group.delay // MILLISECOND
    stream.store.tell(stream.group, moment, idle.told)
    return replace(idle, told=moment)


def drain(spark: SparkSession, stream: TileStream, marks: str) -> dict[str, object]:
    """Take in what the history has at this moment, and count the tiles that serving gets."""
    reachable = complete_until(stream, marks)
    if reachable is None:
        raise NotReady(f"there is no {stream.topic.dataset} yet")
    *_, last = [{"published": 0}, *steps(spark, stream, reachable)]
    return {
        "rows": {f"online.{stream.group.name}": last["published"]},
        "reached": instant_of(reachable).isoformat(),
    }


def complete_until(stream: TileStream, marks: str) -> int | None:
    """Return up to which moment, in milliseconds, tiles can be made by now.

    A message counts `delay` after it came. Before that, serving must not know it.
    """
    reached = mark(marks, stream.topic.dataset)
    if reached is None or not exists(stream.topic.history):
        return None
    return min(millis(reached), clock() - stream.group.delay // MILLISECOND)


def steps(spark: SparkSession, stream: TileStream, reachable: int) -> Iterator[dict[str, object]]:
    """Take all steps up to a moment, and let serving know.

    At the end, that many messages are waiting: they do not count yet. Where there was no step to
    take, nobody has looked how many there are.
    """
    if not exists(stream.tiles) and not begin(spark, stream, reachable):
        return
    commits = newest_commit(stream.tiles)
    position = position_of(spark, stream)
    waiting: int | None = None
    while position.until < reachable:
        after, waiting = pace(spark, stream, position, reachable)
        if after is None:
            break
        counts = step(spark, stream, position, after)
        yield {"until": instant_of(after.until).isoformat(), **counts}
        if date_of(position.until) != date_of(after.until):
            tidy(spark, stream, after.until)
        position = after
    yield {"published": publish(spark, stream, position, reachable), "waiting": waiting}
    if commits // CLEARED_EVERY != newest_commit(stream.tiles) // CLEARED_EVERY:
        clear(spark, stream)


def begin(spark: SparkSession, stream: TileStream, reachable: int) -> bool:
    """Make the tables, where there are messages; say that the stream starts before the first of them.

    What came so early that no window can need it is left out. Copies of what is left out are taken
    for events of their own: so it has to be so early that no window can need these either.
    """
    first = read(spark, stream.topic.history).agg(F.min(F.unix_millis("ingested_at")).alias("at"))
    row = first.first()
    if row is None or row.at is None:
        return False
    start: int = row.at
    group = stream.group
    reaches = [group.reach(size) for size in group.sizes()]
    if None not in reaches:
        longest = max(reach or 0 for reach in reaches) + max(group.sizes())
        start = max(start, reachable - longest - (AHEAD + stream.lateness) // MILLISECOND)
    nothing = alone(stream, messages(spark, stream, start, start))
    if not exists(stream.seen):
        make(noted(nothing), stream.seen, ["day"])
    # The table of tiles is made last, and with its position: where it is, all is.
    before, *_ = counted(read(spark, stream.topic.history), start, start)
    here = at_position(spark, Position(start, before, clock()))
    tiles = stored(tiles_of_rows(spark, stream, nothing), start)
    make(tiles.unionByName(here, allowMissingColumns=True), stream.tiles, ["size", "day"])
    return True


def make(rows: DataFrame, path: str, partitions: Sequence[str]) -> None:
    """Make a table of rows."""
    writer = rows.coalesce(1).write.format("delta").partitionBy(*partitions)
    writer.options(**PROPERTIES).save(located(path))


def at_position(spark: SparkSession, position: Position) -> DataFrame:
    """Return the row that says where the stream has got to."""
    return spark.range(1).select(
        F.lit(POSITION_SIZE).cast("bigint").alias("size"),
        F.lit(0).cast("bigint").alias("start"),
        F.lit(position.until).cast("bigint").alias("upto"),
        F.lit(position.messages).cast("bigint").alias("events"),
        F.lit(position.begun).cast("bigint").alias("begun"),
        F.to_date(F.lit("1970-01-01")).alias("day"),
    )


def position_of(spark: SparkSession, stream: TileStream) -> Position:
    """Read where the stream has got to."""
    (row,) = read(spark, stream.tiles).where(F.col("size") == POSITION_SIZE).collect()
    return Position(row.upto, row.events, row.begun)


def pace(
    spark: SparkSession, stream: TileStream, position: Position, reachable: int
) -> tuple[Position | None, int]:
    """Return where a step ends, and how many messages the history has from there on.

    A step ends at the latest where it has as many messages as one may have. There is none where
    there are no messages.
    """
    since = position.until
    before, rows, later = counted(read(spark, stream.topic.history), since, reachable)
    require_order(stream, position, before)
    if rows == 0:
        return None, later
    if rows <= stream.max_messages:
        return replace(position, until=reachable, messages=before + rows), later
    times = messages(spark, stream, since, reachable).select(
        F.unix_millis("ingested_at").alias("at")
    )
    taken = times.orderBy("at").limit(stream.max_messages + 1)
    (last,) = taken.agg(F.max("at")).collect()[0]
    # Those of one millisecond cannot be parted.
    until = max(last, since + 1)
    step_rows = messages(spark, stream, since, until).count()
    after = replace(position, until=until, messages=before + step_rows)
    return after, later + rows - step_rows


def counted(history: DataFrame, since: int, until: int) -> tuple[int, int, int]:
    """Count all messages before a moment, those from there to another one, and those from there on.

    By one query, for the history grows meanwhile; only the files with later ones are opened.
    """
    later = history.where(F.col("ingested_at") >= timestamp(instant_of(since)))
    rows = F.count_if(F.unix_millis("ingested_at") < until).alias("rows")
    counts = later.agg(F.count("*").alias("later"), rows)
    (row,) = history.agg(F.count("*").alias("total")).crossJoin(counts).collect()
    return row["total"] - row["later"], row["rows"], row["later"] - row["rows"]


def messages(spark: SparkSession, stream: TileStream, since: int, until: int) -> DataFrame:
    """Return what came in a slice of broker time."""
    start, end = instant_of(since), instant_of(until)
    days = F.col("date").between(F.lit(start.date()), F.lit(end.date()))
    return read(spark, stream.topic.history).where(
        days & F.expr(str(Slice("ingested_at", start, end)))
    )


def step(
    spark: SparkSession, stream: TileStream, before: Position, after: Position
) -> dict[str, object]:
    """Take in the messages of a slice."""
    since, until = before.until, after.until
    with kept(judged_slice(spark, stream, since, until)) as judged:
        slice_of_time = Interval(instant_of(since), instant_of(until))
        found = checked(spark, judged, replace(stream.source, dataset_checks=()), slice_of_time)
        accepted = judged.where("verdict = 'accepted'")
        note(accepted, stream)
        with kept(tiles_of_rows(spark, stream, accepted)) as tiles:
            advance(spark, stream, tiles, before, after)
    return {"verdicts": found["verdicts"], "checks": found["checks"]}


def require_order(stream: TileStream, position: Position, messages_before: int) -> None:
    """Stop where a message has come into the history behind the stream: it would be left out."""
    more = messages_before - position.messages
    if more:
        message = (
            f"{more} messages came into {stream.topic.dataset} behind "
            f"{instant_of(position.until).isoformat()}, where the tiles of {stream.group.name} had "
            "got to: a broker's clock has gone back, or is not the time of this machine. Put "
            f"{stream.tables}/{stream.group.generation} away: it is made again from the history."
        )
        raise RuntimeError(message)


def judged_slice(spark: SparkSession, stream: TileStream, since: int, until: int) -> DataFrame:
    """Return the messages of a slice, with their verdicts."""
    fresh = alone(stream, messages(spark, stream, since, until))
    before = earlier(spark, stream, fresh, since)
    rows = fresh.withColumn("fresh", F.lit(True)).unionByName(before, allowMissingColumns=True)
    return with_verdicts(rows, stream.source).where("fresh")


def alone(stream: TileStream, found: DataFrame) -> DataFrame:
    """Read messages, and look at each for itself."""
    raw = parsed(found, stream.source.fields, stream.topic.message_format)
    rows = stations(raw, stream.source)
    # Contents are only compared: where copies can come for long, many of them are kept.
    content = F.sha2("content", 256).alias("content")
    looked_at = ("rejected", "failed", *IDENTITY, "known_at", *POSITION, "typed")
    return rows.select(*looked_at, content)


def earlier(spark: SparkSession, stream: TileStream, fresh: DataFrame, since: int) -> DataFrame:
    """Return the accepted events of which there are copies among new rows.

    What was noted of this slice by a step that did not end is not looked at.
    """
    start = instant_of(since)
    oldest = start - stream.lateness
    before = read(spark, stream.seen).where(
        (F.col("day") >= F.lit(oldest.date()))
        & (F.col("event_time") >= timestamp(oldest))
        & (F.col("known_at") < timestamp(start))
    )
    candidates = fresh.where("rejected IS NULL").select(*IDENTITY).distinct()
    return before.drop("day").join(F.broadcast(candidates), [*IDENTITY], "left_semi")


def noted(rows: DataFrame) -> DataFrame:
    """Return what is kept of accepted rows to know their copies by."""
    day = F.to_date("event_time").alias("day")
    return rows.select(*IDENTITY, "known_at", "content", *POSITION, day)


def note(accepted: DataFrame, stream: TileStream) -> None:
    """Note accepted events: to note one twice changes nothing."""
    rows = noted(accepted).coalesce(1)
    rows.write.format("delta").mode("append").save(located(stream.seen))


def tiles_of_rows(spark: SparkSession, stream: TileStream, judged: DataFrame) -> DataFrame:
    """Sum accepted rows up in tiles."""
    events = judged.select("typed.*")
    if stream.events is not None:
        events = stream.events(spark, events)
    return tiles_of_events(events, stream.group)


def tiles_of_events(events: DataFrame, group: Group) -> DataFrame:
    """Sum events up in tiles; of a group of latest values, in one tile for an entity."""
    if isinstance(group, WindowedGroup):
        return tiles_of(prepared(events, group), group).drop("last_event")
    versions = newest_versions(versions_of(events, group), group)
    return versions.withColumns({"size": F.lit(ENDLESS), "start": F.lit(0).cast("bigint")})


def stored(tiles: DataFrame, until: int) -> DataFrame:
    """Return tiles as they are stored."""
    return tiles.withColumns(
        {
            "upto": F.lit(until).cast("bigint"),
            "day": F.to_date(F.timestamp_millis("start")),
        }
    )


def within_reach(group: Group, size: int, until: int) -> Column:
    """Tell whether a window as of a moment, or later, can need a tile of a size."""
    reach = group.reach(size)
    is_of_size = F.col("size") == size
    if reach is None:
        return is_of_size
    return is_of_size & (F.col("start") >= until - until % size - reach)


def needed_from(group: Group, until: int) -> Column:
    """Tell whether a window as of a moment, or later, can need a tile."""
    return reduce(or_, (within_reach(group, size, until) for size in group.sizes()))


def advance(
    spark: SparkSession, stream: TileStream, tiles: DataFrame, before: Position, after: Position
) -> None:
    """Add tiles to those that are stored, and move the position, in one commit.

    Where another stream has moved it meanwhile, this one fails.
    """
    needed = tiles.where(needed_from(stream.group, after.until))
    table = read(spark, stream.tiles)
    merge = additions(spark, table, needed, after).mergeInto(
        table_at(stream.tiles), same_tile(stream.group) & place_of(needed)
    )
    merge = merge.whenMatched().update(sums(stream, table.schema, before))
    merge.whenNotMatched().insert({name: added(name) for name in table.columns}).merge()


def same_tile(group: Group) -> Column:
    """Tell whether a stored tile is the one that is added, or the position is."""
    identity = (*group.key_names(), "size", "start")
    return reduce(and_, (F.col(name).eqNullSafe(added(name)) for name in identity))


def place_of(tiles: DataFrame) -> Column:
    """Return where tiles lie in a table, and the position: other files need not be opened."""
    size, start = F.col("size"), F.col("start")
    spans = tiles.groupBy("size").agg(F.min("start").alias("first"), F.max("start").alias("last"))
    places = [
        (size == span["size"]) & start.between(span["first"], span["last"])
        for span in spans.collect()
    ]
    return reduce(or_, places, size == POSITION_SIZE)


def additions(
    spark: SparkSession, table: DataFrame, tiles: DataFrame, after: Position
) -> DataFrame:
    """Return tiles and the new position as rows of a table, each in a struct `added`."""
    rows = stored(tiles, after.until)
    rows = rows.unionByName(at_position(spark, after), allowMissingColumns=True)
    return rows.select(F.struct(*table.columns).alias("added"))


def added(name: str) -> Column:
    """Return a column of the rows that are added to a table."""
    return F.col("added")[name]


def sums(stream: TileStream, table: T.StructType, before: Position) -> dict[str, Column]:
    """Return what becomes of a stored tile, or of the position, to which another one is added."""
    is_position = F.col("size") == POSITION_SIZE
    overtaken = f"another stream has moved the tiles of {stream.group.name} on"
    is_expected = ~is_position | (F.col("upto") == before.until)
    more = F.when(is_position, added("events")).otherwise(F.col("events") + added("events"))
    return {
        "upto": F.when(is_expected, added("upto")).otherwise(F.raise_error(F.lit(overtaken))),
        "begun": added("begun"),
        "events": more,
        **{
            each.partial(kind): merged_partial(table, each.partial(kind), kind)
            for each, kind in stream.group.partials()
        },
    }


def merged_partial(table: T.StructType, name: str, kind: str) -> Column:
    """Merge a stored partial with the one that is added."""
    kept_as = table[name].dataType
    merged_as = summed_as(kept_as) if kind == "sum" else kept_as
    old, new = F.col(name).cast(merged_as), added(name).cast(merged_as)
    return PARTIALS[kind].combine(old, new).cast(kept_as)


def publish(spark: SparkSession, stream: TileStream, position: Position, reachable: int) -> int:
    """Let serving have the tiles that have changed since it last had all of them.

    What it was told before the stream was begun, another one has told it: then it gets all.
    """
    group, until = stream.group, max(position.until, reachable)
    delay = group.delay // MILLISECOND
    told = stream.store.complete_until()
    if told is None or told < position.begun:
        tiles = read(spark, stream.tiles).where(needed_from(group, until))
        return stream.store.write(tiles, group, until + delay, whole=True)
    if position.until <= told - delay:
        stream.store.tell(group, until + delay, told)
        return 0
    tiles = read(spark, stream.tiles).where(needed_from(group, until))
    changed = tiles.where(F.col("upto") > told - delay)
    return stream.store.write(changed, group, until + delay, whole=False)


def tidy(spark: SparkSession, stream: TileStream, until: int) -> None:
    """Take away what no window and no copy can need any more: whole days, so no row is read."""
    gone = ["FALSE"]
    for size in stream.group.sizes():
        reach = stream.group.reach(size)
        if reach is not None:
            gone.append(f"size = {size} AND day < DATE '{date_of(until - reach - size)}'")
    spark.sql(f"DELETE FROM {table_at(stream.tiles)} WHERE {' OR '.join(gone)}")
    oldest = date_of(until - stream.lateness // MILLISECOND)
    spark.sql(f"DELETE FROM {table_at(stream.seen)} WHERE day < DATE '{oldest}'")


def clear(spark: SparkSession, stream: TileStream) -> None:
    """Take away the files that nobody reads any more."""
    # Delta looks for files in so many tasks: by default in 10,000, which takes a minute.
    spark.conf.set("spark.sql.sources.parallelPartitionDiscovery.parallelism", "8")
    for path in (stream.tiles, stream.seen):
        spark.sql(f"VACUUM {table_at(path)}")


def table_at(path: str) -> str:
    """Return the name of a table in SQL."""
    return f"delta.{quoted(located(path))}"


@contextmanager
def kept(rows: DataFrame) -> Iterator[DataFrame]:
    """Hold rows while they are used more than once."""
    rows.persist()
    try:
        yield rows
    finally:
        rows.unpersist()


def date_of(milliseconds: int) -> date:
    """Return the day of a moment."""
    return instant_of(milliseconds).date()


def clock() -> int:
    """Return the time of this machine, in milliseconds since 1970."""
    return millis(datetime.now(UTC))


def millis(moment: datetime) -> int:
    """Return an instant in milliseconds since 1970."""
    return (moment - EPOCH) // MILLISECOND


def instant_of(milliseconds: int) -> datetime:
    """Return the instant that lies so many milliseconds after 1970."""
    return EPOCH + milliseconds * MILLISECOND


@dataclass(frozen=True)
class File:
    """A file of SQLite, which is replaced as a whole."""

    path: str

    def complete_until(self) -> int | None:
        """Return nothing: a new file needs all tiles."""
        return None

    def write(self, tiles: DataFrame, group: Group, moment: int, *, whole: bool) -> int:
        """Write a file with all tiles."""
        if not whole:
            raise ValueError("a file is replaced as a whole")
        if isinstance(group, LatestGroup):
            return publish_versions(tiles, group, self.path, moment)
        rows = tiles.select(
            *(F.col(f"key_{i}").alias(name) for i, name in enumerate(group.key)),
            (F.col("size") / 1000).cast("int").alias("tile_seconds"),
            F.col("start").alias("tile_start"),
            "events",
            *(each.partial(kind) for each, kind in group.partials()),
        )
        meta = {"as_of": str(moment), "generation": group.generation, "group": group.name}
        identity = [*group.key, "tile_seconds", "tile_start"]
        return publish_file(rows, "tiles", identity, self.path, meta)

    def tell(self, group: Group, moment: int, before: int) -> None:
        """Refuse: a file says nothing new before it is replaced."""
        raise NotImplementedError("a file is replaced as a whole")
