// Transforms by functions of the user's, run interval by interval: rows against an oracle, and mistakes in the user's code.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const FIRST = "2026-01-01T02:00:00Z/2026-01-04T02:00:00Z";
const SECOND = "2026-01-04T02:00:00Z/2026-01-05T02:00:00Z";

/** Changes a file of the project, and says how it was. */
function changed(path, from, to) {
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
  return text;
}

const lineOf = (path, part) => readFileSync(path, "utf8").slice(0, readFileSync(path, "utf8").indexOf(part)).split("\n").length;

export function functionsRun({ project, mlspec, python, record }, check) {
  cpSync(join(here, "functions"), project, { recursive: true });
  const oracle = (what, ...more) => python([join(here, "functions.py"), what, "--project", project, ...more]);
  const equal = (name, until) => {
    const { status, stdout, stderr } = oracle("check", "--until", until);
    check(name, status === 0, `${stdout}${stderr}`);
    return stdout;
  };
  oracle("write");
  const run = (...args) => mlspec(["run", ...args]);
  const ran = (name, ...args) => {
    const { status, stdout, stderr } = run(...args);
    check(name, status === 0, `${stderr}${stdout}`);
  };
  const [orders, money] = ["orders", "money"].map((name) => join(project, "src", `${name}.py`));

  // A mistake in what builds the table, then in what is called for each row: each is told with its file and line.
  const good = changed(orders, "    one, other =", '    raise LookupError("no day")\n    one, other =');
  const built = run("--interval", FIRST);
  const at = `src/orders.py:${lineOf(orders, "raise LookupError")}`;
  check("a function that raises fails its task", built.status === 1 && /✗ transform\.recent/.test(built.stderr), built.stderr);
  check("its words and its line are told", built.stderr.includes(`LookupError: no day (${at})`), built.stderr);
  check("what it reads is done", record().steps["transform.paid"]?.status === "done", JSON.stringify(record().steps));
  writeFileSync(orders, good);
  ran("with the function put right the run is resumed to its end", "--resume");
  const once = equal("functions give the oracle's rows", "2026-01-04T02:00:00+00:00");

  const kept = changed(money, "cents == 666_666", "cents % 2 == 0");
  const called = run("--interval", SECOND);
  const line = `src/money.py:${lineOf(money, "raise ValueError")}`;
  const said = new RegExp(`^ *ValueError: no fee for \\d+ \\(${line.replaceAll(".", "\\.")}\\)$`, "m");
  check("what is called for each row and raises is told as briefly", called.status === 1 && said.test(called.stderr), called.stderr);
  check("a failed run leaves the rows as they were", equal("the oracle's rows are still there", "2026-01-04T02:00:00+00:00") === once);
  writeFileSync(money, kept);
  ran("the second interval is run", "--interval", SECOND);
  equal("rows look back over the edge of an interval", "2026-01-05T02:00:00+00:00");
}
