/** Who reads whom, with the place where it is said. */
import { alike, type Memo } from "../memo.js";
import type { FeatureSpec, ProjectSpec } from "../spec.js";
import type { GroupFacts } from "./analysis.js";
import { atValue } from "./finding.js";
import type { Readers } from "./gist.js";
import type { Edge } from "./graph.js";
import { groupOf } from "./id.js";

/** What transforms read, with the places where they say so. */
type SqlReads = ReadonlyMap<string, { readonly edges: readonly Edge[] }>;

export function datasetId(spec: ProjectSpec, name: string): string {
  return spec.sources !== undefined && Object.hasOwn(spec.sources, name) ? `sources.${name}` : `transforms.${name}`;
}

type Groups = Readonly<Record<string, Pick<GroupFacts, "readsGroups">>>;

/** The ids that each definition reads, each once. What is as it was is the same. */
export function readsOf(
  spec: ProjectSpec,
  { sql, readers, memo }: { readonly sql: ReadonlyMap<string, readonly string[]>; readonly readers: Readers; readonly memo: Memo },
): ReadonlyMap<string, readonly string[]> {
  return memo.carry("targets", (before: ReadonlyMap<string, readonly string[]> | undefined) => {
    const reads = new Map<string, readonly string[]>();
    const add = (id: string, list: readonly string[]): unknown => reads.set(id, alike(before?.get(id), [...new Set(list)]));
    for (const name of Object.keys(spec.entities ?? {})) reads.set(`entities.${name}`, NOTHING);
    for (const name of Object.keys(spec.sources ?? {})) reads.set(`sources.${name}`, NOTHING);
    for (const name of Object.keys(spec.transforms ?? {})) reads.set(`transforms.${name}`, sql.get(name) ?? NOTHING);
    const { features, models, deployments, groups } = readers;
    for (const [name, feature] of Object.entries(features))
      add(
        `features.${name}`,
        groupEdges(name, feature, { spec, groups }).map(([to]) => to),
      );
    for (const [name, model] of Object.entries(models))
      add(`models.${name}`, [datasetId(spec, model.observations), ...model.takes.map((group) => `features.${group}`)]);
    for (const [name, { model, rows }] of Object.entries(deployments))
      add(`deployments.${name}`, [`models.${model}`, ...(rows === undefined ? [] : [datasetId(spec, rows)])]);
    return reads;
  });
}

const NOTHING: readonly string[] = [];

/** What a feature group reads, and under which of its keys it says so. */
function groupEdges(
  name: string,
  { entity, from }: Pick<FeatureSpec, "entity" | "from">,
  { spec, groups }: { readonly spec: ProjectSpec; readonly groups: Groups },
): readonly (readonly [to: string, key: string])[] {
  return [
    ...(entity === undefined ? [] : [[`entities.${entity}`, "entity"] as const]),
    ...(from === undefined ? [] : [[datasetId(spec, from), "from"] as const]),
    // Groups may read each other's outputs in both directions: circles are those of derived values, and are found there.
    ...(groups[name]?.readsGroups ?? [])
      .filter((group) => !readsBack(group, name, groups))
      .map((group) => [`features.${group}`, "derived"] as const),
  ];
}

/** The same with the places: asked for where a circle has to be told. */
export function edgesOf(spec: ProjectSpec, sql: SqlReads, groups: Groups): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, readonly Edge[]>();
  const to = (id: string, ...path: (string | number)[]): Edge => ({ to: id, at: atValue(path) });
  for (const name of Object.keys(spec.entities ?? {})) edges.set(`entities.${name}`, []);
  for (const name of Object.keys(spec.sources ?? {})) edges.set(`sources.${name}`, []);
  for (const name of Object.keys(spec.transforms ?? {})) edges.set(`transforms.${name}`, sql.get(name)?.edges ?? []);
  for (const [name, feature] of Object.entries(spec.features ?? {}))
    edges.set(
      `features.${name}`,
      groupEdges(name, feature, { spec, groups }).map(([id, key]) => to(id, "features", name, key)),
    );
  for (const [name, model] of Object.entries(spec.models ?? {})) {
    const features = model.features.map((feature, i) => to(`features.${groupOf(feature)}`, "models", name, "features", i));
    edges.set(`models.${name}`, [to(datasetId(spec, model.observations), "models", name, "observations"), ...features]);
  }
  for (const [name, deployment] of Object.entries(spec.deployments ?? {})) {
    const rows = deployment.rows === undefined ? [] : [to(datasetId(spec, deployment.rows), "deployments", name, "rows")];
    edges.set(`deployments.${name}`, [to(`models.${deployment.model}`, "deployments", name, "model"), ...rows]);
  }
  return edges;
}

function readsBack(from: string, to: string, groups: Groups): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(groups[name]?.readsGroups ?? []));
  }
  return false;
}
