/** `settings.py`: how Spark is started where the programs run. */
import type { Ir, JsonObject } from "@mlspec/compiler";
import { placesOf } from "../places.js";

export interface SettingsContext {
  readonly spark: JsonObject;
  readonly marks: string;
}

/** Many short programs on a small machine: few partitions, and a virtual machine that starts fast. */
const LOCAL = {
  "spark.master": "local[2]",
  "spark.driver.memory": "2g",
  "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
  "spark.sql.shuffle.partitions": "4",
  "spark.databricks.delta.snapshotPartitions": "2",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
};

/** One pod per program, with all the cores that it is given. */
const KUBERNETES = {
  "spark.master": "local[*]",
  "spark.sql.shuffle.partitions": "64",
  "spark.ui.enabled": "false",
  "spark.ui.showConsoleProgress": "false",
};

/** Hadoop by itself knows S3 under the name `s3a` only. */
const S3 = {
  "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
  "spark.hadoop.fs.AbstractFileSystem.s3.impl": "org.apache.hadoop.fs.s3a.S3A",
};

export function settingsContext(ir: Ir): SettingsContext {
  const s3 = placesOf(ir).some((path) => path.startsWith("s3://"));
  return {
    spark: { ...(ir.environment.runtime === "local" ? LOCAL : KUBERNETES), ...(s3 ? S3 : {}) },
    marks: ir.storage.marks,
  };
}
