/** How the built command behaves in a shell: streams, signals, exit codes, folders that refuse. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, test } from "vitest";
import { folder, mlspec, put } from "./support.js";

const cli = fileURLToPath(new URL("..", import.meta.url));
const built = join(cli, "dist", "mlspec.cjs");

interface Call {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

function call(
  { cwd, env = {} }: Call,
  ...argv: readonly string[]
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [built, ...argv], { cwd, env: { ...rest, ...env }, encoding: "utf8" });
  return { code: status, stdout, stderr };
}

async function started(): Promise<string> {
  const project = folder();
  await mlspec(project, "init");
  return project;
}

const BROKEN = { "mlspec.yaml": "mlspec: v1\nprojct: x\n" };

it.each([
  [0, ["--help"]],
  [0, ["--version"]],
  [0, ["help", "check"]],
  [0, ["check", "--help"]],
  [0, ["check", "--version"]],
  [0, ["explain", "cycle"]],
  [0, ["explain", "airflow/needs-image"]],
  [1, ["check"]],
  [1, ["compile"]],
  [1, ["compile", "--check"]],
  [1, ["graph"]],
  [2, []],
  [2, ["chek"]],
  [2, ["help", "chek"]],
  [2, ["check", "--nope"]],
  [2, ["check", "--format"]],
  [2, ["check", "--format", "xml"]],
  [2, ["check", "a", "b"]],
  [2, ["check", "nowhere"]],
  [2, ["explain"]],
  [2, ["explain", "unknwn-key"]],
] as const)("exits with %i: mlspec %j; output on stdout, talk on stderr", (code, argv) => {
  const said = call({ cwd: folder(BROKEN) }, ...argv);
  expect(said.code).toBe(code);
  expect([said.stdout !== "", said.stderr !== ""]).toEqual([code === 0, code !== 0]);
  expect(said.stderr).not.toContain("bug of its own");
});

it.each([
  ["init", ["--no-plugins"]],
  ["init", ["--format", "json"]],
  ["schema", ["--format", "json"]],
  ["schema", ["-C", "."]],
  ["doctor", ["--no-plugins"]],
])("takes no flag that would do nothing: %s %j", (command, flags) => {
  const said = call({ cwd: folder() }, command, ...flags);
  expect([said.code, said.stderr]).toEqual([2, expect.stringContaining("unknown option")]);
});

it("colours a terminal only: NO_COLOR wins over FORCE_COLOR, and neither changes JSON", () => {
  const cwd = folder(BROKEN);
  const coloured = (env: Readonly<Record<string, string>>, ...argv: readonly string[]): boolean => {
    const { stdout, stderr } = call({ cwd, env }, "check", ...argv);
    return `${stdout}${stderr}`.includes("\u001b[");
  };
  expect([coloured({}), coloured({ FORCE_COLOR: "1" }), coloured({ FORCE_COLOR: "1", NO_COLOR: "1" })]).toEqual([false, true, false]);
  expect(coloured({ FORCE_COLOR: "1" }, "--format", "json")).toBe(false);
});

it("says the same in JSON twice, from check and from compile", async () => {
  const cwd = folder(BROKEN);
  const [first, again, other] = [
    call({ cwd }, "check", "--format", "json"),
    call({ cwd }, "check", "--format", "json"),
    call({ cwd }, "compile", "--format", "json"),
  ];
  expect(again).toEqual(first);
  expect(other).toEqual(first);
  const [diagnostic] = JSON.parse(first.stdout) as readonly object[];
  expect(Object.keys(diagnostic ?? {})).toEqual(["code", "severity", "message", "file", "range", "related", "fix", "url", "environments"]);
});

it("does not mind a reader that has seen enough", async () => {
  const project = await started();
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `"${process.execPath}" "${built}" schema | head -c 1; "${process.execPath}" "${built}" graph | true`],
    { cwd: project, encoding: "utf8" },
  );
  expect([status, stderr]).toEqual([0, ""]);
});

test.runIf(existsSync("/dev/full"))("says that output could not be written", () => {
  const { status, stderr } = spawnSync(process.execPath, [built, "schema"], {
    stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^mlspec: the output could not be written: .*\n$/)]);
});

it("says in a line that a folder cannot be written", async () => {
  const project = await started();
  put(project, "file", "");
  const said = call({ cwd: project }, "compile", "--out", "file/out");
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining("error[output-foreign]")]);
  const inside = call({ cwd: project }, "init", "file/new");
  expect([inside.code, inside.stderr]).toEqual([2, expect.stringMatching(/^mlspec: mkdir of `.*` failed: .*\n$/)]);
});

it("init writes beside other files, and over none of them", async () => {
  const project = folder({ "README.md": "mine\n", "specs/model.yaml": "mine\n" });
  const said = call({ cwd: project }, "init");
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining("specs/model.yaml is already there: nothing was written")]);
  expect(readdirSync(project).sort()).toEqual(["README.md", "specs"]);
  const other = folder({ "README.md": "mine\n" });
  expect(call({ cwd: other }, "init").code).toBe(0);
  expect(readFileSync(join(other, "README.md"), "utf8")).toBe("mine\n");
});

it("an interruption leaves all of the output or none of it", async () => {
  const project = await started();
  for (const wait of [0, 60, 120, 180, 240]) {
    const child = spawn(process.execPath, [built, "compile", "--force"], { cwd: project, stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGINT"), wait);
    await once(child, "exit");
    clearTimeout(timer);
    const there = existsSync(join(project, "generated", "local"));
    expect(existsSync(join(project, "generated", "local", ".mlspec-manifest"))).toBe(there);
    expect(existsSync(join(project, "generated", "local", ".mlspec-write"))).toBe(false);
  }
  expect(call({ cwd: project }, "compile").code).toBe(0);
  expect(call({ cwd: project }, "compile", "--check").code).toBe(0);
});

it("--check says that a write was interrupted, and no more", async () => {
  const project = await started();
  await mlspec(project, "compile");
  mkdirSync(join(project, "generated", "local", ".mlspec-write"));
  const { code, stderr } = await mlspec(project, "compile", "--check");
  expect([code, stderr.match(/error\[/g)?.length, stderr.includes("left half written")]).toEqual([1, 1, true]);
});

it("works from installed tarballs, offline, in an empty folder", { timeout: 60_000 }, () => {
  const home = folder({ "package.json": '{ "private": true }\n' });
  const npm = (...argv: readonly string[]): void => {
    const { status, stderr } = spawnSync("npm", [...argv, "--silent"], { cwd: home, encoding: "utf8" });
    expect([argv[0], status, status === 0 ? "" : stderr]).toEqual([argv[0], 0, ""]);
  };
  npm("pack", cli, "--pack-destination", home, "--ignore-scripts");
  const tarballs = readdirSync(home).filter((file) => file.endsWith(".tgz"));
  npm("install", "--offline", "--no-audit", "--no-fund", ...tarballs.map((file) => `./${file}`));
  const installed = join(home, "node_modules", ".bin", "mlspec");
  const cwd = folder();
  for (const argv of [["init"], ["check"], ["compile"], ["eject", "airflow/dag.py"], ["compile", "--check"]]) {
    const { status, stderr } = spawnSync(installed, argv, { cwd, encoding: "utf8" });
    expect([argv, status, /warning|error|hint/.exec(stderr)]).toEqual([argv, 0, null]);
  }
  expect(existsSync(join(cwd, "generated", "local", "spark"))).toBe(true);
  const template = join(cwd, "templates", "airflow", "dag.py.hbs");
  writeFileSync(template, `${readFileSync(template, "utf8")}# printed by a template of the project's own\n`);
  const { status, stderr } = spawnSync(installed, ["compile"], { cwd, encoding: "utf8" });
  expect([status, /error|warning/.exec(stderr)]).toEqual([0, null]);
  const dags = join(cwd, "generated", "local", "airflow");
  for (const dag of readdirSync(dags))
    expect(readFileSync(join(dags, dag), "utf8")).toMatch(/# printed by a template of the project's own\n$/);
  writeFileSync(template, "{{raw}}\n");
  const refused = spawnSync(installed, ["check"], { cwd, encoding: "utf8" });
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/template-mistake[^]*templates\/airflow\/dag\.py\.hbs:1:1/)]);
});
