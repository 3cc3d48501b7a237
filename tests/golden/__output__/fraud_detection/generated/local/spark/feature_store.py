"""What a feature group stores: its tiles in Delta, and what serving needs of them in SQLite."""

import json
import math
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import Path

import fsspec
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from lakehouse import (
    Interval,
    Slice,
    count,
    create,
    exists,
    field,
    from_micros,
    located,
    merge,
    quoted,
    read,
    timestamp,
)
from marks import set_mark
from windows import (
    VERSION,
    LatestGroup,
    WindowedGroup,
    newest_versions,
    prepared,
    tiles_of,
    versions_of,
)

FORMAT = "1"


def update_tiles(
    spark: SparkSession, group: WindowedGroup, events: DataFrame, interval: Interval, marks: str
) -> dict[str, object]:
    """Bring the tiles that the interval touches up to date.

    Where there are no tiles yet, or tiles of another definition, all are made anew.
    """
    dataset = f"features.{group.name}"
    if generation_of(spark, group.tiles) != group.generation:
        create(summed(events, group), group.tiles)
        properties = f"('generation' = '{group.generation}')"
        table = f"delta.{quoted(located(group.tiles))}"
        spark.sql(f"ALTER TABLE {table} SET TBLPROPERTIES {properties}")
        written = count(spark, group.tiles)
    else:
        touched = touched_by(spark, events, group, interval)
        recent = events.where(field(group.event_time) >= timestamp(touched.start))
        recent = recent.where(group.effective_time() >= timestamp(touched.start))
        tiles = summed(recent, group)
        within = Slice("tile_start", touched.start, touched.end)
        identity = [*group.key, "tile_seconds", "tile_start"]
        merge(tiles.where(str(within)), group.tiles, identity, within)
        written = count(spark, group.tiles, within)
    set_mark(marks, dataset, interval)
    return {"rows": {dataset: written}}


def summed(events: DataFrame, group: WindowedGroup) -> DataFrame:
    """Sum events up in tiles, as they are stored."""
    return named(tiles_of(prepared(events, group), group), group)


def generation_of(spark: SparkSession, path: str) -> str | None:
    """Return which definition the stored tiles follow."""
    if not exists(path):
        return None
    properties = spark.sql(f"SHOW TBLPROPERTIES delta.{quoted(located(path))}").collect()
    return {row.key: row.value for row in properties}.get("generation")


def touched_by(
    spark: SparkSession, events: DataFrame, group: WindowedGroup, interval: Interval
) -> Interval:
    """Return the stretch, in whole tiles, in which the interval's events lie, or have lain.

    An event that was ingested before its event time lies in an earlier tile than its interval.
    """
    time = field(group.event_time)
    inside = (time >= timestamp(interval.start)) & (time < timestamp(interval.end))
    earliest = F.min(group.effective_time()).alias("earliest")
    now = events.where(inside).agg(earliest)
    is_before = F.col("tile_start") < timestamp(interval.start)
    was_inside = F.col("last_event") >= timestamp(interval.start)
    stored = read(spark, group.tiles).where(is_before & was_inside)
    both = now.union(stored.agg(F.min("tile_start")))
    row = both.agg(F.min(F.unix_micros("earliest")).alias("earliest")).first()
    start = interval.start
    if row is not None and row.earliest is not None:
        start = min(start, from_micros(row.earliest))
    return Interval(floor(start, max(group.sizes())), interval.end)


def floor(moment: datetime, size: int) -> datetime:
    """Return the start of the tile of `size` milliseconds in which a moment lies."""
    micros = round(moment.timestamp() * 1_000_000)
    return from_micros(micros - micros % (size * 1_000))


def named(tiles: DataFrame, group: WindowedGroup) -> DataFrame:
    """Give tiles the names under which they are stored."""
    keys = zip(group.key_names(), group.key, strict=True)
    partials = [each.partial(kind) for each, kind in group.partials()]
    return tiles.select(
        *(F.col(neutral).alias(name) for neutral, name in keys),
        (F.col("size") / 1000).cast("int").alias("tile_seconds"),
        F.timestamp_millis("start").alias("tile_start"),
        "events",
        "last_event",
        *partials,
    )


def served_tiles(spark: SparkSession, group: WindowedGroup, events: DataFrame, t: int) -> DataFrame:
    """Return the tiles that a window at `t` or later can need of what is known at `t`."""
    size, start = F.col("size"), F.col("start")
    final, young, open_since = [], [], []
    for each in group.sizes():
        edge = t - t % each
        # From here on a tile may hold events that are not known at `t`.
        first_open = edge - group.open_for(each)
        reach = group.reach(each)
        needed = F.lit(True) if reach is None else start >= edge - reach
        final.append((size == each) & (start < first_open) & needed)
        young.append((size == each) & (start >= first_open))
        open_since.append(first_open)
    stored = read(spark, group.tiles).withColumns(
        {
            "size": F.col("tile_seconds").cast("long") * 1000,
            "start": F.unix_millis("tile_start"),
        }
    )
    known = prepared(events, group).where(F.col("known") < t)
    recent = tiles_of(known.where(F.col("e") >= min(open_since)), group)
    rows = stored.where(reduce(or_, final)).drop("size", "start")
    rows = rows.unionByName(named(recent.where(reduce(or_, young)), group))
    return rows.drop("last_event").withColumn("tile_start", F.unix_millis("tile_start"))


