"""History: the messages of a topic as they came, byte by byte, in a table that only grows.

A stream takes them in, each exactly once: what it has begun stands in its checkpoint, and the table
knows which batches it has. What ends the stream at any moment, even the end of the machine, neither
loses a message nor repeats one. Everything else is derived from the history, over and over.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn, Protocol

import fsspec
from pyspark.errors import StreamingQueryException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.streaming import DataStreamWriter

from arrival import AHEAD
from lakehouse import (
    Interval,
    Slice,
    count,
    exists,
    field,
    guarded,
    instant,
    located,
    quoted,
    read,
)
from marks import set_mark
from raw_rows import CORRUPT, OFFSET, PARTITION, Field
from secret_values import Secret

# `timestampType` of a message that has its time from the broker.
LOG_APPEND_TIME = 1
# What this machine's clock may be ahead of the brokers', and how long a message may lie there
# before readers see it: until it has been copied, until its transaction has ended.
SLACK = timedelta(minutes=1)
# A column for what cannot be read.
BROKEN = f"{CORRUPT} STRING"
COLUMNS = (
    "partition INT NOT NULL COMMENT 'Of the topic.'",
    "offset BIGINT NOT NULL COMMENT 'The place in the partition.'",
    "ingested_at TIMESTAMP NOT NULL COMMENT 'When the broker took it in (LogAppendTime).'",
    "timestamp_type INT NOT NULL COMMENT '1: the time is of the broker.'",
    "key BINARY COMMENT 'The bytes of the key.'",
    "value BINARY COMMENT 'The bytes of the message.'",
    "date DATE NOT NULL COMMENT 'The day of ingested_at, in UTC.'",
)


@dataclass(frozen=True)
class Login:
    """A user and a password, by the mechanism of SASL that the brokers know."""

    mechanism: str
    user: Secret
    password: Secret

    def options(self) -> dict[str, str]:
        """Return what a client of Kafka is told."""
        module = "plain.PlainLoginModule"
        if self.mechanism != "PLAIN":
            module = "scram.ScramLoginModule"
        user, password = (in_quotes(each.value()) for each in (self.user, self.password))
        return {
            "kafka.sasl.mechanism": self.mechanism,
            "kafka.sasl.jaas.config": f"org.apache.kafka.common.security.{module} required "
            f"username={user} password={password};",
        }


@dataclass(frozen=True)
class Tls:
    """Whom to trust, and who we are; as PEM. By default the authorities that Java trusts."""

    ca: Secret | None = None
    certificate: Secret | None = None
    key: Secret | None = None

    def options(self) -> dict[str, str]:
        """Return what a client of Kafka is told."""
        options = {}
        if self.ca is not None:
            options["kafka.ssl.truststore.type"] = "PEM"
            options["kafka.ssl.truststore.certificates"] = self.ca.value()
        if self.certificate is not None and self.key is not None:
            options["kafka.ssl.keystore.type"] = "PEM"
            options["kafka.ssl.keystore.certificate.chain"] = self.certificate.value()
            options["kafka.ssl.keystore.key"] = self.key.value()
        return options


class MessageFormat(Protocol):
    """What reads messages that are no text."""

    def rows(self, messages: DataFrame, columns: Sequence[Field]) -> DataFrame:
        """Add what each message is in `text`, whether it `is_row`, and which one in `parsed`."""


@dataclass(frozen=True)
class Topic:
    """A topic of Kafka, and the history that is kept of it; `json` and `csv` are read here."""

    source: str
    servers: str
    topic: str
    message_format: str | MessageFormat
    history: str
    checkpoint: str
    trigger: timedelta
    max_offsets: int
    login: Login | None = None
    tls: Tls | None = None

    @property
    def dataset(self) -> str:
        """The id of the history, as marks name it."""
        return f"history.{self.source}"

    def options(self) -> dict[str, str]:
        """Return how to read the topic: from its beginning, at a pace, and never over a gap."""
        protocol = ("SASL_" if self.login else "") + ("SSL" if self.tls else "PLAINTEXT")
        return {
            "kafka.bootstrap.servers": self.servers,
            "kafka.security.protocol": protocol,
            # What a producer has taken back was never said.
            "kafka.isolation.level": "read_committed",
            "subscribe": self.topic,
            "startingOffsets": "earliest",
            "maxOffsetsPerTrigger": str(self.max_offsets),
            # The stream ends where messages are gone before it has read them.
            "failOnDataLoss": "true",
            **(self.login.options() if self.login else {}),
            **(self.tls.options() if self.tls else {}),
        }

    def messages(self, spark: SparkSession, interval: Interval, lateness: timedelta) -> DataFrame:
        """Return the messages in which a row of the interval can be.

        Those that came later are too late, or belong to a later interval; those that came earlier
        have no credible event time, or belong to an earlier one.
        """
        if not exists(self.history):
            raise FileNotFoundError(f"there is no {self.dataset} at {self.history} yet")
        # Times are compared as whole milliseconds.
        end = interval.end + lateness + timedelta(milliseconds=1)
        start = interval.start - AHEAD
        days = f"date >= DATE '{start.date()}' AND date <= DATE '{end.date()}'"
        return read(spark, self.history).where(f"{days} AND {Slice('ingested_at', start, end)}")

    def rows(
        self,
        spark: SparkSession,
        fields: Sequence[Field],
        interval: Interval,
        lateness: timedelta,
    ) -> DataFrame:
        """Read the messages in which rows of the interval can be."""
        return parsed(self.messages(spark, interval, lateness), fields, self.message_format)

    def newest(self, spark: SparkSession, fields: Sequence[Field], column: str) -> DataFrame:
        """Return one row: the greatest value of a column."""
        rows = parsed(read(spark, self.history), fields, self.message_format)
        return rows.agg(F.max(field(column)).alias(column))


def parsed(
    messages: DataFrame, fields: Sequence[Field], message_format: str | MessageFormat
) -> DataFrame:
    """Read messages as rows; one that is none stands in a column of its own."""
    columns = [each for each in fields if each.name != "ingested_at"]
    position = [F.col("partition").alias(PARTITION), F.col("offset").alias(OFFSET)]
    taken = messages.select(*position, "ingested_at", "value")
    if isinstance(message_format, str):
        found = text_rows(taken, columns, message_format)
    else:
        found = message_format.rows(taken, columns)
    corrupt = F.when(F.col("is_row"), F.col(f"parsed.{CORRUPT}")).otherwise(F.col("text"))
    return found.select(
        *(F.col(f"parsed.{quoted(each.name)}").alias(each.name) for each in columns),
        "ingested_at",
        corrupt.alias(CORRUPT),
        PARTITION,
        OFFSET,
    )


def text_rows(messages: DataFrame, columns: Sequence[Field], message_format: str) -> DataFrame:
    """Read messages that are text."""
    text = F.col("value").cast("string")
    is_row, row = (csv_row if message_format == "csv" else json_row)(text, columns)
    return messages.select(
        "*",
        F.coalesce(F.make_valid_utf8(text), F.lit("")).alias("text"),
        F.coalesce(F.is_valid_utf8(text) & is_row, F.lit(False)).alias("is_row"),
        row.alias("parsed"),
    )


def json_row(text: Column, columns: Sequence[Field]) -> tuple[Column, Column]:
    """Return whether a text begins as a JSON object does, and its values."""
    schema = ", ".join([*(f"{quoted(each.name)} {each.type}" for each in columns), BROKEN])
    row = F.from_json(text, schema, {"columnNameOfCorruptRecord": CORRUPT})
    return text.rlike(r"^\s*\{"), row


def csv_row(text: Column, columns: Sequence[Field]) -> tuple[Column, Column]:
    """Return whether a text is one record of CSV (RFC 4180), and its values, which are text."""
    schema = ", ".join([*(f"{quoted(each.name)} STRING" for each in columns), BROKEN])
    options = {"escape": '"', "multiLine": "true", "columnNameOfCorruptRecord": CORRUPT}
    # What is in quotes may be anything. They stand around whole values, and no record follows.
    outside = F.regexp_replace(text, '"[^"]*"', '"')
    is_record = ~outside.rlike(r'[^,"]"|"[^,"\r\n]|[\r\n][^\r\n]|^\s*$')
    is_closed = F.regexp_count(text, F.lit('"')) % 2 == 0
    # No text has it, and Spark would take some for a sign of its own.
    has_nul = text.contains("\0")
    record = F.regexp_replace(text, r"[\r\n]+\z", "")
    return is_record & is_closed & ~has_nul, F.from_csv(record, schema, options)


def in_quotes(text: str) -> str:
    """Quote a value for the settings of a login module."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def keep(program: str, conf: Mapping[str, str], topic: Topic, marks: str) -> int:
    """Keep the history of a topic as a command, and return the exit code; it ends by failing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--drain", action="store_true", help="end where the topic ends now")
    arguments = parser.parse_args()
    work = drain if arguments.drain else follow
    return guarded(program, conf, lambda spark: work(spark, topic, marks))


def drain(spark: SparkSession, topic: Topic, marks: str) -> dict[str, object]:
    """Take in what the topic has at this moment."""
    finish(spark, topic)
    reached = datetime.now(UTC) - SLACK
    query = stream(spark, topic).trigger(availableNow=True).start(located(topic.history))
    query.awaitTermination()
    complete(marks, topic, reached)
    return {
        "rows": {topic.dataset: count(spark, topic.history)},
        "reached": reached.isoformat(),
    }


def follow(spark: SparkSession, topic: Topic, marks: str) -> NoReturn:
    """Take in what comes, for ever, and note how far the history is complete."""
    finish(spark, topic)
    seconds = topic.trigger.total_seconds()
    started = stream(spark, topic).trigger(processingTime=f"{seconds:g} seconds")
    query = started.start(located(topic.history))
    reported = -1, ""
    while not query.awaitTermination(1):
        progress = query.lastProgress
        if progress is None or (progress.batchId, progress.timestamp) == reported:
            continue
        reported = progress.batchId, progress.timestamp
        print(json.dumps({"batch": progress.batchId, "rows": progress.numInputRows}), flush=True)
        (read_from,) = json.loads(progress.json)["sources"]
        # Where the batch ends where the topic ended as it began, nothing that came before is left.
        if read_from["endOffset"] == read_from["latestOffset"]:
            complete(marks, topic, instant(progress.timestamp) - SLACK)
    raise RuntimeError(f"the stream of the topic {topic.topic} was stopped")


def finish(spark: SparkSession, topic: Topic) -> None:
    """Do the batch again that was under way when the stream ended."""
    if not is_under_way(topic):
        return
    query = stream(spark, topic).trigger(availableNow=True).start(located(topic.history))
    try:
        query.awaitTermination()
    except StreamingQueryException:
        # Spark 4.1 fails as it reports on a batch that it has done again (SPARK-55271).
        if is_under_way(topic):
            raise


def is_under_way(topic: Topic) -> bool:
    """Tell whether a batch was begun and not finished."""
    return newest(topic, "offsets") > newest(topic, "commits")


def newest(topic: Topic, log: str) -> int:
    """Return the number of the newest batch in a log of the checkpoint, or -1."""
    files, folder = fsspec.url_to_fs(f"{reached_by(topic.checkpoint)}/{log}")
    names = files.ls(folder, detail=False) if files.exists(folder) else []
    ends = (name.rstrip("/").rpartition("/")[2] for name in names)
    return max((int(end) for end in ends if end.isdigit()), default=-1)


def reached_by(path: str) -> str:
    """Return a path as Python's own libraries know it."""
    return located(path).replace("s3a://", "s3://", 1)


