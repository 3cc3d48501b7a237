/** Calls of functions. */
import { nearest } from "../../diagnostics/nearest.js";
import type { CallExpr, Expr } from "../ast.js";
import { schemaOfJson } from "../functions/json-example.js";
import { collect, coerced, resultOf, solve } from "../functions/match.js";
import { unfit } from "../functions/ranges.js";
import { withinProblem } from "../functions/within.js";
import type { Answer } from "../functions/rule.js";
import { applyRule } from "../functions/rules.js";
import type { FunctionDef, Signature } from "../functions/signature.js";
import { findFunction, functionNames } from "../functions/table.js";
import { assembled, influenced, masked, merged, ofStruct, unmasked, type Lineage } from "../lineage.js";
import { isInMask, MASK_NAMES } from "../masks.js";
import { qualified } from "../scope.js";
import { hasUnknown, INT, printType, unknown, type SqlType } from "../types.js";
import { momentAfter, momentChosen } from "./moment.js";
import { allNullable, anyNullable, bound, contains, counted, type Bound } from "./bound.js";
import { clockAt } from "./clock.js";
import { clashing, isOfOneType } from "./collation.js";
import { ofAttribute } from "./column.js";
import { castNullable } from "../coerce.js";
import { fail, notKnown, wrong, type Env } from "./env.js";
import { bindRow } from "./row.js";
import { bindHigherOrder, isHigherOrder } from "./higher-order.js";
import { comparable, concatType, condition, isOrdered } from "./operators.js";
import { callSql } from "./call-sql.js";
import { argumentNeeds, functionNeeds } from "./needs.js";
import { bindMask } from "./mask.js";
import { inOrder } from "./named-arguments.js";
import { bindOver } from "./window.js";

export function bindCall(expr: CallExpr, env: Env): Bound {
  const name = expr.name.at(-1)?.name ?? "";
  const span = { start: expr.name[0]?.span.start ?? expr.span.start, end: expr.name.at(-1)?.span.end ?? expr.span.end };
  if (isInMask(expr.name)) return bindMask(expr, env, bindPlain);
  const def = findFunction(name);
  if (def === undefined || (expr.name.length > 1 && !/^(system|builtin)$/i.test(expr.name.at(-2)?.name ?? ""))) {
    const near = MASK_NAMES.includes(name.toLowerCase()) ? `mask.${name.toLowerCase()}` : nearest(name, functionNames());
    env.shared.findings.push({ condition: "UNRESOLVED_ROUTINE", args: { name: expr.name.map((part) => part.name).join(".") }, span, ...(near && { nearest: near }) }); // prettier-ignore
    return wrong(env, expr.span);
  }
  functionNeeds(def, expr.args.length, { env, span });
  if (def.kind === "table") return fail(env, "NOT_A_SCALAR_FUNCTION", span, { name });
  const outside = misplaced(def, expr, env);
  if (outside !== undefined) return fail(env, outside, expr.span, { name });
  const ordered = inOrder(expr, def, env);
  return ordered === undefined ? wrong(env, expr.span) : bindOrdered(ordered, def, env);
}

function bindOrdered(expr: CallExpr, def: FunctionDef, env: Env): Bound {
  const name = expr.name.at(-1)?.name ?? "";
  if (expr.over !== undefined) return bindOver({ ...expr, over: expr.over }, def, env, bindPlain);
  if (def.kind === "window") return fail(env, "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", expr.span, { name });
  return bindPlain(expr, def, env);
}

/** Functions that WITHIN GROUP sorts for. */
const SORTED = new Set(["percentile_cont", "percentile_disc", "mode", "listagg", "string_agg"]);

/** What is wrong with such a function at such a place. */
function misplaced(def: FunctionDef, expr: CallExpr, env: Env): string | undefined {
  const windowed = expr.over !== undefined;
  const aggregates = def.kind === "aggregate" && !windowed;
  if (aggregates && env.inside === "aggregate") return "NESTED_AGGREGATE_FUNCTION";
  if (def.kind === "generator" && env.place !== "select" && env.place !== "generator") return "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT";
  if (!aggregates && !windowed) return undefined;
  if (windowed && env.inside === "aggregate") return "_LEGACY_ERROR_TEMP_1031";
  if (expr.withinGroup !== undefined && !SORTED.has(def.name)) return "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX";
  if (env.place === "where") return windowed ? "UNSUPPORTED_EXPR_FOR_OPERATOR" : "INVALID_WHERE_CONDITION";
  if (env.place === "group-by") return windowed ? "UNSUPPORTED_EXPR_FOR_OPERATOR" : "GROUP_BY_AGGREGATE";
  if (env.place === "join") return windowed ? "UNSUPPORTED_EXPR_FOR_OPERATOR" : "UNSUPPORTED_EXPR_FOR_OPERATOR";
  if (windowed && env.place === "having") return "UNSUPPORTED_EXPR_FOR_OPERATOR";
  if (env.place === "values" || env.place === "limit" || env.place === "generator") return "UNSUPPORTED_EXPR_FOR_OPERATOR";
  return undefined;
}

