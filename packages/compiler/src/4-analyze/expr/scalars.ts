/** Functions of numbers and texts: what they take and give, as Spark has them. None of them fails but where it says so. */
import type { DataType } from "../../data-type.js";
import { decimal, isFractional, isIntegral, isNumeric } from "../../sql/types.js";
import { printDataType } from "../types/text.js";
import type { Expr, ScalarName } from "./ast.js";
import { BOOLEAN, DOUBLE, unify } from "./coerce.js";
import { isNull } from "./literal.js";

interface Scalar {
  /** The least and the greatest number of arguments. */
  readonly takes: readonly [number, number];
  /** Of a `part`, the first is a text, and where it lies in it are whole numbers. */
  readonly of: "number" | "float" | "text" | "part" | "values";
  readonly gives: "double" | "boolean" | "int" | "text" | "rounded" | "whole" | "same";
  /** Whether it is NULL where an argument is, where all are, or also of other values; `never` knows NULL. */
  readonly nullable: "any" | "all" | "always" | "never";
}

const ofDouble: Scalar = { takes: [1, 1], of: "number", gives: "double", nullable: "any" };
/** NULL of what has no logarithm. */
const logarithm: Scalar = { ...ofDouble, nullable: "always" };
const ofText: Scalar = { takes: [1, 1], of: "text", gives: "text", nullable: "any" };
const ofTexts: Scalar = { ...ofText, takes: [2, 2], gives: "boolean" };
const chosen: Scalar = { takes: [2, Infinity], of: "values", gives: "same", nullable: "all" };

const SCALARS: Readonly<Record<ScalarName, Scalar>> = {
  abs: { takes: [1, 1], of: "number", gives: "same", nullable: "any" },
  ceil: { takes: [1, 1], of: "number", gives: "whole", nullable: "any" },
  concat: { ...ofText, takes: [2, Infinity] },
  contains: ofTexts,
  endswith: ofTexts,
  exp: ofDouble,
  floor: { takes: [1, 1], of: "number", gives: "whole", nullable: "any" },
  greatest: chosen,
  isnan: { takes: [1, 1], of: "float", gives: "boolean", nullable: "never" },
  least: chosen,
  length: { ...ofText, gives: "int" },
  like: ofTexts,
  ln: logarithm,
  log: { ...logarithm, takes: [1, 2] },
  log10: logarithm,
  log1p: logarithm,
  log2: logarithm,
  lower: ofText,
  ltrim: ofText,
  pow: { ...ofDouble, takes: [2, 2] },
  replace: { ...ofText, takes: [3, 3] },
  round: { takes: [1, 2], of: "number", gives: "rounded", nullable: "any" },
  rtrim: ofText,
  sqrt: ofDouble,
  startswith: ofTexts,
  substring: { takes: [2, 3], of: "part", gives: "text", nullable: "any" },
  trim: ofText,
  upper: ofText,
};

/** Other names that Spark has for them. */
const ALIASES: Readonly<Record<string, ScalarName>> = {
  ceiling: "ceil",
  char_length: "length",
  character_length: "length",
  lcase: "lower",
  len: "length",
  power: "pow",
  substr: "substring",
  ucase: "upper",
};

const NAMES = new Map<string, ScalarName>([
  ...(Object.keys(SCALARS) as ScalarName[]).map((name): [string, ScalarName] => [name, name]),
  ...Object.entries(ALIASES),
]);

export function scalarName(name: string): ScalarName | undefined {
  return NAMES.get(name.toLowerCase());
}

export function isScalar(name: string): name is ScalarName {
  return Object.hasOwn(SCALARS, name);
}

/** Digits that are kept of a double: more are never meant. */
const MOST_DIGITS = 38;

/** The call, or what is wrong, at which argument (else with the call). */
export type ScalarCall = { readonly expr: Expr } | { readonly reason: string; readonly at?: number };

export function scalarCall(name: ScalarName, written: readonly Expr[]): ScalarCall {
  const { takes, of, gives } = SCALARS[name];
  const [least, most] = takes;
  if (written.length < least || written.length > most) return { reason: `${name} takes ${counted(takes)}, not ${written.length}` };
  if (of === "values") return compared(name, written);
  const kindOf = (i: number): Kind => (of !== "part" ? of : i === 0 ? "text" : "place");
  const args = written.map((arg, i) => (isNull(arg) ? { ...arg, type: NULLS[kindOf(i)] } : arg));
  const wrong = args.findIndex(({ type }, i) => !TAKES[kindOf(i)](type));
  const [first] = args;
  if (wrong >= 0 || first === undefined) {
    const given = printDataType((args[wrong] ?? first)?.type ?? DOUBLE);
    return {
      reason: `${name} takes ${SAID[kindOf(wrong)]}${wrong > 0 && of === "part" ? " here" : ""}, not ${given}`,
      at: Math.max(wrong, 0),
    };
  }
  const pattern = name === "like" ? whyNoPattern(args[1]) : undefined;
  if (pattern !== undefined) return { reason: pattern, at: 1 };
  if (gives !== "rounded") return { expr: made(name, args, resultType(gives, first)) };
  const digits = digitsOf(args);
  if (digits === undefined || Math.abs(digits) > MOST_DIGITS)
    return { reason: `round takes a number of digits that is written out, from -${MOST_DIGITS} to ${MOST_DIGITS}`, at: 1 };
  if (digits < 0 && isIntegral(first.type))
    return { reason: "round of whole numbers to tens does not always fit them. Cast the number to double", at: 0 };
  return { expr: made(name, args, roundedType(first.type, digits)) };
}

