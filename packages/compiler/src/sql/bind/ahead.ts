/** What in a query looks at rows of later times: frames of windows, groups, subqueries. Where that cannot be told, nothing is said. */
import { allAhead, choosing, directionOf, withAhead, type Ahead, type Moment } from "../ahead.js";
import type { CallExpr, Frame, FrameBound, WindowSpec } from "../ast.js";
import type { FunctionDef } from "../functions/signature.js";
import type { IndirectKind, Lineage } from "../lineage.js";
import { intervalLength } from "../interval.js";
import type { Scope } from "../scope.js";
import { contains, walkBound, type Bound } from "./bound.js";
import type { Env } from "./env.js";

interface Window {
  readonly expr: CallExpr;
  readonly def: FunctionDef;
  readonly args: readonly Bound[];
  readonly spec: WindowSpec;
  readonly partition: readonly Bound[];
  readonly order: readonly Bound[];
}

/** The lineage of a window's value, with what of it is later than its row. */
export function windowed(lineage: Lineage, window: Window, env: Env): Lineage {
  const { expr, def, spec, partition, order } = window;
  const [first] = order;
  const direction = directionOf(first?.lineage.moment);
  const times = timesIn(env.scope, window.args);
  const at = { span: expr.over?.span ?? spec.span, what: def.name, over: "window" as const };
  const version = versionIn(window, direction, env);
  const timed = version?.moment === undefined ? lineage : { ...lineage, moment: version.moment };
  const add = (more: Partial<Ahead>): Lineage => withAhead(timed, [{ ...at, times, ...version?.mark, ...more }]);
  if (partition.some(({ lineage: { moment } }) => moment?.kind === "row")) return lineage;
  if (first === undefined || first.foldable || direction === undefined) {
    // Whatever the rows are sorted by, all of them are looked at; of one thing, such as the lines of an order, they may be of one moment.
    const isWhole =
      WHOLE.has(def.name) ||
      (spec.frame === undefined ? first === undefined : isUnbounded(spec.frame)) ||
      (first !== undefined && isMeasure(first, env));
    return times.length > 0 && isWhole && !isOfOneKey(partition, env) && !isOfFirst(def.name, window.args) ? add({}) : lineage;
  }
  const own = [...first.lineage.direct.keys()].filter((column) => env.shared.times.has(column));
  const descending = (spec.orderBy[0]?.direction === "desc") !== (direction === "falling");
  if (!reachesLater(window, descending)) return lineage;
  const latest =
    descending && COUNTED.has(def.name) ? { latest: isOfOneKey(partition, env) ? ("of_key" as const) : ("of_many" as const) } : {};
  const by = lengthOf(spec.frame, descending);
  return add({ times: own, ...latest, ...(by === undefined || !hasFrame(def) ? {} : { by }) });
}

/** Rows that are sorted by an amount come in no order of time: any of them may stand before a row, and displace it. Whole numbers may count them. */
function isMeasure({ type, foldable, lineage: { direct } }: Bound, { shared }: Env): boolean {
  const isCount = !["double", "float", "boolean", "decimal"].includes(type.kind) || (type.kind === "decimal" && type.scale === 0);
  return !isCount && !foldable && direct.size > 0 && ![...direct.keys()].some((column) => shared.times.has(column));
}

