// The production environment of the example on an object store: what its pods run, by their own command lines, as who they are.
import { spawn } from "node:child_process";
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { copyExample, counted, exampleIn, lastLine, onFiles, oracle, same, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { freePort } from "../setup/lib.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const machine = await engines.s3();
const airflow = await engines["airflow-3.3"]();
const { check, finish } = counted("s3");

const BUCKET = "acme-fraud";
/** As the environment and the store say. */
const REGION = "eu-west-1";
const ROOT = `s3://${BUCKET}/lake/fraud_detection`;
const START = "2025-12-31T02:00:00+00:00";
const END = "2026-04-11T02:00:00+00:00";
const CARDS = "100";
const SAMPLE = 500;
/** Short programs on a small machine: a virtual machine that starts fast. */
const JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

/** Processes that end with the suite. */
const children = [];

/** What they say goes to a file: a pipe would be full, and they would wait, while this process waits for another program. */
function start(program, args, options) {
  const log = join(folder, `process ${children.length}.log`);
  const descriptor = openSync(log, "w");
  const child = spawn(program, args, { stdio: ["pipe", "pipe", descriptor], ...options });
  closeSync(descriptor);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  children.push(child);
  return {
    child,
    said: () => readFileSync(log, "utf8").slice(-6000),
    line: async () => (await lines.next()).value,
    ask: (text) => child.stdin.write(`${text}\n`),
    ended: new Promise((resolve) => child.on("close", (code) => resolve(code))),
  };
}

/** Spark's folder as the image has it: its own jars and those that are fetched. Where S3 is, is all that a cluster would not have. */
function sparkHome(folder, url) {
  const [lib] = readdirSync(join(machine.folder, "lib"));
  const spark = join(machine.folder, "lib", lib, "site-packages", "pyspark");
  for (const name of ["jars", "conf"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of readdirSync(spark).filter((each) => each !== "jars")) symlinkSync(join(spark, name), join(folder, name));
  for (const jars of [join(spark, "jars"), machine.jars])
    for (const name of readdirSync(jars).filter((each) => each.endsWith(".jar"))) symlinkSync(join(jars, name), join(folder, "jars", name));
  writeFileSync(
    join(folder, "conf", "spark-defaults.conf"),
    `spark.hadoop.fs.s3a.endpoint ${url}\nspark.hadoop.fs.s3a.path.style.access true\n`,
  );
  return folder;
}

/**
 * What pods have in their environment: a role and a token for it, as a ServiceAccount brings them; or keys. Tables are read and written
 * in Python by delta-rs, which exchanges a token by HTTPS only, and moto has none: there it has keys.
 */
function environments(folder, url) {
  const token = join(folder, "token");
  writeFileSync(token, "a token of the cluster");
  const common = {
    ...machine.env,
    HOME: mkdtempSync(join(folder, "home ")),
    SPARK_HOME: sparkHome(join(folder, "spark"), url),
    AWS_ENDPOINT_URL: url,
    AWS_EC2_METADATA_DISABLED: "true",
    JAVA_TOOL_OPTIONS: JAVA,
  };
  return {
    identity: { ...common, AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/fraud", AWS_WEB_IDENTITY_TOKEN_FILE: token },
    keys: { ...common, AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_ALLOW_HTTP: "true" },
  };
}

/** What the container is told of itself, as the kubelet would. */
function given({ env, resources }) {
  const mebibytes = (text) => Number(text.slice(0, -2)) * (text.endsWith("Gi") ? 1024 : 1);
  const values = { "requests.cpu": Math.ceil(Number(resources.requests.cpu)), "limits.memory": mebibytes(resources.limits.memory) };
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? String(values[valueFrom.resourceFieldRef.resource])]));
}

/** The folder that an image copies, and nothing else. */
function image(project, folder, programs) {
  const app = join(folder, `image ${programs}`);
  cpSync(join(project, "generated", "production", programs), join(app, "generated", "production", programs), { recursive: true });
  return app;
}

