"""Asks Spark what it makes of every query under sql/ and writes (or with --check compares) the answers beside the queries."""

import json
import re
import sys
from pathlib import Path

from session import Analyzer, Rejected, settle

SQL = Path(__file__).parent / "sql"
HEADER = re.compile(r"^-- # (\S+)$", re.MULTILINE)


def read_queries(path: Path) -> dict[str, str]:
    """Name to text; a query begins with `-- # name` and goes on up to the next one."""
    parts = HEADER.split(path.read_text(encoding="utf-8"))
    if parts[0].strip():
        sys.exit(f"{path.name}: text before the first query")
    queries = {}
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        if name in queries:
            sys.exit(f"{path.name}: two queries named {name}")
        queries[name] = text.strip()
    return queries


def accepted_text(answers: dict[str, list[list[str]]]) -> str:
    """JSON with one line per column, so that a difference shows the column."""
    blocks = []
    for name, columns in answers.items():
        lines = ",\n".join(f"    {json.dumps(column, ensure_ascii=False)}" for column in columns)
        blocks.append(f"  {json.dumps(name)}: [\n{lines}\n  ]")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def rejected_text(answers: dict[str, dict[str, str]]) -> str:
    lines = [f"  {json.dumps(name)}: {json.dumps(answer, ensure_ascii=False)}" for name, answer in answers.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def judge(analyzer: Analyzer, path: Path, wrong: list[str]) -> tuple[dict, dict]:
    """The answers of one file: columns of what Spark accepts, errors of what it rejects."""
    accepted, rejected = {}, {}
    for name, query in read_queries(path).items():
        try:
            accepted[name] = analyzer.schema(query)
        except Rejected as error:
            rejected[name] = {"error": error.condition, "at": error.fragment}
            if path.parent.name != "rejected":
                wrong.append(f"{path.stem}/{name} is rejected: {error.condition} {error.parameters}")
        else:
            if path.parent.name == "rejected":
                wrong.append(f"{path.stem}/{name} is accepted: {accepted[name]}")
    return accepted, rejected


def main() -> None:
    check = "--check" in sys.argv[1:]
    analyzer = Analyzer()
    for name, columns in json.loads((SQL / "tables.json").read_text(encoding="utf-8")).items():
        analyzer.create_view(name, columns)
    wrong: list[str] = []
    counts = {"accepted": 0, "rejected": 0}
    for path in sorted(SQL.glob("*/*.sql")):
        kind = path.parent.name
        accepted, rejected = judge(analyzer, path, wrong)
        text = rejected_text(rejected) if kind == "rejected" else accepted_text(accepted)
        counts["accepted"] += len(accepted)
        counts["rejected"] += len(rejected)
        wrong += settle(path.with_suffix(".json"), text, check=check, said_by=f"Spark {analyzer.version}")
    print(f"Spark {analyzer.version}: {counts['accepted']} queries accepted, {counts['rejected']} rejected")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
