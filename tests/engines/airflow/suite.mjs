// The emitted DAGs for real: loaded by Airflow 2.11 and 3.3, run to the end on 3.3, and their tables compared with the oracle.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";
import { renderTexts } from "./texts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const example = join(root, "examples", "fraud_detection");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const DAILY = "fraud_detection__daily_0200";
const SUNDAYS = "fraud_detection__sundays_0400";
/** Everything up to a tick of the daily schedule that the data has passed; the last day of it is then run again on its own. */
const RANGE = { interval_start: "2025-12-31T02:00:00Z", interval_end: "2026-04-11T02:00:00Z" };
const LAST_TICK = "2026-04-11T02:00:00+00:00";
/** A Sunday that the data has not reached. */
const LATER = "2026-06-07T04:00:00+00:00";
/** As many observations have their features compared with the oracle's. */
const SAMPLE = 2000;

const run = await engines.run();
const airflows = { 3.3: await engines["airflow-3.3"](), 2.11: await engines["airflow-2.11"]() };
const totals = { passed: 0, failed: 0 };
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function check(name, ok, detail = "") {
  totals[ok ? "passed" : "failed"] += 1;
  console.error(`${ok ? "ok  " : "FAIL"} ${name}${ok || detail === "" ? "" : `\n${detail}`}`);
  return ok;
}

function exec(program, args, env = {}) {
  const stdio = ["ignore", "pipe", "pipe"];
  return spawnSync(program, args, {
    cwd: project,
    env: { ...process.env, ...run.env, ...env },
    encoding: "utf8",
    stdio,
    maxBuffer: 1 << 28,
  });
}

function airflowEnv(version, environment) {
  return {
    PATH: `${airflows[version].bin}:${run.env.PATH ?? process.env.PATH}`,
    AIRFLOW_HOME: join(home, version),
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    AIRFLOW__CORE__DAGS_FOLDER: join(project, "generated", environment, "airflow"),
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    FRAUD_DETECTION_PYTHON: run.python,
    KUBECONFIG: join(home, "kubeconfig"),
  };
}

/** The last line of an output, as JSON; a crash has none. */
function answer({ stdout, stderr }) {
  try {
    return JSON.parse(stdout.trimEnd().split("\n").at(-1));
  } catch {
    return { crash: `${stdout}${stderr}`.slice(-4000) };
  }
}

const load = (version, environment, folder) =>
  answer(exec(airflows[version].python, [join(here, "load.py"), folder], airflowEnv(version, environment)));

function loads(version, environment) {
  const loaded = load(version, environment, join(project, "generated", environment, "airflow"));
  const { crash, errors, warnings, stored, dags = {} } = loaded;
  const name = `Airflow ${version} loads the DAGs of ${environment}`;
  check(`${name} without an error`, same(errors, {}), crash ?? JSON.stringify(errors));
  check(`${name} without a warning of ours`, same(warnings, []), JSON.stringify(warnings));
  const ids = Object.keys(dags).sort();
  check(`${name}: both are there`, same(ids, [DAILY, SUNDAYS]), JSON.stringify(ids));
  const wrong = ids.filter((id) => !same(stored[id].tasks, Object.keys(dags[id]).sort()) || stored[id].schedule !== CRONS[id]);
  check(`${name}, stores them and reads them again`, ids.length > 0 && wrong.length === 0, JSON.stringify(stored));
  return loaded;
}

const CRONS = { [DAILY]: "0 2 * * *", [SUNDAYS]: "0 4 * * 0" };

/** What has to come before what, whatever else there is. */
const EDGES = [
  [DAILY, "ready_transactions", "ingest_transactions"],
  [DAILY, "ingest_transactions", "features_card_velocity"],
  [DAILY, "ingest_chargebacks", "transform_labelled_payments"],
  [DAILY, "features_card_velocity", "materialise_card_velocity"],
  [DAILY, "features_card_velocity", "scoring_fraud_review"],
  [DAILY, "scoring_fraud_review", "score_fraud_review"],
  [SUNDAYS, "await_sources_transactions", "training_fraud_score"],
  [SUNDAYS, "training_fraud_score", "train_fraud_score"],
  [SUNDAYS, "train_fraud_score", "gate_fraud_score"],
];

function graphs() {
  const seen = {};
  for (const version of Object.keys(airflows)) {
    seesFaults(version);
    for (const environment of ["local", "production"]) {
      const { dags = {}, seconds } = loads(version, environment);
      const missing = EDGES.filter(([dag, before, after]) => !dags[dag]?.[after]?.after.includes(before));
      check(`Airflow ${version}, ${environment}: tasks are in order`, missing.length === 0, JSON.stringify(missing));
      commands(`Airflow ${version}, ${environment}`, dags);
      const tasks = Object.entries(dags).map(([name, each]) => [name, Object.keys(each).sort()]);
      seen[`${version} ${environment}`] = Object.fromEntries(tasks);
      if (environment === "production") pods(version, Object.values(dags).flatMap(Object.values));
      else parsesLikeByHand(version, seconds);
    }
  }
  check(
    "both Airflows and both environments have the same tasks",
    new Set(Object.values(seen).map((dags) => JSON.stringify(dags))).size === 1,
    JSON.stringify(seen, null, 2),
  );
}

