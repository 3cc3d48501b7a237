"""Use of Spark what emitted programs use, so that the archive which Java writes at its end has the classes of it."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from py4j.java_gateway import JVMView
from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.window import Window

ROWS = 200
# What programs may read from, where it is among the jars: to look for it asks no server.
CONNECTORS = (
    "org.postgresql.Driver",
    "org.apache.spark.sql.kafka010.KafkaSourceProvider",
    "org.apache.kafka.clients.consumer.KafkaConsumer",
)


def session() -> SparkSession:
    """Start Spark with Delta."""
    return (
        SparkSession.builder.config(
            "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"
        )
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"
        )
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )


def raw_files(spark: SparkSession, folder: Path) -> DataFrame:
    """Write and read files of each format; return rows with a key, a time and an amount."""
    moment = F.timestamp_seconds(F.lit(1_700_000_000) + F.col("id") * 60)
    rows = spark.range(ROWS).select(
        "id",
        F.concat(F.lit("c"), F.col("id") % 7).alias("key"),
        moment.alias("at"),
        (F.col("id") / 3).alias("amount"),
    )
    rows.write.json(f"{folder}/json")
    rows.write.option("header", value=True).csv(f"{folder}/csv")
    rows.write.partitionBy("key").parquet(f"{folder}/parquet")
    schema = "id BIGINT, key STRING, at TIMESTAMP, amount DOUBLE"
    spark.read.schema(schema).option("header", value=True).csv(f"{folder}/csv").count()
    spark.read.parquet(f"{folder}/parquet").where("key = 'c1' AND id > 3").count()
    return (
        spark.read.schema(f"{schema}, _broken STRING")
        .option("columnNameOfCorruptRecord", "_broken")
        .json(f"{folder}/json")
        .drop("_broken")
    )


def tables(spark: SparkSession, rows: DataFrame, folder: Path) -> None:
    """Make, overwrite in part, merge, delete from and read tables of Delta Lake."""
    path = f"{folder}/table"
    kept = rows.withColumn("day", F.to_date("at")).persist()
    kept.write.format("delta").partitionBy("day").save(path)
    kept.write.format("delta").mode("overwrite").option("replaceWhere", "day >= '2000-01-01'").save(
        path
    )
    kept.where("id < 20").createOrReplaceTempView("changed")
    spark.sql(
        f"MERGE INTO delta.`{path}` AS t USING changed AS s ON t.id = s.id AND t.day = s.day WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"
    )
    spark.sql(f"DELETE FROM delta.`{path}` WHERE id = 3")
    spark.sql(f"DESCRIBE HISTORY delta.`{path}`").collect()
    kept.unpersist()


def queries(spark: SparkSession, rows: DataFrame, folder: Path) -> None:
    """Aggregate, rank, join, expand and take apart."""
    latest = Window.partitionBy("key").orderBy(F.col("at").desc(), "id")
    last_hour = Window.partitionBy("key").orderBy(F.col("at").cast("long")).rangeBetween(-3600, 0)
    ranked = rows.select(
        "*",
        F.row_number().over(latest).alias("rank"),
        F.sum("amount").over(last_hour).alias("spent"),
    )
    per_key = rows.groupBy("key").agg(
        F.count_distinct("id"),
        F.max_by("amount", "at"),
        F.sort_array(F.collect_list(F.struct("at", "amount"))).alias("events"),
        F.sum(F.col("amount").cast("decimal(18,2)")),
        F.stddev("amount"),
    )
    ranked.createOrReplaceTempView("ranked")
    per_key.createOrReplaceTempView("per_key")
    found = spark.sql("""
        WITH first AS (SELECT * FROM ranked WHERE rank = 1)
        SELECT f.key, f.spent, e.at, e.amount, transform(p.events, x -> x.amount) AS amounts, sha2(f.key, 256) AS hash,
               CASE WHEN f.amount > 3 THEN 'much' ELSE date_format(f.at, 'yyyy-MM') END AS said
        FROM first AS f LEFT JOIN per_key AS p ON f.key = p.key LATERAL VIEW OUTER explode(p.events) AS e
        UNION ALL SELECT key, NULL, NULL, NULL, NULL, NULL, NULL FROM first ANTI JOIN changed USING (key)
    """)
    found.write.format("delta").save(f"{folder}/found")
    found.limit(5).collect()
    broken = spark.createDataFrame([('{"id": 1}', 1), ("{", 2)], "text STRING, at INT")
    broken.select(F.from_json("text", "id BIGINT"), F.to_json(F.struct("at"))).collect()


def doubled(value: float | None) -> float | None:
    """Return the double of a value."""
    return None if value is None else value * 2


def python_code(rows: DataFrame) -> None:
    """Hand rows to Python and take them back."""
    rows.select(F.udf(doubled, "double")("amount")).collect()
    rows.foreachPartition(lambda part: sum(1 for _ in part))


def streams(spark: SparkSession, folder: Path) -> None:
    """Follow a table in small steps."""

    def keep(batch: DataFrame, number: int) -> None:
        batch.withColumn("step", F.lit(number)).write.format("delta").mode("append").save(
            f"{folder}/kept"
        )

    query = (
        spark.readStream.format("delta")
        .load(f"{folder}/found")
        .writeStream.foreachBatch(keep)
        .option("checkpointLocation", f"{folder}/checkpoint")
        .trigger(availableNow=True)
        .start()
    )
    query.awaitTermination()


def load_connectors(jvm: JVMView) -> None:
    """Load the classes of connectors."""
    for name in CONNECTORS:
        with contextlib.suppress(Py4JJavaError):
            jvm.java.lang.Class.forName(name)


def main(folder: Path) -> None:
    """Use all of it in a folder, and wait for Java to have ended."""
    spark = session()
    gateway = spark.sparkContext._gateway
    if gateway is None:
        raise RuntimeError("this Spark runs elsewhere")
    load_connectors(gateway.jvm)
    rows = raw_files(spark, folder)
    tables(spark, rows, folder)
    queries(spark, rows, folder)
    python_code(rows)
    streams(spark, folder)
    spark.stop()
    java = gateway.proc
    java.stdin.close()
    java.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
