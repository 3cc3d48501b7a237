import { appendFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, mlspec, put } from "./support.js";

async function started(entry: string): Promise<string> {
  const project = folder();
  await mlspec(project, "init");
  appendFileSync(join(project, "mlspec.yaml"), entry);
  return project;
}

it.each<[string, (project: string, outside: string) => void]>([
  [
    "a file behind a link out of the project",
    (project, outside) => symlinkSync(join(outside, "model.py"), join(project, "src", "model.py")),
  ],
  ["a folder behind a link", (project, outside) => symlinkSync(outside, join(project, "src", "lib"))],
  ["the code's folder itself behind a link", (project, outside) => symlinkSync(outside, join(project, "code"))],
])("does not leave out %s without a word", async (what, link) => {
  const project = await started("code: [src/**, code/**]\n");
  const outside = folder({ "model.py": "pass\n" });
  mkdirSync(join(project, "src"), { recursive: true });
  put(project, "src/here.py", "pass\n");
  if (!what.startsWith("the code's")) put(project, "code/here.py", "pass\n");
  link(project, outside);
  const { code, stderr } = await mlspec(project, "check");
  expect([code, stderr]).toEqual([1, expect.stringContaining("error[not-a-file]")]);
});

it.each(["../outside/**", "/etc/*.py", "~/x.py", "C:\\x", "src/../../x"])("refuses code from %s", async (pattern) => {
  const { code, stderr } = await mlspec(await started(`code: [${JSON.stringify(pattern)}]\n`), "check");
  expect([code, stderr]).toEqual([1, expect.stringContaining("error[bad-value]")]);
});

it("does not take its own output for definitions", async () => {
  const project = await started("");
  expect(await mlspec(project, "compile")).toMatchObject({ code: 0 });
  put(project, "generated/local/kubernetes/service.yaml", "kind: Service\n");
  put(
    project,
    "mlspec.yaml",
    readFileSync(join(project, "mlspec.yaml"), "utf8").replace("include: [specs/*.yaml]", 'include: ["**/*.yaml"]'),
  );
  expect(await mlspec(project, "check")).toMatchObject({ code: 0 });
});
