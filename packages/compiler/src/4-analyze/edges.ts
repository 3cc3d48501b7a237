/** Who reads whom, with the place where it is said. */
import type { ProjectSpec } from "../spec.js";
import type { GroupFacts } from "./analysis.js";
import { atValue } from "./finding.js";
import type { Edge } from "./graph.js";

/** Reads of a transform's SQL, with their places. */
export type SqlReads = ReadonlyMap<string, readonly Edge[]>;

export function datasetId(spec: ProjectSpec, name: string): string {
  return spec.sources !== undefined && Object.hasOwn(spec.sources, name) ? `sources.${name}` : `transforms.${name}`;
}

export function edgesOf(spec: ProjectSpec, sql: SqlReads, groups: ReadonlyMap<string, GroupFacts>): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, readonly Edge[]>();
  const to = (id: string, ...path: (string | number)[]): Edge => ({ to: id, at: atValue(path) });
  for (const name of Object.keys(spec.entities ?? {})) edges.set(`entities.${name}`, []);
  for (const name of Object.keys(spec.sources ?? {})) edges.set(`sources.${name}`, []);
  for (const name of Object.keys(spec.transforms ?? {})) edges.set(`transforms.${name}`, sql.get(name) ?? []);
  for (const [name, feature] of Object.entries(spec.features ?? {})) {
    const path = ["features", name];
    edges.set(`features.${name}`, [
      ...(feature.entity === undefined ? [] : [to(`entities.${feature.entity}`, ...path, "entity")]),
      ...(feature.from === undefined ? [] : [to(datasetId(spec, feature.from), ...path, "from")]),
      // Groups may read each other's outputs in both directions: circles are those of derived values, and are found there.
      ...(groups.get(name)?.readsGroups ?? [])
        .map((group) => to(`features.${group}`, ...path, "derived"))
        .filter(({ to: id }) => !readsBack(id.slice("features.".length), name, groups)),
    ]);
  }
  for (const [name, model] of Object.entries(spec.models ?? {})) {
    const features = model.features.map((feature, i) => to(`features.${feature.split(".")[0]}`, "models", name, "features", i));
    edges.set(`models.${name}`, [to(datasetId(spec, model.observations), "models", name, "observations"), ...features]);
  }
  for (const [name, deployment] of Object.entries(spec.deployments ?? {})) {
    const rows = deployment.rows === undefined ? [] : [to(datasetId(spec, deployment.rows), "deployments", name, "rows")];
    edges.set(`deployments.${name}`, [to(`models.${deployment.model}`, "deployments", name, "model"), ...rows]);
  }
  return edges;
}

function readsBack(from: string, to: string, groups: ReadonlyMap<string, GroupFacts>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(groups.get(name)?.readsGroups ?? []));
  }
  return false;
}
