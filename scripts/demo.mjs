// npm run demo: compiles the fraud example, shows what came out, then runs it on this machine.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureRun } from "../tests/engines/setup/run.mjs";
import { build, exec, requireGit, requireNode, requirePython, root, say, seconds, stop } from "./lib.mjs";

const PROJECT = join(root, "examples", "fraud_detection");
const EXCERPT_LINES = 24;

/** The tree of a folder, as lines. */
function tree(folder, indent = "") {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) =>
    entry.isDirectory() ? [`${indent}${entry.name}/`, ...tree(join(folder, entry.name), `${indent}  `)] : [`${indent}${entry.name}`],
  );
}

function excerpt(folder) {
  const dags = join(folder, "airflow");
  const name = existsSync(dags)
    ? readdirSync(dags, { recursive: true })
        .map(String)
        .filter((file) => file.endsWith(".py"))
        .sort()[0]
    : undefined;
  if (name === undefined) return;
  const lines = readFileSync(join(dags, name), "utf8").split("\n");
  console.log(`\n${name}, its first lines:\n`);
  console.log(
    lines
      .slice(0, EXCERPT_LINES)
      .map((line) => `  ${line}`)
      .join("\n"),
  );
}

requireNode();
requireGit();
requirePython();
await build();
const cli = join(root, "packages", "cli", "dist", "mlspec.cjs");
if (!existsSync(cli)) stop("packages/cli has no command to run");

const begin = Date.now();
const compiled = await exec(process.execPath, [cli, "compile", "-C", PROJECT]);
if (compiled.code !== 0) stop("the example does not compile", compiled.code);
const output = join(PROJECT, "generated", "local");
console.log(`\ncompiled in ${seconds(begin)}; examples/fraud_detection/generated/local:\n`);
console.log(tree(output, "  ").join("\n"));
excerpt(output);

say("\nNow it runs here. The first time this brings Python packages (900 MB, mostly Spark) and 13 MB of jars into the cache folder.\n");
const { python, env } = await ensureRun({ requirements: join(root, "packages", "cli", "requirements") });
// Made anew each time, from a seed: a run never meets half of an interrupted generator's files.
const generated = await exec(python, ["generate.py"], { cwd: PROJECT, env });
if (generated.code !== 0) stop("the example's data could not be generated", generated.code);
const ran = await exec(process.execPath, [cli, "run", "-C", PROJECT]);
process.exitCode = ran.code;
