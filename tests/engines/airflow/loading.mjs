// What both Airflows see in the emitted files: DAGs, their order, their commands, their pods.
import { join } from "node:path";
import { same } from "../lib/example.mjs";
import { DAILY, SUNDAYS, VERSIONS, here } from "./airflow.mjs";

const CRONS = { [DAILY]: "0 2 * * *", [SUNDAYS]: "0 4 * * 0" };

/** Where files are read; of a topic, a stream keeps the store current. */
const MATERIALISE = "materialise_card_velocity";

/** What has to come before what, whatever else there is. */
const EDGES = [
  [DAILY, "ready_transactions", "ingest_transactions"],
  [DAILY, "ingest_transactions", "features_card_velocity"],
  [DAILY, "ingest_chargebacks", "transform_labelled_payments"],
  [DAILY, "features_card_velocity", "scoring_fraud_review"],
  [DAILY, "scoring_fraud_review", "score_fraud_review"],
  [SUNDAYS, "await_sources_transactions", "training_fraud_score"],
  [SUNDAYS, "training_fraud_score", "train_fraud_score"],
  [SUNDAYS, "train_fraud_score", "gate_fraud_score"],
];

export function checkLoading(machine, check) {
  const seen = {};
  for (const version of VERSIONS) {
    faults(machine, check, version);
    for (const environment of ["local", "production"]) {
      const name = `Airflow ${version}, ${environment}`;
      const { dags = {}, seconds } = loaded(machine, check, { version, environment, name });
      const filled = dags[DAILY]?.[MATERIALISE]?.after.includes("features_card_velocity") === true;
      check(
        `${name}: the store of velocities is filled by ${environment === "local" ? "a task" : "none"}`,
        filled === (environment === "local"),
      );
      order(check, name, dags);
      commands(check, name, dags);
      seen[name] = Object.entries(dags).map(([id, tasks]) => [
        id,
        Object.keys(tasks)
          .filter((task) => task !== MATERIALISE)
          .sort(),
      ]);
      if (environment === "production") pods(check, name, Object.values(dags).flatMap(Object.values));
      else speed(machine, check, { version, seconds });
    }
  }
  const different = new Set(Object.values(seen).map((dags) => JSON.stringify(dags)));
  check("both Airflows and both environments have the same tasks beside it", different.size === 1, JSON.stringify(seen, null, 2));
}

function loaded(machine, check, { version, environment, name }) {
  const result = machine.load(version, environment, join(machine.project, "generated", environment, "airflow"));
  const { crash, errors, warnings, stored, dags = {} } = result;
  check(`${name}: loaded without an error`, same(errors, {}), crash ?? JSON.stringify(errors));
  check(`${name}: loaded without a warning of ours`, same(warnings, []), JSON.stringify(warnings));
  const ids = Object.keys(dags).sort();
  check(`${name}: both DAGs are there`, same(ids, [DAILY, SUNDAYS]), JSON.stringify(ids));
  const wrong = ids.filter((id) => !same(stored[id].tasks, Object.keys(dags[id]).sort()) || stored[id].schedule !== CRONS[id]);
  check(`${name}: stored and read again`, ids.length > 0 && wrong.length === 0, JSON.stringify(stored));
  return result;
}

/** The loader reports what it is there to report. */
function faults(machine, check, version) {
  const { errors = {}, warnings = [] } = machine.load(version, "local", join(here, "faulty"));
  const told = [errors, warnings].every((each) => /made on purpose/.test(JSON.stringify(each)));
  check(`Airflow ${version}: errors and warnings would be seen`, told, JSON.stringify({ errors, warnings }));
}

function order(check, name, dags) {
  const missing = EDGES.filter(([dag, before, after]) => !dags[dag]?.[after]?.after.includes(before));
  check(`${name}: tasks are in order`, missing.length === 0, JSON.stringify(missing));
}

/** Every task is about its run's interval; what waits for the daily DAG, up to that one's last tick. */
function commands(check, name, dags) {
  const interval = (hour) => `--interval-start 2026-03-29T04:00:00Z --interval-end 2026-04-05T${hour}:00:00Z`;
  const wrong = Object.values(dags)
    .flatMap((tasks) => Object.entries(tasks))
    .filter(([task, { rendered }]) => !rendered.trim().endsWith(interval(task.startsWith("await_") ? "02" : "04")));
  check(`${name}: tasks are given their interval`, Object.keys(dags).length > 0 && wrong.length === 0, JSON.stringify(wrong));
}

function speed(machine, check, { version, seconds = {} }) {
  const byHand = machine.load(version, "local", join(here, "by_hand")).seconds?.daily;
  const detail = `emitted ${seconds[DAILY]} s, by hand ${byHand} s`;
  check(`Airflow ${version} parses the daily DAG about as fast as one written by hand`, seconds[DAILY] < 1.5 * byHand, detail);
  console.error(`     ${detail}`);
}

function pods(check, name, tasks) {
  const hardened = ({ pod }) => {
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
      same(container.command, ["python3"]) &&
      container.resources.limits.memory !== undefined
    );
  };
  const soft = tasks.find((task) => !hardened(task));
  check(`${name}: every task is a hardened pod`, tasks.length > 0 && soft === undefined, JSON.stringify(soft, null, 2));
}
