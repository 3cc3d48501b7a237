// Latest values that streams keep current, by real Spark in a real Redis, a real PostgreSQL and a file: after each of many steps they are those that
// a plain oracle finds in all that was known then, and those that a batch run writes.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, exampleIn, lastLine, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { startPostgres } from "../setup/postgres.mjs";
import { startRedis } from "../setup/redis.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { check, finish, totals } = counted("latest");
// The same each time, so that what fails is what has changed; `SEED=2` looks elsewhere.
const seed = process.env.SEED ?? "1";

function run(folder, machine, { redis, postgres }) {
  const project = join(folder, "project");
  cpSync(join(here, "project"), project, { recursive: true });
  const spec = join(project, "mlspec.yaml");
  const text = readFileSync(spec, "utf8").replace("127.0.0.1:6379", `127.0.0.1:${redis.port}`);
  writeFileSync(spec, text.replace("127.0.0.1:5432", `127.0.0.1:${postgres.port}`));
  const example = exampleIn(project, machine);
  const compiled = example.mlspec(["compile"]);
  if (!check("the project compiles", compiled.status === 0, compiled.stderr)) return;
  const said = example.python([join(here, "parity.py"), "--seed", seed], { stdio: ["ignore", "pipe", "inherit"] });
  const { passed = 0, failed = 1 } = lastLine(said.stdout);
  totals.passed += passed;
  totals.failed += failed;
}

console.error(`seed ${seed}`);
const folder = temporaryFolder("latest");
try {
  const redis = await startRedis();
  try {
    const postgres = await startPostgres();
    try {
      postgres.sql("CREATE ROLE feature_jobs LOGIN PASSWORD 'who writes here'");
      postgres.sql("CREATE DATABASE features OWNER feature_jobs");
      const secrets = { REDIS_PASSWORD: redis.password, DB_USER: "feature_jobs", DB_PASSWORD: "who writes here" };
      for (const [name, value] of Object.entries(secrets)) process.env[`TILL_${name}`] = value;
      run(folder, await engines.run(), { redis, postgres });
    } finally {
      await postgres.stop();
    }
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
