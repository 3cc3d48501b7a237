import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { analyze } from "../../packages/compiler/src/compile.js";
import type { Diagnostic } from "../../packages/compiler/src/diagnostic.js";
import { memoryHost } from "../../packages/compiler/src/testing/memory-host.js";
import { situations } from "./situations.js";

export const folder = fileURLToPath(new URL(".", import.meta.url));

export interface Case {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  /** Shows it, where files of a project do not; then the folder holds nothing but the golden. */
  readonly made?: () => Outcome;
}

/** The folders `<code>/<case>`. */
export function cases(): readonly Case[] {
  const written = foldersIn(folder).flatMap((code) => foldersIn(join(folder, code)).map((name): Case => ({ code, name, path: join(folder, code, name) })));
  const made = Object.entries(situations).flatMap(([code, each]) =>
    Object.entries(each).map(([name, run]): Case => ({ code, name, path: join(folder, code, name), made: run })),
  );
  const other = written.filter(({ path }) => !made.some((one) => one.path === path));
  return [...other, ...made].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** Paths of the files of a case, `mlspec.yaml` first. */
export function filesOf(path: string): readonly string[] {
  const all = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "expected.txt")
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
  return [...all.filter((file) => file === "mlspec.yaml"), ...all.filter((file) => file !== "mlspec.yaml")];
}

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
}

/** What a small project says beside what it is about: that nothing uses a definition, that a source says little of its time. */
const BESIDE: ReadonlySet<string> = new Set(["unused-definition", "knowledge-time-assumed", "lateness-assumed"]);

/** Checks the project of a case, as the compiler does. What is said beside is left out where the case is about something else. With texts in place of its files. */
export function check({ code, path, made }: Case, instead: ReadonlyMap<string, string> = new Map()): Outcome {
  if (made !== undefined) return made();
  const files = Object.fromEntries(filesOf(path).map((file) => [file, readFileSync(join(path, file))]));
  const host = memoryHost({ ...files, ...Object.fromEntries(instead) });
  const { diagnostics, texts } = analyze(host);
  return { diagnostics: diagnostics.filter((diagnostic) => diagnostic.code === code || !BESIDE.has(diagnostic.code)), texts };
}
