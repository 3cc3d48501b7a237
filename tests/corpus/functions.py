"""Asks Spark about every built-in function and writes (or with --check compares) one JSON file per group under functions/.

For each function: what Spark's registry says, how many arguments it takes, the columns that its documented examples have,
and for each argument of an example what becomes of the result when a column of another type stands there.
"""

import json
import re
import sys
from itertools import product
from pathlib import Path

from session import Analyzer, Rejected, settle

FOLDER = Path(__file__).parent / "functions"
TYPES = {
    "boolean": "bool",
    "tinyint": "ti",
    "smallint": "si",
    "int": "i",
    "bigint": "bi",
    "float": "f",
    "double": "d",
    "decimal(10,2)": "dec",
    "string": "s",
    "binary": "bin",
    "date": "dt",
    "timestamp": "ts",
    "timestamp_ntz": "ntz",
    "array<int>": "arr",
    "map<string,int>": "m",
    "struct<a:int>": "st",
    "interval day to second": "dti",
    "interval year to month": "ymi",
}
OPERATORS = ["+", "-", "*", "/", "%", "DIV", "=", "<=>", "<", "||", "&"]
PAIRS = ["coalesce", "nvl", "nullif", "greatest", "array", "concat", "pmod", "try_add", "try_divide"]
MOST_ARGUMENTS = 8
OPENING, CLOSING = "([{", ")]}"
# They are words of the grammar: what they mean is in the operators' table and in the corpus of queries.
NOT_CALLS = {"and", "between", "case", "when", "not", "in", "or", "!", "||", "~"}
NOT_NULL = " not null"
OVER = " OVER (PARTITION BY v_bool ORDER BY v_i) FROM probe"
# Calls that neither an example nor columns of one type give: they need literals, or a window.
MORE_CALLS = {
    "count_if": [(["v_bool"], " FROM probe")],
    "lag": [(["v_i", "1", "v_i"], OVER)],
    "lead": [(["v_i", "1", "v_i"], OVER)],
    "nth_value": [(["v_i", "2"], OVER)],
    "ntile": [(["4"], OVER)],
    "percentile": [(["v_i", "array(0.5, 0.9)"], " FROM probe")],
    "window": [(["v_ts", "'1 hour'"], " FROM probe")],
}


def not_null_text(kind: str) -> str:
    return kind.replace("<int>", "<int not null>").replace(",int>", ",int not null>").replace("a:int>", "a:int not null>") + NOT_NULL


def create_probe(analyzer: Analyzer) -> None:
    """One view with a nullable (n_) and a NOT NULL (v_) column of each type."""
    columns = {f"n_{short}": kind for kind, short in TYPES.items()}
    columns |= {f"v_{short}": not_null_text(kind) for kind, short in TYPES.items()}
    analyzer.create_view("probe", columns)


def split_arguments(text: str) -> list[str]:
    """Arguments at the top level of a call; quotes and brackets hide commas."""
    found, depth, quote, last = [], 0, "", ""
    current = ""
    for char in text:
        if quote:
            quote = "" if char == quote and last != "\\" else quote
        elif char in "'\"":
            quote = char
        elif char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth -= 1
        if char == "," and depth == 0 and not quote:
            found.append(current.strip())
            current = ""
        else:
            current += char
        last = char
    return [*found, current.strip()] if current.strip() else found


def example_queries(info: object) -> list[str]:
    """The SELECT statements of a function's documentation."""
    text = str(info.getExamples() or "").replace("_FUNC_", info.getName())
    return [" ".join(found.split()) for found in re.findall(r"^\s*>\s*(SELECT.*?);\s*$", text, re.MULTILINE | re.DOTALL)]


