/** `settings.py`: how Spark is started where the programs run. */
import type { Ir, JsonObject } from "@mlspec/compiler";

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

export function settingsContext(ir: Ir): SettingsContext {
  return {
    spark: ir.environment.runtime === "local" ? LOCAL : KUBERNETES,
    marks: ir.storage.marks,
  };
}
