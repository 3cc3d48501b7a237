"""What the suite says to Kafka and asks of the tables, in one session of Spark: a line of JSON each, in both directions.

`talk.py SPARK_FOLDER OPEN_DOOR`: the folder of emitted programs, and the broker's address without a password.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import random
import struct
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

sys.path.insert(0, sys.argv[1])

import avro  # noqa: E402  (beside this file)
import history  # noqa: E402  (emitted modules)
import oracle  # noqa: E402
import quality  # noqa: E402
import raw_rows  # noqa: E402
import settings  # noqa: E402
import sources  # noqa: E402
from lakehouse import Interval, exists, instant, read, session  # noqa: E402
from pyspark.sql import Row  # noqa: E402
from pyspark.sql import types as T  # noqa: E402

OPEN = sys.argv[2]
TOPIC = sources.PAYMENTS_TOPIC
SOURCE = sources.PAYMENTS_SOURCE
MESSAGES = T.StructType(
    [
        T.StructField("topic", T.StringType()),
        T.StructField("partition", T.IntegerType()),
        T.StructField("key", T.BinaryType()),
        T.StructField("value", T.BinaryType()),
    ]
)
BROKEN = (
    b"",
    None,
    b"{",
    b"no JSON",
    b"[1]",
    b'[{"payment_id": "a"}, {"payment_id": "b"}]',
    b"\xff\xfe{}",
    b'{"payment_id": "bad \xff", "cardId": "c", "amount": 1, "paid_at": "2026-01-01T00:00:00Z"}',
    b'{"payment_id": "x", "cardId": "c", "amount": "much", "paid_at": "2026-01-01T00:00:00Z"}',
    b'{"payment_id": "x", "cardId": "c", "amount": 1, "paid_at": "yesterday"}',
    b'{"cardId": "c", "amount": 1, "paid_at": "2026-01-01T00:00:00Z"}',
    b"{}",
)

spark = session("the suite", settings.SPARK)
spark.sparkContext.setLogLevel("ERROR")


def create(topic: str, partitions: int, kind: str) -> None:
    """Make a topic whose messages have the time of the broker, or of their producers."""
    java = spark._jvm
    properties = java.java.util.Properties()
    properties.put("bootstrap.servers", OPEN)
    admin = java.org.apache.kafka.clients.admin.AdminClient.create(properties)
    made = java.org.apache.kafka.clients.admin.NewTopic(topic, partitions, 1)
    made.configs(java.java.util.Map.of("message.timestamp.type", kind))
    admin.createTopics(java.java.util.List.of(made)).all().get()
    admin.close()


def payment(number: str, dice: random.Random, now: datetime) -> bytes:
    """Make one message: most of just now, some too late, some of the future, some that fail the check."""
    age, chance = dice.uniform(0, 3), dice.random()
    if chance < 0.02:
        age = dice.uniform(25, 4000)
    elif chance < 0.03:
        age = -dice.uniform(1, 80_000)
    elif chance < 0.035:
        age = -dice.uniform(100_000, 10_000_000)
    amount = round(dice.uniform(-3, 200), 2) if dice.random() > 0.01 else None
    paid_at = (now - timedelta(seconds=age)).isoformat()
    return json.dumps(
        {"payment_id": number, "cardId": f"c{dice.randrange(300)}", "amount": amount, "tags": ["a"], "paid_at": paid_at}
    ).encode()


def produce(topic: str, count: int, seed: int, partitions: int = 3) -> int:
    """Send messages, with copies, conflicts and broken ones among them; return how many."""
    dice, now = random.Random(seed), datetime.now(UTC)
    values: list[bytes | None] = []
    for number in range(count):
        value = dice.choice(BROKEN) if dice.random() < 0.01 else payment(f"{seed}-{number}", dice, now)
        values.append(value)
        if dice.random() < 0.02:
            values.append(dice.choice(values))
        if value is not None and dice.random() < 0.01:
            values.append(value.replace(b'"cardId": "c', b'"cardId": "d'))
    send([(topic, dice.randrange(partitions), b"k" if dice.random() < 0.5 else None, value) for value in values])
    return len(values)


def send(rows: list[tuple[str, int, bytes | None, bytes | None]]) -> None:
    """Send messages in the order in which they are given."""
    frame = spark.createDataFrame(rows, MESSAGES).coalesce(1)
    frame.write.format("kafka").option("kafka.bootstrap.servers", OPEN).save()


def produce_refunds(count: int, seed: int) -> int:
    """Send messages of CSV, each with the verdict that it is made for as its key; return how many."""
    dice, now = random.Random(seed), datetime.now(UTC)
    sent: list[tuple[str, str]] = []
    for number in range(count):
        at, amount = (now + timedelta(seconds=dice.uniform(0, 3))).isoformat(), f"{dice.randrange(2, 9999) / 100:.2f}"
        values = [f"r{number}", dice.choice((amount, "")), "".join(dice.choices(NOTES, k=dice.randrange(4))), at]
        late = [*values[:3], (now - timedelta(seconds=dice.uniform(40, 4000))).isoformat()]
        sent += dice.choice(
            (
                [(written(values), "accepted")],
                [(written(values), "accepted"), (written(values, csv.QUOTE_ALL), "duplicate")],
                [(written(values), "accepted"), (written([values[0], "0.01", *values[2:]]), "conflict")],
                [(written(late), "too_late")],
                [(written(values[:3]), "malformed")],
                [(written([*values, ""]), "malformed")],
                [(written([values[0], "much", *values[2:]]), "malformed")],
                [(written(["", *values[1:]]), "malformed")],
                [(written([*values[:3], "yesterday"]), "malformed")],
                [(written(values) + written(values), "malformed")],
            )
        )
    # One partition: what came first decides which of two is the copy.
    send([("shop.refunds", 0, verdict.encode(), text.encode()) for text, verdict in sent])
    return len(sent)


def codec(framed: bool) -> avro.Codec:
    """Return what writes and reads transfers, by the schema that the project has."""
    return avro.Codec("schemas/transfers.avsc", framed)


def produce_transfers(count: int, seed: int) -> int:
    """Send messages in Avro: most of now, some too late or too early, in copies, in conflict and broken; return how many."""
    dice, now, written = random.Random(seed), datetime.now(UTC), codec(framed=True)
    values: list[bytes | None] = []
    for number in range(count):
        age, chance = dice.uniform(0, 3), dice.random()
        if chance < 0.1:
            age = dice.choice((dice.uniform(40, 4000), -dice.uniform(100_000, 10**8)))
        row = avro.transfer(f"{number}", dice, now - timedelta(seconds=age))
        if chance > 0.99:
            row["made_at"] = dice.choice((-1, 1)) * dice.choice((2**63 // 1000, 10**15))
        values.append(written.message(row, dice))
        if chance < 0.2:
            values.append(written.message(row, dice))
        elif chance < 0.3:
            values.append(written.message(row | {"kind": "CARD", "serial": b"more"}, dice))
        elif chance < 0.6:
            values.append(avro.broken(values[-1] or b"", dice))
    send([("shop.transfers", dice.randrange(2), None, value) for value in values])
    return len(values)


# What Python has no value for is compared as a number.
COMPARED = {
    "day": "unix_date(day)",
    "noted_at": "unix_micros(CAST(noted_at AS TIMESTAMP))",
    "made_at": "unix_micros(made_at)",
}


def compared(row: Row) -> avro.Row:
    """Return a row of Spark as the reader of this suite has it."""
    values = row.asDict()
    shop, serial = values["shop"], values["serial"]
    score = struct.pack("<d", values["score"])
    return values | {"shop": shop and (shop["name"], shop["zip"]), "serial": bytes(serial), "score": score}


def transfers() -> dict[str, object]:
    """Compare verdicts and accepted rows of a topic of Avro with those of a plain program, of all times."""
    source, topic = sources.TRANSFERS_SOURCE, sources.TRANSFERS_TOPIC
    now, far = datetime.now(UTC), timedelta(days=400)
    quality.ingest(spark, source, Interval(now - far, now + far), settings.MARKS)
    reader = codec(framed=True)
    kept = read(spark, topic.history).collect()
    rows = [(row.partition, row.offset, row.ingested_at.astimezone(UTC), reader.read(row.value)) for row in kept]
    wanted = avro.judged(rows, source.lateness)
    found = {(row.partition, row.offset): row.verdict for row in read(spark, source.verdicts).select("partition", "offset", "verdict").collect()}
    names = [each.name for each in source.fields if each.name != "ingested_at"]
    stored = [compared(row) for row in read(spark, source.table).selectExpr(*(f"{COMPARED.get(name, name)} AS {name}" for name in names)).collect()]
    accepted = [row for partition, offset, _, row in rows if row is not None and wanted[partition, offset] == "accepted"]
    key = lambda row: (row["transfer_id"], row["made_at"])  # noqa: E731
    different = {str(place): [found.get(place), verdict] for place, verdict in wanted.items() if found.get(place) != verdict}
    return {
        "messages": len(kept),
        "different": dict(list(different.items())[:5]),
        "counts": dict(sorted(Counter(found.values()).items())),
        "stored": sorted(stored, key=key) == sorted(accepted, key=key),
        "sample": [[str(a), str(b)] for a, b in zip(sorted(stored, key=key), sorted(accepted, key=key), strict=False) if a != b][:2],
    }


def avro_messages(count: int, seed: int, framing: str) -> dict[str, object]:
    """Compare how messages in Avro are read with a reader that goes byte by byte."""
    dice, now, reader = random.Random(seed), datetime.now(UTC), codec(framing == "confluent")
    values: list[bytes | None] = []
    for number in range(count):
        message = reader.message(avro.transfer(f"{number}", dice, now), dice)
        values.append(message if dice.random() < 0.3 else avro.broken(message, dice))
    columns = sources.TRANSFERS_SOURCE.fields
    made = [(0, number, now, value) for number, value in enumerate(values)]
    frame = spark.createDataFrame(made, "partition INT, offset BIGINT, ingested_at TIMESTAMP, value BINARY")
    parsed = history.parsed(frame, columns, replace(sources.TRANSFERS_TOPIC.message_format, framing=framing))
    names = [each.name for each in columns if each.name != "ingested_at"]
    shown = [f"{COMPARED.get(name, name)} AS {name}" for name in names]
    rows = parsed.selectExpr(*shown, raw_rows.OFFSET, raw_rows.CORRUPT).collect()
    different, good = [], 0
    for row in rows:
        value = values[row[raw_rows.OFFSET]]
        wanted = reader.read(value)
        corrupt = row[raw_rows.CORRUPT]
        found = None if corrupt is not None else {name: each for name, each in compared(row).items() if name in names}
        good += wanted is not None
        if found != wanted or (corrupt is not None and corrupt != (value or b"").hex().upper()):
            different.append([(value or b"").hex(), str(found), str(wanted)])
    return {"rows": len(rows), "messages": len(values), "good": good, "different": different[:5], "wrong": len(different)}


NOTES = ("a", "é", " ", ",", '"', "\n", "\\", "b")


def written(values: list[str], quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Write a record as Python does."""
    text = io.StringIO()
    csv.writer(text, quoting=quoting).writerow(values)
    return text.getvalue()


