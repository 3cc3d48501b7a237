/** Constants and casts, and how Spark writes them. */
import type { CastExpr, LiteralExpr } from "../ast.js";
import { canCast, castNullable, tightest, widerWithoutString } from "../coerce.js";
import { isNested, isNumeric, printType, sameType, type SqlType } from "../types.js";
import { atMoment, momentAfter } from "./moment.js";
import { bound, sqlOf, type Bound } from "./bound.js";
import { fail, notKnown, type Env } from "./env.js";

export function bindLiteral(expr: LiteralExpr): Bound {
  const { type, value, span } = expr;
  const sql = literalSql(expr);
  const key = `${printType(type)}'${String(value)}'${sql === undefined ? span.start : ""}`;
  return bound({ op: "literal", type, nullable: value === null, span, key, sql, value, foldable: true });
}

function literalSql({ type, value }: LiteralExpr): string | undefined {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return String(value);
  switch (type.kind) {
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(value) ? `DATE '${value}'` : undefined;
    case "timestamp":
      return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d*[1-9])?$/.test(value) ? `TIMESTAMP '${value}'` : wholeDay(value, "TIMESTAMP");
    case "timestamp_ntz":
      return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d*[1-9])?$/.test(value) ? `TIMESTAMP_NTZ '${value}'` : wholeDay(value, "TIMESTAMP_NTZ");
    case "time":
      return undefined;
    case "binary":
      return `X'${value.length % 2 === 0 ? "" : "0"}${value.toUpperCase()}'`;
    case "interval":
    case "calendar_interval":
      return value === "" ? undefined : value;
    case "float":
    case "double":
      return doubleSql(value);
    case "decimal":
      return decimalSql(value, type.scale);
    case "string":
      return value;
    default:
      return value.replace(/^(-?)0+(?=\d)/, "$1");
  }
}

function wholeDay(value: string, name: string): string | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(value) ? `${name} '${value} 00:00:00'` : undefined;
}

/** Java prints a double between 10⁻³ and 10⁷ without exponent. */
function doubleSql(value: string): string | undefined {
  const number = Number(value);
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [mantissa = "", exponent = ""] = number.toExponential().split("e");
    return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

function decimalSql(value: string, scale: number): string | undefined {
  if (value.includes("E")) return undefined;
  const [whole = "", fraction = ""] = value.split(".");
  const digits = whole.replace(/^(-?)0*(?=\d)/, "$1").replace(/^(-?)$/, "$10");
  return scale === 0 ? digits : `${digits}.${fraction}`;
}

export function bindCast(expr: CastExpr, env: Env): Bound {
  const operand = env.shared.expression(expr.operand, env);
  const { type, span, safe } = expr;
  const given = { span, key: `${safe ? "try_cast" : "cast"}(${operand.key}:${printType(type)})`, children: [operand] };
  if (type.kind === "unknown") return notKnown(env, type.why, span, [operand]);
  if (!canCast(operand.type, type))
    return fail(env, "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", span, { from: printType(operand.type), to: printType(type) }, [operand]);
  const name = safe ? "TRY_CAST" : "CAST";
  const written = sqlOf([`${name}(`, operand.sql, ` AS ${expr.typeName})`]);
  // A cast to a nested type is not written.
  const sql = isNested(type) ? operand.sql : written;
  // A column keeps its name through a cast, whose text names the cast nevertheless.
  const alias =
    operand.type.kind === "null" && isNested(type)
      ? "NULL"
      : operand.op === "column" || operand.alias !== undefined
        ? operand.alias
        : undefined;
  const nullable = safe ? safeNullable(operand, type) : castNullable(operand, type);
  const cast = bound({ ...given, type, nullable, sql, ...(alias === undefined ? {} : { alias }) });
  const moment = momentAfter(type.kind === "date" ? "date" : "timestamp", [operand]);
  return atMoment(cast, moment);
}

/** What always fits stays what it is. */
function safeNullable(operand: Bound, type: CastExpr["type"]): boolean | undefined {
  return fits(operand.type, type) ? operand.nullable : true;
}

/** What another type always takes, exactly or not. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  tinyint: ["smallint", "int", "bigint", "float", "double"],
  smallint: ["int", "bigint", "float", "double"],
  int: ["bigint", "float", "double"],
  bigint: ["float", "double", "timestamp"],
  float: ["double"],
  string: ["binary"],
  date: ["timestamp", "timestamp_ntz"],
  timestamp: ["bigint", "timestamp_ntz"],
  timestamp_ntz: ["timestamp"],
};

function fits(from: SqlType, to: SqlType): boolean {
  if (FITS[from.kind]?.includes(to.kind) === true) return true;
  if (sameType(from, to)) return true;
  if (to.kind === "string") return !isNested(from);
  if (from.kind === "array" && to.kind === "array") return fits(from.element, to.element);
  if (isNumeric(from) && isNumeric(to))
    return tightest(from, to)?.kind === to.kind && (to.kind !== "decimal" || sameType(widerWithoutString(from, to) ?? from, to));
  return false;
}
