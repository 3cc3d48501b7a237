// Everything that the language has for Spark, run on Spark: one virtual machine for all emitted programs.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const command = join(here, "..", "..", "..", "packages", "cli", "dist", "mlspec.cjs");
const machine = await engines.run();
const { status, stdout } = spawnSync(machine.python, [join(here, "main.py"), "--command", command, ...process.argv.slice(2)], {
  env: { ...process.env, ...machine.env },
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
});
const last = stdout.trimEnd().split("\n").at(-1);
console.log(last?.startsWith("{") ? last : JSON.stringify({ suite: "spark", passed: 0, failed: 1, reason: `exit code ${status}` }));
process.exitCode = status === 0 ? 0 : 1;
