import { chmodSync, lstatSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeChanges } from "../src/fix.js";
import { folder, mlspec, put } from "./support.js";

/** A started project with slips in two files, among comments and odd spacing. */
async function broken(): Promise<string> {
  const project = folder();
  await mlspec(project, "init", "churn");
  const at = join(project, "churn");
  const spec = readFileSync(join(at, "mlspec.yaml"), "utf8");
  put(at, "mlspec.yaml", spec.replace(/^storage:/m, "# mine: stays   \nstorge:"));
  const model = join(at, "specs/model.yaml");
  writeFileSync(model, readFileSync(model, "utf8").replace(/^( +)(metrics):/m, "$1metrcs:   "));
  return at;
}

it("fixes what is certain over several files, and touches nothing else", async () => {
  const project = await broken();
  const before = readFileSync(join(project, "mlspec.yaml"), "utf8");
  const { code, stdout, stderr } = await mlspec(project, "check", "--fix");
  expect([code, stdout], stderr).toEqual([0, ""]);
  expect(stderr).toContain("fixed mlspec.yaml:");
  expect(stderr).toContain("Write `storage` [unknown-key]");
  expect(stderr).toContain("fixed specs/model.yaml:");
  expect(stderr).toContain("fixed 2 mistakes in 2 files");
  expect(stderr).toContain("nothing is wrong");
  expect(readFileSync(join(project, "mlspec.yaml"), "utf8")).toBe(before.replace("storge:", "storage:"));
  expect(readFileSync(join(project, "specs/model.yaml"), "utf8")).toMatch(/^ +metrics: {4,}/m);
  expect(readdirSync(project).filter((name) => name.includes("mlspec-fix"))).toEqual([]);
  expect((await mlspec(project, "check", "--fix")).stderr).toContain("nothing that can be fixed");
});

it("shows on --dry-run what git would apply, and writes nothing", async () => {
  const project = await broken();
  const before = readFileSync(join(project, "mlspec.yaml"), "utf8");
  const { code, stdout, stderr } = await mlspec(project, "check", "--fix", "--dry-run");
  expect([code, readFileSync(join(project, "mlspec.yaml"), "utf8")]).toEqual([1, before]);
  expect(stderr).toContain("would fix 2 mistakes in 2 files");
  execFileSync("git", ["apply", "-"], { cwd: project, input: stdout });
  expect((await mlspec(project, "check")).code).toBe(0);
  expect(await mlspec(project, "check", "--fix", "--dry-run")).toMatchObject({ code: 0, stdout: "" });
});

it("says what remains, as data on stdout where that was asked for", async () => {
  const project = await broken();
  const spec = join(project, "mlspec.yaml");
  writeFileSync(spec, `${readFileSync(spec, "utf8")}nonsense: 1\n`);
  const { code, stdout } = await mlspec(project, "check", "--fix", "--format", "json");
  expect(code).toBe(1);
  expect((JSON.parse(stdout) as readonly { readonly code: string }[]).map((each) => each.code)).toEqual(["unknown-key"]);
});

it("leaves guesses to people, and says so", async () => {
  const project = folder();
  await mlspec(project, "init", "churn");
  const spec = join(project, "churn/mlspec.yaml");
  writeFileSync(spec, readFileSync(spec, "utf8").replace(/^storage:/m, "sotarge:"));
  const { code, stderr } = await mlspec(join(project, "churn"), "check", "--fix");
  expect(code).toBe(1);
  expect(stderr).toContain("nothing that can be fixed with certainty");
  expect(stderr).toContain("perhaps: Write `storage`");
});

it("keeps links, modes, byte order marks and line ends", async () => {
  const project = await broken();
  const file = join(project, "mlspec.yaml");
  const shared = join(project, "shared.yaml");
  renameSync(file, shared);
  symlinkSync("shared.yaml", file);
  writeFileSync(shared, `\uFEFF${readFileSync(shared, "utf8").replaceAll("\n", "\r\n")}`);
  chmodSync(shared, 0o640);
  const before = readFileSync(shared, "utf8");
  expect((await mlspec(project, "check", "--fix")).stderr).toContain("fixed mlspec.yaml:");
  expect([lstatSync(file).isSymbolicLink(), statSync(shared).mode & 0o777]).toEqual([true, 0o640]);
  expect(readFileSync(shared, "utf8")).toBe(before.replace("storge:", "storage:"));
});

it("writes nothing over what another has changed meanwhile, and no file of several", () => {
  const project = folder({ "a.yaml": "a\n", "b.yaml": "mine\n" });
  const changes = [
    { file: "a.yaml", before: "a\n", after: "A\n" },
    { file: "b.yaml", before: "b\n", after: "B\n" },
  ];
  expect(() => writeChanges(project, changes)).toThrow("b.yaml has changed while it was checked: nothing was written");
  expect(readdirSync(project).map((name) => readFileSync(join(project, name), "utf8"))).toEqual(["a\n", "mine\n"]);
});

it("takes --dry-run with --fix only", async () => {
  expect(await mlspec(await broken(), "check", "--dry-run")).toMatchObject({ code: 2, stderr: expect.stringContaining("--fix") as string });
});