function podsOf({ exec, project }, folder) {
  const env = {
    ...process.env,
    AIRFLOW_HOME: join(folder, "airflow"),
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    KUBECONFIG: kubeconfig(folder),
  };
  const dags = join(project, "generated", "production", "airflow");
  const { stdout, stderr, status } = exec(airflow.python, [join(here, "pods.py"), dags, START, END], { env });
  check("the DAGs name their pods", status === 0, `${stdout}${stderr}`.slice(-4000));
  return lastLine(stdout);
}

function kubeconfig(folder) {
  const file = join(folder, "kubeconfig");
  cpSync(join(here, "..", "airflow", "kubeconfig.yaml"), file);
  return file;
}

/** Runs pods: those of Spark in one process, which is what takes minutes otherwise; the first of them, and Python, each in its own. */
class Pods {
  #host;
  #first = true;

  constructor({ exec, project }, folder, envs) {
    Object.assign(this, { exec, envs, apps: { spark: image(project, folder, "spark"), training: image(project, folder, "python") } });
  }

  async run(pod, wanted = 0) {
    const begin = Date.now();
    const kind = /-(spark|training):/.exec(pod.image)?.[1];
    const env = { ...(kind === "spark" ? this.envs.identity : this.envs.keys), ...given(pod) };
    const options = { cwd: this.apps[kind], env };
    const [code, said] = kind === "spark" && !this.#first ? await this.#hosted(pod, options) : this.#alone(pod, options);
    if (kind === "spark") this.#first = false;
    const seconds = `${Math.round((Date.now() - begin) / 1000)} s`;
    return check(`${pod.task} ends with ${wanted} (${seconds})`, same(pod.command, ["python3"]) && code === wanted, said);
  }

  #alone(pod, options) {
    const { status, stdout, stderr } = this.exec(machine.python, pod.args, options);
    return [status, `${stdout}${stderr}`.slice(-6000)];
  }

  async #hosted(pod, options) {
    this.#host ??= start(machine.python, [join(here, "host.py")], options);
    this.#host.ask(JSON.stringify(pod.args));
    return [Number(await this.#host.line()), this.#host.said()];
  }
}

async function runPods(pods, { daily, sundays }) {
  const scoring = daily.filter(({ task }) => task.startsWith("score_"));
  for (const pod of daily.filter((each) => !scoring.includes(each))) if (!(await pods.run(pod))) return false;
  check("without a champion nothing is scored", scoring.length === 1 && (await pods.run(scoring[0], 75)));
  for (const pod of sundays) if (!(await pods.run(pod))) return false;
  return pods.run(scoring[0]);
}

/** What the store holds is what a run on this machine leaves: both are the oracle's rows. */
function checkTables({ project, python }, env) {
  const fetched = python([join(here, "compare.py"), "fetch", ROOT, join(project, "lake", "fraud_detection")], { env });
  check("the store's tables are fetched", fetched.status === 0, fetched.stderr);
  const interval = ["--interval-start", START, "--interval-end", END, "--sample", String(SAMPLE)];
  const { status, stdout, stderr } = python([join(oracle, "compare.py"), "--project", project, ...interval]);
  const counts = lastLine(stdout).compared ?? {};
  check("the tables and online stores equal the oracle's", status === 0, `${stdout}${stderr}`.slice(-6000));
  check("and there are many rows", counts["training/fraud_score"]?.features_compared >= SAMPLE, stdout.slice(-2000));
}

async function until(seconds, wanted) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const answer = await wanted().catch(() => undefined);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return undefined;
}

