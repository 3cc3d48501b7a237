/** The only side effect. Everything is staged, then a journal says what is under way, then file by file is put in its place, the manifest last. */
import { foldersOf, isOutputPath } from "../7-emit/paths.js";
import { sha256, utf8 } from "../hash.js";
import type { OutputHost } from "../host.js";
import { parseJournal, printJournal, type Step } from "./journal.js";
import { MANIFEST } from "./manifest.js";
import type { WritePlan } from "./plan.js";

/** Folder below the output folder: on the same file system, so that a rename is atomic. */
export const STAGING = ".mlspec-write";

export function apply(host: OutputHost, { folder, changes, manifest }: WritePlan): void {
  const all = manifest === undefined ? changes : [...changes, manifest];
  if (all.length === 0) return;
  const staging = `${folder}/${STAGING}`;
  host.mkdir(staging);
  const steps = all.map((change, i): Step => {
    if (change.text === undefined) return { kind: "remove", path: change.path, was: change.was ?? "" };
    host.write(`${staging}/${i}`, utf8(change.text));
    return { kind: "replace", path: change.path, staged: String(i), was: change.was };
  });
  host.write(`${staging}/journal.new`, utf8(printJournal(steps)));
  host.rename(`${staging}/journal.new`, `${staging}/journal`);
  commit(host, folder, steps);
}

/** Finishes or undoes what an interrupted run has left. */
export function recover(host: OutputHost, folder: string): "nothing" | "finished" | "undone" {
  const staging = `${folder}/${STAGING}`;
  if (host.stat(staging)?.kind !== "folder") return "nothing";
  const bytes = host.read(`${staging}/journal`);
  const steps = bytes === undefined ? undefined : parseJournal(String.fromCharCode(...bytes));
  if (steps === undefined) {
    // An empty folder is what is left of a run that had done everything else.
    const begun = host.names(staging).length > 0;
    clear(host, staging);
    return begun ? "undone" : "nothing";
  }
  commit(host, folder, steps);
  return "finished";
}

/** Can be repeated from any point: a step that is done already finds nothing to do. */
function commit(host: OutputHost, folder: string, steps: readonly Step[]): void {
  const staging = `${folder}/${STAGING}`;
  for (const step of steps) {
    const { path } = step;
    if (path !== MANIFEST && !isOutputPath(path)) continue;
    const target = `${folder}/${path}`;
    if (step.kind === "remove") {
      if (hashOf(host, target) === step.was) host.remove(target);
      removeEmpty(host, folder, path);
    } else if (host.stat(`${staging}/${step.staged}`) !== undefined)
      place(host, { from: `${staging}/${step.staged}`, target, was: step.was });
  }
  clear(host, staging);
}

/** What somebody has changed since it was planned stays: the next run sees that it is not what the manifest says. */
function place(
  host: OutputHost,
  { from, target, was }: { readonly from: string; readonly target: string; readonly was: string | undefined },
): void {
  if (hashOf(host, target) !== was) {
    host.remove(from);
    return;
  }
  const above = foldersOf(target).at(-1);
  if (above !== undefined) host.mkdir(above);
  host.rename(from, target);
}

function hashOf(host: OutputHost, path: string): string | undefined {
  const bytes = host.stat(path)?.kind === "file" ? host.read(path) : undefined;
  return bytes === undefined ? undefined : sha256(bytes);
}

function removeEmpty(host: OutputHost, folder: string, path: string): void {
  for (const above of foldersOf(path).toReversed()) {
    const full = `${folder}/${above}`;
    if (host.stat(full)?.kind !== "folder" || host.names(full).length > 0) return;
    host.remove(full);
  }
}

/** The journal goes last but one: while it is there, all that it needs is there too. */
function clear(host: OutputHost, staging: string): void {
  const names = host.names(staging);
  for (const name of names) if (name !== "journal") host.remove(`${staging}/${name}`);
  if (names.includes("journal")) host.remove(`${staging}/journal`);
  host.remove(staging);
}
