/** SELECT: its clauses in the order in which Spark looks at them. */
import { nearest } from "../../diagnostics/nearest.js";
import { once, type Ahead } from "../ahead.js";
import type { Expr, Select, SelectItem, SortItem, Star, WindowRef } from "../ast.js";
import { besides, influenced, NOTHING, type IndirectKind, type Lineage } from "../lineage.js";
import { matches, qualified, same, type Attribute, type Scope } from "../scope.js";
import { printType } from "../types.js";
import { countsCopies, timesOf } from "./ahead.js";
import { contains, type Bound } from "./bound.js";
import { checkPipe, checkReplaced, placed, qualifierOf, replacedItem, scopeAfter } from "./pipe.js";
import { extractField, ofAttribute } from "./column.js";
import { without, withoutExcepted } from "./excepted.js";
import { identified, isWrong, report, type Env, type Output, type OutputColumn } from "./env.js";
import { bindGroupBy, checkGrouped, checkGroupingCalls, hasAggregate, windowColumns, type Grouping } from "./group.js";
import { laterBy, laterThanOuter, withLater } from "./later.js";
import { condition, isOrdered } from "./operators.js";
import { bindFrom, bindLateralViews, repeating } from "./relation.js";

/** What SELECT gives, and what ORDER BY beside it may name. */
export interface Selected {
  readonly output: Output;
  /** What a pipe behind it may name. */
  readonly scope: Scope;
  order(items: readonly SortItem[], env: Env): readonly Lineage[];
}

export interface Item {
  readonly name: string | undefined;
  readonly value: Bound;
  readonly column: OutputColumn;
  /** The table that it comes from unchanged. */
  readonly qualifier?: readonly string[];
}

export function bindSelect(written: Select, env: Env): Selected {
  const from = bindLateralViews(written.lateralViews, bindFrom(written.from, env), env);
  const select = placed(written, from.scope);
  const windows = new Map(select.windows.map(({ name, spec }): [string, WindowRef] => [name.name.toLowerCase(), spec]));
  const { base, where, later } = filtered(select.where, { ...env, scope: from.scope, windows, place: "select" });
  const grouping = bindGroupBy(select, base);
  const periods = windowColumns(select, base);
  const keyed =
    periods.length === 0 ? grouping : { ...grouping, keys: new Set([...(grouping.keys ?? []), ...periods.map(({ id }) => `#${id}`)]) };
  const scope =
    periods.length === 0 ? base.scope : { ...base.scope, hidden: base.scope.hidden, attributes: [...base.scope.attributes, ...periods] };
  const grouped: Env = { ...base, scope, ...(grouping.missing.size === 0 ? {} : { grouping: grouping.missing }) };
  const { items: plain, lost } = bindItems(select.items, grouped);
  const open = (lost && select.pipe?.operator !== "DROP") || (from.scope.open && select.items.some(({ value }) => value.kind === "star"));
  const named = outputAttributes(plain, env);
  const having = select.having && env.shared.expression(select.having, { ...grouped, first: named, place: "having" });
  const together = grouping.keys !== undefined || having !== undefined || plain.some(({ value }) => hasAggregate(value));
  if (together) checkOuter([...grouping.expressions, ...plain.map(({ value }) => value)], env);
  const keys = together ? { keys: grouping.expressions } : {};
  const times = timesOf({ where, having, joins: from.influences, ...keys }, grouped);
  const items = plain.map((item) => ({ ...item, column: { ...item.column, lineage: times.of(item.value, item.column.lineage) } }));
  const attributes = named.map((one, i) => ({ ...one, lineage: items[i]?.column.lineage ?? one.lineage }));
  if (checkPipe(select, items, base)) checkItems(select, items, keyed, base);
  if (having !== undefined)
    checkHaving(having, [...items.map(({ value }) => value.key), ...attributes.map(({ id }) => `#${id}`)], keyed, base);
  if (select.distinct)
    for (const { column } of items)
      if (!isOrdered(column.type))
        report(env, "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE", column.span, { type: printType(column.type) });
  const beside = [
    ...from.influences.map(times.kept),
    ...items.flatMap(({ value }) => (value.op === "generator" ? [repeating(value)] : [])),
  ];
  const influences: readonly (readonly [readonly Lineage[], IndirectKind])[] = [
    [beside, "join"],
    [where === undefined ? [] : [times.kept(where.lineage)], "filter"],
    [grouping.expressions.map(({ lineage }) => lineage), "group_by"],
    [having === undefined ? [] : [having.lineage], "filter"],
  ];
  const isOnce = together || select.distinct || [...(where?.lineage.indirect.values() ?? [])].some((kinds) => kinds.has("window"));
  const columns = items.map((item) => {
    const lineage = influences.reduce(
      (made, [by, kind]) => influenced(made, by, kind),
      besides(item.column.lineage, [...beside, { ...NOTHING, ahead: later }]),
    );
    return {
      ...item.column,
      ...identified(passedOn(item) ?? unseen(item)),
      lineage: isOnce ? once(lineage, countsCopies(item.value)) : lineage,
    };
  });
  const output = { columns, open, anyTime: times.anyTime, later };
  return {
    output,
    scope: scopeAfter(select, { items, attributes, output, from: from.scope }),
    order: (sort, outer) => bindOrder(sort, { items, attributes, select, grouping: keyed }, { ...grouped, ctes: outer.ctes }),
  };
}

