/** What becomes of times in expressions: whether a value is still the time of its row, the beginning of a period, or only in the same order. */
import { directionOf, momentOfAny, type Moment } from "../ahead.js";
import type { BinaryExpr, Expr } from "../ast.js";
import { intervalIn, intervalLength } from "../interval.js";
import type { Bound } from "./bound.js";

/** Functions that rise with a time, and those that cut it to the beginning of a period. */
const RISING: ReadonlySet<string> = new Set(
  "timestamp to_timestamp to_timestamp_ntz to_timestamp_ltz unix_timestamp to_unix_timestamp unix_micros unix_millis unix_seconds to_utc_timestamp from_utc_timestamp coalesce nvl ifnull".split(
    " ",
  ),
);
const PICKING: ReadonlySet<string> = new Set(["coalesce", "nvl", "ifnull"]);
const CUTTING: ReadonlySet<string> = new Set(["date_trunc", "trunc", "date", "to_date"]);
/** What they make of a time is no time, and is sorted as times are: of a first, or a second, argument. */
const SORTED: ReadonlySet<string> = new Set(["year", "unix_date", "date_add", "date_sub", "add_months", "bigint", "double"]);
const BETWEEN: ReadonlySet<string> = new Set(["datediff", "date_diff", "months_between"]);
/** Text in which what is longer stands first. */
const AS_TEXT = /^yyyy(\W?MM(\W?dd(\W?HH(\W?mm(\W?ss)?)?)?)?)?$/;

/** The value, which says this of the time of its row. */
export function atMoment(value: Bound, moment: Moment | undefined): Bound {
  return moment === undefined ? value : { ...value, lineage: { ...value.lineage, moment } };
}

/** What a function, or a cast, makes of a time. */
export function momentAfter(name: string, args: readonly Bound[]): Moment | undefined {
  if (name === "window" && args[0]?.lineage.moment?.kind === "row") return { kind: "window" };
  // Constants are no times that rows bring.
  if (name === "least" && args.filter(({ lineage: { direct } }) => direct.size > 0).length > 1) return { kind: "earlier" };
  if (args.length > 1 && PICKING.has(name)) return momentPicked(args);
  const [time, ...more] = args.flatMap(({ lineage: { moment } }) => moment ?? []);
  if (time === undefined || more.length > 0) return undefined;
  const isTime = time.kind === "row" || time.kind === "floor" || time.kind === "earlier";
  if (RISING.has(name)) return isTime ? time : ordered(time);
  if (CUTTING.has(name)) return isTime ? { kind: time.kind === "earlier" ? "earlier" : "floor" } : ordered(time);
  return sorted(name, args, time);
}

function sorted(name: string, [first, second, third]: readonly Bound[], time: Moment): Moment | undefined {
  if (SORTED.has(name)) return first?.lineage.moment === time && second?.foldable !== false ? ordered(time) : undefined;
  if (name === "date_format")
    return second?.op === "literal" && typeof second.value === "string" && AS_TEXT.test(second.value.replaceAll("'", ""))
      ? ordered(time)
      : undefined;
  if (!BETWEEN.has(name) || third !== undefined) return undefined;
  return first?.lineage.moment === time ? ordered(time) : ordered(time, true);
}

function ordered(time: Moment, turned = false): Moment | undefined {
  const direction = directionOf(time);
  if (direction === undefined) return undefined;
  return { kind: turned === (direction === "rising") ? "falling" : "rising" };
}

/** One of several times of a row, by whatever it is chosen; the beginning of a period, or an earlier one, for some of the rows. */
export function momentPicked(values: readonly Bound[]): Moment | undefined {
  const moments = values.flatMap(({ lineage: { moment } }) => moment ?? []);
  if (moments.length < values.length) return undefined;
  for (const kind of ["earlier", "floor"] as const) if (moments.every((one) => one.kind === "row" || one.kind === kind) && moments.some((one) => one.kind === kind)) return { kind }; // prettier-ignore
  return momentOfAny(moments);
}

/** `CASE WHEN a > b THEN b ELSE a END` is `least(a, b)`; the other way round it is `greatest(a, b)`, which is no time of its row alone. */
export function momentChosen(when: Expr | undefined, sides: readonly Bound[], [then, otherwise]: readonly Bound[]): Moment | undefined {
  const [left, right] = sides;
  if (then === undefined || otherwise === undefined) return undefined;
  const isLess = when?.kind === "binary" && (when.op === "<" || when.op === "<=");
  const isMore = when?.kind === "binary" && (when.op === ">" || when.op === ">=");
  if (!isLess && !isMore) return momentPicked([then, otherwise]);
  const is = (a: Bound | undefined, b: Bound | undefined): boolean => then.key === a?.key && otherwise.key === b?.key;
  if (isLess ? is(left, right) : is(right, left)) return momentAfter("least", [then, otherwise]);
  return (isLess ? is(right, left) : is(left, right)) ? undefined : momentPicked([then, otherwise]);
}

/** Time zones are less than this apart, ms: what is moved by less may be put right. */
const ZONES = 26 * 3_600_000;
/** No month is shorter, ms. */
const MONTH = 28 * 86_400_000;

/** By how much an interval moves a time, at least, ms; undefined where it is none that can be read. */
export function movedBy(op: "+" | "-", right: Expr): number | undefined {
  const { amount = 0, unit = "" } = intervalIn(right) ?? {};
  const length = unit === "YEAR" || unit === "MONTH" ? amount * MONTH : intervalLength(right);
  return length === undefined ? undefined : op === "+" ? length : -length;
}

/** What an operator makes of a time: `received_at - INTERVAL 30 DAYS`, `0 - unix_micros(created_at)`. */
export function momentComputed({ op, right }: BinaryExpr, a: Bound, b: Bound): Moment | undefined {
  const [first, second] = [a.lineage.moment, b.lineage.moment];
  if ((first === undefined) === (second === undefined)) return undefined;
  if (first !== undefined) {
    if (first.kind === "window" || !isConstant(b)) return undefined;
    if (op === "*" || op === "/") return scaled(first, b);
    if (op !== "+" && op !== "-") return undefined;
    return -(movedBy(op, right) ?? 0) > ZONES && directionOf(first) === "rising" ? { kind: "earlier" } : ordered(first);
  }
  if (second === undefined || !isConstant(a)) return undefined;
  if (op === "*") return scaled(second, a);
  return op === "+" ? ordered(second) : op === "-" ? ordered(second, true) : undefined;
}

function isConstant({ lineage: { direct }, op }: Bound): boolean {
  return direct.size === 0 && op !== "aggregate" && op !== "window" && op !== "subquery";
}

function scaled(time: Moment, by: Bound): Moment | undefined {
  const amount = /^-|^\(- /.test(by.sql ?? "") ? -1 : 1;
  return /[1-9]/.test(by.sql ?? "") ? ordered(time, amount < 0) : undefined;
}

/** `-unix_micros(created_at)`. */
export function momentNegated({ lineage: { moment } }: Bound): Moment | undefined {
  return moment === undefined ? undefined : ordered(moment, true);
}
