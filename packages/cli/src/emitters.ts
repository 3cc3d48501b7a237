/** The emitters that a project names: ours, and its own from its folder or its installed packages. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnalyzedProject, Emitter, LoadedEmitter } from "@mlspec/compiler";
import { builtins } from "@mlspec/emitters";

export interface Loading {
  readonly emitters: Readonly<Record<string, LoadedEmitter>>;
  /** What could not be loaded, in sentences. */
  readonly problems: readonly string[];
}

export async function loadEmitters(project: AnalyzedProject, folder: string, plugins: boolean): Promise<Loading> {
  const emitters: Record<string, LoadedEmitter> = {};
  for (const [key, emitter] of Object.entries(builtins)) emitters[key] = { emitter, plugin: false };
  const keys = new Set(project.environments.flatMap(({ analysis }) => Object.keys(analysis?.spec.targets ?? {})));
  const problems: string[] = [];
  for (const key of [...keys].filter((each) => !Object.hasOwn(builtins, each) && isPlugin(each)).sort()) {
    if (!plugins) {
      problems.push(`targets.${key}: the project's own emitters are refused (--no-plugins)`);
      continue;
    }
    const loaded = await load(key, folder);
    if (typeof loaded === "string") problems.push(`targets.${key}: ${loaded}`);
    else emitters[key] = { emitter: loaded, plugin: true };
  }
  return { emitters, problems };
}

/** A file of the project (`./emitters/flyte.mjs`), or a package (`@acme/mlspec-flyte`, `mlspec-flyte`). */
export function isPlugin(key: string): boolean {
  return /^\.\/(?!.*(^|\/)\.\.(\/|$))/.test(key) || /^(@[a-z0-9-]+\/)?mlspec-[a-z0-9-]+$/.test(key);
}

async function load(key: string, folder: string): Promise<Emitter | string> {
  try {
    const file = key.startsWith("./") ? join(folder, key) : createRequire(join(folder, "package.json")).resolve(key);
    const loaded: unknown = await import(pathToFileURL(file).href);
    return emitterIn(loaded) ?? "it exports no emitter: export one as `emitter` (see examples/custom_emitter)";
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

function emitterIn(loaded: unknown): Emitter | undefined {
  for (const name of ["emitter", "default"]) {
    const found: unknown = typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, name) : undefined;
    // The boundary to code that is not ours: what has these parts is taken for an emitter.
    if (isEmitter(found)) return found;
    if (found !== undefined && name === "default") return emitterIn(found);
  }
  return undefined;
}

function isEmitter(value: unknown): value is Emitter {
  return typeof value === "object" && value !== null && "name" in value && "needs" in value && "provide" in value && "emit" in value;
}
