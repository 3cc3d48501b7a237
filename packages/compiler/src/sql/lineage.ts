/** Which columns of tables a value comes from, in the terms of OpenLineage. */

/** DIRECT: what a value is computed from. */
export type DirectKind = "identity" | "transformation" | "aggregation";
/** INDIRECT: what decides which value, which rows or their order. */
export type IndirectKind = "conditional" | "filter" | "join" | "group_by" | "sort" | "window";

export interface Lineage {
  /** By column (`table.column`). */
  readonly direct: ReadonlyMap<string, DirectKind>;
  readonly indirect: ReadonlyMap<string, ReadonlySet<IndirectKind>>;
  /** Those of `direct` that come in nowhere but through something that does not give their values away (OpenLineage's `masking`). */
  readonly masked: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
export const NOTHING: Lineage = { direct: new Map(), indirect: new Map(), masked: NONE };

const RANK: Readonly<Record<DirectKind, number>> = { identity: 0, transformation: 1, aggregation: 2 };

export function ofColumn(column: string): Lineage {
  return { direct: new Map([[column, "identity"]]), indirect: new Map(), masked: NONE };
}

/** What all of these are computed from, changed at least as much as `least` says. */
export function merged(parts: readonly Lineage[], least: DirectKind = "identity"): Lineage {
  const [only] = parts;
  if (only === undefined) return NOTHING;
  if (parts.length === 1 && least === "identity") return only;
  const direct = new Map<string, DirectKind>();
  const indirect = new Map<string, ReadonlySet<IndirectKind>>();
  for (const part of parts) {
    for (const [column, kind] of part.direct) {
      const before = direct.get(column) ?? least;
      direct.set(column, RANK[kind] > RANK[before] ? kind : before);
    }
    addAll(indirect, part.indirect);
  }
  return { direct, indirect, masked: maskedIn(parts) };
}

function maskedIn(parts: readonly Lineage[]): ReadonlySet<string> {
  if (parts.every(({ masked }) => masked.size === 0)) return NONE;
  const all = parts.flatMap(({ masked }) => [...masked]);
  return new Set(all.filter((column) => parts.every(({ direct, masked }) => !direct.has(column) || masked.has(column))));
}

/** What is not given away: a count of values, whether there is one, a keyed hash. */
export function masked(lineage: Lineage): Lineage {
  return lineage.direct.size === 0 ? lineage : { ...lineage, masked: new Set(lineage.direct.keys()) };
}

function addAll(to: Map<string, ReadonlySet<IndirectKind>>, from: Lineage["indirect"]): void {
  for (const [column, kinds] of from) {
    const before = to.get(column);
    to.set(column, before === undefined ? kinds : new Set([...before, ...kinds]));
  }
}

/** With influences that are of this kind, whatever they were where they come from. */
export function influenced(lineage: Lineage, by: readonly Lineage[], kind: IndirectKind): Lineage {
  if (by.every(({ direct, indirect }) => direct.size === 0 && indirect.size === 0)) return lineage;
  const indirect = new Map(lineage.indirect);
  for (const part of by) {
    addAll(indirect, new Map([...part.direct.keys()].map((column) => [column, new Set([kind])])));
    addAll(indirect, part.indirect);
  }
  return { ...lineage, indirect };
}
