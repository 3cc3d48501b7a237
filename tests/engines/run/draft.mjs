// `mlspec run` on the example: its tables against the oracle, its summary, and a run that fails and is resumed.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const machine = await engines.run();
const totals = { passed: 0, failed: 0 };

function check(name, ok, detail = "") {
  totals[ok ? "passed" : "failed"] += 1;
  console.error(`${ok ? "ok  " : "FAIL"} ${name}${ok || detail === "" ? "" : `\n${detail}`}`);
  return ok;
}

function exec(program, args) {
  return spawnSync(program, args, { cwd: project, env: { ...process.env, ...machine.env }, encoding: "utf8", maxBuffer: 1 << 28 });
}

const mlspec = (...args) => exec(process.execPath, [command, ...args]);

/** The record of the latest run. */
function latest() {
  const runs = join(project, ".mlspec", "runs");
  const id = readdirSync(runs).sort().at(-1);
  return { ...JSON.parse(readFileSync(join(runs, id, "run.json"), "utf8")), folder: join(runs, id) };
}

const withStatus = ({ steps }, ...statuses) =>
  Object.keys(steps)
    .filter((id) => statuses.includes(steps[id].status))
    .sort();

function failsAndResumes() {
  // One file of the cards is no parquet: their ingestion fails, what reads them is skipped, the rest is done.
  const [file] = readdirSync(join(project, "lake", "raw", "cards")).filter((name) => name.endsWith(".parquet"));
  const path = join(project, "lake", "raw", "cards", file);
  renameSync(path, join(project, "cards.kept"));
  writeFileSync(path, "no parquet");
  const failed = mlspec("run");
  const before = latest();
  check(
    "a failed task makes the run fail, and says where its log is",
    failed.status === 1 && /ingest\.cards[^\n]*\n[^]*log: \.mlspec/.test(failed.stderr),
    failed.stderr,
  );
  check(
    "only that task failed",
    JSON.stringify(withStatus(before, "failed")) === '["ingest.cards"]',
    JSON.stringify(before.steps, null, 2),
  );
  check("what needs it is skipped", withStatus(before, "skipped").includes("train.fraud_score"), failed.stderr);
  check("what does not need it is done", withStatus(before, "done").includes("features.card_velocity"), failed.stderr);
  renameSync(join(project, "cards.kept"), path);
  const resumed = mlspec("run", "--resume");
  const after = latest();
  check("the run is resumed to its end", resumed.status === 0, `${resumed.stderr}${resumed.stdout}`);
  check("it is the same run", after.id === before.id);
  check(
    "what was done is kept",
    JSON.stringify(withStatus(after, "kept")) === JSON.stringify(withStatus(before, "done")),
    JSON.stringify(withStatus(after, "kept")),
  );
  return { stdout: resumed.stdout, record: after };
}

function tells({ stdout, record }) {
  const rows = /ingest\.transactions +(.*)/.exec(stdout)?.[1] ?? "";
  check(
    "the summary has the rows of each verdict",
    ["accepted", "too_late", "conflict", "malformed"].every((verdict) => rows.includes(verdict)),
    stdout,
  );
  check("the summary has the metrics", /average_precision +0\.\d{4}/.test(stdout), stdout);
  check("the summary has the gate's answer", /gate: passed/.test(stdout), stdout);
  check("the summary says where things are", stdout.includes("lake/fraud_detection/models/fraud_score"), stdout);
  check(
    "every task has a log",
    Object.keys(record.steps).every((id) => existsSync(join(record.folder, `${id}.log`))),
  );
}

function equalsOracle({ interval }) {
  const args = ["--project", project, "--interval-start", interval.start, "--interval-end", interval.end];
  const compared = exec(machine.python, [join(root, "tests", "engines", "oracle", "compare.py"), ...args]);
  check("the tables equal the oracle's", compared.status === 0, `${compared.stdout}${compared.stderr}`);
  console.error(compared.stdout);
}

const folder = mkdtempSync(join(tmpdir(), "mlspec run "));
const project = join(folder, "project");
try {
  cpSync(join(root, "examples", "fraud_detection"), project, {
    recursive: true,
    filter: (path) => !/[/\\](lake|generated|\.mlspec)$/.test(path),
  });
  const data = exec(machine.python, ["generate.py", "--cards", process.env.CARDS ?? "300"]);
  if (check("the example's data is generated", data.status === 0, data.stderr)) {
    const resumed = failsAndResumes();
    tells(resumed);
    equalsOracle(resumed.record);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ suite: "run", ...totals }));
process.exitCode = totals.failed > 0 ? 1 : 0;
