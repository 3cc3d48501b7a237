// What is kept in Redis, on a real server: the modules by themselves, and the example filled by Spark and asked over HTTP.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyExample, counted, exampleIn, lastLine, root, temporaryFolder } from "../lib/example.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { engines } from "../setup/index.mjs";
import { startRedis } from "../setup/redis.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { check, finish, totals } = counted("redis");
const heard = { stdio: ["ignore", "pipe", "inherit"] };

function edit(file, ...changes) {
  let text = readFileSync(file, "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(file, text);
}

/** The example, with all groups in Redis. */
function keptInRedis(project, port) {
  copyExample(project);
  const stores = `stores: { redis: { url: "redis://127.0.0.1:${port}/2", password: "\${secret.redis_password}" } }`;
  const inCluster = stores.replace("redis://127.0.0.1", "rediss://redis.cache.svc");
  edit(
    join(project, "mlspec.yaml"),
    ["\nenvironments:\n", "\nsecrets: [redis_password]\n\nenvironments:\n"],
    ["  local: { runtime: local }\n", `  local: { runtime: local, secrets: { from: env }, ${stores} }\n`],
    ["    runtime: kubernetes\n", `    runtime: kubernetes\n    secrets: { from: kubernetes, name: fraud-secrets }\n    ${inCluster}\n`],
  );
  edit(join(project, "specs", "model.yaml"), ["online: sqlite", "online: redis"]);
}

function count({ stdout }) {
  const { passed = 0, failed = 1 } = lastLine(stdout);
  totals.passed += passed;
  totals.failed += failed;
}

async function run() {
  const redis = await startRedis();
  const folder = temporaryFolder("redis");
  try {
    process.env.FRAUD_DETECTION_REDIS_PASSWORD = redis.password;
    const machine = await engines.run();
    const example = exampleIn(join(folder, "my project"), machine);
    keptInRedis(example.project, redis.port);
    const at = ["--port", String(redis.port)];
    const modules = exampleIn(folder, machine);
    count(modules.python([join(here, "check_modules.py"), ...at, "--templates", join(root, "templates")], heard));
    const data = example.generate();
    if (!check("the example's data is generated", data.status === 0, data.stderr)) return;
    const ran = example.mlspec(["run"]);
    if (!check("mlspec run fills Redis", ran.status === 0, ran.stderr)) return;
    check("no output shows the password", ![ran.stdout, ran.stderr].join("").includes(redis.password));
    const { start, end } = example.record().interval;
    const interval = ["--interval-start", start, "--interval-end", end];
    count(example.python([join(here, "check_example.py"), ...at, "--project", example.project, ...interval], heard));
  } finally {
    await redis.stop();
    if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
    else console.error(folder);
  }
}

try {
  await run();
  finish();
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.error(error.message);
  finish({ skipped: 1, reason: error.message });
}
