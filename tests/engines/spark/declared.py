"""The columns that transforms declare, against what Spark's analyzer says of their SQL: names and types."""

import json
import subprocess
from pathlib import Path
from typing import Any

from harness import Totals
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as T

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
PROJECTS = [ROOT / "examples/fraud_detection", ROOT / "templates/init/batch", HERE / "project"]


def check(spark: SparkSession, totals: Totals) -> None:
    """Every project of the repository whose transforms are SQL."""
    for project in PROJECTS:
        # Tables of one project, or of what ran before, are not there for another.
        own = spark.newSession()
        done = subprocess.run(["node", str(HERE / "declared.mjs"), str(project)], capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        for source in said["sources"]:
            empty(own, source["columns"]).createOrReplaceTempView(source["name"])
        waiting = said["transforms"]
        while waiting:
            ready = [(each, frame) for each in waiting if (frame := analyzed(own, each["sql"])) is not None]
            if not ready:
                names = [each["name"] for each in waiting]
                totals.check(f"{project.name}: Spark analyzes {names}", False)
                break
            for each, frame in ready:
                frame.createOrReplaceTempView(each["name"])
                compare(f"{project.name}: {each['name']}", each["columns"], frame, totals)
            waiting = [each for each in waiting if each not in [one for one, _ in ready]]


def empty(spark: SparkSession, columns: list[dict[str, Any]]) -> DataFrame:
    """A table without rows."""
    fields = [T.StructField(each["name"], T._parse_datatype_string(each["type"]), each["nullable"]) for each in columns]
    return spark.createDataFrame([], T.StructType(fields))


def analyzed(spark: SparkSession, sql: str) -> DataFrame | None:
    """What Spark makes of a query; nothing while a table that it reads is not there yet."""
    try:
        return spark.sql(sql)
    except AnalysisException as error:
        if error.getCondition() == "TABLE_OR_VIEW_NOT_FOUND":
            return None
        raise


def compare(name: str, declared: list[dict[str, Any]], frame: DataFrame, totals: Totals) -> None:
    """A transform may leave its columns out; what it declares is as Spark has it."""
    found = {field.name: field for field in frame.schema}
    wrong = [
        f"{each['name']}: declared {each['type']}, Spark has {found[each['name']].dataType.simpleString()}"
        for each in declared
        if found[each["name"]].dataType.simpleString() != each["type"]
    ]
    totals.check(f"{name} has the declared types", not wrong and (not declared or set(found) == {each["name"] for each in declared}), wrong)
