/** What a node of the tree is, for walks over the whole of it that look at a few kinds only. */
import type { CallExpr, ColumnRef, Ident, Query, Select } from "./ast.js";

export function isQuery(node: object): node is Query {
  return "ctes" in node && "body" in node;
}

export function isSelect(node: object): node is Select {
  return "kind" in node && node.kind === "select" && "windows" in node;
}

export function isCall(node: object): node is CallExpr {
  return "kind" in node && node.kind === "call" && "args" in node;
}

export function isColumn(node: object): node is ColumnRef {
  return "kind" in node && node.kind === "column" && "path" in node;
}

/** A table that is named, of the catalogue or a WITH query: in FROM, or by `TABLE name`. */
export function isTable(node: object): node is { readonly name: readonly Ident[] } {
  return "kind" in node && (node.kind === "table-ref" || node.kind === "table") && "name" in node && Array.isArray(node.name);
}

/** `count(*)` and `count(x)`: whichever columns a star stands for, it counts rows. */
export function isCount(node: CallExpr): boolean {
  return !node.distinct && lower(node.name.at(-1)) === "count";
}

/** A name in lower case; empty where there is none. */
export function lower(ident: Ident | undefined): string {
  return ident?.name.toLowerCase() ?? "";
}

/** The name of a function in lower case; empty where it is a path. */
export function functionName({ name }: CallExpr): string {
  return name.length === 1 ? (name[0]?.name.toLowerCase() ?? "") : "";
}

/** Every object of a tree. Iterative: chains of operators are deep trees. */
export function nodesBelow(root: object): readonly object[] {
  const found: object[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null) continue;
    found.push(node);
    open.push(...Object.values(node));
  }
  return found;
}
