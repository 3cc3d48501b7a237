// npm run demo: compiles the fraud example, shows what came out, then runs it on this machine.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureRun } from "../tests/engines/setup/run.mjs";
import { build, exec, requireGit, requireNode, requirePython, root, say, seconds, stop } from "./lib.mjs";

const PROJECT = join(root, "examples", "fraud_detection");
const SHOWN = relative(root, PROJECT);
const OUTPUT = join(PROJECT, "generated", "local");
const WIDTH = 100;

/** The files of a folder, a paragraph for each folder. */
function tree(folder, name) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const lines = files.length > 0 ? [`  ${name}/`, ...wrapped(files)] : [];
  return [
    ...lines,
    ...entries.filter((entry) => entry.isDirectory()).flatMap((entry) => tree(join(folder, entry.name), `${name}/${entry.name}`)),
  ];
}

function wrapped(words) {
  const lines = ["     "];
  for (const word of words) {
    if (lines.at(-1).length + word.length + 2 > WIDTH) lines.push("     ");
    lines.push(`${lines.pop()} ${word}`);
  }
  return lines;
}

/** The lines of a file from the one with `first` to the one before that which begins with `after`. */
function excerpt(file, first, after) {
  const lines = readFileSync(join(PROJECT, file), "utf8").split("\n");
  const begin = lines.findIndex((line) => line.includes(first));
  const length = lines.slice(begin + 1).findIndex((line) => line.trim().startsWith(after));
  if (begin < 0 || length < 0) stop(`${file} has no \`${first}\` before \`${after}\`: the excerpt in scripts/demo.mjs is out of date`);
  say(`${SHOWN}/${file}\n`);
  say(
    lines
      .slice(begin, begin + 1 + length)
      .map((line) => `  ${line}`)
      .join("\n"),
  );
  say("");
}

async function compile(cli) {
  const begin = Date.now();
  const { code } = await exec(process.execPath, [cli, "compile", "-C", PROJECT], { quiet: true });
  if (code !== 0) stop("the example does not compile", code);
  const count = readdirSync(OUTPUT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  say(`${SHOWN}: one specification, compiled in ${seconds(begin)} to ${count} files for this machine:\n`);
  say(`${tree(OUTPUT, "generated/local").join("\n")}\n`);
  say("The same files for Kubernetes, with images and manifests, are in generated/production. You write, for example,\n");
  excerpt("specs/model.yaml", "aggregates:", "largest:");
  say("and get, among others,\n");
  excerpt("generated/local/spark/feature_groups.py", 'name="spend"', "),");
  excerpt("generated/local/airflow/fraud_detection__sundays_0400.py", "train_fraud_score = BashOperator(", "gate_fraud_score = ");
}

/** The raw data, made anew each time from a seed: a run never meets half of an interrupted generator's files. */
async function generate({ python, env }) {
  const { code, stdout } = await exec(python, ["generate.py"], { cwd: PROJECT, env, quiet: true });
  if (code !== 0) stop("the example's data could not be generated", code);
  const { transactions, fraud, first, last } = JSON.parse(stdout);
  const number = (value) => value.toLocaleString("en-US");
  say(
    `${number(transactions)} card transactions from ${first.slice(0, 10)} to ${last.slice(0, 10)} are in ${SHOWN}/lake/raw: ${number(fraud)} of them fraud,`,
  );
  say("and many late, too late, doubled, contradictory or broken, as in real life.\n");
}

function ending(python) {
  say(`
Ask the model, in ${SHOWN}:

  PREDICTION_LOG=predictions.jsonl ${python} generated/local/python/serve_fraud_api.py
  curl -s localhost:8080/predict -H 'content-type: application/json' -d '{"card_id": "c00001", "amount": 250, "country": "DE"}'

Then change something in specs/, and look at it again: npm run demo`);
}

requireNode();
requireGit();
requirePython();
await build();
const cli = join(root, "packages", "cli", "dist", "mlspec.cjs");
if (!existsSync(cli)) stop("packages/cli has no command to run");
await compile(cli);
say(
  "Now it runs here. The first time this brings Python packages (900 MB, mostly Spark) and 24 MB of jars into the cache folder, and makes",
);
say("an archive of Spark's classes there (200 MB): programs start faster with it.\n");
const machine = await ensureRun({ requirements: join(root, "packages", "cli", "requirements") });
await generate(machine);
const ran = await exec(process.execPath, [cli, "run", "-C", PROJECT]);
if (ran.code === 0) ending(machine.python);
process.exitCode = ran.code;
