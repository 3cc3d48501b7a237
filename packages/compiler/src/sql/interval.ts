/** Intervals that stand in the text of a query, in one unit: `INTERVAL 7 DAYS`. */
import type { Expr } from "./ast.js";

interface Interval {
  readonly amount: number;
  /** As the parser writes it: `DAY`. */
  readonly unit: string;
}

export function intervalIn(expr: Expr | undefined): Interval | undefined {
  if (expr?.kind !== "literal" || typeof expr.value !== "string") return undefined;
  const [, amount, unit] = /^INTERVAL '(-?\d+)' (\w+)$/.exec(expr.value) ?? [];
  return amount === undefined || unit === undefined ? undefined : { amount: Number(amount), unit };
}

/** Units that are always as long, in ms. */
export const UNITS: Readonly<Record<string, number>> = { DAY: 86_400_000, HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1000 };

/** In ms, where it is always as long: days are those of UTC. Undefined for months, and for what is no such interval. */
export function intervalLength(expr: Expr | undefined): number | undefined {
  const { amount = 0, unit = "" } = intervalIn(expr) ?? {};
  const each = UNITS[unit];
  return each === undefined ? undefined : amount * each;
}