/** What stands in the latest of all rows of a partition: the same for each, as a group has it. */
function versionIn(
  { def, spec, args, partition }: Window,
  direction: "rising" | "falling" | undefined,
  env: Env,
): { readonly mark: Pick<Ahead, "version" | "select">; readonly moment?: Moment } | undefined {
  const isWhole = spec.orderBy.length === 0 || (spec.frame !== undefined && isUnbounded(spec.frame));
  const descending = (spec.orderBy[0]?.direction === "desc") !== (direction === "falling");
  const isLatest = direction !== undefined && reachesEnd(def.name, spec.frame, descending);
  if (!isLatest && !(isWhole && ofExtreme(def.name, args) === "latest")) return undefined;
  if (partition.some(({ lineage: { direct } }) => [...direct.keys()].some((column) => env.shared.times.has(column)))) return undefined;
  const { partitions } = env.shared;
  const key = [env.scope.attributes[0]?.id ?? 0, ...partition.map((one) => one.key).sort()].join();
  const select = partitions.get(key) ?? env.shared.nextId();
  partitions.set(key, select);
  const version = partition.flatMap(({ lineage: { direct } }) => [...direct.keys()]);
  const kind = def.name.endsWith("_by") ? undefined : args[0]?.lineage.moment?.kind;
  if (kind !== "row" && kind !== "floor") return { mark: { version, select } };
  return { mark: { select }, moment: { kind: "latest", select, of: isOfOneKey(partition, env) ? "of_key" : "of_many" } };
}

/** Whether a function takes the last row, in the order of time, of a frame that goes to the last one of all. */
function reachesEnd(name: string, frame: Frame | undefined, descending: boolean): boolean {
  if (name !== (descending ? "first_value" : "last_value") && name !== (descending ? "first" : "last")) return false;
  const end = descending ? (frame?.start ?? DEFAULT.start) : (frame?.end ?? { kind: "current" as const });
  return end.kind === "unbounded";
}

function hasFrame({ name }: FunctionDef): boolean {
  return !WHOLE.has(name) && !COUNTED.has(name) && name !== "lead" && name !== "lag";
}

/** How much later than the current one the latest row of a frame can be, ms; undefined where there is no bound that can be read. */
function lengthOf(frame: Frame | undefined, descending: boolean): number | undefined {
  const end = descending ? frame?.start : frame?.end;
  const length = frame?.unit === "range" && end?.kind === "offset" ? intervalLength(end.offset) : undefined;
  return length === undefined || length < 0 ? undefined : length;
}

/** Their value depends on how many rows there are in all. */
const WHOLE: ReadonlySet<string> = new Set(["ntile", "percent_rank", "cume_dist"]);
const COUNTED: ReadonlySet<string> = new Set(["row_number", "rank", "dense_rank"]);

function isUnbounded({ start, end }: Frame): boolean {
  return start.kind === "unbounded" && end?.kind === "unbounded" && end.side === "following";
}

/** Whether rows after the current one are in the frame, or counted, by time. */
function reachesLater({ expr, def, spec: { frame }, args }: Window, descending: boolean): boolean {
  if (WHOLE.has(def.name)) return true;
  if (COUNTED.has(def.name)) return descending;
  if (def.name === "lead" || def.name === "lag") {
    const offset = expr.args[1]?.value;
    const isNegative = offset?.kind === "literal" && typeof offset.value === "string" && offset.value.startsWith("-");
    const turned = isNegative || (offset?.kind === "unary" && offset.op === "-");
    return (def.name === "lead") !== (turned !== descending) && !(offset?.kind === "literal" && offset.value === "0");
  }
  if (isOfFirst(def.name, args)) return false;
  const ends = frame === undefined ? DEFAULT : { start: frame.start, end: frame.end ?? { kind: "current" as const } };
  const later = descending ? [ends.start, ends.end].map(turned).reverse() : [ends.start, ends.end];
  const [from, to] = later;
  if (to === undefined || from === undefined || !isAfter(to)) return false;
  // The first row of a frame that begins before the current one is no later than that.
  const takesFirst = def.name === (descending ? "last_value" : "first_value") || def.name === (descending ? "last" : "first");
  return !takesFirst || expr.nulls === "ignore" || args.length > 1 || isAfter(from);
}

const DEFAULT = { start: { kind: "unbounded", side: "preceding" }, end: { kind: "current" } } as const;

function turned(one: FrameBound): FrameBound {
  return one.kind === "current" ? one : { ...one, side: one.side === "preceding" ? "following" : "preceding" };
}

