/** What a node of the tree is, for walks over the whole of it that look at a few kinds only. */
import type { CallExpr, ColumnRef, Query, Select } from "./ast.js";

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
