/** GROUP BY: what is grouped by, and what SELECT may then still name. */
import type { Expr, GroupBy, GroupElement, Select, SelectItem } from "../ast.js";
import { matches, type Attribute } from "../scope.js";
import { printType } from "../types.js";
import { contains, walkBound, type Bound } from "./bound.js";
import { fail, isWrong, report, type Env } from "./env.js";

export interface Grouping {
  /** Undefined where nothing is grouped. */
  readonly keys?: ReadonlySet<string>;
  readonly expressions: readonly Bound[];
  /** Of keys that GROUPING SETS, CUBE and ROLLUP leave out of some rows. */
  readonly missing: ReadonlySet<string>;
}

export function bindGroupBy(select: Select, env: Env): Grouping {
  const { groupBy } = select;
  if (groupBy === undefined) return { expressions: [], missing: new Set() };
  const inner: Env = { ...env, place: "group-by" };
  const exprs = groupBy.all ? [] : groupBy.elements.flatMap(expressionsOf);
  const expressions = groupBy.all ? allKeys(select, env) : exprs.map((expr) => bindKey(expr, select.items, inner));
  for (const one of expressions)
    if (one.type.kind === "variant" || one.type.kind === "calendar_interval")
      report(env, "GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE", one.span, { type: printType(one.type) });
  const always = groupBy.all ? [] : groupBy.elements.flatMap(alwaysThere);
  const kept = new Set(exprs.flatMap((expr, i) => (always.includes(expr) ? [expressions[i]?.key] : [])));
  for (const i of exprs.keys()) if (isEverywhere(i, exprs, expressions, groupBy)) kept.add(expressions[i]?.key);
  const keys = new Set(expressions.map(({ key }) => key));
  return { keys, expressions, missing: groupBy.all ? new Set() : new Set([...keys].filter((key) => !kept.has(key))) };
}

/** In every set of GROUPING SETS. */
function isEverywhere(i: number, exprs: readonly Expr[], all: readonly Bound[], { elements }: GroupBy): boolean {
  return elements.some(
    (element) =>
      element.kind === "sets" &&
      element.elements.length === 0 &&
      element.sets.some((set) => set.some((one) => one === exprs[i])) &&
      element.sets.every((set) => set.some((one) => all[exprs.indexOf(one)]?.key === all[i]?.key)),
  );
}

function alwaysThere(element: GroupElement): readonly Expr[] {
  return element.kind === "expression" ? [element.value] : [];
}

function expressionsOf(element: GroupElement): readonly Expr[] {
  switch (element.kind) {
    case "expression":
      return [element.value];
    case "rollup":
    case "cube":
      return element.sets.flat();
    case "sets":
      return [...element.sets.flat(), ...element.elements.flatMap(expressionsOf)];
  }
}

/** A place in SELECT, a column, or the alias of an item. */
function bindKey(expr: Expr, items: readonly SelectItem[], env: Env): Bound {
  if (expr.kind === "literal" && expr.type.kind === "int" && typeof expr.value === "string")
    return ofPlace(expr, Number(expr.value), items, env);
  const alias = expr.kind === "column" && expr.path.length === 1 ? expr.path[0]?.name.toLowerCase() : undefined;
  const item = alias === undefined ? undefined : items.find((one) => one.alias?.name.toLowerCase() === alias);
  const isColumn = alias !== undefined && matches(env.scope, [alias]).length > 0;
  return item !== undefined && !isColumn && !env.scope.open ? bindItem(item.value, env) : env.shared.expression(expr, env);
}

function ofPlace(expr: Expr, place: number, items: readonly SelectItem[], env: Env): Bound {
  const item = items[place - 1];
  if (items.some(({ value }) => value.kind === "star")) {
    const [columns] = [env.scope.attributes];
    const star = items[0]?.value.kind === "star" && items[0].value.qualifier.length === 0 && items[0].value.except.length === 0;
    const attribute = star ? columns[place - 1] : undefined;
    if (attribute !== undefined)
      return env.shared.expression({ kind: "column", path: [{ name: attribute.name, span: expr.span }], span: expr.span }, env);
  }
  if (item !== undefined) return bindItem(item.value, env);
  return fail(env, "GROUP_BY_POS_OUT_OF_RANGE", expr.span, { place: String(place), count: String(items.length) });
}

