/**
 * Slices of a project: some definitions with all that they are made from. What rules over column lineage say of a definition depends on what
 * it is made from, and on the models whose labels are there. So each slice is looked at by itself, and what is found of all of them together
 * is what is found of the whole; an edit reaches the slices that have its definition.
 */
import { changedDefinitions } from "../changed.js";
import { alike, type Memo } from "../memo.js";
import type { ProjectSpec } from "../spec.js";
import type { Analysis } from "./analysis.js";
import { gistOfEach } from "./gist.js";
import { nameOf } from "./id.js";
import { isAboutRegions, regionIn } from "./regions.js";

type Facts = Omit<Analysis, "findings">;
type Section = "entities" | "sources" | "transforms" | "features" | "models" | "deployments";

/** What rules over column lineage say of each slice; equal findings may come from several. Of sources it is not said where they are. */
export function ofSlices<T>(given: Facts, memo: Memo, rule: (slice: Facts) => T): readonly T[] {
  const analysis = { ...given, ...withoutPlaces(given, memo) };
  const { spec, entities, datasets, groups, models, deployments, graph, schedules, lags } = analysis;
  const facts = [entities, datasets, groups, models, deployments, graph.reads, schedules, lags];
  return memo.keep("slices' findings", [...facts, ...Object.keys(spec), ...Object.values(spec)], () => ofEach(analysis, memo, rule)); // prettier-ignore
}

/**
 * Where things are does not matter, unless a policy asks in which region: so environments have the same slices, and what is found in one is found
 * in all.
 */
function withoutPlaces({ spec, environment }: Facts, memo: Memo): Pick<Facts, "spec" | "environment"> {
  const { storage: _storage, tests: _tests, ...rest } = spec;
  const region = Object.values(spec.policies ?? {}).some(isAboutRegions) ? regionIn(spec, environment) : undefined;
  const environments =
    region === undefined
      ? NO_ENVIRONMENTS
      : memo.carry<ProjectSpec["environments"]>(`region of ${environment}`, (before) =>
          alike(before, { [environment]: { runtime: "kubernetes", cloud: { provider: "aws", region } } }),
        );
  return { spec: { ...rest, storage: SOMEWHERE, environments, vars: NO_VARS }, environment: region === undefined ? "" : environment };
}

const SOMEWHERE = { path: "", format: "delta" } as const;
const NO_ENVIRONMENTS = {};
const NO_VARS = {};

/** What was found of each slice, and what it stands on. */
interface Taken<T> {
  readonly slices: readonly (readonly Member[])[];
  readonly frame: readonly unknown[];
  readonly analysis: Facts;
  readonly found: readonly T[];
}

