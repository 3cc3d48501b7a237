/** Models. */
import type { ModelFacts } from "../4-analyze/analysis.js";
import type { Json, JsonObject, Model } from "../ir.js";
import { known, node, type LowerInput } from "./context.js";
import { modelHash } from "./hashes.js";
import type { Layout } from "./layout.js";
import { jsonOf } from "./meaning.js";

export function lowerModels(input: LowerInput, layout: Layout): readonly Model[] {
  return Object.values(input.analysis.models).map((facts) => model(input, layout, facts));
}

function model(input: LowerInput, layout: Layout, facts: ModelFacts): Model {
  const spec = known(input.analysis.spec.models ?? {}, facts.name);
  return {
    ...node(input, facts.name, facts.id),
    name: facts.name,
    task: spec.task,
    observations: facts.observations,
    time: facts.time,
    label: { column: facts.label.column, type: facts.label.field.type, knownAfter: facts.label.knownAfter },
    inputs: facts.inputs,
    entities: facts.entities,
    request: facts.request,
    plans: facts.plans,
    trainer: facts.trainer,
    params: objectOf(jsonOf(spec.params ?? {})),
    split: facts.split,
    metrics: facts.metrics,
    gate: facts.gate,
    registryPath: layout.path("models", facts.name),
    hash: modelHash(input.analysis, facts.id, input.code),
  };
}

function objectOf(value: Json): JsonObject {
  if (!isObject(value)) throw new Error("params is a map");
  return value;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
