"""The rows of a source as they come: files of a format or a table, and columns in their declared types."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, reduce
from typing import Protocol
from urllib.parse import unquote

import fsspec
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from lakehouse import Interval, field, quoted, read

# Where Spark puts a line that it cannot read.
CORRUPT = "_corrupt_record"
# Where a message lies in its topic.
PARTITION = "__partition"
OFFSET = "__offset"
# What Spark says of a place where there is nothing.
NOTHING = ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA", "DELTA_TABLE_NOT_FOUND")


@dataclass(frozen=True)
class Field:
    """A declared column; one that is `dropped` is read and checked, and stored nowhere."""

    name: str
    type: str
    required: bool = False
    comment: str | None = None
    dropped: bool = False

    def ddl(self) -> str:
        """Return the column as DDL has it."""
        required = " NOT NULL" if self.required else ""
        comment = "" if self.comment is None else f" COMMENT {json.dumps(self.comment)}"
        return f"{quoted(self.name)} {self.type}{required}{comment}"


class DatabaseTable(Protocol):
    """A table that a database keeps."""

    def rows(
        self, spark: SparkSession, fields: Sequence[Field], times: Sequence[str], interval: Interval
    ) -> DataFrame:
        """Read the rows of which a time lies in the interval, and those without the first."""

    def newest(self, spark: SparkSession, column: str) -> DataFrame:
        """Read one row: the greatest value of a column."""


class MessageLog(Protocol):
    """The messages of a topic, as they came."""

    def rows(
        self,
        spark: SparkSession,
        fields: Sequence[Field],
        interval: Interval,
        lateness: timedelta,
    ) -> DataFrame:
        """Read the messages in which rows of the interval can be."""


def read_raw(
    spark: SparkSession, path: str, file_format: str, fields: Sequence[Field]
) -> DataFrame | None:
    """Read rows so that a value that does not fit its type is seen, not fatal; None for no file."""
    try:
        match file_format:
            case "delta":
                return read(spark, path)
            case "csv":
                return read_csv(spark, path)
            case "json":
                declared = [f"{quoted(each.name)} {each.type}" for each in fields]
                return spark.read.schema(", ".join([*declared, f"{CORRUPT} STRING"])).json(path)
        return spark.read.option("mergeSchema", "true").parquet(path)
    except AnalysisException as error:
        if error.getCondition() not in NOTHING:
            raise
        return None


def read_csv(spark: SparkSession, path: str) -> DataFrame | None:
    """Read CSV files (RFC 4180) as text, each by its own header: Spark takes one for all."""
    by_header: dict[tuple[str, ...], list[str]] = {}
    for file in sorted(map(unquote, spark.read.text(path).inputFiles())):
        header = header_of(file)
        if header:
            by_header.setdefault(header, []).append(file)
    if not by_header:
        return None
    options = {"header": True, "multiLine": True, "escape": '"'}
    return reduce(
        partial(DataFrame.unionByName, allowMissingColumns=True),
        [
            spark.read.schema(", ".join(f"{quoted(name)} STRING" for name in (*header, CORRUPT)))
            .options(**options, columnNameOfCorruptRecord=CORRUPT)
            .csv(files)
            for header, files in by_header.items()
        ],
    )


def header_of(file: str) -> tuple[str, ...]:
    """Return the names in the first line of a CSV file, which has none where it is empty."""
    address = file.replace("s3a://", "s3://", 1)
    with fsspec.open(address, "rt", encoding="utf-8-sig", newline="", compression="infer") as lines:
        header = tuple(next(csv.reader(lines), ()))
    if len({name.lower() for name in header}) < len(header):
        raise ValueError(f"two columns of {file} have the same name: {', '.join(header)}")
    return header


def typed(raw: DataFrame, name: str, column_type: str) -> Column:
    """Return a raw column in its declared type, NULL where the value does not fit."""
    if name not in raw.columns:
        raise ValueError(f"there is no column {name}: the columns are {', '.join(raw.columns)}")
    found, wanted = raw.schema[name].dataType, T.DataType.fromDDL(column_type)
    if found.simpleString() == wanted.simpleString():
        return field(name)
    nested = any(
        isinstance(each, T.ArrayType | T.MapType | T.StructType) for each in (found, wanted)
    )
    is_time = isinstance(wanted, T.TimestampType | T.TimestampNTZType | T.DateType)
    number = isinstance(found, T.NumericType | T.BooleanType)
    if (nested and shape(found) != shape(wanted)) or (is_time and number):
        raise ValueError(f"{name} is {found.simpleString()}, declared: {wanted.simpleString()}")
    if nested:
        return arranged(field(name), wanted)
    value = field(name).try_cast(wanted)
    if isinstance(found, T.FractionalType) and isinstance(wanted, T.IntegralType):
        return F.when(value.cast(found) == field(name), value)
    return value


def shape(data_type: T.DataType) -> object:
    """Return what there is in a type, the order of fields aside."""
    match data_type:
        case T.StructType():
            return {field.name: shape(field.dataType) for field in data_type.fields}
        case T.ArrayType():
            return [shape(data_type.elementType)]
        case T.MapType():
            return (data_type.keyType.simpleString(), shape(data_type.valueType))
    return data_type.simpleString()


def arranged(value: Column, wanted: T.DataType) -> Column:
    """Put the fields of structs in order: a cast would take them by position."""
    match wanted:
        case T.StructType():
            fields = [arranged(value[each.name], each.dataType).alias(each.name) for each in wanted]
            return F.when(value.isNotNull(), F.struct(*fields))
        case T.ArrayType():
            return F.transform(value, lambda element: arranged(element, wanted.elementType))
        case T.MapType():
            return F.transform_values(value, lambda _, each: arranged(each, wanted.valueType))
    return value