/** Every task is about its run's interval; what waits for the daily DAG, up to that one's last tick. */
function commands(name, dags) {
  const interval = (end) => `--interval-start 2026-03-29T04:00:00Z --interval-end 2026-04-05T${end}:00:00Z`;
  const wrong = Object.values(dags)
    .flatMap((tasks) => Object.entries(tasks))
    .filter(([task, { rendered }]) => !rendered.trim().endsWith(interval(task.startsWith("await_") ? "02" : "04")));
  check(`${name}: tasks are given their interval`, Object.keys(dags).length > 0 && wrong.length === 0, JSON.stringify(wrong));
}

/** The loader reports what it is there to report. */
function seesFaults(version) {
  const { errors = {}, warnings = [] } = load(version, "local", join(here, "faulty"));
  const ok = /made on purpose/.test(JSON.stringify(errors)) && /made on purpose/.test(JSON.stringify(warnings));
  check(`Airflow ${version}: errors and warnings would be seen`, ok, JSON.stringify({ errors, warnings }));
}

function parsesLikeByHand(version, seconds = {}) {
  const byHand = load(version, "local", join(here, "by_hand")).seconds?.daily;
  const detail = `emitted ${seconds[DAILY]} s, by hand ${byHand} s`;
  check(`Airflow ${version} parses the daily DAG about as fast as one written by hand`, seconds[DAILY] < 1.5 * byHand, detail);
  console.error(`     ${detail}`);
}

function pods(version, tasks) {
  const hardened = tasks.filter(({ pod }) => {
    const [container] = pod?.spec.containers ?? [];
    const security = container?.securityContext;
    return (
      pod?.spec.securityContext?.runAsNonRoot === true &&
      pod.spec.automountServiceAccountToken === false &&
      pod.spec.serviceAccountName?.startsWith("fraud-detection-") &&
      pod.metadata.namespace === "fraud" &&
      security?.readOnlyRootFilesystem === true &&
      security.allowPrivilegeEscalation === false &&
      /^ghcr\.io\/acme\/fraud-detection-(spark|training):[0-9a-f]{16}$/.test(container.image) &&
      container.resources.limits.memory !== undefined
    );
  });
  const soft = tasks.find((task) => !hardened.includes(task));
  check(`Airflow ${version}: every task is a hardened pod`, tasks.length > 0 && soft === undefined, JSON.stringify(soft, null, 2));
}

const airflow = (args, env = {}) => {
  const { status, stdout, stderr } = exec(join(airflows["3.3"].bin, "airflow"), args, { ...airflowEnv("3.3", "local"), ...env });
  return { status, log: `${stdout}${stderr}` };
};

/** Runs a DAG to its end. What is not in `states` has to succeed. */
function runs(dag, { date = LAST_TICK, conf, states = {} } = {}) {
  const begin = Date.now();
  const { status, log } = airflow(["dags", "test", dag, date, ...(conf === undefined ? [] : ["--conf", JSON.stringify(conf)])]);
  const ended = answer(exec(run.python, [join(here, "states.py"), join(home, "3.3", "airflow.db"), dag]));
  const other = Object.entries(ended).filter(([task, state]) => state !== (states[task] ?? "success"));
  const name = `${dag} runs to the end${conf === undefined ? ` for the interval before ${date}` : " over a range"}`;
  const ok = status === 0 && Object.keys(ended).length > 0 && other.length === 0;
  check(name, ok, `${JSON.stringify(other)}\n${log.slice(-12000)}`);
  console.error(`     ${Math.round((Date.now() - begin) / 1000)} s`);
  return ok && { log };
}

/** Rows and hashes of every table, by name. */
const snapshot = () => answer(exec(run.python, [join(here, "snapshot.py"), join(project, "lake", "fraud_detection")]));

/** The names of versions, who is champion, and what was measured. */
function models() {
  const registry = join(project, "lake", "fraud_detection", "models", "fraud_score");
  const versions = readdirSync(join(registry, "versions")).sort();
  const read = (...path) => JSON.parse(readFileSync(join(registry, ...path), "utf8"));
  return { champion: read("champion.json"), versions: versions.map((version) => [version, read("versions", version, "metrics.json")]) };
}

