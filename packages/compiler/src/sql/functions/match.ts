/** Arguments against parameters: what Spark's implicit casts make of them. */
import { canStore, common, decimalFor, widerWithoutString } from "../coerce.js";
import {
  arrayOf, BINARY, BOOLEAN, DATE, decimal, DOUBLE, INT, isAtomic, isDatetime, isFractional, isIntegral, isNumeric, isTimestamp, mapOf, NULL, STRING,
  TIMESTAMP, unknown, type SqlType,
} from "../types.js"; // prettier-ignore
import type { Pattern } from "./signature.js";

interface TypeClass {
  accepts(type: SqlType): boolean;
  /** What NULL, and what can be cast, becomes. */
  readonly concrete: SqlType;
}
const exactly = (type: SqlType): TypeClass => ({ accepts: ({ kind }) => kind === type.kind, concrete: type });

const CLASSES: Readonly<Record<string, TypeClass>> = {
  string: exactly(STRING),
  binary: exactly(BINARY),
  boolean: exactly(BOOLEAN),
  tinyint: exactly({ kind: "tinyint" }),
  smallint: exactly({ kind: "smallint" }),
  int: exactly(INT),
  bigint: exactly({ kind: "bigint" }),
  float: exactly({ kind: "float" }),
  double: exactly(DOUBLE),
  date: exactly(DATE),
  timestamp: exactly(TIMESTAMP),
  timestamp_ntz: exactly({ kind: "timestamp_ntz" }),
  variant: exactly({ kind: "variant" }),
  calendar_interval: exactly({ kind: "calendar_interval" }),
  decimal: { accepts: ({ kind }) => kind === "decimal", concrete: decimal(38, 18) },
  time: { accepts: ({ kind }) => kind === "time", concrete: { kind: "time", precision: 6 } },
  void: exactly(NULL),
  numeric: { accepts: isNumeric, concrete: DOUBLE },
  integral: { accepts: isIntegral, concrete: INT },
  fractional: { accepts: isFractional, concrete: DOUBLE },
  anytimestamp: { accepts: isTimestamp, concrete: TIMESTAMP },
  datetime: { accepts: isDatetime, concrete: TIMESTAMP },
  interval: { accepts: ({ kind }) => kind === "interval", concrete: { kind: "interval", start: 2, end: 5 } },
  daytime: { accepts: (type) => type.kind === "interval" && type.start >= 2, concrete: { kind: "interval", start: 2, end: 5 } },
  yearmonth: { accepts: (type) => type.kind === "interval" && type.start < 2, concrete: { kind: "interval", start: 0, end: 1 } },
  days: { accepts: ({ kind }) => kind === "int" || kind === "smallint" || kind === "tinyint", concrete: INT },
  day: exactly(DATE),
  seconds: { accepts: (type) => type.kind === "decimal" && type.precision === 18 && type.scale === 6, concrete: decimal(18, 6) },
  array: { accepts: ({ kind }) => kind === "array", concrete: arrayOf(NULL, true) },
  map: { accepts: ({ kind }) => kind === "map", concrete: mapOf(NULL, NULL, true) },
  struct: { accepts: ({ kind }) => kind === "struct", concrete: { kind: "struct", fields: [] } },
  atomic: { accepts: isAtomic, concrete: STRING },
  any: { accepts: () => true, concrete: NULL },
};
/** Atomic types, and the classes that a string may become one of. */
const FROM_STRING = new Set(["binary", "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "date", "timestamp", "timestamp_ntz", "decimal", "numeric", "anytimestamp", "time", "interval", "daytime", "yearmonth"]); // prettier-ignore

export type Variables = Map<string, SqlType>;

/** Looks at what variables stand for, over all arguments, before anything is coerced. */
export function collect(pattern: Pattern, type: SqlType, into: Map<string, SqlType[]>): void {
  if (pattern.kind === "variable") into.set(pattern.name, [...(into.get(pattern.name) ?? []), type]);
  else if (pattern.kind === "array" && type.kind === "array") collect(pattern.element, type.element, into);
  else if (pattern.kind === "map" && type.kind === "map") {
    collect(pattern.key, type.key, into);
    collect(pattern.value, type.value, into);
  } else if (type.kind === "unknown" && (pattern.kind === "array" || pattern.kind === "map")) {
    for (const inner of pattern.kind === "array" ? [pattern.element] : [pattern.key, pattern.value]) collect(inner, type, into);
  } else if (type.kind === "null" && pattern.kind === "array") collect(pattern.element, NULL, into);
}

/** One type for each variable; undefined where there is none. */
export function solve(found: ReadonlyMap<string, readonly SqlType[]>): Variables | undefined {
  const variables: Variables = new Map();
  for (const [name, types] of found) {
    const type = common(types, widerWithoutString);
    if (type === undefined) return undefined;
    variables.set(name, type);
  }
  return variables;
}

/** The type that an argument is cast to; undefined where it cannot stand here. */
export function coerced(type: SqlType, pattern: Pattern, variables: Variables): SqlType | undefined {
  if (type.kind === "unknown") return type;
  switch (pattern.kind) {
    case "argument":
      return type;
    case "variable":
      return variables.get(pattern.name);
    case "either":
      return (
        pattern.of.map((one) => accepted(type, one)).find((one) => one !== undefined) ??
        first(pattern.of, (one) => coerced(type, one, variables))
      );
    case "array": {
      if (type.kind === "null") return arrayOf(coerced(NULL, pattern.element, variables) ?? NULL, true);
      const element = type.kind === "array" ? coerced(type.element, pattern.element, variables) : undefined;
      return element && type.kind === "array" ? arrayOf(element, type.containsNull) : undefined;
    }
    case "map": {
      if (type.kind === "null") return mapOf(NULL, NULL, true);
      if (type.kind !== "map") return undefined;
      const [key, value] = [coerced(type.key, pattern.key, variables), coerced(type.value, pattern.value, variables)];
      return key && value && mapOf(key, value, type.valueContainsNull);
    }
    case "class":
      return accepted(type, pattern) ?? (pattern.exact && type.kind !== "null" ? undefined : cast(type, pattern.name));
  }
}

function first<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Fits as it is. */
function accepted(type: SqlType, pattern: Pattern): SqlType | undefined {
  if (pattern.kind === "class") return CLASSES[pattern.name]?.accepts(type) === true ? type : undefined;
  if (pattern.kind === "array") return type.kind === "array" && accepted(type.element, pattern.element) !== undefined ? type : undefined;
  if (pattern.kind === "map") return type.kind === "map" ? type : undefined;
  return pattern.kind === "variable" ? type : undefined;
}

function cast(type: SqlType, name: string): SqlType | undefined {
  const concrete = CLASSES[name]?.concrete;
  if (concrete === undefined) throw new Error(`no class of types is called ${name}`);
  if (type.kind === "null") return concrete;
  if (name === "days") return type.kind === "string" ? INT : undefined;
  if (name === "day") return type.kind === "string" || isTimestamp(type) ? DATE : undefined;
  if (name === "seconds") return isNumeric(type) || type.kind === "string" ? concrete : undefined;
  if (isNumeric(type) && name === "decimal") return decimalFor(type);
  if (isFractional(type) && name === "integral") return undefined;
  if (type.kind === "string") return FROM_STRING.has(name) ? concrete : undefined;
  return canStore(type, concrete) ? concrete : undefined;
}

/** The type that a result's pattern names. */
export function resultOf(pattern: Pattern, variables: Variables, args: readonly SqlType[]): SqlType {
  switch (pattern.kind) {
    case "argument":
      return args[Number(pattern.name)] ?? unknown("the type of an argument that is not there");
    case "variable":
      return variables.get(pattern.name) ?? unknown("the type of an argument that is not known");
    case "array":
      return arrayOf(resultOf(pattern.element, variables, args), pattern.containsNull);
    case "map":
      return mapOf(resultOf(pattern.key, variables, args), resultOf(pattern.value, variables, args), true);
    case "class":
      return CLASSES[pattern.name]?.concrete ?? unknown("no such type");
    case "either":
      throw new Error("a result has one type");
  }
}
