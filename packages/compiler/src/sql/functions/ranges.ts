/** Constants that are of the right type, and too large or too small for their function. */
import type { Bound } from "../bind/bound.js";
import { UNITS } from "../interval.js";
import { isNumeric } from "../types.js";

export interface OutOfRange {
  readonly condition: "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE" | "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION";
  /** The place of the argument. */
  readonly at: number;
  readonly expected: string;
}

const SHARES: ReadonlySet<string> = new Set(["percentile", "percentile_approx", "approx_percentile"]);

export function outOfRange(name: string, args: readonly Bound[]): OutOfRange | undefined {
  if (SHARES.has(name)) {
    const share = numberOf(args[1]);
    const isOutside = share !== undefined && (share < 0 || share > 1);
    return isOutside ? { condition: "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", at: 1, expected: "between 0 and 1" } : undefined;
  }
  if (name !== "window") return undefined;
  const [length, slide] = [durationOf(args[1]), durationOf(args[2])];
  const isBeyond = length !== undefined && slide !== undefined && slide > length;
  return isBeyond
    ? { condition: "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION", at: 2, expected: "at most as long as the window" }
    : undefined;
}

function numberOf(arg: Bound | undefined): number | undefined {
  return arg !== undefined && isNumeric(arg.type) && typeof arg.value === "string" ? Number(arg.value) : undefined;
}

const OF_TEXT: Readonly<Record<string, number>> = { ...UNITS, MICROSECOND: 1e-3, MILLISECOND: 1, WEEK: 604_800_000 };

/** In ms; undefined for months, which are not always as long, and for more than one amount. */
function durationOf(arg: Bound | undefined): number | undefined {
  if (typeof arg?.value !== "string") return undefined;
  const [, amount, unit] = /^\s*(?:interval\s+)?(\d+)\s+(microsecond|millisecond|second|minute|hour|day|week)s?\s*$/i.exec(arg.value) ?? [];
  const each = unit === undefined ? undefined : OF_TEXT[unit.toUpperCase()];
  return each === undefined ? undefined : Number(amount) * each;
}
