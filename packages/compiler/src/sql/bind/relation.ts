/** FROM: tables, queries, functions and joins, as columns with qualifiers. */
import { nearest } from "../../diagnostics/nearest.js";
import type { Span } from "../../text.js";
import { choosing, withoutLater, type Ahead } from "../ahead.js";
import type { CallExpr, Ident, JoinRelation, JoinType, LateralView, Relation } from "../ast.js";
import { applyRule } from "../functions/rules.js";
import { functionNeeds } from "./needs.js";
import { findFunction, functionNames } from "../functions/table.js";
import { influenced, merged, NOTHING, ofColumn, telling, type Lineage } from "../lineage.js";
import { EMPTY, same, type Attribute, type Scope } from "../scope.js";
import { unknown } from "../types.js";
import { isBare, type Bound } from "./bound.js";
import { bindAll, fail, report, type CatalogueTable, type Env, type Output } from "./env.js";
import { isOuter, joinScopes } from "./join.js";
import { laterBy, withLater, type Later } from "./later.js";
import { inOrder } from "./named-arguments.js";
import { comparable, concatType, condition } from "./operators.js";
import { bindPivot, bindUnpivot } from "./pivot.js";

/** The columns of a relation, and what its joins read. */
export interface From {
  readonly scope: Scope;
  readonly influences: readonly Lineage[];
}

export function bindFrom(relations: readonly Relation[], env: Env): From {
  let found: From = { scope: EMPTY, influences: [] };
  for (const relation of relations) {
    const next = bindRelation(relation, { ...env, scope: EMPTY }, found.scope);
    found = { scope: together(found.scope, next.scope), influences: [...found.influences, ...next.influences] };
  }
  return found;
}

export function together(left: Scope, right: Scope): Scope {
  return {
    attributes: [...left.attributes, ...right.attributes],
    hidden: [...left.hidden, ...right.hidden],
    open: left.open || right.open,
  };
}

/** `beside`: the relations before it, which LATERAL sees. */
function bindRelation(relation: Relation, env: Env, beside: Scope): From {
  switch (relation.kind) {
    case "table-ref":
      return plain(named(bindTable(relation.name, env), relation, env, relation.name.map(({ name }) => name))); // prettier-ignore
    case "derived": {
      const inner: Env = relation.lateral ? { ...env, scope: EMPTY, outer: { ...env, scope: beside } } : env;
      if (relation.piped === true) return plain(env.shared.piped(relation.query, inner));
      return plain(named(env.shared.query(relation.query, inner), relation, env, []));
    }
    case "table-function":
      return bindTableFunction(relation, env, relation.lateral ? beside : EMPTY);
    case "nested": {
      const inner = bindRelation(relation.relation, env, beside);
      if (relation.alias === undefined) return inner;
      return { ...inner, scope: named(outputOf(inner.scope), relation, env, []) };
    }
    case "join":
      return bindJoin(relation, env, beside);
    case "pivot":
      return bindPivot(relation, bindRelation(relation.input, env, beside), env);
    case "unpivot":
      return bindUnpivot(relation, bindRelation(relation.input, env, beside), env);
  }
}

const plain = (scope: Scope): From => ({ scope, influences: [] });

function outputOf({ attributes, open }: Scope): Output {
  return {
    columns: attributes.map(({ id, name, type, nullable, lineage }) => ({ id, name, type, nullable, lineage, span: { start: 0, end: 0 } })),
    open,
  };
}

/** With its alias as qualifier, and `AS t (a, b)` as names. */
export function named(
  output: Output,
  { alias, columns }: { readonly alias?: Ident; readonly columns: readonly Ident[] },
  env: Env,
  path: readonly string[],
): Scope {
  const qualifier = alias === undefined ? path : [alias.name];
  if (columns.length > 0 && !output.open && columns.length !== output.columns.length)
    report(env, "ASSIGNMENT_ARITY_MISMATCH", alias?.span ?? { start: 0, end: 0 }, {
      left: String(columns.length),
      right: String(output.columns.length),
    });
  const ids = new Map<number | string, number>();
  const idOf = (one: number | string | undefined): number => {
    const id = (one === undefined ? undefined : ids.get(one)) ?? env.shared.nextId();
    if (one !== undefined && columns.length === 0) ids.set(one, id);
    return id;
  };
  const attributes = output.columns.map((column, i): Attribute => {
    const { type, nullable, lineage } = column;
    return { id: idOf(column.id), name: columns[i]?.name ?? column.name ?? "", qualifier, type, nullable, lineage };
  });
  return { attributes, hidden: [], open: output.open };
}