def publish_tiles(
    spark: SparkSession, group: WindowedGroup, events: DataFrame, store: str, moment: datetime
) -> dict[str, object]:
    """Write the tiles that a window at `moment` can need to the group's online store."""
    t = round(moment.timestamp() * 1_000)
    rows = served_tiles(spark, group, events, t)
    identity = [*group.key, "tile_seconds", "tile_start"]
    meta = {"as_of": str(t), "generation": group.generation, "group": group.name}
    written = publish(rows, "tiles", identity, store, meta)
    return {"rows": {f"online.{group.name}": written}}


def publish_latest(
    group: LatestGroup, events: DataFrame, store: str, moment: datetime
) -> dict[str, object]:
    """Write the latest values known at `moment` to the group's online store."""
    t = round(moment.timestamp() * 1_000)
    known = versions_of(events, group).where(F.col("known") < t)
    written = publish_versions(newest_versions(known, group), group, store, t)
    return {"rows": {f"online.{group.name}": written}}


def publish_versions(newest: DataFrame, group: LatestGroup, store: str, t: int) -> int:
    """Write the values of the newest version of each entity as of a moment, in milliseconds."""
    version = F.col(VERSION.partial("newest"))
    keys = zip(group.key_names(), group.key, strict=True)
    values = zip(group.value_names(), group.columns, strict=True)
    rows = newest.where(~version["gone"]).select(
        *(F.col(neutral).alias(name) for neutral, name in keys),
        *(version[value].alias(name) for value, name in values if name not in group.key),
    )
    meta = {"as_of": str(t), "generation": group.generation, "group": group.name}
    return publish(rows, "latest", group.key, store, meta)


def publish(
    rows: DataFrame, table: str, key: Sequence[str], store: str, meta: Mapping[str, str]
) -> int:
    """Write an SQLite file with one table beside its place, then put it there at once."""
    as_held = encode if table == "latest" else encode_partial
    encoded = rows.select(*(as_held(column, rows).alias(column) for column in rows.columns))
    encoded = encoded.sortWithinPartitions(*map(field, key))
    columns = ", ".join(
        f"{sql_name(column.name)} {affinity(column.dataType)}" for column in encoded.schema
    )
    primary_key = ", ".join(map(sql_name, key))
    places = ", ".join("?" * len(encoded.columns))
    local = "://" not in store
    if local:
        Path(store).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=Path(store).parent if local else None) as folder:
        file = Path(folder) / "store.sqlite"
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            connection.execute(
                f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({primary_key})) WITHOUT ROWID"
            )
            insert = f"INSERT INTO {table} VALUES ({places})"
            connection.executemany(insert, held(encoded))
            connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
            entries = {**meta, "format": FORMAT}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(entries.items()))
            written: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            connection.execute("COMMIT")
        if local:
            file.replace(store)
        else:
            files, target = fsspec.url_to_fs(store.replace("s3a://", "s3://", 1))
            files.put_file(str(file), target)
    return written


def held(rows: DataFrame) -> Iterable[Sequence[object]]:
    """Return rows as SQLite can hold them.

    What has several values becomes a JSON array, and NaN, of which it would make NULL, a text.
    """
    found = rows.toLocalIterator(prefetchPartitions=True)
    special = (T.FractionalType, T.StructType, T.ArrayType)
    if not any(isinstance(column.dataType, special) for column in rows.schema):
        return found
    return ([held_value(value) for value in row] for row in found)


def held_value(value: object) -> object:
    """Return a value as SQLite can hold it."""
    if isinstance(value, tuple | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


def encode(column: str, rows: DataFrame) -> Column:
    """Return a column as SQLite can hold it."""
    return encoded(field(column), rows.schema[column].dataType)


def encoded(value: Column, data_type: T.DataType) -> Column:
    """Return a value of a type as SQLite can hold it."""
    match data_type:
        case T.BooleanType():
            return value.cast("int")
        case T.DecimalType():
            return value.cast("string")
        case T.TimestampType():
            return F.unix_micros(value)
        case T.DateType():
            return F.unix_date(value)
        case T.ArrayType() | T.MapType() | T.StructType():
            return F.to_json(value)
    return value


def encode_partial(column: str, rows: DataFrame) -> Column:
    """Return a column of a tile as stores hold it: what has several values as these."""
    value, data_type = field(column), rows.schema[column].dataType
    if isinstance(data_type, T.ArrayType):
        element = data_type.elementType
        return F.transform(value, lambda each: encoded(each, element))
    if isinstance(data_type, T.MapType):
        return F.array_sort(F.map_entries(value))
    if not isinstance(data_type, T.StructType):
        return encoded(value, data_type)
    held = [text_or_number(value[part.name], part.dataType).alias(part.name) for part in data_type]
    return F.when(value.isNotNull(), F.struct(*held))


def text_or_number(value: Column, data_type: T.DataType) -> Column:
    """Return a value of a row that was found: bytes as a text of the same order."""
    return F.hex(value) if isinstance(data_type, T.BinaryType) else encoded(value, data_type)


def affinity(data_type: T.DataType) -> str:
    """Return SQLite's name for an encoded type."""
    match data_type:
        case T.FloatType() | T.DoubleType():
            return "REAL"
        case T.StringType() | T.StructType() | T.ArrayType():
            return "TEXT"
        case T.BinaryType():
            return "BLOB"
    return "INTEGER"


def sql_name(column: str) -> str:
    """Quote a column's name for SQLite."""
    name = column.replace('"', '""')
    return f'"{name}"'