def refunds() -> dict[str, object]:
    """Compare verdicts of a topic of CSV with those that its messages were made for, and what is stored with Python's reader."""
    source, topic = sources.REFUNDS_SOURCE, sources.REFUNDS_TOPIC
    kept = {(row.partition, row.offset): row for row in read(spark, topic.history).collect()}
    found = {(row.partition, row.offset): row.verdict for row in read(spark, source.verdicts).collect()}
    different = {str(place): [found.get(place), row.key.decode()] for place, row in kept.items() if found.get(place) != row.key.decode()}
    good = [row.value.decode() for row in kept.values() if row.key == b"accepted"]
    wanted = sorted(tuple(value or None for value in next(csv.reader(io.StringIO(text, newline="")))[:3]) for text in good)
    stored = sorted((row.refund_id, None if row.amount is None else str(row.amount), row.note) for row in read(spark, source.table).collect())
    return {
        "messages": len(kept),
        "different": dict(list(different.items())[:5]),
        "counts": dict(sorted(Counter(found.values()).items())),
        "stored": stored == wanted,
        "sample": [str(each) for each in set(stored) ^ set(wanted)][:4],
    }


def told() -> list[Any]:
    """Return what Kafka itself has of the topic."""
    reader = spark.read.format("kafka").option("kafka.bootstrap.servers", OPEN)
    frame = reader.option("subscribe", TOPIC.topic).load()
    return frame.select("partition", "offset", "timestamp", "key", "value").collect()


