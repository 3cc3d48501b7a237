/** Aggregates over windows, a part of the IR. */
import type { Expr } from "./4-analyze/expr/ast.js";
import type { DataType } from "./data-type.js";

/** Partial state of one aggregate of one input expression: shared by all its windows. */
export interface AggregatePlan {
  /** Name as in the spec. */
  readonly name: string;
  readonly function: AggregateFunction;
  /** Absent for count(*). */
  readonly argument?: Expr;
  /** What `max_by` and `min_by` compare rows by. */
  readonly by?: Expr;
  /** Which percentile, from 0 to 1. */
  readonly fraction?: number;
  readonly where?: Expr;
  /** Type of the result. */
  readonly type: DataType;
  readonly windows: readonly WindowPlan[];
}
export type AggregateFunction =
  | "count"
  | "count_if"
  | "sum"
  | "avg"
  | "min"
  | "max"
  | "variance"
  | "stddev"
  | "bool_and"
  | "bool_or"
  | "first"
  | "last"
  | "min_by"
  | "max_by"
  | "count_distinct"
  | "approx_count_distinct"
  | "approx_percentile";
export interface WindowPlan {
  /** Name of the output: `spend_7d`. */
  readonly output: string;
  /** Length in ms; "all" for the whole past. */
  readonly length: number | "all";
  /** Tile size in ms. */
  readonly tile: number;
}