function execution() {
  const migrated = airflow(["db", "migrate"]);
  if (!check("Airflow 3.3 has a database", migrated.status === 0, migrated.log)) return;
  // Scoring comes before the first model: nothing to do yet is no failure.
  const first = runs(DAILY, { conf: RANGE, states: { score_fraud_review: "skipped" } });
  if (!first) return;
  check("without a champion scoring says so", /fraud_score has no champion: no version has passed its gate/.test(first.log));
  if (!runs(SUNDAYS, { conf: RANGE })) return;
  const [range, trained] = [snapshot(), models()];
  if (!runs(SUNDAYS, { conf: RANGE })) return;
  check("training that is run twice leaves identical rows", "training/fraud_score" in range && same(range, snapshot()));
  check("and the same model", same(trained, models()), JSON.stringify([trained, models()], null, 2));
  days(range);
  oracle();
}

/** The last day of the range on its own, twice: now with a champion. */
function days(range) {
  if (!runs(DAILY)) return;
  const { "predictions/fraud_review": predictions = [0], ...day } = snapshot();
  check("a day of the range that is run again leaves the range's rows", same(range, day), JSON.stringify([range, day], null, 2));
  check(`the champion scores the day (${predictions[0]} rows)`, predictions[0] > 0);
  if (!runs(DAILY)) return;
  const { "predictions/fraud_review": again, ...rest } = snapshot();
  check("a day that is run twice leaves identical rows", same([day, predictions], [rest, again]), JSON.stringify([day, rest], null, 2));
  console.error(`     ${JSON.stringify({ ...day, "predictions/fraud_review": predictions }, null, 2)}`);
}

function oracle() {
  const range = ["--interval-start", RANGE.interval_start, "--interval-end", RANGE.interval_end, "--sample", String(SAMPLE)];
  const { status, stdout, stderr } = exec(run.python, [
    join(root, "tests", "engines", "oracle", "compare.py"),
    "--project",
    project,
    ...range,
  ]);
  check("the tables equal the oracle's", status === 0, `${stdout}${stderr}`);
  const compared = /"training\/fraud_score": \{[^}]*"features_compared": (\d+)/.exec(stdout)?.[1];
  check(`the features of at least ${SAMPLE} observations were compared (${compared})`, Number(compared) >= SAMPLE, stdout);
  console.error(stdout);
}

/** Exit code 75 of the real programs: a sensor is asked again later. Any other is a failure. */
function sensors() {
  const ends = (dag, task, env) =>
    [...airflow(["tasks", "test", dag, task, LATER], env).log.matchAll(/new_state=(\w+)/g)].map(([, state]) => state).at(-1);
  for (const [dag, task] of [
    [DAILY, "ready_transactions"],
    [SUNDAYS, "await_features_card_velocity"],
  ]) {
    const state = ends(dag, task);
    check(`${task} is asked again where the data is not there yet`, state === "up_for_reschedule", state);
  }
  const state = ends(DAILY, "ready_transactions", { FRAUD_DETECTION_PYTHON: join(home, "no-python") });
  check("a sensor that cannot run fails", state === "failed", state);
}

/** The project's folder has a space in its name: nowhere does it come out in another form, or at all. */
function leavesNoTrace() {
  const beside = readdirSync(folder).filter((name) => name !== "project of one" && name !== "home");
  check("nothing is written beside the project", same(beside, []), beside.join(", "));
  const emitted = readdirSync(join(project, "generated"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const telling = emitted.filter((entry) => {
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    return text.includes(folder) || text.includes("%20");
  });
  check("no emitted file says where it was made", emitted.length > 100 && telling.length === 0, telling.map(({ name }) => name).join(", "));
}

const folder = mkdtempSync(join(tmpdir(), "mlspec airflow "));
const [project, home] = [join(folder, "project of one"), join(folder, "home")];
try {
  mkdirSync(home);
  writeFileSync(join(home, "kubeconfig"), readFileSync(join(here, "kubeconfig.yaml")));
  cpSync(example, project, { recursive: true, filter: (path) => !/[/\\](lake|generated|\.mlspec)$/.test(path) });
  const data = exec(run.python, ["generate.py", "--cards", process.env.CARDS ?? "300"]);
  const compiled = exec(process.execPath, [command, "compile", "-C", project]);
  if (
    check("the example's data is generated", data.status === 0, data.stderr) &&
    check("the example compiles", compiled.status === 0, compiled.stderr)
  ) {
    const { words, differences } = await renderTexts(airflows["3.3"].python, 2500);
    check(
      `2,500 hostile texts are rendered to themselves, and ${words} read by a shell`,
      words > 1000 && same(differences, []),
      differences.join("\n"),
    );
    graphs();
    execution();
    sensors();
    leavesNoTrace();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ suite: "airflow", ...totals }));
process.exitCode = totals.failed > 0 ? 1 : 0;
