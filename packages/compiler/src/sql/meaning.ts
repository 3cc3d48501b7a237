/**
 * What a query means, without how it is written: its tree without places, comments, the case of names, and without the names of the tables
 * that it reads. Where its rows do not depend on what is selected, each column stands for itself, so that a change of one is no change of the others.
 */
import type { CallExpr, Ident, Query, Select, SelectItem } from "./ast.js";
import { findFunction } from "./functions/table.js";
import { isKeyed, maskOf } from "./masks.js";

/** A part of a query. Columns of tables stand in its text as numbers: `names` says which. */
export interface SqlPart {
  readonly text: string;
  /** Names in lower case, by first use. */
  readonly names: readonly string[];
  /** Its values depend on the key of masking functions. */
  readonly keyed?: true;
}

export interface SqlMeaning {
  /** Which rows there are. */
  readonly rows: SqlPart;
  /** Columns that are selected one by one, by name in lower case; absent where only the query as a whole has a meaning. */
  readonly columns?: readonly (readonly [name: string, part: SqlPart])[];
  /** Whether `*` passes columns on under their own names. */
  readonly star: boolean;
}

/** What a query reads: names of tables in lower case, and of all their columns. */
export interface SqlScope {
  readonly tables: readonly string[];
  readonly columns: ReadonlySet<string>;
}

export function sqlMeaning(query: Query, scope: SqlScope): SqlMeaning {
  const { body } = query;
  const star = body.kind === "select" && body.items.some(({ value }) => value.kind === "star");
  if (body.kind !== "select" || !isApart(query, body)) return { rows: part(query, scope), star };
  const { items, ...frame } = body;
  const one = items.some(aggregates);
  return { rows: part({ ...query, body: frame, one }, scope), columns: columnsOf(items, scope), star };
}

/** Whether what is selected has no say in which rows there are. */
function isApart(query: Query, body: Select): boolean {
  if (body.distinct || body.groupBy?.all === true || query.orderByAll || body.items.some(makesRows)) return false;
  const places = [body.groupBy, body.having, ...(query.limit === undefined ? [] : [query.orderBy])];
  const named = new Set(body.items.flatMap(({ alias }) => (alias === undefined ? [] : [alias.name.toLowerCase()])));
  return !places.some((place) => hasLiteral(place) || identsOf(place).some((name) => named.has(name)));
}

/** GROUP BY 1, ORDER BY 2. */
function hasLiteral(value: unknown): boolean {
  return nodes(value).some((node) => Reflect.get(node, "kind") === "literal");
}

/** A generator makes several rows of one. */
function makesRows({ value, aliases }: SelectItem): boolean {
  return aliases !== undefined || callsOf(value).some((call) => kindOf(call) === "generator");
}

/** Without GROUP BY, one aggregate makes one row of all. */
function aggregates({ value }: SelectItem): boolean {
  return callsOf(value).some((call) => kindOf(call) === "aggregate" && call.over === undefined);
}

function callsOf(value: unknown): readonly CallExpr[] {
  return nodes(value).filter((node): node is CallExpr => Reflect.get(node, "kind") === "call");
}

function kindOf({ name }: CallExpr): string | undefined {
  return findFunction(name.at(-1)?.name ?? "")?.kind;
}

/** A column may name another of the same SELECT: then that one is part of it. */
function columnsOf(all: readonly SelectItem[], scope: SqlScope): readonly (readonly [string, SqlPart])[] {
  const named = new Map(all.flatMap((item) => (nameOf(item) === undefined ? [] : [[nameOf(item) ?? "", item] as const])));
  const aliases = new Map(all.flatMap(({ alias, value }) => (alias === undefined ? [] : [[alias.name.toLowerCase(), value] as const])));
  return [...named].map(([name, { value }]) => [name, part([value, ...lateral(value, aliases)], scope)]);
}

function nameOf({ value, alias }: SelectItem): string | undefined {
  if (alias !== undefined) return alias.name.toLowerCase();
  return value.kind === "column" ? value.path.at(-1)?.name.toLowerCase() : undefined;
}

function lateral(value: unknown, aliases: ReadonlyMap<string, unknown>): readonly unknown[] {
  const found = new Set<unknown>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const name of identsOf(next)) {
      const other = aliases.get(name);
      if (other === undefined || other === value || found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  return [...found];
}

function part(value: unknown, { tables, columns }: SqlScope): SqlPart {
  const names: string[] = [];
  const numbered = (name: string): string => {
    const lower = name.toLowerCase();
    const table = tables.indexOf(lower);
    if (table >= 0 && !columns.has(lower)) return `@${table}`;
    if (!columns.has(lower)) return `i:${lower}`;
    if (!names.includes(lower)) names.push(lower);
    return `$${names.indexOf(lower)}${table >= 0 ? `@${table}` : ""}`;
  };
  const mask = callsOf(value).some(isKeyedCall);
  return { text: text(value, numbered), names, ...(mask ? { keyed: true } : {}) };
}

/** Keys that say where a node stands. */
const PLACES: ReadonlySet<string> = new Set(["span", "opSpan"]);

function text(value: unknown, numbered: (name: string) => string): string {
  if (Array.isArray(value)) return `[${value.map((each) => text(each, numbered)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (isIdent(value)) return numbered(value.name);
  const isCall = Reflect.get(value, "kind") === "call";
  const entries = Object.entries(value).filter(([key, member]) => !PLACES.has(key) && member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const printed = entries.map(([key, member]) => {
    if (isCall && key === "name") return `name:${JSON.stringify(identsOf(member))}`;
    // The case of a struct's field is part of its type.
    if (key === "alias" && Reflect.get(value, "kind") === "aliased" && isIdent(member)) return `alias:${JSON.stringify(member.name)}`;
    return `${key}:${text(member, numbered)}`;
  });
  return `{${printed.join(",")}}`;
}

function isKeyedCall(call: CallExpr): boolean {
  const mask = maskOf(call);
  return mask !== undefined && isKeyed(mask);
}

function isIdent(value: unknown): value is Ident {
  return (
    typeof value === "object" &&
    value !== null &&
    !("kind" in value) &&
    "span" in value &&
    "name" in value &&
    typeof value.name === "string"
  );
}

/** Every object below a value, itself included. */
function nodes(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodes)];
}

function identsOf(value: unknown): readonly string[] {
  return nodes(value).flatMap((node) => (isIdent(node) ? [node.name.toLowerCase()] : []));
}
