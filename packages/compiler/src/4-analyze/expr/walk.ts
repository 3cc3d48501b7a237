import type { ColumnRef, Expr } from "./ast.js";

/** What an expression is made of, in the order in which it is written. */
export function operandsOf(expr: Expr): readonly Expr[] {
  switch (expr.node) {
    case "column":
    case "literal":
      return [];
    case "unary":
    case "field":
    case "is_null":
    case "cast":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "case":
      return [...expr.branches.flatMap(({ when, then }) => [when, then]), ...(expr.otherwise === undefined ? [] : [expr.otherwise])];
    case "call":
      return expr.args;
  }
}

/** Every name that is read, in order, as often as it is. */
export function refsOf(expr: Expr): readonly ColumnRef[] {
  return expr.node === "column" ? [expr.ref] : operandsOf(expr).flatMap(refsOf);
}

/** The feature groups whose outputs are read, in order of first use. */
export function groupsOf(expr: Expr): readonly string[] {
  return [...new Set(refsOf(expr).flatMap((ref) => (ref.scope === "output" ? [ref.group] : [])))];
}
