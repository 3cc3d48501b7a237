/** How the lineage of one column is put together: what a value is computed from, and what only decides. */
import { leastMasked, mostMasked, type DirectKind, type IndirectKind, type Masking } from "../sql/lineage.js";
import type { ColumnRef, Expr } from "./expr/ast.js";
import { operandsOf } from "./expr/walk.js";

/** What one column is made from, one step back. Sorted by column. */
export interface Made {
  readonly from: readonly DirectInput[];
  /** What conditions that choose its values or rows tell of columns; absent where there are none. */
  readonly told?: readonly ToldInput[];
  readonly indirect: readonly IndirectInput[];
}
export interface DirectInput {
  readonly column: string;
  readonly kind: DirectKind;
  /** What takes something out of its values: they are only `counted` (or asked for NULL), or go through a masking function. */
  readonly masked?: Masking;
}
export interface ToldInput {
  readonly column: string;
  readonly masked: Masking;
}
export interface IndirectInput {
  readonly column: string;
  readonly kinds: readonly IndirectKind[];
}

export interface Builder {
  direct(column: string, kind: DirectKind, masked?: Masking): Builder;
  indirect(columns: readonly string[], kind: IndirectKind): Builder;
  /** By a condition. */
  told(condition: Expr, reading: Reading, how: "tested" | "chosen"): Builder;
  /** By how many rows there are, of which this is a column. */
  counting(column: string): Builder;
  done(): Made;
}

const RANK: Readonly<Record<DirectKind, number>> = { identity: 0, transformation: 1, aggregation: 2 };
export const changedMost = (a: DirectKind, b: DirectKind): DirectKind => (RANK[a] > RANK[b] ? a : b);

export function builder(): Builder {
  const from = new Map<string, { readonly kind: DirectKind; readonly masked: Masking | undefined }>();
  const indirect = new Map<string, Set<IndirectKind>>();
  const told = new Map<string, Masking>();
  const self: Builder = {
    direct(column, kind, masked) {
      const before = from.get(column) ?? { kind, masked };
      from.set(column, { kind: changedMost(kind, before.kind), masked: leastMasked(masked, before.masked) });
      return self;
    },
    indirect(columns, kind) {
      for (const column of columns) indirect.set(column, (indirect.get(column) ?? new Set()).add(kind));
      return self;
    },
    told(condition, reading, how) {
      const { from: tested, told: before = [] } = ofExpression(condition, reading, "identity", builder()).done();
      for (const { column, masked } of [...tested, ...before]) {
        const left = mostMasked(masked, how) ?? how;
        if (how === "tested" || left === how) told.set(column, leastMasked(told.get(column) ?? left, left) ?? left);
      }
      return self;
    },
    counting(column) {
      told.set(column, "chosen");
      return self;
    },
    done: () => ({
      from: sorted(from).map(([column, { kind, masked }]) => ({ column, kind, ...(masked === undefined ? {} : { masked }) })),
      ...(told.size === 0 ? {} : { told: sorted(told).map(([column, masked]) => ({ column, masked })) }),
      indirect: sorted(indirect).map(([column, kinds]) => ({ column, kinds: [...kinds].sort() })),
    }),
  };
  return self;
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

export type IdOf = (ref: ColumnRef) => string | undefined;

/** Ids of the names in an expression; `at` and metrics have none. */
export function columnIdIn(dataset: string): IdOf {
  return (ref) => {
    if (ref.scope === "output") return `features.${ref.group}.${ref.name}`;
    return ref.scope === "dataset" ? `${dataset}.${ref.name}` : undefined;
  };
}

interface Reading {
  readonly idOf: IdOf;
  /** What it stands in that masks it. */
  readonly masked?: Masking;
}

/** What an expression is computed from, changed at least as much as `least` says; conditions of a CASE only decide. */
export function ofExpression(expr: Expr, reading: Reading, least: DirectKind, made: Builder): Builder {
  const { idOf, masked } = reading;
  if (expr.node === "column") {
    const id = idOf(expr.ref);
    return id === undefined ? made : made.direct(id, least, masked);
  }
  const within = changedMost(least, "transformation");
  if (expr.node === "case") {
    for (const { when, then } of expr.branches) {
      made.told(when, { idOf }, "tested").indirect(idsIn(when, idOf), "conditional");
      ofExpression(then, reading, within, made);
    }
    return expr.otherwise === undefined ? made : ofExpression(expr.otherwise, reading, within, made);
  }
  const inside: Reading = expr.node === "is_null" ? { idOf, masked: countedAs(expr.operand) } : reading;
  for (const operand of operandsOf(expr)) ofExpression(operand, inside, within, made);
  return made;
}

/** How many values there are tells no value of a column as it is, but may tell all of what is computed. */
export function countedAs({ node }: Expr): Masking {
  return node === "column" ? "counted" : "tested";
}

export function idsIn(expr: Expr, idOf: IdOf): readonly string[] {
  if (expr.node !== "column") return operandsOf(expr).flatMap((operand) => idsIn(operand, idOf));
  const id = idOf(expr.ref);
  return id === undefined ? [] : [id];
}
