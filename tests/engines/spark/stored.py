"""Every type that SQL can make, in a stored table: what Delta refuses or drops, the compiler refuses at that column, and nothing else."""

import json
from pathlib import Path

import pyspark
from harness import Compiler, Programs, Totals
from pyspark.sql import DataFrame, SparkSession

# Of an int column `n`.
EXPRESSIONS = [
    "n = 1", "CAST(n AS TINYINT)", "CAST(n AS SMALLINT)", "CAST(n AS BIGINT)", "CAST(n AS FLOAT)", "CAST('NaN' AS DOUBLE)",
    "CAST(n AS DECIMAL(38,10))", "CAST(n AS STRING)", "CAST(CAST(n AS STRING) AS BINARY)", "DATE '2026-01-01'",
    "TIMESTAMP '2026-01-01 00:00:00'", "TIMESTAMP_NTZ '2026-01-01 00:00:00'", "CAST('a' AS CHAR(3))",
    "array(n)", "map('a', n)", "map(struct(n AS a), 1)", "array(map('a', n))", "struct(n AS a)", "struct(struct(n AS a) AS b)",
    "parse_json(concat('{\"a\":', n, '}'))", "struct(parse_json('1') AS v, n AS n)", "array(parse_json('1'))", "map('a', parse_json('1'))",
    "NULL", "struct(NULL AS a, n AS b)", "struct(struct(NULL AS a, n AS c) AS b)", "array()", "array(NULL)", "map()", "map('a', NULL)",
    "array(struct(NULL AS a, n AS b))", "struct(array() AS a)", "map('a', struct(NULL AS a))",
    "make_dt_interval(n)", "CAST(make_dt_interval(n) AS INTERVAL DAY)", "make_ym_interval(n)", "CAST(make_ym_interval(n) AS INTERVAL YEAR)",
    "make_interval(n)", "array(make_dt_interval(n))", "struct(make_ym_interval(n) AS a)", "map('a', make_dt_interval(n))",
    "array(make_interval(n))", "struct()", "array(struct())", "struct(struct() AS a)",
]  # fmt: skip
# Types that Spark has from 4.1 on.
NEWER = ["max(TIME '10:00') OVER ()", "array(TIME '10:00')", "struct(TIME '10:00' AS a)"]


def check(spark: SparkSession, compiler: Compiler, folder: Path, totals: Totals) -> None:
    """The whole part."""
    version = pyspark.__version__.rpartition(".")[0]
    expressions = EXPRESSIONS if version == "4.0" else [*EXPRESSIONS, *NEWER]
    refused = refused_by_compiler(compiler, folder / "asked", version, expressions)
    programs = compiled(compiler, folder / "made", ">=4.0 <4.2", ["n"])
    missing_fields(spark, programs.module("settings").SPARK, folder / "older files", totals)
    lakehouse = programs.module("lakehouse")
    taken = [expression for number, expression in enumerate(expressions) if number not in refused]
    alone = [expression for number, expression in enumerate(expressions) if number in refused]
    # Those that can be compared as they are, and those that are compared as JSON: each a table of many columns.
    compared = [[each for each in taken if ("map" in each or "json" in each) is json_only] for json_only in (False, True)]
    groups = [*compared, *([expression] for expression in alone)]
    failures = {tuple(group): failure_of(spark, lakehouse, folder / f"table {at}", group) for at, group in enumerate(groups)}
    lost = {group: failure for group, failure in failures.items() if failure is not None and set(group) <= set(taken)}
    totals.check(f"{len(taken)} types are taken in stored tables, and Delta of Spark {version} keeps them", not lost, lost)
    needless = [group for group, failure in failures.items() if failure is None and set(group) <= set(alone)]
    totals.check(f"{len(alone)} are refused, and it does not keep them", not needless, needless)
    totals.check("there are some of both", min(len(taken), len(alone)) > 15, (len(taken), len(alone)))


