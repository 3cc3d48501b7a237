/** Lengths of time in texts, as `window` takes them: `1 hour 30 minutes`. */
import type { Bound } from "../bind/bound.js";

interface Duration {
  /** Not always as long. */
  readonly months: number;
  readonly micros: number;
}

const MICROS: Readonly<Record<string, number>> = {
  week: 604_800_000_000,
  day: 86_400_000_000,
  hour: 3_600_000_000,
  minute: 60_000_000,
  second: 1_000_000,
  millisecond: 1000,
  microsecond: 1,
};
const MONTHS: Readonly<Record<string, number>> = { year: 12, month: 1 };

/** Only seconds have a fraction. */
const PART =
  /\s*([+-]?)\s*(?:(\d+)|(\d*\.\d*(?<=\d.*))(?=\s+seconds?\b))\s+(week|day|hour|minute|second|millisecond|microsecond|year|month)s?(?=\s|$)/iy;

/** Of a constant that says a length: a text, or a whole number of microseconds. */
export function isWindow({ op, value, type }: Bound): boolean {
  return typeof value === "string" && (type.kind === "string" ? op === "literal" : type.kind === "int" || type.kind === "bigint");
}

/** Undefined where Spark cannot read it. */
export function durationIn({ value, type }: Bound): Duration | undefined {
  if (typeof value !== "string") return undefined;
  if (type.kind !== "string") return { months: 0, micros: Number(value) };
  const text = value.trim().replace(/^interval\s+/i, "");
  let found: Duration | undefined;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const part = PART.exec(text);
    if (part === null) return undefined;
    const [, sign, whole, fraction, unit = ""] = part;
    const amount = (sign === "-" ? -1 : 1) * Number(whole ?? fraction);
    const { months = 0, micros = 0 } = found ?? {};
    const each = unit.toLowerCase();
    found = { months: months + amount * (MONTHS[each] ?? 0), micros: micros + amount * (MICROS[each] ?? 0) };
  }
  return found;
}
