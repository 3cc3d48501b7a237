"""Tests of the emitted modules by themselves. argv[1] is the folder that they are in."""

from __future__ import annotations

import math
import random
import sys
import tempfile
import unittest
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

sys.path.insert(0, sys.argv.pop(1))

import expressions as x
import pandas as pd
import pyarrow as pa
import storage
from evaluation import evaluate, judge, split_by_time
from registry import Registry, version_name
from model_input import learn_vocabularies, to_model_input
from signature import MAX_CATEGORIES, Column, Signature
from specification import Comparison, Split

NAN = math.nan


class Expressions(unittest.TestCase):
    """Spark's answers, row by row."""

    def test_null_passes_through_arithmetic_and_comparison(self) -> None:
        for function in (x.add, x.sub, x.mul, x.div, x.mod, x.eq, x.ne, x.lt, x.le, x.gt, x.ge):
            self.assertIsNone(function(None, 1))
            self.assertIsNone(function(1, None))

    def test_three_valued_logic(self) -> None:
        self.assertIs(x.and_(None, False), False)
        self.assertIsNone(x.and_(None, True))
        self.assertIs(x.or_(None, True), True)
        self.assertIsNone(x.or_(None, False))
        self.assertIsNone(x.not_(None))

    def test_ansi_errors(self) -> None:
        for call in (
            lambda: x.div(1.0, 0.0),
            lambda: x.mod(1, 0),
            lambda: x.as_integer(2**31, 32),
            lambda: x.as_integer(NAN, 64),
            lambda: x.as_decimal("1000.00", 5, 2),
        ):
            self.assertRaises(ArithmeticError, call)
        self.assertIsNone(x.div(None, 0.0))

    def test_decimals_round_half_up(self) -> None:
        self.assertEqual(x.as_decimal(x.div(Decimal(1), Decimal(8)), 4, 2), Decimal("0.13"))
        self.assertEqual(x.as_decimal("-0.125", 4, 2), Decimal("-0.13"))
        wide = Decimal("9" * 38)
        self.assertEqual(x.add(wide, Decimal(0)), wide)

    def test_nan_is_itself_and_greater_than_all(self) -> None:
        self.assertIs(x.eq(NAN, NAN), True)
        self.assertIs(x.gt(NAN, math.inf), True)
        self.assertIs(x.lt(NAN, NAN), False)
        self.assertIs(x.ge(NAN, NAN), True)

    def test_remainder_has_the_sign_of_the_dividend(self) -> None:
        self.assertEqual([x.mod(-7, 3), x.mod(7, -3), x.mod(-7.5, 2.0)], [-1, 1, -1.5])

    def test_choices(self) -> None:
        self.assertIsNone(x.nullif(0.0, 0.0))
        self.assertEqual(x.nullif(1.0, None), 1.0)
        self.assertEqual(x.coalesce(None, 2, 3), 2)
        self.assertEqual(x.case(None, "a", True, "b", "c"), "b")
        self.assertEqual(x.case(False, "a", "c"), "c")

    def test_operands_are_computed_only_where_spark_does(self) -> None:
        def overflow() -> int | None:
            return x.as_integer(2**31, 32)

        self.assertIs(x.and_(False, overflow), False)
        self.assertIs(x.or_(True, overflow), True)
        self.assertIsNone(x.add(None, overflow))
        self.assertIsNone(x.div(overflow, None))
        self.assertEqual(x.coalesce(1, overflow), 1)
        self.assertEqual(x.case(False, overflow, 2), 2)
        self.assertRaises(ArithmeticError, x.and_, None, overflow)
        self.assertRaises(ArithmeticError, x.case, True, overflow, 2)

    def test_numbers_are_as_wide_as_spark_has_them(self) -> None:
        self.assertEqual(x.neg(Decimal("60874788876218308063256891514371251643")), Decimal("-60874788876218308063256891514371250000"))
        self.assertEqual(x.as_float(0.1), 0.10000000149011612)
        self.assertEqual(x.as_float(-1e300), -math.inf)
        self.assertTrue(math.isnan(x.mod(math.inf, 3.0)))
        self.assertEqual(x.nullif(Decimal("0.123456789012345678901"), 2.0, x.as_double), Decimal("0.123456789012345678901"))

    def test_what_does_not_fit_is_null(self) -> None:
        def fit(value: int | None) -> int | None:
            return x.as_integer(value, 32)

        self.assertEqual(x.fitting(x.add(2**31 - 2, 1), fit), 2**31 - 1)
        self.assertIsNone(x.fitting(x.add(2**31 - 1, 1), fit))
        self.assertIsNone(x.fitting(None, fit))
        self.assertIsNone(x.fitting(Decimal("999.995"), lambda value: x.as_decimal(value, 5, 2)))

    def test_times(self) -> None:
        moment = datetime.fromisoformat("2026-01-04T00:30:00+02:00")
        self.assertEqual((x.hour(moment), x.dayofweek(moment)), (22, 7))
        self.assertEqual(x.dayofweek(date(2026, 1, 4)), 1)

    def test_numbers_at_their_ends(self) -> None:
        ends = (0, (1 << 63) - 1, -(1 << 63))
        self.assertEqual((x.floor(math.nan), x.ceil(math.inf), x.floor(-math.inf)), ends)
        self.assertEqual((x.round_half_up(2.5, 0), x.round_half_up(-2.5, 0)), (3.0, -3.0))
        self.assertEqual((x.round_half_up(1.005, 2), x.round_half_up(1e308, 2)), (1.01, 1e308))
        self.assertEqual(str(x.round_half_up(Decimal("995.55"), -1)), "1000")
        self.assertEqual((x.exp(1000.0), x.power(-2.0, 1025.0)), (math.inf, -math.inf))
        self.assertEqual((x.power(0.0, -1.0), x.power(-0.0, -1.0)), (math.inf, -math.inf))
        for value in (x.sqrt(-1.0), x.power(-1.0, 0.5), x.power(1.0, math.nan), x.logarithm(1.0, 1.0)):
            self.assertTrue(x.is_nan(value))
        self.assertEqual((x.ln(0.0), x.log1p(-1.0), x.logarithm(2.0, -1.0)), (None, None, None))

    def test_the_greatest_leaves_null_out(self) -> None:
        self.assertEqual((x.greatest(None, 2, 1), x.least(None, 2, 1)), (2, 1))
        self.assertEqual((x.greatest(None, None), x.least(1.0, math.nan)), (None, 1.0))
        self.assertTrue(x.is_nan(x.greatest(1.0, math.nan, 2.0)))

    def test_texts_are_counted_by_code_points(self) -> None:
        self.assertEqual((x.length("😀é"), x.trim(" \t a "), x.upper("ß")), (2, "\t a", "SS"))


