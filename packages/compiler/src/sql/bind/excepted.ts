/** `* EXCEPT (a, s.b)`: columns, and fields of structs, that are left out. */
import type { Ident, Star } from "../ast.js";
import { matches, same, type Attribute } from "../scope.js";
import { printType, structOf, unknown, type SqlType } from "../types.js";
import { report, type Env } from "./env.js";

type Path = readonly Ident[];

const written = (path: Path): string => path.map(({ name }) => name).join(".");

/** Columns without those that are left out. */
export function withoutExcepted(star: Star, columns: readonly Attribute[], env: Env): readonly Attribute[] {
  const scope = { attributes: columns, hidden: [], open: false };
  const gone = new Set<number>();
  const fields = new Map<number, Path[]>();
  for (const path of star.except) {
    const found = matches(scope, path.map(({ name }) => name)); // prettier-ignore
    const [match] = found;
    const last = path.at(-1);
    if (last === undefined) continue;
    if (match === undefined) {
      if (!env.scope.open) report(env, "UNRESOLVED_COLUMN.WITH_SUGGESTION", last.span, { name: written(path) }, columns.map(({ name }) => name)); // prettier-ignore
      continue;
    }
    const taken = found.some(({ attribute: { id } }) => gone.has(id) || (match.rest === 0 && fields.has(id)));
    if (taken) report(env, "EXCEPT_OVERLAPPING_COLUMNS", last.span, { name: written(path) });
    for (const { attribute, rest } of found)
      if (rest === 0) gone.add(attribute.id);
      else fields.set(attribute.id, [...(fields.get(attribute.id) ?? []), path.slice(-rest)]);
  }
  return columns
    .filter(({ id }) => !gone.has(id))
    .map((column) => {
      const paths = fields.get(column.id);
      return paths === undefined ? column : { ...column, ...without(column, paths, env) };
    });
}

interface Typed {
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
}

/** A struct without some fields is made anew: it is not NULL, its fields are where it was. */
export function without({ type, nullable }: Typed, paths: readonly Path[], env: Env): Typed {
  const [first] = paths;
  if (type.kind === "unknown") return { type, nullable };
  if (type.kind !== "struct") {
    const last = first?.[0];
    if (last !== undefined)
      report(env, "EXCEPT_NESTED_COLUMN_INVALID_TYPE", last.span, { name: written(first ?? []), type: printType(type) });
    return { type: unknown("fields of what has none"), nullable };
  }
  const names = type.fields.map(({ name }) => name);
  for (const [i, path] of paths.entries()) {
    const [field] = path;
    const last = path.at(-1);
    if (field === undefined || last === undefined) continue;
    if (!names.some((name) => same(name, field.name))) report(env, "FIELD_NOT_FOUND", field.span, { name: field.name }, names);
    else if (paths.slice(0, i).some((other) => overlap(other, path))) report(env, "EXCEPT_OVERLAPPING_COLUMNS", last.span, { name: written(path) }); // prettier-ignore
  }
  const fields = type.fields.flatMap((field) => {
    const own = paths.filter(([head]) => head !== undefined && same(head.name, field.name));
    if (own.some(({ length }) => length === 1)) return [];
    const inner = { type: field.type, nullable: nullable === false ? field.nullable : true };
    const rest = own.map((path) => path.slice(1));
    const left = rest.length === 0 ? inner : without(inner, rest, env);
    return [{ name: field.name, type: left.type, nullable: left.nullable ?? true }];
  });
  return { type: structOf(fields), nullable: false };
}

/** One of them holds the other. */
function overlap(left: Path, right: Path): boolean {
  return left.every((part, i) => right[i] === undefined || same(part.name, right[i].name));
}