def kept() -> dict[str, object]:
    """Compare the history with the topic, byte by byte."""
    rows = read(spark, TOPIC.history).collect()
    found = [(row.partition, row.offset, row.ingested_at, row.key, row.value) for row in rows]
    wanted = [(row.partition, row.offset, row.timestamp, row.key, row.value) for row in told()]
    places = Counter(row[:2] for row in found)
    key = lambda row: row[:2]  # noqa: E731
    return {
        "messages": len(wanted),
        "rows": len(found),
        "repeated": sum(count - 1 for count in places.values()),
        "same": sorted(found, key=key) == sorted(wanted, key=key),
        "partitions": len({row[0] for row in wanted}),
        "types": sorted({row.timestamp_type for row in rows}),
    }


def verdicts(start: str, end: str) -> dict[str, object]:
    """Compare verdicts and accepted rows with what a plain program makes of the topic.

    The interval itself was run; those before and after it are run here, so that each message has its verdict.
    """
    interval = Interval(instant(start), instant(end))
    far = timedelta(days=400)
    own = {(row.partition, row.offset) for row in read(spark, SOURCE.verdicts).select("partition", "offset").collect()}
    others = (Interval(interval.start - far, interval.start), Interval(interval.end, interval.end + far))
    ingested = [quality.ingest(spark, SOURCE, other, settings.MARKS) for other in others]
    rows = read(spark, SOURCE.verdicts).collect()
    found = {(row.partition, row.offset): row.verdict for row in rows}
    messages = [(row.partition, row.offset, row.timestamp, row.value) for row in told()]
    wanted, accepted = oracle.judged(messages, timedelta(seconds=20), [interval, *others])
    table = read(spark, SOURCE.table).collect()
    stored = {(row.payment_id, row.paid_at): (row.cardId, row.amount, row.ingested_at) for row in table}
    different = {str(place): [found.get(place), verdict] for place, verdict in wanted.items() if found.get(place) != verdict}
    return {
        "rows": len(rows),
        "messages": len(messages),
        "once": len(found) == len(rows) == len(messages),
        "interval": len(own),
        "counts": dict(sorted(Counter(wanted.values()).items())),
        "different": dict(list(different.items())[:5]),
        "accepted": stored == accepted and len(table) == len(accepted),
        "missed": [outcome["missed"] for outcome in ingested],
        "sample": [str(each) for each in set(stored.items()) ^ set(accepted.items())][:4],
    }


