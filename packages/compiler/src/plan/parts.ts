/** What a definition says, part by part, such that formatting, order and defaults that are written out make no difference. */
import type { Analysis } from "../4-analyze/analysis.js";
import { canonical } from "../hash.js";
import { parseDuration } from "../shorthand/index.js";
import { innerMoves } from "./moves.js";
import { asRecord, at, type Part } from "./plan.js";

interface Facet {
  /** Equal where the meaning is. */
  readonly value: string;
  /** As it is written. */
  readonly shown: string;
  readonly prose: boolean;
}
type Facets = ReadonlyMap<string, Facet>;

/** What differs between two definitions of one kind; an absent one says nothing. */
export function partsOf(before: Definition | undefined, after: Definition | undefined): readonly Part[] {
  const moves = movedParts(before, after);
  const [old, now] = [facetsOf(before), facetsOf(after)];
  const was = (path: string): string => moves.get(path) ?? path;
  const gone = new Set(moves.values());
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => !gone.has(path)).sort();
  return paths.flatMap((path): readonly Part[] => {
    const [a, b] = [old.get(was(path)), now.get(path)];
    if (moves.has(path)) return [{ ...part(path, a, b, false), was: was(path) }];
    if (path === "columns" && a?.prose === true && !sameNames(a, b)) return [];
    // What is written the same is no change of this definition, whatever it reads has become.
    if (a?.value === b?.value || a?.shown === b?.shown) return formatting(path, a, b);
    return [part(path, a, b, (a ?? b)?.prose ?? false)];
  });
}

/** Columns and aggregates that are called otherwise: new path to old path. */
function movedParts(before: Definition | undefined, after: Definition | undefined): ReadonlyMap<string, string> {
  if (before === undefined || after === undefined) return new Map();
  const [old, now] = [specOf(before), specOf(after)];
  const keys = ["columns", "aggregates"] as const;
  return new Map(keys.flatMap((key) => innerMoves(key, old, now).map(([from, to]) => [`${key}.${to}`, `${key}.${from}`] as const)));
}

function specOf({ analysis, id }: Definition): Readonly<Record<string, unknown>> {
  const [section = "", name = ""] = id.split(".");
  return asRecord(at(asRecord(Reflect.get(analysis.spec, section)), name));
}

/** Columns that come and go stand by themselves; this is about their order, which is that of the table. */
function sameNames(a: Facet | undefined, b: Facet | undefined): boolean {
  const sorted = (facet: Facet | undefined): string => (facet?.shown ?? "").split(", ").toSorted().join(", ");
  return sorted(a) === sorted(b);
}

/** Texts that are emitted as they stand: what they mean is the same, what is written is not. */
function formatting(path: string, a: Facet | undefined, b: Facet | undefined): readonly Part[] {
  const isEmitted = path === "sql" || path === "gate";
  return isEmitted && a?.shown !== b?.shown ? [part(path, a, b, true)] : [];
}

// oxlint-disable-next-line max-params
function part(path: string, a: Facet | undefined, b: Facet | undefined, prose: boolean): Part {
  return { path, ...(a === undefined ? {} : { before: a.shown }), ...(b === undefined ? {} : { after: b.shown }), prose };
}

/** A definition of one side. */
export interface Definition {
  readonly analysis: Analysis;
  /** `sources.transactions`. */
  readonly id: string;
  /** Equal for SQL that means the same. */
  readonly sql?: string;
}

const PROSE: ReadonlySet<string> = new Set(["description", "owner"]);
const DURATIONS: ReadonlySet<string> = new Set(["lateness", "tile", "known_after", "gap", "freshness"]);
/** What a key means where it is not written. */
const DEFAULTS: Readonly<Record<string, string>> = { as: '"view"', "split.gap": "0" };
/** Said elsewhere, or without a meaning of its own. */
const SKIPPED: ReadonlySet<string> = new Set(["renamed_from", "sql", "sql_file", "aggregates", "derived", "checks", "columns", "gate"]);

function facetsOf(definition: Definition | undefined): Facets {
  const facets = new Map<string, Facet>();
  if (definition === undefined) return facets;
  for (const [key, value] of Object.entries(specOf(definition))) {
    if (key.startsWith("x-") || SKIPPED.has(key)) continue;
    // Where a schema lies is nothing to what it says.
    leaves(value, key, (path, leaf) => path !== "kafka.schema" && facets.set(path, plain(path, leaf)));
  }
  special(definition, (path, facet) => facets.set(path, facet));
  for (const [path, { value }] of facets) if (DEFAULTS[path] === value) facets.delete(path);
  return facets;
}

