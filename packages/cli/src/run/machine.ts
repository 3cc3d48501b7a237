/** Where programs run. */
import type { SparkVersion } from "@mlspec/compiler";
import { asset } from "../assets.js";
import type { Machine } from "./session.js";

interface Setup {
  readonly ensureRun: (what: { readonly requirements: string; readonly spark: SparkVersion }) => Promise<Machine>;
}

/** Python with Spark and what programs import; installed into the cache folder when it is not there. */
export async function machine(spark: SparkVersion): Promise<Machine> {
  const { ensureRun } = require("./setup.cjs") as Setup;
  return ensureRun({ requirements: asset("requirements"), spark });
}