def records(count: int, seed: int) -> dict[str, object]:
    """Compare how messages of CSV are read with a reader that goes letter by letter."""
    dice = random.Random(seed)
    pieces = ("a", "é", " ", ",", ",", '"', '""', '"x,\ny"', "\n", "\r\n", "1.5", "\\", "#", "\t", "\0")
    texts = sorted({"".join(dice.choices(pieces, k=dice.randrange(8))) for _ in range(count)} - {""})
    columns = [raw_rows.Field(name, "string") for name in ("first", "second", "third")]
    made = [(0, number, datetime.now(UTC), text.encode()) for number, text in enumerate(texts)]
    frame = spark.createDataFrame(made, "partition INT, offset BIGINT, ingested_at TIMESTAMP, value BINARY")
    rows = history.parsed(frame, columns, "csv").collect()
    different, good = [], 0
    for row in rows:
        text = texts[row[raw_rows.OFFSET]]
        wanted = oracle.record(text)
        fits = wanted is not None and len(wanted) == len(columns) and text.strip() != ""
        found = None if row[raw_rows.CORRUPT] is not None else [row.first, row.second, row.third]
        good += fits
        if found != (wanted if fits else None):
            different.append([text, found, wanted])
    return {"rows": len(rows), "texts": len(texts), "good": good, "different": different[:5], "wrong": len(different)}


