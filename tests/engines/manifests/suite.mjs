// Every emitted file through the tools that judge its kind: ruff, hadolint, kubeconform, PyYAML, a Dockerfile parser.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { copyExample, counted, root, temporaryFolder } from "../lib/example.mjs";
import { engines } from "../setup/index.mjs";
import { MissingTool } from "../setup/lib.mjs";
import { mistakesIn } from "./fields.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const command = join(root, "packages", "cli", "dist", "mlspec.cjs");
const yaml = createRequire(join(root, "packages", "compiler", "package.json"))("yaml");
const { KUBERNETES_VERSIONS } = await import(pathToFileURL(join(root, "packages", "compiler", "dist", "index.js")).href);
const { FIELDS } = await import(pathToFileURL(join(root, "packages", "emitters", "dist", "kubernetes", "capabilities.js")).href);
const checks = await engines.checks();
const { check, finish } = counted("manifests");
let skipped = 0;
let reason;

function exec(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  return { ok: status === 0, stdout: stdout ?? "", detail: `${stdout}${stderr}` };
}

/** A copy of the example, or of another project, compiled after a change of its specification. */
function compiled(name, change, copy = copyExample) {
  const project = join(folder, name);
  copy(project);
  const file = join(project, "mlspec.yaml");
  const before = readFileSync(file, "utf8");
  const after = change(before);
  if (change !== same) check(`${name}: the change is one`, after !== before);
  writeFileSync(file, after);
  const result = exec(process.execPath, [command, "compile", "-C", project], project);
  return check(`${name} compiles`, result.ok, result.detail) ? join(project, "generated") : undefined;
}

const same = (text) => text;
/** Patches of an object, of all of a kind, and of a list within. */
const patched = (text) =>
  text.replace(
    /^( +)kubernetes: \{ (version: .*) \}$/m,
    (_, indent, options) =>
      `${indent}kubernetes:
${indent}  ${options.replace(", ", `\n${indent}  `)}
${indent}  patches:
${indent}    - { kind: Deployment, name: fraud-api, merge: { spec: { revisionHistoryLimit: 3, template: { spec: { priorityClassName: scoring } } } } }
${indent}    - { kind: ServiceAccount, merge: { imagePullSecrets: [{ name: registry }] } }
${indent}    - { kind: CronJob, json_patch: [{ op: add, path: /spec/jobTemplate/spec/template/spec/nodeSelector, value: { pool: batch } }] }`,
  );
const withoutAirflow = (text) => text.replace(/^ +airflow: .*\n/m, "");

function python(folders) {
  const ruff = join(checks.bin, "ruff");
  const config = ["--config", join(here, "ruff.toml")];
  for (const cwd of folders) {
    // Airflow has an older Python than the programs. Modules of a folder are each other's: ruff sees that from inside.
    const target = cwd.endsWith("airflow") ? ["--target-version", "py310"] : [];
    const linted = exec(ruff, ["check", "--no-cache", ...config, ...target, "."], cwd);
    check(`ruff check ${cwd.slice(folder.length + 1)}`, linted.ok, linted.detail);
    const formatted = exec(ruff, ["format", "--no-cache", "--diff", ...config, "."], cwd);
    check(`ruff format ${cwd.slice(folder.length + 1)}`, formatted.ok, formatted.detail);
  }
}

function pythonFolders(generated) {
  return ["local", "production"]
    .flatMap((environment) =>
      readdirSync(join(generated, environment), { withFileTypes: true }).map((entry) => [entry, join(generated, environment, entry.name)]),
    )
    .filter(([entry, path]) => entry.isDirectory() && readdirSync(path).some((name) => name.endsWith(".py")))
    .map(([, path]) => path);
}

function dockerfiles(production) {
  const cwd = join(production, "docker");
  for (const name of readdirSync(cwd).filter((path) => path.endsWith(".Dockerfile"))) {
    const linted = exec(join(checks.bin, "hadolint"), [name], cwd);
    check(`hadolint ${name}`, linted.ok && linted.stdout === "", linted.detail);
    check(`${name} has an allow-list`, existsSync(join(cwd, `${name}.dockerignore`)));
  }
}

/** Images are named by what is in them, so everybody names the same ones. */
function images(production) {
  const bake = JSON.parse(readFileSync(join(production, "docker", "docker-bake.json"), "utf8"));
  const built = Object.values(bake.target).flatMap(({ tags }) => tags);
  const used = ["airflow", "kubernetes"]
    .filter((name) => existsSync(join(production, name)))
    .flatMap((name) =>
      readdirSync(join(production, name)).flatMap(
        (file) => readFileSync(join(production, name, file), "utf8").match(/ghcr\.io\/acme\/[\w./:-]+/g) ?? [],
      ),
    );
  check(
    "every image that is used is built, and the other way round",
    isDeepStrictEqual([...new Set(used)].sort(), [...built].sort()),
    `${built}\n${used}`,
  );
}

