/**
 * What the command keeps in a project's `.mlspec`. It may go at any time, and nothing in it is believed that this machine has not sealed:
 * a pull request can bring such a folder with it, and what it says there must not become an answer. Whatever cannot be kept costs only time.
 */
import { createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** A folder below the project's `.mlspec`, which ignores itself. */
export function makeState(project: string, name: string): string {
  const folder = join(project, ".mlspec", name);
  mkdirSync(folder, { recursive: true });
  const ignore = join(project, ".mlspec", ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return folder;
}

/** Keeps a text below `.mlspec`; of its folder's files only the newest `most` stay. */
export function keepSealed(project: string, name: string, { text, most }: { readonly text: string; readonly most: number }): void {
  const file = join(project, ".mlspec", name);
  try {
    const key = machineKey();
    if (key === undefined) return;
    const folder = makeState(project, dirname(name));
    writeFileSync(`${file}.${process.pid}`, `${seal(key, text)} ${text}`);
    renameSync(`${file}.${process.pid}`, file);
    clean(folder, most);
  } catch {
    // A read-only checkout, say, or a full disk.
  }
}

/** What was kept under the name; undefined where it is not there, not whole, or not of this machine. */
export function readSealed(project: string, name: string): string | undefined {
  const found = textOf(join(project, ".mlspec", name));
  const key = found === undefined ? undefined : machineKey();
  if (found === undefined || key === undefined) return undefined;
  const text = found.slice(65);
  return found[64] === " " && found.slice(0, 64) === seal(key, text) ? text : undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function clean(folder: string, most: number): void {
  const names = readdirSync(folder);
  if (names.length <= most) return;
  const aged = names.map((name) => ({ name, age: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  for (const { name } of aged.sort((a, b) => b.age - a.age).slice(most)) rmSync(join(folder, name), { force: true });
}

function seal(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** The user's own folder for what can be made again. */
export function userCache(): string {
  return process.env["MLSPEC_CACHE"] || join(homedir(), ".cache", "mlspec");
}

/** A secret of this user on this machine, made when it is first needed; undefined where it cannot be kept. */
function machineKey(): string | undefined {
  const file = join(userCache(), "key");
  const known = textOf(file);
  if (known?.length === 64) return known;
  try {
    mkdirSync(userCache(), { recursive: true });
    const mine = `${file}.${process.pid}`;
    writeFileSync(mine, randomBytes(32).toString("hex"), { mode: 0o600 });
    renameSync(mine, file);
  } catch {
    return undefined;
  }
  return textOf(file);
}
