import type { DataType } from "../data-type.js";
import type { AggregateFunction } from "../ir.js";
import { isIntegral, isNumeric } from "../sql/types.js";

/** What an aggregate of features takes and gives. What its value is says docs/values.md, "aggregate". */
interface AggregateRule {
  /** Type of its value; undefined where it does not take values of that type. */
  readonly result: (value: DataType) => DataType | undefined;
  /** Its value is that of one row: where the rows' order, or a second argument, is least or greatest. */
  readonly picks?: true;
  readonly second?: SecondArgument;
  /** It is a number of rows. */
  readonly counts?: true;
}

export interface SecondArgument {
  /** What rows are compared by, or a number from 0 to 1. */
  readonly kind: "by" | "fraction";
  /** How the call looks, for messages. */
  readonly usage: string;
}

const BIGINT: DataType = { kind: "bigint" };
const DOUBLE: DataType = { kind: "double" };

const isNested = ({ kind }: DataType): boolean => kind === "array" || kind === "map" || kind === "struct";
/** Values that are less or greater than each other, and that a store can keep as they are. */
const comparable = (type: DataType): DataType | undefined => (isNested(type) || type.kind === "binary" ? undefined : type);
const boolean = (type: DataType): DataType | undefined => (type.kind === "boolean" ? type : undefined);
const real = (type: DataType): DataType | undefined => (isNumeric(type) ? DOUBLE : undefined);

/** Types are those of Spark's aggregates of these names. */
const RULES: Readonly<Record<AggregateFunction, AggregateRule>> = {
  count: { result: () => BIGINT, counts: true },
  count_if: { result: (type) => boolean(type) && BIGINT, counts: true },
  sum: { result: sumOf },
  avg: { result: (type) => (type.kind === "decimal" ? averageOf(type.precision, type.scale) : real(type)) },
  min: { result: comparable },
  max: { result: comparable },
  variance: { result: real },
  stddev: { result: real },
  bool_and: { result: boolean },
  bool_or: { result: boolean },
  first: { result: comparable, picks: true },
  last: { result: comparable, picks: true },
  min_by: {
    result: comparable,
    picks: true,
    second: { kind: "by", usage: "`min_by(country, amount)` is the country where the amount is least" },
  },
  max_by: {
    result: comparable,
    picks: true,
    second: { kind: "by", usage: "`max_by(country, amount)` is the country where the amount is greatest" },
  },
  count_distinct: { result: (type) => comparable(type) && BIGINT, counts: true },
  approx_count_distinct: { result: (type) => (isNested(type) ? undefined : BIGINT), counts: true },
  approx_percentile: {
    result: real,
    second: { kind: "fraction", usage: "`approx_percentile(amount, 0.95)` is the amount that 95 % are not above" },
  },
};

export const AGGREGATES: readonly AggregateFunction[] = Object.keys(RULES).flatMap((name) => aggregateNamed(name) ?? []);

export function aggregateNamed(name: string): AggregateFunction | undefined {
  return isAggregate(name) ? name : undefined;
}

function isAggregate(name: string): name is AggregateFunction {
  return Object.hasOwn(RULES, name);
}

/** Type of an aggregate's value; undefined where it does not take values of that type. */
export function resultType(name: AggregateFunction, value: DataType): DataType | undefined {
  return RULES[name].result(value);
}

/** Whether rows can be compared by values of a type. */
export function orders(type: DataType): boolean {
  return comparable(type) !== undefined;
}

export function secondArgument(name: AggregateFunction): SecondArgument | undefined {
  return RULES[name].second;
}

/** Whether the value is that of one row, and the order of rows decides which. */
export function picksRow(name: AggregateFunction): boolean {
  return RULES[name].picks === true;
}

export function takesCondition(name: AggregateFunction): boolean {
  return RULES[name].result({ kind: "boolean" }) !== undefined && RULES[name].result({ kind: "int" }) === undefined;
}

export function countsRows(name: AggregateFunction): boolean {
  return RULES[name].counts === true;
}

function sumOf(type: DataType): DataType | undefined {
  if (type.kind === "decimal") return { kind: "decimal", precision: Math.min(38, type.precision + 10), scale: type.scale };
  return isIntegral(type) ? BIGINT : real(type);
}

/** decimal(p + 4, s + 4), within 38 digits: whole digits are kept as long as four of the fraction stay. */
function averageOf(precision: number, scale: number): DataType {
  if (precision + 4 <= 38) return { kind: "decimal", precision: precision + 4, scale: scale + 4 };
  const whole = precision - scale;
  return { kind: "decimal", precision: 38, scale: Math.max(38 - whole, Math.min(scale + 4, 6)) };
}
