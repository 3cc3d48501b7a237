/** Facts of feature groups, models and deployments: each of what it says and what it reads. */
import type { Field } from "../data-type.js";
import { changedDefinitions, changedIn, sameMaps } from "../changed.js";
import { alike, type Memo } from "../memo.js";
import type { DeploymentSpec, FeatureSpec, ModelSpec, ProjectSpec } from "../spec.js";
import type { DatasetFacts, DeploymentFacts, EntityFacts, GroupFacts, ModelFacts } from "./analysis.js";
import { asBefore, each, type Facts, type Made } from "./each.js";
import { analyzeDerived, type DerivedGroups } from "./derived.js";
import type { PlainGroup } from "./group.js";
import { plansOf } from "./model.js";
import type { Analyses } from "./remembered.js";
import { requestFields } from "./request.js";
import type { Schedules } from "./schedules.js";
import { groupOf } from "./id.js";

export interface Context {
  readonly spec: ProjectSpec;
  readonly entities: ReadonlyMap<string, EntityFacts>;
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  readonly schedules: Schedules;
  readonly ask: Analyses;
  readonly memo: Memo;
}

export function analyzeGroups(context: Context): Facts<GroupFacts> {
  const { spec, entities, datasets, memo } = context;
  const { features, models, schedule } = spec;
  return memo.keep("groups", [features, models, datasets, entities, schedule], () => {
    const request = requestFields(spec, datasets, memo);
    const { made: plain } = memo.carry("plain groups", (before: Known<FeatureSpec, PlainGroup> | undefined) =>
      plainGroups(context, request.byGroup, before),
    );
    const derived = memo.keep("derived", [plain.facts, features], () =>
      memo.carry("derived", (before: DerivedGroups | undefined) => analyzeDerived(plain.facts, features ?? {}, before)),
    );
    const facts = memo.carry("groups", (before: ReadonlyMap<string, GroupFacts> | undefined) =>
      before !== undefined && sameMaps(before, derived.groups) ? before : derived.groups,
    );
    return { facts, findings: [...request.findings, ...plain.findings, ...derived.findings], schedules: plain.schedules };
  });
}

/** What came out for the definitions of one kind, and what it stands on. */
interface Known<S, T> {
  readonly made: Made<S, T>;
  readonly on: On;
}

interface On {
  readonly datasets?: ReadonlyMap<string, DatasetFacts>;
  readonly entities?: ReadonlyMap<string, EntityFacts>;
  readonly groups?: ReadonlyMap<string, GroupFacts>;
  readonly models?: ReadonlyMap<string, ModelFacts>;
  readonly features?: ProjectSpec["features"];
}

/** Names under which there is something else than before. */
function others<T>(after: ReadonlyMap<string, T> | undefined, before: ReadonlyMap<string, T> | undefined): (name: string) => boolean {
  const changed = after === undefined || before === undefined ? undefined : changedIn(after, before);
  if (changed === undefined) return () => true;
  const names = new Set(changed);
  return names.size === 0 ? () => false : (name) => names.has(name);
}

function plainGroups(
  { spec, entities, datasets, schedules, ask, memo }: Context,
  requests: ReturnType<typeof requestFields>["byGroup"],
  before: Known<FeatureSpec, PlainGroup> | undefined,
): Known<FeatureSpec, PlainGroup> {
  const isOther = others(datasets, before?.on.datasets);
  const made = each(spec.features, before?.made, {
    schedules,
    schedule: (feature, asked) => (feature.request === undefined ? asked.idOf(feature.schedule) : ""),
    stands: (_name, { from = "", request }) => request === undefined && entities === before?.on.entities && !isOther(from),
    of: (name, feature, { schedule, old }) => {
      const request = requests.get(name) ?? NO_FIELDS;
      const key = entities.get(feature.entity ?? "")?.key;
      const from = datasets.get(feature.from ?? "");
      return memo.keep("group", [feature, name, schedule, request, key, from], () =>
        asBefore(ask.group({ name, spec: feature, schedule, request, ...present("key", key), ...present("from", from) }), old),
      );
    },
  });
  return { made, on: { datasets, entities } };
}

const NO_FIELDS: ReadonlyMap<string, Field> = new Map();

export function analyzeModels(context: Context, groups: ReadonlyMap<string, GroupFacts>): Facts<ModelFacts> {
  const { spec, datasets, memo } = context;
  return memo.keep("models", [spec.models, spec.features, groups, datasets, spec.schedule], () =>
    memo.carry("models", (before: Known<ModelSpec, ModelFacts> | undefined) => modelsOf(context, groups, before)),
  ).made;
}