def refused(topic: history.Topic) -> str:
    """Return why a stream cannot go on."""
    try:
        history.drain(spark, topic, settings.MARKS)
    except Exception as error:  # noqa: BLE001
        return str(error)
    return ""


def by_producers() -> dict[str, object]:
    """Read a topic whose messages have the time of their producers."""
    create("by.producers", 1, "CreateTime")
    produce("by.producers", 50, 5, partitions=1)
    place = f"{settings.MARKS}/../by_producers"
    topic = replace(TOPIC, source="by_producers", topic="by.producers", history=place, checkpoint=f"{place}/_checkpoint")
    why = refused(topic)
    return {"why": why, "rows": read(spark, place).count() if exists(place) else 0}


def without_checkpoint() -> dict[str, object]:
    """Go on without what the stream has begun."""
    before = read(spark, TOPIC.history).count()
    why = refused(replace(TOPIC, checkpoint=f"{TOPIC.checkpoint}_gone"))
    return {"why": why, "same": read(spark, TOPIC.history).count() == before}


def wrong_password(word: str) -> dict[str, object]:
    """Ask with another password."""
    variable = TOPIC.login.password.variable
    right = os.environ[variable]
    os.environ[variable] = word
    place = f"{settings.MARKS}/../elsewhere"
    why = refused(replace(TOPIC, source="elsewhere", history=place, checkpoint=f"{place}/_checkpoint"))
    os.environ[variable] = right
    return {"why": why}


def went_on(folder: str, source: str) -> dict[str, object]:
    """Let the changed stream of a folder take in what there is, and say what it did with what was there before."""
    path = f"{folder}/generated/local/spark/sources.py"
    spec = importlib.util.spec_from_file_location("changed_sources", path)
    changed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(changed)
    topic = getattr(changed, f"{source}_TOPIC")
    # Tables were put back to what they had been.
    spark._jvm.org.apache.spark.sql.delta.DeltaLog.clearCache()
    before = places(topic)
    why = refused(topic)
    after = places(topic)
    reader = spark.read.format("kafka").option("kafka.bootstrap.servers", OPEN).option("subscribe", topic.topic)
    messages = {(row.partition, row.offset): 1 for row in reader.load().select("partition", "offset").collect()}
    complete = not why and after == messages
    does = "differs"
    if why and after == before:
        does = "stops"
    elif complete and before and len(after) > len(before):
        does = "goes on"
    elif complete and not before:
        does = "begins anew"
    return {"does": does, "why": why[-1500:], "before": len(before), "after": len(after), "messages": len(messages)}


def places(topic: history.Topic) -> Counter[tuple[int, int]]:
    """Count how often each message is in a history."""
    if not exists(topic.history):
        return Counter()
    return Counter((row.partition, row.offset) for row in read(spark, topic.history).select("partition", "offset").collect())


COMMANDS = {
    "went_on": went_on,
    "create": create,
    "produce": produce,
    "kept": kept,
    "verdicts": verdicts,
    "produce_refunds": produce_refunds,
    "refunds": refunds,
    "records": records,
    "produce_transfers": produce_transfers,
    "transfers": transfers,
    "avro_messages": avro_messages,
    "by_producers": by_producers,
    "without_checkpoint": without_checkpoint,
    "wrong_password": wrong_password,
}

print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    name, *arguments = json.loads(line)
    print(json.dumps(COMMANDS[name](*arguments), default=str), flush=True)
spark.stop()
