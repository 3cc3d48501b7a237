import type { ColumnRef, Expr } from "../4-analyze/expr/ast.js";

/** An expression without the types that follow from what it reads. */
export function expression(expr: Expr, ref: (ref: ColumnRef) => unknown): unknown {
  const inner = (operand: Expr): unknown => expression(operand, ref);
  switch (expr.node) {
    case "column":
      return ["column", ref(expr.ref)];
    case "literal":
      return ["literal", expr.type, expr.text ?? expr.value];
    case "unary":
      return [expr.op, inner(expr.operand)];
    case "binary":
      return [expr.op, inner(expr.left), inner(expr.right)];
    case "field":
      return ["field", inner(expr.operand), expr.name];
    case "is_null":
      return ["is_null", expr.negated, inner(expr.operand)];
    case "case":
      return ["case", expr.branches.map(({ when, then }) => [inner(when), inner(then)]), expr.otherwise && inner(expr.otherwise)];
    case "call":
      return [expr.name, expr.args.map(inner)];
    case "cast":
      return ["cast", expr.type, inner(expr.operand)];
  }
}
