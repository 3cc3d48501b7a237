/** PIVOT turns values into columns, UNPIVOT columns into values. */
import type { Ident, PivotRelation, UnpivotRelation } from "../ast.js";
import { common, widerWithoutString } from "../coerce.js";
import { influenced, merged, type Lineage } from "../lineage.js";
import { matches, type Attribute } from "../scope.js";
import { STRING, unknown, WRONG, type SqlType } from "../types.js";
import { timesOf } from "./ahead.js";
import { anyNullable, contains, type Bound } from "./bound.js";
import { ofAttribute } from "./column.js";
import { bindAll, report, type Env } from "./env.js";
import type { From } from "./relation.js";

export function bindPivot(relation: PivotRelation, from: From, env: Env): From {
  const inner: Env = { ...env, scope: from.scope, place: "pivot" };
  const columns = relation.columns.map((name) => env.shared.expression({ kind: "column", path: [name], span: name.span }, inner));
  const aggregates = relation.aggregates.map(({ value }) => env.shared.expression(value, inner));
  for (const aggregate of aggregates)
    if (!contains(aggregate, ({ op, type }) => op === "aggregate" || type.kind === "unknown"))
      report(env, "INVALID_PIVOT_AGGREGATE", aggregate.span);
  const values = bindAll(relation.values.map(({ value }) => value), { ...env, place: "pivot" }); // prettier-ignore
  for (const value of values) if (!value.foldable && value.type.kind !== "unknown") report(env, "NON_LITERAL_PIVOT_VALUES", value.span);
  const used = new Set([...columns, ...aggregates].flatMap(usedColumns));
  const grouped = from.scope.attributes.filter(({ id }) => !used.has(`#${id}`));
  // Whatever is not named is grouped by.
  const keys = grouped.map((one) => ofAttribute(one, one.name, relation.span));
  const together = (lineage: Lineage): Lineage => influenced(lineage, grouped.map((one) => one.lineage), "group_by"); // prettier-ignore
  const times = timesOf({ where: undefined, having: undefined, joins: from.influences, keys }, inner);
  const made = values.flatMap((value, at) => {
    const name = relation.values[at]?.alias?.name ?? pivotName(value);
    return aggregates.map((aggregate, i): Attribute => {
      const own = relation.aggregates[i]?.alias?.name ?? (aggregates.length > 1 ? aggregate.sql : undefined);
      const label = name === undefined ? undefined : aggregates.length === 1 ? name : own === undefined ? undefined : `${name}_${own}`;
      const chosen = influenced(aggregate.lineage, columns.map((column) => column.lineage), "conditional"); // prettier-ignore
      const lineage = times.of(aggregate, together(chosen));
      return {
        id: env.shared.nextId(),
        name: label ?? "",
        qualifier: [],
        type: aggregate.type,
        nullable: pivotNullable(aggregate),
        lineage,
      };
    });
  });
  const bare = grouped.map((one) => {
    const key = ofAttribute(one, one.name, relation.span);
    return { ...one, qualifier: [], lineage: times.of(key, together(one.lineage)) };
  });
  return { scope: { attributes: [...bare, ...made], hidden: [], open: from.scope.open }, influences: from.influences };
}

/** Where a value does not occur its aggregate is NULL, a count too. */
function pivotNullable(_aggregate: Bound): boolean {
  return true;
}

function usedColumns(root: Bound): readonly string[] {
  const found: string[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.op === "column") found.push(node.key);
    open.push(...node.children);
  }
  return found;
}

function pivotName(value: Bound): string | undefined {
  if (value.type.kind === "struct") {
    const parts = value.children.map(pivotName);
    return parts.includes(undefined) ? undefined : `{${parts.join(", ")}}`;
  }
  return value.op === "literal"
    ? value.value === null
      ? "null"
      : value.type.kind === "date" && typeof value.value === "string"
        ? value.value
        : value.sql
    : undefined;
}

export function bindUnpivot(relation: UnpivotRelation, from: From, env: Env): From {
  const sets = relation.sets.map(({ columns, alias }) => ({ alias, columns: columns.map((path) => find(path, from, env)) }));
  const used = new Set(sets.flatMap(({ columns }) => columns.flatMap((column) => (column === undefined ? [] : [column.id]))));
  const kept = from.scope.attributes.filter(({ id }) => !used.has(id));
  const name: Attribute = {
    id: env.shared.nextId(),
    name: relation.name.name,
    qualifier: [],
    type: STRING,
    nullable: false,
    lineage: merged([]),
  };
  const values = relation.values.map((ident, at): Attribute => {
    const columns = sets.flatMap((set) => set.columns[at] ?? []);
    const type: SqlType | undefined =
      columns.length === 0
        ? unknown("columns that are not known")
        : common(
            columns.map((column) => column.type),
            widerWithoutString,
          );
    if (type === undefined) report(env, "UNPIVOT_VALUE_DATA_TYPE_MISMATCH", ident.span);
    const nullable = anyNullable(columns);
    const lineage = merged(columns.map((column) => column.lineage), "transformation"); // prettier-ignore
    return { id: env.shared.nextId(), name: ident.name, qualifier: [], type: type ?? WRONG, nullable, lineage };
  });
  return { scope: { attributes: [...kept, name, ...values], hidden: [], open: from.scope.open }, influences: from.influences };
}

function find(path: readonly Ident[], from: From, env: Env): Attribute | undefined {
  const names = path.map(({ name }) => name);
  const [found] = matches(from.scope, names);
  const last = path.at(-1);
  if (found === undefined && last !== undefined && !from.scope.open)
    report(env, "UNRESOLVED_COLUMN.WITH_SUGGESTION", last.span, { name: names.join(".") }, from.scope.attributes.map(({ name }) => name)); // prettier-ignore
  return found?.attribute;
}
