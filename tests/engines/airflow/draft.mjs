// The emitted DAGs for real: loaded by Airflow 2.11 and 3.3, run to the end on 3.3, and their tables compared with the oracle.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { engines } from "../setup/index.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const example = join(root, "examples", "fraud_detection");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const DAILY = "fraud_detection__daily_0200";
const SUNDAYS = "fraud_detection__sundays_0400";
/** Everything up to a tick of the daily schedule that the data has passed; the last day of it is then run again on its own. */
const RANGE = { interval_start: "2025-12-31T02:00:00Z", interval_end: "2026-04-11T02:00:00Z" };
const LAST_TICK = "2026-04-11T02:00:00+00:00";

const run = await engines.run();
const airflows = { 3.3: await engines["airflow-3.3"](), 2.11: await engines["airflow-2.11"]() };
const totals = { passed: 0, failed: 0 };

function check(name, ok, detail = "") {
  totals[ok ? "passed" : "failed"] += 1;
  console.error(`${ok ? "ok  " : "FAIL"} ${name}${ok || detail === "" ? "" : `\n${detail}`}`);
  return ok;
}

function exec(program, args, { cwd = project, env = {}, quiet = false } = {}) {
  const stdio = ["ignore", "pipe", quiet ? "pipe" : "inherit"];
  return spawnSync(program, args, { cwd, env: { ...process.env, ...run.env, ...env }, encoding: "utf8", stdio, maxBuffer: 1 << 28 });
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
function answer(stdout) {
  try {
    return JSON.parse(stdout.trimEnd().split("\n").at(-1));
  } catch {
    return {};
  }
}

function loads(version, environment) {
  const folder = join(project, "generated", environment, "airflow");
  const { stdout } = exec(airflows[version].python, [join(here, "load.py"), folder], {
    env: airflowEnv(version, environment),
    quiet: true,
  });
  const { errors, warnings, dags } = answer(stdout);
  const name = `Airflow ${version} loads the DAGs of ${environment}`;
  check(`${name} without an error`, errors !== undefined && Object.keys(errors).length === 0, JSON.stringify(errors));
  check(`${name} without a warning of ours`, warnings?.length === 0, JSON.stringify(warnings));
  check(
    `${name}: both are there`,
    JSON.stringify(Object.keys(dags ?? {}).sort()) === JSON.stringify([DAILY, SUNDAYS]),
    JSON.stringify(dags),
  );
  return dags ?? {};
}

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
    for (const environment of ["local", "production"]) {
      const dags = loads(version, environment);
      const missing = EDGES.filter(([dag, before, after]) => !dags[dag]?.[after]?.after.includes(before));
      check(`Airflow ${version}, ${environment}: tasks are in order`, missing.length === 0, JSON.stringify(missing));
      seen[`${version} ${environment}`] = Object.fromEntries(
        Object.entries(dags).map(([name, tasks]) => [name, Object.keys(tasks).sort()]),
      );
      if (environment === "production")
        pods(
          version,
          Object.values(dags).flatMap((tasks) => Object.values(tasks)),
        );
    }
  }
  check(
    "both Airflows and both environments have the same tasks",
    new Set(Object.values(seen).map((dags) => JSON.stringify(dags))).size === 1,
    JSON.stringify(seen, null, 2),
  );
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
  check(
    `Airflow ${version}: every task is a hardened pod`,
    tasks.length > 0 && hardened.length === tasks.length,
    JSON.stringify(
      tasks.find((task) => !hardened.includes(task)),
      null,
      2,
    ),
  );
}

/** Runs a DAG to its end. */
function runs(dag, { date = LAST_TICK, conf } = {}) {
  const args = ["dags", "test", dag, date, ...(conf === undefined ? [] : ["--conf", JSON.stringify(conf)])];
  const { status, stdout, stderr } = exec(join(airflows["3.3"].bin, "airflow"), args, { env: airflowEnv("3.3", "local"), quiet: true });
  const log = `${stdout}${stderr}`;
  return check(
    `${dag} runs to the end${conf === undefined ? ` for the day before ${date}` : " over a range"}`,
    status === 0 && !/state=failed/.test(log),
    log.slice(-8000),
  );
}

const PIECES = [
  "'",
  '"',
  "\\",
  "\n",
  "\r\n",
  "\r",
  "\t",
  "\0",
  "\u2028",
  "\ud800",
  "{{",
  "}}",
  "{%",
  "%}",
  "{#",
  "#}",
  "{",
  "}",
  "$(id)",
  "`id`",
  "$HOME",
  ";",
  "&&",
  "|",
  "*",
  "~",
  "!",
  "-x",
  " ",
  "é",
  "\u{1f600}",
  "a",
  "x.sh",
  ".json",
  ".yaml",
  "{% endraw %}",
];

/** The same texts in every run. */
function hostileTexts(count) {
  let state = 7;
  const next = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(5) }, () => PIECES[next(PIECES.length)]).join(""));
}

async function rendering() {
  const { jinjaText, shellWord } = await import(join(root, "packages", "emitters", "dist", "airflow", "jinja.js"));
  const texts = hostileTexts(2500).map((text) => [jinjaText(text), jinjaText(shellWord(text)), text]);
  const input = JSON.stringify(texts);
  const { stdout, stderr } = spawnSync(airflows["3.3"].python, [join(here, "render.py")], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  const { words = 0, differences } = answer(stdout);
  check(
    `2,500 hostile texts are rendered to themselves, and ${words} read by a shell`,
    words > 1000 && differences?.length === 0,
    `${stderr}${differences?.join("\n")}`,
  );
}

function snapshot() {
  return exec(run.python, [join(here, "snapshot.py"), join(project, "lake", "fraud_detection")]).stdout.trim();
}

function execution() {
  const migrated = exec(join(airflows["3.3"].bin, "airflow"), ["db", "migrate"], { env: airflowEnv("3.3", "local"), quiet: true });
  if (!check("Airflow 3.3 has a database", migrated.status === 0, migrated.stderr)) return;
  // The first scores need a champion, and the first training set needs accepted rows: a range of each, then all of it again by the day.
  if (!runs(DAILY, { conf: RANGE }) || !runs(SUNDAYS, { conf: RANGE })) return;
  if (!runs(DAILY)) return;
  const once = snapshot();
  if (!runs(DAILY)) return;
  check("a day that is run twice leaves identical rows", once !== "" && once === snapshot(), `${once}\n${snapshot()}`);
  console.error(`     ${once}`);
  const range = ["--interval-start", RANGE.interval_start, "--interval-end", RANGE.interval_end];
  const compared = exec(run.python, [join(root, "tests", "engines", "oracle", "compare.py"), "--project", project, ...range]);
  check("the tables equal the oracle's", compared.status === 0, compared.stdout);
  console.error(compared.stdout);
}

const folder = mkdtempSync(join(tmpdir(), "mlspec airflow "));
const [project, home] = [join(folder, "project"), join(folder, "home")];
try {
  mkdirSync(home);
  writeFileSync(join(home, "kubeconfig"), readFileSync(join(here, "kubeconfig.yaml")));
  cpSync(example, project, { recursive: true, filter: (path) => !/[/\\](lake|generated|\.mlspec)$/.test(path) });
  const data = exec(run.python, ["generate.py", "--cards", process.env.CARDS ?? "300"]);
  const compiled = exec(process.execPath, [command, "compile", "-C", project]);
  if (check("the example's data is generated", data.status === 0) && check("the example compiles", compiled.status === 0)) {
    await rendering();
    graphs();
    execution();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ suite: "airflow", ...totals }));
process.exitCode = totals.failed > 0 ? 1 : 0;
