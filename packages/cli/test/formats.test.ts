import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { prefixIn, repositoryOf } from "../src/repository.js";
import { folder, mlspec, put } from "./support.js";

const BROKEN = "mlspec: v1\nprojct: x\n";

/** A repository with a broken project in `ml/fraud`. */
function repository(): string {
  const root = folder({ "ml/fraud/mlspec.yaml": BROKEN });
  mkdirSync(join(root, ".git"));
  return root;
}

it("annotates lines of files by their path from the root of the repository", async () => {
  const root = repository();
  for (const [cwd, ...argv] of [
    [root, "check", "ml/fraud", "--format", "github"],
    [join(root, "ml"), "check", "-C", "fraud", "--format", "github"],
    [join(root, "ml/fraud"), "compile", "--format=github"],
    [join(root, "ml/fraud"), "compile", "--check", "--format", "github"],
    [join(root, "ml/fraud"), "graph", "--format", "github"],
    [join(root, "ml/fraud"), "run", "--format", "github"],
    [join(root, "ml/fraud"), "explain", "targets.spark", "--format", "github"],
  ] as const) {
    const { code, stdout, stderr } = await mlspec(cwd, ...argv);
    expect(code, argv.join(" ")).toBe(1);
    expect(stdout).toContain(
      "::error file=ml/fraud/mlspec.yaml,line=2,endLine=2,col=1,endColumn=7,title=mlspec unknown-key::`projct` is not a key",
    );
    expect(stdout.split("\n").every((line) => line === "" || line.startsWith("::"))).toBe(true);
    expect(stderr).toMatch(/\d+ errors?/);
  }
});

it("writes one SARIF log, and nothing beside it", async () => {
  const root = repository();
  for (const argv of [["check"], ["compile"], ["compile", "--check"], ["graph"]]) {
    const { code, stdout } = await mlspec(join(root, "ml/fraud"), ...argv, "--format", "sarif");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          columnKind: "utf16CodeUnits",
          tool: { driver: { name: "mlspec" } },
          results: expect.arrayContaining([expect.objectContaining({ ruleId: "unknown-key" })]) as unknown,
        },
      ],
    });
    expect(stdout).toContain('"uri": "ml/fraud/mlspec.yaml"');
  }
});

it("puts data alone on stdout where there is a diff or a summary too", async () => {
  const project = folder();
  await mlspec(project, "init");
  await mlspec(project, "compile");
  const spec = readFileSync(join(project, "mlspec.yaml"), "utf8");
  put(project, "mlspec.yaml", spec.replace(/cron: "[^"]*"/, 'cron: "7 7 * * *"'));
  for (const [format, whole] of [
    ["json", /^\[\n {2}\{[^]*\}\n\]\n$/],
    ["sarif", /^\{\n {2}"\$schema"[^]*\n\}\n$/],
    ["github", /^::error [^\n]*\n$/],
  ] as const) {
    const { code, stdout, stderr } = await mlspec(project, "compile", "--check", "--format", format);
    expect([code, stderr.includes("+++ b/generated/")]).toEqual([1, true]);
    expect(stdout).toMatch(whole);
  }
});

it("counts paths from the workspace of the workflow where the project is in it", () => {
  const root = repository();
  const project = join(root, "ml/fraud");
  expect(prefixIn(repositoryOf(project, {}), project)).toBe("ml/fraud/");
  expect(prefixIn(repositoryOf(project, { GITHUB_WORKSPACE: join(root, "ml") }), project)).toBe("fraud/");
  expect(prefixIn(repositoryOf(project, { GITHUB_WORKSPACE: project }), project)).toBe("");
  expect(prefixIn(repositoryOf(project, { GITHUB_WORKSPACE: folder() }), project)).toBe("ml/fraud/");
  expect(prefixIn(repositoryOf(project, { GITHUB_WORKSPACE: join(root, "gone") }), project)).toBe("ml/fraud/");
});

it("knows the root through links, in linked work trees, and where there is none", () => {
  const root = folder({ "ml/fraud/mlspec.yaml": BROKEN });
  const alone = join(root, "ml/fraud");
  expect(prefixIn(undefined, alone)).toBe("");
  writeFileSync(join(root, ".git"), "gitdir: /elsewhere\n");
  const link = join(folder(), "link");
  symlinkSync(alone, link);
  expect(prefixIn(repositoryOf(link, {}), link)).toBe("ml/fraud/");
});

it("answers anew where the root of the repository may be another", async () => {
  const root = repository();
  vi.stubEnv("GITHUB_WORKSPACE", join(root, "ml"));
  const { stdout } = await mlspec(root, "check", "ml/fraud", "--format", "github");
  vi.unstubAllEnvs();
  expect(stdout).toContain("file=fraud/mlspec.yaml");
});
