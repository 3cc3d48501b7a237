/**
 * Expressions of the IR as calls of `expressions.py`. Spark's coercions become explicit casts here, so that no function has to guess
 * what it was given: what comes out is as NULL-safe and as exact as in Spark.
 */
import type { ColumnRef, DataType, Expr } from "@mlspec/compiler";
import { call, code, literal, type Py } from "../text/python.js";
import { BITS } from "./types.js";

/** How a name is reached where the code stands: printed code, such as `row["spend_1h"]`. */
export type ColumnCode = (ref: ColumnRef) => Py;

export interface PrintedExpression {
  readonly value: Py;
  /** Functions of `expressions.py` that the code calls; `Decimal` is of the module decimal. */
  readonly names: ReadonlySet<string>;
}

export function pythonExpression(expr: Expr, column: ColumnCode): PrintedExpression {
  const names = new Set<string>();
  return { value: printer(names, column)(expr), names };
}

type Print = (expr: Expr, wanted?: DataType) => Py;

function printer(names: Set<string>, column: ColumnCode): Print {
  const use = (name: string, args: readonly Py[]): Py => {
    names.add(name);
    return call(name, args);
  };
  const print: Print = (expr, wanted) => {
    if (wanted === undefined || sameKind(expr.type, wanted) || widens(expr.type, wanted)) return plain(expr);
    if (expr.node === "literal") return constant(expr, wanted, names);
    return cast(plain(expr), wanted, use);
  };
  const plain = (expr: Expr): Py => {
    switch (expr.node) {
      case "column":
        return column(expr.ref);
      case "literal":
        return constant(expr, expr.type, names);
      case "unary":
        return expr.op === "not"
          ? use("not_", [print(expr.operand)])
          : (negative(expr.operand, expr.type, names) ?? use("neg", [print(expr.operand)]));
      case "is_null":
        return use(expr.negated ? "is_not_null" : "is_null", [print(expr.operand)]);
      case "case":
        return caseExpression(expr, print, use);
      case "call":
        return functionCall(expr, print, use);
      case "cast":
        return print(expr.operand, expr.type);
      case "binary":
        return binary(expr, print, use);
    }
  };
  return print;
}

type Use = (name: string, args: readonly Py[]) => Py;

const ARITHMETIC: Readonly<Record<string, string>> = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod" };
const COMPARISON: Readonly<Record<string, string>> = { "=": "eq", "<>": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };

function binary(expr: Extract<Expr, { node: "binary" }>, print: Print, use: Use): Py {
  const { op, left, right, type } = expr;
  if (op === "and" || op === "or") return use(`${op}_`, [print(left), print(right)]);
  const comparison = COMPARISON[op];
  if (comparison !== undefined) return use(comparison, common(left, right, print));
  const function_ = ARITHMETIC[op] ?? op;
  if (isFloating(type)) return use(function_, [print(left, DOUBLE), print(right, DOUBLE)]);
  const exact = use(function_, [print(left), print(right)]);
  return cast(exact, type, use);
}

/** Both sides in the type that Spark compares them in. */
function common(left: Expr, right: Expr, print: Print): readonly Py[] {
  const wanted = isFloating(left.type) || isFloating(right.type) ? DOUBLE : undefined;
  if (left.type.kind === "timestamp" || right.type.kind === "timestamp") return [print(left, TIMESTAMP), print(right, TIMESTAMP)];
  return [print(left, wanted), print(right, wanted)];
}

function functionCall(expr: Extract<Expr, { node: "call" }>, print: Print, use: Use): Py {
  const [first, second] = expr.args;
  if (expr.name === "nullif" && first !== undefined && second !== undefined) {
    const value = use("nullif", common(first, second, print));
    // The two are compared as doubles then, but what comes out is the first.
    return isFloating(second.type) && !isFloating(first.type) ? cast(value, expr.type, use) : value;
  }
  const wanted = expr.name === "coalesce" ? expr.type : undefined;
  return use(
    expr.name,
    expr.args.map((arg) => print(arg, wanted)),
  );
}

function caseExpression(expr: Extract<Expr, { node: "case" }>, print: Print, use: Use): Py {
  const otherwise = expr.otherwise === undefined ? literal(null) : print(expr.otherwise, expr.type);
  const args = expr.branches.flatMap(({ when, then }) => [print(when), print(then, expr.type)]);
  return use("case", [...args, otherwise]);
}

/** A negative number as one literal. */
function negative(operand: Expr, type: DataType, names: Set<string>): Py | undefined {
  if (operand.node !== "literal" || typeof operand.value !== "number" || type.kind === "decimal") return undefined;
  const digits = operand.text === undefined ? {} : { text: `-${operand.text}` };
  return constant({ ...operand, value: -operand.value, ...digits }, type, names);
}

const DOUBLE: DataType = { kind: "double" };
const TIMESTAMP: DataType = { kind: "timestamp" };

function isFloating(type: DataType): boolean {
  return type.kind === "double" || type.kind === "float";
}

function sameKind(left: DataType, right: DataType): boolean {
  if (left.kind === "decimal" && right.kind === "decimal") return left.scale === right.scale && left.precision === right.precision;
  return left.kind === right.kind || (isFloating(left) && isFloating(right));
}

/** Python's integers are of any size. */
function widens(from: DataType, to: DataType): boolean {
  return (BITS[from.kind] ?? Infinity) <= (BITS[to.kind] ?? 0);
}

function cast(value: Py, type: DataType, use: Use): Py {
  const bits = BITS[type.kind];
  if (bits !== undefined) return use("as_integer", [value, literal(bits)]);
  switch (type.kind) {
    case "float":
    case "double":
      return use("as_double", [value]);
    case "decimal":
      return use("as_decimal", [value, literal(type.precision), literal(type.scale)]);
    case "timestamp":
      return use("as_timestamp", [value]);
    case "string":
      return use("as_string", [value]);
    default:
      return value;
  }
}

/** A literal in the wanted type: `0` that meets a double is `0.0`. */
function constant(expr: Extract<Expr, { node: "literal" }>, type: DataType, names: Set<string>): Py {
  const { value, text } = expr;
  if (value === null || typeof value === "boolean") return literal(value);
  if (isFloating(type)) return floating(Number(value));
  if (type.kind === "decimal") {
    names.add("Decimal");
    return call("Decimal", [literal(text ?? String(value))]);
  }
  if (type.kind === "date" || type.kind === "timestamp") {
    names.add(type.kind);
    return call(type.kind, [literal(String(value))]);
  }
  if (BITS[type.kind] !== undefined && text !== undefined && /^-?\d+$/.test(text)) return literal(BigInt(text));
  return literal(value);
}

function floating(value: number): Py {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? code(value.toFixed(1)) : literal(value);
}