/** Without OVER. */
export function bindPlain(expr: CallExpr, def: FunctionDef, env: Env): Bound {
  const inner: Env = def.kind === "aggregate" ? { ...env, inside: "aggregate" } : env;
  if (
    expr.args.some(({ value }) => value.kind === "lambda") ||
    isHigherOrder(def.name) ||
    (def.name === "array_sort" && expr.args.length === 2)
  )
    return bindHigherOrder(expr, def, env);
  if (expr.distinct && def.kind !== "aggregate")
    return fail(env, "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX", expr.span, { name: def.name, what: "DISTINCT" });
  if (def.name === "struct") return bindRow(expr.args.map(({ value }) => value).flatMap((value) => starItems(value, inner)), inner, expr.span, "struct"); // prettier-ignore
  const [only] = expr.args;
  if (def.name === "count" && expr.args.length === 1 && only?.value.kind === "star" && only.value.qualifier.length > 0)
    return fail(env, "_LEGACY_ERROR_TEMP_1021", only.value.span, { name: def.name });
  const args = bindArgs(expr, def, inner);
  const filter = expr.filter && env.shared.expression(expr.filter, { ...env, inside: "aggregate" });
  if (filter !== undefined) {
    if (contains(filter, ({ op }) => op === "window"))
      return fail(env, "INVALID_AGGREGATE_FILTER.CONTAINS_WINDOW_FUNCTION", filter.span, { name: def.name }, args);
    condition(filter, "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", env);
    if (def.kind !== "aggregate")
      return fail(env, "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX", expr.span, { name: def.name, what: "FILTER" }, args);
  }
  const within = expr.withinGroup?.map(({ value }) => env.shared.expression(value, { ...env, inside: "aggregate" }));
  const unordered = within?.find(({ type }) => !isOrdered(type));
  if (unordered !== undefined) return fail(env, "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE", unordered.span, { type: printType(unordered.type) }, args); // prettier-ignore
  return called({ expr, def, args, env, ...(filter && { filter }), ...(within && { within }) });
}

/** `f(*)` and `f(t.*)` take each column. */
function starItems(value: Expr, env: Env): readonly Expr[] {
  if (value.kind !== "star") return [value];
  const columns = value.qualifier.length === 0 ? env.scope.attributes : qualified(env.scope, value.qualifier.map(({ name }) => name)); // prettier-ignore
  if (columns.length === 0 && value.qualifier.length > 0) {
    const base = env.shared.expression({ kind: "column", path: value.qualifier, span: value.span }, env);
    const fields = base.type.kind === "struct" ? base.type.fields : [];
    return fields.map(({ name }) => ({ kind: "column", path: [...value.qualifier, { name, span: value.span }], span: value.span }));
  }
  return columns
    .filter(({ name }) => !value.except.some((path) => path.at(-1)?.name.toLowerCase() === name.toLowerCase()))
    .map((attribute) => {
      const path = [...attribute.qualifier.slice(-1), attribute.name].map((name) => ({ name, span: value.span }));
      return { kind: "column", path, span: value.span };
    });
}

function bindArgs(expr: CallExpr, def: FunctionDef, env: Env): readonly Bound[] {
  const values = expr.args.map(({ value }) => value);
  const [only] = values;
  if (def.name === "count" && values.length === 1 && only?.kind === "star" && only.qualifier.length === 0 && only.except.length === 0)
    return [bound({ op: "literal", type: INT, nullable: false, span: only.span, key: "int'1'", sql: "1", value: "1", foldable: true })];
  return values.flatMap((value): readonly Bound[] => {
    if (value.kind !== "star") return [env.shared.expression(value, env)];
    return starItems(value, env).flatMap(
      (item) =>
      item.kind === "column" ? env.scope.attributes.concat(env.scope.hidden).filter((one) => one.name === item.path.at(-1)?.name).slice(0, 1).map((one) => ofAttribute(one, one.name, value.span)) : [], // prettier-ignore
    );
  });
}

interface Call {
  readonly expr: CallExpr;
  readonly def: FunctionDef;
  readonly args: readonly Bound[];
  readonly env: Env;
  readonly filter?: Bound;
  readonly within?: readonly Bound[];
}

