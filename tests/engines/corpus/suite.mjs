// The answers under tests/corpus are those of the real Spark: each part is asked anew and compared.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted } from "../lib/example.mjs";

const run = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "corpus", "run.mjs");
const { check, finish } = counted("corpus");

for (const part of ["queries", "functions", "older"]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [run, part, "--check"], { encoding: "utf8", maxBuffer: 1 << 28 });
  check(part, status === 0, stderr);
  console.error(stdout);
}
finish();
