/** Facts of feature groups, models and deployments: each of what it says and what it reads. */
import type { Field } from "../data-type.js";
import { alike, type Memo } from "../memo.js";
import type { FeatureSpec, ProjectSpec } from "../spec.js";
import type { DatasetFacts, DeploymentFacts, EntityFacts, GroupFacts, ModelFacts } from "./analysis.js";
import { asBefore, each, sameMaps, type Facts } from "./each.js";
import { analyzeDerived, type DerivedGroups } from "./derived.js";
import type { PlainGroup } from "./group.js";
import { plansOf } from "./model.js";
import type { Analyses } from "./remembered.js";
import { requestFields } from "./request.js";
import type { Schedules } from "./schedules.js";

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
    const request = requestFields(spec, datasets);
    const plain = memo.carry("plain groups", (before: Facts<PlainGroup> | undefined) => plainGroups(context, request.byGroup, before)); // prettier-ignore
    const derived = memo.keep("derived", [plain.facts, features], () =>
      memo.carry("derived", (before: DerivedGroups | undefined) => analyzeDerived(plain.facts, features ?? {}, before)),
    );
    const facts = memo.carry("groups", (before: ReadonlyMap<string, GroupFacts> | undefined) =>
      before !== undefined && sameMaps(before, derived.groups) ? before : derived.groups,
    );
    return { facts, findings: [...request.findings, ...plain.findings, ...derived.findings], schedules: plain.schedules };
  });
}

function plainGroups(
  { spec, entities, datasets, schedules, ask, memo }: Context,
  requests: ReturnType<typeof requestFields>["byGroup"],
  before: Facts<PlainGroup> | undefined,
): Facts<PlainGroup> {
  const asked = schedules.asking();
  return each(spec.features, before, {
    asked,
    of: (name, feature, old) => {
      const schedule = feature.request === undefined ? asked.idOf(feature.schedule) : "";
      const request = requests.get(name) ?? NO_FIELDS;
      const key = entities.get(feature.entity ?? "")?.key;
      const from = datasets.get(feature.from ?? "");
      return memo.keep("group", [feature, name, schedule, request, key, from], () =>
        asBefore(ask.group({ name, spec: feature, schedule, request, ...present("key", key), ...present("from", from) }), old),
      );
    },
  });
}

const NO_FIELDS: ReadonlyMap<string, Field> = new Map();

export function analyzeModels(context: Context, groups: ReadonlyMap<string, GroupFacts>): Facts<ModelFacts> {
  const { spec, datasets, schedules, ask, memo } = context;
  return memo.keep("models", [spec.models, spec.features, groups, datasets, spec.schedule], () => {
    const asked = schedules.asking();
    return memo.carry("models", (before: Facts<ModelFacts> | undefined) =>
      each(spec.models, before, {
        asked,
        of: (name, model, old) => {
          const schedule = asked.idOf(model.schedule);
          const observations = datasets.get(model.observations);
          const wanted = memo.keep("wanted", [model], () => model.features.map((feature) => feature.split(".")[0] ?? ""));
          const features = wanted.map((group) => featureOf(spec, group));
          const on = [model, name, schedule, observations, ...features, ...plansOf(wanted, groups).map((plan) => groups.get(plan))];
          return memo.keep("model", on, () => {
            const given = { name, spec: model, schedule, groups, features: spec.features ?? {}, ...present("observations", observations) };
            return asBefore(ask.model(given), old);
          });
        },
      }),
    );
  });
}

function featureOf({ features = {} }: ProjectSpec, name: string): FeatureSpec | undefined {
  return Object.hasOwn(features, name) ? features[name] : undefined;
}

export function analyzeDeployments(
  context: Context,
  groups: ReadonlyMap<string, GroupFacts>,
  models: ReadonlyMap<string, ModelFacts>,
): Facts<DeploymentFacts> {
  const { spec, datasets, schedules, ask, memo } = context;
  return memo.keep("deployments", [spec.deployments, models, groups, datasets, spec.schedule], () => {
    const asked = schedules.asking();
    return memo.carry("deployments", (before: Facts<DeploymentFacts> | undefined) =>
      each(spec.deployments, before, {
        asked,
        of: (name, deployment, old) => {
          const schedule = deployment.serve === "batch" ? asked.idOf(deployment.schedule) : "";
          const [model, rows] = [models.get(deployment.model), datasets.get(deployment.rows ?? "")];
          const on = [deployment, name, schedule, model, rows, ...(model?.plans ?? []).map((plan) => groups.get(plan))];
          return memo.keep("deployment", on, () => {
            const given = { name, spec: deployment, schedule, groups, ...present("model", model), ...present("rows", rows) };
            return asBefore(ask.deployment(given), old);
          });
        },
      }),
    );
  });
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
