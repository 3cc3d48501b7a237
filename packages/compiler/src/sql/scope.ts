/** The columns that a place of a query can name, and how a name finds its column. */
import type { Lineage } from "./lineage.js";
import type { SqlType } from "./types.js";

export interface Attribute {
  /** Its own at each place where a table is read: `a.x` and `b.x` of a self join differ. */
  readonly id: number;
  readonly name: string;
  readonly qualifier: readonly string[];
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
  readonly lineage: Lineage;
}

export interface Scope {
  readonly attributes: readonly Attribute[];
  /** Found by qualifier only: the right side's columns of USING. */
  readonly hidden: readonly Attribute[];
  /** Has columns that we do not know: a name that is not found is none of our business. */
  readonly open: boolean;
}

export const EMPTY: Scope = { attributes: [], hidden: [], open: false };

export const same = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase();

export interface Match {
  readonly attribute: Attribute;
  /** Names after the column: fields of structs. */
  readonly rest: number;
}

/** All columns that a path may mean, by Spark's order: with a qualifier first, then without. */
export function matches(scope: Scope, path: readonly string[]): readonly Match[] {
  const [first, second] = path;
  if (first === undefined) return [];
  const all = [...scope.attributes, ...scope.hidden];
  // Deeper qualifiers win: `catalog.schema.table.column` before `table.column.field`.
  for (let length = Math.min(3, path.length - 1); length >= 2; length--) {
    const found = all.filter(({ qualifier, name }) => endsWith(qualifier, path.slice(0, length)) && same(name, path[length] ?? ""));
    if (found.length > 0) return found.map((attribute) => ({ attribute, rest: path.length - length - 1 }));
  }
  if (second !== undefined) {
    const found = all.filter(({ qualifier, name }) => same(qualifier.at(-1) ?? "", first) && same(name, second));
    if (found.length > 0) return found.map((attribute) => ({ attribute, rest: path.length - 2 }));
  }
  return scope.attributes.filter(({ name }) => same(name, first)).map((attribute) => ({ attribute, rest: path.length - 1 }));
}

function endsWith(qualifier: readonly string[], path: readonly string[]): boolean {
  return qualifier.length >= path.length && path.every((part, i) => same(part, qualifier[qualifier.length - path.length + i] ?? ""));
}

/** Columns of a qualifier: `t.*`. Spark puts those that only a qualifier finds first. */
export function qualified(scope: Scope, qualifier: readonly string[]): readonly Attribute[] {
  return [...scope.hidden, ...scope.attributes].filter((attribute) => endsWith(attribute.qualifier, qualifier));
}