const TEXT: DataType = { kind: "string" };
/** What one argument is. */
type Kind = Exclude<Scalar["of"], "part"> | "place";
const NULLS: Readonly<Record<Kind, DataType>> = {
  number: DOUBLE,
  float: DOUBLE,
  text: TEXT,
  values: TEXT,
  place: { kind: "int" },
};
const TAKES: Readonly<Record<Kind, (type: DataType) => boolean>> = {
  number: isNumeric,
  float: ({ kind }) => kind === "double" || kind === "float",
  text: ({ kind }) => kind === "string",
  place: (type) => isIntegral(type) && type.kind !== "bigint",
  values: () => true,
};
const SAID: Readonly<Record<Kind, string>> = {
  number: "a number",
  float: "a double",
  text: "text",
  place: "a whole number of at most 32 bits",
  values: "values",
};

/** Why a pattern cannot be read before there are rows; a backslash stands before `%`, `_` or another one. */
function whyNoPattern(pattern: Expr | undefined): string | undefined {
  if (pattern?.node !== "literal" || typeof pattern.value !== "string") return "LIKE takes a pattern that is written out, such as `'F%'`";
  const rest = pattern.value.replace(/\\[\\%_]/g, "");
  return rest.includes("\\") ? "a backslash in a pattern of LIKE stands before `%`, `_` or another backslash" : undefined;
}

function counted([least, most]: Scalar["takes"]): string {
  const words = ["", "one value", "two values", "three values"];
  if (most === Infinity) return "at least two values";
  return least === most ? (words[least] ?? "") : `${words[least] ?? ""} or ${most === 2 ? "two" : "three"}`;
}

function made(name: ScalarName, args: readonly Expr[], type: DataType): Expr {
  return { node: "call", name, args, type, nullable: scalarNullable(name, args) };
}

export function scalarNullable(name: ScalarName, args: readonly Expr[]): boolean {
  switch (SCALARS[name].nullable) {
    case "never":
      return false;
    case "always":
      return true;
    case "all":
      return args.every((arg) => arg.nullable);
    case "any":
      return args.some((arg) => arg.nullable);
  }
}

/** `greatest` and `least`: NULL is left out. */
function compared(name: ScalarName, args: readonly Expr[]): ScalarCall {
  const unified = unify(args);
  if (unified === undefined)
    return { reason: `the values of ${name} have no common type: ${args.map((arg) => printDataType(arg.type)).join(", ")}` };
  if (["array", "map", "struct", "binary"].includes(unified.type.kind))
    return { reason: `${name} compares numbers, texts or times, not ${printDataType(unified.type)}`, at: 0 };
  return { expr: made(name, unified.parts, unified.type) };
}

function resultType(gives: Exclude<Scalar["gives"], "rounded">, { type }: Expr): DataType {
  switch (gives) {
    case "double":
      return DOUBLE;
    case "boolean":
      return BOOLEAN;
    case "int":
      return { kind: "int" };
    case "text":
      return TEXT;
    case "same":
      return type;
    case "whole":
      if (type.kind !== "decimal") return { kind: "bigint" };
      return decimal(Math.min(type.scale === 0 ? type.precision : type.precision - type.scale + 1, 38), 0);
  }
}

/** The digits after the point that `round` keeps. */
export function digitsOf([, digits]: readonly Expr[]): number | undefined {
  if (digits === undefined) return 0;
  if (digits.node === "unary" && digits.op === "-") {
    const positive = digitsOf([digits, digits.operand]);
    return positive === undefined ? undefined : -positive;
  }
  return digits.node === "literal" && digits.type.kind === "int" && typeof digits.value === "number" ? digits.value : undefined;
}

/** What is rounded up may have a digit more before the point. */
function roundedType(type: DataType, digits: number): DataType {
  if (type.kind !== "decimal") return type;
  const scale = Math.max(Math.min(type.scale, digits), 0);
  return decimal(Math.min(wholeDigits(type, digits) + scale, 38), scale);
}

function wholeDigits(type: Extract<DataType, { kind: "decimal" }>, digits: number): number {
  return Math.max(type.precision - type.scale + 1, digits < 0 ? 1 - digits : 0);
}

/** Of decimals, what is rounded to tens, hundreds … may have more digits than there are. */
export function roundsTooFar({ type }: Expr, digits: number): boolean {
  return type.kind === "decimal" && digits < 0 && wholeDigits(type, digits) > 38;
}

/** Whether a value is certainly not zero, because it is held above or below it. */
export function heldOffZero(expr: Extract<Expr, { node: "call" }>): boolean {
  const sign = expr.name === "greatest" ? 1 : expr.name === "least" ? -1 : 0;
  return sign !== 0 && expr.args.some((arg) => holds(arg, sign, expr.type));
}

/** A whole number stays what it is in each type; a fraction could become 0 in a decimal of fewer digits. */
function holds(arg: Expr, sign: number, type: DataType): boolean {
  if (arg.node === "unary" && arg.op === "-") return holds(arg.operand, -sign, type);
  if (arg.node !== "literal" || typeof arg.value !== "number") return false;
  return arg.value * sign > 0 && (isIntegral(arg.type) || (isFractional(type) && type.kind !== "decimal"));
}
