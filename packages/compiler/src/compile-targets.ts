/** Emitters for the keys of `targets`: those that the host has loaded, held to the interface, with options that they take. */
import type { Target } from "./6-link/link.js";
import { guard } from "./6-link/link.js";
import { validateOptions } from "./6-link/options.js";
import { emitterProblem, heldToInterface } from "./6-link/plugin.js";
import { checkVersion } from "./6-link/tool.js";
import type { AnalyzedEnvironment, CompileOptions, LoadedEmitter } from "./compile.js";
import { nearest, type Reporter } from "./diagnostic.js";
import type { PatchSpec, TargetSpec } from "./spec.js";
import type { Place } from "./text.js";

/** Patches are the core's: emitters know nothing of them. */
function partsOf(target: TargetSpec): { readonly own: object; readonly patches: readonly PatchSpec[] } {
  const { patches = [], ...own } = target;
  return { own, patches };
}

export function targetsOf(environment: AnalyzedEnvironment, options: CompileOptions, reporter: Reporter): readonly Target[] {
  const entries = Object.entries(environment.analysis?.spec.targets ?? {}).filter(([key]) => !key.startsWith("x-"));
  const targets = entries.flatMap(([key, value]: readonly [string, TargetSpec]): readonly Target[] => {
    const at = (): Place => environment.resolved.locate(["targets", key], "key");
    const loaded = loadedEmitter(key, options, (code, reason) => {
      if (code === "target-refused") reporter.report(code, at(), { target: key });
      else if (code === "target-broken") reporter.report(code, at(), { target: key, reason });
      else reporter.report(code, at(), { name: key, nearest: nearest(key, Object.keys(options.emitters)) });
    });
    if (loaded === undefined) return [];
    const { own, patches } = partsOf(value);
    const target = {
      key,
      emitter: loaded.plugin ? heldToInterface(loaded.emitter) : loaded.emitter,
      options: own,
      plugin: loaded.plugin,
      // A place is looked up where something is said at it.
      get at() {
        return at();
      },
      optionAt: (option: string) => environment.resolved.locate(["targets", key, option]),
      patches: patches.map((spec, index) => ({
        spec,
        at: (path: readonly (string | number)[], part?: "key" | "value") =>
          environment.resolved.locate(["targets", key, "patches", index, ...path], part),
      })),
    };
    return optionsFit(target, environment, reporter) && checkVersion(target, reporter) ? [target] : [];
  });
  return targets.filter((target) => isAlone(target, targets, reporter));
}

type Refuse = (code: "target-refused" | "target-broken" | "target-unknown", reason: string) => void;

function loadedEmitter(key: string, { emitters }: CompileOptions, refuse: Refuse): LoadedEmitter | undefined {
  const loaded = Object.hasOwn(emitters, key) ? emitters[key] : undefined;
  if (loaded === undefined) refuse("target-unknown", "");
  else if ("emitter" in loaded) {
    const problem = loaded.plugin ? emitterProblem(loaded.emitter) : undefined;
    if (problem === undefined) return loaded;
    refuse("target-broken", problem);
  } else refuse(loaded.reason === undefined ? "target-refused" : "target-broken", loaded.reason ?? "");
  return undefined;
}

/** Options of ours are checked with the language. */
function optionsFit(target: Target, { resolved }: AnalyzedEnvironment, reporter: Reporter): boolean {
  if (!target.plugin) return true;
  const problems = guard(target, reporter, () => validateOptions(target.emitter.optionsSchema, target.options));
  for (const { path, part, reason } of problems ?? [])
    reporter.report("target-options", resolved.locate(["targets", target.key, ...path], part), {
      target: target.key,
      at: path.join("."),
      reason,
    });
  return problems?.length === 0;
}

/** Folders of output and codes of diagnostics are named after emitters. */
function isAlone(target: Target, targets: readonly Target[], reporter: Reporter): boolean {
  const other = targets.find(({ key, emitter }) => key !== target.key && emitter.name === target.emitter.name);
  if (other === undefined || !target.plugin) return true;
  const reason = `its name \`${target.emitter.name}\` is also that of the target \`${other.key}\``;
  reporter.report("target-broken", target.at, { target: target.key, reason });
  return false;
}
