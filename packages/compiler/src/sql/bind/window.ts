/** OVER: what a window is made of, and which functions it takes. */
import type { CallExpr, Frame, FrameBound, SortItem, WindowRef, WindowSpec } from "../ast.js";
import type { FunctionDef } from "../functions/signature.js";
import { influenced, merged } from "../lineage.js";
import { type SqlType, isDatetime, isIntegral, isNumeric, isTimestamp, printType, sameType } from "../types.js";
import { windowed } from "./ahead.js";
import { bound, joinSql, sqlOf, type Bound } from "./bound.js";
import { bindAll, fail, report, type Env } from "./env.js";
import { isOrdered } from "./operators.js";

type Plain = (expr: CallExpr, def: FunctionDef, env: Env) => Bound;

export function bindOver(expr: CallExpr & { readonly over: WindowRef }, def: FunctionDef, env: Env, plain: Plain): Bound {
  const { over } = expr;
  const inner: Env = { ...env, inside: "window" };
  if (def.kind !== "window" && def.kind !== "aggregate") return fail(env, "UNSUPPORTED_EXPR_FOR_WINDOW", expr.span, { name: def.name });
  const spec = specOf(over, env);
  if (spec === undefined) return fail(env, "MISSING_WINDOW_SPECIFICATION", over.span, { name: "name" in over ? over.name : "" });
  if (expr.distinct) report(env, "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", expr.span, { name: def.name });
  // The aggregate's own arguments may hold aggregates of the groups.
  const { filter: _filter, over: _over, ...rest } = expr;
  const called = { ...plain({ ...rest, ...(expr.filter && { filter: expr.filter }) }, { ...def, kind: "scalar" }, inner) };
  const partition = bindAll(spec.partitionBy, inner);
  const order = bindAll(spec.orderBy.map(({ value }) => value), inner); // prettier-ignore
  for (const one of [...partition, ...order])
    if (!isOrdered(one.type)) report(env, "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE", one.span, { type: printType(one.type) });
  if (WHOLE.has(def.name) && order.length > 0) report(env, "INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC", expr.span, { name: def.name });
  if (RANKED.has(def.name) && order.length === 0) report(env, "WINDOW_FUNCTION_WITHOUT_ORDER", expr.span, { name: def.name });
  if (spec.frame !== undefined) checkFrame(spec.frame, order, def, env);
  const sql = sqlOf([called.sql, " OVER (", windowSql({ partition, order, spec }, def, expr), ")"]);
  const influences = [...partition, ...order].map(({ lineage }) => lineage);
  const children = [...called.children, ...partition, ...order];
  const lineage = influenced(def.kind === "aggregate" ? merged([called.lineage], "aggregation") : called.lineage, influences, "window");
  return bound({
    op: "window",
    type: called.type,
    nullable: called.nullable,
    span: expr.span,
    key: `${called.key} over ${[...partition, ...order].map(({ key }) => key).join()} ${spec.span.start}`,
    sql,
    children,
    lineage: windowed(lineage, { expr, def, args: called.children, spec, partition, order }, env),
    foldable: false,
  });
}

/** Functions that say nothing without an order. */
const RANKED = new Set(["row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead"]);

/** Functions that are of a whole partition. */
const WHOLE = new Set(["percentile_cont", "percentile_disc"]);

function specOf(over: WindowRef, env: Env): WindowSpec | undefined {
  let found: WindowRef | undefined = over;
  for (let steps = 0; found !== undefined && "name" in found && steps < 20; steps++) found = env.windows.get(found.name.toLowerCase());
  return found !== undefined && "kind" in found ? found : undefined;
}

function checkFrame(frame: Frame, order: readonly Bound[], def: FunctionDef, env: Env): void {
  const bounds = [frame.start, ...(frame.end === undefined ? [] : [frame.end])];
  const offsets = bounds.flatMap(({ kind, ...one }) =>
    kind === "offset" && "offset" in one && one.offset ? [env.shared.expression(one.offset, env)] : [],
  );
  if (RANKED.has(def.name)) return report(env, "WINDOW_FUNCTION_AND_FRAME_MISMATCH", frame.span, { name: def.name });
  for (const offset of offsets) if (!offset.foldable) report(env, "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE", offset.span);
  if (backwards(frame)) report(env, "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON", frame.span);
  if (frame.unit === "rows") {
    for (const { type, span } of offsets)
      if (!["int", "smallint", "tinyint", "unknown", "null"].includes(type.kind))
        report(env, "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE", span, { type: printType(type) });
    return;
  }
  if (order.length === 0) report(env, "DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER", frame.span);
  else if (offsets.length > 0 && order.length > 1) report(env, "DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER", frame.span);
  else if (order[0] !== undefined) checkRange(frame, order[0], offsets, env);
}

