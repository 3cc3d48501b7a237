/** A project that is being edited: files are set as they are typed, and what is asked after costs what has changed. */
import { analyze, type AnalyzedProject } from "./compile.js";
import type { Diagnostic } from "./diagnostic.js";
import { matchGlob } from "./glob.js";
import { utf8 } from "./hash.js";
import type { Host } from "./host.js";
import { createMemo, type Memo } from "./memo.js";

export interface Workspace {
  /** What the file is now, whatever the host has: an editor's unsaved text. */
  setFile(path: string, content: string | Uint8Array): void;
  /** The file is gone, whatever the host has. */
  removeFile(path: string): void;
  /** The host's file again. */
  resetFile(path: string): void;
  project(): AnalyzedProject;
  diagnostics(): readonly Diagnostic[];
  /** What the last analysis had to compute, by query. */
  computed(): ReturnType<Memo["computed"]>;
  /** Which steps it had to take, by name. */
  taken(): ReturnType<Memo["taken"]>;
}

export function createWorkspace(host: Host, memo: Memo = createMemo()): Workspace {
  const own = new Map<string, Uint8Array | undefined>();
  const overlaid: Host = {
    read: (path) => (own.has(path) ? own.get(path) : host.read(path)),
    list: (glob) => {
      const added = [...own].flatMap(([path, bytes]) => (bytes !== undefined && matchGlob(glob, path) ? [path] : []));
      return [...new Set([...host.list(glob).filter((path) => !own.has(path)), ...added])].sort();
    },
  };
  let project: AnalyzedProject | undefined;
  const change = (path: string, bytes: Uint8Array | undefined): void => {
    own.set(path, bytes);
    project = undefined;
  };
  const current = (): AnalyzedProject => {
    if (project !== undefined) return project;
    memo.next();
    project = analyze(overlaid, memo);
    return project;
  };
  return {
    setFile: (path, content) => change(path, typeof content === "string" ? utf8(content) : content),
    removeFile: (path) => change(path, undefined),
    resetFile: (path) => {
      own.delete(path);
      project = undefined;
    },
    project: current,
    diagnostics: () => current().diagnostics,
    computed: () => memo.computed(),
    taken: () => memo.taken(),
  };
}
