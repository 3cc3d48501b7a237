// The emitted DAGs run to their end by Airflow 3.3, each twice for the same interval; their tables against the oracle.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLine, oracle, same } from "../lib/example.mjs";
import { DAILY, SUNDAYS } from "./airflow.mjs";

/** Everything up to a tick of the daily schedule that the data has passed; the last day of it is then run again on its own. */
const RANGE = { interval_start: "2025-12-31T02:00:00Z", interval_end: "2026-04-11T02:00:00Z" };
const LAST_TICK = "2026-04-11T02:00:00+00:00";
/** A Sunday that the data has not reached. */
const LATER = "2026-06-07T04:00:00+00:00";
/** As many observations have their features compared with the oracle's. */
const SAMPLE = 2000;

/** Runs a DAG to its end. What is not in `states` has to succeed. The log, or undefined. */
export function runDag(machine, check, dag, { conf, states = {} } = {}) {
  const begin = Date.now();
  const given = conf === undefined ? [] : ["--conf", JSON.stringify(conf)];
  const { status, log } = machine.airflow(["dags", "test", dag, LAST_TICK, ...given]);
  const ended = machine.states(dag);
  const other = Object.entries(ended).filter(([task, state]) => state !== (states[task] ?? "success"));
  const ok = status === 0 && Object.keys(ended).length > 0 && other.length === 0;
  const name = `${dag} runs to the end ${conf === undefined ? "for the last day" : "over a range"}`;
  check(name, ok, `${JSON.stringify(other)}\n${log.slice(-12_000)}`);
  console.error(`     ${Math.round((Date.now() - begin) / 1000)} s`);
  return ok ? log : undefined;
}

export function checkExecution(machine, check) {
  const migrated = machine.airflow(["db", "migrate"]);
  if (!check("Airflow 3.3 has a database", migrated.status === 0, migrated.log)) return;
  // Scoring comes before the first model: nothing to do yet is no failure.
  const first = runDag(machine, check, DAILY, { conf: RANGE, states: { score_fraud_review: "skipped" } });
  if (first === undefined) return;
  check("without a champion scoring says so", first.includes("fraud_score has no champion: no version has passed its gate"));
  if (runDag(machine, check, SUNDAYS, { conf: RANGE }) === undefined) return;
  const [range, trained] = [machine.snapshot(), models(machine)];
  if (runDag(machine, check, SUNDAYS, { conf: RANGE }) === undefined) return;
  const again = machine.snapshot();
  const rows = range["training/fraud_score"]?.[0] ?? 0;
  check(
    `training that is run twice leaves identical rows (${rows})`,
    rows > 0 && same(range, again),
    JSON.stringify([range, again], null, 2),
  );
  check("and the same model", same(trained, models(machine)), JSON.stringify([trained, models(machine)], null, 2));
  checkDay(machine, check, range);
  checkOracle(machine, check);
}

/** The last day of the range on its own, twice: now with a champion. */
function checkDay(machine, check, range) {
  const apart = ({ "predictions/fraud_review": predictions = [0], ...rest }) => ({ predictions, rest });
  if (runDag(machine, check, DAILY) === undefined) return;
  const once = apart(machine.snapshot());
  const said = (tables) => Object.entries(tables).map(([table, [rows, , said]]) => [table, rows, said]);
  check(
    "a day of the range that is run again leaves the range's rows",
    same(said(range), said(once.rest)),
    JSON.stringify([range, once], null, 2),
  );
  check(`the champion scores the day (${once.predictions[0]} rows)`, once.predictions[0] > 0);
  if (runDag(machine, check, DAILY) === undefined) return;
  const twice = apart(machine.snapshot());
  check("a day that is run twice leaves identical rows", same(once, twice), JSON.stringify([once, twice], null, 2));
}

/** The names of versions, who is champion, and what was measured. */
function models({ project }) {
  const registry = join(project, "lake", "fraud_detection", "models", "fraud_score");
  const read = (...path) => JSON.parse(readFileSync(join(registry, ...path), "utf8"));
  const versions = readdirSync(join(registry, "versions")).sort();
  return { champion: read("champion.json"), versions: versions.map((version) => [version, read("versions", version, "metrics.json")]) };
}

function checkOracle({ project, python }, check) {
  const range = ["--interval-start", RANGE.interval_start, "--interval-end", RANGE.interval_end];
  const { status, stdout, stderr } = python([join(oracle, "compare.py"), "--project", project, ...range, "--sample", String(SAMPLE)]);
  check("the tables equal the oracle's", status === 0, `${stdout}${stderr}`);
  const compared = lastLine(stdout).compared?.["training/fraud_score"]?.features_compared;
  check(`the features of at least ${SAMPLE} observations were compared (${compared})`, compared >= SAMPLE, stdout);
  console.error(stdout);
}

/** Exit code 75 of the real programs: a sensor is asked again later. Any other is a failure. */
export function checkSensors({ airflow, home }, check) {
  const end = (dag, task, env) => {
    const { log } = airflow(["tasks", "test", dag, task, LATER], env);
    return [...log.matchAll(/new_state=(\w+)/g)].at(-1)?.[1] ?? log.slice(-4000);
  };
  const sensors = [
    [DAILY, "ready_transactions"],
    [SUNDAYS, "await_features_card_velocity"],
  ];
  for (const [dag, task] of sensors) {
    const state = end(dag, task);
    check(`${task} is asked again where the data is not there yet`, state === "up_for_reschedule", state);
  }
  const state = end(DAILY, "ready_transactions", { FRAUD_DETECTION_PYTHON: join(home, "no-python") });
  check("a sensor that cannot run fails, and is tried again", state === "up_for_retry", state);
}
