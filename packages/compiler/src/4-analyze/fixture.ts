/** Values of fixtures: whether they fit the type of their column, and as text of which nothing is lost. */
import type { DataType, Field } from "../data-type.js";
import { parseDate } from "../shorthand/calendar.js";
import { sameName } from "./types/name.js";
import type { FixtureValue } from "./test-facts.js";

export type Encoded = { readonly ok: true; readonly value: FixtureValue } | { readonly ok: false; readonly reason: string };

const right = (value: FixtureValue): Encoded => ({ ok: true, value });
const wrong = (reason: string): Encoded => ({ ok: false, reason });

/** A value as it stands in YAML, in the type. */
export function encodeValue(value: unknown, type: DataType): Encoded {
  if (value === null) return right(null);
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean" ? right(value) : wrong("it is written `true` or `false`");
    case "string":
      return typeof value === "string" ? right(value) : wrong("write it in quotes");
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return encodeInteger(value, BITS[type.kind]);
    case "float":
    case "double":
      return encodeDouble(value);
    case "decimal":
      return encodeDecimal(value, type);
    case "date":
      return encodeDate(value);
    case "timestamp":
    case "timestamp_ntz":
      return encodeInstant(value, type.kind === "timestamp");
    case "binary":
      return typeof value === "string" && /^(?:[0-9a-fA-F]{2})*$/.test(value)
        ? right(value.toLowerCase())
        : wrong("bytes are written in hexadecimal, in quotes");
    case "array":
      return Array.isArray(value)
        ? all(value.map((item: unknown) => encodeValue(item, type.element)))
        : wrong("an array is written as a list");
    case "map":
      return encodeMap(value, type);
    case "struct":
      return encodeStruct(value, type.fields);
  }
}

const BITS = { tinyint: 8n, smallint: 16n, int: 32n, bigint: 64n } as const;

/** The digits that are meant: a number has lost some where it has more than a double holds. */
function digitsOf(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim();
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const text = plain(value);
  return text.replace(/[^0-9]/g, "").replace(/^0+/, "").length > 15 ? undefined : text;
}

/** Without an exponent. */
function plain(value: number): string {
  const text = String(value);
  const [, sign = "", whole = "", part = "", exponent = ""] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === "") return text;
  const at = whole.length + Number(exponent);
  const digits = whole + part;
  if (at <= 0) return `${sign}0.${"0".repeat(-at)}${digits}`;
  return `${sign}${digits.slice(0, at).padEnd(at, "0")}${digits.length > at ? `.${digits.slice(at)}` : ""}`;
}

const LOST = "it has more digits than a number in YAML keeps. Write it in quotes";

function encodeInteger(value: unknown, bits: bigint): Encoded {
  const text = digitsOf(value);
  if (text === undefined) return wrong(typeof value === "number" ? LOST : "it is a whole number");
  if (!/^-?\d{1,40}$/.test(text)) return wrong("it is a whole number");
  const number = BigInt(text);
  const limit = 1n << (bits - 1n);
  return number >= -limit && number < limit ? right(String(number)) : wrong(`it lies between ${-limit} and ${limit - 1n}`);
}

