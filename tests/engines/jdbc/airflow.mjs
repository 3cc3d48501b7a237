// Tasks get their secrets as Airflow starts them: from a Variable and a Connection, and nowhere else are these to be seen.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engines } from "../setup/index.mjs";

/** Stands for Python: it notes which program it was to run, and whether the secrets were there. */
const PYTHON = `#!/bin/sh
[ "$TILL_DB_USER" = "$EXPECTED_USER" ] && [ "$TILL_DB_PASSWORD" = "$EXPECTED_WORD" ] || exit 9
echo "$1" >> "$TILL_HOME/started"
`;

const contents = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");

export async function tasksOnAirflow(version, { folder, check, user, password }) {
  const { bin } = await engines[version]();
  const home = join(folder, version);
  const started = join(folder, "started");
  const python = join(folder, "python");
  writeFileSync(python, PYTHON, { mode: 0o755 });
  rmSync(started, { force: true });
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    AIRFLOW__CORE__DAGS_FOLDER: join(folder, "generated", "vm", "airflow"),
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: "False",
    AIRFLOW_VAR_TILL_DB_USER: user,
    AIRFLOW_CONN_TILL_DB: JSON.stringify({ conn_type: "postgres", login: "other", password }),
    TILL_HOME: folder,
    TILL_PYTHON: python,
    EXPECTED_USER: user,
    EXPECTED_WORD: password,
  };
  const airflow = (...args) => spawnSync(join(bin, "airflow"), args, { env, encoding: "utf8", cwd: folder, maxBuffer: 1 << 28 });
  airflow("db", "migrate");
  const { status, stdout, stderr } = airflow("dags", "test", "till__daily_0000", "2026-03-28");
  const said = `${stdout}${stderr}`;
  const programs = existsSync(started) ? readFileSync(started, "utf8") : "";
  check(`${version} gives tasks their secrets`, status === 0 && /ready_refunds[^]*ingest_refunds/.test(programs), said.slice(-6000));
  const kept = said + contents(home);
  check(
    `${version} shows and keeps none of them`,
    kept.includes("ingest_refunds") && !kept.includes(user) && !kept.includes(password),
    occurrences(kept, user, password),
  );
}

/** Where a secret stands, for whoever has to find out. */
function occurrences(text, ...secrets) {
  const places = secrets.flatMap((secret) => text.split(secret).slice(0, -1));
  return places.map((before) => before.slice(-300)).join("\n---\n");
}
