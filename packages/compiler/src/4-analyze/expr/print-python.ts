/** Expressions as calls of the emitted module `expressions`, with Spark's coercions written out: no function there guesses types. */
import type { DataType } from "../../data-type.js";
import type { ColumnRef, Expr } from "./ast.js";
import { arithmetic, commonType, isArithmetic, isIntegral, sameType } from "./coerce.js";
import { isNull } from "./literal.js";

export interface PythonOptions {
  /** Text of a name: `row["card_profile__home_country"]`. */
  readonly names: (ref: ColumnRef) => string;
  /** Prints a string literal. */
  readonly string?: (value: string) => string;
  /** The type that the value is wanted in; its own by default. */
  readonly as?: DataType;
}

export interface PrintedPython {
  readonly text: string;
  /** Functions of `expressions`, and `Decimal`, that the text uses. Sorted. */
  readonly names: readonly string[];
}

interface Printer {
  readonly names: PythonOptions["names"];
  readonly string: (value: string) => string;
  readonly use: (name: string) => string;
}

export function printPython(expr: Expr, options: PythonOptions): PrintedPython {
  const used = new Set<string>();
  const use = (name: string): string => {
    used.add(name);
    return name;
  };
  const text = printAs(expr, options.as ?? expr.type, {
    names: options.names,
    string: options.string ?? ((value) => JSON.stringify(value)),
    use,
  });
  return { text, names: [...used].sort() };
}

function print(expr: Expr, printer: Printer): string {
  switch (expr.node) {
    case "column":
      return printer.names(expr.ref);
    case "literal":
      return literal(expr, expr.type, printer);
    case "unary":
      return apply(expr.op === "not" ? "not_" : "neg", [print(expr.operand, printer)], printer);
    case "binary":
      return binary(expr, printer);
    case "is_null":
      return apply(expr.negated ? "is_not_null" : "is_null", [print(expr.operand, printer)], printer);
    case "case":
      return caseWhen(expr, printer);
    case "call":
      return call(expr, printer);
    case "cast":
      return printCast(expr, printer);
  }
}

function apply(name: string, args: readonly string[], printer: Printer): string {
  return `${printer.use(name)}(${args.join(", ")})`;
}

/** The value in the type that Spark computes in. Only what changes the value in Python is written. */
function printAs(expr: Expr, type: DataType, printer: Printer): string {
  if (isNull(expr)) return "None";
  const from = expr.type;
  if (expr.node === "literal" && typeof expr.value === "number") return literal(expr, type, printer);
  if (sameType(from, type) || (isIntegral(from) && isIntegral(type))) return print(expr, printer);
  if (type.kind === "double") return from.kind === "float" ? print(expr, printer) : apply("as_double", [print(expr, printer)], printer);
  if (type.kind === "decimal" && !(from.kind === "decimal" && from.scale === type.scale)) {
    return apply("as_decimal", [print(expr, printer), String(type.precision), String(type.scale)], printer);
  }
  return print(expr, printer);
}

/** Numbers of literals are written in the wanted type at once. */
function literal(expr: Extract<Expr, { node: "literal" }>, type: DataType, printer: Printer): string {
  const { value } = expr;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return printer.string(value);
  const digits = expr.text ?? String(value);
  if (type.kind === "double" || type.kind === "float") return pythonFloat(value);
  if (type.kind !== "decimal") return digits;
  return `${printer.use("Decimal")}("${scaled(digits, type.scale)}")`;
}

export function pythonFloat(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function scaled(digits: string, scale: number): string {
  const [whole = "0", fraction = ""] = digits.split(".");
  const padded = fraction.padEnd(scale, "0");
  return `${whole === "" || whole === "-" ? `${whole}0` : whole}${padded === "" ? "" : `.${padded}`}`;
}

const ARITHMETIC = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod" } as const;
const COMPARISON = { "=": "eq", "<>": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" } as const;
const BITS = { tinyint: 8, smallint: 16, int: 32, bigint: 64 } as const;

function binary(expr: Extract<Expr, { node: "binary" }>, printer: Printer): string {
  const { op, left, right } = expr;
  if (op === "and" || op === "or")
    return apply(
      `${op}_`,
      flat(expr, op).map((part) => print(part, printer)),
      printer,
    );
  if (!isArithmetic(op)) {
    const common = commonType(left, right) ?? left.type;
    // Decimals of any scale compare as they are.
    const side = (part: Expr): string =>
      common.kind === "decimal" && part.type.kind === "decimal" ? print(part, printer) : printAs(part, common, printer);
    return apply(COMPARISON[op], [side(left), side(right)], printer);
  }
  const computed = arithmetic(op, left, right);
  if (computed === undefined) throw new Error(`${op} of ${left.type.kind} and ${right.type.kind} was not refused`);
  const sides = [printAs(left, computed.operands[0], printer), printAs(right, computed.operands[1], printer)];
  return wrapped(apply(ARITHMETIC[op], sides, printer), computed.result, printer);
}

function flat(expr: Expr, op: "and" | "or"): readonly Expr[] {
  return expr.node === "binary" && expr.op === op ? [...flat(expr.left, op), ...flat(expr.right, op)] : [expr];
}

/** A result of integers or decimals is put into its type, which may not hold it. */
function wrapped(text: string, type: DataType, printer: Printer): string {
  if (type.kind === "decimal") return apply("as_decimal", [text, String(type.precision), String(type.scale)], printer);
  return isIntegral(type) ? apply("as_integer", [text, String(BITS[type.kind as keyof typeof BITS])], printer) : text;
}

function caseWhen(expr: Extract<Expr, { node: "case" }>, printer: Printer): string {
  const otherwise = expr.otherwise === undefined ? "None" : printAs(expr.otherwise, expr.type, printer);
  const text = expr.branches.reduceRight(
    (rest, { when, then }) => `${printAs(then, expr.type, printer)} if ${apply("is_true", [print(when, printer)], printer)} else ${rest}`,
    otherwise,
  );
  return `(${text})`;
}

function call(expr: Extract<Expr, { node: "call" }>, printer: Printer): string {
  const common = expr.args.reduce<DataType | undefined>(
    (type, arg) => (isNull(arg) ? type : type === undefined ? arg.type : commonType({ type }, arg)),
    undefined,
  );
  const args = expr.args.map((arg) =>
    expr.name === "hour" || expr.name === "dayofweek"
      ? print(arg, printer)
      : printAs(arg, expr.name === "coalesce" ? expr.type : (common ?? arg.type), printer),
  );
  const text = apply(expr.name, args, printer);
  // nullif compares in the common type and gives its first value in its own.
  return expr.name === "nullif" && common !== undefined && !sameType(common, expr.type) && common.kind !== "decimal"
    ? wrapped(text, expr.type, printer)
    : text;
}

function printCast(expr: Extract<Expr, { node: "cast" }>, printer: Printer): string {
  const { operand, type } = expr;
  if (isNull(operand)) return "None";
  if (sameType(operand.type, type)) return print(operand, printer);
  const text = print(operand, printer);
  if (type.kind === "string") return apply("as_string", [text], printer);
  if (type.kind === "double") return operand.node === "literal" ? literal(operand, type, printer) : apply("as_double", [text], printer);
  return wrapped(text, type, printer);
}
