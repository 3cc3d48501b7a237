/** Constants that their function does not take, whatever their type: too large or too small, NULL, no length of time, no schema. */
import type { Bound } from "../bind/bound.js";
import { isNumeric, printType } from "../types.js";
import { durationIn, isWindow } from "./durations.js";
import { readsSchema, schemaProblem } from "./schema-text.js";

export interface Unfit {
  /** As Spark calls it. */
  readonly condition: string;
  /** The place of the argument. */
  readonly at: number;
  readonly args?: Readonly<Record<string, string>>;
}

type Check = (args: readonly Bound[]) => Unfit | undefined;

const outside = (at: number, expected: string): Unfit => ({ condition: "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", at, args: { expected } });

/** A share, or several. */
const share =
  (at: number): Check =>
  (args) => {
    const arg = args[at];
    if (isNull(arg)) return { condition: "DATATYPE_MISMATCH.UNEXPECTED_NULL", at };
    const numbers = (arg?.key.startsWith("array(") === true ? arg.children : [arg]).map(numberOf);
    return numbers.some((one) => one !== undefined && (one < 0 || one > 1)) ? outside(at, "between 0 and 1") : undefined;
  };

const least =
  (at: number, from: number): Check =>
  (args) => {
    const number = numberOf(args[at]);
    const isOutside = number !== undefined && (number < from || number > 2_147_483_647);
    return isOutside ? outside(at, `a whole number from ${from} on`) : undefined;
  };

const notNull =
  (at: number, condition: string): Check =>
  (args) =>
    isNull(args[at]) ? { condition, at } : undefined;

/** Where Spark casts nothing. */
const int =
  (at: number, condition: string): Check =>
  (args) => {
    const arg = args[at];
    const isOther = arg !== undefined && ["null", "string", "bigint", "decimal", "float", "double"].includes(arg.type.kind);
    return isOther ? { condition, at, args: { types: printType(arg.type), place: String(at + 1) } } : undefined;
  };

const UNEXPECTED = "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE";
const approximate: readonly Check[] = [share(1), least(2, 1), notNull(2, "DATATYPE_MISMATCH.UNEXPECTED_NULL")];

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  percentile: [share(1)],
  percentile_approx: approximate,
  approx_percentile: approximate,
  percentile_cont: [share(0)],
  percentile_disc: [share(0)],
  approx_count_distinct: [error],
  histogram_numeric: [least(1, 2)],
  ntile: [int(0, UNEXPECTED), least(0, 1)],
  nth_value: [least(1, 1), notNull(1, "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE")],
  lead: [int(1, "_LEGACY_ERROR_TEMP_1035")],
  lag: [int(1, "_LEGACY_ERROR_TEMP_1035")],
  window: [window],
  session_window: [gap],
};

export function unfit(name: string, args: readonly Bound[]): Unfit | undefined {
  if (readsSchema(name)) return schemaProblem(name, args);
  for (const check of CHECKS[name] ?? []) {
    const found = check(args);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isNull = (arg: Bound | undefined): boolean => arg?.type.kind === "null";

function numberOf(arg: Bound | undefined): number | undefined {
  return arg !== undefined && isNumeric(arg.type) && typeof arg.value === "string" ? Number(arg.value) : undefined;
}

/** `approx_count_distinct(x, error)`. */
function error([, arg]: readonly Bound[]): Unfit | undefined {
  if (arg === undefined || arg.type.kind === "unknown") return undefined;
  if (isNull(arg) || arg.type.kind === "int" || !arg.foldable) return { condition: "_LEGACY_ERROR_TEMP_1104", at: 1 };
  const number = numberOf(arg);
  const isOutside = number !== undefined && (number <= 0 || number >= 0.4);
  return isOutside ? { condition: "FAILED_FUNCTION_CALL", at: 1, args: { expected: "above 0 and below 0.4" } } : undefined;
}

/** `window(time, length, slide, start)`. */
function window(args: readonly Bound[]): Unfit | undefined {
  const found: number[] = [];
  for (const [i, arg] of args.slice(1).entries()) {
    const at = i + 1;
    if (arg.type.kind === "unknown") return undefined;
    if (!isWindow(arg)) return { condition: "_LEGACY_ERROR_TEMP_1207", at };
    const { months, micros } = durationIn(arg) ?? {};
    if (micros === undefined) return { condition: "CANNOT_PARSE_INTERVAL", at };
    if (months !== 0) return { condition: "_LEGACY_ERROR_TEMP_3231", at };
    found.push(micros);
  }
  const [length = 1, slide = length, start = 0] = found;
  if (length <= 0) return outside(1, "longer than nothing");
  if (slide <= 0) return outside(2, "longer than nothing");
  const beyond = (at: number, expected: string): Unfit => ({ condition: "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION", at, args: { expected } }); // prettier-ignore
  if (slide > length) return beyond(2, "at most as long as the window");
  return Math.abs(start) >= slide ? beyond(3, "shorter than what the window slides by") : undefined;
}

/** `session_window(time, gap)`: what a text says is read when it runs. */
function gap([, arg]: readonly Bound[]): Unfit | undefined {
  if (arg === undefined || ["string", "unknown", "null"].includes(arg.type.kind)) return undefined;
  return { condition: "_LEGACY_ERROR_TEMP_1040", at: 1, args: { type: printType(arg.type) } };
}
