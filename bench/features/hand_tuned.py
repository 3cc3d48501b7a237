"""The training set as somebody would write it who had only this one to make.

    hand_tuned.py SETTINGS PAYMENTS QUESTIONS TARGET CUT

SETTINGS is the folder of the emitted programs, whose settings of Spark are taken. The windows are
the emitted ones: of an hour, say, those payments that were known before the question and that lie
not before its minute less an hour. Questions are few: they go to the payments, which are not
shuffled, and only sums of what lies in a window are.
"""

import json
import sys

from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
WINDOWS = {"10m": (10 * MINUTE, MINUTE), "1h": (HOUR, MINUTE), "6h": (6 * HOUR, 5 * MINUTE)}
WINDOWS |= {"24h": (DAY, HOUR), "7d": (7 * DAY, HOUR)}


def within(window: str) -> Column:
    """Tell whether a payment is in a window of the question that it has met."""
    length, tile = WINDOWS[window]
    return F.col("e") >= F.col("t") - F.pmod("t", F.lit(tile)) - length


def windows() -> list[Column]:
    """Return the ten features."""
    return [
        *(
            F.count_if(within(each)).alias(f"card_velocity__payments_{each}")
            for each in ("10m", "1h", "6h", "24h")
        ),
        *(
            aggregate(F.when(within(each), F.col("amount"))).alias(f"card_velocity__{name}_{each}")
            for name, aggregate in (("spend", F.sum), ("largest", F.max))
            for each in ("1h", "24h", "7d")
        ),
    ]


def main(settings: str, payments: str, questions: str, target: str, cut: str) -> None:
    """Write the training set."""
    sys.path.append(settings)
    from lakehouse import session  # noqa: PLC0415
    from settings import SPARK  # noqa: PLC0415

    spark: SparkSession = session("hand_tuned", SPARK)
    end = F.lit(cut).cast("timestamp")
    asked = spark.read.format("delta").load(questions)
    asked = asked.where(F.col("asked_at") <= end - F.expr("INTERVAL 1 DAY"))
    asked = asked.withColumn("t", F.unix_millis("asked_at"))
    known = spark.read.format("delta").load(payments)
    known = known.where((F.col("paid_at") < end) & (F.col("received_at") < end)).select(
        "card_id",
        "amount",
        F.unix_millis("received_at").alias("known"),
        F.unix_millis(F.least("paid_at", F.date_trunc("millisecond", "received_at"))).alias("e"),
    )
    met = known.join(F.broadcast(asked.select("card_id", "question_id", "t")), "card_id")
    met = met.where((F.col("known") < F.col("t")) & within("7d"))
    features = met.groupBy("question_id").agg(*windows())
    rows = asked.join(features, "question_id", "left").drop("t", "card_id")
    counts = [name for name in features.columns if "__payments_" in name]
    rows = rows.fillna(0, subset=counts)
    rows.write.format("delta").mode("overwrite").option("overwriteSchema", "true").save(target)
    count = spark.read.format("delta").load(target).count()
    spark.stop()
    print(json.dumps({"rows": count}))


if __name__ == "__main__":
    main(*sys.argv[1:])
