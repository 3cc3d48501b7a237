"""Random expressions of the closed grammar, as the two printers say them: Spark and Python must agree.

The expressions are the derived features of a project, so that they go the whole way: parsed, typed, refused or
printed by the compiler, then taken out of the emitted files.
"""

import ast
import json
import math
import random
import struct
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from harness import Compiler, Totals
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

HERE = Path(__file__).parent
# Column: type, kind, and a value at random.
Maker = Callable[[random.Random], Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def whole(bits: int) -> Maker:
    """Integers, most of them small, some at the limits."""
    limit = 1 << (bits - 1)
    extreme = [0, 1, -1, limit - 1, -limit]
    return lambda r: r.choice(extreme) if r.random() < 0.15 else r.randint(-9, 30)


def exact(precision: int, scale: int) -> Maker:
    """Decimals, some of as many digits as there are."""

    def make(r: random.Random) -> Decimal:
        digits = precision if r.random() < 0.1 else min(precision, scale + 2)
        return Decimal(f"{r.choice(('', '', '-'))}{r.randint(0, 10**digits - 1)}E-{scale}")

    return make


def floating(r: random.Random) -> float:
    """Doubles of all kinds."""
    odd = [0.0, -0.0, math.nan, math.inf, -math.inf, 1e308, 5e-324, 0.1, -2.5]
    return r.choice(odd) if r.random() < 0.25 else round(r.uniform(-50, 50), r.randint(0, 6))


def single(r: random.Random) -> float:
    """A double that is to become a float."""
    return r.choice([0.1, 2.5, -7.3, 16777217.0, math.nan, math.inf, 0.0, r.uniform(-9, 9)])


def text(r: random.Random) -> str:
    """Strings whose order is not the same in every alphabet."""
    plain = ["", "a", "A", "b", "é", "z", "😀", "\ufffd", "\U00010000", "it's", "a\nb", "\\", "10", "9", "true"]
    # Spaces that are trimmed and white space that is not; letters whose other case is longer, or depends on where they stand.
    return r.choice([*plain, " a ", "\t b  ", "ΑΣ", "İ", "ß", "e\u0301"])


def moment(r: random.Random) -> datetime:
    """Instants before and after 1970, with microseconds."""
    micros = r.choice([0, -1, 1, 999, r.randint(-(10**15), 2 * 10**15)])
    return EPOCH + timedelta(microseconds=micros)


COLUMNS: Mapping[str, tuple[str, str, Maker]] = {
    "i8": ("tinyint", "num", whole(8)),
    "i16": ("smallint", "num", whole(16)),
    "i32": ("int", "num", whole(32)),
    "i64": ("bigint", "num", whole(64)),
    "sure": ("int!", "num", lambda r: r.randint(-5, 5)),
    "f32": ("float", "num", single),
    "f64": ("double", "num", floating),
    "g64": ("double", "num", floating),
    "d5_2": ("decimal(5,2)", "num", exact(5, 2)),
    "d12_4": ("decimal(12,4)", "num", exact(12, 4)),
    "d38_18": ("decimal(38,18)", "num", exact(38, 18)),
    "d38_0": ("decimal(38,0)", "num", exact(38, 0)),
    "s": ("string", "text", text),
    "with space": ("string", "text", text),
    "dotted.name": ("string!", "text", text),
    "back`tick": ("int", "num", whole(32)),
    "Select": ("boolean", "bool", lambda r: r.random() < 0.5),
    "flag": ("boolean", "bool", lambda r: r.random() < 0.5),
    "day": ("date", "day", lambda r: moment(r).date()),
    "ts": ("timestamp", "time", moment),
    "other": ("timestamp", "time", moment),
}
NUMBERS = ["0", "1", "-1", "2", "7", "0.5", "-2.50", "1.005", "100", "2147483647", "3000000000", "1e2", "-1.5e-3"]
TEXTS = ["''", "'  é '", "'a'", "'é'", "'😀'", "'it''s'", "'a\\nb'", "'\\\\'", '"b"', "'9'"]


@dataclass(frozen=True)
class Writer:
    """Writes expressions as a user may."""

    chance: random.Random

    def pick(self, *options: Callable[[], str]) -> str:
        """One of several ways."""
        return self.chance.choice(options)()

    def column(self, *kinds: str) -> str:
        """A column of a kind."""
        name = self.chance.choice([name for name, (_, kind, _) in COLUMNS.items() if kind in kinds])
        plain = name.replace("_", "").isalnum() and name != "Select"
        return name if plain else f"`{name.replace('`', '``')}`"

    def of(self, kind: str, depth: int) -> str:
        """An expression of a kind."""
        return {"num": self.number, "bool": self.condition, "text": self.text}.get(kind, self.time)(depth)

    def shared(self, kind: str, depth: int) -> list[Callable[[], str]]:
        """Forms that there are of every kind."""

        def sub() -> str:
            return self.of(kind, depth - 1)

        def case() -> str:
            branches = " ".join(f"WHEN {self.condition(depth - 1)} THEN {sub()}" for _ in range(self.chance.randint(1, 2)))
            otherwise = self.chance.choice(["", f" ELSE {sub()}", " ELSE NULL"])
            return f"CASE {branches}{otherwise} END"

        return [
            case,
            lambda: f"if({self.condition(depth - 1)}, {sub()}, {sub()})",
            lambda: f"nvl2({self.condition(depth - 1)}, {sub()}, {sub()})",
            lambda: f"{self.chance.choice(['nvl', 'ifnull', 'coalesce'])}({sub()}, {sub()})",
            lambda: f"coalesce(NULL, {sub()}, {sub()})",
            lambda: f"nullif({sub()}, {sub()})",
            lambda: f"{self.chance.choice(['greatest', 'least'])}({', '.join(sub() for _ in range(self.chance.randint(2, 3)))})",
        ]

    def number(self, depth: int) -> str:
        """A number."""
        if depth <= 0:
            return self.pick(lambda: self.column("num"), lambda: self.column("num"), lambda: self.chance.choice(NUMBERS))

        def sub() -> str:
            return self.number(depth - 1)

        operations = [(lambda op=op: f"({sub()} {op} {sub()})") for op in "+-*"]
        return self.pick(
            *operations,
            *[(lambda name=name: f"try_{name}({sub()}, {sub()})") for name in ("add", "subtract", "multiply", "divide")],
            lambda: f"{sub()} / nullif({sub()}, 0)",
            lambda: f"({sub()} % nullif({sub()}, 0))",
            lambda: f"{self.chance.choice('/%').join([self.column('num'), '4'])}",
            lambda: f"-{self.column('num')}",
            lambda: f"-({sub()})",
            lambda: f"hour({self.time(depth - 1)})",
            lambda: f"dayofweek({self.chance.choice([self.time(depth - 1), self.column('day')])})",
            lambda: f"CAST({sub()} AS double)",
            lambda: f"CAST({sub()} AS {self.chance.choice(['bigint', 'decimal(38,4)', 'decimal(38,2)'])})",
            lambda: f"CAST({self.condition(depth - 1)} AS double)",
            lambda: f"{self.chance.choice(['abs', 'floor', 'ceil', 'ceiling', 'sqrt', 'round'])}({sub()})",
            lambda: f"{self.chance.choice(['ln', 'log', 'log2', 'log10', 'log1p', 'exp'])}({self.number(depth - 2)})",
            lambda: f"{self.chance.choice(['pow', 'power', 'log'])}({sub()}, {sub()})",
            lambda: f"round({sub()}, {self.chance.choice(['0', '1', '2', '4', '-1', '-3', '20'])})",
            lambda: f"{sub()} / {self.chance.choice(['greatest', 'least'])}({sub()}, {self.chance.choice(['1', '-1', '0.5'])})",
            lambda: f"{self.chance.choice(['length', 'char_length', 'len'])}({self.text(depth - 1)})",
            *self.shared("num", depth),
        )

    def condition(self, depth: int) -> str:
        """A condition."""
        if depth <= 0:
            return self.pick(lambda: self.column("bool"), lambda: self.chance.choice(["true", "false"]), self.compared)

        def sub() -> str:
            return self.condition(depth - 1)

        def between() -> str:
            value, low, high = (self.number(depth - 1) for _ in range(3))
            return f"(({value}) {self.chance.choice(['', 'NOT '])}BETWEEN ({low}) AND ({high}))"

        def member() -> str:
            kind = self.chance.choice(["num", "text"])
            values = ", ".join([*(self.of(kind, 0) for _ in range(2)), self.chance.choice(["NULL", self.of(kind, 0)])])
            return f"(({self.of(kind, depth - 1)}) {self.chance.choice(['', 'NOT '])}IN ({values}))"

        def known() -> str:
            kind = self.chance.choice(["num", "bool", "text", "time"])
            return f"(({self.of(kind, depth - 1)}) IS {self.chance.choice(['', 'NOT '])}NULL)"

        return self.pick(
            *[(lambda op=op: f"({sub()} {op} {sub()})") for op in ("AND", "OR", "and", "or", "=", "<>")],
            lambda: f"NOT ({sub()})",
            lambda: f"NOT {self.column('bool')}",
            between,
            member,
            known,
            lambda: f"(({self.text(depth - 1)}) {self.chance.choice(['', 'NOT '])}LIKE {self.pattern()})",
            lambda: f"{self.chance.choice(['contains', 'startswith', 'endswith'])}({self.text(depth - 1)}, {self.text(0)})",
            lambda: f"isnan(CAST({self.number(depth - 1)} AS double))",
            self.compared,
            lambda: self.compared(depth - 1),
            *self.shared("bool", depth),
        )

    def place(self) -> str:
        """Where something lies in a text."""
        return self.chance.choice(["0", "1", "2", "-1", "-3", "7", "i8", "i16", "i32"])

    def pattern(self) -> str:
        """A pattern of LIKE."""
        parts = [self.chance.choice(["%", "_", "a", "é", "b", "😀", "ab", ".", "*", "(", "\\\\%", "\\\\_", "\\\\\\\\", "''", "\\n"])]
        parts += [self.chance.choice(["%", "_", "a", "%", "Z"]) for _ in range(self.chance.randint(0, 3))]
        return "'" + "".join(parts) + "'"

    def compared(self, depth: int = 0) -> str:
        """Two values of one kind."""
        kind = self.chance.choice(["num", "num", "text", "time"])
        op = self.chance.choice(["=", "==", "<>", "!=", "<", "<=", ">", ">="])
        if self.chance.random() < 0.1:
            return f"({self.column('day')} {op} {self.column('day')})"
        return f"(({self.of(kind, depth)}) {op} ({self.of(kind, depth)}))"

    def text(self, depth: int) -> str:
        """A string."""
        if depth <= 0:
            return self.pick(lambda: self.column("text"), lambda: self.chance.choice(TEXTS))
        return self.pick(
            lambda: f"CAST({self.column('bool')} AS string)",
            lambda: f"CAST({self.chance.choice(['i8', 'i32', 'i64', '12'])} AS string)",
            lambda: f"{self.chance.choice(['lower', 'upper', 'lcase', 'ucase', 'trim', 'ltrim', 'rtrim'])}({self.text(depth - 1)})",
            lambda: f"({' || '.join(self.text(depth - 1) for _ in range(self.chance.randint(2, 3)))})",
            lambda: f"replace({self.text(depth - 1)}, {self.text(0)}, {self.text(0)})",
            lambda: f"{self.chance.choice(['substring', 'substr'])}({self.text(depth - 1)}, {self.place()}{self.chance.choice(['', f', {self.place()}'])})",
            *self.shared("text", depth),
        )

    def time(self, depth: int) -> str:
        """An instant."""
        if depth <= 0:
            return self.pick(lambda: self.column("time"), lambda: "at")
        return self.pick(lambda: self.column("time"), *self.shared("time", depth))


def written(chance: random.Random, count: int) -> list[str]:
    """Expressions, no two the same."""
    writer = Writer(chance)
    kinds = ["num", "num", "num", "bool", "bool", "text", "time"]
    found: dict[str, None] = {}
    while len(found) < count:
        found[writer.of(chance.choice(kinds), chance.randint(1, 3))] = None
    return list(found)


def project_text(expressions: Mapping[str, str]) -> str:
    """A project with these derived features."""
    columns = {name: kind for name, (kind, _, _) in COLUMNS.items()}
    return json.dumps(
        {
            "mlspec": "v1",
            "project": "expressions",
            "storage": {"path": "./lake", "format": "delta"},
            "schedule": {"cron": "0 0 * * *", "start": "2026-01-01"},
            "environments": {"local": {"runtime": "local"}},
            "targets": {"spark": {"version": ">=4.0 <4.2"}, "python": {}},
            "sources": {
                "rows": {
                    "files": {"path": "./raw/rows", "format": "parquet"},
                    "key": "id",
                    "event_time": "asked",
                    "columns": {"id": "bigint!", "asked": "timestamp!", "label": "boolean!", **columns},
                }
            },
            "features": {"ctx": {"request": list(columns), "derived": dict(expressions)}},
            "models": {
                "guess": {
                    "task": "binary_classification",
                    "observations": "rows",
                    "label": {"column": "label", "known_after": "0s"},
                    "features": [f"ctx.{name}" for name in expressions],
                    "estimator": "sklearn.linear_model.LogisticRegression",
                    "split": {"by": "time", "test": "20%"},
                    "metrics": ["roc_auc"],
                }
            },
            "deployments": {"api": {"model": "guess", "serve": "online"}},
        },
        ensure_ascii=False,
        indent=1,
    )


def accepted(compiler: Compiler, folder: Path, expressions: Mapping[str, str], totals: Totals) -> Mapping[str, str]:
    """The expressions that the compiler takes; it has to have a good reason for each of the others."""
    reasons: dict[str, dict[str, str]] = {}
    kept = dict(expressions)
    for _ in range(8):
        (folder / "mlspec.yaml").write_text(project_text(kept), encoding="utf-8")
        code, diagnostics = compiler.compile(folder)
        errors = [each for each in diagnostics if each["severity"] == "error"]
        if not errors:
            break
        lines = (folder / "mlspec.yaml").read_text(encoding="utf-8").splitlines()
        for each in errors:
            name = lines[each["range"]["start"]["line"] - 1].split('"')[1]
            if kept.pop(name, None) is not None:
                reasons[name] = each
    codes = sorted({each["code"] for each in reasons.values()})
    wrong = {name: (expressions[name], each) for name, each in reasons.items() if each["code"] not in REASONS}
    totals.check(f"expressions are refused for good reasons only ({', '.join(codes)})", not wrong and code == 0, wrong)
    return kept


REASONS = {"may-fail", "type-mismatch", "not-yet-supported"}


def printed(folder: Path, names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Any]]:
    """What the emitted files make of each expression: SQL, and compiled Python."""
    sql: dict[str, str] = {}
    tree = ast.parse((folder / "generated/local/spark/model_inputs.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="withColumn"),
                args=[ast.Constant(value=name), ast.Call(func=ast.Attribute(attr="expr"), args=[ast.Constant(value=text)])],
            ):
                sql[str(name).removeprefix("ctx__")] = str(text)
    tree = ast.parse((folder / "generated/local/python/serve_api.py").read_text(encoding="utf-8"))
    derive = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "derive")
    python = {}
    for statement in derive.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Subscript):
            name = ast.literal_eval(statement.targets[0].slice).removeprefix("ctx__")
            python[name] = compile(ast.Expression(statement.value), name, "eval")
    missing = set(names) - set(sql) | set(names) - set(python)
    if missing:
        raise RuntimeError(f"{missing} are not in the emitted files")
    return sql, python