def complete(marks: str, topic: Topic, until: datetime) -> None:
    """Note that the history has every message that came before an instant."""
    set_mark(marks, topic.dataset, Interval(until, until))


def stream(spark: SparkSession, topic: Topic) -> DataStreamWriter:
    """Prepare the query that appends what is new to the history."""
    prepare(spark, topic)
    found = spark.readStream.format("kafka").options(**topic.options()).load()
    advice = (
        f"messages of the topic {topic.topic} have their time from producers: "
        "set message.timestamp.type=LogAppendTime for it"
    )
    by_broker = F.col("timestampType") == LOG_APPEND_TIME
    rows = found.select(
        "partition",
        "offset",
        F.when(by_broker, F.col("timestamp")).otherwise(F.raise_error(advice)).alias("ingested_at"),
        F.col("timestampType").alias("timestamp_type"),
        "key",
        "value",
        F.to_date("timestamp").alias("date"),
    )
    writer = rows.writeStream.format("delta").outputMode("append").queryName(topic.dataset)
    return writer.option("checkpointLocation", located(topic.checkpoint))


def prepare(spark: SparkSession, topic: Topic) -> None:
    """Make the table, or stop where it has rows that no checkpoint knows of."""
    if not exists(topic.history):
        spark.sql(
            f"CREATE TABLE IF NOT EXISTS delta.{quoted(located(topic.history))} "
            f"({', '.join(COLUMNS)}) USING delta PARTITIONED BY (date) "
            "TBLPROPERTIES ('delta.appendOnly' = 'true', 'delta.autoOptimize.autoCompact' = 'true')"
        )
    files, folder = fsspec.url_to_fs(reached_by(topic.checkpoint))
    if not files.exists(f"{folder}/metadata") and not read(spark, topic.history).isEmpty():
        raise FileNotFoundError(
            f"{topic.history} has messages, but their checkpoint {topic.checkpoint} is gone: "
            "without it, all messages would be taken in once more. Put it back, or put the history "
            "away for a new one."
        )