export function bindTable(path: readonly Ident[], env: Env): Output {
  const [first] = path;
  const last = path.at(-1);
  if (first === undefined || last === undefined) throw new Error("a table without a name");
  const span = { start: first.span.start, end: last.span.end };
  const cte = path.length === 1 ? env.ctes.find(({ name }) => same(name, first.name)) : undefined;
  if (cte !== undefined) return cte.output;
  const table = path.length === 1 ? env.shared.catalogue.get(first.name.toLowerCase()) : undefined;
  if (table === undefined) {
    const names = [...[...env.shared.catalogue.values()].map(({ name }) => name), ...env.ctes.map(({ name }) => name)];
    const near = nearest(last.name, names);
    env.shared.findings.push({ condition: "TABLE_OR_VIEW_NOT_FOUND", args: { name: path.map(({ name }) => name).join(".") }, span, ...(near && { nearest: near }) }); // prettier-ignore
    return { columns: [], open: true };
  }
  if (!env.shared.reads.has(table.id)) env.shared.reads.set(table.id, span);
  return { columns: columnsOf(table, span, env), open: table.columns === undefined || table.open === true };
}

function columnsOf({ id, columns = [], times = [], key = [] }: CatalogueTable, span: Span, { shared }: Env): Output["columns"] {
  if (key.length > 0) shared.keys.push(key.map((name) => `${id}.${name}`.toLowerCase()));
  return columns.map(({ name, type, nullable }) => {
    const lineage = ofColumn(`${id}.${name}`);
    if (!times.some((time) => same(time, name))) return { name, type, nullable, lineage, span };
    shared.times.add(`${id}.${name}`);
    return { name, type, nullable, lineage: { ...lineage, moment: { kind: "row" } }, span };
  });
}

function calledSpan({ name, span }: CallExpr): Span {
  return { start: name[0]?.span.start ?? span.start, end: name.at(-1)?.span.end ?? span.end };
}

function bindTableFunction(relation: Extract<Relation, { kind: "table-function" }>, env: Env, beside: Scope): From {
  const name = relation.call.name.at(-1)?.name ?? "";
  const def = findFunction(name);
  const inner: Env = { ...env, scope: beside, place: "generator" };
  if (def === undefined) {
    const near = nearest(name, functionNames());
    env.shared.findings.push({
      condition: "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
      args: { name },
      span: calledSpan(relation.call),
      ...(near && { nearest: near }),
    });
    return plain({ ...EMPTY, open: true });
  }
  const call = def.kind === "table" ? inOrder(relation.call, def, env) : relation.call;
  if (call === undefined) return plain({ ...EMPTY, open: true });
  functionNeeds(def, call.args.length, { env, span: call.name.at(-1)?.span ?? call.span });
  if (def.kind === "generator") {
    const rows = env.shared.expression(call, inner);
    return { scope: named(generatorOutput(rows), relation, env, [name]), influences: [repeating(rows)] };
  }
  const args = bindAll(call.args.map(({ value }) => value), inner); // prettier-ignore
  if (def.kind !== "table" || def.signature?.result.kind !== "rule") {
    fail(env, "NOT_A_TABLE_FUNCTION", call.span, { name });
    return plain({ ...EMPTY, open: true });
  }
  const { params, required } = def.signature;
  if (args.length < required || args.length > params.length) report(env, "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", call.span, { name });
  const answer = applyRule(def.signature.result.name, { name: def.name, args, types: args.map(({ type }) => type), names: [], concatType, comparable }); // prettier-ignore
  const type = answer === undefined ? unknown("the columns of a table function") : "type" in answer ? answer.type : answer;
  const output = generatorOutput({ type, generated: type.kind === "struct" ? type.fields : undefined, lineage: NOTHING, span: call.span });
  return plain(named(output, relation, env, [name]));
}

type Rows = Pick<Bound, "type" | "lineage" | "span"> & { readonly generated?: Bound["generated"] | undefined };

export function generatorOutput(rows: Rows): Output {
  const { generated, lineage, span } = rows;
  return {
    columns: (generated ?? []).map(({ name, type, nullable }) => ({ name, type, nullable, lineage, span })),
    open: generated === undefined,
  };
}

/** LATERAL VIEW: the columns so far, and those that it makes. */
export function bindLateralViews(views: readonly LateralView[], from: From, env: Env): From {
  let { scope } = from;
  const influences = [...from.influences];
  for (const view of views) {
    const rows = env.shared.expression(view.call, { ...env, scope, place: "generator" });
    if (rows.op !== "generator" && rows.type.kind !== "unknown") report(env, "UNSUPPORTED_GENERATOR.NOT_GENERATOR", view.call.span);
    // How often a row comes is decided by what is taken apart.
    influences.push(repeating(rows));
    const output = generatorOutput(rows);
    const made = named(output, { alias: view.table, columns: view.columns }, env, []);
    const attributes = view.outer ? made.attributes.map((one) => ({ ...one, nullable: true })) : made.attributes;
    scope = together(scope, { ...made, attributes, open: made.open && rows.generated === undefined && view.columns.length === 0 });
    if (made.open) scope = together(scope, unknownColumns(view, env));
  }
  return { scope, influences };
}

