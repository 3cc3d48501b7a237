// node tests/engines/setup/index.mjs [run|run-4.0|checks|airflow-2.11|airflow-3.3|feast|s3|kubeconform]…
// Installs engines into the cache and prints where they are, as JSON.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureKubeconform } from "./kubeconform.mjs";
import { MissingTool, say } from "./lib.mjs";
import { ensureVenv } from "./python.mjs";
import { ensureRun } from "./run.mjs";
import { ensureS3 } from "./s3.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const run = join(root, "packages", "cli", "requirements");
const requirements = (name) => join(here, "requirements", `${name}.txt`);

/** The installers by name; each gives paths, and makes what is not in the cache yet. */
export const engines = {
  run: () => ensureRun({ requirements: run }),
  "run-4.0": () => ensureRun({ requirements: run, spark: "4.0" }),
  checks: () => ensureVenv({ name: "checks", requirements: requirements("checks"), size: "60 MB" }),
  "airflow-3.3": () => ensureVenv({ name: "airflow-3.3", requirements: requirements("airflow-3.3"), size: "600 MB" }),
  "airflow-2.11": () =>
    ensureVenv({
      name: "airflow-2.11",
      requirements: requirements("airflow-2.11"),
      size: "600 MB",
      python: ">=3.11,<3.13",
    }),
  // The benchmark of peers has the same.
  feast: () =>
    ensureVenv({ name: "peer-feast", requirements: join(root, "bench", "peers", "feast.txt"), size: "450 MB", python: ">=3.11,<3.12" }),
  s3: () => ensureS3({ requirements: requirements("s3") }),
  kubeconform: (version) => ensureKubeconform(version),
};

async function main(names) {
  const unknown = names.filter((name) => !(name in engines));
  if (names.length === 0 || unknown.length > 0) {
    say(`usage: node tests/engines/setup/index.mjs ${Object.keys(engines).join("|")} …`);
    process.exitCode = 2;
    return;
  }
  const made = {};
  for (const name of names) made[name] = await engines[name]();
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main(process.argv.slice(2)).catch((error) => {
    say(error instanceof MissingTool ? error.message : error.stack);
    process.exitCode = 1;
  });
