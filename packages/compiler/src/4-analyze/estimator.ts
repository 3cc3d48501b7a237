/** Whether an estimator can be what a model is trained with: its name and parameters, its kind, and whether its package will be there. */
import { saidOfEach } from "../changed.js";
import { nearest } from "../diagnostic.js";
import type { Estimator } from "../estimator.js";
import { ESTIMATORS, VERSION } from "../generated/estimators.js";
import type { Memo } from "../memo.js";
import { parseEstimator } from "../shorthand/index.js";
import type { ModelSpec, ProjectSpec } from "../spec.js";
import type { Finding } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";

/** What programs are installed with in any case. */
const INSTALLED: ReadonlySet<string> = new Set(["sklearn"]);

/** `packages`: what the project's own `requirements.txt` names. */
export function estimatorFindings({ models = NONE }: ProjectSpec, packages: readonly string[], memo: Memo): readonly Finding[] {
  return saidOfEach<ModelSpec, Finding>(models, {
    step: "estimators",
    memo,
    on: packages.join("\n"),
    say: (name, spec) => ofModel(name, spec, packages),
  });
}

const NONE = {};

function ofModel(model: string, spec: ModelSpec, packages: readonly string[]): readonly Finding[] {
  const path = ["models", model];
  const parsed = spec.estimator === undefined ? undefined : parseEstimator(spec.estimator);
  if (parsed?.ok !== true || parsed.value.kind !== "class") return [];
  const trainer = parsed.value;
  const written = `${trainer.module}.${trainer.name}`;
  const [top = ""] = written.split(".");
  const at = atValue([...path, "estimator"]);
  if (!INSTALLED.has(top)) {
    // A package may have another name than the module that it brings: any list of the project's own is trusted.
    return packages.length === 0 ? [finding("package-needed", at, { module: top, estimator: written })] : [];
  }
  // Another version than ours has other classes.
  if (packages.includes("scikit-learn")) return [];
  const known = Object.hasOwn(ESTIMATORS, written) ? ESTIMATORS[written] : undefined;
  if (known === undefined) {
    const near = nearestEstimator(written, trainer.name);
    const more = near === undefined ? {} : { replacement: near };
    return [finding("unknown-estimator", at, { name: written, version: VERSION, known: Object.keys(ESTIMATORS), nearest: near }, more)];
  }
  const unfit = whyUnfit(spec, known);
  if (unfit !== undefined) return [finding("unfit-estimator", at, { estimator: trainer.name, reason: unfit })];
  const params = known.params === "" ? [] : known.params.split(" ");
  return Object.keys(spec.params ?? {}).flatMap((name) => {
    if (params.includes(name)) return [];
    const near = nearest(name, params);
    const args = { name, estimator: trainer.name, known: params, nearest: near };
    return [finding("unknown-parameter", atKey(...path, "params", name), args, near === undefined ? {} : { replacement: near })];
  });
}

/** Right but for its module, or else the nearest as a whole. */
function nearestEstimator(written: string, name: string): string | undefined {
  const all = Object.keys(ESTIMATORS);
  const byName = new Map(all.map((full) => [full.slice(full.lastIndexOf(".") + 1), full]));
  const near = nearest(name, byName.keys());
  return byName.get(name) ?? (near === undefined ? nearest(written, all) : byName.get(near));
}

function whyUnfit({ task, params }: ModelSpec, { task: of, probabilities, required }: Estimator): string | undefined {
  const wanted = task === "regression" ? "regression" : "classification";
  if (of !== wanted)
    return of === "regression" ? `a regressor, and the task is ${spoken(task)}` : "a classifier, and the task is regression";
  if (wanted === "classification" && !probabilities) return "a classifier without probabilities, which metrics and predictions are made of";
  const [missing] = required.split(" ").filter((name) => name !== "");
  if (missing === undefined) return undefined;
  return params !== undefined && Object.hasOwn(params, missing) && !/estimator/.test(missing)
    ? undefined
    : `not complete without \`${missing}\`, which no text can say`;
}

function spoken(task: string): string {
  return task.replace("_", " ");
}
