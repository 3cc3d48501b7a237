/** The file system as the compiler sees it: paths below one folder, with `/`. */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { matchGlob, type FileStat, type OutputHost } from "@mlspec/compiler";

/** Never part of a project's own files. */
const SKIPPED = new Set([".git", ".mlspec", "node_modules", "__pycache__", ".venv"]);

export interface HostOptions {
  /** Whether files outside the folder, reached by links or `..`, count as absent. The output may lie elsewhere. */
  readonly confined: boolean;
}

export function nodeHost(root: string, { confined }: HostOptions = { confined: true }): OutputHost {
  const at = (path: string): string => join(root, path);
  return {
    read: (path) => (!confined || inside(root, path) ? readOrNothing(at(path)) : undefined),
    list: (glob) => listGlob(root, glob),
    stat: (path) => statOrNothing(at(path)),
    write: (path, bytes) => writeDurably(at(path), bytes),
    rename: (from, to) => renameSync(at(from), at(to)),
    remove: (path) => remove(at(path)),
    mkdir: (path) => void mkdirSync(at(path), { recursive: true }),
    names: (path) => names(at(path)),
  };
}

/** Links may not lead out of the project. A path that does not exist is inside. */
function inside(root: string, path: string): boolean {
  try {
    const real = realpathSync(join(root, path));
    const top = realpathSync(root);
    return real === top || real.startsWith(top + sep);
  } catch {
    return true;
  }
}

function readOrNothing(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function statOrNothing(file: string): FileStat | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return { kind: stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other", size: stat.size };
}

function writeDurably(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, "w");
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function remove(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) rmdirSync(path);
  else unlinkSync(path);
}

function names(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return [];
    throw error;
  }
}

/** Walks only below the part of the glob that has no wildcard. */
export function listGlob(root: string, glob: string): readonly string[] {
  const fixed = glob.split("/").slice(0, -1);
  const wild = fixed.findIndex((part) => /[*?[{]/.test(part));
  const base = (wild < 0 ? fixed : fixed.slice(0, wild)).join("/");
  const found: string[] = [];
  const deep = wild >= 0 || glob.includes("**");
  const walk = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const target = entry.isSymbolicLink() ? statSync(join(root, path), { throwIfNoEntry: false }) : entry;
      if (target?.isDirectory() === true) {
        // Links to folders are not followed: they may go round.
        if (deep && !SKIPPED.has(entry.name) && !entry.isSymbolicLink()) walk(path);
      } else if (target?.isFile() === true && matchGlob(glob, path)) found.push(path);
    }
  };
  walk(base);
  return found.sort();
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(codeOf(error))) return [];
    throw error;
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The nearest folder upwards with a project file. */
export function findProject(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (statSync(join(folder, "mlspec.yaml"), { throwIfNoEntry: false })?.isFile() === true) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
