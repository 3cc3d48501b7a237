import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, mlspec, put } from "./support.js";

async function compiled(): Promise<string> {
  const project = folder();
  await mlspec(project, "init");
  expect(await mlspec(project, "compile")).toMatchObject({ code: 0 });
  return project;
}

function edit(project: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(project, path), "utf8");
  expect(text).toContain(from);
  put(project, path, text.replace(from, to));
}

/** Every file below a folder with its time: what a command has not touched stays the same. */
function snapshot(project: string): readonly string[] {
  const paths = readdirSync(project, { recursive: true, encoding: "utf8" }).filter((path) => !path.startsWith(".mlspec"));
  return paths.sort().map((path) => `${path} ${statSync(join(project, path)).mtimeMs}`);
}

it("tells stale output at its environment, with the diff on stdout, and touches nothing", async () => {
  const project = await compiled();
  edit(project, "sql/outcomes.sql", "30 DAYS", "31 DAYS");
  const before = snapshot(project);
  const { code, stdout, stderr } = await mlspec(project, "compile", "--check");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^--- a\/generated\/local\/.*\n\+\+\+ b\/generated\/local\/.*\n@@ /m);
  expect(stderr).toMatch(/error\[output-stale\]: `generated\/local` .*\d+ files? differs?\./);
  expect(stderr).toMatch(/--> mlspec\.yaml:\d+:\d+/);
  expect(snapshot(project)).toEqual(before);
});

it("keeps stdout for the diagnostics under --format json", async () => {
  const project = await compiled();
  edit(project, "sql/outcomes.sql", "30 DAYS", "31 DAYS");
  const { code, stdout, stderr } = await mlspec(project, "compile", "--check", "--format", "json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([{ code: "output-stale", severity: "error", file: "mlspec.yaml" }]);
  expect(stderr).toContain("31 DAYS");
});

it("names the other version that wrote the output, instead of a diff of everything", async () => {
  const project = await compiled();
  const manifest = join(project, "generated", "local", ".mlspec-manifest");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/^mlspec \S+/, "mlspec 0.0.0-before"));
  edit(project, "sql/outcomes.sql", "30 DAYS", "31 DAYS");
  const { code, stdout, stderr } = await mlspec(project, "compile", "--check");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("error[output-other-version]: `generated/local` was written by mlspec 0.0.0-before; this is mlspec");
  expect(stderr).toContain("generated/local/.mlspec-manifest:1:1");
  expect(await mlspec(project, "compile")).toMatchObject({ code: 0 });
  expect(await mlspec(project, "compile", "--check")).toMatchObject({ code: 0 });
});

it("says in a line that there is no output at all", async () => {
  const project = await compiled();
  rmSync(join(project, "generated"), { recursive: true });
  const { code, stdout, stderr } = await mlspec(project, "compile", "--check");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/`generated\/local` is not there, .*: \d+ files are to be written/);
});

it("tells a file edited by hand, and shows what is there", async () => {
  const project = await compiled();
  edit(project, "generated/local/spark/settings.py", '"""', '# mine\n"""');
  const { code, stdout, stderr } = await mlspec(project, "compile", "--check");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("error[output-edited]");
  expect(stderr).toContain("1 | # mine");
});
