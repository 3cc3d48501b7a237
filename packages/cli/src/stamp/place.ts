/** Where stamps lie and what they are asked by: shared by the lean entry, which reads them, and the whole command, which writes them. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listGlob } from "../glob-list.js";
import { coloured } from "../terminal.js";
import { parseStamp, printStamp, type Stamp, type StampHost } from "./stamp.js";

/** What the command was asked: where, how, and whether in colours. */
export function askedOf(argv: readonly string[], cwd: string): readonly string[] {
  return [cwd, String(coloured(process.stderr.isTTY === true, process.env)), ...argv];
}

/** Identity of the compiler's code: the hash of the bundle. Undefined where there is none. */
export function buildId(folder: string): string | undefined {
  const file = join(folder, "app.cjs");
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : undefined;
}

function fileOf(project: string, asked: readonly string[]): string {
  const name = createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 16);
  return join(project, ".mlspec", "stamps", name);
}

export function readStamp(project: string, asked: readonly string[]): Stamp | undefined {
  const file = fileOf(project, asked);
  return existsSync(file) ? parseStamp(readFileSync(file, "utf8")) : undefined;
}

/** A stamp that cannot be kept costs only time. */
export function keepStamp(project: string, stamp: Stamp): void {
  const file = fileOf(project, stamp.asked);
  try {
    makeState(project, "stamps");
    writeFileSync(`${file}.${process.pid}`, printStamp(stamp));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A read-only checkout, say.
  }
}

/** A folder below the project's `.mlspec`, which ignores itself. */
export function makeState(project: string, name: string): string {
  const folder = join(project, ".mlspec", name);
  mkdirSync(folder, { recursive: true });
  const ignore = join(project, ".mlspec", ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return folder;
}

export function stampHost(project: string): StampHost {
  return {
    stat: (path) => {
      const stat = statSync(join(project, path), { throwIfNoEntry: false });
      return stat?.isFile() === true ? { size: stat.size, mtime: stat.mtimeMs } : undefined;
    },
    hash: (path) => {
      try {
        return createHash("sha256")
          .update(readFileSync(join(project, path)))
          .digest("hex");
      } catch {
        return undefined;
      }
    },
    exists: (path) => existsSync(join(project, path)),
    list: (glob) => listGlob(project, glob),
  };
}
