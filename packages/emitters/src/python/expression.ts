/**
 * Expressions of the IR as calls of `expressions.py`. Spark's coercions become explicit casts here, so that no function has to guess
 * what it was given: what comes out is as NULL-safe and as exact as in Spark.
 */
import { commonType, operandsOf, type ColumnRef, type DataType, type Expr } from "@mlspec/compiler";
import { call, code, later, literal, taking, type Py } from "../text/python.js";
import { cast, DOUBLE, isFloating, within, type Print, type Use } from "./casts.js";
import { scalarCall } from "./scalars.js";
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

function printer(names: Set<string>, column: ColumnCode): Print {
  const use = (name: string, args: readonly Py[]): Py => {
    names.add(name);
    return call(name, args);
  };
  const print: Print = (expr, wanted) => {
    if (wanted === undefined || sameKind(expr.type, wanted) || widens(expr.type, wanted)) return plain(expr);
    if (expr.node === "literal" && holds(wanted, expr)) return constant(expr, wanted, names);
    return cast(plain(expr), wanted, use);
  };
  const plain = (expr: Expr): Py => {
    switch (expr.node) {
      case "column":
        // A request can carry more digits than a float has.
        return expr.type.kind === "float" ? use("as_float", [column(expr.ref)]) : column(expr.ref);
      case "literal":
        return constant(expr, expr.type, names);
      case "unary":
        return expr.op === "not"
          ? use("not_", [print(expr.operand)])
          : (negative(expr.operand, expr.type, names) ?? within(expr.type, use("neg", [print(expr.operand)]), use));
      case "field":
        // What a service looks up or is asked has no structs: only expressions for Spark have such parts.
        throw new Error(`\`${expr.name}\` is a part of a struct, which Python is not given`);
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

const ARITHMETIC: Readonly<Record<string, string>> = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod" };
const COMPARISON: Readonly<Record<string, string>> = { "=": "eq", "<>": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };

function binary(expr: Extract<Expr, { node: "binary" }>, print: Print, use: Use): Py {
  const { op, left, right, type } = expr;
  if (op === "and" || op === "or") return use(`${op}_`, [print(left), lazy(right, print(right))]);
  const comparison = COMPARISON[op];
  if (comparison !== undefined) return use(comparison, common(left, right, print));
  const wanted = isFloating(type) ? DOUBLE : undefined;
  // Spark looks at a divisor first.
  const [first, then] = [print(left, wanted), print(right, wanted)];
  const operands = op === "/" || op === "%" ? [lazy(left, first), then] : [first, lazy(right, then)];
  const computed = use(ARITHMETIC[op] ?? op, operands);
  return type.kind === "double" ? computed : cast(computed, type, use);
}

/** Decimals compare as they are, unless 38 digits do not hold both: Spark rounds them then. */
function narrower(left: Expr, right: Expr): DataType | undefined {
  const type = commonType(left, right);
  return type?.kind === "decimal" && type.scale < Math.max(scaleOf(left.type), scaleOf(right.type)) ? type : undefined;
}

/** Spark computes an operand only once it is needed. That matters where it can overflow: such an operand is a function. */
function lazy(expr: Expr, value: Py): Py {
  return overflows(expr) ? later(value) : value;
}

function overflows(expr: Expr): boolean {
  const limited = !isFloating(expr.type);
  switch (expr.node) {
    case "binary":
      return (limited && ARITHMETIC[expr.op] !== undefined) || operandsOf(expr).some(overflows);
    case "unary":
      return (expr.op === "-" && BITS[expr.type.kind] !== undefined) || overflows(expr.operand);
    case "cast":
      return (limited && expr.type.kind !== "string" && expr.operand.node !== "literal") || overflows(expr.operand);
    default:
      return operandsOf(expr).some(overflows);
  }
}

/** Whether a literal is written in a type as it is: what has to be cut or rounded is cast. */
function holds(type: DataType, { type: from, value }: Extract<Expr, { node: "literal" }>): boolean {
  if (BITS[type.kind] !== undefined) return BITS[from.kind] !== undefined;
  return type.kind !== "decimal" || typeof value !== "number" || scaleOf(from) <= type.scale;
}

function scaleOf(type: DataType): number {
  if (type.kind === "decimal") return type.scale;
  return isFloating(type) ? Infinity : 0;
}

/** Both sides in the type that Spark compares them in. */
function common(left: Expr, right: Expr, print: Print): readonly Py[] {
  const wanted = isFloating(left.type) || isFloating(right.type) ? DOUBLE : narrower(left, right);
  if (left.type.kind === "timestamp" || right.type.kind === "timestamp")
    return [print(left, TIMESTAMP), lazy(right, print(right, TIMESTAMP))];
  return [print(left, wanted), lazy(right, print(right, wanted))];
}

const TRIED: Readonly<Record<string, string>> = { try_add: "add", try_subtract: "sub", try_multiply: "mul", try_divide: "div" };

/** What does not fit its type is NULL, and so is what is divided by zero. */
function tried(expr: Extract<Expr, { node: "call" }>, operation: string, print: Print, use: Use): Py {
  const { args, type } = expr;
  const wanted = isFloating(type) ? DOUBLE : undefined;
  const [left, right] = args.map((arg) => print(arg, wanted));
  if (left === undefined || right === undefined) throw new Error(`${expr.name} takes two values`);
  const divisor = operation === "div" ? use("nullif", [right, wanted === undefined ? literal(0) : floating(0)]) : right;
  const computed = use(operation, [left, divisor]);
  if (isFloating(type)) return type.kind === "double" ? computed : cast(computed, type, use);
  return use("fitting", [computed, taking("value", cast(code("value"), type, use))]);
}

function functionCall(expr: Extract<Expr, { node: "call" }>, print: Print, use: Use): Py {
  const scalar = scalarCall(expr, print, use);
  if (scalar !== undefined) return scalar;
  const [first, second] = expr.args;
  const operation = TRIED[expr.name];
  if (operation !== undefined) return tried(expr, operation, print, use);
  if (expr.name === "nullif" && first !== undefined && second !== undefined) {
    // Compared as doubles or rounded decimals, but what comes out is the first as it is.
    const rounded = narrower(first, second);
    if (rounded !== undefined || (isFloating(second.type) && !isFloating(first.type))) {
      const comparedAs = cast(code("value"), rounded ?? DOUBLE, use);
      return use("nullif", [
        print(first),
        lazy(second, print(second)),
        rounded === undefined ? code("as_double") : taking("value", comparedAs),
      ]);
    }
    return use("nullif", common(first, second, print));
  }
  const wanted = expr.name === "coalesce" ? expr.type : undefined;
  return use(
    expr.name,
    expr.args.map((arg, i) => (i === 0 ? print(arg, wanted) : lazy(arg, print(arg, wanted)))),
  );
}

function caseExpression(expr: Extract<Expr, { node: "case" }>, print: Print, use: Use): Py {
  const otherwise = expr.otherwise === undefined ? literal(null) : lazy(expr.otherwise, print(expr.otherwise, expr.type));
  const args = expr.branches.flatMap(({ when, then }) => [lazy(when, print(when)), lazy(then, print(then, expr.type))]);
  return use("case", [...args, otherwise]);
}

/** A negative number as one literal, but for 0: -0 would be a double. */
function negative(operand: Expr, type: DataType, names: Set<string>): Py | undefined {
  if (operand.node !== "literal" || typeof operand.value !== "number" || operand.value === 0 || type.kind === "decimal") return undefined;
  const digits = operand.text === undefined ? {} : { text: `-${operand.text}` };
  return constant({ ...operand, value: -operand.value, ...digits }, type, names);
}

const TIMESTAMP: DataType = { kind: "timestamp" };

function sameKind(left: DataType, right: DataType): boolean {
  if (left.kind === "decimal" && right.kind === "decimal") return left.scale === right.scale && left.precision === right.precision;
  return left.kind === right.kind || (isFloating(left) && isFloating(right));
}

/** Python's integers are of any size. */
function widens(from: DataType, to: DataType): boolean {
  return (BITS[from.kind] ?? Infinity) <= (BITS[to.kind] ?? 0);
}

/** A literal in the wanted type: `0` that meets a double is `0.0`. */
function constant(expr: Extract<Expr, { node: "literal" }>, type: DataType, names: Set<string>): Py {
  const { value, text } = expr;
  if (value === null) return literal(null);
  if (type.kind === "string") return literal(typeof value === "string" ? value : (text ?? String(value)));
  if (typeof value === "boolean") return isFloating(type) ? floating(Number(value)) : literal(value);
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
