// Everything that the language has for Spark, run on Spark: one virtual machine for all emitted programs.
// What the compiler emits for a range of versions runs on its oldest, too.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const command = join(here, "..", "..", "..", "packages", "cli", "dist", "mlspec.cjs");
const RUNS = { run: [], "run-4.0": ["--only", "stored,project"] };

/** The summary of one run. */
async function run(engine, options) {
  const machine = await engines[engine]();
  const { status, stdout } = spawnSync(
    machine.python,
    [join(here, "main.py"), "--command", command, ...options, ...process.argv.slice(2)],
    {
      env: { ...process.env, ...machine.env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const last = stdout.trimEnd().split("\n").at(-1);
  if (last?.startsWith("{")) return JSON.parse(last);
  return { suite: "spark", passed: 0, failed: 1, reason: `${engine}: exit code ${status}` };
}

const all = [];
for (const [engine, options] of Object.entries(RUNS)) all.push(await run(engine, options));
const sum = (key) => all.reduce((total, each) => total + each[key], 0);
const reasons = all.flatMap(({ reason }) => reason ?? []);
console.log(
  JSON.stringify({
    suite: "spark",
    passed: sum("passed"),
    failed: sum("failed"),
    ...(reasons.length > 0 && { reason: reasons.join("; ") }),
  }),
);
process.exitCode = sum("failed") === 0 ? 0 : 1;
