/** Which columns of tables a value comes from, in the terms of OpenLineage; and what it has to do with time. */
import { allAhead, choosing, momentOfAny, NOT_AHEAD, type Ahead, type Moment } from "./ahead.js";
import type { MaskName } from "./masks.js";

/** DIRECT: what a value is computed from. */
export type DirectKind = "identity" | "transformation" | "aggregation";
/** INDIRECT: what decides which value, which rows or their order. */
export type IndirectKind = "conditional" | "filter" | "join" | "group_by" | "sort" | "window";

/**
 * What takes something out of a value on its way. `counted`: only how many there are, or whether there is one, is told. `tested`: only what a
 * condition says of it. `chosen`: only that there is a row.
 */
export type Masking = "counted" | "tested" | "chosen" | MaskName;

export interface Lineage {
  /** By column (`table.column`). */
  readonly direct: ReadonlyMap<string, DirectKind>;
  readonly indirect: ReadonlyMap<string, ReadonlySet<IndirectKind>>;
  /** Those of `direct` that come in nowhere but through something that masks them (OpenLineage's `masking`), by what masks them least. */
  readonly masked: ReadonlyMap<string, Masking>;
  /** What conditions that choose the value or its row tell of columns, by what masks them least. */
  readonly told: ReadonlyMap<string, Masking>;
  /** What of it looks at rows of later times. */
  readonly ahead: readonly Ahead[];
  readonly moment?: Moment;
  /** Of a struct that a query puts together: what each of its fields is made from, by name in lower case. */
  readonly fields?: ReadonlyMap<string, Lineage>;
}

const NONE: ReadonlyMap<string, Masking> = new Map();
export const NOTHING: Lineage = { direct: new Map(), indirect: new Map(), masked: NONE, told: NONE, ahead: NOT_AHEAD };

const RANK: Readonly<Record<DirectKind, number>> = { identity: 0, transformation: 1, aggregation: 2 };

export function ofColumn(column: string): Lineage {
  return { direct: new Map([[column, "identity"]]), indirect: new Map(), masked: NONE, told: NONE, ahead: NOT_AHEAD };
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
  const time = least === "identity" ? momentOfAny(parts.map(({ moment }) => moment)) : undefined;
  return {
    direct,
    indirect,
    masked: maskedIn(parts),
    told: toldBy(parts.map(({ told }) => told)),
    ahead: allAhead(parts),
    ...(time === undefined ? {} : { moment: time }),
  };
}

/** How little is left, in steps: a part of the value, an answer, a name that only who has the key can make, nothing. */
const STRENGTH: Readonly<Record<Masking, number>> = {
  bucket: 0,
  truncate: 0,
  tested: 1,
  chosen: 2,
  tokenise: 3,
  keyed_hash: 3,
  counted: 4,
};

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
  if (lineage.direct.size === 0 && lineage.told.size === 0) return lineage;
  const told = new Map(
    [...lineage.told].map(([column, mask]) => [column, mostMasked(mask, by === "counted" ? undefined : by) ?? mask] as const),
  );
  const masks = [...lineage.direct.keys()].map((column) => [column, mostMasked(lineage.masked.get(column), by) ?? by] as const);
  const { fields: _fields, ...whole } = lineage;
  return { ...whole, masked: new Map(masks), told };
}

/** Of several, what tells most. */
function toldBy(parts: readonly ReadonlyMap<string, Masking>[]): ReadonlyMap<string, Masking> {
  const some = parts.filter(({ size }) => size > 0);
  if (some.length < 2) return some[0] ?? NONE;
  const told = new Map<string, Masking>();
  for (const part of some) for (const [column, mask] of part) told.set(column, leastMasked(told.get(column) ?? mask, mask) ?? mask);
  return told;
}

/** What a condition tells of what it is computed from; who chooses rows by whether there is a value tells of no value. */
function toldOf({ direct, masked: masks, told }: Lineage, by: "tested" | "chosen"): ReadonlyMap<string, Masking> {
  const all: (readonly [string, Masking | undefined])[] = [...direct.keys()].map((column) => [column, masks.get(column)]);
  const some = new Map<string, Masking>();
  for (const [column, mask] of [...all, ...told]) {
    const left = mostMasked(mask, by) ?? by;
    if (by === "chosen" && left !== "chosen") continue;
    some.set(column, leastMasked(some.get(column) ?? left, left) ?? left);
  }
  return some;
}