/** Surely after the current row: by a number, or by an interval whose sign is known. */
function isAfter(one: FrameBound): boolean {
  if (one.kind === "current" || one.side === "preceding") return false;
  if (one.kind === "unbounded") return true;
  const { offset } = one;
  if (offset?.kind !== "literal" || typeof offset.value !== "string") return false;
  return offset.type.kind === "interval" ? /^INTERVAL '[^-]*[1-9]/.test(offset.value) : Number(offset.value) > 0;
}

/** Rows of one thing of a table: there may be one of them, or all of one moment. */
export function isOfOneKey(by: readonly Bound[], { shared }: Env): boolean {
  const columns = new Set(
    by.flatMap(({ lineage: { direct } }) => [...direct].flatMap(([column, kind]) => (kind === "identity" ? [column.toLowerCase()] : []))),
  );
  return shared.keys.some((key) => key.every((column) => columns.has(column)));
}

/** The least time, and what stood in its row, are known from the first row on. */
function isOfFirst(name: string, args: readonly Bound[]): boolean {
  return ofExtreme(name, args) === "first";
}

/** Whether a value is that of the first row of all, or of the latest. */
function ofExtreme(name: string, args: readonly Bound[]): "first" | "latest" | undefined {
  const by = name === "min" || name === "max" ? args[0] : name === "min_by" || name === "max_by" ? args[1] : undefined;
  const direction = directionOf(by?.lineage.moment);
  return direction === undefined ? undefined : name.startsWith("min") === (direction === "rising") ? "first" : "latest";
}

/** Columns with the times of the rows in a scope: of the tables that something is computed from, else of all. */
function timesIn({ attributes }: Scope, of: readonly Bound[]): readonly string[] {
  const times = attributes.flatMap(({ lineage }) => (lineage.moment === undefined ? [] : [...lineage.direct.keys()]));
  const tables = new Set(of.flatMap(({ lineage }) => [...lineage.direct.keys()].map(tableOf)));
  const own = times.filter((time) => tables.has(tableOf(time)));
  return [...new Set(own.length > 0 ? own : times)];
}

/** `sources.NAME` of `sources.NAME.COLUMN`. */
function tableOf(column: string): string {
  return column.slice(0, column.indexOf(".", column.indexOf(".") + 1));
}

interface Grouped {
  readonly where: Bound | undefined;
  readonly having: Bound | undefined;
  readonly joins: readonly Lineage[];
  /** What is grouped by; absent where nothing is put together. */
  readonly keys?: readonly Bound[];
}

/** What a SELECT does to the times of its rows. */
export interface Times {
  /** Columns with the times of its rows, where these have no say in which rows there are. */
  readonly anyTime: readonly string[];
  of(value: Bound, lineage: Lineage): Lineage;
  /** What of a condition still looks ahead. */
  kept(lineage: Lineage): Lineage;
}

