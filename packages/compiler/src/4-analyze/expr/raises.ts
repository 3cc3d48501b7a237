import type { DataType } from "../../data-type.js";
import type { Expr } from "./ast.js";
import { isIntegral } from "../../sql/types.js";
import { isNonZero, isZero } from "./literal.js";
import { limitsOf, rangeOf, type RangeOf } from "./range.js";
import { digitsOf, heldOffZero, roundsTooFar } from "./scalars.js";
import { operandsOf } from "./walk.js";

/**
 * Why an expression can fail under ANSI on some row, or undefined: a divisor that may be zero, a cast that may not fit.
 * Sums and products that do not fit their types are made NULL (`fitting.ts`).
 */
export function whyRaises(
  expr: Expr,
  names: RangeOf = () => undefined,
): { readonly reason: "divides" | "casts"; readonly what: Expr } | undefined {
  if (expr.node === "binary" && (expr.op === "/" || expr.op === "%") && !neverZero(expr.right, names)) {
    return { reason: "divides", what: expr.right };
  }
  if (expr.node === "cast" && narrows(expr)) return { reason: "casts", what: expr.operand };
  const [rounded] = expr.node === "call" && expr.name === "round" ? expr.args : [];
  if (expr.node === "call" && rounded !== undefined && roundsTooFar(rounded, digitsOf(expr.args) ?? 0))
    return { reason: "casts", what: rounded };
  for (const part of operandsOf(expr)) {
    const found = whyRaises(part, names);
    if (found !== undefined) return found;
  }
  return undefined;
}

function neverZero(expr: Expr, names: RangeOf): boolean {
  if (isNonZero(expr)) return true;
  const range = rangeOf(expr, names);
  if (range !== undefined && (range.least > 0n || range.most < 0n)) return true;
  if (expr.node === "unary" && expr.op === "-") return neverZero(expr.operand, names);
  if (expr.node === "cast" && expr.type.kind === "double") return neverZero(expr.operand, names);
  if (expr.node !== "call") return false;
  const [, second] = expr.args;
  if (expr.name === "nullif") return second !== undefined && isZero(second);
  return heldOffZero(expr) || (expr.name === "coalesce" && expr.args.every((arg) => neverZero(arg, names)));
}

function holdsLiteral(type: DataType, value: string | number | boolean | null): boolean {
  if (typeof value !== "number") return true;
  const limits = limitsOf(type);
  if (limits !== undefined)
    return Number.isFinite(value) && BigInt(Math.trunc(value)) >= limits.least && BigInt(Math.trunc(value)) <= limits.most;
  return type.kind !== "decimal" || Math.abs(value) < 10 ** (type.precision - type.scale) * 0.99;
}

function narrows(expr: Extract<Expr, { node: "cast" }>): boolean {
  const [from, to] = [expr.operand.type, expr.type];
  if (to.kind === "string" || to.kind === "double" || from.kind === "string") return false;
  const order = ["tinyint", "smallint", "int", "bigint"];
  if (isIntegral(from) && isIntegral(to)) return order.indexOf(from.kind) > order.indexOf(to.kind);
  // What is rounded up may have a digit more.
  if (from.kind === "decimal" && to.kind === "decimal")
    return from.precision - from.scale + (to.scale < from.scale ? 1 : 0) > to.precision - to.scale;
  return expr.operand.node !== "literal" || !holdsLiteral(to, expr.operand.value);
}
