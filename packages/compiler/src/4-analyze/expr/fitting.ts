/**
 * Derived values never fail: where the result of `+`, `-`, `*` or a decimal `/` may not fit its type, Spark's `try_` form of it is
 * computed, which is NULL then. Where it always fits, as of counts, the expression stays as it is written.
 */
import type { DataType } from "../../data-type.js";
import type { BinaryOp, Expr, FunctionName } from "./ast.js";
import { arithmetic, isArithmetic } from "./coerce.js";
import { exactRange, limitsOf, rangeOf, type RangeOf } from "./range.js";
import { isScalar, scalarNullable } from "./scalars.js";

export interface Fitting {
  readonly expr: Expr;
  /** Operations whose results never fit. */
  readonly never: readonly Expr[];
}

type Binary = Extract<Expr, { node: "binary" }>;

export function fitting(expr: Expr, names: RangeOf): Fitting {
  const never: Expr[] = [];
  return { expr: fitted(expr, { names, never }), never };
}

interface Context {
  readonly names: RangeOf;
  readonly never: Expr[];
}

function fitted(expr: Expr, context: Context): Expr {
  const inner = (part: Expr): Expr => fitted(part, context);
  switch (expr.node) {
    case "column":
    case "literal":
      return expr;
    case "unary": {
      const operand = inner(expr.operand);
      const same: Expr = { ...expr, operand, nullable: operand.nullable };
      return expr.op === "-" && negates(operand, context) ? subtracted(same, operand) : same;
    }
    case "field":
    case "is_null":
      return { ...expr, operand: inner(expr.operand) };
    case "cast": {
      const operand = inner(expr.operand);
      return { ...expr, operand, nullable: operand.nullable };
    }
    case "binary":
      return operation(expr, inner(expr.left), inner(expr.right), context);
    case "case": {
      const branches = expr.branches.map(({ when, then }) => ({ when: inner(when), then: inner(then) }));
      const otherwise = expr.otherwise && inner(expr.otherwise);
      const nullable = otherwise === undefined || otherwise.nullable || branches.some(({ then }) => then.nullable);
      return { ...expr, branches, ...(otherwise && { otherwise }), nullable };
    }
    case "call":
      return called(expr, expr.args.map(inner), context);
  }
}

function called(expr: Extract<Expr, { node: "call" }>, args: readonly Expr[], context: Context): Expr {
  const { name } = expr;
  if (isScalar(name)) {
    const fit = name === "abs" ? args.map((arg) => (negates(arg, context) ? withoutLeast(arg) : arg)) : args;
    return { ...expr, args: fit, nullable: scalarNullable(name, fit) };
  }
  if (name === "coalesce") return { ...expr, args, nullable: args.every((arg) => arg.nullable) };
  const follows = name === "hour" || name === "dayofweek";
  return { ...expr, args, nullable: follows ? args.some((arg) => arg.nullable) : true };
}

/** NULL in place of the number whose opposite its type does not have. */
function withoutLeast(arg: Expr): Expr {
  const least = limitsOf(arg.type)?.least ?? 0n;
  const type: DataType = arg.type.kind === "bigint" ? arg.type : { kind: "int" };
  const number: Expr = { node: "literal", value: Number(least), text: String(least), type, nullable: false };
  return { node: "call", name: "nullif", args: [arg, number], type: arg.type, nullable: true };
}

const TRIED: Readonly<Partial<Record<BinaryOp, FunctionName>>> = { "+": "try_add", "-": "try_subtract", "*": "try_multiply", "/": "try_divide" }; // prettier-ignore

// oxlint-disable-next-line max-params -- an operation has two sides.
function operation(expr: Binary, left: Expr, right: Expr, context: Context): Expr {
  const same: Binary = { ...expr, left, right, nullable: left.nullable || right.nullable };
  const name = TRIED[expr.op];
  if (name === undefined || !overflows(same, context)) return same;
  return { node: "call", name, args: [left, right], type: expr.type, nullable: true };
}

function overflows(expr: Binary, { names, never }: Context): boolean {
  const { op, left, right, type } = expr;
  if (type.kind === "decimal") return isArithmetic(op) && losesDigits(op, left, right, type);
  const limits = limitsOf(type);
  if (limits === undefined) return false;
  const [a, b] = [rangeOf(left, names), rangeOf(right, names)];
  const exact = a && b && exactRange(op, a, b);
  if (exact === undefined) return true;
  if (exact.least > limits.most || exact.most < limits.least) never.push(expr);
  return exact.least < limits.least || exact.most > limits.most;
}

type Arithmetic = Parameters<typeof arithmetic>[0];

/** Whether there are results with more digits before the point than the type has: one has at most 38 in all. */
// oxlint-disable-next-line max-params -- an operation has two sides.
function losesDigits(op: Arithmetic, left: Expr, right: Expr, type: DataType): boolean {
  const [a, b] = arithmetic(op, left, right)?.operands ?? [];
  if (type.kind !== "decimal" || a?.kind !== "decimal" || b?.kind !== "decimal") return false;
  const [first, second] = [a.precision - a.scale, b.precision - b.scale];
  const has = type.precision - type.scale;
  if (op === "+" || op === "-") return Math.max(first, second) + 1 > has;
  if (op === "*") return first + second + 1 > has;
  // What is rounded up may have a digit more.
  return op === "/" && first + b.scale + (a.scale - b.scale > type.scale ? 1 : 0) > has;
}

/** Of whole numbers, the least of a type is the only one whose negative does not fit. */
function negates(operand: Expr, { names }: Context): boolean {
  const limits = limitsOf(operand.type);
  return limits !== undefined && rangeOf(operand, names)?.least === limits.least;
}

function subtracted(expr: Expr, operand: Expr): Expr {
  const zero: Expr = { node: "literal", value: 0, type: { kind: "int" }, nullable: false };
  const isWide = operand.type.kind === "int" || operand.type.kind === "bigint";
  const from: Expr = isWide ? zero : { node: "cast", operand: zero, type: operand.type, nullable: false };
  return { node: "call", name: "try_subtract", args: [from, operand], type: expr.type, nullable: true };
}