/** What a generator does to the row that it stands beside: that it is there, and how often. Of a list as it is, that tells no value. */
export function repeating({ key, children, lineage }: Bound): Lineage {
  const joined = influenced(NOTHING, [lineage], "join");
  return FIXED.test(key) ? joined : telling(joined, [lineage], children.every(isBare) ? "chosen" : "tested");
}

/** They make as many rows of any value. */
const FIXED = /^(stack|json_tuple)\(/;

/** Columns that are named, of a generator whose rows are not known. */
function unknownColumns({ columns, table }: LateralView, env: Env): Scope {
  const attributes = columns.map(({ name }): Attribute => {
    const type = unknown("what a generator makes of what is not known");
    return { id: env.shared.nextId(), name, qualifier: [table.name], type, nullable: undefined, lineage: NOTHING };
  });
  return { attributes, hidden: [], open: false };
}

function bindJoin(relation: JoinRelation, env: Env, beside: Scope): From {
  const left = bindRelation(relation.left, env, beside);
  const right = bindRelation(relation.right, env, together(beside, left.scope));
  const joined = joinScopes(relation, left.scope, right.scope, env);
  let influences = [...left.influences, ...right.influences, ...joined.influences];
  let { scope } = joined;
  let by = joined.keys.length > 0 ? merged(joined.keys) : undefined;
  if (relation.on !== undefined) {
    const beside: Env = { ...env, scope: together(left.scope, right.scope), place: "join" };
    const on = env.shared.expression(relation.on, beside);
    condition(on, "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE", env);
    const later = laterBy(on, beside);
    influences = [...influences, influenced(NOTHING, [on.lineage], "join"), ...chosenByLater(relation.type, later, left.scope)];
    scope = withLater(scope, later);
    by = on.lineage;
  }
  if (by === undefined) return { scope, influences };
  scope = chosenBy(scope, [left.scope, right.scope], by);
  const { type } = relation;
  if (!isOuter(type)) return { scope, influences: [...influences, telling(NOTHING, [by], "chosen")] };
  // Whether there is a row on the optional side is all that such a condition decides.
  const optional = [...(type === "left" ? [] : left.scope.attributes), ...(type === "right" ? [] : right.scope.attributes)];
  return { scope: told(scope, optional, [by], "chosen"), influences };
}

/** Rows that are there because there are later ones, or because there are none. */
function chosenByLater(type: JoinType, found: readonly Later[], left: Scope): readonly Lineage[] {
  const isLeft = (key: string): boolean => [...left.attributes, ...left.hidden].some(({ id }) => key === `#${id}`);
  if (isOuter(type)) {
    // They are there anyway, and as often as there are later ones; of one thing, that may be one.
    const optional = found.filter(({ later, mark }) => mark.unless !== "of_key" && type !== (isLeft(later.key) ? "left" : "right"));
    const marks = optional.map(({ mark: { unless: _unless, ...mark } }): Ahead => ({ ...mark, rows: true, repeated: true }));
    return marks.length === 0 ? [] : [{ ...NOTHING, ahead: marks }];
  }
  // Of a semi join the right side is not there to be the later one that is read.
  const marks = found.flatMap(({ later, mark }) => (isLeft(later.key) && (type === "semi" || type === "anti") ? [] : [mark]));
  const lineage = { ...NOTHING, ahead: choosing(marks) };
  return marks.length === 0 ? [] : [type === "anti" ? withoutLater(lineage) : lineage];
}

function told(scope: Scope, columns: readonly Attribute[], by: readonly Lineage[], how: "tested" | "chosen"): Scope {
  const ids = new Set(columns.map(({ id }) => id));
  const tell = (one: Attribute): Attribute => (ids.has(one.id) ? { ...one, lineage: telling(one.lineage, by, how) } : one);
  return { ...scope, attributes: scope.attributes.map(tell), hidden: scope.hidden.map(tell) };
}

/** Of a list of values that stands in the query, what a join finds is a condition's answer, as that of a CASE. */
function chosenBy(scope: Scope, sides: readonly Scope[], by: Lineage): Scope {
  const lists = sides.filter(({ attributes, open }) => !open && attributes.every(({ lineage }) => isOfNoTable(lineage)));
  const chosen = lists.flatMap(({ attributes }) => attributes);
  return chosen.length === 0 ? scope : told(scope, chosen, [by], "tested");
}

function isOfNoTable({ direct, indirect, told }: Lineage): boolean {
  return direct.size === 0 && indirect.size === 0 && told.size === 0;
}
