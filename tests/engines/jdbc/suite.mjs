// A source in PostgreSQL, read by `mlspec run`: rows equal what the table holds, and secrets are nowhere but in the environment.
import { spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, root, same, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { startPostgres } from "../setup/postgres.mjs";
import { tasksOnAirflow } from "./airflow.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const USER = "canary-user-5f1d";
const PASSWORD = "canary-word-8c2e";
const COLUMNS = "refund_id, order_id, amount, whole, note, small, large, ratio, paid, day, tags, raw, local_at, refunded_at, seen_at";
const INTERVAL = "2026-03-27/2026-03-30";
const { check, finish } = counted("jdbc");

/** What the outside can see of every process while `action` runs, but the server's, which show whom they serve. */
async function watched(action) {
  const seen = new Set();
  const look = () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {
        // It has ended in the meantime.
      }
  };
  const timer = setInterval(look, 200);
  const result = await action().finally(() => clearInterval(timer));
  return { ...result, commands: [...seen].filter((line) => !line.startsWith("postgres: ")).join("\n") };
}

/** Everything that is in a folder, as one text. */
const contents = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");

function projectIn(folder, machine) {
  // A zone with summer time: what is read must not depend on it.
  const env = { ...process.env, ...machine.env, TZ: "Europe/Paris" };
  const exec = (program, args, more = {}) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { cwd: folder, env: { ...env, ...more } });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (data) => (stdout += data));
      child.stderr.on("data", (data) => (stderr += data));
      child.on("close", (code) => resolve({ code, stdout, stderr, said: stdout + stderr }));
    });
  return {
    mlspec: (args, more) => exec(process.execPath, [command, ...args], more),
    tables: async () => {
      const { stdout, stderr } = await exec(machine.python, [join(here, "rows.py"), "lake/till"]);
      const lines = stdout.split("\n").map((line) => line.split(/ (.*)/s));
      const of = (kind) =>
        lines
          .filter(([first]) => first === kind)
          .map(([, rest]) => rest)
          .sort();
      return { rows: of("row"), verdicts: of("verdict"), version: of("version")[0], stderr };
    },
  };
}

const secrets = (password = PASSWORD) => ({ TILL_DB_USER: USER, TILL_DB_PASSWORD: password });
const hasCanary = (text) => /canary/.test(text);
const run = ["run", "-e", "local", "--interval", INTERVAL];

function prepare(postgres) {
  postgres.sql(`CREATE ROLE "${USER}" LOGIN PASSWORD '${PASSWORD}'`);
  postgres.sql("CREATE DATABASE shop");
  postgres.sql(readFileSync(join(here, "tables.sql"), "utf8"), "shop");
  postgres.sql(`GRANT SELECT ON refunds TO "${USER}"`, "shop");
}

/** Rows as the interval has them: those of its days but the ones that are unfit. */
const wanted = (postgres) =>
  postgres
    .sql(
      `SELECT ${COLUMNS} FROM refunds WHERE refunded_at >= '2026-03-27 00:00:00Z' AND refunded_at < '2026-03-30 00:00:00Z'
       AND amount IS NOT NULL AND refund_id <> 'too late'`,
      "shop",
    )
    .sort();

async function failures(project) {
  const missing = await project.mlspec(run, { TILL_DB_USER: USER });
  check(
    "a secret that is not set is named, and nothing starts",
    missing.code === 2 && /TILL_DB_PASSWORD/.test(missing.stderr),
    missing.said,
  );
  const doctor = await project.mlspec(["doctor"], { TILL_DB_USER: USER });
  check("doctor names it too", /TILL_DB_PASSWORD/.test(doctor.stdout) && !hasCanary(doctor.said), doctor.said);
  const wrong = await project.mlspec([...run, "--only", "ingest.refunds"], secrets("canary-wrong-1b7a"));
  check(
    "a wrong password fails the task, and says so",
    wrong.code === 1 && /DatabaseError: .*password authentication failed/.test(wrong.said),
    wrong.said,
  );
  return wrong.said;
}

async function reading(project, postgres) {
  const first = await watched(() => project.mlspec(run, secrets()));
  const tables = await project.tables();
  const rows = wanted(postgres);
  check("the run ends well", first.code === 0, first.said);
  check(
    `accepted rows are those of the table (${rows.length})`,
    rows.length > 200 && same(tables.rows, rows),
    JSON.stringify(
      [
        tables.stderr,
        tables.rows.filter((row) => !rows.includes(row)).slice(0, 4),
        rows.filter((row) => !tables.rows.includes(row)).slice(0, 4),
      ],
      null,
      1,
    ),
  );
  check("each row has its verdict", same(tables.verdicts, ["accepted 217", "malformed 2", "too_late 1"]), JSON.stringify(tables.verdicts));
  check(
    "no command line shows a secret",
    ![USER, PASSWORD].some((secret) => first.commands.includes(secret)) && /spark_runner/.test(first.commands),
  );
  postgres.sql(
    `INSERT INTO refunds (refund_id, order_id, amount, refunded_at, seen_at) VALUES
     ('more', gen_random_uuid(), 12345.67, '2026-03-28 12:00:00.000001Z', '2026-03-28 13:59:59Z')`,
    "shop",
  );
  const second = await project.mlspec(run, secrets());
  const again = await project.tables();
  check(
    "a row that came later is there after the interval has run again",
    second.code === 0 && same(again.rows, wanted(postgres)),
    second.said,
  );
  await project.mlspec(run, secrets());
  const third = await project.tables();
  check("running once more changes nothing", third.version === again.version && same(third.rows, again.rows), third.version);
  return first.said + second.said;
}

async function types(project, folder) {
  const path = join(folder, "mlspec.yaml");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("decimal(12,2)!", "decimal(11,2)!").replace("small: int", "small: tinyint"));
  const { code, said } = await project.mlspec([...run, "--only", "ingest.refunds"], secrets());
  const faults = "amount is decimal(12,2), declared: decimal(11,2); small is smallint, declared: tinyint";
  check("columns of other types are told before a row is read", code === 1 && said.includes(faults), said);
  writeFileSync(path, text);
  return said;
}

async function main(postgres, folder) {
  const machine = await engines.run();
  cpSync(join(here, "project"), folder, { recursive: true });
  const path = join(folder, "mlspec.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace(":5432/", `:${postgres.port}/`));
  prepare(postgres);
  const project = projectIn(folder, machine);
  const compiled = await project.mlspec(["compile"]);
  check("the project compiles for all its environments", compiled.code === 0, compiled.said);
  const said = [await failures(project), await reading(project, postgres), await types(project, folder)].join("");
  check(
    "no log, table, emitted file or message has a secret",
    !hasCanary(said + contents(folder)) && contents(folder).includes("TILL_DB_PASSWORD"),
  );
  for (const version of ["airflow-2.11", "airflow-3.3"]) await tasksOnAirflow(version, { folder, check, user: USER, password: PASSWORD });
}

const folder = temporaryFolder("jdbc");
try {
  const postgres = await startPostgres();
  try {
    await main(postgres, folder);
  } finally {
    await postgres.stop();
  }
  finish();
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.error(error.message);
  finish({ skipped: 1, reason: error.message });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
