// npm run test:engines -- [SUITE]… [--all]: the suites that use the real tools. Each is tests/engines/SUITE/suite.mjs, a program of its
// own; CONTRIBUTING.md has the protocol. Suites run one after another, as each may use the whole machine; those that say that they
// need no more than half of it run two at a time.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, exec, firstLines, onCi, say, seconds, stop } from "../../scripts/lib.mjs";

const here = dirname(fileURLToPath(import.meta.url));
// What fails fast comes first; of those that run two at a time the long ones, so that both end at about the same time.
const ORDER = [
  "hunts", "manifests", "run", "spark", "airflow", "tiles", "parity", "spark-4.0", "corpus", "corpus-4.0", "kafka", "tests", "redis", "s3", "postgres", "jdbc", "feast", "mutate", "serving", "example",
]; // prettier-ignore

export function suiteNames() {
  const found = readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, "suite.mjs")))
    .map((entry) => entry.name);
  const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return found.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** The announcement beside a suite: `{ "title", "size", "minutes", "beside" }`. */
function announcement(name) {
  const file = join(here, name, "suite.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { title: name, size: "unknown", minutes: "?" };
}

const count = (value) => Number.isInteger(value) && value >= 0;

/** The summary in the last line of a suite's standard output, or undefined. */
export function readSummary(stdout) {
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  try {
    const { suite, passed, failed, skipped = 0, reason } = JSON.parse(last);
    return typeof suite === "string" && [passed, failed, skipped].every(count) ? { suite, passed, failed, skipped, reason } : undefined;
  } catch {
    return undefined;
  }
}

/** What a suite's end is worth: a crash, a missing summary and a run of no tests are failures. */
export function judge(name, { code, stdout }) {
  const summary = readSummary(stdout);
  if (summary === undefined) return { suite: name, passed: 0, failed: 1, skipped: 0, reason: `no summary, exit code ${code}` };
  if (summary.failed === 0 && code !== 0) return { ...summary, failed: 1, reason: `exit code ${code}` };
  if (summary.passed + summary.failed + summary.skipped === 0) return { ...summary, failed: 1, reason: "it ran no test" };
  return summary;
}

/** The checks that failed, in what a suite says of them on standard error: a line `FAIL NAME`, and lines of detail below it. */
export function readFailures(stderr) {
  const blocks = stderr.split(/^(?=(?:FAIL|ok  ) )/mu);
  return blocks.filter((block) => block.startsWith("FAIL ")).map((block) => firstLines(block.slice("FAIL ".length)).join("\n"));
}

/** What failed, at the end of everything. */
export function sayFailures(failures) {
  if (failures.length === 0) return;
  say("\nWhat failed:");
  for (const failure of failures) say(`  ${failure.replaceAll("\n", "\n    ")}`);
}

/** Suites share a folder, so that one can go on where another has ended; each also runs alone. */
export async function runSuites(names) {
  const shared = mkdtempSync(join(tmpdir(), "mlspec shared "));
  try {
    return await inTurns(names, { MLSPEC_ENGINES_SHARED: shared });
  } finally {
    rmSync(shared, { recursive: true, force: true });
  }
}

/** Each suite on its own, or with its neighbours where all of them may run beside others. */
export function turns(names, besideOthers) {
  const found = [];
  for (const name of names)
    if (besideOthers(name) && found.length > 0 && besideOthers(found.at(-1)[0])) found.at(-1).push(name);
    else found.push([name]);
  return found;
}

async function inTurns(names, env) {
  const summaries = new Map();
  for (const turn of turns(names, (name) => announcement(name).beside === true)) {
    const waiting = [...turn];
    const lane = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
        summaries.set(name, await runSuite(name, env, turn.length > 1));
    };
    await Promise.all([lane(), lane()]);
  }
  return names.map((name) => summaries.get(name));
}

/** Runs a suite; what one of two at a time says is shown when it has ended, so that it stands together. */
async function runSuite(name, env, late) {
  const { title, size, minutes } = announcement(name);
  say(`\n== ${name}: ${title} (needs ${size}; about ${minutes} min)`);
  const begin = Date.now();
  const ended = await exec(process.execPath, [join(here, name, "suite.mjs")], { capture: true, env, late });
  const summary = judge(name, ended);
  if (summary.skipped > 0) say(`!! SKIPPED ${summary.skipped} of ${name}: ${summary.reason ?? "it did not say why"}`);
  else if (summary.reason) say(`!! ${name}: ${summary.reason}`);
  say(`== ${name}: ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped in ${seconds(begin)}`);
  const told = readFailures(ended.stderr);
  const untold = summary.failed > 0 && told.length === 0 ? [summary.reason ?? `${summary.failed} failed`] : [];
  return { ...summary, failures: [...told, ...untold] };
}

async function main(words) {
  const all = suiteNames();
  const asked = words.filter((word) => word !== "--all");
  // Suites that have more to try than there is time for in CI try it then.
  if (asked.length < words.length) process.env.MLSPEC_ENGINES_ALL = "1";
  const unknown = asked.filter((name) => !all.includes(name));
  if (unknown.length > 0) stop(`no suite ${unknown.join(", ")}; there are: ${all.join(", ") || "none"}`, 2);
  await build();
  const summaries = await runSuites(asked.length > 0 ? asked : all);
  const sum = (key) => summaries.reduce((total, summary) => total + summary[key], 0);
  const skippedIsFailure = onCi() ? sum("skipped") : 0;
  const failed = sum("failed") + skippedIsFailure;
  process.exitCode = failed > 0 || summaries.length === 0 ? 1 : 0;
  sayFailures(summaries.flatMap(({ suite, failures }) => failures.map((failure) => `${suite}: ${failure}`)));
  console.log(`${sum("passed")} passed, ${failed} failed${onCi() ? "" : `, ${sum("skipped")} skipped`}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
