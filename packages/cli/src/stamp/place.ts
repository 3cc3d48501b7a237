/** Where stamps lie and what they are asked by: shared by the lean entry, which reads them, and the whole command, which writes them. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { listGlob } from "../glob-list.js";
import { keepSealed, readSealed } from "../state.js";
import { coloured } from "../terminal.js";
import { parseStamp, type Stamp, type StampHost } from "./stamp.js";

/** What the command was asked: where, how, and whether in colours. */
export function askedOf(argv: readonly string[], cwd: string): readonly string[] {
  return [cwd, String(coloured(process.stderr.isTTY === true, process.env)), ...argv];
}

/** Identity of the compiler's code: the hash of the bundle. Undefined where there is none. */
export function buildId(folder: string): string | undefined {
  const file = join(folder, "app.cjs");
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : undefined;
}

/** Questions that are remembered for a project. */
const MOST = 32;

function nameOf(asked: readonly string[]): string {
  return `stamps/${createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 16)}`;
}

export function readStamp(project: string, asked: readonly string[]): Stamp | undefined {
  const text = readSealed(project, nameOf(asked));
  return text === undefined ? undefined : parseStamp(text);
}

export function keepStamp(project: string, stamp: Stamp): void {
  keepSealed(project, nameOf(stamp.asked), { text: JSON.stringify(stamp), most: MOST });
}

export function stampHost(project: string): StampHost {
  return {
    stat: (path) => {
      const stat = statSync(join(project, path), { throwIfNoEntry: false });
      return stat?.isFile() === true ? { size: stat.size, mtime: stat.mtimeMs, ctime: stat.ctimeMs, inode: stat.ino } : undefined;
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
