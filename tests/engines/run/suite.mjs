// `mlspec run` on the example: a run that fails and is resumed, its tables against the oracle, its summary, its model.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyExample, counted, exampleIn, lastLine, oracle, same, sharedProject, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { functionsRun } from "./functions.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const machine = await engines.run();
const { check, finish, totals } = counted("run");

const withStatus = ({ steps }, ...statuses) =>
  Object.keys(steps)
    .filter((id) => statuses.includes(steps[id].status))
    .sort();

const logsOf = ({ folder }, ids) => ids.map((id) => statSync(join(folder, `${id}.log`)).mtimeMs);

/** One file of the cards is no parquet: their ingestion fails, what reads them is skipped, the rest is done; then it is resumed. */
function failsAndResumes({ project, mlspec, record }) {
  const [file] = readdirSync(join(project, "lake", "raw", "cards")).filter((name) => name.endsWith(".parquet"));
  const path = join(project, "lake", "raw", "cards", file);
  renameSync(path, join(project, "cards.kept"));
  writeFileSync(path, "no parquet");
  const failed = mlspec(["run"]);
  const before = record();
  if (!check("a run has a record", before !== undefined, failed.stderr)) return undefined;
  check(
    "a failed task makes the run fail, and says where its log is",
    failed.status === 1 && /ingest\.cards[^\n]*\n[^]*log: \.mlspec/.test(failed.stderr),
    failed.stderr,
  );
  check("only that task failed", same(withStatus(before, "failed"), ["ingest.cards"]), JSON.stringify(before.steps, null, 2));
  check("what needs it is skipped", withStatus(before, "skipped").includes("train.fraud_score"), failed.stderr);
  check("what does not need it is done", withStatus(before, "done").includes("features.card_velocity"), failed.stderr);
  check("it says how to go on", failed.stderr.includes("mlspec run --resume"), failed.stderr);
  renameSync(join(project, "cards.kept"), path);
  const logs = logsOf(before, withStatus(before, "done"));
  const resumed = mlspec(["run", "--resume"]);
  const after = record();
  check("the run is resumed to its end", resumed.status === 0, `${resumed.stderr}${resumed.stdout}`);
  check("it is the same run", after.id === before.id && same(after.interval, before.interval));
  check("what was done is kept", same(withStatus(after, "kept"), withStatus(before, "done")), JSON.stringify(withStatus(after, "kept")));
  check("what is kept does not run again", same(logs, logsOf(after, withStatus(before, "done"))));
  return { stdout: resumed.stdout, record: after, said: `${failed.stderr}${resumed.stderr}${resumed.stdout}` };
}

/** What the summary says of a dataset: `accepted 27,700 · conflict 70` as an object, or a number of `rows`. */
function rowsIn(stdout, dataset) {
  const text = new RegExp(`^ +${dataset.replaceAll(".", "\\.")} +(.*)$`, "m").exec(stdout)?.[1] ?? "";
  const number = (digits = "") => Number(digits.replaceAll(",", ""));
  if (text.endsWith(" rows")) return number(text.slice(0, -" rows".length));
  return Object.fromEntries(
    text
      .split(" · ")
      .map((each) => each.split(" "))
      .map(([name, value]) => [name, number(value)]),
  );
}

const sorted = (counts) => Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The tables equal the oracle's; what it counted is what the summary says. */
function equalsOracle({ project, python }, { record, stdout }) {
  const interval = ["--interval-start", record.interval.start, "--interval-end", record.interval.end];
  const compared = python([join(oracle, "compare.py"), "--project", project, ...interval]);
  check("the tables equal the oracle's", compared.status === 0, `${compared.stdout}${compared.stderr}`);
  const { compared: counts } = lastLine(compared.stdout);
  if (!check("the oracle says what it compared", counts !== undefined)) return;
  const { features_compared: sampled, of_these: special } = counts["training/fraud_score"];
  console.error(`     features of ${sampled} observations compared; of these: ${JSON.stringify(special, null, 2)}`);
  check("at least 2,000 observations are compared", sampled >= 2000, String(sampled));
  check("of each special kind there are some", Object.values(special).length === 6 && Object.values(special).every((n) => n >= 10));
  for (const source of ["transactions", "cards", "chargebacks"]) {
    const said = rowsIn(stdout, `sources.${source}`);
    const wanted = counts[`verdicts/${source}`];
    check(`the summary has the oracle's verdicts on ${source}`, same(sorted(said), sorted(wanted)), JSON.stringify([said, wanted]));
  }
  const rows = {
    "transforms.labelled_payments": counts["transforms/labelled_payments"],
    "training.fraud_score": counts["training/fraud_score"].rows,
    "scoring.fraud_review": counts["scoring/fraud_review"].rows,
    "predictions.fraud_review": counts["scoring/fraud_review"].rows,
  };
  for (const [dataset, wanted] of Object.entries(rows)) {
    const said = rowsIn(stdout, dataset);
    check(`the summary has the oracle's rows of ${dataset}`, said === wanted, `${JSON.stringify(said)}, wanted ${wanted}`);
  }
}

