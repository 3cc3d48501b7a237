/** What a query gives over the tables that it reads, as plain data: it is remembered by the query and these tables' columns. */
import type { Ahead, Moment } from "../../sql/ahead.js";
import type { Query } from "../../sql/ast.js";
import { bind, type BoundQuery } from "../../sql/bind/index.js";
import type { CatalogueTable } from "../../sql/bind/env.js";
import type { DirectKind, IndirectKind, Masking } from "../../sql/lineage.js";
import { masksIn, sparkText } from "../../sql/masks.js";
import { sqlMeaning, type SqlMeaning } from "../../sql/meaning.js";
import type { SqlType } from "../../sql/types.js";
import type { Span } from "../../text.js";

export interface BoundSql extends Omit<BoundQuery, "columns" | "inexact"> {
  readonly columns: readonly SqlColumn[];
  /** What it means, however it is written. */
  readonly meaning: SqlMeaning;
  /** The text in Spark's words, where it calls masking functions. */
  readonly spark?: string;
}
export interface SqlColumn {
  /** Absent where Spark makes up a name that we do not know. */
  readonly name?: string;
  readonly type: SqlType;
  /** Absent where it is not known. */
  readonly nullable?: boolean;
  readonly from: readonly { readonly column: string; readonly kind: DirectKind; readonly masked?: Masking }[];
  readonly told?: readonly { readonly column: string; readonly masked: Masking }[];
  readonly indirect: readonly { readonly column: string; readonly kinds: readonly IndirectKind[] }[];
  readonly span: Span;
  readonly made?: true;
  readonly ahead?: readonly Ahead[];
  readonly moment?: Moment;
}

export function bindSql(text: string, query: Query, tables: readonly CatalogueTable[]): BoundSql {
  const { inexact, ...found } = bind(query, new Map(tables.map((table) => [table.name.toLowerCase(), table])));
  const spark = masksIn(query).length === 0 ? undefined : sparkText(text, query, new Set(inexact));
  const lower = (columns: CatalogueTable["columns"] = []): ReadonlySet<string> => new Set(columns.map(({ name }) => name.toLowerCase()));
  const scope = {
    tables: tables.map(({ name }) => name.toLowerCase()),
    columnsOf: new Map(tables.map(({ name, columns }) => [name.toLowerCase(), lower(columns)])),
    columns: new Set(tables.flatMap(({ columns = [] }) => columns.map(({ name }) => name.toLowerCase()))),
  };
  return {
    ...found,
    meaning: sqlMeaning(query, scope),
    ...(spark === undefined ? {} : { spark }),
    // Tables that are not there were told when the text was read.
    findings: found.findings.filter(({ condition }) => condition !== "TABLE_OR_VIEW_NOT_FOUND"),
    columns: found.columns.map(({ name, nullable, ...column }) => ({
      ...(name === undefined ? {} : { name }),
      ...column,
      ...(nullable === undefined ? {} : { nullable }),
    })),
  };
}