function bindItem(value: Expr, env: Env): Bound {
  return env.shared.expression(value, env);
}

/** GROUP BY ALL: every item without an aggregate. */
function allKeys(select: Select, env: Env): readonly Bound[] {
  const silent: Env = { ...env, shared: { ...env.shared, findings: [], hints: [] } };
  return select.items.flatMap(({ value }): readonly Bound[] => {
    if (value.kind === "star") return env.scope.attributes.map((one) => silent.shared.expression({ kind: "column", path: [{ name: one.name, span: value.span }], span: value.span }, silent)); // prettier-ignore
    const found = silent.shared.expression(value, silent);
    if (!hasAggregate(found)) return [found];
    const [beside] = columnsOutside(found);
    if (beside !== undefined) report(env, "UNRESOLVED_ALL_IN_GROUP_BY", beside.span, { name: beside.sql ?? "" });
    return columnsOutside(found);
  });
}

/** Beside the aggregates of an item, its plain columns are grouped by. */
function columnsOutside(root: Bound): readonly Bound[] {
  const found: Bound[] = [];
  walkBound(root, (node) => {
    if (node.op === "column" && node.outer === undefined) found.push(node);
    return node.op !== "aggregate";
  });
  return found;
}

export function hasAggregate(root: Bound): boolean {
  return contains(root, ({ op }) => op === "aggregate");
}

/** The columns that grouping by `window(…)` makes: they have the function's name. */
export function windowColumns(select: Select, env: Env): readonly Attribute[] {
  const elements = select.groupBy?.elements ?? [];
  const timed = elements
    .flatMap((element) => expressionsOf(element))
    .filter((expr) => expr.kind === "call" && /^(session_)?window$/i.test(expr.name.at(-1)?.name ?? ""));
  const [, second] = timed;
  if (second !== undefined) report(env, "_LEGACY_ERROR_TEMP_1039", second.span);
  return elements
    .flatMap((element) => expressionsOf(element))
    .flatMap((expr): readonly Attribute[] => {
      const name = expr.kind === "call" ? (expr.name.at(-1)?.name.toLowerCase() ?? "") : "";
      if (expr.kind !== "call" || (name !== "window" && name !== "session_window")) return [];
      const silent: Env = { ...env, shared: { ...env.shared, findings: [], hints: [] } };
      const { type, nullable, lineage } = silent.shared.expression(expr, silent);
      return [{ id: env.shared.nextId(), name, qualifier: [], type, nullable, lineage }];
    });
}

/** `grouping(a)` says whether a set leaves `a` out: only where there are sets, and only of what they group by. */
export function checkGroupingCalls(root: Bound, select: Select, grouping: Grouping, env: Env): void {
  walkBound(root, (node) => {
    if (node.op !== "aggregate" || !/^grouping(_id)?\(/.test(node.key)) return true;
    const sets = select.groupBy?.elements.some(({ kind }) => kind !== "expression") === true;
    if (!sets) report(env, "UNSUPPORTED_GROUPING_EXPRESSION", node.span);
    else if (node.children.some((child) => child.type.kind !== "unknown" && grouping.keys?.has(child.key) !== true))
      report(env, "GROUPING_COLUMN_MISMATCH", node.span);
    return true;
  });
}

/** A column that is neither grouped by nor aggregated; whether there is one. */
export function checkGrouped(root: Bound, grouping: Grouping, env: Env): boolean {
  // What is grouped by is not known: neither is what is not.
  const silent = grouping.expressions.some(isWrong);
  let reported = silent;
  walkBound(root, (node) => {
    if (reported || grouping.keys?.has(node.key) === true || node.op === "aggregate" || node.outer === true) return false;
    if (node.op === "column") {
      reported = true;
      report(env, grouping.keys === undefined ? "MISSING_GROUP_BY" : "MISSING_AGGREGATION", node.span, { name: node.sql ?? "" });
    }
    return true;
  });
  return reported && !silent;
}