def rows_of(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Values for the columns, each NULL now and then, and all of them in some rows."""
    rows = []
    for number in range(count):
        row: dict[str, Any] = {"row": number, "at": floored(moment(chance))}
        for name, (kind, _, make) in COLUMNS.items():
            empty = not kind.endswith("!") and (number < 3 or chance.random() < 0.12)
            row[name] = None if empty else make(chance)
        rows.append(row)
    return rows


def floored(instant: datetime) -> datetime:
    """Cut to the millisecond, as every moment that is asked about."""
    return EPOCH + (instant - EPOCH) // timedelta(milliseconds=1) * timedelta(milliseconds=1)


def frame(spark: SparkSession, rows: list[dict[str, Any]]) -> DataFrame:
    """The rows as Spark has them, under the names that the emitted SQL reads."""
    schema = ", ".join(
        ["`row` int", "`__at` timestamp", *(f"{quoted(f'ctx__{name}')} {kind.rstrip('!')}" for name, (kind, _, _) in COLUMNS.items())]
    )
    values = [(row["row"], row["at"], *(row[name] for name in COLUMNS)) for row in rows]
    return spark.createDataFrame(values, schema).repartition(1).cache()


def quoted(name: str) -> str:
    """A name in Spark SQL."""
    return f"`{name.replace('`', '``')}`"


RAISED = "raised"
# Spark folds constants, and drops comparisons that cannot hold, before it computes anything: an operand that overflows may
# then fail a query that has no row, or not be computed at all. Values never differ by that.
ONE_SIDED = 0.005


def in_python(code: Any, names: dict[str, Any], rows: list[dict[str, Any]]) -> list[Any]:
    """What Python computes for each row."""
    values: list[Any] = []
    for row in rows:
        known = {"at": row["at"]} | {f"ctx__{name}": row[name] for name in COLUMNS}
        try:
            values.append(eval(code, {**names, "row": known}))
        except ArithmeticError:
            values.append(RAISED)
        except Exception as error:  # noqa: BLE001 (a difference, to be shown with the others)
            values.append(repr(error))
    return values


def in_spark(data: DataFrame, sql: Mapping[str, str]) -> dict[str, list[Any]] | str:
    """What Spark computes for each row, or why it fails on one."""
    columns = [F.expr(text).alias(name) for name, text in sql.items()]
    try:
        found = data.select("row", *columns).orderBy("row").collect()
    except PySparkException as error:
        return str(error.getCondition())
    return {name: [row[name] for row in found] for name in sql}


OVERFLOWS = {
    "ARITHMETIC_OVERFLOW",
    "BINARY_ARITHMETIC_OVERFLOW",
    "NUMERIC_VALUE_OUT_OF_RANGE",
    "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
    "NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION",
    "CAST_OVERFLOW",
}


def same(spark: Any, python: Any) -> bool:
    """Doubles agree within 1e-9 of their size, all else exactly, types included."""
    if isinstance(spark, datetime) and isinstance(python, datetime):
        return spark.replace(tzinfo=UTC) == python
    if type(spark) is not type(python):
        return False
    if isinstance(spark, float):
        return (math.isnan(spark) and math.isnan(python)) or spark == python or math.isclose(spark, python, rel_tol=1e-9)
    return bool(spark == python)


def compare(spark: SparkSession, folder: Path, expressions: Mapping[str, str], totals: Totals, seed: int) -> None:
    """Evaluate every expression on every row, both ways."""
    sql, python = printed(folder, expressions)
    names: dict[str, Any] = {"Decimal": Decimal}
    exec((folder / "generated/local/python/expressions.py").read_text(encoding="utf-8"), names)
    rows = rows_of(random.Random(seed + 1), 100)
    data = frame(spark, rows)
    ours = {name: in_python(python[name], names, rows) for name in expressions}
    safe = [name for name in expressions if RAISED not in ours[name]]
    theirs: dict[str, list[Any] | str] = {}
    for start in range(0, len(safe), 40):
        batch = safe[start : start + 40]
        found = in_spark(data, {name: sql[name] for name in batch})
        for name in batch:
            one = in_spark(data, {name: sql[name]}) if isinstance(found, str) else found
            theirs[name] = one if isinstance(one, str) else one[name]
    differences = []
    one_sided = []
    for name in safe:
        values = theirs[name]
        if isinstance(values, str):
            (one_sided if values in OVERFLOWS else differences).append(
                (expressions[name], sql[name], f"Spark fails with {values}, Python does not")
            )
            continue
        for row, left, right in zip(rows, values, ours[name], strict=True):
            if not same(left, right):
                used = {key: value for key, value in row.items() if key in expressions[name]}
                differences.append((expressions[name], sql[name], f"Spark {left!r}, Python {right!r} of {used}"))
                break
    failing = [name for name in expressions if RAISED in ours[name]]
    for name in failing:
        whole = in_spark(data, {name: sql[name]})
        if not isinstance(whole, str):
            one_sided.append((expressions[name], sql[name], "Python overflows, Spark does not"))
            continue
        if whole not in OVERFLOWS:
            differences.append((expressions[name], sql[name], f"Python overflows, Spark does not: {str(whole)[:300]}"))
            continue
        rest = [row["row"] for row, value in zip(rows, ours[name], strict=True) if value != RAISED]
        some = in_spark(data.where(F.col("row").isin(rest)).repartition(1), {name: sql[name]})
        kept = [value for value in ours[name] if value != RAISED]
        if isinstance(some, str):
            (one_sided if some in OVERFLOWS else differences).append(
                (expressions[name], sql[name], f"Spark fails with {some} on rows where Python does not")
            )
            continue
        pairs = [pair for pair in zip(rest, some[name], kept, strict=True) if not same(pair[1], pair[2])]
        if pairs:
            differences.append((expressions[name], sql[name], f"row, Spark, Python: {pairs[:3]} of {rows[pairs[0][0]]}"))
    shown = "\n\n".join("\n   ".join(each) for each in differences[:25])
    totals.check(
        f"{len(expressions)} random expressions ({len(failing)} overflow) are the same in Spark and in Python on {len(rows)} rows",
        not differences and len(expressions) >= 1000,
        f"{len(differences)} differ:\n{shown}",
    )
    listed = "\n\n".join("\n   ".join(each) for each in one_sided)
    totals.check(
        f"{len(one_sided)} of them overflow in one only, {ONE_SIDED:.1%} may",
        len(one_sided) <= ONE_SIDED * len(expressions),
        listed,
    )
    typed(data, folder, {name: expressions[name] for name in safe}, sql, theirs, totals)


def typed(
    data: DataFrame,
    folder: Path,
    expressions: Mapping[str, str],
    sql: Mapping[str, str],
    values: Mapping[str, list[Any] | str],
    totals: Totals,
) -> None:
    """What the compiler says about type and NULL, against Spark's analyzer and the values that came out."""
    asked = {"columns": {name: kind for name, (kind, _, _) in COLUMNS.items()}, "expressions": dict(expressions)}
    done = subprocess.run(["node", str(HERE / "types.mjs")], input=json.dumps(asked), capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    wrong = []
    names = list(expressions)
    for start in range(0, len(names), 100):
        batch = names[start : start + 100]
        batch = [name for name in batch if not isinstance(values[name], str)]
        schema = data.select(*(F.expr(sql[name]).alias(name) for name in batch)).schema
        wrong += [
            (expressions[name], said[name]["type"], schema[name].dataType.simpleString())
            for name in batch
            if schema[name].dataType.simpleString() != said[name]["type"]
        ]
    totals.check(f"the types of {len(names)} expressions are those of Spark's analyzer", not wrong, f"{len(wrong)}: {wrong[:15]}")
    empty = [expressions[name] for name in names if not said[name]["nullable"] and None in values[name]]
    totals.check("what the compiler calls NOT NULL never is NULL", not empty, empty[:10])


def single_precision(value: float) -> float:
    """The nearest float."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


def check(spark: SparkSession, compiler: Compiler, folder: Path, totals: Totals, count: int, seed: int) -> None:
    """The whole part."""
    folder.mkdir(parents=True)
    texts = written(random.Random(seed), count)
    kept = accepted(compiler, folder, {f"e{number}": text for number, text in enumerate(texts)}, totals)
    print(f"     {len(kept)} of {count} expressions are taken", flush=True)
    compare(spark, folder, kept, totals, seed)
