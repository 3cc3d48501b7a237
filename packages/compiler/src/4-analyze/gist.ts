/**
 * The gist of facts: what others go by of a dataset or a group, without what it is computed from. Most edits leave it as it was, and then rules
 * over the whole project that go by it need not look again.
 */
import { eachMade } from "../changed.js";
import { alike, type Memo } from "../memo.js";
import type { DeploymentSpec, FeatureSpec, ModelSpec, ProjectSpec } from "../spec.js";
import type { Analysis, DatasetFacts, Facts, GroupFacts, ModelFacts } from "./analysis.js";
import { groupOf } from "./id.js";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A group, but for what it computes. */
export type GroupGist = Without<GroupFacts, "aggregates" | "tiles" | "columns" | "outputs" | "derived" | "deletedWhen">;

/** An analysis, as far as such rules look. The columns of transforms have no lineage and no places there. */
export type Gist = Omit<Analysis, "findings" | "groups"> & { readonly groups: Facts<GroupGist> };

/** Of each definition as much as `make` leaves of it; equal ones are those that were there. `step` names it, in one place. */
// oxlint-disable-next-line max-params -- as `map`, with what is remembered.
export function gistOfEach<S, T>(step: string, definitions: Facts<S>, memo: Memo, make: (definition: S) => T): Facts<T> {
  return eachMade<S, T>(definitions, { step, memo, make: (_name, own, before) => alike(before, make(own)) });
}

export function gistOf(analysis: Omit<Analysis, "findings">, memo: Memo): Gist {
  return {
    ...analysis,
    datasets: gistOfEach("gist of datasets", analysis.datasets, memo, ofDataset),
    groups: gistOfEach("gist of groups", analysis.groups, memo, ofGroup),
  };
}

/** Of a gist, who reads what, and when: without columns. */
export function timesOf(gist: Gist, memo: Memo): Gist {
  return {
    ...gist,
    datasets: gistOfEach("times of datasets", gist.datasets, memo, withoutColumns),
    models: gistOfEach("times of models", gist.models, memo, withoutValues),
  };
}

function withoutValues(facts: ModelFacts): ModelFacts {
  return { ...facts, inputs: [], request: [], metrics: [], gate: [] };
}

function withoutColumns(facts: DatasetFacts): DatasetFacts {
  if (facts.kind === "source") return { ...facts, columns: [], checks: [] };
  const { sparkSql: _sparkSql, open: _open, ...rest } = facts;
  return { ...rest, columns: [], masks: [] };
}

/** Who reads whom, as far as groups, models and deployments say it: most edits of one leave this as it was. */
export interface Readers {
  readonly features: Facts<Pick<FeatureSpec, "entity" | "from">>;
  /** With the groups whose outputs it takes. */
  readonly models: Facts<Pick<ModelSpec, "observations"> & { readonly takes: readonly string[] }>;
  readonly deployments: Facts<Pick<DeploymentSpec, "model" | "rows">>;
  readonly groups: Facts<Pick<GroupFacts, "readsGroups">>;
}

export function readersOf(spec: ProjectSpec, groups: Facts<GroupFacts>, memo: Memo): Readers {
  const gist = <S, T>(section: string, definitions: Facts<S> | undefined, make: (definition: S) => T): Facts<T> =>
    gistOfEach(`readers in ${section}`, definitions ?? NONE, memo, make);
  return {
    features: gist("features", spec.features, ({ entity, from }) => ({ ...(entity === undefined ? {} : { entity }), ...(from === undefined ? {} : { from }) })), // prettier-ignore
    models: gist("models", spec.models, ({ observations, features }) => ({
      observations,
      takes: features.map(groupOf),
    })),
    deployments: gist("deployments", spec.deployments, ({ model, rows }) => ({ model, ...(rows === undefined ? {} : { rows }) })),
    groups: gist("groups", groups, ({ readsGroups }) => ({ readsGroups })),
  };
}

const NONE = {};

function ofDataset(facts: DatasetFacts): DatasetFacts {
  if (facts.kind === "source") return facts;
  const { sql: _sql, meaning: _meaning, columns, ...rest } = facts;
  return { ...rest, weak: [], columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable, from: [], indirect: [] })) };
}

function ofGroup(facts: GroupFacts): GroupGist {
  if (facts.kind === "windowed") {
    const { aggregates: _aggregates, tiles: _tiles, outputs: _outputs, derived: _derived, ...gist } = facts;
    return gist;
  }
  const { outputs: _outputs, derived: _derived, columns: _columns, ...gist } = facts;
  return gist;
}
