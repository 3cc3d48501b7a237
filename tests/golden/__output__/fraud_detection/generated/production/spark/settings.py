"""How Spark is started in this environment, and where the project keeps its marks."""

import os

# What the pod is given, as its manifest tells its programs.
CPUS = int(os.environ.get("POD_CPUS", "1"))
MEMORY_MIB = int(os.environ.get("POD_MEMORY_MIB", "4096"))
SPARK = {
    "spark.sql.shuffle.partitions": "64",
    "spark.databricks.delta.snapshotPartitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.jars.packages": "org.apache.spark:spark-sql-kafka-0-10_2.13:4.1.1",
    "spark.sql.redaction.options.regex": "(?i)url|jaas|password|ssl",
    "spark.hadoop.fs.s3a.aws.credentials.provider": "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider",
    "spark.hadoop.fs.s3a.bucket.acme-fraud.endpoint.region": "eu-west-1",
    "spark.hadoop.fs.s3a.bucket.acme-fraud.cross.region.access.enabled": "false",
}
SPARK |= {
    "spark.master": f"local[{CPUS}]",
    # The rest is for Python, and for what the virtual machine needs beside its heap.
    "spark.driver.memory": f"{MEMORY_MIB * 6 // 10}m",
}
MARKS = "s3a://acme-fraud/lake/fraud_detection/marks"
