"""Compute windows for Feast: `feast_windows.py SETTINGS PAYMENTS TARGET CUT`.

Feast joins what has been computed. So a row is made for each payment, as of the moment at which
it is known: ten windows that end there. This is what its users do with Spark; the sums of one
length are made in one frame, and all frames in one shuffle.
"""

import json
import sys

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

MINUTE, HOUR = 60_000, 3_600_000
LENGTHS = {"10m": 10 * MINUTE, "1h": HOUR, "6h": 6 * HOUR, "24h": 24 * HOUR, "7d": 168 * HOUR}


def main(settings: str, payments: str, target: str, cut: str) -> None:
    """Write a row for each payment."""
    sys.path.append(settings)
    from lakehouse import session  # noqa: PLC0415
    from settings import SPARK  # noqa: PLC0415

    spark: SparkSession = session("feast_windows", SPARK)
    end = F.lit(cut).cast("timestamp")
    known = spark.read.format("delta").load(payments)
    known = known.where((F.col("paid_at") < end) & (F.col("received_at") < end))
    order = Window.partitionBy("card_id").orderBy(F.unix_millis("received_at"))
    frames = {name: order.rangeBetween(-length, 0) for name, length in LENGTHS.items()}
    rows = known.select(
        "card_id",
        "received_at",
        *(
            F.count("*").over(frames[name]).alias(f"payments_{name}")
            for name in ("10m", "1h", "6h", "24h")
        ),
        *(
            F.sum("amount").over(frames[name]).alias(f"spend_{name}")
            for name in ("1h", "24h", "7d")
        ),
        *(
            F.max("amount").over(frames[name]).alias(f"largest_{name}")
            for name in ("1h", "24h", "7d")
        ),
    )
    rows.write.mode("overwrite").parquet(target)
    count = spark.read.parquet(target).count()
    spark.stop()
    print(json.dumps({"rows": count}))


if __name__ == "__main__":
    main(*sys.argv[1:])
