/**
 * The tables without whose rows a query would have other rows: all that it reads in FROM but those on the optional side of an outer join,
 * whose absence leaves the row and makes columns NULL. What subqueries of WHERE decide is in the lineage of columns.
 */
import type { Body, Query, Relation } from "./ast.js";

type Ctes = ReadonlyMap<string, readonly string[]>;

/** Names in lower case, each once. */
export function rowTablesOf(query: Query): readonly string[] {
  return [...new Set(ofQuery(query, new Map()))];
}

function ofQuery({ ctes, recursive, body }: Query, outside: Ctes): readonly string[] {
  const known = new Map(outside);
  for (const { name, query } of ctes) {
    const own = name.name.toLowerCase();
    known.set(own, ofQuery(query, recursive ? new Map([...known, [own, []]]) : known));
  }
  return ofBody(body, known);
}

function ofBody(body: Body, ctes: Ctes): readonly string[] {
  switch (body.kind) {
    case "select":
      return body.from.flatMap((relation) => ofRelation(relation, ctes));
    case "set":
      return [...ofBody(body.left, ctes), ...ofBody(body.right, ctes)];
    case "table":
      return ofName(body.name, ctes);
    case "query":
      return ofQuery(body.query, ctes);
    case "values":
      return [];
  }
}

function ofRelation(relation: Relation, ctes: Ctes): readonly string[] {
  switch (relation.kind) {
    case "table-ref":
      return ofName(relation.name, ctes);
    case "derived":
      return ofQuery(relation.query, ctes);
    case "nested":
      return ofRelation(relation.relation, ctes);
    case "join": {
      const left = relation.type === "right" ? [] : ofRelation(relation.left, ctes);
      const right = relation.type === "left" ? [] : ofRelation(relation.right, ctes);
      return [...left, ...right];
    }
    case "pivot":
    case "unpivot":
      return ofRelation(relation.input, ctes);
    case "table-function":
      return [];
  }
}

function ofName(path: readonly { readonly name: string }[], ctes: Ctes): readonly string[] {
  const name = path.at(-1)?.name.toLowerCase() ?? "";
  return path.length === 1 ? (ctes.get(name) ?? [name]) : [name];
}
