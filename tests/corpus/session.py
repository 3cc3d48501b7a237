"""A Spark session that only analyses: the settings that the corpus is true under, and schemas in the corpus' notation."""

import json
import re
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import py4j.java_gateway
import py4j.protocol
from py4j.protocol import Py4JError, Py4JJavaError

# PySpark replaces this on import with one that formats every error; the corpus raises thousands and needs the condition only.
PLAIN_RETURN_VALUE = py4j.protocol.get_return_value

from pyspark.sql import SparkSession  # noqa: E402

SETTINGS = {
    "spark.master": "local[1]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "false",
    "spark.sql.sources.default": "parquet",
}

# What Spark writes in place of a condition where an error of its own has none.
NO_CONDITION = "LEGACY"
# Of a difference, so much is shown.
MOST_CHANGES, MOST_OF_LINE = 40, 400
PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
ATOMS = {"integer": "int", "long": "bigint", "short": "smallint", "byte": "tinyint"}


class Rejected(Exception):
    """Spark's analyser said no."""

    def __init__(self, condition: str, fragment: str, parameters: dict[str, str]) -> None:
        super().__init__(condition)
        self.condition = condition
        self.fragment = fragment
        self.parameters = parameters


class Analyzer:
    """Asks Spark for the schema of a query; nothing is ever executed."""

    def __init__(self) -> None:
        builder = SparkSession.builder
        for key, value in SETTINGS.items():
            builder = builder.config(key, value)
        self.spark = builder.getOrCreate()
        self.version = self.spark.version
        py4j.java_gateway.get_return_value = PLAIN_RETURN_VALUE
        self.java = self.spark._jsparkSession
        self.jvm = self.spark._jvm
        self.errors = self.jvm.org.apache.spark.SparkThrowableHelper
        self.as_json = self.jvm.org.apache.spark.ErrorMessageFormat.MINIMAL()

    def create_view(self, name: str, columns: dict[str, str]) -> None:
        """An empty temporary view of columns in the corpus' notation."""
        schema = {"type": "struct", "fields": [json_field(column, text) for column, text in columns.items()]}
        parsed = self.jvm.org.apache.spark.sql.types.DataType.fromJson(json.dumps(schema))
        rows = self.jvm.java.util.ArrayList()
        quoted = name.replace("`", "``")
        self.java.createDataFrame(rows, parsed).createOrReplaceTempView(f"`{quoted}`")

    def schema(self, query: str) -> list[list[str]]:
        """[name, type] of every output column."""
        try:
            text = self.java.sql(query).schema().json()
        except Py4JJavaError as error:
            raise self.rejection(error) from None
        return [[field["name"], field_text(field)] for field in json.loads(text)["fields"]]

    def rejection(self, error: Py4JJavaError) -> Rejected:
        """What Spark objects to."""
        told = self.told(error)
        contexts = told.get("queryContext", [])
        return Rejected(told["errorClass"], contexts[0]["fragment"] if contexts else "", told.get("messageParameters", {}))

    def told(self, error: Py4JJavaError) -> dict[str, Any]:
        """An error as Spark's own JSON: one question, where its methods would be a hundred, and there are thousands of errors.

        Where Spark itself falls over there is no condition: then the name of the Java class stands for it.
        """
        thrown = error.java_exception
        try:
            told = json.loads(self.errors.getMessage(thrown, self.as_json))
        except Py4JError:
            told = {"errorClass": NO_CONDITION}
        return told if told["errorClass"] != NO_CONDITION else {"errorClass": thrown.getClass().getName()}


def field_text(field: dict) -> str:
    return type_text(field["type"]) + ("" if field["nullable"] else " not null")


def type_text(kind: object) -> str:
    """Spark's JSON of a type as text in which `not null` may stand after every type."""
    if isinstance(kind, str):
        return ATOMS.get(kind, kind)
    if kind["type"] == "array":
        return f"array<{type_text(kind['elementType'])}{'' if kind['containsNull'] else ' not null'}>"
    if kind["type"] == "map":
        value = type_text(kind["valueType"]) + ("" if kind["valueContainsNull"] else " not null")
        return f"map<{type_text(kind['keyType'])},{value}>"
    if kind["type"] == "struct":
        fields = ",".join(f"{name_text(field['name'])}:{field_text(field)}" for field in kind["fields"])
        return f"struct<{fields}>"
    return json.dumps(kind, sort_keys=True)


def name_text(name: str) -> str:
    return name if PLAIN_NAME.fullmatch(name) else "`" + name.replace("`", "``") + "`"


def json_field(name: str, text: str) -> dict:
    reader = Reader(text)
    kind, nullable = reader.typed()
    reader.end()
    return {"name": name, "type": kind, "nullable": nullable, "metadata": {}}


class Reader:
    """Reads the notation of types that `type_text` writes."""

    TOKEN = re.compile(r"\s*(not null|`(?:[^`]|``)*`|decimal\(\d+,\d+\)|interval [a-z]+(?: to [a-z]+)?|[A-Za-z_][A-Za-z0-9_]*|[<>,:])")
    SPARK = {text: json_name for json_name, text in ATOMS.items()}

    def __init__(self, text: str) -> None:
        self.tokens = self.TOKEN.findall(text)
        if "".join(self.tokens).replace(" ", "") != text.replace(" ", ""):
            message = f"not a type: {text}"
            raise ValueError(message)
        self.at = 0

    def next(self) -> str:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def skip(self, token: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += found
        return found

    def expect(self, token: str) -> None:
        if not self.skip(token):
            message = f"expected {token} at token {self.at} of {self.tokens}"
            raise ValueError(message)

    def end(self) -> None:
        if self.at != len(self.tokens):
            message = f"more than a type: {self.tokens}"
            raise ValueError(message)

    def typed(self) -> tuple[object, bool]:
        kind = self.kind()
        return kind, not self.skip("not null")

    def kind(self) -> object:
        word = self.next()
        if word == "array":
            self.expect("<")
            element, nullable = self.typed()
            self.expect(">")
            return {"type": "array", "elementType": element, "containsNull": nullable}
        if word == "map":
            self.expect("<")
            key = self.kind()
            self.expect(",")
            value, nullable = self.typed()
            self.expect(">")
            return {"type": "map", "keyType": key, "valueType": value, "valueContainsNull": nullable}
        if word == "struct":
            return {"type": "struct", "fields": list(self.fields())}
        return self.SPARK.get(word, word)

    def fields(self) -> Iterable[dict]:
        self.expect("<")
        if self.skip(">"):
            return
        while True:
            name = self.next()
            if name.startswith("`"):
                name = name[1:-1].replace("``", "`")
            self.expect(":")
            kind, nullable = self.typed()
            yield {"name": name, "type": kind, "nullable": nullable, "metadata": {}}
            if not self.skip(","):
                break
        self.expect(">")


def settle(path: Path, text: str, *, check: bool, said_by: str) -> list[str]:
    """Writes a file, or with `check` compares it: what differs, line by line."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before == text:
        return []
    if not check:
        path.write_text(text, encoding="utf-8", newline="\n")
        return []
    changes = list(unified_diff(before.splitlines(), text.splitlines(), "recorded", said_by, lineterm="", n=0))
    more = [f"… and {len(changes) - MOST_CHANGES} lines more"] if len(changes) > MOST_CHANGES else []
    return [f"{path.parent.name}/{path.name} differs from what {said_by} says", *(line[:MOST_OF_LINE] for line in changes[:MOST_CHANGES]), *more]
