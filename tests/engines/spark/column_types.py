"""Every type that a column can be declared with, read by the compiler and by Spark, stored, and read back."""

import json
import random
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from harness import Compiler, Programs, Totals
from pyspark.sql import SparkSession
from pyspark.sql import types as T

HERE = Path(__file__).parent
ATOMS = [
    "boolean", "tinyint", "byte", "smallint", "short", "int", "integer", "bigint", "long", "float", "real", "double",
    "string", "binary", "date", "timestamp", "timestamp_ltz", "timestamp_ntz", "decimal", "dec(7)", "decimal(38,38)", "decimal(1,0)",
]  # fmt: skip
REFUSED = [
    "interval day to second",
    "interval year",
    "varchar(3)",
    "char(2)",
    "variant",
    "void",
    "time",
    "string collate UTF8_LCASE",
    "object",
]


def written(chance: random.Random, depth: int) -> str:
    """A type, as a user may write it."""
    form = chance.choice(["atom", "array", "map", "struct"]) if depth else "atom"
    if form == "atom":
        precision = chance.randint(1, 38)
        return chance.choice([*ATOMS, f"decimal({precision}, {chance.randint(0, precision)})", "STRING", " Timestamp "])
    if form == "array":
        return f"array<{written(chance, depth - 1)}>"
    if form == "map":
        return f"map<{chance.choice(['string', 'int', 'date', 'decimal(5,2)'])},{written(chance, depth - 1)}>"
    fields = [
        f"{name}{chance.choice([':', ' ', ': '])}{written(chance, depth - 1)}"
        for name in chance.sample(["a", "B", "c_1", "Date"], chance.randint(1, 3))
    ]
    return f"struct<{', '.join(fields)}>"


def of_compiler(texts: Sequence[str]) -> Mapping[str, Any]:
    """What the compiler reads."""
    done = subprocess.run(["node", str(HERE / "types.mjs")], input=json.dumps({"types": texts}), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


DESCRIPTION = 'it\'s \\ "the" key 😀\n-- of /* each */ `row`'
NAMES = {"tinyint": "byte", "smallint": "short", "int": "integer", "bigint": "long"}


def as_spark(found: Mapping[str, Any]) -> Any:
    """The compiler's type in the JSON of Spark's schemas."""
    match found["kind"]:
        case "decimal":
            return f"decimal({found['precision']},{found['scale']})"
        case "array":
            return {"type": "array", "elementType": as_spark(found["element"]), "containsNull": found["containsNull"]}
        case "map":
            keys, values = as_spark(found["key"]), as_spark(found["value"])
            return {"type": "map", "keyType": keys, "valueType": values, "valueContainsNull": found["valueContainsNull"]}
        case "struct":
            fields = [{"name": f["name"], "type": as_spark(f["type"]), "nullable": f["nullable"], "metadata": {}} for f in found["fields"]]
            return {"type": "struct", "fields": fields}
    return NAMES.get(found["kind"], found["kind"])


def value(chance: random.Random, data_type: T.DataType) -> Any:
    """A value of a type, or NULL now and then."""
    if chance.random() < 0.2:
        return None
    match data_type:
        case T.BooleanType():
            return chance.random() < 0.5
        case T.ByteType() | T.ShortType() | T.IntegerType() | T.LongType():
            bits = {T.ByteType: 8, T.ShortType: 16, T.IntegerType: 32}.get(type(data_type), 64)
            return chance.choice([-(1 << (bits - 1)), (1 << (bits - 1)) - 1, 0, 7])
        case T.FloatType() | T.DoubleType():
            return chance.choice([0.5, -0.0, float("nan"), float("inf"), 1.5e30])
        case T.DecimalType():
            return Decimal(f"{chance.choice(['', '-'])}{10**data_type.precision - 1}E-{data_type.scale}")
        case T.BinaryType():
            return bytearray(chance.randbytes(3))
        case T.DateType():
            return date(1900, 1, 1) + timedelta(days=chance.randint(0, 80_000))
        case T.TimestampType():
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randint(-(10**15), 10**15))
        case T.TimestampNTZType():
            return datetime(1970, 1, 1) + timedelta(microseconds=chance.randint(-(10**15), 10**15))
        case T.ArrayType():
            return [value(chance, data_type.elementType) for _ in range(chance.randint(0, 3))]
        case T.MapType():
            keys = {T.StringType: ["x", "ä"], T.DateType: [date(2026, 1, 1)], T.IntegerType: [1, 2]}.get(
                type(data_type.keyType), [Decimal("1.50")]
            )
            return {key: value(chance, data_type.valueType) for key in keys}
        case T.StructType():
            return tuple(value(chance, each.dataType) for each in data_type.fields)
    return chance.choice(["", "a", "😀"])


