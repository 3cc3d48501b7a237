/** The emitters that a project names: ours, and its own from its folder or its installed packages. */
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import {
  emitterProblem,
  type AnalyzedProject,
  type Emitter,
  type LoadedEmitter,
  type Policy,
  type UnloadedEmitter,
} from "@mlspec/compiler";
import { builtins } from "@mlspec/emitters";
import { importModule } from "./import.js";
import { codeOf } from "./glob-list.js";

export type Emitters = Readonly<Record<string, LoadedEmitter | UnloadedEmitter>>;

export type Policies = Readonly<Record<string, Policy | UnloadedEmitter>>;

export async function loadEmitters(project: AnalyzedProject, folder: string, plugins: boolean): Promise<Emitters> {
  const emitters: Record<string, LoadedEmitter | UnloadedEmitter> = {};
  for (const [key, emitter] of Object.entries(builtins)) emitters[key] = { emitter, plugin: false };
  const keys = new Set(project.environments.flatMap(({ analysis }) => Object.keys(analysis?.spec.targets ?? {})));
  for (const key of [...keys].filter((each) => !Object.hasOwn(builtins, each) && isPlugin(each)).sort())
    emitters[key] = plugins ? await load(key, folder, emitterIn) : {};
  return emitters;
}

/** For a project as it was: an emitter of its own that is no longer there writes nothing. */
export function standIns(emitters: Emitters): Emitters {
  return Object.fromEntries(
    Object.entries(emitters).map(([key, loaded]) => [key, "emitter" in loaded ? loaded : { emitter: silent(key), plugin: true }]),
  );
}

function silent(name: string): Emitter {
  return { name: name.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""), needs: [], provide: () => ({}), emit: () => ({ files: [] }) };
}

/** A file of the project (`./emitters/flyte.mjs`), or a package (`@acme/mlspec-flyte`, `mlspec-flyte`). */
export function isPlugin(key: string): boolean {
  return /^\.\/(?!.*(^|\/)\.\.(\/|$))/.test(key) || /^(@[a-z0-9-]+\/)?mlspec-[a-z0-9-]+$/.test(key);
}

/** Policies in code, by where they are. */
export async function loadPolicies(project: AnalyzedProject, folder: string, plugins: boolean): Promise<Policies> {
  const uses = new Set(
    project.environments.flatMap(({ analysis }) => Object.values(analysis?.spec.policies ?? {}).flatMap(({ use }) => use ?? [])),
  );
  const policies: Record<string, Policy | UnloadedEmitter> = {};
  for (const use of [...uses].sort()) {
    if (!plugins) policies[use] = {};
    else if (isPlugin(use)) policies[use] = await load(use, folder, policyIn);
    else
      policies[use] = {
        reason: "it is neither a file of the project (`./policies/naming.mjs`) nor a package (`@acme/mlspec-naming`, `mlspec-naming`)",
      };
  }
  return policies;
}

async function load<T>(key: string, folder: string, partIn: (loaded: unknown) => T | UnloadedEmitter): Promise<T | UnloadedEmitter> {
  const file = placeOf(key, folder);
  if (typeof file !== "string") return file;
  try {
    const loaded: unknown = await importModule(pathToFileURL(file).href);
    return partIn(loaded);
  } catch (error) {
    return { reason: `it could not be loaded: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}` };
  }
}

/** The file that holds it. One of the project's is in the project, not behind a link out of it. */
function placeOf(key: string, folder: string): string | UnloadedEmitter {
  const own = key.startsWith("./");
  try {
    const file = own ? realpathSync(join(folder, key)) : createRequire(join(folder, "package.json")).resolve(key);
    return own && !file.startsWith(realpathSync(folder) + sep) ? { reason: "it is a link that leads out of the project" } : file;
  } catch (error) {
    if (own && ["ENOENT", "ENOTDIR"].includes(codeOf(error))) return { reason: "there is no such file in the project" };
    if (codeOf(error) === "MODULE_NOT_FOUND") return { reason: `it is not installed in the project: \`npm install ${key}\`` };
    return { reason: `it was not found: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}` };
  }
}

function policyIn(loaded: unknown): Policy | UnloadedEmitter {
  const found = exported(loaded, "policy");
  if (found === undefined) return { reason: "it exports no `policy`" };
  // The boundary to code that is not ours: what it returns is looked at.
  return typeof member(found, "check") === "function" ? (found as Policy) : { reason: "its `policy` has no function `check`" };
}

function exported(loaded: unknown, name: string): unknown {
  return member(loaded, name) ?? member(member(loaded, "default"), name) ?? member(loaded, "default");
}

function emitterIn(loaded: unknown): LoadedEmitter | UnloadedEmitter {
  const found = exported(loaded, "emitter");
  if (found === undefined) return { reason: "it exports no `emitter`" };
  const problem = emitterProblem(found);
  // The boundary to code that is not ours: what has these parts is taken for an emitter, and held to it.
  return problem === undefined ? { emitter: found as Emitter, plugin: true } : { reason: problem };
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
