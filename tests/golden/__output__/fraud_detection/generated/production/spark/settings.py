"""How Spark is started in this environment, and where the project keeps its marks."""

SPARK = {
    "spark.master": "local[*]",
    "spark.sql.shuffle.partitions": "64",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
MARKS = "s3a://acme-fraud/lake/fraud_detection/marks"
