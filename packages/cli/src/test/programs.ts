/** The emitted programs of an environment in a folder of this process: what the tests run is what would be compiled. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OutputFile } from "@mlspec/compiler";
import { makeState } from "../state.js";

/** Languages whose files tests run. */
const FOLDERS = ["spark", "python"] as const;

export interface Programs {
  readonly folders: readonly string[];
  /** Where the runner logs. */
  readonly log: string;
  /** Puts files in place of those before. Those whose text is another one. */
  write(files: readonly OutputFile[]): readonly OutputFile[];
  remove(): void;
}

export function openPrograms(project: string): Programs {
  const root = makeState(project, "tests");
  dropAbandoned(root);
  const folder = join(root, String(process.pid));
  rmSync(folder, { recursive: true, force: true });
  let before = new Map<string, string>();
  return {
    folders: FOLDERS.map((name) => join(folder, name)),
    log: join(root, "spark.log"),
    write: (files) => {
      const wanted = files.filter(({ path }) => FOLDERS.some((name) => path.startsWith(`${name}/`)));
      const changed = wanted.filter(({ path, text }) => before.get(path) !== text);
      for (const { path, text } of changed) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const paths = new Set(wanted.map(({ path }) => path));
      for (const path of before.keys()) if (!paths.has(path)) rmSync(join(folder, path), { force: true });
      before = new Map(wanted.map(({ path, text }) => [path, text]));
      return changed;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Folders of processes that were killed before they could put them away. */
function dropAbandoned(root: string): void {
  for (const name of readdirSync(root).filter((each) => /^\d+$/.test(each)))
    if (!isRunning(Number(name)) && existsSync(join(root, name))) rmSync(join(root, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
