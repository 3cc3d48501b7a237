// The parts of the suite on a version of Spark: one virtual machine for all emitted programs.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ended, lastLine } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const command = join(here, "..", "..", "..", "packages", "cli", "dist", "mlspec.cjs");

/** Runs the parts with what an engine has, and prints the summary of the suite. */
export async function sparkSuite(suite, engine, options = []) {
  const machine = await engines[engine]();
  const args = [join(here, "main.py"), "--command", command, ...options, ...process.argv.slice(2)];
  const { status, stdout } = await ended(machine.python, args, {
    env: { ...process.env, ...machine.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { passed, failed = 1 } = lastLine(stdout);
  // What crashed has no summary.
  const counts = passed === undefined ? { passed: 0, failed, reason: `exit code ${status}` } : { passed, failed };
  console.log(JSON.stringify({ suite, ...counts }));
  process.exitCode = failed === 0 ? 0 : 1;
}
