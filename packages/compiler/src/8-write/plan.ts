/** What has to happen so that a folder holds exactly the output. Looks only; changes nothing. */
import { foldersOf, isOutputPath } from "../7-emit/paths.js";
import type { OutputFile } from "../7-emit/emit.js";
import type { Reporter } from "../diagnostic.js";
import { sha256 } from "../hash.js";
import type { FileStat, OutputHost } from "../host.js";
import { attributes, MANIFEST, parseManifest, printManifest, type Manifest } from "./manifest.js";

export interface Change {
  /** Below the folder. */
  readonly path: string;
  /** Absent: the file is removed. */
  readonly text?: string;
  /** Hash of what is there now; absent where nothing is. */
  readonly was?: string;
}

export interface WritePlan {
  /** Output folder of the environment, below the project folder. */
  readonly folder: string;
  /** Sorted by path; without the manifest. */
  readonly changes: readonly Change[];
  /** The manifest, where it changes. */
  readonly manifest?: Change & { readonly text: string };
  readonly unchanged: number;
  /** Version that wrote what is there. */
  readonly version?: string;
}

export interface PlanInput {
  readonly host: OutputHost;
  readonly folder: string;
  readonly files: readonly OutputFile[];
  readonly version: string;
  /** Replace our files even where they were edited. */
  readonly force: boolean;
  readonly reporter: Reporter;
}

export function plan(asked: PlanInput): WritePlan {
  const input = { ...asked, host: looking(asked.host) };
  const { host, folder, version } = input;
  const old = readText(host, `${folder}/${MANIFEST}`);
  const manifest: Manifest = old === undefined ? { files: new Map() } : parseManifest(old);
  const files = [...input.files, attributes()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const wanted = new Set(files.map(({ path }) => path));
  const removed = [...manifest.files.keys()]
    .filter((path) => !wanted.has(path))
    .sort()
    .flatMap((path) => removal(input, manifest, path));
  const gone = new Set(removed.map(({ path }) => path));
  const changed = files.flatMap((file) => replacement(input, { manifest, gone, file }));
  const text = printManifest(version, files);
  return {
    folder,
    changes: [...removed, ...changed],
    ...(text === old ? {} : { manifest: { path: MANIFEST, text, ...(old === undefined ? {} : { was: sha256(old) }) } }),
    unchanged: files.length - changed.length,
    ...(manifest.version === undefined ? {} : { version: manifest.version }),
  };
}

/** A host that is asked once about a path: files share the folders above them, and nothing is changed here. */
function looking(host: OutputHost): OutputHost {
  const seen = new Map<string, FileStat | undefined>();
  const stat = (path: string): FileStat | undefined => {
    if (!seen.has(path)) seen.set(path, host.stat(path));
    return seen.get(path);
  };
  return { ...host, stat };
}

interface Wanted {
  readonly manifest: Manifest;
  /** Paths that are removed first. */
  readonly gone: ReadonlySet<string>;
  readonly file: OutputFile;
}

function replacement(input: PlanInput, { manifest, gone, file: { path, text } }: Wanted): readonly Change[] {
  const { host, folder, force } = input;
  const full = `${folder}/${path}`;
  if (foldersOf(full).some((above) => isObstacle(host, above) && !gone.has(above.slice(folder.length + 1)))) return foreign(input, full);
  const stat = host.stat(full);
  if (stat === undefined) return [{ path, text }];
  if (stat.kind === "folder" && vanishes(input, gone, path)) return [{ path, text }];
  const bytes = stat.kind === "file" ? host.read(full) : undefined;
  if (bytes === undefined) return foreign(input, full);
  const was = sha256(bytes);
  if (was === sha256(text)) return [];
  const ours = manifest.files.get(path);
  if (ours === undefined) return foreign(input, full);
  // Where a merge has left two hashes, the file may be anything between two outputs of ours.
  if (!ours.has(was) && ours.size === 1 && !force) return edited(input, full);
  return [{ path, text, was }];
}

function removal(input: PlanInput, manifest: Manifest, path: string): readonly Change[] {
  const { host, folder, force } = input;
  const full = `${folder}/${path}`;
  // The manifest may come from a pull request: it names no file elsewhere, and nothing behind a link.
  if (!isOutputPath(path) || foldersOf(full).some((above) => isObstacle(host, above))) return [];
  const bytes = host.stat(full)?.kind === "file" ? host.read(full) : undefined;
  if (bytes === undefined) return [];
  const was = sha256(bytes);
  const ours = manifest.files.get(path);
  if (ours !== undefined && !ours.has(was) && ours.size === 1 && !force) return edited(input, full);
  return [{ path, was }];
}

function isObstacle(host: OutputHost, folder: string): boolean {
  const stat = host.stat(folder);
  return stat !== undefined && stat.kind !== "folder";
}

/** Whether a folder goes with all that is removed: one that is empty already is somebody else's. */
function vanishes(input: PlanInput, gone: ReadonlySet<string>, path: string): boolean {
  const names = input.host.names(`${input.folder}/${path}`);
  const all = names.every((name) => {
    const inner = `${path}/${name}`;
    return gone.has(inner) || (input.host.stat(`${input.folder}/${inner}`)?.kind === "folder" && vanishes(input, gone, inner));
  });
  return all && names.length > 0;
}

const START = { start: 0, end: 0 };

function foreign({ reporter }: PlanInput, path: string): readonly Change[] {
  reporter.report("output-foreign", { file: path, span: START }, { path });
  return [];
}

function edited({ reporter }: PlanInput, path: string): readonly Change[] {
  reporter.report("output-edited", { file: path, span: START }, { path });
  return [];
}

function readText(host: OutputHost, path: string): string | undefined {
  const bytes = host.stat(path)?.kind === "file" ? host.read(path) : undefined;
  return bytes === undefined ? undefined : latin1(bytes);
}

/** Manifests are ASCII; whatever else is in one only has to be told apart. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}
