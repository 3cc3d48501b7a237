/** Values of feature groups as of the ends of intervals, which other feature stores read: what is computed and where it is kept. */
import type { LatestFacts, WindowedFacts } from "../4-analyze/analysis.js";
import { refsOf } from "../4-analyze/expr/walk.js";
import { canonical, sha256 } from "../hash.js";
import type { Output } from "../ir.js";
import type { LowerInput } from "./context.js";
import { meaningGraph, meaningHash } from "./meaning.js";

/** As of when values are, and when they were written: columns of the tables of values, by the names that such stores use. */
export const AS_OF = "event_timestamp";
export const WRITTEN_AT = "created_timestamp";

/** Groups of an entity, where a target asks for their values. */
export function valuedGroups({ analysis }: LowerInput): readonly (LatestFacts | WindowedFacts)[] {
  if (analysis.spec.targets.feast === undefined) return [];
  return Object.values(analysis.groups).filter((group) => group.kind !== "request");
}

/** The folders of intervals, which readers take for a column. */
const FOLDERS = "as_of";

/** Outputs that stand on the group alone, for rows of an entity have no request and no other entity; and whose name is not yet taken. */
export function ownOutputs(group: LatestFacts | WindowedFacts): readonly Output[] {
  const foreign = new Set<string>();
  // Derived outputs come after what they read.
  for (const { name, expr } of group.derived)
    if (refsOf(expr).some((ref) => ref.scope === "output" && (ref.group !== group.name || foreign.has(ref.name)))) foreign.add(name);
  const taken = new Set([...group.key, AS_OF, WRITTEN_AT, FOLDERS].map((name) => name.toLowerCase()));
  return group.outputs.filter(({ name }) => !foreign.has(name) && !taken.has(name.toLowerCase()));
}

/** Values of another definition are kept elsewhere: a table never mixes two. */
export function valuesVersion({ analysis, code }: LowerInput, group: LatestFacts | WindowedFacts): string {
  const graph = meaningGraph(analysis, code);
  const outputs = ownOutputs(group).map(({ name }) => [name, meaningHash(graph, `${group.id}.${name}`)]);
  return sha256(canonical(outputs)).slice(0, 8);
}
