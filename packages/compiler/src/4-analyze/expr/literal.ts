import type { Expr } from "./ast.js";
import { decimal } from "../../sql/types.js";

export type Literal = Extract<Expr, { readonly node: "literal" }>;

/** The literal with Spark's type for its digits; undefined where they are too many. */
export function numberLiteral(text: string): Literal | undefined {
  const base = { node: "literal", nullable: false, value: Number(text) } as const;
  if (/e/i.test(text)) return Number.isFinite(base.value) ? { ...base, type: { kind: "double" }, text } : undefined;
  if (/^-?\d+$/.test(text)) {
    const value = BigInt(text);
    if (BigInt.asIntN(32, value) === value) return { ...base, type: { kind: "int" } };
    // Above 2^53 the digits are the truth, not the number.
    if (BigInt.asIntN(64, value) === value) return { ...base, type: { kind: "bigint" }, text };
  }
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "").length;
  const precision = Math.max(digits, fraction.length, 1);
  return precision > 38 ? undefined : { ...base, type: decimal(precision, fraction.length), text };
}

export function isNull(expr: Expr): boolean {
  return expr.node === "literal" && expr.value === null;
}

/** Whether a literal of a number is certainly not zero. */
export function isNonZero(expr: Expr): boolean {
  if (expr.node === "literal") return typeof expr.value === "number" && expr.value !== 0;
  return (
    (expr.node === "unary" && expr.op === "-" && isNonZero(expr.operand)) ||
    (expr.node === "cast" && expr.type.kind === "double" && isNonZero(expr.operand))
  );
}
export function isZero(expr: Expr): boolean {
  return expr.node === "literal" && expr.value === 0;
}
