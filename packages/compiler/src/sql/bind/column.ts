/** Names to columns, and fields of what columns hold. */
import { nearest } from "../../diagnostics/nearest.js";
import type { Span } from "../../text.js";
import type { ColumnRef, Ident, VariantPathExpr } from "../ast.js";
import { widerWithoutString } from "../coerce.js";
import { ofField } from "../lineage.js";
import { matches, same, type Attribute, type Match } from "../scope.js";
import { arrayOf, printType, unknown } from "../types.js";
import { isBareFunction } from "../parse/call.js";
import { anyNullable, bound, sqlOf, type Bound } from "./bound.js";
import { fail, notKnown, wrong, type Env } from "./env.js";

export function ofAttribute(attribute: Attribute, name: string, span: Span): Bound {
  const { id, type, nullable, lineage } = attribute;
  return bound({ op: "column", type, nullable, span, key: `#${id}`, sql: name, alias: name, lineage, foldable: false });
}

export function bindColumn(expr: ColumnRef, env: Env): Bound {
  const { path, span } = expr;
  const names = path.map(({ name }) => name);
  const [first] = names;
  const variable = first === undefined ? undefined : env.variables.get(first.toLowerCase());
  if (variable !== undefined) return withFields({ ...variable, span: path[0]?.span ?? span }, path.slice(1), env);
  return (
    fromOutput(names, path, env) ??
    fromScope(names, path, env) ??
    (env.scope.open ? hidden(path, span, env) : undefined) ??
    bareCall(expr, env) ??
    fromAliases(path, env) ??
    fromOuter(names, path, env) ??
    (isOpen(env) ? hidden(path, span, env) : undefined) ??
    unresolved(path, span, env)
  );
}

/** Most likely a column of a table whose columns are not known. It has its name, and no more. */
function hidden(path: readonly Ident[], span: Span, env: Env): Bound | undefined {
  const name = path.at(-1)?.name ?? "";
  if (path.length === 1 && isBareFunction(name)) return undefined;
  const found = notKnown(env, "a column of a table whose columns are not known", span);
  return { ...found, sql: name, alias: name, key: `?${path.map((part) => part.name.toLowerCase()).join(".")}` };
}

/** `current_date` without parentheses. */
function bareCall({ path, span }: ColumnRef, env: Env): Bound | undefined {
  if (path.length !== 1 || !isBareFunction(path[0]?.name ?? "") || env.aliases?.has(path[0]?.name.toLowerCase() ?? "") === true)
    return undefined;
  const what = path[0]?.name.toLowerCase() ?? "";
  env.shared.unstable.push({ kind: /^current_(date|time|timestamp)$/.test(what) ? "clock" : "machine", what, span });
  return env.shared.expression({ kind: "call", name: path, args: [], distinct: false, form: "bare", span }, env);
}

function isOpen(env: Env): boolean {
  return env.scope.open || (env.outer !== undefined && isOpen(env.outer));
}

function fromOutput(names: readonly string[], path: readonly Ident[], env: Env): Bound | undefined {
  if (env.first === undefined || env.inside === "aggregate") return undefined;
  const found = matches({ attributes: env.first, hidden: [], open: false }, names);
  // Of several items of a name, ORDER BY takes none: then it is the column that they are made from.
  if (env.place === "order-by" && meant(found) > 1 && (env.scope.open || matches(env.scope, names).length > 0)) return undefined;
  return found.length === 0 ? undefined : taken(found, path, env);
}

function fromScope(names: readonly string[], path: readonly Ident[], env: Env): Bound | undefined {
  const found = matches(env.scope, names);
  return found.length === 0 ? undefined : taken(found, path, env);
}

/** Different columns that a name may mean: one that is there twice, as `SELECT *, amount` has it, is one. */
export function meant(found: readonly Match[]): number {
  return new Set(found.map(({ attribute }) => attribute.id)).size;
}

