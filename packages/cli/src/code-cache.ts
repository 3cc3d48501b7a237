/**
 * Loads the compiler with what the engine has compiled of it before. That lies in the user's own folder, never in a project's: the engine
 * runs such code as it stands, and a project may come from anyone. It is named by the code and the engine that it was made by.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { userCache } from "./state.js";

export interface Code {
  /** File of the code. */
  readonly file: string;
  /** Hash of it. */
  readonly build: string;
  /** Whether this run shows well what later ones will need: what is kept is what has been run. */
  readonly typical: boolean;
}

/** Takes what the names of the wrapper below stand for. */
type Wrapper = (...given: readonly unknown[]) => void;

export function loadCode({ file, build, typical }: Code): void {
  const kept = join(userCache(), "code", `${build.slice(0, 16)}-${process.versions.v8}-${process.arch}`);
  const cachedData = bytesOf(kept);
  // The first line is a comment to the shell and becomes one here; no other line moves.
  const source = readFileSync(file, "utf8").replace(/^#!/, "//");
  const script = new Script(`(function (exports, require, module, __filename, __dirname, MLSPEC_IMPORT) {${source}\n})`, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  // What the wrapper above is.
  (script.runInThisContext() as Wrapper)(
    module.exports,
    createRequire(file),
    module,
    file,
    dirname(file),
    (specifier: string) => import(specifier),
  );
  const known = cachedData !== undefined && script.cachedDataRejected !== true;
  if (!known && typical) process.once("exit", (code) => (code === 0 ? keep(kept, script.createCachedData()) : undefined));
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Builds that are remembered: more than one command may be installed. */
const MOST = 3;

function keep(file: string, data: Buffer): void {
  try {
    const folder = dirname(file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, data);
    renameSync(`${file}.${process.pid}`, file);
    const aged = readdirSync(folder).map((name) => ({ name, age: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
    for (const { name } of aged.sort((a, b) => b.age - a.age).slice(MOST)) rmSync(join(folder, name), { force: true });
  } catch {
    // A home that cannot be written to costs only time.
  }
}
