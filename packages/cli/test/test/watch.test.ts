import { rmSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { nodeHost } from "../../src/host.js";
import { watchInputs, type Watching } from "../../src/test/watch.js";
import { folder, put } from "../support.js";

const reads = {
  files: ["mlspec.yaml", "specs/a.yaml"],
  absent: ["requirements.txt"],
  listings: [{ glob: "specs/*.yaml", paths: ["specs/a.yaml"] }],
};
let watching: Watching | undefined;
afterEach(() => watching?.close());

function opened(): string {
  const project = folder({ "mlspec.yaml": "a", "specs/a.yaml": "b", "lake/x": "c" });
  watching = watchInputs(project, reads, nodeHost(project).list);
  return project;
}

async function resolves(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), 1_000));
  return Promise.race([watching?.changed.then(() => true as const) ?? false, late]);
}

it.each<readonly [string, (project: string) => void]>([
  ["a file with another text", (project) => put(project, "specs/a.yaml", "bb")],
  ["a file that goes", (project) => rmSync(`${project}/specs/a.yaml`)],
  ["a file that a glob takes in", (project) => put(project, "specs/b.yaml", "d")],
  ["a file that was looked for", (project) => put(project, "requirements.txt", "numpy")],
])("tells of %s", async (_, change) => {
  change(opened());
  expect(await resolves()).toBe(true);
});

it("does not tell of what is no input", async () => {
  const project = opened();
  put(project, "lake/x", "other");
  put(project, "specs/notes.txt", "other");
  put(project, "generated/local/x.py", "other");
  expect(await resolves()).toBe(false);
});
