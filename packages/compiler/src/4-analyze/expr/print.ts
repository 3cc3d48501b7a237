import { printName } from "../types/name.js";
import { printDataType } from "../types/text.js";
import type { ColumnRef, Expr } from "./ast.js";

/** The text that a name has in the printed expression. */
export type Names = (ref: ColumnRef) => string;

// `a IS NULL` is a predicate: Spark compares it with nothing unless it stands in brackets.
const PRECEDENCE = { or: 1, and: 2, not: 3, predicate: 3.5, compare: 4, add: 6, multiply: 7, minus: 8, primary: 9 } as const;

/** As the expression was written, up to white space, brackets and spellings: reading it back gives the same tree. */
export function printSpark(expr: Expr, names: Names = sparkName): string {
  return print(expr, names).text;
}

/** Names as in an expression of the spec. */
export function sparkName(ref: ColumnRef): string {
  switch (ref.scope) {
    case "dataset":
      return printName(ref.name);
    case "output":
      return `${printName(ref.group)}.${printName(ref.name)}`;
    case "at":
      return "at";
    case "metric":
      return ref.of === "champion" ? `champion.${printName(ref.name)}` : printName(ref.name);
  }
}

interface Printed {
  readonly text: string;
  readonly precedence: number;
}

function print(expr: Expr, names: Names): Printed {
  const part = (inner: Expr, least: number): string => {
    const { text, precedence } = print(inner, names);
    return precedence < least ? `(${text})` : text;
  };
  const primary = (text: string): Printed => ({ text, precedence: PRECEDENCE.primary });
  switch (expr.node) {
    case "column":
      return primary(names(expr.ref));
    case "literal":
      return primary(literal(expr));
    case "unary": {
      if (expr.op === "not") return { text: `NOT ${part(expr.operand, PRECEDENCE.not)}`, precedence: PRECEDENCE.not };
      // `-1` is a literal and `--` a comment: neither may come about.
      const operand = part(expr.operand, PRECEDENCE.minus);
      return { text: /^[-\d.]/.test(operand) ? `-(${operand})` : `-${operand}`, precedence: PRECEDENCE.minus };
    }
    case "binary": {
      const precedence = precedenceOf(expr.op);
      return { text: `${part(expr.left, precedence)} ${expr.op.toUpperCase()} ${part(expr.right, precedence + 1)}`, precedence };
    }
    case "field":
      return primary(`${part(expr.operand, PRECEDENCE.primary)}.${printName(expr.name)}`);
    case "is_null":
      return { text: `${part(expr.operand, PRECEDENCE.compare)} IS ${expr.negated ? "NOT " : ""}NULL`, precedence: PRECEDENCE.predicate };
    case "case": {
      const branches = expr.branches.map(({ when, then }) => `WHEN ${part(when, 0)} THEN ${part(then, 0)}`);
      return primary(["CASE", ...branches, ...(expr.otherwise ? [`ELSE ${part(expr.otherwise, 0)}`] : []), "END"].join(" "));
    }
    case "call":
      if (expr.name === "like") return like(expr.args, part);
      return primary(`${expr.name}(${expr.args.map((arg) => part(arg, 0)).join(", ")})`);
    case "cast":
      return primary(`CAST(${part(expr.operand, 0)} AS ${printDataType(expr.type).toUpperCase()})`);
  }
}

function like([value, pattern]: readonly Expr[], part: (inner: Expr, least: number) => string): Printed {
  if (value === undefined || pattern === undefined) throw new Error("LIKE takes two values");
  return { text: `${part(value, PRECEDENCE.compare)} LIKE ${part(pattern, PRECEDENCE.compare)}`, precedence: PRECEDENCE.predicate };
}

function precedenceOf(op: Extract<Expr, { node: "binary" }>["op"]): number {
  if (op === "or" || op === "and") return PRECEDENCE[op];
  if (op === "+" || op === "-") return PRECEDENCE.add;
  return op === "*" || op === "/" || op === "%" ? PRECEDENCE.multiply : PRECEDENCE.compare;
}

function literal(expr: Extract<Expr, { node: "literal" }>): string {
  if (expr.value === null) return "NULL";
  if (typeof expr.value === "boolean") return expr.value ? "TRUE" : "FALSE";
  return typeof expr.value === "number" ? (expr.text ?? String(expr.value)) : sparkString(expr.value);
}

/** A string of any content as a literal of Spark SQL. */
export function sparkString(value: string): string {
  const escaped = value.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  // Control characters, and lone surrogates, which no file can hold.
  return `'${escaped.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}'`;
}
