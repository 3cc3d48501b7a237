"""Tables of PostgreSQL databases: the rows of an interval, in the types that are declared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as T

from lakehouse import Interval, field
from raw_rows import Field
from secret_values import Secret, redacted

# Rows that the driver fetches at a time; by default it fetches a whole table.
FETCH_SIZE = 10_000
INTEGERS = (T.ByteType, T.ShortType, T.IntegerType, T.LongType)


class DatabaseError(Exception):
    """A database cannot be reached, or does not have what is asked for."""


@dataclass(frozen=True)
class Database:
    """A table or view; its rows are read in parts of equal length in event time."""

    url: str
    table: Sequence[str]
    user: Secret
    password: Secret
    partitions: int = 1

    def rows(
        self, spark: SparkSession, fields: Sequence[Field], times: Sequence[str], interval: Interval
    ) -> DataFrame:
        """Read the rows of which a time lies in the interval, and those without the first."""
        event_time, known_at = map(identifier, times)
        parts = [within(event_time, *ends) for ends in pairwise(bounds(interval, self.partitions))]
        whole = [within(time, interval.start, interval.end) for time in (known_at, event_time)]
        rest = f"({whole[0]}) AND NOT ({whole[1]}) OR {event_time} IS NULL"
        found = self.read(spark, self.quoted(), [*parts, rest])
        require_types(found, fields, ".".join(self.table))
        return found.select(*(field(each.name) for each in fields))

    def newest(self, spark: SparkSession, column: str) -> DataFrame:
        """Read one row: the greatest value of a column."""
        name = identifier(column)
        query = f"(SELECT max({name}) AS {name} FROM {self.quoted()}) AS newest"
        return self.read(spark, query, [f"{name} IS NOT NULL"])

    def quoted(self) -> str:
        """Return the table's name for PostgreSQL."""
        return ".".join(map(identifier, self.table))

    def read(self, spark: SparkSession, table: str, parts: list[str]) -> DataFrame:
        """Connect, and read each part of a table by a connection of its own."""
        # Errors come as exceptions, and are shown without secrets. Spark's log would quote the user.
        spark.sparkContext.setLogLevel("OFF")
        try:
            return spark.read.jdbc(self.url, table, predicates=parts, properties=self.properties())
        except (PySparkException, Py4JJavaError) as error:
            cause = getattr(error, "java_exception", None)
            reason = str(error) if cause is None else cause.getMessage()
            raise DatabaseError(redacted(f"{self.url}: {reason}")) from error

    def properties(self) -> dict[str, str]:
        """Return how to connect: in UTC, with secrets from the environment."""
        return {
            "driver": "org.postgresql.Driver",
            "user": self.user.value(),
            "password": self.password.value(),
            "fetchsize": str(FETCH_SIZE),
            "sessionInitStatement": "SET TIME ZONE 'UTC'",
            "preferTimestampNTZ": "true",
        }


def identifier(name: str) -> str:
    """Quote a name for PostgreSQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(moment: datetime) -> str:
    """Print an instant as PostgreSQL reads it in any time zone."""
    return f"TIMESTAMPTZ '{moment.astimezone(UTC).isoformat(timespec='microseconds')}'"


def within(time: str, start: datetime, end: datetime) -> str:
    """Return the condition that a time lies between two instants, the second left out."""
    return f"{time} >= {literal(start)} AND {time} < {literal(end)}"


def bounds(interval: Interval, parts: int) -> Iterator[datetime]:
    """Return the ends of parts of equal length."""
    length = interval.end - interval.start
    return (interval.start + length * number / parts for number in range(parts + 1))


def require_types(found: DataFrame, fields: Sequence[Field], table: str) -> None:
    """Stop where a column is missing, or cannot be its declared type without a loss."""
    types = {column.name: column.dataType for column in found.schema}
    faults = []
    for declared in fields:
        wanted = T.DataType.fromDDL(declared.type)
        if declared.name not in types:
            faults.append(f"there is no column {declared.name}")
        elif not holds(wanted, types[declared.name]):
            is_found = types[declared.name].simpleString()
            faults.append(f"{declared.name} is {is_found}, declared: {wanted.simpleString()}")
    if faults:
        raise ValueError(f"{table}: {'; '.join(faults)}")


def holds(wanted: T.DataType, found: T.DataType) -> bool:
    """Tell whether a type has every value of another."""
    match wanted, found:
        case T.TimestampType(), T.TimestampNTZType():
            return True
        case T.DoubleType(), T.FloatType():
            return True
        case T.DecimalType(), T.DecimalType():
            digits = wanted.precision - wanted.scale
            return wanted.scale >= found.scale and digits >= found.precision - found.scale
    if isinstance(wanted, INTEGERS) and isinstance(found, INTEGERS):
        return INTEGERS.index(type(wanted)) >= INTEGERS.index(type(found))
    return wanted.simpleString() == found.simpleString()
