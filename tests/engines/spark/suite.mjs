// Everything that the language has for Spark, run on Spark: one virtual machine for all emitted programs.
// What the compiler emits for a range of versions runs on its oldest, too: both at the same time, as neither keeps two processors busy.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ended } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const command = join(here, "..", "..", "..", "packages", "cli", "dist", "mlspec.cjs");
const RUNS = { run: [], "run-4.0": ["--only", "stored,project"] };

/** The summary of one run. What the first says is heard at once, the rest when it has ended. */
async function run(machine, [engine, options], heard) {
  const args = [join(here, "main.py"), "--command", command, ...options, ...process.argv.slice(2)];
  const { status, stdout, stderr } = await ended(machine.python, args, {
    env: { ...process.env, ...machine.env },
    stdio: ["ignore", "pipe", heard ? "inherit" : "pipe"],
  });
  if (!heard) console.error(`${engine}:\n${stderr}`);
  const last = stdout.trimEnd().split("\n").at(-1);
  if (last?.startsWith("{")) return JSON.parse(last);
  return { suite: "spark", passed: 0, failed: 1, reason: `${engine}: exit code ${status}` };
}

const runs = Object.entries(RUNS);
const machines = [];
for (const [engine] of runs) machines.push(await engines[engine]());
const all = await Promise.all(runs.map((each, at) => run(machines[at], each, at === 0)));
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
