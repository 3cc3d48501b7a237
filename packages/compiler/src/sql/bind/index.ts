/** A query and the tables that it may read → its columns with types, nullability and lineage, and what is wrong with it. */
import type { Span } from "../../text.js";
import type { Ahead, Moment } from "../ahead.js";
import type { Query } from "../ast.js";
import type { DirectKind, IndirectKind, Lineage, Masking } from "../lineage.js";
import { EMPTY } from "../scope.js";
import { distinctNeeds, type SqlNeed } from "../need.js";
import type { SqlType } from "../types.js";
import type { Unstable } from "../unstable.js";
import type { Bound } from "./bound.js";
import type { Catalogue, Env, Output, Shared, WeakMask } from "./env.js";
import { bindExpression } from "./expression.js";
import type { SqlFinding, SqlHint } from "./finding.js";
import { bindPiped, bindQuery } from "./query.js";

export interface BoundColumn {
  /** Undefined where Spark makes up a name that we do not know. */
  readonly name: string | undefined;
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
  /** `masked`: what takes something out of its values. */
  readonly from: readonly { readonly column: string; readonly kind: DirectKind; readonly masked?: Masking }[];
  /** What conditions tell of columns. */
  readonly told?: readonly { readonly column: string; readonly masked: Masking }[];
  readonly indirect: readonly { readonly column: string; readonly kinds: readonly IndirectKind[] }[];
  readonly span: Span;
  /** The name is one that Spark makes up for an expression. */
  readonly made?: true;
  /** What of it looks at rows of later times; absent where nothing does. */
  readonly ahead?: readonly Ahead[];
  readonly moment?: Moment;
}

export interface BoundQuery {
  readonly columns: readonly BoundColumn[];
  /** There may be columns beside these: a table is read whose columns are not known. */
  readonly open: boolean;
  /** Ids of tables, by first use. */
  readonly reads: readonly { readonly id: string; readonly span: Span }[];
  readonly findings: readonly SqlFinding[];
  readonly hints: readonly SqlHint[];
  /** What its functions need of Spark. */
  readonly needs: readonly SqlNeed[];
  /** Values that are others each time, as far as the text alone does not show them. */
  readonly unstable: readonly Unstable[];
  /** Where calls of `mask.bucket` begin whose values are doubles. */
  readonly inexact: readonly number[];
  /** Hashes without a key, and masks that leave too much. */
  readonly weak: readonly WeakMask[];
}

export function bind(query: Query, catalogue: Catalogue): BoundQuery {
  const shared = newShared(catalogue);
  const env: Env = { shared, scope: EMPTY, ctes: [], variables: new Map(), windows: new Map(), place: "select" };
  const { columns, open } = shared.query(query, env);
  const byPlace = (a: { readonly span: Span }, b: { readonly span: Span }): number => a.span.start - b.span.start;
  return {
    columns: columns.map(({ name, type, nullable, lineage, span, made }) => ({
      name,
      type,
      nullable,
      from: [...lineage.direct].map(([column, kind]) => ({
        column,
        kind,
        ...maskOf(lineage, column),
      })),
      ...(lineage.told.size === 0 ? {} : { told: [...lineage.told].map(([column, masked]) => ({ column, masked })) }),
      indirect: [...lineage.indirect].map(([column, kinds]) => ({ column, kinds: [...kinds].sort() })),
      span,
      ...(made === undefined ? {} : { made }),
      ...(lineage.ahead.length === 0 ? {} : { ahead: lineage.ahead }),
      ...(lineage.moment === undefined ? {} : { moment: lineage.moment }),
    })),
    open,
    reads: [...shared.reads].map(([id, span]) => ({ id, span })).sort(byPlace),
    findings: distinct(shared.findings).sort(byPlace),
    hints: shared.hints.toSorted(byPlace),
    needs: distinctNeeds(shared.needs),
    unstable: [...new Map(shared.unstable.map((one) => [one.span.start, one])).values()].sort(byPlace),
    inexact: [...shared.inexact],
    weak: [...new Map(shared.weak.map((one) => [one.span.start, one])).values()].sort(byPlace),
  };
}

function maskOf({ masked }: Lineage, column: string): { readonly masked?: Masking } {
  const mask = masked.get(column);
  return mask === undefined ? {} : { masked: mask };
}

/** An item that GROUP BY names is bound twice. */
function distinct(findings: readonly SqlFinding[]): SqlFinding[] {
  return [...new Map(findings.map((one) => [`${one.condition}@${one.span.start}-${one.span.end}`, one])).values()];
}

function newShared(catalogue: Catalogue): Shared {
  let id = 0;
  return {
    catalogue,
    findings: [],
    hints: [],
    needs: [],
    unstable: [],
    reads: new Map(),
    inexact: new Set(),
    weak: [],
    times: new Set(),
    keys: [],
    partitions: new Map(),
    nextId: () => ++id,
    expression: bindExpression,
    query: bindQuery,
    piped: bindPiped,
    subquery(query: Query, env: Env) {
      const outerUses: Bound[] = [];
      // Names of the items around it, and where it stands there, are nothing to it.
      const { aliases: _aliases, first: _first, inside: _inside, grouping: _grouping, ...around } = env;
      const output: Output = bindQuery(query, { ...around, scope: EMPTY, outer: env, outerUses });
      return { output, outer: outerUses };
    },
  };
}

export type { Catalogue, CatalogueColumn } from "./env.js";
export type { SqlFinding, SqlHint } from "./finding.js";