def call_of(name: str, query: str) -> tuple[list[str], str] | None:
    """Arguments and the rest (FROM, OVER …) of an example that is one call."""
    start = re.match(rf"SELECT {re.escape(name)}\s*\(", query, re.IGNORECASE)
    if start is None:
        return None
    depth, quote = 1, ""
    for at in range(start.end(), len(query)):
        char = query[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        else:
            depth += (char in OPENING) - (char in CLOSING)
        if depth == 0:
            rest = query[at + 1 :].strip()
            inner = query[start.end() : at]
            plain = rest == "" or rest.upper().startswith("FROM")
            return (split_arguments(inner), rest) if plain and not re.search(r"\bDISTINCT\b|=>", inner) else None
    return None


class Prober:
    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.asked = 0

    def outcome(self, query: str) -> list[str] | str:
        """Types of the columns, or Spark's error condition."""
        self.asked += 1
        try:
            return [column[1] for column in self.analyzer.schema(query)]
        except Rejected as error:
            return error.condition

    def function(self, name: str, info: object) -> dict:
        group = info.getGroup()
        entry: dict = {"group": group, "class": (info.getClassName() or "").rsplit(".", 1)[-1], "since": info.getSince() or ""}
        if info.getDeprecated() or "":
            entry["deprecated"] = " ".join(info.getDeprecated().split())
        if name in NOT_CALLS or not re.fullmatch(r"\w+", name):
            return entry
        entry["arity"] = self.arity(name, group)
        entry["examples"] = self.examples(info)
        seeds = self.seeds(name, info)
        entry["deterministic"] = self.deterministic(name, seeds)
        entry["probes"] = self.probes(name, seeds)
        return entry

    def arity(self, name: str, group: str) -> dict:
        """How many arguments are taken, and the error for other numbers."""
        taken, errors = [], set()
        for count in range(MOST_ARGUMENTS + 1):
            call = f"{name}({', '.join(['NULL'] * count)})"
            found = self.outcome(f"SELECT * FROM {call}" if group == "table_funcs" else f"SELECT {call}")
            if isinstance(found, str) and (found.startswith("WRONG_NUM_ARGS") or "NUM_ARGS" in found):
                errors.add(found)
            else:
                taken.append(count)
        return {"taken": taken, "otherwise": sorted(errors)}

    def examples(self, info: object) -> dict:
        found = {}
        for query in example_queries(info):
            try:
                found[query] = self.analyzer.schema(query)
            except Rejected as error:
                found[query] = error.condition
        return found

    def deterministic(self, name: str, seeds: list[tuple[list[str], str]]) -> bool | None:
        """As Spark's own expression says; nothing where no accepted call is known."""
        calls = [f"SELECT {name}({', '.join(arguments)}) {rest}" for arguments, rest in seeds] or [f"SELECT {name}()"]
        for query in calls:
            if not isinstance(self.outcome(query), str):
                plan = self.analyzer.java.sql(query).queryExecution().analyzed()
                return all(plan.expressions().apply(at).deterministic() for at in range(plan.expressions().size()))
        return None

    def seeds(self, name: str, info: object) -> list[tuple[list[str], str]]:
        """One accepted call for each number of arguments: from the examples, else of columns of one type."""
        found: dict[int, tuple[list[str], str]] = {}
        for query in example_queries(info):
            call = call_of(name, query)
            if call is not None and len(call[0]) not in found and not isinstance(self.outcome(query), str):
                found[len(call[0])] = call
        over = " OVER (PARTITION BY v_bool ORDER BY v_i)" if info.getGroup() == "window_funcs" else ""
        for count, short in product((1, 2, 3), TYPES.values()):
            if count in found or info.getGroup() == "table_funcs":
                continue
            arguments = [f"v_{short}"] * count
            if not isinstance(self.outcome(f"SELECT {name}({', '.join(arguments)}){over} FROM probe"), str):
                found[count] = (arguments, f"{over} FROM probe")
        return [*(found[count] for count in sorted(found)), *MORE_CALLS.get(name, [])]

    def probes(self, name: str, seeds: list[tuple[list[str], str]]) -> dict:
        """Call with a hole to outcome to the types that have it."""
        found = {}
        for arguments, rest in seeds:
            for hole in range(len(arguments)):
                pattern = [*arguments[:hole], "?", *arguments[hole + 1 :]]
                label = f"{name}({', '.join(pattern)}){rest}".replace(" FROM probe", "").strip()
                found[label] = self.hole(f"{name}({', '.join(pattern)})", rest)
        return found

    def hole(self, call: str, rest: str) -> dict[str, str]:
        by_outcome: dict[str, list[str]] = {}
        source = rest.replace(" FROM probe", "")
        over, _, origin = source.partition("FROM ")
        tables = f"probe, {origin}" if origin else "probe"
        before, _, after = call.partition("?")
        for kind, short in TYPES.items():
            made = [self.outcome(f"SELECT {before}{prefix}_{short}{after} {over} FROM {tables}") for prefix in "vn"]
            by_outcome.setdefault(outcome_text(made, kind), []).append(kind)
        return {outcome: " | ".join(kinds) for outcome, kinds in by_outcome.items()}

    def matrix(self, left: str, middle: str, right: str) -> dict[str, dict[str, str]]:
        """Outcomes of two operands: left type to outcome to right types."""
        found = {}
        for kind, short in TYPES.items():
            by_outcome: dict[str, list[str]] = {}
            for other, second in TYPES.items():
                first = self.outcome(f"SELECT {left}v_{short}{middle}v_{second}{right} FROM probe")
                made = [first]
                if not isinstance(first, str):
                    ways = ("nv", "vn", "nn")
                    parts = ", ".join(f"{left}{a}_{short}{middle}{b}_{second}{right}" for a, b in ways)
                    made += [[text] for text in self.outcome(f"SELECT {parts} FROM probe")]
                by_outcome.setdefault(outcome_text(made, ""), []).append(other)
            found[kind] = {outcome: " | ".join(kinds) for outcome, kinds in by_outcome.items()}
        return found


def outcome_text(made: list[list[str] | str], kind: str) -> str:
    """`NOT NULL result / nullable result`, one where they are equal; T stands for the type of the argument."""
    texts = []
    for types in made:
        text = types if isinstance(types, str) else ", ".join(types)
        if not isinstance(types, str) and kind and not kind.startswith(("array", "map", "struct")):
            text = re.sub(rf"^{re.escape(kind)}(?= not null$|$)", "T", text)
        if text not in texts or len(made) > 2:
            texts.append(text)
    return texts[0] if len(set(texts)) == 1 else " / ".join(texts)


def block(entries: dict) -> str:
    """JSON with a line for every fact, so that a difference is readable."""
    parts = []
    for name, entry in entries.items():
        lines = []
        for key, value in entry.items():
            if isinstance(value, dict) and key != "arity" and value:
                inner = ",\n".join(f"      {dump(k)}: {dump(v)}" for k, v in value.items())
                lines.append(f"    {dump(key)}: {{\n{inner}\n    }}")
            else:
                lines.append(f"    {dump(key)}: {dump(value)}")
        parts.append(f"  {dump(name)}: {{\n" + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def infos(analyzer: Analyzer) -> list[tuple[str, object]]:
    catalog = analyzer.java.sessionState().catalog()
    identifier = analyzer.jvm.org.apache.spark.sql.catalyst.FunctionIdentifier
    names = [row[0] for row in analyzer.spark.sql("SHOW FUNCTIONS").collect()]
    return [(name, catalog.lookupFunctionInfo(identifier(name))) for name in sorted(set(names))]


def gather(prober: Prober) -> dict[str, str]:
    groups: dict[str, dict] = {}
    for name, info in infos(prober.analyzer):
        entry = prober.function(name, info)
        groups.setdefault(entry.pop("group") or "operators", {})[name] = entry
    files = {group: block(entries) for group, entries in groups.items()}
    pairs = {operator: prober.matrix("", f" {operator} ", "") for operator in OPERATORS}
    pairs |= {name: prober.matrix(f"{name}(", ", ", ")") for name in PAIRS}
    pairs["if"] = prober.matrix("if(v_bool, ", ", ", ")")
    pairs["in"] = prober.matrix("", " IN (", ")")
    files["pairs"] = block(pairs)
    files["casts"] = block({"cast": casts(prober, "CAST"), "try_cast": casts(prober, "TRY_CAST")})
    return files


def casts(prober: Prober, word: str) -> dict[str, dict[str, str]]:
    found = {}
    for kind, short in TYPES.items():
        by_outcome: dict[str, list[str]] = {}
        for target in TYPES:
            made = [prober.outcome(f"SELECT {word}({prefix}_{short} AS {target}) FROM probe") for prefix in "vn"]
            by_outcome.setdefault(outcome_text(made, target), []).append(target)
        found[kind] = {outcome: " | ".join(kinds) for outcome, kinds in by_outcome.items()}
    return found


def main() -> None:
    check = "--check" in sys.argv[1:]
    analyzer = Analyzer()
    create_probe(analyzer)
    prober = Prober(analyzer)
    wrong = []
    files = gather(prober)
    FOLDER.mkdir(exist_ok=True)
    for group, text in sorted(files.items()):
        wrong += settle(FOLDER / f"{group}.json", text, check=check, said_by=f"Spark {analyzer.version}")
    print(f"Spark {analyzer.version}: {len(files)} groups of functions, {prober.asked} questions asked")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
