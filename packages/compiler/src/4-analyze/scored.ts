/** What a deployment answers is computed from: the model's inputs, of the rows that it is asked about, and the label that the model has learned. */
import type { Analysis, DeploymentFacts } from "./analysis.js";
import type { ColumnRef } from "./expr/ast.js";
import { refsOf } from "./expr/walk.js";
import { builder, columnIdIn, ofExpression, type Made } from "./made.js";
import { findName } from "./types/name.js";
import { nameOf } from "./id.js";

type Facts = Pick<Analysis, "datasets" | "groups" | "models">;
type Columns = readonly (readonly [string, Made])[];

/** A column of a dataset, whatever the case in which it is asked for. */
export function columnId({ datasets }: Pick<Facts, "datasets">, dataset: string, name: string): string {
  const columns: readonly { readonly name: string }[] = datasets[nameOf(dataset)]?.columns ?? [];
  return `${dataset}.${findName(columns, name, (column) => column.name)?.name ?? name}`;
}

/** The columns of a deployment: those of the model's inputs that its own rows bring, and the prediction. */
export function scoredOf(deployment: DeploymentFacts, facts: Facts): Columns {
  const model = facts.models[deployment.model];
  if (model === undefined) return [];
  const own = ownRows(deployment, facts);
  const asked = own === undefined ? new Map<string, Made>() : askedOf(deployment, own, facts);
  const made = builder();
  for (const { name } of model.inputs) made.direct(asked.has(name) ? `${deployment.id}.${name}` : `models.${model.name}.${name}`, "transformation"); // prettier-ignore
  // What is predicted is what was learned: the label, as far as the inputs tell it.
  made.direct(`models.${model.name}.label`, "aggregation");
  if (own !== undefined) made.indirect(entityKeys(model.plans, facts).map((key) => columnId(facts, own, key)), "join"); // prettier-ignore
  return [...asked, ["prediction", made.done()]];
}

/** Rows of a batch deployment that are not those that its model learns from. */
function ownRows({ model, rows }: DeploymentFacts, { models }: Pick<Facts, "models">): string | undefined {
  return rows === models[model]?.observations ? undefined : rows;
}

/** Columns that say of which entities the features of some groups are. */
export function entityKeys(plans: readonly string[], { groups }: Pick<Facts, "groups">): readonly string[] {
  const keys = plans.flatMap((plan) => {
    const group = groups[plan];
    return group === undefined || group.kind === "request" ? [] : group.key;
  });
  return [...new Set(keys)];
}

/** Outputs that are computed from what the rows bring, by the name that a model has for them; in an order in which each comes after those that it reads. */
function askedOf({ id, model }: DeploymentFacts, rows: string, facts: Facts): Map<string, Made> {
  const asked = new Map<string, Made>();
  const plain = columnIdIn("");
  const nameOf = (ref: ColumnRef): string => (ref.scope === "output" ? `${ref.group}__${ref.name}` : "");
  const idOf = (ref: ColumnRef): string | undefined => (asked.has(nameOf(ref)) ? `${id}.${nameOf(ref)}` : plain(ref));
  for (const plan of facts.models[model]?.plans ?? []) {
    const group = facts.groups[plan];
    if (group?.kind === "request")
      for (const { name } of group.columns)
        asked.set(
          `${plan}__${name}`,
          builder()
            .direct(columnId(facts, rows, name), "identity")
            .done(),
        );
    for (const { name, expr } of group?.derived ?? [])
      if (refsOf(expr).some((ref) => asked.has(nameOf(ref)))) asked.set(`${plan}__${name}`, ofExpression(expr, { idOf }, "identity", builder()).done()); // prettier-ignore
  }
  return asked;
}

/** Columns that a batch deployment reads of its rows: what says which row it is, of which entities, and what is asked with it. */
export function scoredColumns({ model, rows }: DeploymentFacts, facts: Facts): readonly string[] {
  const known = facts.models[model];
  if (rows === undefined || known === undefined) return [];
  const time = facts.datasets[nameOf(rows)]?.time;
  const identity = time === undefined ? [] : [...time.key, time.eventTime];
  const names = [...identity, ...entityKeys(known.plans, facts), ...known.request.map((field) => field.name)];
  return [...new Set(names.map((name) => columnId(facts, rows, name)))];
}
