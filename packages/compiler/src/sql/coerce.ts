/** Spark's implicit conversions under ANSI: the type that holds two, and what may stand where a type is expected. */
import { widerDecimal } from "./decimals.js";
import {
  arrayOf, BIGINT, decimal, DOUBLE, field, FIRST_DAY_TIME, interval, isAtomic, isDatetime, isFractional, isIntegral, isNumeric, mapOf,
  NULL, sameType, structOf, TIMESTAMP, type DecimalType, type Kind, type SqlType,
} from "./types.js"; // prettier-ignore

const PRECEDENCE: readonly Kind[] = ["tinyint", "smallint", "int", "bigint", "float", "double"];
const DIGITS: Readonly<Record<string, readonly [number, number]>> = {
  tinyint: [3, 0],
  smallint: [5, 0],
  int: [10, 0],
  bigint: [20, 0],
  float: [14, 7],
  double: [30, 15],
};

/** The decimal that holds every value of a number's type. */
export function decimalFor(type: SqlType): DecimalType {
  if (type.kind === "decimal") return type;
  const [precision, scale] = DIGITS[type.kind] ?? [38, 18];
  return decimal(precision, scale);
}

function isWider(a: DecimalType, other: SqlType): boolean {
  const b = decimalFor(other);
  return a.precision - a.scale >= b.precision - b.scale && a.scale >= b.scale;
}

type Find = (a: SqlType, b: SqlType) => SqlType | undefined;

/** Without loss, strings and decimals of other sizes left out. */
export function tightest(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === "unknown") return a;
  if (b.kind === "unknown") return b;
  if (a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b)) return a;
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  if (isIntegral(a) && b.kind === "decimal" && isWider(b, a)) return b;
  if (isIntegral(b) && a.kind === "decimal" && isWider(a, b)) return a;
  if (isNumeric(a) && isNumeric(b) && a.kind !== "decimal" && b.kind !== "decimal") {
    const wider = PRECEDENCE[Math.max(PRECEDENCE.indexOf(a.kind), PRECEDENCE.indexOf(b.kind))];
    return wider === "float" || wider === "double" ? DOUBLE : wider === undefined ? undefined : ({ kind: wider } as SqlType);
  }
  if (isDatetime(a) && isDatetime(b)) return a.kind === "timestamp" || b.kind === "timestamp" ? TIMESTAMP : { kind: "timestamp_ntz" };
  if (a.kind === "interval" && b.kind === "interval" && a.start < FIRST_DAY_TIME === b.start < FIRST_DAY_TIME)
    return interval(Math.min(a.start, b.start), Math.max(a.end, b.end));
  if (a.kind === "time" && b.kind === "time") return { kind: "time", precision: Math.max(a.precision, b.precision) };
  return ofParts(a, b, tightest);
}

/** Arrays, maps and structs by their parts. */
function ofParts(a: SqlType, b: SqlType, find: Find): SqlType | undefined {
  if (a.kind === "array" && b.kind === "array") {
    const element = find(a.element, b.element);
    return (
      element &&
      arrayOf(element, a.containsNull || b.containsNull || mayBecomeNull(a.element, element) || mayBecomeNull(b.element, element))
    );
  }
  if (a.kind === "map" && b.kind === "map") {
    const key = find(a.key, b.key);
    const value = find(a.value, b.value);
    if (key === undefined || value === undefined || mayBecomeNull(a.key, key) || mayBecomeNull(b.key, key)) return undefined;
    return mapOf(key, value, a.valueContainsNull || b.valueContainsNull || mayBecomeNull(a.value, value) || mayBecomeNull(b.value, value));
  }
  if (a.kind !== "struct" || b.kind !== "struct" || a.fields.length !== b.fields.length) return undefined;
  const fields = a.fields.flatMap((left, i) => {
    const right = b.fields[i];
    if (right === undefined || left.name.toLowerCase() !== right.name.toLowerCase()) return [];
    const type = find(left.type, right.type);
    return type === undefined
      ? []
      : [field(left.name, type, left.nullable || right.nullable || mayBecomeNull(left.type, type) || mayBecomeNull(right.type, type))];
  });
  return fields.length === a.fields.length ? structOf(fields) : undefined;
}

/** A cast that gives NULL for some values of parts. */
export function mayBecomeNull(from: SqlType, to: SqlType): boolean {
  if (from.kind === "null" || sameType(from, to) || to.kind === "string") return false;
  if (from.kind === "string") return to.kind !== "binary";
  if (to.kind === "date") return from.kind !== "timestamp";
  if (from.kind === "date") return to.kind !== "timestamp";
  if (to.kind === "timestamp") return from.kind === "float" || from.kind === "double";
  if (from.kind === "timestamp" && to.kind !== "decimal") return to.kind === "tinyint" || to.kind === "smallint" || to.kind === "int";
  if (to.kind === "calendar_interval") return true;
  if (to.kind === "decimal") return from.kind === "boolean" ? false : !isWider(to, from) || from.kind === "float" || from.kind === "double";
  return isFractional(from) && isIntegral(to);
}

