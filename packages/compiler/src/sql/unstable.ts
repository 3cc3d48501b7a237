/** What makes a query give other rows when it is asked again: clocks, chance, the machine it runs on; and the order in which rows happen to be met. */
import type { Span } from "../text.js";
import type { CallExpr, ColumnRef, Query } from "./ast.js";
import { functionName, isCall, isColumn, isQuery } from "./node.js";

export interface Unstable {
  readonly kind: "clock" | "chance" | "machine" | "order";
  /** The function, or the clause, as it is written. */
  readonly what: string;
  readonly span: Span;
}

const CLOCK = ["current_timestamp", "now", "current_date", "curdate", "current_time", "localtimestamp"];
const BARE_CLOCKS = ["current_timestamp", "current_date", "current_time", "localtimestamp"];
const CHANCE = ["rand", "random", "randn", "randstr", "uniform", "uuid", "shuffle"];
const MACHINE = [
  "monotonically_increasing_id",
  "spark_partition_id",
  "input_file_name",
  "input_file_block_start",
  "input_file_block_length",
  "current_user",
  "session_user",
  "user",
  "current_catalog",
  "current_database",
  "current_schema",
  "current_timezone",
];
/** Aggregates whose value depends on the order of rows, which nothing in them gives. */
const ORDER = ["first", "first_value", "last", "last_value", "any_value", "collect_list", "collect_set", "array_agg"];
/** Functions for which the order of an array's elements is all one. */
const ORDERLESS = ["sort_array", "array_sort", "array_max", "array_min", "size", "cardinality", "array_size", "array_contains"];

const KINDS: ReadonlyMap<string, Unstable["kind"]> = new Map([
  ...CLOCK.map((name) => [name, "clock"] as const),
  ...CHANCE.map((name) => [name, "chance"] as const),
  ...MACHINE.map((name) => [name, "machine"] as const),
  ...ORDER.map((name) => [name, "order"] as const),
]);

/** In the order of the text. */
export function unstableIn(query: Query): readonly Unstable[] {
  const found: Unstable[] = [];
  // Iterative: chains of operators are deep trees.
  const open: (readonly [node: unknown, orderless: boolean])[] = [[query, false]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, orderless] = next;
    if (typeof node !== "object" || node === null) continue;
    if (isCall(node)) {
      const unstable = ofCall(node);
      if (unstable !== undefined && !(orderless && unstable.kind === "order")) found.push(unstable);
    }
    if (isQuery(node) && node.limit !== undefined && node.orderBy.length === 0 && !node.orderByAll)
      found.push({ kind: "order", what: "LIMIT", span: node.limit.span });
    if (isName(node)) found.push({ kind: "clock", what: node.path[0]?.name.toLowerCase() ?? "", span: node.span });
    const inside = isCall(node) && ORDERLESS.includes(functionName(node));
    for (const value of Object.values(node)) open.push([value, inside || (orderless && !("kind" in node))]);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function ofCall(call: CallExpr): Unstable | undefined {
  const name = functionName(call);
  const kind = name === "unix_timestamp" && call.args.length === 0 ? "clock" : KINDS.get(name);
  // Over a window, in an order of its own, or by itself the whole result: then order is given.
  if (kind === undefined || (kind === "order" && (call.over !== undefined || call.withinGroup !== undefined))) return undefined;
  return { kind, what: name, span: call.span };
}

/** A clock without parentheses, which is read as a column at first; in backquotes it is one. */
function isName(node: object): node is ColumnRef {
  if (!isColumn(node)) return false;
  const [only, ...more] = node.path;
  const quoted = only === undefined || only.span.end - only.span.start !== only.name.length;
  return !quoted && more.length === 0 && BARE_CLOCKS.includes(only.name.toLowerCase());
}