function called(call: Call): Bound {
  const { expr, def, args, env } = call;
  const { signature } = def;
  const { length } = args;
  if (signature === undefined) return notKnown(env, `what ${def.name} gives is not modelled`, expr.span, args);
  const missing = length < signature.required ? def.parameters?.slice(length).find(({ otherwise }) => otherwise === undefined) : undefined;
  if (missing !== undefined) return fail(env, "REQUIRED_PARAMETER_NOT_FOUND", expr.span, { name: def.name, parameter: missing.name }, args);
  if (!takes(signature, length)) {
    const expected = numbersTaken(signature);
    return fail(env, "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", expr.span, { name: def.name, expected, found: String(length) }, args);
  }
  const changing = signature.constant
    .map((at) => args[at])
    .find((arg) => arg !== undefined && !arg.foldable && arg.type.kind !== "unknown");
  if (changing !== undefined) return fail(env, "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", changing.span, { name: def.name }, args);
  argumentNeeds(def, args, env);
  const wrongly = unfit(def.name, args) ?? withinProblem(call);
  if (wrongly !== undefined) {
    const { condition: of, at, args: more } = wrongly;
    const place = args[at]?.span ?? expr.span;
    return fail(env, of, place, { name: def.name, place: String(at + 1), ...more }, args);
  }
  const clash = isOfOneType(def.name) ? clashing(args, expr.span, env) : undefined;
  if (clash !== undefined) return clash;
  const answer = typed(call, signature);
  const misfit = typeof answer === "number" || answer === undefined;
  if (misfit && args.some(({ type }) => hasUnknown(type)))
    return bound({
      type: unknown("computed from what is not known"),
      nullable: undefined,
      span: expr.span,
      key: `?${env.shared.nextId()}`,
      children: args,
    });
  if (misfit) {
    const one = answer === undefined ? undefined : args[answer];
    if (one !== undefined && answer !== undefined)
      return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", one.span, { name: def.name, types: printType(one.type), ...(length > 1 && { place: String(answer + 1) }) }, args); // prettier-ignore
    const types = args.map(({ type }) => printType(type)).join(", ");
    return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", expr.span, { name: def.name, types }, args);
  }
  const { type, nullable } = answer;
  if (type.kind === "unknown" && !args.some((arg) => arg.type.kind === "unknown"))
    env.shared.hints.push({ why: type.why, span: expr.span });
  return finished(call, type, nullable);
}

function takes({ takes: only, required, repeated, params }: Signature, count: number): boolean {
  if (only !== undefined) return only.includes(count);
  return count >= required && (repeated || count <= params.length);
}

function numbersTaken({ takes: only, required, repeated, params }: Signature): string {
  if (only !== undefined) return `${only.slice(0, -1).join(", ")} or ${only.at(-1) ?? 0}`;
  return repeated ? `at least ${required}` : [...new Set([required, params.length])].join(" to ");
}

/** How many values there are, and whether there is one, does not give them away. */
const COUNTING = /^(count|approx_count_distinct|regr_count|isnull|isnotnull)$/;

/** A hash without a key is another name for the same value. */
const HASHES = new Set(["md5", "sha", "sha1", "sha2", "hash", "xxhash64", "crc32"]);

/** They put values together, so that each can be told from what comes out. */
const ASSEMBLING = new Set(["concat", "concat_ws", "format_string", "printf", "array", "struct", "named_struct"]);

function lineageOf(name: string, arg: Bound): Lineage {
  if (COUNTING.test(name)) return counted(arg);
  return name === "count_if" ? masked(arg.lineage, "tested") : arg.lineage;
}

/** What comes after a value that is always there is never taken. */
const FIRST_THERE: ReadonlySet<string> = new Set(["coalesce", "nvl", "ifnull"]);

function takenOf({ name }: FunctionDef, args: readonly Bound[]): readonly Bound[] {
  const there = FIRST_THERE.has(name) ? args.findIndex(({ nullable }) => nullable === false) : -1;
  return there < 0 ? args : args.slice(0, there + 1);
}

