// The example's raw data at full size: how much there is, what is planted in it, and that a seed gives the same bytes. No Spark.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, exampleIn, lastLine, root, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { check, finish } = counted("example");
const folder = temporaryFolder("example");
const { python } = exampleIn(folder, await engines.run());

/** Makes the data; the hash of all that was written. */
function generated(name, ...options) {
  const { status, stderr } = python([join(root, "examples", "fraud_detection", "generate.py"), "--out", name, ...options]);
  if (!check(`the generator makes ${name}`, status === 0, stderr)) return undefined;
  const files = readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".parquet"));
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(folder, name, file)));
  return hash.digest("hex");
}

try {
  const first = generated("data");
  const again = generated("the same data");
  const other = generated("other data", "--seed", "8");
  check("the same seed gives the same bytes", first !== undefined && first === again);
  check("another seed gives other data", other !== undefined && first !== other);
  const { stdout, stderr } = python([join(here, "planted.py"), "--raw", "data"]);
  const { checks = [] } = lastLine(stdout);
  if (check("the data is looked at", checks.length > 0, stderr)) for (const { name, ok, detail } of checks) check(name, ok, detail);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
