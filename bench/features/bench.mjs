// npm run bench -- features [--save] [--small] [--events N] [--questions N] [--rounds N]: what emitted features cost, offline and online.
//
// 1. A training set of ten windows: the emitted programs, a PySpark job tuned by hand for it, and Feast.
// 2. The latency of a service that needs these windows: the emitted one, one by hand, and Feast's server, asked by a process of its own.
//
// `--small` shows in two minutes whether all of it works; its figures say nothing. Values are compared, not only times.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engines } from "../../tests/engines/setup/index.mjs";
import { startRedis } from "../../tests/engines/setup/redis.mjs";
import { trainingSets } from "./offline.mjs";
import { latencies } from "./online.mjs";
import { report } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const REDIS_PASSWORD = "who_reads";

const number = { type: "string" };
const { values: options } = parseArgs({
  options: { save: { type: "boolean" }, small: { type: "boolean" }, events: number, questions: number, rounds: number, requests: number },
});
const size = {
  events: Number(options.events ?? (options.small ? 20_000 : 1_000_000)),
  questions: Number(options.questions ?? (options.small ? 1_000 : 50_000)),
  rounds: Number(options.rounds ?? (options.small ? 1 : 3)),
  requests: Number(options.requests ?? (options.small ? 300 : 5_000)),
  connections: [1, 8],
};

/** The output of a program that has to succeed; its last line, which is what ours print. */
function ran({ status, stdout, stderr, error }) {
  if (status !== 0) throw error ?? new Error(`${stdout}${stderr}`);
  return stdout.trimEnd().split("\n").at(-1);
}

/** The project with its data, all of its tasks run once; and where everything is. */
async function prepared(folder, redis) {
  const [machine, feast] = [await engines.run(), await engines.feast()];
  const project = join(folder, "project");
  cpSync(join(here, "project"), project, { recursive: true, filter: (path) => !/(generated|\.mlspec|lake)$/.test(path) });
  cpSync(join(here, "feast_repo"), join(folder, "feast_repo"), { recursive: true });
  const spec = join(project, "mlspec.yaml");
  writeFileSync(spec, readFileSync(spec, "utf8").replace(":6379/", `:${redis.port}/`));
  const redisEnv = { VELOCITY_REDIS_PASSWORD: REDIS_PASSWORD, BENCH_REDIS_PASSWORD: REDIS_PASSWORD, BENCH_REDIS_PORT: String(redis.port) };
  const env = { ...machine.env, ...redisEnv };
  const heard = (more = {}) => ({ cwd: project, env: { ...process.env, ...more }, encoding: "utf8", maxBuffer: 1 << 28 });
  const raw = join(project, "lake", "raw");
  const sizes = ["--events", String(size.events), "--questions", String(size.questions)];
  const { cards, interval } = JSON.parse(ran(spawnSync(machine.python, [join(here, "data.py"), raw, ...sizes], heard(env))));
  ran(spawnSync(process.execPath, [command, "run", "--interval", interval.join("/")], heard(env)));
  const lake = join(project, "lake", "velocity");
  const generated = join(project, "generated", "local");
  const paths = {
    spark: join(generated, "spark"),
    python: join(generated, "python"),
    payments: join(lake, "sources", "payments"),
    questions: join(lake, "sources", "questions"),
    rawQuestions: join(raw, "questions"),
    tiles: join(lake, "features", "card_velocity"),
    ours: join(lake, "training", "fraud"),
    byHand: join(folder, "by_hand"),
    registry: join(lake, "models", "fraud"),
    feastRepo: join(folder, "feast_repo"),
    feastWindows: join(folder, "feast_windows"),
    feastSet: join(folder, "feast_set.parquet"),
  };
  const feastEnv = (days) => ({
    ...redisEnv,
    BENCH_FEAST_WINDOWS: paths.feastWindows,
    BENCH_FEAST_TTL_DAYS: String(days),
    FEAST_USAGE: "False",
  });
  const [, generation] = /generation="(\w+)"/.exec(readFileSync(join(paths.spark, "feature_groups.py"), "utf8"));
  const prefix = `velocity:local:card_velocity:${generation}`;
  return { here, folder, project, machine: { ...machine, env }, feast, cards, interval, paths, redisEnv, feastEnv, heard, ran, prefix };
}

const folder = mkdtempSync(join(tmpdir(), "mlspec-bench-"));
const redis = await startRedis({ password: REDIS_PASSWORD });
try {
  const at = await prepared(folder, redis);
  const offline = trainingSets(at, size.rounds);
  const online = await latencies(at, size);
  const text = report({ size, offline, online });
  console.log(text);
  if (options.save) {
    mkdirSync(join(root, "bench", "results"), { recursive: true });
    writeFileSync(join(root, "bench", "results", "features.md"), text);
  }
  if (offline.compared.differing > 0 || online.compared.differing > 0) throw new Error("values differ from those by hand");
} finally {
  await redis.stop();
  if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
  else console.error(folder);
}
