// `mlspec test` on the example: its tests, tests that are wrong in one place each, and faults in the project's definitions.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { command, copyExample, counted, exampleIn, same, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { modesAreTold } from "./modes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const machine = await engines.run();
const { check, finish } = counted("tests");

/** By planted test, what its result says; those that are right say nothing. */
const PLANTED = {
  any_order: [],
  every_type: [],
  wrong_value: [
    /card_velocity: 1 of 2 rows not as expected/,
    /expected +c1 +2026-01-01T10:30:00Z +31\.0\n/,
    /actual +c1 +2026-01-01T10:30:00Z +30\.0\n +\^{4}\n/,
  ],
  wrong_null: [/expected +c2 +\S+ +0\.0\n/, /actual +c2 +\S+ +NULL\n +\^{4}\n/],
  row_missing: [/missing +t2 .*30\.0\n/],
  row_extra: [/quarantine\.transactions: 1 of 1 rows not as expected/, /extra +t2 +/],
  broken_sql: [/in the transform shares \(specs\/planted\.yaml:3\)/, /\[DIVIDE_BY_ZERO\]/, /100 \/ \(amount - 5\)/],
  broken_code: [/in the transform odd_names/, /at src\/odd\.py:\d+/, /ValueError: no odd name/],
  broken_check: [/check not_negative of strict failed 1 times/],
  wrong_request: [/expected .* 0\.2\n/, /actual .* 0\.1\n +\^{3}\n/],
  wrong_moment: [/missing +t1 /],
};

/** Faults in definitions: a change of one text in a file, and the tests of the example that see it. */
const FAULTS = [
  [
    "a window leaves rows out",
    "specs/model.yaml",
    "count(*) over [10m, 1h, 24h]",
    "{ value: count(*), where: amount > 20, over: [10m, 1h, 24h] }",
    ["window_edge"],
  ],
  ["a feature counts others", "specs/model.yaml", "country <> 'FR'", "country = 'FR'", ["window_edge"]],
  ["rows may come later", "specs/data.yaml", "lateness: 10m", "lateness: 20m", ["late_and_twice"]],
  ["a check lets more through", "specs/data.yaml", "expect: amount > 0", "expect: amount >= 0", ["late_and_twice"]],
  [
    "a transform computes something else",
    "specs/data.yaml",
    "CAST(amount AS DOUBLE) AS amount",
    "CAST(amount AS DOUBLE) * 2 AS amount",
    ["late_and_twice", "label"],
  ],
  ["labels are known earlier", "specs/model.yaml", "known_after: 30d", "known_after: 1d", ["label"]],
  ["a join is another one", "sql/labelled_payments.sql", "c.transaction_id IS NOT NULL", "c.transaction_id IS NULL", ["label"]],
  [
    "a derived value is another one",
    "specs/model.yaml",
    "amount / nullif(card_profile.credit_limit, 0)",
    "2 * amount / nullif(card_profile.credit_limit, 0)",
    ["request"],
  ],
  [
    "a column is another one",
    "specs/model.yaml",
    "country <> card_profile.home_country",
    "country = card_profile.home_country",
    ["label", "request"],
  ],
];

function exampleTestsPass({ mlspec, project }) {
  const { status, stdout, stderr } = mlspec(["test", "--format", "json"]);
  if (!check("the example's tests pass", status === 0, `${stderr}${stdout}`)) return;
  const { tests } = JSON.parse(stdout);
  check("there are as many as it has", tests.length === 4 && tests.every((each) => each.status === "passed"), stdout);
  const times = tests.map(({ name, seconds }) => `${name} ${seconds} s`).join(", ");
  console.error(`     ${times}; ${/Spark is there after .*/.exec(stderr)?.[0]}`);
  check(
    "a test stands where it is said to be",
    tests.every(({ file, line, name }) => readFileSync(join(project, file), "utf8").split("\n")[line - 1] === `  ${name}:`),
  );
  check("nothing is left but the log", same(readdirSync(join(project, ".mlspec", "tests")), ["spark.log"]));
  check(
    "no lake is made, nothing is written to `generated`",
    !existsSync(join(project, "lake")) && !existsSync(join(project, "generated")),
  );
}