class Inputs(unittest.TestCase):
    """What a model sees of a row."""

    def test_every_type_and_the_unseen_category(self) -> None:
        columns = tuple(
            Column(kind.partition("(")[0], kind)
            for kind in ("string", "boolean", "decimal(5,2)", "bigint", "timestamp", "date")
        )
        signature = Signature("regression", columns, {"string": ["DE", "FR"]})
        again = Signature.from_json(signature.to_json())
        self.assertEqual(again.columns, signature.columns)
        moment = datetime(1970, 1, 2, tzinfo=UTC)
        row = ("FR", True, Decimal("1.25"), 3, moment, moment.date())
        names = [column.name for column in columns]
        rows = [
            dict(zip(names, row, strict=True)),
            dict.fromkeys(names),
            {**dict.fromkeys(names), "string": "XX"},
        ]
        frame = again.to_frame(rows)
        self.assertEqual(frame["string"].tolist()[:1], ["FR"])
        self.assertEqual(frame["string"].isna().tolist(), [False, True, True])
        self.assertEqual(frame["string"].cat.categories.tolist(), ["DE", "FR"])
        self.assertEqual(frame.iloc[0, 1:].tolist(), [1.0, 1.25, 3.0, 86400.0, 86400.0])
        self.assertTrue(frame.iloc[1].isna().all())

    def test_whole_columns_and_single_rows_are_the_same(self) -> None:
        chance = random.Random(3)
        moments = [datetime(1890, 1, 1, tzinfo=UTC), datetime(2200, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)]
        moments += [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randrange(-(10**15), 10**16)) for _ in range(200)]
        digits = [chance.randrange(-(10 ** chance.randrange(1, 38)), 10 ** chance.randrange(1, 38)) for _ in range(300)]
        values: dict[str, tuple[pa.DataType, list[object]]] = {
            "string": (pa.string(), ["FR", "", "é", "nobody", "DE"]),
            "boolean": (pa.bool_(), [True, False]),
            "tinyint": (pa.int8(), [-128, 127]),
            "int": (pa.int32(), [-(2**31), 2**31 - 1]),
            "bigint": (pa.int64(), [2**53 + 1, -(2**63), 2**63 - 1, *(chance.randrange(-(2**63), 2**63) for _ in range(200))]),
            "float": (pa.float32(), [0.1, math.inf, NAN]),
            "double": (pa.float64(), [0.1, -0.0, 1e308, NAN]),
            "decimal(38,11)": (pa.decimal128(38, 11), [Decimal(each).scaleb(-11) for each in digits]),
            "decimal(12,2)": (pa.decimal128(12, 2), [Decimal(chance.randrange(-(10**12) + 1, 10**12)).scaleb(-2) for _ in range(300)]),
            "timestamp": (pa.timestamp("us", "UTC"), moments),
            "timestamp_ntz": (pa.timestamp("us"), [each.replace(tzinfo=None) for each in moments]),
            "date": (pa.date32(), [each.date() for each in moments]),
        }
        count = 1_000
        table = pa.table({kind: pa.array([chance.choice([None, *some]) for _ in range(count)], type_) for kind, (type_, some) in values.items()})
        columns = tuple(Column(kind, kind) for kind in values)
        signature = Signature("regression", columns, {"string": ["", "DE", "FR", "é"]})
        for part in (table, table.slice(0, 0), pa.concat_tables([table.slice(7, 90), table.slice(500)])):
            pd.testing.assert_frame_equal(to_model_input(part, signature), signature.to_frame(part.to_pylist()), check_exact=True)

    def test_a_vocabulary_keeps_the_most_frequent(self) -> None:
        values = [f"v{number}" for number in range(300)] + ["v299", None]
        table = pa.table({"v": values, "n": range(len(values))})
        learned = learn_vocabularies(table, (Column("v", "string"), Column("n", "bigint")))
        self.assertEqual([*learned], ["v"])
        vocabulary = learned["v"]
        self.assertEqual((len(vocabulary), "v299" in vocabulary), (MAX_CATEGORIES, True))
        self.assertEqual(vocabulary, sorted(vocabulary))