/** Whether a value may be NULL after a cast. */
export function castNullable(
  { type, nullable }: { readonly type: SqlType; readonly nullable: boolean | undefined },
  to: SqlType,
): boolean | undefined {
  if (nullable === true) return true;
  if (type.kind === "unknown" || to.kind === "unknown") return undefined;
  return mayBecomeNull(type, to) ? true : nullable;
}

/** Equal but for the names of fields and what may be NULL. */
export function sameShape(a: SqlType, b: SqlType): boolean {
  if (a.kind === "unknown" || b.kind === "unknown") return true;
  if (a.kind === "struct" && b.kind === "struct")
    return a.fields.length === b.fields.length && a.fields.every((one, i) => sameShape(one.type, b.fields[i]?.type ?? NULL));
  if (a.kind === "array" && b.kind === "array") return sameShape(a.element, b.element);
  return sameType(a, b);
}

function ofDecimals(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind !== "decimal" && b.kind !== "decimal") return undefined;
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (a.kind === "float" || a.kind === "double" || b.kind === "float" || b.kind === "double") return DOUBLE;
  return widerDecimal(decimalFor(a), decimalFor(b));
}

/** A string becomes the other type. */
export function withString(a: SqlType, b: SqlType): SqlType | undefined {
  const other = a.kind === "string" ? b : b.kind === "string" ? a : undefined;
  if (other === undefined) return undefined;
  if (isIntegral(other)) return BIGINT;
  if (isFractional(other)) return DOUBLE;
  if (other.kind === "null") return { kind: "string" };
  return isAtomic(other) && other.kind !== "interval" && other.kind !== "string" ? other : undefined;
}

export const wider: Find = (a, b) => tightest(a, b) ?? ofDecimals(a, b) ?? withString(a, b) ?? ofParts(a, b, wider);
export const widerWithoutString: Find = (a, b) => tightest(a, b) ?? ofDecimals(a, b) ?? ofParts(a, b, widerWithoutString);

export function common(types: readonly SqlType[], find: Find = wider): SqlType | undefined {
  let found: SqlType | undefined = NULL;
  for (const type of types) found = found && find(found, type);
  return found;
}

/** What CAST takes under ANSI. Unknown goes with everything. */
export function canCast(from: SqlType, to: SqlType): boolean {
  if (from.kind === "unknown" || to.kind === "unknown" || from.kind === "null" || sameType(from, to)) return true;
  if (to.kind === "null") return false;
  if (to.kind === "variant")
    return from.kind !== "interval" && from.kind !== "calendar_interval" && from.kind !== "map" && from.kind !== "struct";
  if (from.kind === "variant") return true;
  if (from.kind === "array" && to.kind === "array") return canCast(from.element, to.element);
  if (from.kind === "map" && to.kind === "map") return canCast(from.key, to.key) && canCast(from.value, to.value);
  if (from.kind === "struct" && to.kind === "struct")
    return from.fields.length === to.fields.length && from.fields.every((one, i) => canCast(one.type, to.fields[i]?.type ?? NULL));
  // Binary floating point has no exact seconds.
  if (from.kind === "interval" && (to.kind === "float" || to.kind === "double")) return false;
  return (CASTS[from.kind === "decimal" ? "decimal" : groupOf(from)] ?? "").split(" ").includes(groupOf(to)) || to.kind === "string";
}

function groupOf(type: SqlType): string {
  if (isNumeric(type)) return isIntegral(type) ? "integer" : "number";
  if (type.kind === "interval") return type.start < FIRST_DAY_TIME ? "months" : "seconds";
  return type.kind;
}
const CASTS: Readonly<Record<string, string>> = {
  string: "binary boolean integer number date timestamp timestamp_ntz time months seconds calendar_interval",
  binary: "string",
  boolean: "integer number",
  integer: "integer number boolean timestamp months seconds",
  number: "integer number boolean timestamp",
  decimal: "integer number boolean timestamp months seconds",
  date: "timestamp timestamp_ntz",
  timestamp: "date timestamp_ntz integer number time",
  timestamp_ntz: "date timestamp time",
  time: "time integer number",
  months: "months integer number",
  seconds: "seconds integer number",
};

/** What may be stored where another type is declared. */
export function canStore(from: SqlType, to: SqlType): boolean {
  if (from.kind === "unknown" || to.kind === "unknown" || from.kind === "null" || sameType(from, to)) return true;
  if (isNumeric(from) && isNumeric(to)) return true;
  if (isAtomic(from) && to.kind === "string") return true;
  if (isDatetime(from) && isDatetime(to)) return true;
  if (from.kind === "interval" && to.kind === "interval") return from.start < FIRST_DAY_TIME === to.start < FIRST_DAY_TIME;
  if (from.kind === "time" && to.kind === "time") return true;
  if (from.kind === "array" && to.kind === "array") return (!from.containsNull || to.containsNull) && canStore(from.element, to.element);
  if (from.kind === "map" && to.kind === "map")
    return (!from.valueContainsNull || to.valueContainsNull) && canStore(from.key, to.key) && canStore(from.value, to.value);
  if (from.kind !== "struct" || to.kind !== "struct" || from.fields.length !== to.fields.length) return false;
  return from.fields.every((one, i) => {
    const other = to.fields[i];
    return other !== undefined && (!one.nullable || other.nullable) && canStore(one.type, other.type);
  });
}