function backwards({ start, end }: Frame): boolean {
  if (start.kind === "unbounded" && start.side === "following") return true;
  if (end === undefined) return false;
  if (end.kind === "unbounded" && end.side === "preceding") return true;
  const [from, to] = [placeOf(start), placeOf(end)];
  return start.kind === "offset" && end.kind === "offset" && from !== undefined && to !== undefined && from > to;
}

function placeOf(one: FrameBound): number | undefined {
  if (one.kind !== "offset" || one.offset?.kind !== "literal" || typeof one.offset.value !== "string") return undefined;
  const value = Number(one.offset.value);
  return Number.isNaN(value) ? undefined : one.side === "preceding" ? -value : value;
}

/** By how much a value may differ, of what the rows are sorted by. */
function checkRange(frame: Frame, order: Bound, offsets: readonly Bound[], env: Env): void {
  const { type } = order;
  if (type.kind === "unknown" || offsets.length === 0) return;
  const [first, second] = offsets;
  const takes = (offset: SqlType): boolean => {
    if (offset.kind === "unknown" || offset.kind === "null") return true;
    if (type.kind === "date")
      return (
        offset.kind === "int" ||
        offset.kind === "smallint" ||
        offset.kind === "tinyint" ||
        offset.kind === "interval" ||
        offset.kind === "calendar_interval"
      );
    if (isTimestamp(type)) return offset.kind === "interval" || offset.kind === "calendar_interval";
    // An interval of one unit is cast to a number of these units.
    if (offset.kind === "interval" && (isIntegral(type) || type.kind === "decimal")) return offset.start === offset.end;
    return isNumeric(type) ? isNumeric(offset) || offset.kind === "string" : type.kind === offset.kind;
  };
  if (!isNumeric(type) && !isDatetime(type) && type.kind !== "interval")
    report(env, "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE", frame.span, { type: printType(type) });
  else if (offsets.some((one) => !takes(one.type)))
    report(env, "DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE", frame.span, { type: printType(type) });
  else if (
    first !== undefined &&
    second !== undefined &&
    !isNumeric(type) &&
    !sameType(first.type, second.type) &&
    first.type.kind !== "unknown" &&
    second.type.kind !== "unknown"
  )
    report(env, "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_DIFF_TYPES", frame.span);
}

interface Written {
  readonly partition: readonly Bound[];
  readonly order: readonly Bound[];
  readonly spec: WindowSpec;
}

function windowSql({ partition, order, spec }: Written, def: FunctionDef, expr: CallExpr): string | undefined {
  const items = spec.orderBy;
  const parts: (string | undefined)[] = [];
  if (partition.length > 0) parts.push(sqlOf(["PARTITION BY ", joinSql(partition.map(({ sql }) => sql), ", ")])); // prettier-ignore
  if (order.length > 0) {
    const sorted = order.map((one, i) => sqlOf([one.sql, sortSql(items[i])]));
    parts.push(sqlOf(["ORDER BY ", joinSql(sorted, ", ")]));
  }
  parts.push(frameSql(spec.frame, order.length > 0, def, expr));
  return joinSql(parts, " ");
}

function sortSql(item: SortItem | undefined): string {
  const descending = item?.direction === "desc";
  const nulls = item?.nulls ?? (descending ? "last" : "first");
  return ` ${descending ? "DESC" : "ASC"} NULLS ${nulls.toUpperCase()}`;
}

function offsetFrame({ args }: CallExpr, name: string): string | undefined {
  const offset = args[1]?.value;
  if (offset !== undefined && (offset.kind !== "literal" || typeof offset.value !== "string")) return undefined;
  const value = offset === undefined ? 1 : Number(offset.value);
  const place = `${name === "lag" ? -value : value} FOLLOWING`;
  return `ROWS BETWEEN ${place} AND ${place}`;
}

function frameSql(frame: Frame | undefined, ordered: boolean, def: FunctionDef, expr: CallExpr): string | undefined {
  if (frame === undefined) {
    if (def.name === "lag" || def.name === "lead") return offsetFrame(expr, def.name);
    if (def.name === "cume_dist") return "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
    if (def.kind === "window" && def.name !== "nth_value") return "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
    return ordered ? "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW" : "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
  }
  const side = (one: FrameBound): string | undefined => {
    if (one.kind === "current") return "CURRENT ROW";
    if (one.kind === "unbounded") return `UNBOUNDED ${one.side.toUpperCase()}`;
    const interval =
      one.offset?.kind === "literal" && one.offset.type.kind === "interval" && typeof one.offset.value === "string" ? one.offset.value : "";
    if (interval !== "") return `${interval} ${one.side.toUpperCase()}`;
    const value =
      one.offset?.kind === "literal" && typeof one.offset.value === "string" && /^\d+$/.test(one.offset.value)
        ? one.offset.value
        : undefined;
    return value === undefined ? undefined : `${value} ${one.side.toUpperCase()}`;
  };
  return sqlOf([`${frame.unit.toUpperCase()} BETWEEN `, side(frame.start), " AND ", side(frame.end ?? { kind: "current" })]);
}