class Evaluation(unittest.TestCase):
    """Split, metrics, gate."""

    def test_the_gap_is_left_out_and_ties_stay_together(self) -> None:
        begin = pd.Timestamp("2026-01-01", tz="UTC")
        times = pd.Series([begin + timedelta(hours=hour) for hour in [*range(8), 8, 8]])
        parts = split_by_time(times, Split(test=0.1, gap=timedelta(hours=2)))
        self.assertEqual((parts.train.sum(), parts.test.sum()), (6, 2))
        with self.assertRaises(ValueError):
            split_by_time(times, Split(test=0.1, gap=timedelta(days=2)))

    def test_a_metric_that_cannot_be_computed_fails_its_comparison(self) -> None:
        label = pd.Series([True, True]).to_numpy()
        measured = evaluate("binary_classification", ["roc_auc"], label, label.astype(float))
        self.assertEqual(measured, {"roc_auc": None})
        self.assertFalse(judge((at_least(0.5),), measured, None).passed)

    def test_without_champion_a_comparison_passes_and_says_so(self) -> None:
        rival = Comparison(
            "roc_auc >= champion.roc_auc",
            lambda metrics: metrics["roc_auc"],
            ">=",
            lambda metrics: metrics["champion.roc_auc"],
            ("roc_auc", "champion.roc_auc"),
        )
        verdict = judge((rival,), {"roc_auc": 0.1}, None)
        self.assertTrue(verdict.passed)
        self.assertIn("no champion", str(verdict.comparisons[0]["note"]))
        self.assertFalse(judge((rival,), {"roc_auc": 0.1}, {"roc_auc": 0.2}).passed)


def at_least(value: float) -> Comparison:
    """A comparison with a number."""
    return Comparison("x", lambda metrics: metrics["roc_auc"], ">=", value, ("roc_auc",))


class Champions(unittest.TestCase):
    """Who is champion after which runs."""

    def test_repeated_and_past_runs(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            registry = Registry(folder)
            days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
            first, second, third = (version_name(day, "0a0a0a0a") for day in days)
            self.assertIsNone(registry.champion())
            registry.settle(first, passed=True)
            registry.settle(third, passed=True)
            self.assertEqual(registry.champion_before(third), first)
            registry.settle(second, passed=True)
            self.assertEqual(registry.champion(), third)
            registry.settle(third, passed=True)
            self.assertEqual(registry.champion_before(third), second)
            registry.settle(third, passed=False)
            self.assertEqual(registry.champion(), second)
            registry.settle(version_name(days[1], "0b0b0b0b"), passed=False)
            registry.settle(first, passed=False)
            self.assertIsNone(registry.champion())


class Tables(unittest.TestCase):
    """An interval of a Delta table is replaced."""

    def test_twice_the_same_interval_is_once(self) -> None:
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        kind = pa.timestamp("us", "UTC")
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/table"
            for hours, amount in (([1, 25], 2), ([2], 1), ([2], 1), ([], 0)):
                moments = [begin + timedelta(hours=hour) for hour in hours]
                rows = pa.table({"at": pa.array(moments, kind), "n": pa.array(hours, pa.int64())})
                day = timedelta(days=2 if amount == 2 else 1)
                storage.replace_interval(path, rows, "at", begin, begin + day)
                found = sorted(storage.read_table(path).rows["n"].to_pylist())
                self.assertEqual(found, [1, 25] if amount == 2 else [*hours, 25])


if __name__ == "__main__":
    unittest.main(verbosity=2)
