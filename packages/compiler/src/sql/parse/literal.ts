/** Constants: numbers by Spark's suffixes, strings, typed literals and intervals. */
import type { Expr, LiteralExpr } from "../ast.js";
import { BIGINT, BINARY, DATE, decimal, DOUBLE, FIRST_DAY_TIME, FLOAT, INT, interval, STRING, TIMESTAMP, type SqlType } from "../types.js";
import type { Cursor } from "./cursor.js";
import { SqlSyntaxError, type Token } from "./lexer.js";

const SUFFIXES: Readonly<Record<string, SqlType>> = {
  L: BIGINT,
  S: { kind: "smallint" },
  Y: { kind: "tinyint" },
  D: DOUBLE,
  F: FLOAT,
};
const LARGEST: Readonly<Record<string, bigint>> = { tinyint: 127n, smallint: 32767n, int: 2147483647n, bigint: 9223372036854775807n };

export function readNumber(cursor: Cursor, start: number, negative: boolean): LiteralExpr {
  const token = cursor.next();
  const sign = negative ? "-" : "";
  const [, digits = "", suffix = ""] = /^([\d.]+(?:E[+-]?\d+)?)(BD|[LSYDF])?$/.exec(token.text) ?? [];
  const type = suffix === "BD" ? decimalOf(digits) : suffix === "" ? plainType(digits, negative) : (SUFFIXES[suffix] ?? INT);
  if (type.kind === "decimal" && type.precision > 38) throw new SqlSyntaxError("a decimal has at most 38 digits", token.span);
  const largest = LARGEST[type.kind];
  if (largest !== undefined && (!/^\d+$/.test(digits) || BigInt(digits) > largest + (negative ? 1n : 0n)))
    throw new SqlSyntaxError(`${sign}${digits} does not fit ${type.kind}`, token.span);
  return { kind: "literal", type, value: sign + digits, span: { start, end: token.span.end } };
}

function plainType(digits: string, negative: boolean): SqlType {
  if (digits.includes("E")) return DOUBLE;
  if (digits.includes(".")) return decimalOf(digits);
  const value = BigInt(digits);
  const limit = (kind: string): bigint => (LARGEST[kind] ?? 0n) + (negative ? 1n : 0n);
  return value <= limit("int") ? INT : value <= limit("bigint") ? BIGINT : decimalOf(digits);
}

/** Java's BigDecimal: digits without leading zeros, and those after the point. */
function decimalOf(digits: string): SqlType {
  const [mantissa = "", exponent = "0"] = digits.split("E");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const significant = (whole + fraction).replace(/^0+(?=\d)/, "").length;
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? decimal(significant - scale, 0) : decimal(Math.max(significant, scale), scale);
}

/** `'a' 'b'` is one string. */
export function readString(cursor: Cursor): LiteralExpr {
  const { start } = cursor.peek().span;
  let value = "";
  while (cursor.peek().kind === "string") value += cursor.next().text;
  return { kind: "literal", type: STRING, value, span: cursor.since(start) };
}

const TYPED: Readonly<Record<string, SqlType>> = {
  DATE,
  TIMESTAMP,
  TIMESTAMP_LTZ: TIMESTAMP,
  TIMESTAMP_NTZ: { kind: "timestamp_ntz" },
  TIME: { kind: "time", precision: 6 },
  X: BINARY,
};
const VALID: Readonly<Record<string, RegExp>> = {
  date: /^[+-]?\d{4,7}(-\d{1,2}(-\d{1,2}([ T].*)?)?)?$/,
  timestamp: /^[+-]?\d{4,7}(-\d{1,2}(-\d{1,2}([ T].*)?)?)?$|^T?\d{1,2}:\d{1,2}/,
  timestamp_ntz: /^[+-]?\d{4,7}(-\d{1,2}(-\d{1,2}([ T].*)?)?)?$/,
  time: /^\d{1,2}:\d{1,2}/,
  binary: /^[0-9a-fA-F]*$/,
};

