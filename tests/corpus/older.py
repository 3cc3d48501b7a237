"""Asks an older Spark about every query and function of the corpus and writes (or with --check compares) what differs from the newest.

Of the queries and calls that the newest Spark takes, every one is asked; what it refuses is refused by us whatever older ones say.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from functions import FOLDER, OPERATORS, TYPES, create_probe
from queries import SQL, read_queries
from session import Analyzer, Rejected, settle

REFUSED = re.compile(r"[A-Z_]{4,}|(\w+\.)+\w+$")
PREFIXES = ("v", "n")
NOT_FUNCTIONS = {"pairs", "casts"}


def queries(analyzer: Analyzer) -> dict[str, object]:
    """By `kind/family/name`, the answer of this Spark where it is another."""
    for name, columns in json.loads((SQL / "tables.json").read_text(encoding="utf-8")).items():
        analyzer.create_view(name, columns)
    found = {}
    for path in sorted(SQL.glob("*/*.sql")):
        newest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for name, query in read_queries(path).items():
            answer = answer_to(analyzer, query)
            known = newest[name]["error"] if isinstance(newest[name], dict) else newest[name]
            if answer != known:
                found[f"{path.parent.name}/{path.stem}/{name}"] = answer
    return found


def answer_to(analyzer: Analyzer, query: str) -> object:
    """Columns, or the error's condition."""
    try:
        return analyzer.schema(query)
    except Rejected as rejected:
        return rejected.condition


def functions(analyzer: Analyzer) -> dict[str, object]:
    """By function the outcomes of its probes that are others, by probe and type of the argument; or why it is not there."""
    create_probe(analyzer)
    there = {row[0] for row in analyzer.spark.sql("SHOW FUNCTIONS").collect()}
    found: dict[str, object] = {}
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem in NOT_FUNCTIONS:
            continue
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items():
            if name not in there:
                found[name] = "UNRESOLVED_ROUTINE"
                continue
            labels = {label: holes(label, outcomes) for label, outcomes in entry.get("probes", {}).items()}
            different = {label: made for label, cases in labels.items() if (made := differences(analyzer, cases))}
            if different:
                found[name] = different
    return found


# Query, expected outcome, what it is called in the answers.
Case = tuple[str, str, str, str]


def holes(label: str, outcomes: Mapping[str, str]) -> list[Case]:
    """For each type that a probe's hole takes: expression, rest of the query, expected outcome, type."""
    call, rest = split_call(label)
    if call.count("?") != 1:
        return []
    before, _, after = call.partition("?")
    over, _, origin = rest.partition("FROM ")
    tables = f"probe, {origin}" if origin else "probe"
    return [
        (f"{before}{prefix}_{TYPES[kind]}{after} {over}", f"FROM {tables}", expected, kind)
        for kind, made in by_type(outcomes)
        for prefix, expected in zip(PREFIXES, made, strict=True)
    ]


def by_type(outcomes: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each type with what the newest Spark makes of a NOT NULL and of a nullable column of it, where it takes them."""
    for text, kinds in outcomes.items():
        first, _, second = text.partition(" / ")
        for kind in kinds.split(" | "):
            made = tuple(re.sub(r"^T(?= not null$|$)", kind, outcome) for outcome in (first, second or first))
            if not any(REFUSED.match(outcome) for outcome in made):
                yield kind, made


def split_call(label: str) -> tuple[str, str]:
    """`f(?, 1) OVER (…)FROM VALUES …` into the call and the rest."""
    depth, quote = 0, ""
    for at in range(label.index("(") if "(" in label else len(label), len(label)):
        char = label[at]
        if quote:
            quote = "" if char == quote and label[at - 1] != "\\" else quote
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return label[: at + 1], label[at + 1 :].strip()
    return label, ""


def differences(analyzer: Analyzer, cases: list[Case]) -> dict[str, str]:
    """All in one query; one by one where that query is refused, or gives something else."""
    if not cases:
        return {}
    together = answer_to(analyzer, f"SELECT {', '.join(expression for expression, *_ in cases)} {cases[0][1]}")
    if isinstance(together, list) and [kind for _, kind in together] == [expected for _, _, expected, _ in cases]:
        return {}
    found = {}
    for expression, rest, expected, kind in cases:
        answer = answer_to(analyzer, f"SELECT {expression} {rest}")
        made = ", ".join(column[1] for column in answer) if isinstance(answer, list) else str(answer)
        if made != expected:
            found[kind] = made
    return found


def operators(analyzer: Analyzer) -> dict[str, dict[str, str]]:
    """The same for pairs of operands, and casts."""
    found = {}
    for operator, lefts in json.loads((FOLDER / "pairs.json").read_text(encoding="utf-8")).items():
        for left, outcomes in lefts.items():
            if made := differences(analyzer, list(pairs(operator, left, outcomes))):
                found[f"{left} {operator}"] = made
    for word, sources in json.loads((FOLDER / "casts.json").read_text(encoding="utf-8")).items():
        for source, outcomes in sources.items():
            cases = [
                (f"{word}({prefix}_{TYPES[source]} AS {target})", "FROM probe", expected, target)
                for target, made in by_type(outcomes)
                for prefix, expected in zip(PREFIXES, made, strict=True)
            ]
            if made := differences(analyzer, cases):
                found[f"{word} {source}"] = made
    return found


def pairs(operator: str, left: str, outcomes: Mapping[str, str]) -> Iterator[Case]:
    """A column of one type with one of each other that it goes with."""
    opening, middle, closing = {"in": ("", " IN (", ")"), "if": ("if(v_bool, ", ", ", ")")}.get(
        operator, ("", f" {operator} ", "") if operator in OPERATORS else (f"{operator}(", ", ", ")")
    )
    for text, kinds in outcomes.items():
        made = text.split(" / ")
        if any(REFUSED.match(outcome) for outcome in made):
            continue
        for kind in kinds.split(" | "):
            for place, (a, b) in enumerate(("vv", "nv", "vn", "nn")):
                expected = made[place] if len(made) > 1 else made[0]
                yield f"{opening}{a}_{TYPES[left]}{middle}{b}_{TYPES[kind]}{closing}", "FROM probe", expected, kind


def main() -> None:
    check = "--check" in sys.argv[1:]
    analyzer = Analyzer()
    minor = ".".join(analyzer.version.split(".")[:2])
    answers = {"queries": queries(analyzer), "functions": functions(analyzer), "operators": operators(analyzer)}
    text = json.dumps(answers, indent=1, ensure_ascii=False) + "\n"
    print(f"Spark {analyzer.version} differs in {', '.join(f'{len(found)} {part}' for part, found in answers.items())}")
    wrong = settle(Path(__file__).parent / f"spark-{minor}.json", text, check=check, said_by=f"Spark {analyzer.version}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
