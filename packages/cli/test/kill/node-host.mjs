// A host over the real file system, for a child process that is killed. `MLSPEC_KILL_AT` names the side effect before which it dies.
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

export function nodeHost(root, killAt = -1) {
  let effects = 0;
  const step =
    (effect) =>
    (...args) => {
      if (effects++ === killAt) process.kill(process.pid, "SIGKILL");
      effect(...args);
    };
  const at = (path) => join(root, path);
  const stat = (path) => {
    const found = existsSync(at(path)) ? lstatSync(at(path)) : undefined;
    return found && { kind: found.isFile() ? "file" : found.isDirectory() ? "folder" : "other", size: found.size };
  };
  return {
    stat,
    read: (path) => (stat(path)?.kind === "file" ? readFileSync(at(path)) : undefined),
    list: () => [],
    names: (path) => (stat(path)?.kind === "folder" ? readdirSync(at(path)).sort() : []),
    write: step((path, bytes) => {
      const file = openSync(at(path), "w");
      // In two parts, so that a kill between them would leave half a file.
      writeSync(file, bytes.subarray(0, bytes.length >> 1));
      writeSync(file, bytes.subarray(bytes.length >> 1));
      fsyncSync(file);
      closeSync(file);
    }),
    rename: step((from, to) => renameSync(at(from), at(to))),
    remove: step((path) => {
      const found = stat(path);
      if (found?.kind === "folder") rmdirSync(at(path));
      else if (found) unlinkSync(at(path));
    }),
    mkdir: step((path) => mkdirSync(at(path), { recursive: true })),
    effects: () => effects,
  };
}
