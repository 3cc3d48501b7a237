/** Words of other tools for what the language calls otherwise, and keys that stand in the wrong place. */
import type { Path } from "../1-parse/index.js";
import { listOf, quote } from "../diagnostics/define.js";
import { includedShape } from "../generated/annotations.js";
import type { Shape } from "../shape.js";
import { isRecord } from "./places.js";
import { shapeOf } from "./words.js";

const SECTIONS: Readonly<Record<string, string>> = {
  transformations: "transforms",
  feature_views: "features",
  feature_groups: "features",
  datasets: "sources",
  tables: "sources",
};

/** By what a map is, what its keys are called elsewhere. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  definitions: SECTIONS,
  project: { ...SECTIONS, variables: "vars", extends: "include", imports: "include", version: "mlspec", name: "project" },
  source: {
    timestamp_field: "event_time",
    timestamp_column: "event_time",
    time_column: "event_time",
    primary_key: "key",
    unique_key: "key",
    schema: "columns",
    fields: "columns",
  },
  transform: { materialized: "as", materialization: "as", query: "sql", unique_key: "key", primary_key: "key" },
  feature: { entities: "entity", source: "from", aggregations: "aggregates" },
  model: {
    algorithm: "estimator",
    hyperparameters: "params",
    parameters: "params",
    target: "label",
    dataset: "observations",
    training_data: "observations",
    inputs: "features",
  },
  deployment: { replicas: "scale" },
};

const NOT_NULL: ReadonlySet<string> = new Set(["nullable", "not_null", "required", "optional"]);

/** The key that another tool's word stands for. */
export function translated(key: string, shape: Shape | undefined): string | undefined {
  const words = WORDS[shape?.noun ?? ""] ?? {};
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** Where a key belongs that has no business here: the key of this map that has it, or the kinds of definitions that do. */
export function belongsIn(key: string, shape: Shape | undefined): { readonly key?: string; readonly words: string } | undefined {
  if (shape?.noun === "column" && NOT_NULL.has(key)) return { words: `NOT NULL is a ${quote("!")} behind the type: ${quote("string!")}.` };
  const inner = Object.entries(shape?.keys ?? {}).filter(
    ([, { keys, declares }]) => declares === undefined && keys !== undefined && Object.hasOwn(keys, key),
  );
  const [first, second] = inner;
  if (first !== undefined && second === undefined) return { key: first[0], words: `It belongs in ${quote(first[0])}.` };
  const nouns = Object.values(includedShape.keys ?? {}).flatMap(({ values }) =>
    values?.noun !== undefined && values !== shape && values.keys !== undefined && Object.hasOwn(values.keys, key) ? [values.noun] : [],
  );
  return nouns.length === 1 ? { words: `It is a key of a ${String(nouns[0])}.` } : undefined;
}

const COMMON: ReadonlySet<string> = new Set(["description", "owner", "renamed_from"]);

/** What to write where a map belongs and a list or a text stands. */
export function insteadOfMap(value: unknown, shape: Shape | undefined): string | undefined {
  if (shape?.types?.length !== 1 || shape.types[0] !== "map") return undefined;
  if (Array.isArray(value)) return shape.values !== undefined || shape.keys !== undefined ? insteadOfList(value[0]) : undefined;
  const keys = Object.keys(shape.keys ?? {}).filter((key) => !COMMON.has(key));
  if (typeof value === "string" && keys.length === 1) return `Write ${quote(`{ ${keys[0]}: ${value} }`)}.`;
  return typeof value === "string" && keys.length > 0 && keys.length <= 8 ? `Its keys are ${listOf(keys, "and")}.` : undefined;
}

function insteadOfList(first: unknown): string {
  if (typeof first === "string" && /^\w+$/.test(first)) return `Write ${quote(`${first}: …`)} in place of ${quote(`- ${first}`)}.`;
  const name = isRecord(first) ? first["name"] : undefined;
  if (isRecord(first) && typeof name === "string") {
    const type = first["type"];
    return `Write ${quote(`${name}: ${typeof type === "string" ? type : "…"}`)} in place of ${quote(`- name: ${name}`)}.`;
  }
  return `Each entry has a name: write ${quote("name: …")} in place of ${quote("- …")}.`;
}

/** Of a map that needs one of some keys and has none: which. */
export function choiceAt(root: Shape, path: Path, value: unknown): readonly string[] {
  const keys = shapeOf(root, path)?.exactlyOne ?? [];
  return isRecord(value) && !keys.some((key) => Object.hasOwn(value, key)) ? keys : [];
}
