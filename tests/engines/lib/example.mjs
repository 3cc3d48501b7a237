// What the suites that run the example have in common: a copy of it, its data, the command, and counted checks.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
export const oracle = join(root, "tests", "engines", "oracle");
export const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const CARDS = process.env.CARDS ?? "300";

export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Counts checks and says each on standard error. */
export function counted(suite) {
  const totals = { passed: 0, failed: 0 };
  return {
    totals,
    check(name, ok, detail = "") {
      totals[ok ? "passed" : "failed"] += 1;
      console.error(`${ok ? "ok  " : "FAIL"} ${name}${ok || detail === "" ? "" : `\n${detail}`}`);
      return ok;
    },
    /** Prints the summary that the runner reads; `more` is what it says beside the counts. */
    finish(more = {}) {
      console.log(JSON.stringify({ suite, ...totals, ...more }));
      process.exitCode = totals.failed > 0 ? 1 : 0;
    },
  };
}

/** The last line of an output as JSON; what crashed has none. */
export function lastLine(stdout) {
  try {
    return JSON.parse(stdout.trimEnd().split("\n").at(-1));
  } catch {
    return {};
  }
}

/** Runs a program while others run: what it gave at its end, as from `spawnSync`. */
export function ended(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name]?.setEncoding("utf8").on("data", (text) => (said[name] += text));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...said }));
  });
}

/** A folder for a project; its name has a space, which every tool has to bear. */
export const temporaryFolder = (name) => mkdtempSync(join(tmpdir(), `mlspec ${name} `));

/** The example in a folder, with what starts programs there. */
export function exampleIn(project, machine) {
  const env = { ...process.env, ...machine.env };
  const exec = (program, args, options = {}) =>
    spawnSync(program, args, { cwd: project, env, encoding: "utf8", maxBuffer: 1 << 28, ...options });
  return {
    project,
    exec,
    python: (args, options) => exec(machine.python, args, options),
    mlspec: (args, options) => exec(process.execPath, [command, ...args], options),
    generate: () => exec(machine.python, ["generate.py", "--cards", CARDS]),
    record: () => latestRecord(project),
  };
}

/** Copies the example without what earlier runs have left there. */
export function copyExample(project) {
  cpSync(join(root, "examples", "fraud_detection"), project, {
    recursive: true,
    filter: (path) => !/[/\\](lake|generated|\.mlspec)$/.test(path),
  });
}

/** Lets production read files and keep features in files, as the local environment does: where there are neither brokers nor servers. */
export function onFiles(project) {
  const path = join(project, "mlspec.yaml");
  const text = readFileSync(path, "utf8");
  const [, local] = /\n {4}overrides:\n((?: {6}.*\n)+)/.exec(text) ?? [];
  const changed = text
    .replace(/^ {4}stores: .*\n/m, "")
    .replace(/^ {4}overrides: \{ (deployments: .*) \}$/m, `    overrides:\n${local}      $1`);
  if (local === undefined || changed === text) throw new Error(`${path} has other overrides`);
  writeFileSync(path, changed);
}

/** The record of the latest run, and its folder; undefined where nothing has run. */
function latestRecord(project) {
  const runs = join(project, ".mlspec", "runs");
  if (!existsSync(runs)) return undefined;
  const folder = join(runs, readdirSync(runs).sort().at(-1));
  return { ...JSON.parse(readFileSync(join(folder, "run.json"), "utf8")), folder };
}

/** Where a suite leaves a finished project to those after it; undefined where a suite runs alone. */
export const sharedProject = () => {
  const folder = process.env.MLSPEC_ENGINES_SHARED;
  return folder === undefined ? undefined : join(folder, "finished project");
};
