/** Where data gets to: the places that policies name, and the columns that are kept there. */
import type { TimeKeys } from "../ir.js";
import type { DenySpec } from "../spec.js";
import type { Analysis, DeploymentFacts, GroupFacts, ModelFacts, Where } from "./analysis.js";
import { atKey, atValue } from "./finding.js";
import { outputPlace } from "./output-place.js";
import { columnId, entityKeys, scoredOf } from "./scored.js";
import { nameOf } from "./id.js";

type Facts = Omit<Analysis, "findings">;

/** A column at a place that data may not reach. */
export interface Reached {
  readonly where: DenySpec["reaching"][number];
  /** In words: `features`, `the request of fraud_api`. */
  readonly said: string;
  readonly column: string;
  readonly at: Where;
  /** It says of which row the data is: what is made of the same column is another mistake. */
  readonly beside?: true;
}

/** Every place that a policy can name, in the order in which data gets there. */
export function reachedPlaces(facts: Facts): readonly Reached[] {
  const { groups, models, deployments } = facts;
  return [
    ...Object.values(groups).flatMap((group) => groupPlaces(group, facts)),
    ...Object.values(models).flatMap((model) => modelPlaces(model, facts)),
    ...Object.values(deployments).flatMap((deployment) => deploymentPlaces(deployment, facts)),
  ];
}

/** What is kept of a group, and by which keys: tiles are a table, and online stores are asked by key. */
function groupPlaces(group: GroupFacts, facts: Facts): readonly Reached[] {
  const { id, name, outputs } = group;
  const held = outputs.map((output): Reached => ({
    where: "features",
    said: "features",
    column: `${id}.${output.name}`,
    at: outputPlace(facts.groups, name, output.name),
  }));
  if (group.kind === "request" || (group.kind === "latest" && group.online === undefined)) return held;
  const stored = `the keys by which \`${name}\` is stored`;
  const at = atValue(["features", name, "entity"]);
  return [
    ...held,
    ...group.key.map((key): Reached => ({ where: "features", said: stored, column: columnId(facts, group.from, key), at, beside: true })),
  ];
}

/** Its inputs, its label, and what says of which row they are: all that a training set has. */
function modelPlaces(model: ModelFacts, facts: Facts): readonly Reached[] {
  const { id, name, inputs, observations, time } = model;
  const at = atValue(["models", name, "observations"]);
  return [
    ...inputs.map((input): Reached => ({
      where: "models",
      said: "models",
      column: `${id}.${input.name}`,
      at: inputPlace(facts, name, input),
    })),
    { where: "models", said: "models", column: `${id}.label`, at: atValue(["models", name, "label", "column"]) },
    ...identity(time).map((column): Reached => ({
      where: "models",
      said: `the training set of \`${name}\``,
      column: columnId(facts, observations, column),
      at,
      beside: true,
    })),
  ];
}

/** What a row is stored by. */
function identity({ key, eventTime }: TimeKeys): readonly string[] {
  return [...new Set([...key, eventTime])];
}

function deploymentPlaces(deployment: DeploymentFacts, facts: Facts): readonly Reached[] {
  const { id, name, serve } = deployment;
  const model = facts.models[deployment.model];
  if (model === undefined) return [];
  const at = atValue(["deployments", name, serve === "online" ? "model" : "rows"]);
  const rows = deployment.rows ?? model.observations;
  const own = scoredOf(deployment, facts).flatMap(([column]) => (column === "prediction" ? [] : [column]));
  const asked = [
    ...entityKeys(model.plans, facts),
    // What its own rows bring is told as the input that it is.
    ...(own.length > 0 ? [] : model.request.map((field) => field.name)),
  ].map((column) => columnId(facts, rows, column));
  const computed = model.inputs.map((input) => (own.includes(input.name) ? `${id}.${input.name}` : `models.${model.name}.${input.name}`));
  const scored = own.map((column) => `${id}.${column}`);
  const time = facts.datasets[nameOf(rows)]?.time;
  const predicted = serve === "batch" && time !== undefined ? identity(time).map((column) => columnId(facts, rows, column)) : [];
  return [
    ...scored.flatMap((column): readonly Reached[] => [
      { where: "features", said: "features", column, at },
      { where: "models", said: "models", column, at },
    ]),
    ...[...new Set([...asked, ...predicted, ...scored, ...computed, `${id}.prediction`])].flatMap((column): readonly Reached[] => [
      { where: "deployments", said: `the deployment \`${name}\``, column, at },
      ...(serve === "online" ? [{ where: "logs" as const, said: `the prediction log of \`${name}\``, column, at }] : []),
    ]),
  ];
}

function inputPlace({ spec }: Facts, model: string, { group, column }: { readonly group: string; readonly column: string }): Where {
  const wanted = spec.models?.[model]?.features ?? [];
  const index = wanted.findIndex((one) => one === group || one === `${group}.${column}`);
  return index < 0 ? atKey("models", model) : atValue(["models", model, "features", index]);
}

/** Where a column on the way is made. */
export function columnPlace({ groups, datasets }: Pick<Facts, "groups" | "datasets">, id: string): Where {
  const [section = "", name = ""] = id.split(".");
  const column = id.slice(section.length + name.length + 2);
  switch (section) {
    case "sources":
      return atKey("sources", name, "columns", column);
    case "transforms": {
      const dataset = datasets[name];
      const made = dataset?.kind === "transform" ? dataset.columns.find((one) => one.name === column)?.at : undefined;
      return made ?? atKey("transforms", name);
    }
    case "features":
      return outputPlace(groups, name, column);
    case "deployments":
      return column === "prediction" ? atKey(section, name) : atValue([section, name, "rows"]);
    default:
      return atKey(section, name);
  }
}
