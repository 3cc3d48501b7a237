// A project with every key that the language has, on both Airflows: whatever its files say, Airflow then has. So there is nothing
// that a version in the range would drop.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { same } from "../lib/example.mjs";
import { VERSIONS, airflowIn, here } from "./airflow.mjs";

const root = join(here, "..", "..", "..");

/** Keywords that keys of the language are for; a project that says all has each of them somewhere. */
const WANTED = [
  "DAG.description", "DAG.schedule", "DAG.start_date", "DAG.catchup", "DAG.max_active_runs", "DAG.params", "DAG.tags",
  "owner", "retries", "retry_delay", "max_active_tis_per_dag", "depends_on_past", "mode", "poke_interval", "timeout",
  "skip_on_exit_code", "retry_exit_code", "pre_execute", "outlets", "inlets", "container_resources", "service_account_name", "secrets",
]; // prettier-ignore

/** What the key table of the tests mutates: a project that says everything. */
async function everything() {
  const { build } = createRequire(join(root, "packages", "cli", "package.json"))("esbuild");
  const dist = (name) => join(root, "packages", name, "dist", "index.js");
  const { outputFiles } = await build({
    entryPoints: [join(root, "tests", "key-table", "base.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    alias: { "@mlspec/compiler": dist("compiler"), "@mlspec/emitters": dist("emitters") },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

export async function checkKeywords(folder, check) {
  const project = join(folder, "every key");
  const { base, others } = await everything();
  // What is the project's own code is no matter of Airflow's.
  const { "mlspec-notes": _notes, ...targets } = base.targets;
  const { policies: _policies, templates: _templates, ...spec } = { ...base, targets };
  for (const [path, text] of Object.entries({ ...others, "mlspec.yaml": JSON.stringify(spec, null, 1) })) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const machine = airflowIn(project, join(folder, "home of every key"));
  const compiled = machine.mlspec(["compile"]);
  if (!check("a project with every key compiles", compiled.status === 0, compiled.stderr)) return;
  const seen = new Set();
  const dropping = machine.keywords(VERSIONS[0], "local", join(here, "dropping"));
  check(
    "what an operator drops would be seen",
    same(dropping.differences, ["dropping.py: dropping(retries=3), and it has 2"]),
    JSON.stringify(dropping),
  );
  for (const version of VERSIONS)
    for (const environment of Object.keys(spec.environments)) {
      const dags = join(project, "generated", environment, "airflow");
      const { differences, keywords = {}, crash } = machine.keywords(version, environment, dags);
      check(`Airflow ${version} has all that the DAGs of ${environment} say`, same(differences, []), crash ?? differences?.join("\n"));
      for (const name of Object.keys(keywords)) seen.add(name);
    }
  const missing = WANTED.filter((name) => !seen.has(name));
  check(`they say everything that Airflow is asked for: ${seen.size} keywords`, missing.length === 0, missing.join(", "));
}