/** The service, with the settings of its Deployment, on scored rows: it answers what was predicted from the same features. */
async function checkService({ project, python }, folder, env) {
  const manifest = readFileSync(join(project, "generated", "production", "kubernetes", "fraud-api.yaml"), "utf8");
  const settings = Object.fromEntries(
    [...manifest.matchAll(/^ {2}(MODEL_REGISTRY|ONLINE_STORE|AWS_REGION|AWS_DEFAULT_REGION): (.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const stored = [settings.MODEL_REGISTRY, settings.ONLINE_STORE].every((place) => place?.startsWith(`s3a://${BUCKET}/`));
  check("registry and stores of the service are in the store", stored && settings.AWS_REGION === REGION, manifest);
  const port = await freePort();
  const dockerfile = readFileSync(join(project, "generated", "production", "docker", "serving-fraud-api.Dockerfile"), "utf8");
  const argv = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]");
  const options = { cwd: image(project, folder, "python"), env: { ...env, ...settings, PORT: String(port), HOST: "127.0.0.1" } };
  const service = start(machine.python, argv, options);
  // The data ends on a day long past. A service that has loaded it says so, and that is all that keeps it from being ready.
  const loaded = await until(60, async () => (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).error === "outdated");
  if (!check("the service has loaded model and stores, and calls them outdated", loaded === true, service.said())) return;
  const { stdout } = python([join(here, "compare.py"), "sample", join(project, "lake", "fraud_detection"), "25"]);
  const rows = lastLine(stdout);
  const different = [];
  for (const row of rows) {
    const { card_id, payment_context__amount: amount, payment_context__country: country } = row;
    const body = JSON.stringify({ card_id, amount, country, at: END });
    const response = await fetch(`http://127.0.0.1:${port}/predict`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    const answer = await response.json();
    const unlike = Object.entries(answer.features ?? {}).filter(([name, value]) => !close(value, row[name]));
    if (!response.ok || unlike.length > 0 || !close(answer.prediction, row.prediction)) different.push([row, answer]);
  }
  check(
    `${rows.length} rows are predicted as in batch`,
    rows.length >= 20 && different.length === 0,
    JSON.stringify(different.slice(0, 2), null, 2),
  );
}

const close = (a, b) => a === b || (typeof a === "number" && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)));

/** Predictions are written by another library than the rest: of two of its processes that commit at once none is lost. */
async function checkRace({ python }, env) {
  const [rounds, table] = [10, `s3://${BUCKET}/race`];
  const made = python(
    [
      "-c",
      `import pyarrow as pa; from deltalake import write_deltalake; write_deltalake("${table}", pa.table({"who": ["-"], "round": [0]}))`,
    ],
    { env },
  );
  check("a table is made for a race", made.status === 0, made.stderr);
  const racers = ["a", "b"].map((name) => start(machine.python, [join(here, "race.py"), table, name, String(rounds)], { env }));
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(racers.map(({ line }) => line()));
    for (const { ask } of racers) ask("go");
  }
  const codes = await Promise.all(racers.map(({ ended }) => ended));
  const { stdout } = python([join(here, "compare.py"), "rows", table], { env });
  check(
    `${2 * rounds} commits of two processes are all kept`,
    same(codes, [0, 0]) && Number(stdout) === 2 * rounds + 1,
    `${stdout}${racers.map(({ said }) => said()).join("\n")}`,
  );
}

async function main(folder) {
  const example = exampleIn(join(folder, "a project"), machine);
  copyExample(example.project);
  // What a broker and a server keep, the suites `kafka` and `redis` look at.
  onFiles(example.project);
  const data = example.python(["generate.py", "--cards", CARDS]);
  const compiled = example.mlspec(["compile"]);
  if (!check("data is made, and the example compiles", data.status === 0 && compiled.status === 0, `${data.stderr}${compiled.stderr}`))
    return;
  const store = start(machine.python, [join(here, "store.py"), BUCKET, join(example.project, "lake"), "lake"], {});
  const url = await store.line();
  if (!check("the object store answers", url?.startsWith("http"), store.said())) return;
  const envs = environments(folder, url);
  const { fraud_detection__daily_0200: daily = [], fraud_detection__sundays_0400: sundays = [] } = podsOf(example, folder);
  check("every task of both DAGs is a pod", daily.length >= 9 && sundays.length >= 6, JSON.stringify([daily.length, sundays.length]));
  // What is no pod has the region from here.
  const tools = { ...envs.keys, AWS_REGION: REGION };
  const isThere = ({ env, node }) => env.some(({ name, value }) => name === "AWS_REGION" && value === REGION) && node === REGION;
  check("every pod is told the region, and runs there", [...daily, ...sundays].every(isThere), JSON.stringify(daily[0]));
  await checkRace(example, tools);
  if (!(await runPods(new Pods(example, folder, envs), { daily, sundays }))) return;
  checkTables(example, tools);
  await checkService(example, folder, envs.identity);
}

const folder = temporaryFolder("s3");
try {
  await main(folder);
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
finish();