/** With what WHERE says of the rows that are left. */
function filtered(
  written: Expr | undefined,
  env: Env,
): { readonly base: Env; readonly where: Bound | undefined; readonly later: readonly Ahead[] } {
  if (written === undefined) return { base: env, where: undefined, later: [] };
  const where = env.shared.expression(written, { ...env, place: "where" });
  condition(where, "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", env);
  const found = laterBy(where, env);
  return { base: { ...env, scope: withLater(env.scope, found) }, where, later: laterThanOuter(found) };
}

/** A query that aggregates, inside of another one: columns of that one stand in its conditions only. */
function checkOuter(values: readonly Bound[], env: Env): void {
  const found = values.find((value) => contains(value, ({ outer }) => outer === true));
  if (found !== undefined) report(env, "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE", found.span);
}

/** Of a column that is passed on as it is. AS makes another one, by whatever name. */
function passedOn({ value, qualifier }: Item): number | undefined {
  const own = qualifier === undefined ? undefined : /^#(\d+)$/.exec(value.key)?.[1];
  return own === undefined ? undefined : Number(own);
}

/** Of a column of a table whose columns are not known: any of this name may be the same. */
function unseen({ name, value }: Item): string | undefined {
  if (value.type.kind !== "unknown" || name === undefined || !/^\?\D/.test(value.key)) return undefined;
  const own = name.toLowerCase();
  return value.key.endsWith(`.${own}`) || value.key === `?${own}` ? `?${own}` : undefined;
}

function outputAttributes(items: readonly Item[], env: Env): readonly Attribute[] {
  const ids = new Map<string, number>();
  return items.map((item) => {
    const { name, column } = item;
    const hidden = unseen(item);
    const id = passedOn(item) ?? (hidden === undefined ? undefined : ids.get(hidden)) ?? env.shared.nextId();
    if (hidden !== undefined) ids.set(hidden, id);
    return { id, name: name ?? "", qualifier: [], type: column.type, nullable: column.nullable, lineage: column.lineage };
  });
}

/** `lost` where a mistake has no name of its own: it may be any column. */
function bindItems(items: readonly SelectItem[], env: Env): { readonly items: readonly Item[]; readonly lost: boolean } {
  let lost = false;
  const aliases = new Map<string, Bound | undefined>();
  const found: Item[] = [];
  for (const item of items) {
    const inner: Env = { ...env, aliases };
    const made = item.value.kind === "star" ? starItems(item.value, env) : bindItem(item, inner);
    found.push(...made);
    lost ||= item.value.kind === "star" ? made.length === 0 : item.alias === undefined && made.some(({ value }) => isWrong(value));
    // Only what is named by AS can be named again in the same SELECT.
    for (const [i, { name: written }] of (item.aliases ?? (item.alias === undefined ? [] : [item.alias])).entries()) {
      const name = written.toLowerCase();
      const value = made[i]?.value;
      // What a generator makes is a column like any other.
      const column = value?.op === "generator" ? { ...value, op: "column" as const, children: [] } : value;
      aliases.set(name, aliases.has(name) ? undefined : column);
    }
  }
  return { items: found, lost };
}

