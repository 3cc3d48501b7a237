/** What makes a query give other rows when it is asked again: clocks, chance, the machine it runs on; and the order in which rows happen to be met. */
import type { Span } from "../text.js";
import type { CallExpr, Expr, Query, Sample, Select, WindowRef, WindowSpec } from "./ast.js";
import { functionName, isCall, isQuery, isSelect } from "./node.js";

export interface Unstable {
  readonly kind: "clock" | "chance" | "machine" | "order";
  /** The function, or the clause, as it is written. */
  readonly what: string;
  /** What it takes by an order that nothing gives: rows of a query, a place or frame in a window, values of a group. */
  readonly of?: "rows" | "window" | "group";
  readonly span: Span;
}

const CLOCK = ["current_timestamp", "now", "current_date", "curdate", "current_time", "localtimestamp"];
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
  "version",
  // Whatever is on the class path, clocks and random numbers too.
  "reflect",
  "java_method",
  "try_reflect",
];
/** Aggregates whose value depends on the order of rows, which nothing in them gives. */
const ORDER = [
  "first",
  "first_value",
  "last",
  "last_value",
  "any_value",
  "collect_list",
  "collect_set",
  "array_agg",
  "listagg",
  "string_agg",
];
/** The same of a window; `rank` and its like are the same for rows of one place, in whichever order they are met. */
const PLACED = [...ORDER, "row_number", "ntile", "lag", "lead", "nth_value"];
/** Functions for which the order of an array's elements is all one. */
const ORDERLESS = ["sort_array", "array_sort", "array_max", "array_min", "size", "cardinality", "array_size", "array_contains"];

const KINDS: ReadonlyMap<string, Unstable["kind"]> = new Map([
  ...CLOCK.map((name) => [name, "clock"] as const),
  ...CHANCE.map((name) => [name, "chance"] as const),
  ...MACHINE.map((name) => [name, "machine"] as const),
  ...ORDER.map((name) => [name, "order"] as const),
]);

/** What a function of this name gives that is another each time, whatever it is called with; undefined for those that go by the order of rows. */
export function unstableName(name: string): Exclude<Unstable["kind"], "order"> | undefined {
  const kind = KINDS.get(name.toLowerCase());
  return kind === "order" ? undefined : kind;
}

/** Those that Spark calls without brackets, too, where no column has the name. */
export const isBareCall = (name: string): boolean => BARE.includes(name.toLowerCase());
const BARE = ["current_timestamp", "current_date", "current_time", "localtimestamp", "current_user", "session_user", "user"];

type Windows = Select["windows"];

/** In the order of the text. Values that are clocks by their type, such as `'now'` where a time is asked for, are the binder's to find. */
export function unstableIn(query: Query): readonly Unstable[] {
  const found: Unstable[] = [];
  // Iterative: chains of operators are deep trees.
  const open: (readonly [node: unknown, orderless: boolean, windows: Windows])[] = [[query, false, []]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, orderless, around] = next;
    if (typeof node !== "object" || node === null) continue;
    if (isCall(node)) {
      const unstable = ofCall(node, around);
      if (unstable !== undefined && !(orderless && unstable.of === "group")) found.push(unstable);
    }
    if (isQuery(node)) found.push(...ofQuery(node));
    if ("sample" in node && isSample(node.sample)) found.push(ofSample(node.sample));
    const inside = isCall(node) && ORDERLESS.includes(functionName(node));
    const windows = isSelect(node) ? node.windows : around;
    for (const value of Object.values(node)) open.push([value, inside || (orderless && !("kind" in node)), windows]);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Without an order, which rows are first is chance. */
function ofQuery({ limit, offset, orderBy, orderByAll }: Query): readonly Unstable[] {
  if (orderBy.length > 0 || orderByAll) return [];
  const parts = [limit && { what: "LIMIT", span: limit.span }, offset && { what: "OFFSET", span: offset.span }];
  return parts.flatMap((part) => (part === undefined ? [] : [{ kind: "order" as const, of: "rows" as const, ...part }]));
}

/** Also with `REPEATABLE`: which rows a seed takes depends on how they lie in files and partitions. */
function ofSample({ rows, span }: Sample): Unstable {
  return rows ? { kind: "order", of: "rows", what: "TABLESAMPLE", span } : { kind: "chance", what: "TABLESAMPLE", span };
}

function isSample(value: unknown): value is Sample {
  return typeof value === "object" && value !== null && "rows" in value;
}

function ofCall(call: CallExpr, windows: Windows): Unstable | undefined {
  const { span, over } = call;
  const what = functionName(call);
  if (over !== undefined) return ofWindow(call, specOf(over, windows));
  const kind = kindOf(call, what);
  // In an order of its own.
  if (kind === undefined || (kind === "order" && call.withinGroup !== undefined)) return undefined;
  return { kind, what, ...(kind === "order" && { of: "group" }), span };
}

function kindOf({ args }: CallExpr, name: string): Unstable["kind"] | undefined {
  if (name === "unix_timestamp") return args.length === 0 ? "clock" : undefined;
  if (name === "aes_encrypt") return hasRandomStart(args.map(({ value }) => value)) ? "chance" : undefined;
  // Which one of the most frequent values, unless a second argument or WITHIN GROUP says it.
  if (name === "mode") return args.length === 1 ? "order" : undefined;
  return KINDS.get(name);
}

/** What AES begins with is random, unless it is given, or the mode has none. */
function hasRandomStart([, , mode, , start]: readonly Expr[]): boolean {
  if (mode?.kind === "literal" && typeof mode.value === "string" && mode.value.toUpperCase() === "ECB") return false;
  return start === undefined || (start.kind === "literal" && start.value === "");
}

function specOf(over: WindowRef, windows: Windows): WindowSpec | undefined {
  let found: WindowRef | undefined = over;
  for (let steps = 0; found !== undefined && "name" in found && steps < 20; steps++) {
    const name: string = found.name.toLowerCase();
    found = windows.find((one) => one.name.name.toLowerCase() === name)?.spec;
  }
  return found !== undefined && "kind" in found ? found : undefined;
}

/** What counts rows of a window, where nothing says which comes before which. */
function ofWindow(call: CallExpr, spec: WindowSpec | undefined): Unstable | undefined {
  if (spec === undefined || spec.orderBy.some(({ value }) => tellsApart(value, spec))) return undefined;
  const what = functionName(call);
  const { frame } = spec;
  if (!PLACED.includes(what) && (frame?.unit !== "rows" || isWhole(frame))) return undefined;
  const whole = ORDER.includes(what) && (frame === undefined || isWhole(frame));
  return { kind: "order", what, of: whole ? "group" : "window", span: call.span };
}

function isWhole({ start, end }: NonNullable<WindowSpec["frame"]>): boolean {
  return start.kind === "unbounded" && end?.kind === "unbounded" && end.side === "following";
}

/** Whether it can differ within a partition: a constant does not (`ORDER BY 1` is no column here), nor what the partition is by. */
function tellsApart(value: Expr, { partitionBy }: WindowSpec): boolean {
  if (value.kind === "column") return !partitionBy.some((other) => other.kind === "column" && pathOf(other.path) === pathOf(value.path));
  const open: unknown[] = [value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if ("kind" in node && (node.kind === "column" || node.kind === "star")) return true;
    for (const inner of Object.values(node)) if (inner !== undefined) open.push(inner);
  }
  return false;
}

const pathOf = (path: readonly { readonly name: string }[]): string => path.map(({ name }) => name.toLowerCase()).join(".");
