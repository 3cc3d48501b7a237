/** A file system in memory, for tests here and of emitters. */
import { utf8 } from "../hash.js";
import type { FileStat, OutputHost } from "../host.js";
import { matchGlob } from "../glob.js";

export interface MemoryHost extends OutputHost {
  readonly files: Map<string, Uint8Array>;
  /** Side effects so far, in words. */
  readonly log: string[];
}

export function memoryHost(texts: Readonly<Record<string, string | Uint8Array>> = {}): MemoryHost {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, typeof text === "string" ? utf8(text) : text]));
  const folders = new Set<string>();
  const log: string[] = [];
  const below = (folder: string): readonly string[] => [...files.keys(), ...folders].filter((path) => path.startsWith(`${folder}/`));
  const stat = (path: string): FileStat | undefined => {
    const bytes = files.get(path);
    if (bytes !== undefined) return { kind: "file", size: bytes.length };
    return folders.has(path) || below(path).length > 0 ? { kind: "folder", size: 0 } : undefined;
  };
  return {
    files,
    log,
    stat,
    read: (path) => files.get(path),
    list: (glob) => [...files.keys()].filter((path) => matchGlob(glob, path)).sort(),
    names: (path) => [...new Set(below(path).map((inner) => inner.slice(path.length + 1).split("/")[0] ?? ""))].sort(),
    write: (path, bytes) => {
      log.push(`write ${path}`);
      const above = path.slice(0, path.lastIndexOf("/"));
      if (path.includes("/") && stat(above)?.kind !== "folder") throw new Error(`no folder ${above}`);
      files.set(path, bytes);
    },
    rename: (from, to) => {
      log.push(`rename ${from} ${to}`);
      const bytes = files.get(from);
      if (bytes === undefined) throw new Error(`no file ${from}`);
      if (stat(to)?.kind === "folder") throw new Error(`${to} is a folder`);
      files.delete(from);
      files.set(to, bytes);
    },
    remove: (path) => {
      log.push(`remove ${path}`);
      if (below(path).length > 0) throw new Error(`${path} is not empty`);
      files.delete(path);
      folders.delete(path);
    },
    mkdir: (path) => {
      if (stat(path) !== undefined) return;
      log.push(`mkdir ${path}`);
      const parts = path.split("/");
      parts.forEach((_, i) => {
        const folder = parts.slice(0, i + 1).join("/");
        if (files.has(folder)) throw new Error(`${folder} is a file`);
        folders.add(folder);
      });
    },
  };
}

/** Runs what is there until its `nth` side effect, which fails: before it happens, or after. */
export function crashing(host: OutputHost, nth: number): OutputHost {
  let left = nth;
  const step =
    <Args extends readonly unknown[]>(effect: (...args: Args) => void) =>
    (...args: Args): void => {
      if (left-- === 0) throw new Error("crash");
      effect(...args);
    };
  return { ...host, write: step(host.write), rename: step(host.rename), remove: step(host.remove), mkdir: step(host.mkdir) };
}
