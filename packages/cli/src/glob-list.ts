/** Looking for files: what both entries of the command need. Imports nothing of the compiler but its globs. */
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { globMatcher } from "@mlspec/compiler";

/** Never part of a project's own files. */
export const SKIPPED: ReadonlySet<string> = new Set([".git", ".mlspec", "node_modules", "__pycache__", ".venv"]);

/** Walks only below the part of the glob that has no wildcard. */
export function listGlob(root: string, glob: string): readonly string[] {
  const fixed = glob.split("/").slice(0, -1);
  const wild = fixed.findIndex((part) => /[*?[{]/.test(part));
  const base = (wild < 0 ? fixed : fixed.slice(0, wild)).join("/");
  const matches = globMatcher(glob);
  const found: string[] = [];
  const deep = wild >= 0 || glob.includes("**");
  const walk = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const target = entry.isSymbolicLink() ? statSync(join(root, path), { throwIfNoEntry: false }) : entry;
      if (target?.isDirectory() === true) {
        // Links to folders are not followed: they may go round. They are listed where files are meant, so that nothing is left out unseen.
        if (entry.isSymbolicLink()) found.push(...(matches(path) && !SKIPPED.has(entry.name) ? [path] : []));
        else if (deep && !SKIPPED.has(entry.name)) walk(path);
      } else if (target?.isFile() === true && matches(path)) found.push(path);
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

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The nearest folder upwards with a project file. */
export function findProject(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (statSync(join(folder, "mlspec.yaml"), { throwIfNoEntry: false })?.isFile() === true) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
