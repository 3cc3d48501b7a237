/** Spark SQL types as text, and back. */
import type { AtomicKind, DataType, Field } from "../../data-type.js";
import { parseName, printName } from "./name.js";

const ATOMIC: Readonly<Record<string, AtomicKind>> = {
  boolean: "boolean",
  tinyint: "tinyint",
  byte: "tinyint",
  smallint: "smallint",
  short: "smallint",
  int: "int",
  integer: "int",
  bigint: "bigint",
  long: "bigint",
  float: "float",
  real: "float",
  double: "double",
  string: "string",
  binary: "binary",
  date: "date",
  timestamp: "timestamp",
  timestamp_ltz: "timestamp",
  timestamp_ntz: "timestamp_ntz",
};
/** Deep enough for any table, and short of our own stack. */
const DEEPEST = 50;

/** The type that a text names; undefined where it names none. Whether it is well written was told before, with places. */
export function parseDataType(text: string): DataType | undefined {
  const parsed = typeAt(text, 0, 0);
  return parsed !== undefined && text.slice(parsed.next).trim() === "" ? parsed.type : undefined;
}

/** `string!` as a column. */
export function parseField(name: string, text: string, comment?: string): Field | undefined {
  const trimmed = text.trim();
  const required = trimmed.endsWith("!");
  const type = parseDataType(required ? trimmed.slice(0, -1) : trimmed);
  return type && { name, type, nullable: !required, ...(comment === undefined ? {} : { comment }) };
}

interface Parsed {
  readonly type: DataType;
  readonly next: number;
}

function typeAt(text: string, at: number, depth: number): Parsed | undefined {
  const word = /\s*([A-Za-z_]\w*)\s*/y;
  word.lastIndex = at;
  const name = word.exec(text)?.[1]?.toLowerCase();
  if (name === undefined || depth > DEEPEST) return undefined;
  const next = word.lastIndex;
  if (name === "decimal" || name === "dec" || name === "numeric") return decimalAt(text, next);
  if (text[next] === "<") {
    if (name === "array") {
      const element = typeAt(text, next + 1, depth + 1);
      return element && closed(text, element.next, { kind: "array", element: element.type, containsNull: true });
    }
    if (name === "map") {
      const key = typeAt(text, next + 1, depth + 1);
      const value = key && text[key.next] === "," ? typeAt(text, key.next + 1, depth + 1) : undefined;
      return key && value && closed(text, value.next, { kind: "map", key: key.type, value: value.type, valueContainsNull: true });
    }
    return name === "struct" ? structAt(text, next + 1, depth) : undefined;
  }
  const kind = Object.hasOwn(ATOMIC, name) ? ATOMIC[name] : undefined;
  return kind === undefined ? undefined : { type: { kind }, next };
}

function closed(text: string, at: number, type: DataType): Parsed | undefined {
  const end = /\s*>\s*/y;
  end.lastIndex = at;
  return end.test(text) ? { type, next: end.lastIndex } : undefined;
}

function decimalAt(text: string, at: number): Parsed | undefined {
  const args = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)\s*/y;
  args.lastIndex = at;
  const found = args.exec(text);
  if (found === null) return { type: { kind: "decimal", precision: 10, scale: 0 }, next: at };
  const precision = Number(found[1]);
  const scale = Number(found[2] ?? 0);
  return precision < 1 || precision > 38 || scale > precision
    ? undefined
    : { type: { kind: "decimal", precision, scale }, next: args.lastIndex };
}

function structAt(text: string, at: number, depth: number): Parsed | undefined {
  const fields: Field[] = [];
  let next = at;
  for (;;) {
    const name = parseName(text, next);
    if (name === undefined) return undefined;
    const colon = /\s*:?\s*/y;
    colon.lastIndex = name.next;
    colon.test(text);
    const type = typeAt(text, colon.lastIndex, depth + 1);
    if (type === undefined) return undefined;
    const rest = /\s*(not\s+null)?\s*/iy;
    rest.lastIndex = type.next;
    const required = rest.exec(text)?.[1] !== undefined;
    fields.push({ name: name.name, type: type.type, nullable: !required });
    next = rest.lastIndex;
    if (text[next] !== ",") return closed(text, next, { kind: "struct", fields });
    next++;
  }
}

export function printDataType(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${printDataType(type.element)}>`;
    case "map":
      return `map<${printDataType(type.key)},${printDataType(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${printName(field.name)}:${printDataType(field.type)}${field.nullable ? "" : " not null"}`).join(",")}>`;
    default:
      return type.kind;
  }
}
