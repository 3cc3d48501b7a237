// npm test: build, lint, types, generated files, unit tests and goldens with a verdict of their own, then the engine suites.
// The last line adds everything up. `npm test -- --fast` stops after the verdict.
import { join } from "node:path";
import { runSuites, sayFailures, suiteNames } from "../tests/engines/run.mjs";
import { bin, build, exec, HUNTS, onCi, requireGit, requirePython, root, say, seconds, vitest } from "./lib.mjs";

const begin = Date.now();
const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, to be said again at the end: an hour of output lies between. */
const failures = [];
const add = ({ suite = "unit tests", passed, failed, skipped = 0, failures: found = [] }) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  failures.push(...found.map((failure) => `${suite}: ${failure}`));
};

/** One check counts as one test. */
async function check(name, action) {
  const from = Date.now();
  const { code } = await action();
  add(code === 0 ? { passed: 1, failed: 0 } : { suite: "check", passed: 0, failed: 1, failures: [name] });
  say(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds(from)})`);
}

function close() {
  // Off CI a skipped test is counted as such; on CI nothing may be skipped.
  if (onCi() && total.skipped > 0) {
    say(`${total.skipped} skipped, which CI does not allow`);
    total.failed += total.skipped;
    total.skipped = 0;
  }
  if (total.passed + total.failed === 0) total.failed = 1;
  process.exitCode = total.failed > 0 ? 1 : 0;
  sayFailures(failures);
  console.log(`${total.passed} passed, ${total.failed} failed${onCi() ? "" : `, ${total.skipped} skipped`}`);
}

requireGit();
requirePython();
await build();
say(`ok     build (${seconds(begin)})`);
await check("lint", () => bin("oxlint", []));
await check("format", () => bin("oxfmt", ["--check", "."]));
await check("types", () => bin("tsc", ["-b"]));
await check("unused code and packages", () => bin("knip", ["--no-progress"]));
await check("generated files", () => exec(process.execPath, [join(root, "scripts", "gen.mjs"), "--check"]));
add(await vitest(HUNTS.flatMap((folder) => ["--exclude", `${folder}/**`])));
say(`\n${total.failed === 0 ? "fine so far" : `${total.failed} FAILED so far`}: ${total.passed} passed in ${seconds(begin)}\n`);
// A suite that can be short is so among all; by its name it takes the time that it needs.
process.env.MLSPEC_ENGINES_BRIEF = "1";
if (!process.argv.includes("--fast")) for (const summary of await runSuites(suiteNames())) add(summary);
close();
