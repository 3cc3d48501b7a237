// npm run bench -- jobs [--against DIR] [--save]: what the jobs of one day cost once the example's whole history is there.
//
// Runs `examples/fraud_detection` at its full size, then each of its programs for the last day by itself: how long it takes, how many
// rows its Spark reads from files, how much memory its Python needs. DIR is what another version has compiled (`generated/local`):
// its programs run over the same tables. `--save` writes bench/results/jobs.md.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { copyExample, exampleIn, root } from "../tests/engines/lib/example.mjs";
import { engines } from "../tests/engines/setup/index.mjs";

const ROUNDS = 3;
const PROGRAMS = [
  "spark/ready_transactions.py",
  "spark/ingest_transactions.py",
  "spark/features_card_velocity.py",
  "spark/materialise_card_velocity.py",
  "spark/scoring_set_fraud_review.py",
  "python/train_fraud_score.py",
  "python/score_fraud_review.py",
];
// Peak memory and time of a program: this process waits for no other child.
const MEASURE = `
import resource, subprocess, sys, time
begin = time.monotonic()
done = subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
if done.returncode:
    sys.exit(done.stderr)
print(time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
`;

const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function done(what, { status, stderr, stdout }) {
  if (status !== 0) throw new Error(`${what} failed:\n${stderr}`);
  return stdout;
}

/** Rows that the tasks of the logged applications have read from files. */
function rowsRead(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith(".crc"),
  );
  const lines = files.flatMap((file) => readFileSync(join(file.parentPath, file.name), "utf8").split("\n"));
  const tasks = lines.filter((line) => line.includes('"SparkListenerTaskEnd"')).map((line) => JSON.parse(line));
  return tasks.reduce((sum, task) => sum + (task["Task Metrics"]?.["Input Metrics"]?.["Records Read"] ?? 0), 0);
}

/** Spark's settings and a log of its events. */
function logging(machine, folder) {
  const conf = join(folder, "conf");
  cpSync(machine.env.SPARK_CONF_DIR, conf, { recursive: true });
  const file = join(conf, "spark-defaults.conf");
  const log = join(folder, "events");
  const settings = { "spark.eventLog.enabled": "true", "spark.eventLog.dir": `file://${log}`, "spark.eventLog.compress": "false" };
  const more = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(file, `${readFileSync(file, "utf8")}\n${more.join("")}`);
  return { env: { ...process.env, ...machine.env, SPARK_CONF_DIR: conf }, log };
}

function measured({ project, python }, { env, log }, program, interval) {
  const rounds = Array.from({ length: ROUNDS }, () => {
    rmSync(log, { recursive: true, force: true });
    mkdirSync(log);
    const args = ["--interval-start", interval.start, "--interval-end", interval.end];
    const [seconds, memory] = done(program, python(["-c", MEASURE, program, ...args], { env, cwd: project }))
      .split(" ")
      .map(Number);
    return { seconds, memory, rows: rowsRead(log) };
  });
  return Object.fromEntries(["seconds", "memory", "rows"].map((name) => [name, median(rounds.map((round) => round[name]))]));
}

const machine = await engines.run();
const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
try {
  const example = exampleIn(join(folder, "project"), machine);
  copyExample(example.project);
  const made = JSON.parse(done("generate.py", example.python(["generate.py"])));
  done("mlspec run", example.mlspec(["run"]));
  const end = new Date(example.record().interval.end);
  const interval = { start: new Date(end - 86_400_000).toISOString(), end: end.toISOString() };
  const against = option("--against");
  if (against !== undefined) cpSync(resolve(against), join(example.project, "generated", "before"), { recursive: true });
  const versions = against === undefined ? ["local"] : ["before", "local"];
  const table = PROGRAMS.flatMap((program) =>
    versions.map((version) => {
      const { seconds, memory, rows } = measured(
        example,
        logging(machine, mkdtempSync(join(folder, "spark-"))),
        `generated/${version}/${program}`,
        interval,
      );
      const name = version === "before" ? `${program}, before` : program;
      const row = `| ${name} | ${seconds.toFixed(1)} | ${program.startsWith("spark") ? rows.toLocaleString("en-US") : "–"} | ${Math.round(memory)} |`;
      console.log(row);
      return row;
    }),
  );
  const page = `# What the jobs of one day cost

Made by \`npm run bench -- jobs --save\` on ${availableParallelism()} × ${cpus()[0]?.model ?? "?"}. \`examples/fraud_detection\` at its full size (${made.transactions.toLocaleString("en-US")} transactions), all of it run; then
each program for the last day. Median of ${ROUNDS} runs. Rows are those that Spark reads from files; memory, in MB, is Python's.

| program | seconds | rows read | memory |
|---|---|---|---|
${table.join("\n")}
`;
  if (process.argv.includes("--save")) writeFileSync(join(root, "bench", "results", "jobs.md"), page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
