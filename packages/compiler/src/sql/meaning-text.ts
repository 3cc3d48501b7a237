/** Trees of SQL as text without places, comments and the case of names. */
import type { CallExpr, Ident } from "./ast.js";
import { isKeyed, maskOf } from "./masks.js";
import { findFunction } from "./functions/table.js";
import { isCall, lower, nodesBelow } from "./node.js";

/** A part of a query. Columns of tables stand in its text as numbers: `names` says which. */
export interface SqlPart {
  readonly text: string;
  /** Names in lower case, by first use. */
  readonly names: readonly string[];
  /** Its values depend on the key of masking functions. */
  readonly keyed?: true;
}

/** What a query reads: names of tables in lower case, and of all their columns. */
export interface SqlScope {
  readonly tables: readonly string[];
  readonly columns: ReadonlySet<string>;
  /** Those of one table, where they are known. */
  readonly columnsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

export function part(value: unknown, { tables, columns }: SqlScope): SqlPart {
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

/** What kind of function is called; undefined where it is none of Spark's. */
export function kindOf(name: readonly Ident[]): string | undefined {
  return findFunction(lower(name.at(-1)))?.kind;
}

function isKeyedCall(call: CallExpr): boolean {
  const mask = maskOf(call);
  return mask !== undefined && isKeyed(mask);
}

export function isIdent(value: unknown): value is Ident {
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
export function nodes(value: unknown): readonly object[] {
  return typeof value === "object" && value !== null ? nodesBelow(value) : [];
}

export function identsOf(value: unknown): readonly string[] {
  return nodes(value).flatMap((node) => (isIdent(node) ? [node.name.toLowerCase()] : []));
}

export function callsOf(value: unknown): readonly CallExpr[] {
  return nodes(value).filter(isCall);
}
