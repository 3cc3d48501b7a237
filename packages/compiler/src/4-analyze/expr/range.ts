/** Which whole numbers a value can be: what the sums and products of an expression are held to. */
import type { DataType } from "../../data-type.js";
import { isIntegral } from "../../sql/types.js";
import type { BinaryOp, ColumnRef, Expr } from "./ast.js";

/** Both ends included. */
export interface Range {
  readonly least: bigint;
  readonly most: bigint;
}
/** What is known of a name beyond its type. */
export type RangeOf = (ref: ColumnRef) => Range | undefined;

/** No lake holds so many rows. A thousand counts of them can be added in a bigint. */
export const ROWS: Range = { least: 0n, most: 1n << 53n };

const BITS: Readonly<Record<string, bigint>> = { tinyint: 8n, smallint: 16n, int: 32n, bigint: 64n };

/** Undefined where the type is not one of whole numbers. */
export function limitsOf({ kind }: DataType): Range | undefined {
  const bits = BITS[kind];
  return bits === undefined ? undefined : { least: -(1n << (bits - 1n)), most: (1n << (bits - 1n)) - 1n };
}

/** Undefined where the type is not one of whole numbers. */
export function rangeOf(expr: Expr, names: RangeOf): Range | undefined {
  const limits = limitsOf(expr.type);
  if (limits === undefined) return undefined;
  const found = own(expr, names);
  if (found === undefined) return limits;
  return { least: max(found.least, limits.least), most: min(found.most, limits.most) };
}

/** What comes out of an operation before it has to fit its type. */
export function exactRange(op: BinaryOp, left: Range, right: Range): Range | undefined {
  switch (op) {
    case "+":
      return { least: left.least + right.least, most: left.most + right.most };
    case "-":
      return { least: left.least - right.most, most: left.most - right.least };
    case "*":
      return spanOf([left.least * right.least, left.least * right.most, left.most * right.least, left.most * right.most]);
    case "%": {
      const size = min(largest(left), max(largest(right) - 1n, 0n));
      return { least: left.least < 0n ? -size : 0n, most: left.most > 0n ? size : 0n };
    }
    default:
      return undefined;
  }
}

const OPERATIONS: Readonly<Record<string, BinaryOp>> = { try_add: "+", try_subtract: "-", try_multiply: "*" };

function own(expr: Expr, names: RangeOf): Range | undefined {
  const of = (part: Expr): Range | undefined => rangeOf(part, names);
  switch (expr.node) {
    case "column":
      return names(expr.ref);
    case "literal":
      return typeof expr.value === "number" ? only(BigInt(expr.text ?? expr.value)) : undefined;
    case "unary": {
      const range = of(expr.operand);
      return range && { least: -range.most, most: -range.least };
    }
    case "binary":
      return computed(expr.op, of(expr.left), of(expr.right));
    case "case":
      return union([...expr.branches.map(({ then }) => then), ...(expr.otherwise === undefined ? [] : [expr.otherwise])].map(of));
    case "cast":
      return isIntegral(expr.operand.type) ? of(expr.operand) : undefined;
    case "call":
      return ofCall(expr, of);
    case "field":
    case "is_null":
      return undefined;
  }
}

function ofCall({ name, args }: Extract<Expr, { node: "call" }>, of: (part: Expr) => Range | undefined): Range | undefined {
  const [first, second] = args;
  if (name === "hour") return { least: 0n, most: 23n };
  if (name === "dayofweek") return { least: 1n, most: 7n };
  if (name === "coalesce") return union(args.map(of));
  if (name === "nullif") return first && of(first);
  if (name === "length") return LENGTH;
  if (name === "greatest" || name === "least") return union(args.map(of));
  if (name === "abs") return first && absolute(of(first));
  if (name === "floor" || name === "ceil" || name === "round") return first && isIntegral(first.type) ? of(first) : undefined;
  const op = OPERATIONS[name];
  return op && first && second && computed(op, of(first), of(second));
}

/** A virtual machine of Java has no longer text. */
const LENGTH: Range = { least: 0n, most: (1n << 31n) - 16n };

function absolute(range: Range | undefined): Range | undefined {
  if (range === undefined || range.least >= 0n) return range;
  return range.most <= 0n ? { least: -range.most, most: -range.least } : { least: 0n, most: largest(range) };
}

function computed(op: BinaryOp, left: Range | undefined, right: Range | undefined): Range | undefined {
  return left && right && exactRange(op, left, right);
}

function union(ranges: readonly (Range | undefined)[]): Range | undefined {
  const known = ranges.filter((range) => range !== undefined);
  return known.length < ranges.length || known.length === 0 ? undefined : spanOf(known.flatMap(({ least, most }) => [least, most]));
}

const only = (value: bigint): Range => ({ least: value, most: value });
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const size = (value: bigint): bigint => (value < 0n ? -value : value);
const largest = ({ least, most }: Range): bigint => max(size(least), size(most));
const spanOf = (values: readonly bigint[]): Range => ({ least: values.reduce(min), most: values.reduce(max) });