function modelsOf(
  { spec, datasets, schedules, ask, memo }: Context,
  groups: ReadonlyMap<string, GroupFacts>,
  before: Known<ModelSpec, ModelFacts> | undefined,
): Known<ModelSpec, ModelFacts> {
  const { features = {} } = spec;
  const [isOtherSet, isOtherGroup] = [others(datasets, before?.on.datasets), others(groups, before?.on.groups)];
  const edited = changedDefinitions(features, before?.on.features);
  const made = each(spec.models, before?.made, {
    schedules,
    schedule: (model, asked) => asked.idOf(model.schedule),
    stands: (_name, { observations, features: wanted }, old) =>
      old !== undefined &&
      edited !== undefined &&
      !isOtherSet(observations) &&
      !old.plans.some(isOtherGroup) &&
      (edited.length === 0 || !wanted.some((feature) => edited.includes(groupOf(feature)) || isOtherGroup(groupOf(feature)))),
    of: (name, model, { schedule, old }) => {
      const observations = datasets.get(model.observations);
      const wanted = model.features.map(groupOf);
      const written = wanted.map((group) => (Object.hasOwn(features, group) ? features[group] : undefined));
      const on = [model, name, schedule, observations, ...written, ...plansOf(wanted, groups).map((plan) => groups.get(plan))];
      return memo.keep("model", on, () =>
        asBefore(ask.model({ name, spec: model, schedule, groups, features, ...present("observations", observations) }), old),
      );
    },
  });
  return { made, on: { datasets, groups, features } };
}

export function analyzeDeployments(
  context: Context,
  groups: ReadonlyMap<string, GroupFacts>,
  models: ReadonlyMap<string, ModelFacts>,
): Facts<DeploymentFacts> {
  const { spec, datasets, memo } = context;
  return memo.keep("deployments", [spec.deployments, models, groups, datasets, spec.schedule], () =>
    memo.carry("deployments", (before: Known<DeploymentSpec, DeploymentFacts> | undefined) =>
      deploymentsOf(context, { groups, models }, before),
    ),
  ).made;
}

function deploymentsOf(
  { spec, datasets, schedules, ask, memo }: Context,
  { groups, models }: { readonly groups: ReadonlyMap<string, GroupFacts>; readonly models: ReadonlyMap<string, ModelFacts> },
  before: Known<DeploymentSpec, DeploymentFacts> | undefined,
): Known<DeploymentSpec, DeploymentFacts> {
  const [isOtherSet, isOtherModel, isOtherGroup] = [
    others(datasets, before?.on.datasets),
    others(models, before?.on.models),
    others(groups, before?.on.groups),
  ];
  const made = each(spec.deployments, before?.made, {
    schedules,
    schedule: (deployment, asked) => (deployment.serve === "batch" ? asked.idOf(deployment.schedule) : ""),
    stands: (_name, { model, rows = "" }) =>
      !isOtherModel(model) && !isOtherSet(rows) && models.get(model)?.plans.some(isOtherGroup) !== true,
    of: (name, deployment, { schedule, old }) => {
      const [model, rows] = [models.get(deployment.model), datasets.get(deployment.rows ?? "")];
      const on = [deployment, name, schedule, model, rows, ...(model?.plans ?? []).map((plan) => groups.get(plan))];
      return memo.keep("deployment", on, () =>
        asBefore(ask.deployment({ name, spec: deployment, schedule, groups, ...present("model", model), ...present("rows", rows) }), old),
      );
    },
  });
  return { made, on: { datasets, groups, models } };
}

/** Entities, by name. */
export function entityFacts({ entities = {} }: ProjectSpec, memo: Memo): ReadonlyMap<string, EntityFacts> {
  return memo.keep("entities", [entities], () =>
    memo.carry("entities", (before: ReadonlyMap<string, EntityFacts> | undefined) => {
      const facts = Object.entries(entities).map(([name, { key }]): readonly [string, EntityFacts] => [
        name,
        alike(before?.get(name), { id: `entities.${name}`, name, key: typeof key === "string" ? [key] : key }),
      ]);
      const after = new Map(facts);
      return before !== undefined && sameMaps(before, after) ? before : after;
    }),
  );
}

function present<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  // A computed key is typed as any string.
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}
