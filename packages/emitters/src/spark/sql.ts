/** Expressions of the IR as Spark SQL. Names are always quoted, and operands bracketed where they are operations themselves. */
import type { ColumnRef, DataType, Expr } from "@mlspec/compiler";

/** How a name is reached where the SQL stands. */
export type ColumnNames = (ref: ColumnRef) => string;

export function sqlExpression(expr: Expr, nameOf: ColumnNames): string {
  const inner = (operand: Expr): string => bracketed(operand, nameOf);
  switch (expr.node) {
    case "column":
      return quoted(nameOf(expr.ref));
    case "literal":
      return sqlLiteral(expr.value, expr.type, expr.text);
    case "unary":
      return expr.op === "not" ? `NOT ${inner(expr.operand)}` : `-${inner(expr.operand)}`;
    case "binary":
      return `${inner(expr.left)} ${expr.op.toUpperCase()} ${inner(expr.right)}`;
    case "is_null":
      return `${inner(expr.operand)} IS ${expr.negated ? "NOT " : ""}NULL`;
    case "case":
      return caseExpression(expr, nameOf);
    case "call":
      return `${expr.name}(${expr.args.map((arg) => sqlExpression(arg, nameOf)).join(", ")})`;
    case "cast":
      return `CAST(${sqlExpression(expr.operand, nameOf)} AS ${typeText(expr.type)})`;
  }
}

function bracketed(expr: Expr, nameOf: ColumnNames): string {
  const text = sqlExpression(expr, nameOf);
  const operation = expr.node === "binary" || expr.node === "unary" || expr.node === "is_null";
  const negative = expr.node === "literal" && text.startsWith("-");
  return operation || negative ? `(${text})` : text;
}

function caseExpression(expr: Extract<Expr, { node: "case" }>, nameOf: ColumnNames): string {
  const branches = expr.branches.map(({ when, then }) => `WHEN ${sqlExpression(when, nameOf)} THEN ${sqlExpression(then, nameOf)}`);
  const otherwise = expr.otherwise === undefined ? [] : [`ELSE ${sqlExpression(expr.otherwise, nameOf)}`];
  return ["CASE", ...branches, ...otherwise, "END"].join(" ");
}

function sqlLiteral(value: string | number | boolean | null, type: DataType, digits?: string): string {
  if (value === null) return "NULL";
  switch (type.kind) {
    case "boolean":
      return value === true ? "true" : "false";
    case "float":
    case "double":
      return `CAST(${digits ?? String(value)} AS ${type.kind.toUpperCase()})`;
    case "bigint":
      return `${digits ?? String(value)}L`;
    case "tinyint":
    case "smallint":
    case "int":
    case "decimal":
      return digits ?? String(value);
    case "date":
      return `DATE ${quotedString(String(value))}`;
    case "timestamp":
      return `TIMESTAMP ${quotedString(String(value))}`;
    default:
      return quotedString(String(value));
  }
}

/** Spark reads backslash escapes in string literals. */
function quotedString(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

export function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A type as Spark's DDL has it. */
export function typeText(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${typeText(type.element)}>`;
    case "map":
      return `map<${typeText(type.key)},${typeText(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${quoted(field.name)}:${typeText(field.type)}`).join(",")}>`;
    default:
      return type.kind;
  }
}