/** What it was called changes nothing but where it is looked for. */
function withoutName(value: unknown): unknown {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== "renamed_from"))
    : value;
}

type Put = (path: string, facet: Facet) => void;

/** Parts that have a meaning apart from their text. */
function special({ analysis, id, sql }: Definition, put: Put): void {
  const [section = "", name = ""] = id.split(".");
  const { spec } = analysis;
  const meant = (value: unknown, text: unknown): Facet => ({ value: canonical(value), shown: show(text), prose: false });
  if (section === "sources" || section === "transforms") {
    const facts = at(analysis.datasets, name);
    const declared = at(spec.sources ?? {}, name)?.columns ?? at(spec.transforms ?? {}, name)?.columns ?? {};
    if (Object.keys(declared).length > 0)
      put("columns", { ...meant(Object.keys(declared), Object.keys(declared).join(", ")), prose: true });
    for (const field of facts?.columns ?? []) {
      const column = at(declared, field.name);
      if (column === undefined) continue;
      const type = typeof column === "string" ? column : column.type;
      put(`columns.${field.name}`, meant([field.type, field.nullable], type));
      if (typeof column !== "string" && column.description !== undefined)
        put(`columns.${field.name}.description`, { ...meant(column.description, column.description), prose: true });
    }
    const schema = section === "sources" ? at(analysis.schemas, name) : undefined;
    if (schema !== undefined) {
      const names = schema.fields.map((field) => field.name);
      put("kafka.schema", meant(names, names.join(", ")));
      for (const field of schema.fields) put(`kafka.schema.${field.name}`, meant(field.type, field.type));
    }
    if (facts?.kind === "source")
      for (const check of facts.checks)
        put(`checks.${check.name}`, meant(check, at(at(spec.sources ?? {}, name)?.checks ?? {}, check.name)));
    if (facts?.kind === "transform" && facts.sql !== undefined)
      put("sql", { value: sql ?? facts.sql, shown: facts.sql.trim(), prose: false });
  }
  if (section === "features") groupFacets(analysis, name, put);
  if (section === "models") {
    const facts = at(analysis.models, name);
    put(
      "gate",
      meant(
        facts?.gate.map(({ expr }) => expr),
        facts?.gate.map(({ text }) => text).join("; "),
      ),
    );
  }
}

function groupFacets(analysis: Analysis, name: string, put: Put): void {
  const facts = at(analysis.groups, name);
  const spec = at(analysis.spec.features ?? {}, name);
  if (facts === undefined || spec === undefined) return;
  if (facts.kind === "windowed")
    for (const { name: aggregate, ...plan } of facts.aggregates)
      put(`aggregates.${aggregate}`, {
        value: canonical(plan),
        shown: show(withoutName(at(spec.aggregates ?? {}, aggregate))),
        prose: false,
      });
  for (const { name: output, expr } of facts.derived)
    put(`derived.${output}`, { value: canonical(expr), shown: show(at(spec.derived ?? {}, output)), prose: false });
  if (spec.columns !== undefined) put("columns", { value: canonical(spec.columns), shown: spec.columns.join(", "), prose: false });
}

function plain(path: string, value: unknown): Facet {
  const key = path.split(".").at(-1) ?? path;
  return { value: canonical(normal(key, value)), shown: show(value), prose: PROSE.has(path) };
}

function normal(key: string, value: unknown): unknown {
  if (DURATIONS.has(key) && typeof value === "string") {
    const parsed = parseDuration(value);
    return parsed.ok ? parsed.value : value;
  }
  if (key === "key") return Array.isArray(value) ? value : [value];
  return key === "cpu" ? String(value) : value;
}

/** Maps are taken apart, lists are not: their order counts. */
export function leaves(value: unknown, path: string, put: (path: string, leaf: unknown) => void): void {
  const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
  if (entries === undefined) put(path, value);
  else for (const [key, inner] of entries) leaves(inner, `${path}.${key}`, put);
}

/** On one line, as it would be written in flow style. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${show(inner)}`)
    .join(", ")} }`;
}
