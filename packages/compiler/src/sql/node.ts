/** What a node of the tree is, for walks over the whole of it that look at a few kinds only. */
import type { CallExpr, ColumnRef, Query } from "./ast.js";

export function isQuery(node: object): node is Query {
  return "ctes" in node && "body" in node;
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