function bindItem(item: SelectItem, env: Env): readonly Item[] {
  const value = env.shared.expression(item.value, env);
  if (value.op === "generator") return generatedItems(item, value, env);
  if (contains(value, ({ op }) => op === "generator")) report(env, "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS", item.value.span);
  if (item.aliases !== undefined) report(env, "UDTF_ALIAS_NUMBER_MISMATCH", item.value.span);
  const name = item.alias?.name ?? value.alias ?? value.sql;
  if (name === undefined) env.shared.hints.push({ why: "the name that Spark makes up for this column", span: item.value.span });
  const { type, nullable, lineage } = value;
  const made = item.alias === undefined && !isNamed(item.value, value);
  const span = item.alias?.span ?? item.value.span;
  const column = { name, type, nullable, lineage, span, ...(made ? { made } : {}) };
  const own = item.alias === undefined && item.value.kind === "column" ? qualifierOf(value, env.scope) : undefined;
  return [{ name, value, column, ...(own && { qualifier: own }) }];
}

/** A column, or a field of one: it keeps the name that it has. `current_date` is written like a column, and is none. */
function isNamed({ kind }: Expr, { alias, op }: Bound): boolean {
  return kind === "column" || kind === "member" ? alias !== undefined && (op === "column" || !alias.endsWith(")")) : false;
}

/** A generator gives columns of its own. */
function generatedItems(item: SelectItem, value: Bound, env: Env): readonly Item[] {
  const { generated } = value;
  const names = item.aliases ?? (item.alias === undefined ? undefined : [item.alias]);
  if (generated === undefined) {
    const columns = (names ?? []).map(({ name, span }) => ({ name, type: value.type, nullable: undefined, lineage: value.lineage, span }));
    return columns.map((column) => ({ name: column.name, value, column }));
  }
  if (names !== undefined && names.length !== generated.length)
    report(env, "UDTF_ALIAS_NUMBER_MISMATCH", item.value.span, { left: String(names.length), right: String(generated.length) });
  return generated.map(({ name, type, nullable }, i) => {
    const column = { name: names?.[i]?.name ?? name, type, nullable, lineage: value.lineage, span: names?.[i]?.span ?? item.value.span };
    return { name: column.name, value: { ...value, type, nullable, key: `${value.key}.${i}` }, column };
  });
}

function starItems(star: Star, env: Env): readonly Item[] {
  const names = star.qualifier.map(({ name }) => name);
  const columns = names.length === 0 ? env.scope.attributes : qualified(env.scope, names);
  if (names.length > 0 && columns.length === 0) return structItems(star, env);
  if (names.length === 0 && columns.length === 0 && !env.scope.open) report(env, "INVALID_USAGE_OF_STAR_OR_REGEX", star.span);
  const left = withoutExcepted(star, columns, env);
  const { replaced } = star;
  if (replaced !== undefined) checkReplaced(replaced, env);
  return left.map((attribute) => {
    const { name, type, nullable, lineage, qualifier } = attribute;
    if (replaced !== undefined && same(name, replaced.name.name)) return replacedItem(replaced, env);
    const value = ofAttribute(attribute, name, star.span);
    const isNull = env.grouping?.has(value.key) === true;
    return { name, value, column: { name, type, nullable: isNull ? true : nullable, lineage, span: star.span }, qualifier };
  });
}

/** `s.*`: the fields of a struct. */
function structItems(star: Star, env: Env): readonly Item[] {
  const found = matches(env.scope, star.qualifier.map(({ name }) => name)); // prettier-ignore
  const first = star.qualifier[0];
  if (found.length === 0) {
    if (env.scope.open || first === undefined) return [];
    const qualifiers = new Set(env.scope.attributes.flatMap(({ qualifier }) => qualifier.slice(-1)));
    const near = nearest(first.name, qualifiers);
    env.shared.findings.push({
      condition: "CANNOT_RESOLVE_STAR_EXPAND",
      args: { name: first.name },
      span: first.span,
      ...(near && { nearest: near }),
    });
    return [];
  }
  const base = env.shared.expression({ kind: "column", path: star.qualifier, span: star.span }, env);
  if (base.type.kind !== "struct") {
    if (base.type.kind !== "unknown") report(env, "CANNOT_RESOLVE_STAR_EXPAND", star.span, { type: printType(base.type) });
    return [];
  }
  const left = star.except.length === 0 ? base : { ...base, ...without(base, star.except, env) };
  const fields = left.type.kind === "struct" ? left.type.fields : [];
  return fields.map(({ name }) => {
    const value = extractField(left, { name, span: star.span }, env);
    const { type, nullable, lineage } = value;
    return { name, value, column: { name, type, nullable, lineage, span: star.span } };
  });
}