function taken(found: readonly Match[], path: readonly Ident[], env: Env): Bound {
  const [match] = found;
  const count = meant(found);
  if (match === undefined) throw new Error("no match to take");
  const named = path.slice(0, path.length - match.rest);
  const last = named.at(-1);
  const span = { start: path[0]?.span.start ?? 0, end: last?.span.end ?? 0 };
  if (count > 1) {
    const found = fail(env, "AMBIGUOUS_REFERENCE", span, { name: path.map(({ name }) => name).join(".") });
    return { ...found, alias: path.at(-1)?.name ?? "" };
  }
  return withFields(ofAttribute(match.attribute, last?.name ?? match.attribute.name, span), path.slice(path.length - match.rest), env);
}

/** An earlier item of the same SELECT. */
function fromAliases(path: readonly Ident[], env: Env): Bound | undefined {
  const [first, ...rest] = path;
  if (first === undefined || env.aliases === undefined) return undefined;
  const name = first.name.toLowerCase();
  if (!env.aliases.has(name)) return undefined;
  const item = env.aliases.get(name);
  if (env.inside !== undefined)
    return fail(env, `UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_${env.inside === "window" ? "WINDOW" : "AGGREGATE_FUNC"}`, first.span, {
      name: first.name,
    });
  if (item === undefined) return fail(env, "AMBIGUOUS_LATERAL_COLUMN_ALIAS", first.span, { name: first.name });
  const { type, nullable, key, lineage } = item;
  const found = bound({
    type,
    nullable,
    key,
    lineage,
    span: first.span,
    sql: `lateralAliasReference(${first.name})`,
    alias: first.name,
    children: [item],
  });
  return withFields(found, rest, env);
}

function fromOuter(names: readonly string[], path: readonly Ident[], env: Env): Bound | undefined {
  const { outer } = env;
  if (outer === undefined) return undefined;
  const found = fromScope(names, path, outer) ?? fromOuter(names, path, outer);
  if (found === undefined) return undefined;
  env.outerUses?.push(found);
  return { ...found, outer: true };
}

/** Points at the part of the path that is not found. */
function unresolved(path: readonly Ident[], span: Span, env: Env): Bound {
  const names = path.map(({ name }) => name);
  const last = names.at(-1) ?? "";
  const columns = [...(env.first ?? []), ...env.scope.attributes, ...(env.outer?.scope.attributes ?? [])];
  const [qualifier, column] = path;
  const ofTable = column === undefined ? [] : columns.filter((one) => same(one.qualifier.at(-1) ?? "", qualifier?.name ?? ""));
  const part = ofTable.length > 0 ? column : qualifier;
  const candidates = ofTable.length > 0 ? ofTable : columns;
  const known = new Set(candidates.map(({ name }) => name));
  // `x.y` may be a column of a table or a field of a column.
  const outer = column !== undefined && ofTable.length === 0 ? candidates.flatMap((one) => one.qualifier.slice(-1)) : [];
  const near = nearest(part?.name ?? "", [...outer, ...known]);
  env.shared.findings.push({
    condition: columns.length === 0 ? "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION" : "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    args: { name: names.join("."), ...(column !== undefined && ofTable.length === 0 ? { qualifier: qualifier?.name ?? "" } : {}) },
    span: part?.span ?? span,
    ...(near === undefined ? {} : { nearest: near }),
    known: [...(outer.length > 0 ? new Set(outer) : known)].slice(0, 13),
  });
  return { ...wrong(env, span), alias: last };
}

function withFields(base: Bound, fields: readonly Ident[], env: Env): Bound {
  let found = base;
  for (const name of fields) {
    const inner = extractField(found, name, env);
    found = inner.sql === undefined ? inner : { ...inner, alias: name.name };
  }
  return found;
}

