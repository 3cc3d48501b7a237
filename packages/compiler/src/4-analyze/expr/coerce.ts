/** Spark 4.1's ANSI coercion, as far as the grammar goes. What Spark would take only by parsing a string at run time is no common type here. */
import type { DataType } from "../../data-type.js";
import { decimalFor, widerWithoutString } from "../../sql/coerce.js";
import { decimalResult, widerDecimal, type ArithmeticOp as SqlArithmeticOp } from "../../sql/decimals.js";
import { decimal, isIntegral, isNumeric, toDataType, type DecimalType } from "../../sql/types.js";
import type { BinaryOp, Expr } from "./ast.js";
import { isNull } from "./literal.js";

type ArithmeticOp = Exclude<SqlArithmeticOp, "div">;

export const DOUBLE: DataType = { kind: "double" };
export const BOOLEAN: DataType = { kind: "boolean" };

export function sameType(a: DataType, b: DataType): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An operand of a decimal operation: integer literals count with their own digits. */
export function asDecimalType(operand: Pick<Expr, "type"> & Partial<Expr>): DecimalType | undefined {
  const { type } = operand;
  if (type.kind === "decimal") return type;
  if (!isIntegral(type)) return undefined;
  if (operand.node === "literal" && typeof operand.value === "number") return decimal(String(Math.abs(operand.value)).length, 0);
  return decimalFor(type);
}

/** The type that holds both: of a comparison, of the branches of CASE and coalesce. */
export function commonType(a: Pick<Expr, "type"> & Partial<Expr>, b: Pick<Expr, "type"> & Partial<Expr>): DataType | undefined {
  if (sameType(a.type, b.type)) return a.type;
  if (isNumeric(a.type) && isNumeric(b.type)) return numericType(a, b);
  return undefined;
}

/** One type for all branches; NULL literals take it. */
export function unify(parts: readonly Expr[]): { readonly type: DataType; readonly parts: readonly Expr[] } | undefined {
  const solid = parts.filter((part) => !isNull(part));
  let whole: DataType | undefined = solid[0]?.type;
  // Unlike in an operation, a literal counts as any other value of its type.
  for (const part of solid.slice(1)) whole = whole && commonType({ type: whole }, { type: part.type });
  if (whole === undefined) return undefined;
  const type = whole;
  return { type, parts: parts.map((part) => (isNull(part) ? { ...part, type } : part)) };
}

/** As in SQL, but for literals beside decimals. */
function numericType(a: Pick<Expr, "type"> & Partial<Expr>, b: Pick<Expr, "type"> & Partial<Expr>): DataType {
  const [left, right] = a.type.kind === "decimal" || b.type.kind === "decimal" ? [asDecimalType(a), asDecimalType(b)] : [];
  if (left !== undefined && right !== undefined) return widerDecimal(left, right);
  const wider = widerWithoutString(a.type, b.type);
  return (wider && toDataType(wider)) ?? DOUBLE;
}

/** What an arithmetic operation computes in (both operands), and its result; undefined where operands are not numbers. */
export function arithmetic(
  op: ArithmeticOp,
  a: Expr,
  b: Expr,
): { readonly operands: readonly [DataType, DataType]; readonly result: DataType } | undefined {
  if (!isNumeric(a.type) || !isNumeric(b.type)) return undefined;
  const both = (type: DataType): { operands: [DataType, DataType]; result: DataType } => ({ operands: [type, type], result: type });
  if (isIntegral(a.type) && isIntegral(b.type)) return both(op === "/" ? DOUBLE : numericType(a, b));
  const left = asDecimalType(a);
  const right = asDecimalType(b);
  if (left !== undefined && right !== undefined) return { operands: [left, right], result: decimalResult(op, left, right) };
  return both(a.type.kind === "float" && b.type.kind === "float" && op !== "/" ? { kind: "float" } : DOUBLE);
}

export function isArithmetic(op: BinaryOp): op is ArithmeticOp {
  return op === "+" || op === "-" || op === "*" || op === "/" || op === "%";
}