/** `DATE '2026-01-01'` and the like; undefined where no string follows. */
export function readTyped(cursor: Cursor): Expr | undefined {
  const word = cursor.peek();
  if (word.kind !== "word" || cursor.peek(1).kind !== "string") return undefined;
  const type = TYPED[word.text];
  if (type === undefined) return undefined;
  cursor.next();
  const string = cursor.next();
  const value = string.text.trim();
  const isWord = WORDS[type.kind]?.test(value) === true;
  if (!isWord && (VALID[type.kind]?.test(value) === false || !isDay(value, type)))
    throw new SqlSyntaxError(`this is no ${word.text}: ${string.text}`, string.span);
  // Text with a zone is of that zone; without, TIMESTAMP is of the session's.
  if (type.kind === "time") cursor.need("the type `TIME`", word.span);
  return { kind: "literal", type, value: isWord && /^epoch/i.test(value) ? "1970-01-01" : value, span: cursor.since(word.span.start) };
}

/** Words for a moment: of the clock, which they stay, or the beginning of time, with a zone that makes no difference to it. */
const WORDS: Readonly<Record<string, RegExp>> = {
  date: /^((epoch|today|tomorrow|yesterday)(\s+\S+)?|now)$/i,
  timestamp: /^((epoch|today|tomorrow|yesterday)(\s+\S+)?|now)$/i,
  timestamp_ntz: /^((epoch|today|tomorrow|yesterday)(\s+\S+)?|now)$/i,
};