/** `.name`: a field of a struct, of the structs of an array, or the value of a map. */
export function extractField(base: Bound, name: Ident, env: Env): Bound {
  const span = { start: base.span.start, end: name.span.end };
  const { type } = base;
  const given = { span, key: `${base.key}.${name.name.toLowerCase()}`, sql: sqlOf([base.sql, ".", name.name]), children: [base] };
  const struct = type.kind === "array" ? type.element : type;
  if (struct.kind === "unknown") return bound({ ...given, type: unknown("a field of what is not known"), nullable: undefined });
  if (type.kind === "map") return bound({ ...given, sql: sqlOf([base.sql, "[", name.name, "]"]), type: type.value, nullable: true });
  if (type.kind === "variant") return fail(env, "INVALID_EXTRACT_BASE_FIELD_TYPE", span, { type: printType(type) }, [base]);
  if (struct.kind !== "struct")
    return fail(env, "INVALID_EXTRACT_BASE_FIELD_TYPE", base.span, { name: name.name, type: printType(type) }, [base]);
  const found = struct.fields.filter((field) => same(field.name, name.name));
  const [field] = found;
  if (field === undefined) {
    const near = nearest(name.name, struct.fields.map((one) => one.name)); // prettier-ignore
    const args = { name: name.name };
    env.shared.findings.push({ condition: "FIELD_NOT_FOUND", args, span: name.span, ...(near === undefined ? {} : { nearest: near }) });
    return wrong(env, span, [base]);
  }
  if (found.length > 1) return fail(env, "AMBIGUOUS_REFERENCE_TO_FIELDS", name.span, { name: name.name }, [base]);
  if (type.kind === "array")
    return bound({ ...given, type: arrayOf(field.type, type.containsNull || field.nullable), nullable: base.nullable });
  const own = ofField(base.lineage, field.name);
  const value = bound({ ...given, type: field.type, nullable: field.nullable ? true : base.nullable, ...(own && { lineage: own }) });
  const isStart = base.lineage.moment?.kind === "window" && same(field.name, "start");
  return isStart ? { ...value, lineage: { ...value.lineage, moment: { kind: "floor" } } } : value;
}

/** `[index]`: an element of an array, the value of a map, or a field of a struct by its name. */
export function extractItem(base: Bound, index: Bound, span: Span, env: Env): Bound {
  const { type } = base;
  const given = { span, key: `${base.key}[${index.key}]`, sql: sqlOf([base.sql, "[", index.sql, "]"]), children: [base, index] };
  if (type.kind === "unknown") return bound({ ...given, type, nullable: undefined });
  if (type.kind === "array") {
    if (!["tinyint", "smallint", "int", "bigint", "null", "unknown"].includes(index.type.kind))
      return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", index.span, { type: printType(index.type) }, [base, index]);
    return bound({ ...given, type: type.element, nullable: itemNullable(base, index, type.containsNull) });
  }
  if (type.kind === "map" && widerWithoutString(type.key, index.type) === undefined)
    return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", index.span, { type: printType(index.type) }, [base, index]);
  if (type.kind === "map") return bound({ ...given, type: type.value, nullable: true });
  if (type.kind === "struct" && index.op === "literal" && typeof index.value === "string" && index.type.kind === "string")
    return extractField(base, { name: index.value, span: index.span }, env);
  return fail(env, "INVALID_EXTRACT_BASE_FIELD_TYPE", base.span, { type: printType(type) }, [base, index]);
}

/** `value:a.b`: a variant again, or NULL where there is nothing. */
export function extractPath(base: Bound, { path, last, span }: VariantPathExpr, env: Env): Bound {
  const { type } = base;
  if (type.kind !== "variant" && type.kind !== "unknown")
    return fail(env, "COLUMN_IS_NOT_VARIANT_TYPE", base.span, { type: printType(type) }, [base]);
  const sql = sqlOf(["variant_get(", base.sql, `, ${path})`]);
  const key = `variant_get(${base.key},${path})`;
  const found = bound({ type, nullable: type.kind === "variant" ? true : undefined, span, key, sql, children: [base] });
  // Inside of something else Spark writes the name that the column would have.
  return last === undefined ? found : { ...found, sql: sqlOf([sql, ` AS ${last.name}`]), alias: last.name };
}

function itemNullable(base: Bound, index: Bound, containsNull: boolean): boolean | undefined {
  // Whatever stands behind a constant index of a column, Spark says that it may be NULL.
  if (index.foldable) {
    const item =
      /^array\(.*\)$/s.test(base.key) && base.sql?.startsWith("array(") === true && typeof index.value === "string"
        ? base.children[Number(index.value)]
        : undefined;
    return item === undefined || base.type.kind !== "array" ? true : item.nullable;
  }
  return containsNull ? true : anyNullable([base, index]);
}
