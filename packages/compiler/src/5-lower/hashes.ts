/** Hashes of what definitions mean: of a definition and everything it is computed from. Comments, order and prose make no difference. */
import type { Analysis } from "../4-analyze/analysis.js";
import { canonical, sha256 } from "../hash.js";
import type { Json } from "../ir.js";
import { known } from "./context.js";

/** First 8 hex digits of the hash of a definition and all upstream of it. */
export function definitionHash(analysis: Analysis, definition: string, extra: readonly string[] = []): string {
  const parts: Record<string, string> = {};
  for (const id of upstream(analysis, definition)) parts[id] = meaningText(analysis, id);
  return sha256(canonical({ parts, extra })).slice(0, 8);
}

function upstream({ graph }: Analysis, definition: string): readonly string[] {
  const seen = new Set<string>();
  const open = [definition];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(graph.reads[id] ?? []));
  }
  return [...seen];
}

/** Meanings that are printed already: many definitions stand on the same ones. */
const printed = new WeakMap<Analysis, Map<string, string>>();

function meaningText(analysis: Analysis, id: string): string {
  const texts = printed.get(analysis) ?? new Map<string, string>();
  printed.set(analysis, texts);
  const text = texts.get(id) ?? canonical(meaningOf(analysis, id));
  texts.set(id, text);
  return text;
}

/** The definition as data, without what only people read, and with the text of its SQL file. */
function meaningOf({ spec, datasets }: Analysis, id: string): unknown {
  const [section = "", name = ""] = id.split(".");
  const definition = known(sections(spec), section)[name];
  const meaning = Object.entries(definition ?? {}).filter(
    ([key]) => key !== "description" && key !== "owner" && key !== "schedule" && !key.startsWith("x-"),
  );
  const facts = section === "transforms" ? datasets[name] : undefined;
  return {
    ...Object.fromEntries(meaning),
    ...typesOf(definition),
    ...(facts?.kind === "transform" ? { sql: facts.sql, sql_file: undefined } : {}),
  };
}

/** Columns by their types: what a person reads about one does not change a row. */
function typesOf(definition: object | undefined): object {
  const columns: unknown = definition === undefined ? undefined : Reflect.get(definition, "columns");
  if (typeof columns !== "object" || columns === null || Array.isArray(columns)) return {};
  const types = Object.entries(columns).map(([name, column]: [string, unknown]) => [
    name,
    typeof column === "object" && column !== null ? Reflect.get(column, "type") : column,
  ]);
  return { columns: Object.fromEntries(types) as unknown };
}

function sections(spec: Analysis["spec"]): Readonly<Record<string, Readonly<Record<string, object>>>> {
  const { entities = {}, sources = {}, transforms = {}, features = {}, models = {}, deployments = {} } = spec;
  return { entities, sources, transforms, features, models, deployments };
}

/** User data of the spec as plain JSON data. */
export function jsonOf(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
  throw new Error(`not data: ${typeof value}`);
}
