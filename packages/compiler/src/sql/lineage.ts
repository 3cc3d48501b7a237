/** Which columns of tables a value comes from, in the terms of OpenLineage; and what it has to do with time. */
import { allAhead, choosing, NOT_AHEAD, type Ahead, type Moment } from "./ahead.js";
import type { MaskName } from "./masks.js";

/** DIRECT: what a value is computed from. */
export type DirectKind = "identity" | "transformation" | "aggregation";
/** INDIRECT: what decides which value, which rows or their order. */
export type IndirectKind = "conditional" | "filter" | "join" | "group_by" | "sort" | "window";

/** What takes something out of a value on its way. `counted`: only how many there are, or whether there is one, is told. */
export type Masking = "counted" | MaskName;

export interface Lineage {
  /** By column (`table.column`). */
  readonly direct: ReadonlyMap<string, DirectKind>;
  readonly indirect: ReadonlyMap<string, ReadonlySet<IndirectKind>>;
  /** Those of `direct` that come in nowhere but through something that masks them (OpenLineage's `masking`), by what masks them least. */
  readonly masked: ReadonlyMap<string, Masking>;
  /** What of it looks at rows of later times. */
  readonly ahead: readonly Ahead[];
  readonly moment?: Moment;
}

const NONE: ReadonlyMap<string, Masking> = new Map();
export const NOTHING: Lineage = { direct: new Map(), indirect: new Map(), masked: NONE, ahead: NOT_AHEAD };

const RANK: Readonly<Record<DirectKind, number>> = { identity: 0, transformation: 1, aggregation: 2 };

export function ofColumn(column: string): Lineage {
  return { direct: new Map([[column, "identity"]]), indirect: new Map(), masked: NONE, ahead: NOT_AHEAD };
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
  // Of several, such as the sides of a UNION, each row has the time of one.
  const isTime = least === "identity" && parts.every(({ moment }) => moment?.kind === "row");
  return { direct, indirect, masked: maskedIn(parts), ahead: allAhead(parts), ...(isTime ? { moment: { kind: "row" } } : {}) };
}

/** How little is left, in steps: a part of the value, a name that only who has the key can make, nothing. */
const STRENGTH: Readonly<Record<Masking, number>> = { bucket: 0, truncate: 0, tokenise: 1, keyed_hash: 1, counted: 2 };

/** Of two ways that a value takes to one place, the one that leaves more of it; undefined where one masks nothing. */
export function leastMasked(a: Masking | undefined, b: Masking | undefined): Masking | undefined {
  if (a === undefined || b === undefined) return undefined;
  return STRENGTH[b] < STRENGTH[a] ? b : a;
}

/** Of two masks that a value goes through, the one that leaves less of it; of equals, the latter. */
export function mostMasked(first: Masking | undefined, then: Masking | undefined): Masking | undefined {
  if (first === undefined || then === undefined) return first ?? then;
  return STRENGTH[first] > STRENGTH[then] ? first : then;
}

function maskedIn(parts: readonly Lineage[]): ReadonlyMap<string, Masking> {
  if (parts.every(({ masked }) => masked.size === 0)) return NONE;
  const least = new Map<string, Masking | undefined>();
  for (const { direct, masked } of parts)
    for (const column of direct.keys()) {
      const mask = masked.get(column);
      least.set(column, least.has(column) ? leastMasked(least.get(column), mask) : mask);
    }
  return new Map([...least].flatMap(([column, mask]) => (mask === undefined ? [] : [[column, mask]])));
}

/** Through something that masks it: a count of values, whether there is one, a keyed hash. */
export function masked(lineage: Lineage, by: Masking): Lineage {
  if (lineage.direct.size === 0) return lineage;
  const masks = [...lineage.direct.keys()].map((column) => [column, mostMasked(lineage.masked.get(column), by) ?? by] as const);
  return { ...lineage, masked: new Map(masks) };
}

function addAll(to: Map<string, ReadonlySet<IndirectKind>>, from: Lineage["indirect"]): void {
  for (const [column, kinds] of from) {
    const before = to.get(column);
    to.set(column, before === undefined ? kinds : new Set([...before, ...kinds]));
  }
}

/** With influences that are of this kind, whatever they were where they come from. */
export function influenced(lineage: Lineage, by: readonly Lineage[], kind: IndirectKind): Lineage {
  if (by.every(({ direct, indirect, ahead }) => direct.size === 0 && indirect.size === 0 && ahead.length === 0)) return lineage;
  const indirect = new Map(lineage.indirect);
  for (const part of by) {
    addAll(indirect, new Map([...part.direct.keys()].map((column) => [column, new Set([kind])])));
    addAll(indirect, part.indirect);
  }
  return { ...lineage, indirect, ahead: allAhead([lineage, ...aheadBy(by, kind)]) };
}

/** Which rows are put together, and in which order, is not what a value is. */
function aheadBy(by: readonly Lineage[], kind: IndirectKind): readonly Pick<Lineage, "ahead">[] {
  if (kind === "conditional") return by;
  return kind === "filter" || kind === "join" ? [{ ahead: choosing(allAhead(by)) }] : [];
}