def missing_fields(spark: SparkSession, settings: dict[str, str], folder: Path, totals: Totals) -> None:
    """A struct none of whose fields a file has: all versions of a range read the same."""
    spark.sql("SELECT 1 AS id, struct(1 AS a) AS s").write.parquet(str(folder))
    before = {key: spark.conf.get(key, None) for key in settings if key.startswith("spark.sql.legacy.")}
    for key in before:
        spark.conf.set(key, settings[key])
    found = spark.read.schema("id int, s struct<b: int>").parquet(str(folder)).collect()
    for key, value in before.items():
        spark.conf.unset(key) if value is None else spark.conf.set(key, value)
    totals.check("a struct of which a file has no field is NULL", [row.s for row in found] == [None], found)


def project(version: str, expressions: list[str]) -> dict:
    """A transform for each expression, stored."""
    columns = {"id": "int!", "at": "timestamp!", "n": "int!"}
    return {
        "mlspec": "v1",
        "project": "kept",
        "storage": {"path": "lake", "format": "delta"},
        "schedule": {"cron": "0 0 * * *", "start": "2026-01-01"},
        "environments": {"local": {"runtime": "local"}},
        "targets": {"spark": {"version": version}},
        "sources": {"numbers": {"files": {"path": "raw", "format": "parquet"}, "key": "id", "event_time": "at", "columns": columns}},
        "transforms": {
            f"t{number}": {"sql": f"SELECT id, at, {expression} AS c FROM numbers", "as": "table"}
            for number, expression in enumerate(expressions)
        },
    }


def refused_by_compiler(compiler: Compiler, folder: Path, version: str, expressions: list[str]) -> set[int]:
    """Numbers of the transforms with an error; in each file one line is one transform's SQL."""
    folder.mkdir(parents=True)
    spec = project(version, expressions)
    lines = []
    for name, transform in spec["transforms"].items():
        lines.append(json.dumps({name: transform}, ensure_ascii=False)[1:-1])
    spec["transforms"] = {}
    head = json.dumps(spec, ensure_ascii=False).removesuffix('"transforms": {}}')
    (folder / "mlspec.yaml").write_text(f'{head}"transforms": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    _, diagnostics = compiler.compile(folder)
    errors = [each for each in diagnostics if each["severity"] == "error"]
    unexpected = [each for each in errors if each["code"] not in ("unfit-type", "not-in-version")]
    if unexpected:
        raise RuntimeError(unexpected[:3])
    return {each["range"]["start"]["line"] - 2 for each in errors}


def compiled(compiler: Compiler, folder: Path, version: str, expressions: list[str]) -> Programs:
    """The emitted programs of a project that is fit."""
    folder.mkdir(parents=True)
    (folder / "mlspec.yaml").write_text(json.dumps(project(version, expressions)), encoding="utf-8")
    code, diagnostics = compiler.compile(folder)
    if code != 0:
        raise RuntimeError(diagnostics)
    return Programs(folder)


def failure_of(spark: SparkSession, lakehouse: object, folder: Path, expressions: list[str]) -> str | None:
    """What goes wrong with a table of these columns, as it is written as a whole, merged with the same rows, and with others."""

    def rows(first: int) -> DataFrame:
        columns = ", ".join(f"{expression} AS c{at}" for at, expression in enumerate(expressions))
        return spark.sql(f"SELECT id, {columns} FROM (SELECT 1 AS id, {first} AS n UNION ALL SELECT 2, {first} + 1)")

    def differs(path: str, wanted: DataFrame) -> str | None:
        found = spark.read.format("delta").load(path)
        if found.schema.simpleString() != wanted.schema.simpleString():
            return f"its columns are {found.schema.simpleString()}"
        same = sorted(map(repr, found.collect())) == sorted(map(repr, wanted.collect()))
        return None if same else "its rows are others"

    whole, merged = str(folder / "whole"), str(folder / "merged")
    try:
        for _ in range(2):
            lakehouse.create(rows(1), whole)
        if (failure := differs(whole, rows(1))) is not None:
            return failure
        for first in (1, 1, 5):
            lakehouse.merge(rows(first), merged, ["id"])
            if (failure := differs(merged, rows(first))) is not None:
                return failure
    except Exception as error:  # noqa: BLE001: Delta fails in many ways, from assertions on
        return f"{type(error).__name__}: {str(error).splitlines()[0][:120]}"
    return None
