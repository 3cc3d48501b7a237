// One definition, one value: a month of messages by a real Kafka, the emitted streams and a real Redis, what the service answers meanwhile, and
// what is computed of the whole log afterwards. The broker's clock, the streams' and the service's are the suite's, so a month takes minutes.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, ended, exampleIn, lastLine, temporaryFolder } from "../lib/example.mjs";
import { clockOf } from "../setup/clock.mjs";
import { engines } from "../setup/index.mjs";
import { startKafka } from "../setup/kafka.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { startRedis } from "../setup/redis.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { check, finish, totals } = counted("parity");
// Long ago, so that no file is of before it; with a leap day, in the midst of an hour.
const BEGIN = "2024-02-20T00:30:00+00:00";
// The same each time, so that what fails is what has changed; `SEED=2` looks elsewhere.
const { SEED: seed = "1", MLSPEC_ENGINES_ALL: all, MLSPEC_ENGINES_BRIEF: brief } = process.env;
// A step of the streams takes its ten seconds: among all suites there is time for few of them.
const { PAYMENTS: payments = brief ? "20000" : "101000", DRAINS: drains = brief ? "5" : "20" } = process.env;
const DRAINED = ["--payments", payments, "--drains"];
const RUNS = all
  ? [...["1", "2", "3"].map((each) => ["--seed", each, ...DRAINED, "50"]), ["--seed", seed, "--undrained", "180"]]
  : [["--seed", seed, ...DRAINED, drains]];

async function parity({ folder, machine, kafka, redis, clocks, sizes }) {
  const project = join(folder, "project");
  cpSync(join(here, "project"), project, { recursive: true });
  const spec = join(project, "mlspec.yaml");
  const text = readFileSync(spec, "utf8").replace("127.0.0.1:6379", `127.0.0.1:${redis.port}`);
  // What is asked while messages come is compared with the delay that a group has by default.
  const delayed = sizes.includes("--undrained") ? text.replace("    delay: 0s\n", "") : text;
  writeFileSync(spec, delayed.replace("localhost:9093", kafka.open));
  const example = exampleIn(project, machine);
  const compiled = example.mlspec(["compile"]);
  if (!check("the project compiles", compiled.status === 0, compiled.stderr)) return;
  const { broker, world } = clocks;
  const clockArguments = ["--clock", world.LD_PRELOAD, "--broker-clock", broker.CLOCK_FILE, "--world-clock", world.CLOCK_FILE];
  const env = { ...process.env, ...machine.env, TILL_REDIS_PASSWORD: redis.password };
  const said = await ended(
    machine.python,
    [join(here, "main.py"), "--servers", kafka.open, "--begin", BEGIN, ...clockArguments, ...sizes],
    { cwd: project, env, stdio: ["ignore", "pipe", "inherit"] },
  );
  const { passed = 0, failed = 1 } = lastLine(said.stdout);
  totals.passed += passed;
  totals.failed += failed;
}

async function run(folder, machine, sizes) {
  const begin = Date.parse(BEGIN);
  const clocks = { broker: await clockOf(join(folder, "broker.clock"), begin), world: await clockOf(join(folder, "world.clock"), begin) };
  const redis = await startRedis({ env: clocks.world });
  try {
    const kafka = await startKafka(machine, { env: clocks.broker });
    try {
      await parity({ folder, machine, kafka, redis, clocks, sizes });
    } finally {
      await kafka.stop();
    }
  } finally {
    await redis.stop();
  }
}

const folders = [];
try {
  const machine = await engines.run();
  for (const sizes of RUNS) {
    console.error(sizes.join(" "));
    const folder = temporaryFolder("parity");
    folders.push(folder);
    await run(folder, machine, sizes);
  }
  finish();
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.error(error.message);
  finish({ skipped: 1, reason: error.message });
} finally {
  for (const folder of folders)
    if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
    else console.error(folder);
}
