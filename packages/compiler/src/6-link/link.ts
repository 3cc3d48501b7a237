/** Who provides what, and in which order emitters run. Emitters are blind to each other; this is where they meet. */
import type { Reporter } from "../diagnostic.js";
import type { Artifact, ArtifactId, Emitter, Provided } from "../emitter.js";
import type { Ir } from "../ir.js";
import type { PatchSpec } from "../spec.js";
import type { Place } from "../text.js";
import { reasonOf } from "./plugin.js";

/** A key of `targets`, with its emitter. */
export interface Target {
  /** The key as written: `airflow`, `./emitters/images.mjs`. */
  readonly key: string;
  readonly emitter: Emitter;
  readonly options: unknown;
  /** Not ours: what it throws is its author's mistake, not a bug of the compiler. */
  readonly plugin: boolean;
  readonly at: Place;
  /** Where an option stands. */
  readonly optionAt?: (option: string) => Place;
  /** Changes that the project makes to what is emitted as data. */
  readonly patches?: readonly Patch[];
}

/** A patch as it is written, and where its parts stand. */
export interface Patch {
  readonly spec: PatchSpec;
  readonly at: (path: readonly (string | number)[], part?: "key" | "value") => Place;
}

export interface Providing {
  readonly artifact: Artifact;
  readonly target: Target;
}

export interface Linked {
  readonly artifacts: ReadonlyMap<string, Providing>;
  /** Targets in the order in which they emit. */
  readonly order: readonly Target[];
}

export function link(ir: Ir, targets: readonly Target[], reporter: Reporter): Linked {
  const artifacts = new Map<string, Providing>();
  for (const target of targets) {
    const provided: Provided = guard(target, reporter, () => target.emitter.provide(ir, target.options)) ?? {};
    for (const id of ids(provided)) {
      const artifact = provided[id];
      const other = artifacts.get(id);
      if (other !== undefined)
        reporter.report(
          "two-providers",
          target.at,
          { artifact: id, first: other.target.key, second: target.key },
          { related: [{ ...other.target.at, message: "the other provider" }] },
        );
      else if (artifact !== undefined) artifacts.set(id, { artifact, target });
    }
  }
  return { artifacts, order: order(targets, artifacts, reporter) };
}

function ids(provided: Provided): readonly ArtifactId[] {
  return (Object.keys(provided) as ArtifactId[]).sort();
}

/** Runs code of an emitter: a plugin's error becomes a diagnostic at its target. */
export function guard<T>(target: Target, reporter: Reporter, run: () => T): T | undefined {
  if (!target.plugin) return run();
  try {
    return run();
  } catch (error) {
    reporter.report("emitter-failed", target.at, { target: target.key, reason: reasonOf(error) });
    return undefined;
  }
}

/** Topological, stable: a target emits after all that provide a kind that it needs. */
function order(targets: readonly Target[], artifacts: Linked["artifacts"], reporter: Reporter): readonly Target[] {
  const providers = new Map<string, Set<Target>>();
  for (const [id, { target }] of artifacts) {
    const kind = id.slice(0, id.indexOf(":"));
    providers.set(kind, (providers.get(kind) ?? new Set()).add(target));
  }
  const sorted = [...targets].sort((a, b) => (a.key < b.key ? -1 : 1));
  const done: Target[] = [];
  const path: Target[] = [];
  const visit = (target: Target): void => {
    if (done.includes(target)) return;
    const seen = path.indexOf(target);
    if (seen >= 0) {
      reporter.report("emitter-cycle", target.at, { targets: [...path.slice(seen), target].map(({ key }) => key) });
      return;
    }
    path.push(target);
    for (const kind of target.emitter.needs) for (const provider of providers.get(kind) ?? []) if (provider !== target) visit(provider);
    path.pop();
    done.push(target);
  };
  sorted.forEach(visit);
  return [...new Set(done)];
}