function finished(call: Call, type: SqlType, nullable: boolean | undefined): Bound {
  const { expr, def, filter, within = [], env } = call;
  const args = takenOf(def, call.args);
  const children = [...call.args, ...(filter === undefined ? [] : [filter]), ...within];
  const aggregate = def.kind === "aggregate";
  const direct = merged(args.map((arg) => lineageOf(def.name, arg)), aggregate ? "aggregation" : "transformation"); // prettier-ignore
  const values =
    def.name === "if" || def.name === "nvl2" ? args.slice(1) : def.name === "count" && expr.args[0]?.value.kind === "star" ? [] : args;
  const computed = values === args ? direct : merged(values.map(({ lineage }) => lineage), "transformation"); // prettier-ignore
  // What is never taken has a say in the type.
  const conditions = [...(values === args ? [] : args.slice(0, 1)), ...(filter === undefined ? [] : [filter]), ...call.args.slice(args.length)]; // prettier-ignore
  const full = influenced(within.length > 0 ? merged([computed, ...within.map((one) => one.lineage)], "aggregation") : computed, conditions.map((one) => (def.name === "nvl2" && one === args[0] ? counted(one) : one.lineage)), "conditional"); // prettier-ignore
  const whole = ASSEMBLING.has(def.name) ? assembled(full, args.map((arg) => arg.lineage)) : full; // prettier-ignore
  const moment =
    def.name === "if" ? momentChosen(expr.args[0]?.value, args[0]?.children ?? [], args.slice(1)) : momentAfter(def.name, args);
  if (HASHES.has(def.name)) env.shared.weak.push({ what: def.name, columns: unmasked(direct), span: expr.span });
  const lineage = COUNTING.test(def.name) || moment === undefined ? whole : { ...whole, moment };
  const deterministic = def.deterministic && children.every((child) => child.deterministic);
  const key = `${def.name}(${expr.distinct ? "distinct " : ""}${children.map((child) => child.key).join()})${deterministic ? "" : env.shared.nextId()}${filter === undefined ? "" : "f"}`;
  const sql = within.length > 0 ? undefined : callSql(expr, def, call.args, filter);
  const base = bound({ type, nullable, span: expr.span, key, sql, children, lineage, deterministic, foldable: !aggregate && deterministic && children.every((child) => child.foldable) }); // prettier-ignore
  const [only] = args;
  if (def.name === "named_struct" && type.kind === "struct")
    return { ...base, lineage: ofStruct(lineage, type.fields.map(({ name }, i) => [name, args[2 * i + 1]?.lineage ?? lineage])) }; // prettier-ignore
  if (def.name === "schema_of_json" && args.length === 1 && typeof only?.value === "string") {
    const value = schemaOfJson(only.value);
    return value === undefined ? base : { ...base, value };
  }
  if (def.signature?.result.kind === "rule" && def.signature.result.name === "cast" && only !== undefined)
    return {
      ...base,
      sql: only.sql,
      ...(only.alias === undefined ? {} : { alias: only.alias }),
    };
  if (def.name === "window" || def.name === "session_window") return { ...base, alias: def.name };
  if (def.name === "from_json" && type.kind === "map") return { ...base, alias: "entries" };
  if (def.kind !== "generator") return aggregate ? { ...base, op: "aggregate" } : base;
  const generated = type.kind === "struct" ? type.fields : [];
  return { ...base, op: "generator", foldable: false, ...(type.kind === "struct" ? { generated } : {}) };
}

interface Typed {
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
}

const ORDERED = new Set(["max", "min", "greatest", "least", "array_max", "array_min", "sort_array", "array_sort"]);

/** Whether values of the argument at a place are put in order. */
function isCompared(name: string, place: number): boolean {
  return ORDERED.has(name) || (place === 1 && (name === "max_by" || name === "min_by"));
}

/** A number is the place of the argument that does not fit; undefined where they do not fit together. */
function typed({ expr, def, args, within, env }: Call, signature: Signature): Typed | number | undefined {
  const { params } = signature;
  const last = params.at(-1);
  const patterns = args.map((_, i) => params[i] ?? last);
  const found = new Map<string, SqlType[]>();
  for (const [i, arg] of args.entries()) {
    const pattern = patterns[i];
    if (pattern !== undefined) collect(pattern, arg.type, found);
  }
  const variables = solve(found);
  if (variables === undefined) return undefined;
  const types: SqlType[] = [];
  const casts: Bound[] = [];
  for (const [i, arg] of args.entries()) {
    const pattern = patterns[i];
    const type = pattern === undefined ? arg.type : coerced(arg.type, pattern, variables);
    if (type === undefined) return i;
    types.push(type);
    clockAt(arg, type, env);
    casts.push({ ...arg, nullable: castNullable(arg, type) });
  }
  const unordered = types.findIndex((type, i) => isCompared(def.name, i) && !isOrdered(type));
  if (unordered >= 0) return unordered;
  const nullable = { any: anyNullable(casts), all: allNullable(casts), always: true, never: false }[signature.nullable];
  const { result } = signature;
  if (result.kind !== "rule") return { type: resultOf(result, variables, types), nullable };
  const names = expr.args.map(({ value }, i) => (value.kind === "column" || value.kind === "member" ? args[i]?.alias : undefined));
  const [sorted] = within ?? [];
  const answer: Answer = applyRule(result.name, {
    name: def.name,
    args: casts,
    types,
    names,
    concatType,
    comparable,
    ...(sorted && { within: sorted.type }),
  });
  if (answer === undefined) return undefined;
  return "type" in answer ? answer : { type: answer, nullable };
}
