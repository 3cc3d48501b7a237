/** The file system as the compiler sees it: paths below one folder, with `/`. */
import { createHash } from "node:crypto";
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
  unlinkSync,
  writeSync,
} from "node:fs";
import { join, sep } from "node:path";
import type { FileStat, OutputHost } from "@mlspec/compiler";
import { codeOf, listGlob } from "./glob-list.js";

export interface HostOptions {
  /** Whether files outside the folder, reached by links or `..`, count as absent. The output may lie elsewhere. */
  readonly confined: boolean;
}

export function nodeHost(root: string, { confined }: HostOptions = { confined: true }): OutputHost {
  const at = (path: string): string => `${root}/${path}`;
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

/** SHA-256 as the machine has it. A text is hashed as its UTF-8. */
export function nativeSha256(input: string | Uint8Array): string {
  return createHash("sha256").update(input).digest("hex");
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
  try {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    return { kind: stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other", size: stat.size };
  } catch (error) {
    // Below a file there is nothing.
    if (codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
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
