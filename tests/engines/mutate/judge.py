"""What real Spark says of each mutant: `judge.py QUESTIONS ANSWERS`, both one JSON value a line. Nothing is executed."""

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "corpus"))

from py4j.protocol import Py4JJavaError
from session import Analyzer, field_text


class Spark(Analyzer):
    """Views by name; those that a mutant does not change are kept from the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, str] = {}

    def fields(self, sql: str) -> tuple[list[list[Any]] | None, dict[str, Any] | None]:
        """Columns of a query, or what Spark has against it and where."""
        try:
            schema = json.loads(self.java.sql(sql).schema().json())
        except Py4JJavaError as error:
            return None, refusal(self.told(error), sql)
        return [
            [field["name"], field_text({**field, "nullable": True}), field["nullable"]]
            for field in schema["fields"]
        ], None

    def view(self, name: str, key: str, make: Any) -> Any:
        """Make a view, unless it stands as it is wanted."""
        if self.made.get(name) != key:
            make()
            self.made[name] = key


def refusal(told: dict[str, Any], sql: str) -> dict[str, Any]:
    """The error condition, and the range of the text that Spark points at."""
    condition = told["errorClass"]
    # Characters are counted from 1 here; where no place is known, there is 0.
    place = next(iter(told.get("queryContext", [])), {})
    if place.get("startIndex", 0) > 0:
        return {
            "condition": condition,
            "start": place["startIndex"] - 1,
            "end": place["stopIndex"],
        }
    return {"condition": condition, "start": 0, "end": len(sql)}


def judge(spark: Spark, question: dict[str, Any]) -> dict[str, Any]:
    """Every refusal of a project's sources, queries and uses of columns; what stands on something refused is not asked."""
    keys: dict[str, str] = {}
    refused: list[dict[str, Any]] = []
    columns: dict[str, list[list[Any]]] = {}
    for source in question["sources"]:
        types = {
            each["name"]: each["type"] + ("" if each["nullable"] else " not null")
            for each in source["columns"]
        }
        keys[source["name"]] = json.dumps(types)
        spark.view(
            source["name"],
            keys[source["name"]],
            lambda source=source, types=types: spark.create_view(source["name"], types),
        )
    names = {each["name"] for each in question["transforms"]}
    unknown: set[str] = set()
    for transform in question["transforms"]:
        name, sql = transform["name"], transform["sql"]
        below = [other for other in sorted(unknown) if mentions(sql, other)]
        if below:
            unknown.add(name)
            continue
        found, problem = spark.fields(sql)
        if found is None:
            unknown.add(name)
            refused.append({"what": "query", "id": name, **problem})
            continue
        columns[name] = found
        keys[name] = sql + "".join(
            keys[other] for other in sorted(keys) if mentions(sql, other)
        )
        quoted = f"`{name}`"
        spark.view(
            name,
            keys[name],
            lambda sql=sql, quoted=quoted: spark.java.sql(sql).createOrReplaceTempView(
                quoted
            ),
        )
        if "declared" in transform and (
            difference := compare(transform["declared"], found)
        ):
            refused.append({"what": "declared", "id": name, "condition": difference})
            unknown.add(name)
    assert set(keys) | unknown >= names
    for use in question["uses"]:
        if any(table in unknown for table in use.get("needs", [use["table"]])):
            continue
        found, problem = spark.fields(use["sql"])
        if found is None:
            refused.append({"what": "use", "id": use["id"], **problem})
        elif "types" in use and found[0][1] not in use["types"]:
            refused.append(
                {"what": "use", "id": use["id"], "condition": f"is {found[0][1]}"}
            )
    return {"id": question["id"], "refused": refused, "columns": columns}


def mentions(sql: str, name: str) -> bool:
    """Whether a query reads a table: the queries of these projects name tables behind FROM and JOIN only."""
    return re.search(rf"\b(FROM|JOIN)\s+{name}\b", sql, re.IGNORECASE) is not None


def compare(declared: list[dict[str, Any]], found: list[list[Any]]) -> str | None:
    """Declared columns are those of the query, by name; a column that is declared NOT NULL is never NULL."""
    have = {name: (kind, nullable) for name, kind, nullable in found}
    for each in declared:
        if each["name"] not in have:
            return f"{each['name']} is not there"
        kind, nullable = have.pop(each["name"])
        if kind != each["type"]:
            return f"{each['name']} is {kind}"
        if nullable and not each["nullable"]:
            return f"{each['name']} may be NULL"
    return f"{next(iter(have))} is not declared" if have else None


def main() -> None:
    """Answer every question."""
    spark = Spark()
    with Path(sys.argv[1]).open() as questions, Path(sys.argv[2]).open("w") as answers:
        answers.writelines(
            json.dumps(judge(spark, json.loads(line))) + "\n" for line in questions
        )


if __name__ == "__main__":
    main()
