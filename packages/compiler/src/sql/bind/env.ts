/** What an expression is bound in: the columns that it may name, and where it stands. */
import { nearest } from "../../diagnostics/nearest.js";
import type { Span } from "../../text.js";
import type { Expr, Query, SelectItem, WindowRef } from "../ast.js";
import type { Ahead } from "../ahead.js";
import type { Lineage } from "../lineage.js";
import type { SqlNeed } from "../need.js";
import type { Unstable } from "../unstable.js";
import type { Attribute, Scope } from "../scope.js";
import { isWrongType, unknown, WRONG, type SqlType } from "../types.js";
import { bound, type Bound } from "./bound.js";
import type { SqlFinding, SqlHint } from "./finding.js";

export interface OutputColumn {
  /** Undefined where Spark makes up a name that we do not know. */
  readonly name: string | undefined;
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
  readonly lineage: Lineage;
  readonly span: Span;
  /** The name is one that Spark makes up for an expression. */
  readonly made?: true;
  /** The column of what it reads that it is: several of one id are one, whoever names them. */
  readonly id?: number | string;
}

export const identified = (id: number | string | undefined): Pick<OutputColumn, "id"> => (id === undefined ? {} : { id });

/** What a query gives: undefined columns where a table is read whose columns are not known. */
export interface Output {
  readonly columns: readonly OutputColumn[];
  /** There may be columns beside these. */
  readonly open: boolean;
  /** Columns with the times of its rows, where it takes rows of any time. */
  readonly anyTime?: readonly string[];
  /** All its rows are later than the row of the query around it. */
  readonly later?: readonly Ahead[];
}

export interface CatalogueColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}
export interface CatalogueTable {
  /** What lineage calls it. */
  readonly id: string;
  readonly name: string;
  /** Absent where they are not known. */
  readonly columns?: readonly CatalogueColumn[];
  /** It has columns beside these. */
  readonly open?: true;
  /** Columns that say when a row happened and when it became known, and those that tell what is one thing from another. */
  readonly times?: readonly string[];
  readonly key?: readonly string[];
}
/** By name in lower case. */
export type Catalogue = ReadonlyMap<string, CatalogueTable>;

/** One for a whole query. */
export interface Shared {
  readonly catalogue: Catalogue;
  readonly findings: SqlFinding[];
  readonly hints: SqlHint[];
  readonly needs: SqlNeed[];
  /** Values of clocks, and of the session, that only their types or the columns around them show to be such. */
  readonly unstable: Unstable[];
  readonly reads: Map<string, Span>;
  readonly inexact: Set<number>;
  readonly weak: WeakMask[];
  /** Columns of tables that hold times of rows, by lineage's names; and keys of tables. */
  readonly times: Set<string>;
  readonly keys: (readonly string[])[];
  /** What windows take together, by the columns of a place; as the SELECT that groups by them. */
  readonly partitions: Map<string, number>;
  nextId(): number;
  expression(expr: Expr, env: Env): Bound;
  query(query: Query, env: Env): Output;
  /** What stands before a pipe: its columns, with the tables that they come from. */
  piped(query: Query, env: Env): Scope;
  /** A query in an expression: what it gives, and the columns of the queries around it that it names. */
  subquery(query: Query, env: Env): { readonly output: Output; readonly outer: readonly Bound[] };
}

/** What looks as if it hid a value and does not, with the columns whose values it shows. */
export interface WeakMask {
  readonly what: string;
  readonly columns: readonly string[];
  readonly span: Span;
}

export interface CteEntry {
  readonly name: string;
  readonly output: Output;
}

export interface Env {
  readonly shared: Shared;
  readonly scope: Scope;
  /** Innermost first. */
  readonly ctes: readonly CteEntry[];
  /** The query around this one, and the columns of it that are named inside. */
  readonly outer?: Env;
  readonly outerUses?: Bound[];
  readonly variables: ReadonlyMap<string, Bound>;
  /** Earlier items of the same SELECT, and twice the same name is undefined. */
  readonly aliases?: ReadonlyMap<string, Bound | undefined>;
  readonly windows: ReadonlyMap<string, WindowRef>;
  /** Columns that are looked at before the scope: those of SELECT in HAVING and ORDER BY. */
  readonly first?: readonly Attribute[];
  readonly place: Place;
  readonly inside?: "aggregate" | "window";
  /** Keys of grouping expressions that a grouping set makes NULL. */
  readonly grouping?: ReadonlySet<string>;
  readonly items?: readonly SelectItem[];
}
/** Where aggregates, windows and generators may or may not stand. */
export type Place = "select" | "where" | "group-by" | "having" | "order-by" | "join" | "values" | "generator" | "limit" | "pivot";

// oxlint-disable-next-line max-params -- one call per mistake stays on one line at some ninety places.
export function report(
  env: Env,
  condition: string,
  span: Span,
  args: Readonly<Record<string, string>> = {},
  candidates: readonly string[] = [],
): void {
  const name = args["name"];
  const near = name === undefined ? undefined : nearest(name, candidates);
  env.shared.findings.push({ condition, args, span, ...(near === undefined ? {} : { nearest: near }) });
}

/** Something that is not modelled: said at its place, and no error. */
export function notKnown(env: Env, why: string, span: Span, children: readonly Bound[] = []): Bound {
  env.shared.hints.push({ why, span });
  return bound({ type: unknown(why), nullable: undefined, span, key: `?${env.shared.nextId()}`, children });
}

export const isWrong = ({ type }: Bound): boolean => isWrongType(type);

/** Stands where an error was reported, so that no other follows from it. */
export function wrong(env: Env, span: Span, children: readonly Bound[] = []): Bound {
  return bound({ type: WRONG, nullable: undefined, span, key: `?${env.shared.nextId()}`, children });
}

// oxlint-disable-next-line max-params -- one call per mistake stays on one line at some ninety places.
export function fail(
  env: Env,
  condition: string,
  span: Span,
  args: Readonly<Record<string, string>> = {},
  children: readonly Bound[] = [],
): Bound {
  report(env, condition, span, args);
  return wrong(env, span, children);
}

export function bindAll(exprs: readonly Expr[], env: Env): readonly Bound[] {
  return exprs.map((expr) => env.shared.expression(expr, env));
}