function isDay(value: string, { kind }: SqlType): boolean {
  const [, month, day] = /^\d{4}-(\d{1,2})(?:-(\d{1,2}))?/.exec(value) ?? [];
  if (kind === "binary" || kind === "time" || month === undefined) return true;
  const [, hour, minute] = /[ T](\d{1,2}):(\d{1,2})/.exec(value) ?? [];
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return false;
  if (Number(month) < 1 || Number(month) > 12) return false;
  return day === undefined || (Number(day) >= 1 && Number(day) <= daysOf(Number(value.slice(0, 4)), Number(month)));
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

interface Part {
  readonly unit: string;
  readonly value: Token;
  readonly negative: boolean;
}
const UNITS: Readonly<Record<string, number>> = {
  YEAR: 0,
  MONTH: 1,
  DAY: 2,
  HOUR: 3,
  MINUTE: 4,
  SECOND: 5,
  WEEK: 2,
  MILLISECOND: 5,
  MICROSECOND: 5,
};

/** `INTERVAL '1' DAY`, `INTERVAL 1 DAY 2 HOURS`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 day 2 hours'`. */
export function readIntervalLiteral(cursor: Cursor): Expr | undefined {
  if (!cursor.isWord("INTERVAL")) return undefined;
  const first = cursor.peek(1);
  const signed = first.kind === "op" && (first.text === "-" || first.text === "+");
  const value = signed ? cursor.peek(2) : first;
  if (value.kind !== "string" && value.kind !== "number") return undefined;
  const { start } = cursor.next().span;
  const whole = wholeText(cursor, start);
  if (whole !== undefined) return whole;
  const parts: Part[] = [];
  do {
    const negative = cursor.eatOp("-");
    if (!negative) cursor.eatOp("+");
    const text = cursor.next();
    const unit = cursor.peek();
    if (unit.kind !== "word" || UNITS[singular(unit.text)] === undefined) cursor.fail("a unit of time");
    cursor.next();
    if (text.kind === "string" && !cursor.isWord("TO") && !/^\s*[+-]?\s*\d*\.?\d+\s*$/.test(text.text))
      throw new SqlSyntaxError("an interval takes a number", text.span);
    parts.push({ unit: singular(unit.text), value: text, negative });
    if (parts.length === 1 && cursor.eatWords("TO")) return unitToUnit(cursor, start, parts[0]);
  } while (
    /^(string|number)$/.test(cursor.peek().kind) ||
    (/^[+-]$/.test(cursor.peek().text) && cursor.peek(1).kind === "number" && isUnit(cursor.peek(2)))
  );
  return fromParts(cursor, start, parts);
}

function isUnit(token: Token): boolean {
  return token.kind === "word" && UNITS[singular(token.text)] !== undefined;
}
function singular(unit: string): string {
  return unit.endsWith("S") ? unit.slice(0, -1) : unit;
}

function fromParts(cursor: Cursor, start: number, parts: readonly Part[]): Expr {
  const units = parts.map(({ unit }) => UNITS[unit] ?? 0);
  const [least, most] = [Math.min(...units), Math.max(...units)];
  const span = cursor.since(start);
  if (least < FIRST_DAY_TIME && most >= FIRST_DAY_TIME)
    throw new SqlSyntaxError("an interval has years and months, or days and time", span);
  const [one] = parts;
  const amount = one === undefined ? "" : amountText(one);
  const scaled = one !== undefined && (one.unit === "WEEK" || one.unit === "MILLISECOND" || one.unit === "MICROSECOND");
  const value = parts.length === 1 && !scaled && amount !== undefined ? `INTERVAL '${amount}' ${one?.unit ?? ""}` : "";
  return { kind: "literal", type: interval(least, most), value, span };
}

function amountText({ value, negative }: Part): string | undefined {
  const number = /^([+-]?)0*(\d+)$/.exec(value.text.trim());
  if (number === null) return undefined;
  return `${negative !== (number[1] === "-") ? "-" : ""}${number[2] ?? ""}`;
}

function unitToUnit(cursor: Cursor, start: number, from: Part | undefined): Expr {
  const unit = cursor.peek();
  const end = UNITS[unit.text];
  const begin = UNITS[from?.unit ?? ""];
  if (end === undefined || begin === undefined) return cursor.fail("a unit of time");
  if (end <= begin || begin < FIRST_DAY_TIME !== end < FIRST_DAY_TIME) return cursor.fail("a smaller unit of the same kind");
  cursor.next();
  const text = from?.value.kind === "string" && !from.negative ? from.value.text : "";
  const value = CANONICAL[`${begin}${end}`]?.test(text) === true ? `INTERVAL '${text}' ${from?.unit ?? ""} TO ${unit.text}` : "";
  return { kind: "literal", type: interval(begin, end), value, span: cursor.since(start) };
}

/** What Spark would write as it was written. */
const CANONICAL: Readonly<Record<string, RegExp>> = {
  "01": /^-?\d+-(\d|1[01])$/,
  "23": /^-?\d+ \d\d$/,
  "24": /^-?\d+ \d\d:\d\d$/,
  "25": /^-?\d+ \d\d:\d\d:\d\d(\.\d*[1-9])?$/,
  "34": /^-?\d\d:\d\d$/,
  "35": /^-?\d\d:\d\d:\d\d(\.\d*[1-9])?$/,
  "45": /^-?\d\d:\d\d(\.\d*[1-9])?$/,
};

/** All of it in one string: `INTERVAL '1 day 2 hours'`. */
function wholeText(cursor: Cursor, start: number): Expr | undefined {
  const token = cursor.peek();
  if (token.kind !== "string" || !/[a-z]/i.test(token.text) || isUnit(cursor.peek(1))) return undefined;
  const units = [...token.text.matchAll(/[+-]?\s*[\d.]+\s+([a-z]+)/gi)].map(([, unit = ""]) => UNITS[singular(unit.toUpperCase())]);
  const known = units.filter((unit) => unit !== undefined);
  if (known.length === 0 || known.length !== units.length) return undefined;
  cursor.next();
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const mixed = least < FIRST_DAY_TIME && most >= FIRST_DAY_TIME;
  return { kind: "literal", type: mixed ? { kind: "calendar_interval" } : interval(least, most), value: "", span: cursor.since(start) };
}
