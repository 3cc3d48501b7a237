/**
 * The gist of facts: what others go by of a dataset or a group, without what it is computed from. Most edits leave it as it was, and then rules
 * over the whole project that go by it need not look again.
 */
import { eachMade } from "../changed.js";
import { alike, type Memo } from "../memo.js";
import type { Analysis, DatasetFacts, Facts, GroupFacts } from "./analysis.js";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A group, but for what it computes. */
export type GroupGist = Without<GroupFacts, "aggregates" | "tiles" | "columns" | "outputs" | "derived" | "deletedWhen">;

/** An analysis, as far as such rules look. The columns of transforms have no lineage and no places there. */
export type Gist = Omit<Analysis, "findings" | "groups"> & { readonly groups: Facts<GroupGist> };

export function gistOf(analysis: Omit<Analysis, "findings">, memo: Memo): Gist {
  return {
    ...analysis,
    datasets: eachMade<DatasetFacts, DatasetFacts>(analysis.datasets, {
      step: "gist of datasets",
      memo,
      make: (_name, facts, before) => alike(before, ofDataset(facts)),
    }),
    groups: eachMade<GroupFacts, GroupGist>(analysis.groups, {
      step: "gist of groups",
      memo,
      make: (_name, facts, before) => alike(before, ofGroup(facts)),
    }),
  };
}

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
