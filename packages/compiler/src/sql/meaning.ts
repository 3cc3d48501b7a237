/**
 * What a query means, without how it is written: its tree without places, comments, the case of names, and without the names of the tables
 * that it reads. Where its rows do not depend on what is selected, each column stands for itself, so that a change of one is no change of the
 * others: through CTEs and queries in FROM, down to the tables.
 */
import type { Query } from "./ast.js";
import { comparedIn, type Compared } from "./meaning-compared.js";
import { flatten, isOne } from "./meaning-flat.js";
import { part, type SqlPart, type SqlScope } from "./meaning-text.js";

export type { SqlPart } from "./meaning-text.js";

export interface SqlMeaning {
  /** Which rows there are. */
  readonly rows: SqlPart;
  /** Columns that are selected one by one, by name in lower case; absent where only the query as a whole has a meaning. */
  readonly columns?: readonly (readonly [name: string, part: SqlPart])[];
  /** Whether `*` passes columns on under their own names. */
  readonly star: boolean;
  /** What rows depend on, beside what column lineage says decides over them. */
  readonly compared: Compared;
}

export function sqlMeaning(query: Query, scope: SqlScope): SqlMeaning {
  const { body } = query;
  const star = body.kind === "select" && body.items.some(({ value }) => value.kind === "star");
  const compared = comparedIn(query, scope);
  const flat = flatten(query, scope);
  if (flat === undefined || body.kind !== "select") return { rows: part(query, scope), star, compared };
  const { items: _, ...frame } = body;
  const { ctes: __, ...rest } = query;
  const own = { ...rest, ctes: [], body: { ...frame, from: flat.from }, one: isOne(body) };
  return {
    rows: part(flat.rows.length === 0 ? own : [own, ...flat.rows], scope),
    columns: [...flat.columns].map(([name, values]) => [name, part(values, scope)]),
    star,
    compared,
  };
}
