/** Which tables a query reads, before any of them is known: names that are no WITH query in scope. */
import type { Span } from "../text.js";
import type { Ident, Query } from "./ast.js";
import { isQuery, isTable, nodesBelow } from "./node.js";

export interface TableUse {
  readonly path: readonly string[];
  readonly span: Span;
  /** WITH queries that the place could have named instead. */
  readonly ctes: readonly string[];
}

/** Where a query asks for an earlier version of a table, in the order of the text. */
export function versionsIn(query: Query): readonly Span[] {
  const versions = nodesBelow(query).flatMap((node) => (isVersioned(node) ? [node.version] : []));
  return versions.sort((a, b) => a.start - b.start);
}

function isVersioned(node: object): node is { readonly version: Span } {
  return "kind" in node && node.kind === "table-ref" && "version" in node && node.version !== undefined;
}

/** In the order of the text. */
export function tablesOf(query: Query): readonly TableUse[] {
  const found: TableUse[] = [];
  // Iterative: chains of operators are deep trees.
  const open: (readonly [node: unknown, ctes: readonly string[]])[] = [[query, []]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, ctes] = next;
    if (typeof node !== "object" || node === null) continue;
    if (isQuery(node)) open.push(...partsOf(node, ctes));
    else {
      if (isTable(node)) found.push(...useOf(node.name, ctes));
      for (const value of Object.values(node)) open.push([value, ctes]);
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** A WITH query sees those before it, and itself where it is recursive. */
function partsOf({ ctes: own, recursive, ...rest }: Query, outside: readonly string[]): readonly (readonly [unknown, readonly string[]])[] {
  let ctes = outside;
  const parts: (readonly [unknown, readonly string[]])[] = [];
  for (const { name, query } of own) {
    const inside = [...ctes, name.name];
    parts.push([query, recursive ? inside : ctes]);
    ctes = inside;
  }
  return [...parts, ...Object.values(rest).map((value): readonly [unknown, readonly string[]] => [value, ctes])];
}

function useOf(path: readonly Ident[], ctes: readonly string[]): readonly TableUse[] {
  const [first] = path;
  const last = path.at(-1);
  if (first === undefined || last === undefined) return [];
  const name = first.name.toLowerCase();
  if (path.length === 1 && ctes.some((cte) => cte.toLowerCase() === name)) return [];
  return [{ path: path.map((part) => part.name), span: { start: first.span.start, end: last.span.end }, ctes }];
}