/** The model's metrics and the gate's answer, worked out again from the training set. */
function modelIsRight({ project, python }, { record, stdout }) {
  const { stdout: answers, stderr } = python([join(here, "model.py"), "--project", project, "--interval-end", record.interval.end]);
  const { checks = [], metrics = {}, gate } = lastLine(answers);
  if (!check("the model is looked at", checks.length > 0, `${answers}${stderr}`)) return;
  for (const { name, ok, detail } of checks) check(name, ok, detail);
  for (const [name, value] of Object.entries(metrics))
    check(`the summary has ${name}`, stdout.includes(`${name.padEnd(17)}  ${value.toFixed(4)}`), `${value}\n${stdout}`);
  check("the summary has the gate's answer", stdout.includes(`gate: ${gate ? "passed" : "not passed"}`), stdout);
}

function tells({ project }, { record, stdout, said }) {
  for (const place of ["models/fraud_score", "training/fraud_score", "online/card_velocity.sqlite"]) {
    const path = `lake/fraud_detection/${place}`;
    check(`the summary says where ${place} is, and it is there`, stdout.includes(path) && existsSync(join(project, path)), stdout);
  }
  const logs = Object.keys(record.steps).map((id) => join(record.folder, `${id}.log`));
  check(
    "every task has a log",
    logs.every((log) => existsSync(log)),
  );
  // A file URL that was taken for a path shows as a folder with %20 in its name.
  const files = readdirSync(dirname(project), { recursive: true, encoding: "utf8" });
  check(
    "a space in a folder's name stays a space",
    files.every((file) => !file.includes("%20")),
    files.filter((file) => file.includes("%20"))[0],
  );
  check("nothing that is said has %20", !said.includes("%20") && !logs.some((log) => readFileSync(log, "utf8").includes("%20")), said);
}

/** What `mlspec init` makes runs at once, on the data that it brings. */
function startedProjectRuns({ project, mlspec }) {
  mkdirSync(project);
  const made = mlspec(["init"]);
  const run = mlspec(["run"]);
  check(
    "a project that has just been started runs to its end",
    made.status === 0 && run.status === 0,
    `${made.stderr}${run.stderr}${run.stdout}`,
  );
  const { accepted = 0, too_late = 0, failed_check = 0 } = rowsIn(run.stdout, "sources.orders");
  check("its data has rows of each kind", accepted > 3000 && too_late > 0 && failed_check > 0, run.stdout);
  const auc = Number(/roc_auc +([\d.]+)/.exec(run.stdout)?.[1]);
  check(`its model sees who leaves (roc_auc ${auc})`, auc > 0.6 && run.stdout.includes("gate: passed"), run.stdout);
  check("rows are scored", rowsIn(run.stdout, "predictions.churn_review") === accepted, run.stdout);
}

const folder = temporaryFolder("run");
const example = exampleIn(join(folder, "my project"), machine);
try {
  copyExample(example.project);
  const data = example.generate();
  const planted = example.python([join(here, "planted.py"), "write", "--project", example.project]);
  if (check("the example's data is generated", data.status === 0 && planted.status === 0, `${data.stderr}${planted.stderr}`)) {
    const resumed = failsAndResumes(example);
    if (resumed !== undefined) {
      tells(example, resumed);
      equalsOracle(example, resumed);
      const { status, stdout, stderr } = example.python([join(here, "planted.py"), "check", "--project", example.project]);
      check("late events count from when they are known, by hand", status === 0, `${stdout}${stderr}`);
      modelIsRight(example, resumed);
      if (totals.failed === 0 && sharedProject() !== undefined) renameSync(example.project, sharedProject());
    }
  }
  startedProjectRuns(exampleIn(join(folder, "started"), machine));
  functionsRun(exampleIn(join(folder, "functions"), machine), check);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish();
