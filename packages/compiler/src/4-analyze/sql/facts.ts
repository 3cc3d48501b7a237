/** What a query reads and what its columns are called. Names only: types come from declared columns. */
import { nearest } from "../../diagnostics/nearest.js";
import type { SqlBody, SqlIdent, SqlItem, SqlQuery, SqlRelation } from "../../sql-port.js";
import type { Span } from "../../text.js";
import { sameName } from "../types/name.js";

export interface SqlTable {
  readonly id: string;
  readonly name: string;
  /** Absent where they are not known. */
  readonly columns?: readonly string[];
}

export interface SqlFacts {
  /** Ids in order of first use, with the place of this use. */
  readonly reads: readonly { readonly id: string; readonly span: Span }[];
  /** Columns in order; `name` is absent where Spark makes one up. Undefined where a `*` cannot be expanded. */
  readonly outputs?: readonly SqlOutput[];
  readonly unknown: readonly { readonly name: string; readonly nearest?: string; readonly span: Span }[];
}
export interface SqlOutput {
  readonly name?: string;
  readonly span: Span;
}

type Columns = readonly SqlOutput[] | undefined;
/** Names of CTEs in scope, innermost first. */
type Ctes = readonly { readonly name: string; readonly columns: Columns }[];

interface Walk {
  readonly tables: ReadonlyMap<string, SqlTable>;
  readonly reads: Map<string, Span>;
  readonly unknown: { name: string; nearest?: string; span: Span }[];
}

/** `tables` by name in lower case. */
export function sqlFacts(query: SqlQuery, tables: ReadonlyMap<string, SqlTable>): SqlFacts {
  const walk: Walk = { tables, reads: new Map(), unknown: [] };
  const outputs = queryColumns(query, [], walk);
  const reads = [...walk.reads].map(([id, span]) => ({ id, span })).sort((a, b) => a.span.start - b.span.start);
  return { reads, unknown: walk.unknown, ...(outputs === undefined ? {} : { outputs }) };
}

function queryColumns(query: SqlQuery, outer: Ctes, walk: Walk): Columns {
  let ctes = outer;
  for (const cte of query.ctes) {
    const own = renamed(undefined, cte.columns);
    const columns = queryColumns(cte.query, query.recursive ? [{ name: cte.name.name, columns: own }, ...ctes] : ctes, walk);
    ctes = [{ name: cte.name.name, columns: renamed(columns, cte.columns) }, ...ctes];
  }
  const columns = bodyColumns(query.body, ctes, walk);
  for (const inner of query.subqueries) queryColumns(inner, ctes, walk);
  return columns;
}

function bodyColumns(body: SqlBody, ctes: Ctes, walk: Walk): Columns {
  switch (body.kind) {
    case "query":
      return queryColumns(body.query, ctes, walk);
    case "values":
      for (const inner of body.subqueries) queryColumns(inner, ctes, walk);
      return Array.from({ length: body.width }, (_, i) => ({ name: `col${i + 1}`, span: { start: 0, end: 0 } }));
    case "set": {
      const left = bodyColumns(body.left, ctes, walk);
      bodyColumns(body.right, ctes, walk);
      return body.byName ? undefined : left;
    }
    case "select": {
      const from = body.from.map((relation) => ({ relation, columns: relationColumns(relation, ctes, walk) }));
      for (const inner of body.subqueries) queryColumns(inner, ctes, walk);
      return itemColumns(body.items, from, body.moreColumns);
    }
  }
}

interface Joined {
  readonly relation: SqlRelation;
  readonly columns: Columns;
}

function relationColumns(relation: SqlRelation, ctes: Ctes, walk: Walk): Columns {
  const { source } = relation;
  switch (source.kind) {
    case "query":
      return renamed(queryColumns(source.query, ctes, walk), relation.columns);
    case "joined":
      return starColumns(source.relations.map((inner) => ({ relation: inner, columns: relationColumns(inner, ctes, walk) })));
    case "function":
      for (const inner of source.subqueries) queryColumns(inner, ctes, walk);
      return renamed(
        source.name.length === 1 && sameName(source.name[0]?.name ?? "", "range")
          ? [{ name: "id", span: { start: 0, end: 0 } }]
          : undefined,
        relation.columns,
      );
    case "table":
      return renamed(tableColumns(source.name, ctes, walk), relation.columns);
  }
}

function tableColumns(path: readonly SqlIdent[], ctes: Ctes, walk: Walk): Columns {
  const [first] = path;
  const last = path.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const cte = path.length === 1 ? ctes.find(({ name }) => sameName(name, first.name)) : undefined;
  if (cte !== undefined) return cte.columns;
  const table = path.length === 1 ? walk.tables.get(first.name.toLowerCase()) : undefined;
  const span = { start: first.span.start, end: last.span.end };
  if (table === undefined) {
    const near =
      nearest(last.name, [...[...walk.tables.values()].map(({ name }) => name), ...ctes.map(({ name }) => name)]) ??
      (path.length > 1 ? walk.tables.get(last.name.toLowerCase())?.name : undefined);
    walk.unknown.push({ name: path.map(({ name }) => name).join("."), span, ...(near === undefined ? {} : { nearest: near }) });
    return undefined;
  }
  if (!walk.reads.has(table.id)) walk.reads.set(table.id, span);
  return table.columns?.map((name) => ({ name, span }));
}

/** `AS t (a, b)`. */
function renamed(columns: Columns, names: readonly SqlIdent[]): Columns {
  return names.length === 0 ? columns : names;
}

function itemColumns(items: readonly SqlItem[], from: readonly Joined[], moreColumns: boolean): Columns {
  const outputs: SqlOutput[] = [];
  for (const item of items) {
    if (item.kind === "expression") {
      outputs.push(item.name === undefined ? { span: item.span } : { name: item.name.name, span: item.name.span });
      continue;
    }
    const named = item.qualifier.at(-1);
    const columns =
      moreColumns || item.changed
        ? undefined
        : named === undefined
          ? starColumns(from)
          : from.find(({ relation }) => sameName(relationName(relation) ?? "", named.name))?.columns;
    if (columns === undefined) return undefined;
    const left = columns.filter(({ name }) => !item.except.some((except) => name !== undefined && sameName(except.name, name)));
    outputs.push(...left.map(({ name }) => ({ span: item.span, ...(name === undefined ? {} : { name }) })));
  }
  return outputs;
}

function relationName({ alias, source }: SqlRelation): string | undefined {
  return alias?.name ?? (source.kind === "table" ? source.name.at(-1)?.name : undefined);
}

/** All columns of a FROM: those of USING once, first. */
function starColumns(from: readonly Joined[]): Columns {
  let all: readonly SqlOutput[] = [];
  for (const { relation, columns } of from) {
    if (relation.hidden) continue;
    if (columns === undefined || relation.natural) return undefined;
    const isUsed = ({ name }: SqlOutput): boolean => relation.using.some((using) => name !== undefined && sameName(using.name, name));
    all =
      relation.using.length === 0
        ? [...all, ...columns]
        : [...all.filter(isUsed), ...all.filter((column) => !isUsed(column)), ...columns.filter((column) => !isUsed(column))];
  }
  return all;
}
