// The emitted Python for real: its modules' own tests, and the service of a finished run, asked over HTTP.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const example = join(root, "examples", "fraud_detection");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const INTERVAL = ["--interval-start", "2026-01-01T00:00:00Z", "--interval-end", "2026-04-12T00:00:00Z"];
// What serving needs, in the order of the task graph; gate and train last.
const PROGRAMS = [
  "spark/ingest_transactions",
  "spark/ingest_cards",
  "spark/ingest_chargebacks",
  "spark/transform_labelled_payments",
  "spark/features_card_velocity",
  "spark/materialise_card_velocity",
  "spark/materialise_card_profile",
  "spark/training_fraud_score",
  "python/train_fraud_score",
  "python/gate_fraud_score",
];

const run = await engines.run();
const totals = { passed: 0, failed: 0 };

function count(name, ok) {
  totals[ok ? "passed" : "failed"] += 1;
  console.error(`${ok ? "ok  " : "FAIL"} ${name}`);
  return ok;
}

function python(args, cwd) {
  return spawnSync(run.python, args, { cwd, env: { ...process.env, ...run.env }, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** Compiles a copy of the example and runs what comes before serving; false at the first program that fails. */
function prepare(project) {
  cpSync(example, project, { recursive: true, filter: (path) => !/[/\\](lake|generated|\.mlspec)$/.test(path) });
  const data = python(["generate.py", "--cards", "300"], project);
  if (!count("the example's data is generated", data.status === 0)) return false;
  const compiled = spawnSync(process.execPath, [command, "compile", "-C", project, "-e", "local"], {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (!count("the example compiles", compiled.status === 0)) return false;
  return PROGRAMS.every((program) => {
    const { status, stdout } = python([`generated/local/${program}.py`, ...INTERVAL], project);
    const ok = count(`${program} ends with exit code 0`, status === 0);
    if (!ok) console.error(stdout);
    return ok;
  });
}

const project = mkdtempSync(join(tmpdir(), "mlspec serving "));
try {
  for (const tests of ["test_modules.py", "test_training.py"]) {
    const { status } = python([join(here, tests), join(root, "templates", "python")], project);
    count(`${tests} passes`, status === 0);
  }
  if (prepare(project)) {
    const { stdout } = python([join(here, "check.py"), "--project", project, ...INTERVAL], project);
    const { passed = 0, failed = 1 } = summaryOf(stdout);
    totals.passed += passed;
    totals.failed += failed;
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
console.log(JSON.stringify({ suite: "serving", ...totals }));
process.exitCode = totals.failed > 0 ? 1 : 0;

/** The last line of a check's output; a crash has none. */
function summaryOf(stdout) {
  try {
    return JSON.parse(stdout.trimEnd().split("\n").at(-1));
  } catch {
    return {};
  }
}
