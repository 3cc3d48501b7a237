// Tiles that a stream keeps current, by real Spark in a real Redis: after each of many steps they are those that a batch run makes of what was
// known then, however the messages came, whatever the stream died of, and whatever the server has lost.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, exampleIn, lastLine, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { startRedis } from "../setup/redis.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { check, finish, totals } = counted("tiles");
// The same each time, so that what fails is what has changed; `SEED=2` looks elsewhere.
const seed = process.env.SEED ?? "1";

function run(folder, machine, redis) {
  const project = join(folder, "project");
  cpSync(join(here, "project"), project, { recursive: true });
  const spec = join(project, "mlspec.yaml");
  writeFileSync(spec, readFileSync(spec, "utf8").replace("127.0.0.1:6379", `127.0.0.1:${redis.port}`));
  const example = exampleIn(project, machine);
  const compiled = example.mlspec(["compile"]);
  if (!check("the project compiles", compiled.status === 0, compiled.stderr)) return;
  const said = example.python([join(here, "parity.py"), "--seed", seed], { stdio: ["ignore", "pipe", "inherit"] });
  const { passed = 0, failed = 1 } = lastLine(said.stdout);
  totals.passed += passed;
  totals.failed += failed;
}

console.error(`seed ${seed}`);
const folder = temporaryFolder("tiles");
try {
  const redis = await startRedis();
  process.env.TILL_REDIS_PASSWORD = redis.password;
  try {
    run(folder, await engines.run(), redis);
  } finally {
    await redis.stop();
  }
  finish();
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.error(error.message);
  finish({ skipped: 1, reason: error.message });
} finally {
  if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
  else console.error(folder);
}
