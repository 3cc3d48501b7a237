import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folder, mlspec, put } from "./support.js";

const example = new URL("../../../examples/fraud_detection/", import.meta.url);

function git(at: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...who, ...args], { cwd: at, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** A repository whose project lies in a subfolder with a space, with one commit. */
function repository(): { readonly top: string; readonly project: string } {
  const top = folder();
  const project = join(top, "ml projects", "fraud");
  mkdirSync(project, { recursive: true });
  for (const part of ["mlspec.yaml", "specs", "sql"]) cpSync(new URL(part, example), join(project, part), { recursive: true });
  git(top, "init", "-q");
  put(project, "src/features.py", "one = 1\n");
  git(top, "add", "-A");
  git(top, "commit", "-qm", "one");
  return { top, project };
}

function edit(project: string, path: string, from: string | RegExp, to: string): void {
  const file = join(project, path);
  const text = readFileSync(file, "utf8");
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(file, edited);
}

/** Another value of a feature under the same name. */
const otherFilter = (project: string): void => edit(project, "specs/model.yaml", "country <> 'FR'", "country <> 'DE'");

it("compares the work tree with HEAD, and touches neither it nor the index", async () => {
  const { top, project } = repository();
  expect(await mlspec(project, "plan")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing has changed since /) as string });
  otherFilter(project);
  const before = [git(top, "status", "--porcelain"), statSync(join(top, ".git/index")).mtimeMs, readdirSync(project).sort()];
  const { code, stdout } = await mlspec(project, "plan", "-e", "production");
  expect(code).toBe(0);
  expect(stdout).toContain("online     features.card_velocity\n");
  expect(stdout).toContain("aggregates.foreign_count: { over: 24h, value: count(*), where: country <> 'FR' } → {");
  expect(stdout).toMatch(
    /\d\. Backfill features\.card_velocity from 2026-01-01\n.*airflow dags trigger fraud_detection__daily_0200 --conf/,
  );
  // Looked at first: `git status` itself may write the index anew.
  const index = statSync(join(top, ".git/index")).mtimeMs;
  // The command keeps its answers in .mlspec.
  const after = [
    git(top, "status", "--porcelain"),
    index,
    readdirSync(project)
      .filter((name) => name !== ".mlspec")
      .sort(),
  ];
  expect(after).toEqual([before[0], before[1], before[2]]);
});

it("reads SQL files, included files and code of the commit that is asked for", async () => {
  const { top, project } = repository();
  edit(project, "sql/labelled_payments.sql", "IS NOT NULL", "IS NULL");
  put(project, "src/features.py", "two = 2\n");
  git(top, "add", "-A");
  git(top, "commit", "-qm", "two");
  git(top, "tag", "v2");
  edit(project, "mlspec.yaml", "include: [specs/*.yaml]", "include: [specs/**/*.yaml]");
  put(project, "specs/more/entities.yaml", "entities:\n  merchant: { key: merchant_id }\n");
  const since = async (ref: string): Promise<readonly string[]> => {
    const { stdout } = await mlspec(project, "plan", "--from", ref, "--format", "json");
    const { changes } = JSON.parse(stdout) as { readonly changes: readonly { readonly definition: string }[] };
    return changes.map(({ definition }) => definition);
  };
  expect(await since("v2")).toEqual(["entities.merchant"]);
  expect(await since("HEAD~1")).toEqual(["code", "entities.merchant", "transforms.labelled_payments"]);
});

it("compares with where a branch left the default branch", async () => {
  const { top, project } = repository();
  git(top, "checkout", "-qb", "feature");
  otherFilter(project);
  git(top, "commit", "-qam", "mine");
  git(top, "checkout", "-q", "main");
  edit(project, "specs/model.yaml", "max_iter: 200", "max_iter: 100");
  git(top, "commit", "-qam", "theirs");
  git(top, "checkout", "-q", "feature");
  const { stdout } = await mlspec(project, "plan");
  expect(stdout).toContain("(merge base with main)");
  expect(stdout).toContain("features.card_velocity");
  expect(stdout, "what the others did is no change of mine").not.toContain("max_iter");
});

it("says what a shallow clone lacks, and works with what it has", async () => {
  const { top, project } = repository();
  otherFilter(project);
  git(top, "commit", "-qam", "two");
  const clone = join(folder(), "clone");
  git(top, "clone", "-q", "--depth", "1", `file://${top.replaceAll(" ", "%20")}`, clone);
  const inside = join(clone, "ml projects", "fraud");
  expect(await mlspec(inside, "plan")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing has changed since /) as string });
  const { code, stderr } = await mlspec(inside, "plan", "--from", "HEAD~1");
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining(
      "there is no commit `HEAD~1` in this repository: this is a shallow clone. Fetch more of its history (`git fetch --unshallow`",
    ),
  ]);
});

it("says where a ref, a repository or a commit is missing", async () => {
  const { project } = repository();
  expect(await mlspec(project, "plan", "--from", "v9")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("there is no commit `v9` in this repository.") as string,
  });
  expect((await mlspec(project, "plan", "--from", "--upload-pack=x")).code).toBe(2);
  const bare = folder();
  cpSync(project, bare, { recursive: true });
  expect(await mlspec(bare, "plan")).toMatchObject({ code: 2, stderr: expect.stringContaining("is not in a git repository") as string });
  git(bare, "init", "-q");
  expect(await mlspec(bare, "plan")).toMatchObject({ code: 2, stderr: expect.stringContaining("there is no commit yet") as string });
});

it("compares two folders without git", async () => {
  const { project } = repository();
  const other = folder();
  cpSync(project, other, { recursive: true });
  otherFilter(project);
  expect((await mlspec(project, "plan", "--from-folder", other, "-e", "local")).stdout).toContain(
    '$ mlspec run -e local --interval 2026-01-01T00:00:00Z/"$END" --only features.card_velocity --only materialise.card_velocity\n',
  );
  expect(await mlspec(project, "plan", "--from-folder", other, "--from", "HEAD")).toMatchObject({ code: 2 });
});

it("takes a project that is new as added, and says where it did not compile before", async () => {
  const { top, project } = repository();
  const fresh = join(top, "fresh");
  cpSync(project, fresh, { recursive: true });
  const { code, stdout } = await mlspec(fresh, "plan");
  expect([code, stdout]).toEqual([0, expect.stringContaining("environments.local (added) in local\n")]);
  edit(project, "specs/model.yaml", "hour(at)", "houhr(at)");
  git(top, "commit", "-qam", "broken");
  edit(project, "specs/model.yaml", "houhr(at)", "hour(at)");
  const broken = await mlspec(project, "plan");
  expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining("the project does not compile as it was at")]);
});

it("fails on the class that is asked for, and prints JSON and Markdown", async () => {
  const { project } = repository();
  otherFilter(project);
  expect((await mlspec(project, "plan", "--fail-on", "online")).code).toBe(1);
  expect((await mlspec(project, "plan", "--fail-on", "breaking")).code).toBe(0);
  const json = JSON.parse((await mlspec(project, "plan", "--format", "json")).stdout) as Record<string, unknown>;
  expect(Object.keys(json)).toEqual(["version", "from", "class", "changes", "environments"]);
  expect(json).toMatchObject({ version: 1, class: "online" });
  const { stdout } = await mlspec(project, "plan", "--format", "markdown");
  expect(stdout).toMatch(/^\*\*online\*\* since `[0-9a-f]{12} \(merge base with main\)`\n\n\| class \| definition \|/);
  expect(stdout).toContain("| online | `features.card_velocity` in production | `aggregates.foreign_count`: `");
});
