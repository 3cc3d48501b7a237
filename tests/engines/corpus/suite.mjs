// The answers under tests/corpus are those of the real Spark: each part is asked anew and compared.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const run = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "corpus", "run.mjs");
const totals = { passed: 0, failed: 0 };

for (const part of ["queries", "functions"]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [run, part, "--check"], { encoding: "utf8", maxBuffer: 1 << 28 });
  totals[status === 0 ? "passed" : "failed"] += 1;
  console.error(`${status === 0 ? "ok  " : "FAIL"} ${part}\n${stdout}${status === 0 ? "" : stderr}`);
}
console.log(JSON.stringify({ suite: "corpus", ...totals }));
process.exitCode = totals.failed > 0 ? 1 : 0;