export function timesOf({ where, having, joins, keys }: Grouped, env: Env): Times {
  const { times } = env.shared;
  const names = (lineage: Lineage): boolean => [...lineage.direct.keys()].some((column) => times.has(column));
  const chosenBy = (kinds: readonly IndirectKind[]) => (lineage: Lineage) =>
    [...lineage.indirect].some(([column, own]) => times.has(column) && kinds.some((kind) => own.has(kind)));
  const joined = joins.some(chosenBy(["join"]));
  const timed =
    joined ||
    [where, having].some((one) => one !== undefined && names(one.lineage)) ||
    env.scope.attributes.some(({ lineage }) => chosenBy(["join", "filter"])(lineage));
  const anyTime = timed ? [] : timesIn(env.scope, []);
  // A condition over two times says which rows of a group are taken: whether rightly, cannot be seen.
  const related = joined || (where !== undefined && relates(where, names));
  const isSure = ({ over }: Ahead): boolean => over !== "history" && over !== "period";
  const kept = (ahead: readonly Ahead[]): readonly Ahead[] => (related ? ahead.filter(isSure) : ahead);
  // The latest of some rows is not the latest of all.
  const parts = new Set(timed ? env.shared.partitions.values() : []);
  const withKept = ({ moment, ...lineage }: Lineage): Lineage => ({
    ...lineage,
    ahead: kept(lineage.ahead),
    ...(moment === undefined || (moment.kind === "latest" && parts.has(moment.select)) ? {} : { moment }),
  });
  if (keys === undefined) return { anyTime, kept: withKept, of: (_value, lineage) => withKept(lineage) };
  const select = env.shared.nextId();
  const all = timed ? undefined : groupOf(keys, names);
  const isOne = isOfOneKey(keys, env);
  const over = isOne ? undefined : all;
  const by = keys.flatMap(({ lineage }) => [...lineage.direct.keys()]);
  const own = (value: Bound): readonly Ahead[] => (over === undefined ? [] : grouped(value, { over, select, by, env }));
  const chosen = having === undefined ? [] : choosing(own(having));
  return {
    anyTime,
    kept: withKept,
    of: (value, lineage) => {
      const ahead = allAhead([{ ahead: kept(lineage.ahead) }, { ahead: own(value) }, { ahead: chosen }]);
      const { moment: _moment, ...rest } = lineage;
      const moment = momentOf(value, select, all === "history" ? (isOne ? "of_key" : "of_many") : undefined);
      return { ...rest, ahead, ...(moment === undefined ? {} : { moment }) };
    },
  };
}

/** Aggregates that are the same over rows of which some are there twice. */
const OF_COPIES =
  /^(max|min|max_by|min_by|first|first_value|last|last_value|any_value|bool_and|bool_or|every|some|any|collect_set|approx_count_distinct|\w+\(distinct )/;

export function countsCopies(value: Bound): boolean {
  return contains(value, ({ op, key }) => op === "aggregate" && !OF_COPIES.test(key));
}

function relates(condition: Bound, names: (lineage: Lineage) => boolean): boolean {
  let found = false;
  walkBound(condition, ({ children }) => {
    found ||= children.filter(({ lineage, type }) => type.kind !== "boolean" && names(lineage)).length > 1;
    return !found;
  });
  return found;
}

/** Undefined where the rows of a group are all of one moment. */
function groupOf(keys: readonly Bound[], names: (lineage: Lineage) => boolean): "history" | "period" | undefined {
  if (keys.some(({ lineage: { moment } }) => moment?.kind === "row")) return undefined;
  return keys.some(({ lineage }) => names(lineage)) ? "period" : "history";
}

function grouped(
  value: Bound,
  { over, select, by, env }: Pick<Ahead, "over"> & { readonly select: number; readonly by: readonly string[]; readonly env: Env },
): readonly Ahead[] {
  const found: Ahead[] = [];
  walkBound(value, (node) => {
    if (node.op !== "aggregate") return node.op !== "subquery";
    const what = /^\w+/.exec(node.key)?.[0] ?? "";
    const times = timesIn(env.scope, node.children);
    const extreme = ofExtreme(what, node.children);
    const version = extreme === "latest" && what.endsWith("_by") && over === "history" ? { version: by } : {};
    if (times.length > 0 && extreme !== "first" && !what.startsWith("grouping")) found.push({ span: node.span, what, over, times, select, ...version }); // prettier-ignore
    return false;
  });
  return found;
}

/** A column that is grouped by is the same for all rows; a period that is grouped by begins before them. */
function momentOf(value: Bound, select: number, of: "of_key" | "of_many" | undefined): Moment | undefined {
  const { moment } = value.lineage;
  if (value.op === "aggregate") {
    const kind = value.children[0]?.lineage.moment?.kind;
    if (value.key.startsWith("min(")) return kind === "row" ? { kind: "earliest", select } : undefined;
    return (kind === "row" || kind === "floor") && value.key.startsWith("max(") && of !== undefined
      ? { kind: "latest", select, of }
      : undefined;
  }
  return moment?.kind === "floor" ? { kind: "earliest", select } : moment;
}
