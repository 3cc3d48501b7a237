// node tests/corpus/run.mjs [queries|functions|older]… [--check]
// The truth that the SQL binder is measured against, from real Spark: writes the answers beside the queries, or compares.
// `older`: in what the oldest Spark that we write for differs from the newest, whose answers the other parts are.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../engines/setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const PARTS = ["queries", "functions", "older"];

const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== "--check");
const unknown = names.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}; there are ${PARTS.join(", ")}`);
  process.exit(2);
}
// Spark as it comes: with jars of ours on its class path it would have functions that others' Spark does not have, such as `from_avro`.
for (const part of names.length > 0 ? names : PARTS) {
  const { python, env } = await engines[part === "older" ? "run-4.0" : "run"]();
  const options = args.includes("--check") ? ["--check"] : [];
  const { status } = spawnSync(python, [join(here, `${part}.py`), ...options], {
    env: { ...process.env, ...env, PYSPARK_SUBMIT_ARGS: "pyspark-shell" },
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