function manifests(name, production) {
  const cwd = join(production, "kubernetes");
  const { stdout, detail } = exec(checks.python, [join(here, "check.py"), production], cwd);
  const lines = stdout.trimEnd().split("\n");
  const answers = lines.slice(0, -1).map((line) => JSON.parse(line));
  if (!check(`${name}: the manifests are read`, answers.length > 0, detail)) return;
  for (const answer of answers) check(`${name}: ${answer.name}`, answer.ok, answer.detail);
  const documents = JSON.parse(lines.at(-1));
  for (const [file, read] of Object.entries(documents)) {
    const text = readFileSync(join(cwd, file), "utf8");
    for (const version of ["1.1", "1.2"]) {
      const ours = yaml.parseAllDocuments(text, { version }).map((document) => document.toJS());
      check(`${name}: PyYAML and YAML ${version} read the same in ${file}`, isDeepStrictEqual(ours, read));
    }
  }
}

/** The manifests of a project against the API of a Kubernetes version. */
async function schemas(production, version) {
  let kubeconform;
  try {
    kubeconform = await engines.kubeconform(version);
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    skipped += 1;
    reason = error.message;
    return;
  }
  const cwd = join(production, "kubernetes");
  const files = readdirSync(cwd).filter((file) => file !== "kustomization.yaml");
  const { ok, detail } = exec(kubeconform.command, ["-strict", "-summary", "-schema-location", kubeconform.schemas, ...files], cwd);
  check(
    `kubeconform ${production.slice(folder.length + 1)} for ${version}`,
    ok && /Invalid: 0, Errors: 0, Skipped: 0/.test(detail),
    detail,
  );
}

/** Both ends of the range that the language takes: what is in neither too new nor gone is in all between. */
async function everyVersion(kinds) {
  const { from, to } = KUBERNETES_VERSIONS;
  for (const version of [from, to].map((each) => each.join("."))) {
    for (const [kind, change] of Object.entries(kinds)) {
      const generated = compiled(`${kind}_${version}`, (text) => change(text).replace('version: "1.34"', `version: "${version}"`));
      if (generated !== undefined) await schemas(join(generated, "production"), version);
    }
  }
}

/** Which fields came when: a table of ours against the API of Kubernetes. */
async function capabilities() {
  const { from, to } = KUBERNETES_VERSIONS;
  const [older, newer] = await Promise.all(
    [from, to].map(async (version) => dirname((await engines.kubeconform(version.join("."))).schemas)),
  );
  const mistakes = mistakesIn(FIELDS, { older, newer });
  check("the table of fields agrees with the schemas of Kubernetes", mistakes.length === 0, mistakes.join("\n"));
}

const folder = temporaryFolder("manifests");
try {
  const generated = compiled("fraud_detection", same);
  // Without Airflow the cluster itself runs the schedules.
  const alone = compiled("without_airflow", (text) => patched(withoutAirflow(text)));
  const topics = compiled("topics", same, (project) => cpSync(join(here, "..", "kafka", "project"), project, { recursive: true }));
  const all = Object.entries({ "with Airflow": generated, "without Airflow": alone, topics }).filter(([, path]) => path !== undefined);
  for (const [name, each] of all) {
    python(pythonFolders(each));
    const production = join(each, "production");
    dockerfiles(production);
    images(production);
    manifests(name, production);
  }
  for (const [, each] of all) await schemas(join(each, "production"), "1.34");
  const api = alone === undefined ? "" : readFileSync(join(alone, "production", "kubernetes", "fraud-api.yaml"), "utf8");
  check("patches are in the manifests", /priorityClassName: scoring/.test(api) && /revisionHistoryLimit: 3/.test(api), api);
  if (skipped === 0) await capabilities();
  await everyVersion({ with_airflow: same, without_airflow: withoutAirflow });
  const cron = alone !== undefined && readdirSync(join(alone, "production", "kubernetes")).filter((file) => file.startsWith("schedule-"));
  check(
    "without Airflow there is a CronJob for each schedule",
    isDeepStrictEqual(cron, ["schedule-daily-0200.yaml", "schedule-script.yaml", "schedule-sundays-0400.yaml"]),
    String(cron),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
finish({ skipped, reason });
