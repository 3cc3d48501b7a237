/** Types of SQL while it is bound: Spark's data types, and what only an expression can have (`void`, intervals, what we do not know). */
import type { AtomicKind, DataType } from "../data-type.js";

export type SqlType =
  | { readonly kind: AtomicKind }
  | { readonly kind: "null" | "variant" | "calendar_interval" }
  | { readonly kind: "time"; readonly precision: number }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  /** `start` and `end` are places in `INTERVAL_UNITS`. */
  | { readonly kind: "interval"; readonly start: number; readonly end: number }
  | { readonly kind: "array"; readonly element: SqlType; readonly containsNull: boolean }
  | { readonly kind: "map"; readonly key: SqlType; readonly value: SqlType; readonly valueContainsNull: boolean }
  | { readonly kind: "struct"; readonly fields: readonly SqlField[] }
  /** Never a guess: why it is not known stands beside it. */
  | { readonly kind: "unknown"; readonly why: string };

export interface SqlField {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

export type Kind = SqlType["kind"];
export type DecimalType = Extract<SqlType, { readonly kind: "decimal" }>;
export type ArrayType = Extract<SqlType, { readonly kind: "array" }>;
export type MapType = Extract<SqlType, { readonly kind: "map" }>;

export const INTERVAL_UNITS = ["year", "month", "day", "hour", "minute", "second"] as const;
/** Units below are of year-month intervals, the others of day-time intervals. */
export const FIRST_DAY_TIME = 2;

export const BOOLEAN: SqlType = { kind: "boolean" };
export const INT: SqlType = { kind: "int" };
export const BIGINT: SqlType = { kind: "bigint" };
export const DOUBLE: SqlType = { kind: "double" };
export const FLOAT: SqlType = { kind: "float" };
export const STRING: SqlType = { kind: "string" };
export const BINARY: SqlType = { kind: "binary" };
export const DATE: SqlType = { kind: "date" };
export const TIMESTAMP: SqlType = { kind: "timestamp" };
export const NULL: SqlType = { kind: "null" };

export const unknown = (why: string): Extract<SqlType, { readonly kind: "unknown" }> => ({ kind: "unknown", why });
/** Stands where an error was reported, so that no other follows from it. */
export const WRONG = unknown("an error");
export const isWrongType = (type: SqlType): boolean => type.kind === "unknown" && type.why === WRONG.why;
export const decimal = (precision: number, scale: number): DecimalType => ({ kind: "decimal", precision, scale });
export const arrayOf = (element: SqlType, containsNull: boolean): SqlType => ({ kind: "array", element, containsNull });
export const mapOf = (key: SqlType, value: SqlType, valueContainsNull: boolean): SqlType => ({
  kind: "map",
  key,
  value,
  valueContainsNull,
});
export const structOf = (fields: readonly SqlField[]): SqlType => ({ kind: "struct", fields });
export const field = (name: string, type: SqlType, nullable: boolean): SqlField => ({ name, type, nullable });
export const interval = (start: number, end: number): SqlType => ({ kind: "interval", start, end });
export const DAY_TIME = interval(2, 5);
export const YEAR_MONTH = interval(0, 1);

const INTEGRAL: readonly Kind[] = ["tinyint", "smallint", "int", "bigint"];

export const isIntegral = ({ kind }: SqlType): boolean => INTEGRAL.includes(kind);
export const isFractional = ({ kind }: SqlType): boolean => kind === "float" || kind === "double" || kind === "decimal";
export const isNumeric = (type: SqlType): boolean => isIntegral(type) || isFractional(type);
export const isDayTime = (type: SqlType): boolean => type.kind === "interval" && type.start >= FIRST_DAY_TIME;
export const isYearMonth = (type: SqlType): boolean => type.kind === "interval" && type.start < FIRST_DAY_TIME;
export const isTimestamp = ({ kind }: SqlType): boolean => kind === "timestamp" || kind === "timestamp_ntz";
export const isDatetime = (type: SqlType): boolean => isTimestamp(type) || type.kind === "date";
export const isNested = ({ kind }: SqlType): boolean => kind === "array" || kind === "map" || kind === "struct";
/** Spark's AtomicType. */
export const isAtomic = (type: SqlType): boolean =>
  !isNested(type) && type.kind !== "null" && type.kind !== "calendar_interval" && type.kind !== "unknown";

/** Unknown, or with something unknown inside. */
export function hasUnknown(type: SqlType): boolean {
  switch (type.kind) {
    case "unknown":
      return true;
    case "array":
      return hasUnknown(type.element);
    case "map":
      return hasUnknown(type.key) || hasUnknown(type.value);
    case "struct":
      return type.fields.some(({ type: inner }) => hasUnknown(inner));
    default:
      return false;
  }
}

/** Spark's text of a type (`simpleString`). */
export function printType(type: SqlType): string {
  switch (type.kind) {
    case "null":
      return "void";
    case "calendar_interval":
      return "interval";
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "time":
      return `time(${type.precision})`;
    case "interval": {
      const [start, end] = [INTERVAL_UNITS[type.start] ?? "", INTERVAL_UNITS[type.end] ?? ""];
      return start === end ? `interval ${start}` : `interval ${start} to ${end}`;
    }
    case "array":
      return `array<${printType(type.element)}>`;
    case "map":
      return `map<${printType(type.key)},${printType(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map(({ name, type: inner }) => `${name}:${printType(inner)}`).join(",")}>`;
    default:
      return type.kind;
  }
}

/** With nullability inside left out: what Spark's `sameType` compares. */
export function sameType(a: SqlType, b: SqlType): boolean {
  return a === b || (a.kind === b.kind && a.kind !== "unknown" && printType(a) === printType(b));
}

/** As the declared types of the language have it; undefined where a column cannot have this type. */
export function toDataType(type: SqlType): DataType | undefined {
  switch (type.kind) {
    case "null":
    case "variant":
    case "calendar_interval":
    case "time":
    case "interval":
    case "unknown":
      return undefined;
    case "array": {
      const element = toDataType(type.element);
      return element && { kind: "array", element, containsNull: type.containsNull };
    }
    case "map": {
      const [key, value] = [toDataType(type.key), toDataType(type.value)];
      return key && value && { kind: "map", key, value, valueContainsNull: type.valueContainsNull };
    }
    case "struct": {
      const fields = type.fields.flatMap(({ name, type: inner, nullable }) => {
        const made = toDataType(inner);
        return made === undefined ? [] : [{ name, type: made, nullable }];
      });
      return fields.length === type.fields.length ? { kind: "struct", fields } : undefined;
    }
    default:
      return type;
  }
}