def check(spark: SparkSession, compiler: Compiler, folder: Path, totals: Totals, seed: int) -> None:
    """The whole part."""
    chance = random.Random(seed)
    texts = list(dict.fromkeys([*ATOMS, *(written(chance, chance.randint(0, 3)) for _ in range(400))]))
    found = of_compiler([*texts, *REFUSED])
    spoken = {text: T.DataType.fromDDL(text.replace("dec(", "decimal(")) for text in texts}
    different = {
        text: (found[text], spoken[text].jsonValue())
        for text in texts
        if not found[text]["ok"] or as_spark(found[text]["value"]["type"]) != spoken[text].jsonValue()
    }
    totals.check(f"{len(texts)} types are read as Spark reads them", not different, list(different.items())[:5])
    taken = [text for text in REFUSED if found[text]["ok"]]
    totals.check(f"{len(REFUSED)} types that are not in the language are refused", not taken, taken)
    stored(spark, compiler, folder, totals, {f"c{number}": text for number, text in enumerate(texts[:120])}, chance)


def stored(
    spark: SparkSession, compiler: Compiler, folder: Path, totals: Totals, columns: Mapping[str, str], chance: random.Random
) -> None:
    """Columns of all types through a source: the table has the declared types, and every value."""
    folder.mkdir(parents=True)
    lake = folder / "lake"
    project = {
        "mlspec": "v1",
        "project": "types",
        "storage": {"path": str(lake), "format": "delta"},
        "schedule": {"cron": "0 0 * * *", "start": "2026-01-01"},
        "environments": {"local": {"runtime": "local"}},
        "targets": {"spark": {"version": ">=4.0 <4.2"}},
        "sources": {
            "all": {
                "files": {"path": str(lake / "raw"), "format": "parquet"},
                "key": "id",
                "event_time": "at",
                "columns": {"id": {"type": "int!", "description": DESCRIPTION}, "at": "timestamp!", **columns},
            }
        },
    }
    # `all` is a word that SQL reserves.
    project["sources"] = {"everything": project["sources"]["all"]}  # type: ignore[index]
    (folder / "mlspec.yaml").write_text(json.dumps(project, ensure_ascii=False, indent=1), encoding="utf-8")
    code, diagnostics = compiler.compile(folder)
    if not totals.check("a source with columns of all types compiles", code == 0, diagnostics[:3]):
        return
    schema = T.StructType.fromDDL("id int, at timestamp")
    for name, text in columns.items():
        schema.add(name, T.DataType.fromDDL(text.replace("dec(", "decimal(")))
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    rows = [(number, at, *(value(chance, each.dataType) for each in schema.fields[2:])) for number in range(30)]
    raw = spark.createDataFrame(rows, schema)
    raw.coalesce(1).write.parquet(str(lake / "raw"))
    programs = Programs(folder)
    outcome = programs.run("ingest_everything", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
    totals.check("and is ingested", outcome.code == 0, outcome.stderr[-3000:])
    table = spark.read.format("delta").load(str(lake / "types" / "sources" / "everything"))
    wrong = [
        (columns[each.name], each.dataType.jsonValue(), schema[each.name].dataType.jsonValue())
        for each in table.schema.fields
        if each.dataType.jsonValue() != schema[each.name].dataType.jsonValue()
    ]
    totals.check("its table has the declared types", not wrong, wrong[:5])
    required = {each.name for each in table.schema.fields if not each.nullable}
    totals.check("its table says NOT NULL where `!` does", required == {"id", "at"}, required)
    totals.check("its table has the descriptions", table.schema["id"].metadata == {"comment": DESCRIPTION}, table.schema["id"].metadata)
    before, after = ([row.asDict() for row in rows.orderBy("id").collect()] for rows in (raw, table))
    differ = [name for name in schema.names if [repr(row[name]) for row in before] != [repr(row[name]) for row in after]]
    totals.check(f"every value of {len(columns)} types comes back", not differ, differ)

    def version() -> int:
        return spark.sql(f"DESCRIBE HISTORY delta.`{lake}/types/sources/everything`").count()

    before = version()
    again = programs.run("ingest_everything", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
    totals.check("ingesting the same rows again writes nothing", (again.code, version()) == (0, before), again.stderr[-2000:])