function encodeDouble(value: unknown): Encoded {
  if (typeof value === "number")
    return right(Number.isFinite(value) ? String(value) : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
  return wrong("it is a number; those that are none are `.nan`, `.inf` and `-.inf`");
}

function encodeDecimal(value: unknown, { precision, scale }: Extract<DataType, { readonly kind: "decimal" }>): Encoded {
  const text = digitsOf(value);
  if (text === undefined) return wrong(typeof value === "number" ? LOST : "it is a number");
  const [, sign = "", whole, part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return wrong("it is a number, without an exponent");
  const behind = part.replace(/0+$/, "");
  const before = whole.replace(/^0+(?=\d)/, "");
  if (behind.length > scale)
    return wrong(
      `it has ${behind.length} ${behind.length === 1 ? "digit" : "digits"} behind the point, the type has ${scale === 0 ? "none" : scale}`,
    );
  if (before !== "0" && before.length > precision - scale)
    return wrong(`it has ${before.length} digits before the point, the type has ${precision - scale}`);
  return right(`${sign}${before}${scale === 0 ? "" : `.${behind.padEnd(scale, "0")}`}`);
}

function encodeDate(value: unknown): Encoded {
  if (typeof value !== "string") return wrong("a date is written `2026-01-31`");
  const parsed = parseDate(value);
  return parsed.ok ? right(value) : wrong(parsed.message);
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?\s*(Z|z|[+-]\d{2}:\d{2})?$/;

/** An instant in UTC, or a time of no zone, to the microsecond. */
export function encodeInstant(value: unknown, hasZone: boolean): Encoded {
  const example = `2026-01-31T10:00:00${hasZone ? "Z" : ""}`;
  const [, day, hour = "", minute = "", second = "00", part = "", zone] = typeof value === "string" ? (INSTANT.exec(value) ?? []) : [];
  if (day === undefined) return wrong(`a time is written \`${example}\``);
  const date = parseDate(day);
  if (!date.ok) return wrong(date.message);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return wrong("there is no such time of day");
  if (hasZone && zone === undefined) return wrong(`it names no offset: write \`${day}T${hour}:${minute}:${second}Z\``);
  if (!hasZone && zone !== undefined) return wrong(`it is of no time zone: write \`${day}T${hour}:${minute}:${second}\``);
  const [, sign = "+", hours = "0", minutes = "0"] = /^([+-])(\d{2}):(\d{2})$/.exec(zone ?? "") ?? [];
  if (Number(hours) > 18 || Number(minutes) > 59) return wrong("there is no such offset");
  const local = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  const utc = local - (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  if (utc < EARLIEST || utc > LATEST) return wrong("it lies outside of the years 1 to 9999");
  return right(`${new Date(utc).toISOString().slice(0, 19)}.${part.padEnd(6, "0")}${hasZone ? "Z" : ""}`);
}

const EARLIEST = Date.parse("0001-01-02T00:00:00Z");
const LATEST = Date.parse("9999-12-30T00:00:00Z");

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function encodeMap(value: unknown, type: Extract<DataType, { readonly kind: "map" }>): Encoded {
  if (!isRecord(value)) return wrong("a map is written as a map");
  return all(Object.entries(value).map(([key, inner]) => all([encodeKey(key, type.key), encodeValue(inner, type.value)])));
}

/** Keys of YAML are texts. */
function encodeKey(key: string, type: DataType): Encoded {
  if (type.kind === "boolean")
    return key === "true" || key === "false" ? right(key === "true") : wrong("a key is written `true` or `false`");
  const isDouble = type.kind === "double" || type.kind === "float";
  return encodeValue(isDouble && key.trim() !== "" ? Number(key) : key, type);
}

function encodeStruct(value: unknown, fields: readonly Field[]): Encoded {
  if (!isRecord(value)) return wrong("a struct is written as a map");
  const names = Object.keys(value);
  const unknown = names.find((name) => !fields.some((field) => sameName(field.name, name)));
  if (unknown !== undefined) return wrong(`it has no field \`${unknown}\`; there are ${fields.map(({ name }) => name).join(", ")}`);
  const written = fields.map((field) => {
    const name = names.find((one) => sameName(one, field.name));
    if (name === undefined && !field.nullable) return wrong(`its field \`${field.name}\` is missing`);
    return encodeValue(name === undefined ? null : value[name], field.type);
  });
  return all(written);
}

function all(parts: readonly Encoded[]): Encoded {
  const bad = parts.find((part) => !part.ok);
  return bad ?? right(parts.flatMap((part) => (part.ok ? [part.value] : [])));
}

/** The value in the words of a message. */
export function shownValue(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
