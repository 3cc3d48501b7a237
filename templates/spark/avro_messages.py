"""Messages in the binary encoding of Avro: which are of their schema, and the rows that they are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.avro.functions import from_avro

from lakehouse import quoted
from raw_rows import CORRUPT, Field, arranged

FOLDER = Path(__file__).parent
# What Confluent's serializers write before the body: a zero, and a schema's id in four bytes.
ZERO = b"\0"
HEADER_BYTES = 5
# Of SHA-256.
HASH_BYTES = 32


@dataclass(frozen=True)
class Avro:
    """Messages of one schema, which lies in a file beside the programs.

    `framing` says what stands before the body: `none`, or `confluent`. The id there is not looked
    up: all messages are read by this schema.
    """

    schema: str
    framing: str = "none"

    def rows(self, messages: DataFrame, columns: Sequence[Field]) -> DataFrame:
        """Read messages; `is_row` says of each whether it is of the schema, from end to end.

        Spark by itself takes what it finds at the front. So a hash is put behind each body, and
        read as part of it: it is found again where the body ends with the message, and only there.
        """
        end = F.unhex(F.sha2("value", 8 * HASH_BYTES))
        whole = messages.select("*", end.alias("end"), self.body().alias("body"))
        read = from_avro(F.concat("body", "end"), self.with_end(), {"mode": "PERMISSIVE"})
        found = whole.select("*", read.alias("read"))
        values = [F.col(f"read.body.{quoted(each.name)}") for each in columns]
        types = [T.DataType.fromDDL(each.type) for each in columns]
        is_whole = self.is_framed() & (F.col("read.end") == F.col("end"))
        is_row = reduce(and_, map(is_text, values, types), is_whole)
        row = [
            arranged(value, wanted).cast(wanted).alias(each.name)
            for each, value, wanted in zip(columns, values, types, strict=True)
        ]
        return found.select(
            *messages.columns,
            F.coalesce(F.hex("value"), F.lit("")).alias("text"),
            F.coalesce(is_row, F.lit(False)).alias("is_row"),
            F.struct(*row, F.lit(None).cast("string").alias(CORRUPT)).alias("parsed"),
        )

    def with_end(self) -> str:
        """Return the schema of a body and what is put behind it."""
        body = json.loads((FOLDER / self.schema).read_text(encoding="utf-8"))
        end = {"type": "fixed", "name": "__end", "size": HASH_BYTES}
        fields = [{"name": "body", "type": body}, {"name": "end", "type": end}]
        return json.dumps({"type": "record", "name": "__message", "fields": fields})

    def body(self) -> Column:
        """Return the part of a message that the schema is of."""
        if self.framing == "none":
            return F.col("value")
        return F.expr(f"substring(value, {HEADER_BYTES + 1})")

    def is_framed(self) -> Column:
        """Return whether there is before the body what has to be."""
        if self.framing == "none":
            return F.lit(True)
        return F.startswith("value", F.lit(ZERO)) & (F.octet_length("value") >= HEADER_BYTES)


def is_text(value: Column, wanted: T.DataType) -> Column:
    """Return whether all texts in a value are in UTF-8: Spark takes them as they are."""
    match wanted:
        case T.StringType():
            found = F.is_valid_utf8(value)
        case T.ArrayType():
            found = F.forall(value, lambda each: is_text(each, wanted.elementType))
        case T.MapType():
            keys = F.forall(F.map_keys(value), F.is_valid_utf8)
            found = keys & is_text(F.map_values(value), T.ArrayType(wanted.valueType))
        case T.StructType():
            parts = [is_text(value[each.name], each.dataType) for each in wanted]
            found = reduce(and_, parts, F.lit(True))
        case _:
            return F.lit(True)
    return F.coalesce(found, F.lit(True))