/** With what conditions tell, besides. */
export function telling(lineage: Lineage, by: readonly Lineage[], how: "tested" | "chosen" = "tested"): Lineage {
  const told = toldBy([lineage.told, ...by.map((part) => toldOf(part, how))]);
  return told === lineage.told ? lineage : { ...lineage, told };
}

/** With what is told by what is beside it in FROM, or cuts its rows. */
export function besides(lineage: Lineage, by: readonly Lineage[]): Lineage {
  const told = toldBy([lineage.told, ...by.map((part) => part.told)]);
  const ahead = allAhead([lineage, ...by]);
  return told === lineage.told && ahead === lineage.ahead ? lineage : { ...lineage, told, ahead };
}

function addAll(to: Map<string, ReadonlySet<IndirectKind>>, from: Lineage["indirect"]): void {
  for (const [column, kinds] of from) {
    const before = to.get(column);
    to.set(column, before === undefined ? kinds : new Set([...before, ...kinds]));
  }
}

/** Of several parts of a value put together, more is left than of each: it may be the whole. */
export function assembled(lineage: Lineage, parts: readonly Lineage[]): Lineage {
  const cut = (one: Lineage, column: string): boolean => ["truncate", "bucket"].includes(one.masked.get(column) ?? "");
  const masks = [...lineage.masked].filter(([column]) => parts.filter((part) => cut(part, column)).length < 2);
  return masks.length === lineage.masked.size ? lineage : { ...lineage, masked: new Map(masks) };
}

/** Columns whose values it has as they are, or changed in a way that can be undone. */
export function unmasked({ direct, masked: masks }: Lineage): readonly string[] {
  return [...direct.keys()].filter((column) => !masks.has(column));
}

/** Of one field of a struct, which others have no say in; what chose the struct, or its row, chose the field. */
export function ofField({ fields, indirect, told, ahead }: Lineage, name: string): Lineage | undefined {
  const field = fields?.get(name.toLowerCase());
  if (field === undefined) return undefined;
  const all = new Map(indirect);
  addAll(all, field.indirect);
  const { moment, ...rest } = field;
  // Of a struct of later rows, its times are later too.
  const time = ahead.length === 0 ? moment : undefined;
  return {
    ...rest,
    indirect: all,
    told: toldBy([field.told, told]),
    ahead: allAhead([field, { ahead }]),
    ...(time === undefined ? {} : { moment: time }),
  };
}

/** A struct of these fields. */
export function ofStruct(lineage: Lineage, fields: readonly (readonly [string, Lineage])[]): Lineage {
  return { ...lineage, fields: new Map(fields.map(([name, field]) => [name.toLowerCase(), field])) };
}

/** With influences that are of this kind, whatever they were where they come from. */
export function influenced(lineage: Lineage, by: readonly Lineage[], kind: IndirectKind): Lineage {
  if (by.every(({ direct, indirect, told, ahead }) => direct.size === 0 && indirect.size === 0 && told.size === 0 && ahead.length === 0))
    return lineage;
  const indirect = new Map(lineage.indirect);
  for (const part of by) {
    addAll(indirect, new Map([...part.direct.keys()].map((column) => [column, new Set([kind])])));
    addAll(indirect, part.indirect);
  }
  const influencing = { ...lineage, indirect, ahead: allAhead([lineage, ...aheadBy(by, kind)]) };
  if (kind === "conditional") return telling(influencing, by);
  return kind === "filter" ? telling(influencing, by, "chosen") : influencing;
}

/** Which rows are put together, and in which order, is not what a value is. */
function aheadBy(by: readonly Lineage[], kind: IndirectKind): readonly Pick<Lineage, "ahead">[] {
  if (kind === "conditional") return by;
  return kind === "filter" || kind === "join" ? [{ ahead: choosing(allAhead(by)) }] : [];
}