function checkItems(select: Select, items: readonly Item[], grouping: Grouping, env: Env): void {
  for (const { value } of items) checkGroupingCalls(value, select, grouping, env);
  const aggregated = items.some(({ value }) => hasAggregate(value)) || select.having !== undefined;
  if (grouping.keys === undefined && !aggregated) return;
  if (env.scope.open && grouping.keys === undefined) return;
  if (select.items.some(({ value }) => value.kind === "star") && grouping.keys !== undefined && select.groupBy?.all === true) return;
  const seen = new Set<Bound>();
  for (const { value } of items) {
    if (seen.has(value)) continue;
    seen.add(value);
    // Without GROUP BY it is one mistake, however many columns there are.
    if (checkGrouped(value, grouping, env) && grouping.keys === undefined) return;
  }
}

/** HAVING sees the items too. */
function checkHaving(having: Bound, seen: readonly string[], grouping: Grouping, env: Env): void {
  const keys = new Set([...(grouping.keys ?? []), ...seen]);
  checkGrouped(having, { ...grouping, keys }, env);
}

interface Order {
  readonly items: readonly Item[];
  readonly attributes: readonly Attribute[];
  readonly select: Select;
  readonly grouping: Grouping;
}

function bindOrder(sort: readonly SortItem[], { items, attributes, select, grouping }: Order, env: Env): readonly Lineage[] {
  const aggregated = grouping.keys !== undefined || items.some(({ value }) => hasAggregate(value));
  const found = sort.map(({ value }) => {
    const place = placeOf(value, env.scope.open && select.items.some((item) => item.value.kind === "star") ? Infinity : items.length, env);
    if (place !== undefined) return items[place - 1]?.column.lineage;
    const bound = env.shared.expression(value, { ...env, first: attributes, place: "order-by" });
    const ids = new Set(attributes.map(({ id }) => `#${id}`));
    if (!isOrdered(bound.type)) report(env, "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE", bound.span, { type: printType(bound.type) });
    if (!aggregated && hasAggregate(bound)) report(env, "UNSUPPORTED_EXPR_FOR_OPERATOR", bound.span);
    if (contains(bound, ({ op }) => op === "window") && contains(bound, (node) => node.op === "column" && !ids.has(node.key)))
      report(env, "UNSUPPORTED_EXPR_FOR_OPERATOR", bound.span);
    if (aggregated && !contains(bound, ({ type }) => type.kind === "unknown") && !items.some((item) => item.value.key === bound.key))
      checkGrouped(bound, { ...grouping, keys: new Set([...(grouping.keys ?? []), ...ids, ...items.map((item) => item.value.key)]) }, env);
    if (select.distinct && !aggregated) checkDistinct(bound, items, ids, env);
    return bound.lineage;
  });
  return found.filter((lineage) => lineage !== undefined);
}

/** DISTINCT keeps what it selects: nothing else can sort it. */
function checkDistinct(bound: Bound, items: readonly Item[], ids: ReadonlySet<string>, env: Env): void {
  const keys = new Set(items.map(({ value }) => value.key));
  const missing = contains(bound, (node) => node.op === "column" && !ids.has(node.key) && !keys.has(node.key));
  if (missing && !keys.has(bound.key)) report(env, "UNRESOLVED_COLUMN.WITH_SUGGESTION", bound.span, { name: bound.sql ?? "" });
}

export function placeOf(value: Expr, count: number, env: Env): number | undefined {
  if (value.kind !== "literal" || value.type.kind !== "int" || typeof value.value !== "string") return undefined;
  const place = Number(value.value);
  if (place < 1 || place > count) {
    report(env, "ORDER_BY_POS_OUT_OF_RANGE", value.span, { place: String(place), count: String(count) });
    return undefined;
  }
  return place;
}
