// Two Airflows beside one project: what starts them, and what they answer.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exampleIn, lastLine } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";

export const here = dirname(fileURLToPath(import.meta.url));
export const DAILY = "fraud_detection__daily_0200";
export const SUNDAYS = "fraud_detection__sundays_0400";

const run = await engines.run();
const airflows = { 3.3: await engines["airflow-3.3"](), 2.11: await engines["airflow-2.11"]() };
export const VERSIONS = Object.keys(airflows);
export const airflowPython = (version) => airflows[version].python;

/** The last line of an output, as JSON; of a crash, what it said. */
function answer({ status, stdout, stderr }) {
  return status === 0 ? lastLine(stdout) : { crash: `${stdout}${stderr}`.slice(-4000) };
}

/** A project's folder, and what Airflow keeps about it in `home`. Tasks run on `python`. */
export function airflowIn(project, home, python = run.python) {
  const example = exampleIn(project, run);
  const env = (version, environment) => ({
    ...process.env,
    ...run.env,
    PATH: `${airflows[version].bin}:${run.env.PATH ?? process.env.PATH}`,
    AIRFLOW_HOME: join(home, version),
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    AIRFLOW__CORE__DAGS_FOLDER: join(project, "generated", environment, "airflow"),
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    FRAUD_DETECTION_PYTHON: python,
    KUBECONFIG: join(home, "kubeconfig"),
  });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "kubeconfig"), readFileSync(join(here, "kubeconfig.yaml")));
  return {
    ...example,
    home,
    /** What a folder of DAGs is to a version. */
    load: (version, environment, folder) =>
      answer(example.exec(airflows[version].python, [join(here, "load.py"), folder], { env: env(version, environment) })),
    /** Whether a version has what a folder of DAGs says. */
    keywords: (version, environment, folder) =>
      answer(example.exec(airflows[version].python, [join(here, "keywords.py"), folder], { env: env(version, environment) })),
    /** What starts programs that need nothing but Python. */
    python3: airflows["3.3"].python,
    /** A command of Airflow: 3.3 and the DAGs of this machine, unless another is named. */
    airflow(args, more = {}, { version = "3.3", environment = "local" } = {}) {
      const options = { env: { ...env(version, environment), ...more }, stdio: ["ignore", "pipe", "pipe"] };
      const { status, stdout, stderr } = example.exec(join(airflows[version].bin, "airflow"), args, options);
      return { status, log: `${stdout}${stderr}` };
    },
    /** The states of the tasks of a DAG's latest run. */
    states: (dag) => answer(example.python([join(here, "states.py"), join(home, "3.3", "airflow.db"), dag])),
    /** Rows and hashes of every table, by name. */
    snapshot: () => answer(example.python([join(here, "snapshot.py"), join(project, "lake", "fraud_detection")])),
  };
}