function plantedFail(example) {
  const { mlspec, project, python } = example;
  copyFileSync(join(here, "planted.yaml"), join(project, "specs", "planted.yaml"));
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "src", "odd.py"), "def odd(inputs, as_of):\n    raise ValueError('no odd name')\n");
  const names = Object.keys(PLANTED);
  const { status, stdout, stderr } = mlspec(["test", ...names, "--format", "junit", "--out", "junit.xml"]);
  check("planted faults fail", status === 1 && stdout === "", `${stderr}${stdout}`);
  const said = Object.fromEntries(stderr.split(/^(?=[✓✗] )/m).map((part) => [/^[✓✗] (\w+)/.exec(part)?.[1], part]));
  for (const [name, patterns] of Object.entries(PLANTED)) {
    const text = said[name] ?? "";
    check(`${name} ${patterns.length === 0 ? "passes" : "fails"}`, text.startsWith(patterns.length === 0 ? "✓" : "✗"), text || stderr);
    for (const pattern of patterns) check(`${name} says ${pattern}`, pattern.test(text), text);
    check(`${name} shows no traceback`, !/Traceback|py4j|\.java:/.test(text), text);
  }
  const parsed = python([join(here, "junit.py"), "junit.xml"]);
  const cases = parsed.status === 0 ? JSON.parse(parsed.stdout) : {};
  check(
    "the JUnit report can be parsed, and has every test",
    same(Object.keys(cases).sort(), [...names].sort()),
    `${parsed.stderr}${parsed.stdout}`,
  );
  for (const [name, patterns] of Object.entries(PLANTED)) {
    const wanted = patterns.length === 0 ? "passed" : name.startsWith("broken") ? "error" : "failure";
    check(
      `in it ${name} is ${wanted}, with its place`,
      cases[name]?.result === wanted && cases[name].file === "specs/planted.yaml" && cases[name].line > 1,
      JSON.stringify(cases[name]),
    );
  }
  rmSync(join(project, "specs", "planted.yaml"));
}

/** Starts `mlspec test --watch`; what it has said since the last time, whenever it waits. */
function watching({ project }, names = []) {
  const child = spawn(process.execPath, [command, "test", ...names, "--watch"], { cwd: project, env: { ...process.env, ...machine.env } });
  let said = "";
  let waiting;
  const ended = new Promise((resolve) => child.on("close", resolve));
  const hear = (data) => {
    said += data;
    if (!said.includes("waiting for a change")) return;
    waiting?.(said);
    waiting = undefined;
  };
  child.stdout.setEncoding("utf8").on("data", hear);
  child.stderr.setEncoding("utf8").on("data", hear);
  void ended.then(() => waiting?.(said));
  return {
    child,
    ended,
    /** Does something, and waits until all that follows from it has been said. */
    after: (work) =>
      new Promise((resolve) => {
        said = "";
        waiting = resolve;
        work();
      }),
  };
}

const failing = (said) => [...said.matchAll(/^✗ (\w+)/gm)].map(([, name]) => name).sort();

async function faultsAreSeen(example) {
  const { project } = example;
  const watch = watching(example);
  const first = await watch.after(() => undefined);
  check("--watch runs all tests at first", /4 passed/.test(first), first);
  for (const [name, file, from, to, seen] of FAULTS) {
    const path = join(project, file);
    const text = readFileSync(path, "utf8");
    const changed = text.replace(from, to);
    check(`the fault can be planted: ${name}`, changed !== text);
    const said = await watch.after(() => writeFileSync(path, changed));
    check(`${name}: exactly ${seen.join(" and ")}`, same(failing(said), [...seen].sort()), said);
    const back = await watch.after(() => writeFileSync(path, text));
    check("put right, all pass again", failing(back).length === 0 && /passed/.test(back), back);
  }
  const broken = await watch.after(() =>
    writeFileSync(join(project, "specs", "more.yaml"), "tests:\n  x: { given: { cardz: [] }, expect: {} }\n"),
  );
  check("a new file with a mistake is told of, and it goes on", broken.includes("Did you mean `cards`?"), broken);
  const mended = await watch.after(() => rmSync(join(project, "specs", "more.yaml")));
  check("nothing is run where nothing has changed", mended.includes("nothing that a test computes has changed"), mended);
  const pids = descendants(watch.child.pid);
  watch.child.kill("SIGINT");
  await watch.ended;
  check("ctrl-C ends it, and all that it has started", pids.length > 0 && (await gone(pids)), String(pids));
  check("and its programs are gone", same(readdirSync(join(project, ".mlspec", "tests")), ["spark.log"]));
}

/** Processes that a process has started, and those that these have. */
function descendants(pid) {
  if (!existsSync("/proc")) return [];
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [
          [
            Number(name),
            Number(
              readFileSync(`/proc/${name}/stat`, "utf8")
                .replace(/^.*\) /, "")
                .split(" ")[1],
            ),
          ],
        ];
      } catch {
        // It has ended by now.
        return [];
      }
    });
  const below = (of) => parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Spark's Python workers end by themselves once the JVM is gone. */
async function gone(pids) {
  for (let rounds = 0; rounds < 100; rounds++) {
    if (pids.every((pid) => !existsSync(`/proc/${pid}`))) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function startedProjectPasses({ project, mlspec }) {
  mkdirSync(project);
  const made = mlspec(["init"]);
  const tested = mlspec(["test"]);
  check(
    "the test of a project that has just been started passes",
    made.status === 0 && tested.status === 0 && /1 passed/.test(tested.stdout),
    `${tested.stderr}${tested.stdout}`,
  );
}

const folder = temporaryFolder("tests");
const example = exampleIn(join(folder, "my project"), machine);
try {
  copyExample(example.project);
  exampleTestsPass(example);
  plantedFail(example);
  await faultsAreSeen(example);
  await modesAreTold(exampleIn(join(folder, "streamed"), machine), { check, watching, failing });
  startedProjectPasses(exampleIn(join(folder, "started"), machine));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
