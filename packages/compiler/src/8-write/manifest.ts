/** The manifest tells our files from a person's: `sha256 path definitions`, one sorted line for each file; the compiler's version above. */
import { sha256 } from "../hash.js";
import type { OutputFile } from "../7-emit/emit.js";

export const MANIFEST = ".mlspec-manifest";
export const ATTRIBUTES = ".gitattributes";

export interface Manifest {
  /** Absent where there is no manifest, or one that says several. */
  readonly version?: string;
  /** Hashes by path. More than one where branches were merged. */
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Generated text is the same on every machine, so line ends stay; a merge keeps both sides' lines, and the next run sorts it out. */
export function attributes(): OutputFile {
  return { path: ATTRIBUTES, text: `* -text linguist-generated\n${MANIFEST} merge=union\n`, from: ["project"] };
}

export function printManifest(version: string, files: readonly OutputFile[]): string {
  const lines = files.map(({ path, text, from }) => `${sha256(text)} ${path} ${from.length === 0 ? "-" : from.join(",")}`);
  // By path, then nothing: a line moves only with its file.
  lines.sort((a, b) => (a.slice(65) < b.slice(65) ? -1 : 1));
  return [`mlspec ${version}`, ...lines, ""].join("\n");
}

/** Reads whatever a merge has left: of conflict markers and what else is no line of ours nothing is believed. */
export function parseManifest(text: string): Manifest {
  const files = new Map<string, Set<string>>();
  const versions = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const entry = /^([0-9a-f]{64}) (\S+) \S+$/.exec(line);
    const version = /^mlspec (\S+)$/.exec(line)?.[1];
    if (version !== undefined) versions.add(version);
    const [, hash, path] = entry ?? [];
    if (hash !== undefined && path !== undefined) files.set(path, (files.get(path) ?? new Set()).add(hash));
  }
  const [version] = versions;
  return versions.size === 1 && version !== undefined ? { version, files } : { files };
}