function ofEach<T>(analysis: Facts, memo: Memo, rule: (slice: Facts) => T): readonly T[] {
  const { spec } = analysis;
  const frame = [analysis.environment, ...Object.entries(spec).flatMap(([key, value]): readonly unknown[] => (key in SECTIONS ? [] : [key, value]))]; // prettier-ignore
  // What it depends on which definitions are together.
  const groups = gistOfEach("groups together", analysis.groups, memo, ({ kind, readsGroups }) => [kind === "request", readsGroups]);
  const models = gistOfEach("models together", analysis.models, memo, ({ observations, plans }) => [observations, plans]);
  const slices = memo.keep("slices", [analysis.graph.reads, groups, models], () => slicesOf(analysis));
  const place = memo.keep("places", [analysis.graph.order], () => new Map(analysis.graph.order.map((id, index) => [id, index])));
  const ofSlice = (slice: readonly Member[]): T => {
    const on: unknown[] = [slice, ...frame];
    for (const { section, name } of slice) on.push(factsOf(analysis, section, name), definition(spec, section, name));
    return memo.keep("lineage", on, () => rule(sliceOf(analysis, slice, place)));
  };
  return memo.carry("found of slices", (before: Taken<T> | undefined): Taken<T> => {
    const isComparable = before?.slices === slices && sameItems(before.frame, frame);
    const changed = isComparable ? changedMembers(analysis, before.analysis) : undefined;
    if (before === undefined || changed === undefined) return { slices, frame, analysis, found: slices.map(ofSlice) };
    const having = memo.keep("slices of members", [slices], () => slicesHaving(slices));
    const reached = new Set(changed.flatMap((id) => having.get(id) ?? []));
    return { slices, frame, analysis, found: slices.map((slice, i) => (reached.has(i) ? ofSlice(slice) : (before.found[i] ?? ofSlice(slice)))) }; // prettier-ignore
  }).found;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** Ids of definitions that say or are something else than before; undefined where there are others. */
function changedMembers(after: Facts, before: Facts): readonly string[] | undefined {
  const ids: string[] = [];
  const pairs = [
    ...FACTS.map(([key, sections]) => [after[key], before[key], sections] as const),
    ...(Object.keys(SECTIONS) as readonly Section[]).map((key) => [after.spec[key], before.spec[key], [key]] as const),
  ];
  for (const [now, then, sections] of pairs) {
    const changed = changedDefinitions(now, then);
    if (changed === undefined) return undefined;
    for (const section of sections) for (const name of changed) ids.push(`${section}.${name}`);
  }
  return ids;
}

/** Where facts of which sections are. */
const FACTS = [
  ["entities", ["entities"]],
  ["datasets", ["sources", "transforms"]],
  ["groups", ["features"]],
  ["models", ["models"]],
  ["deployments", ["deployments"]],
] as const;

/** In which slices each definition is. */
function slicesHaving(slices: Taken<unknown>["slices"]): ReadonlyMap<string, readonly number[]> {
  const having = new Map<string, number[]>();
  for (const [index, slice] of slices.entries())
    for (const { section, name } of slice) {
      const id = `${section}.${name}`;
      const known = having.get(id);
      if (known === undefined) having.set(id, [index]);
      else known.push(index);
    }
  return having;
}

interface Member {
  readonly section: Section;
  readonly name: string;
}

const SECTIONS: Readonly<Record<Section, true>> = { entities: true, sources: true, transforms: true, features: true, models: true, deployments: true }; // prettier-ignore

function memberOf(id: string): Member {
  const dot = id.indexOf(".");
  // The graph has no other sections.
  return { section: id.slice(0, dot) as Section, name: id.slice(dot + 1) };
}

function slicesOf(analysis: Facts): readonly (readonly Member[])[] {
  const { reading, labels } = readingMore(analysis);
  const ids = Object.keys(analysis.graph.reads);
  const names = new Map(ids.map((id) => [id, nameOf(id)]));
  const sorted = ids.toSorted((a, b) => compare(names.get(a) ?? "", names.get(b) ?? "") || compare(a, b));
  return chunksOf(sorted, (id) => names.get(id) ?? "").map((chunk) => {
    const within = new Set(chunk);
    const telling = new Set<string>();
    for (const id of within) {
      for (const below of analysis.graph.reads[id] ?? []) within.add(below);
      for (const other of reading.get(id) ?? []) within.add(other);
      for (const model of labels.get(id) ?? []) telling.add(model);
    }
    // What else such a model reads does not matter.
    return [...new Set([...within, ...telling])].sort(compare).map(memberOf);
  });
}

type Ids = ReadonlyMap<string, readonly string[]>;

/** What lineage goes by beside what a definition reads; and models, by what they say something of: their observations, and request columns. */
function readingMore({ groups, models }: Facts): { readonly reading: Ids; readonly labels: Ids } {
  const [reading, labels] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (to: Map<string, string[]>, id: string, other: string): void => {
    const known = to.get(id);
    if (known === undefined) to.set(id, [other]);
    else known.push(other);
  };
  for (const { id, readsGroups } of Object.values(groups)) for (const other of readsGroups) add(reading, id, `features.${other}`);
  for (const { id, observations, plans } of Object.values(models)) {
    add(labels, observations, id);
    for (const plan of plans) {
      add(reading, id, `features.${plan}`);
      if (groups[plan]?.kind !== "request") continue;
      // In training, request columns come from the observations.
      add(labels, `features.${plan}`, id);
      add(reading, `features.${plan}`, observations);
    }
  }
  return { reading, labels };
}

/** So many definitions are looked at together, about: more are slow after an edit, fewer are slow all at once. */
const SIZE = 32;

/** A chunk ends at a name that says so, so that a new definition moves no other chunk's ends. */
function chunksOf(ids: readonly string[], nameOf: (id: string) => string): readonly (readonly string[])[] {
  if (ids.length <= 2 * SIZE) return [ids];
  const chunks: string[][] = [[]];
  for (const id of ids) {
    chunks.at(-1)?.push(id);
    if (hash(nameOf(id)) % SIZE === 0) chunks.push([]);
  }
  return chunks.filter((chunk) => chunk.length > 0);
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value >>> 8;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function factsOf(analysis: Facts, section: Section, name: string): unknown {
  switch (section) {
    case "sources":
    case "transforms":
      return analysis.datasets[name];
    case "entities":
      return analysis.entities[name];
    case "features":
      return analysis.groups[name];
    case "models":
      return analysis.models[name];
    case "deployments":
      return analysis.deployments[name];
  }
}

function definition(spec: ProjectSpec, section: Section, name: string): unknown {
  return spec[section]?.[name];
}

/** Of all maps, what belongs to the slice. */
function sliceOf(analysis: Facts, slice: readonly Member[], place: ReadonlyMap<string, number>): Facts {
  const { spec, graph } = analysis;
  const named = (...sections: readonly Section[]): readonly string[] =>
    slice.flatMap(({ section, name }) => (sections.includes(section) ? [name] : []));
  const ids = slice.map(({ section, name }) => `${section}.${name}`);
  return {
    ...analysis,
    spec: { ...spec, ...Object.fromEntries(Object.keys(SECTIONS).map((key) => [key, only<unknown>(spec[key as Section] ?? {}, named(key as Section))])) }, // prettier-ignore
    entities: only(analysis.entities, named("entities")),
    datasets: only(analysis.datasets, named("sources", "transforms")),
    groups: only(analysis.groups, named("features")),
    models: only(analysis.models, named("models")),
    deployments: only(analysis.deployments, named("deployments")),
    graph: { order: ids.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)), reads: only(graph.reads, ids), unused: [] },
  };
}

function only<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  const some = Object.create(null) as Record<string, T>;
  for (const name of names) {
    const value = Object.hasOwn(all, name) ? all[name] : undefined;
    if (value !== undefined) some[name] = value;
  }
  return some;
}
