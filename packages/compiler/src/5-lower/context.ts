/** What every part of lowering starts from. */
import type { Analysis, DatasetFacts, TransformFacts } from "../4-analyze/analysis.js";
import type { CodeFile, Origin } from "../ir.js";
import { nameOf } from "../4-analyze/id.js";

export interface LowerInput {
  /** Without errors: `lower` is total and reports nothing. */
  readonly analysis: Analysis;
  /** File of the project in which a definition stands (`sources.transactions`; `project` for the root). */
  readonly fileOf: (definition: string) => string;
  readonly code: readonly CodeFile[];
}

export interface NodeBase {
  readonly id: string;
  readonly definition: string;
  readonly origin: Origin;
  readonly description?: string;
  readonly owner?: string;
}

interface Described {
  readonly description?: string;
  readonly owner?: string;
}

/** The common part of an IR node. The project's owner answers for what has none. */
export function node({ analysis, fileOf }: LowerInput, id: string, definition: string): NodeBase {
  const [section = "", name] = definition.split(".");
  const described: Described = (name === undefined ? analysis.spec : sectionOf(analysis, section)[name]) ?? {};
  const owner = described.owner ?? analysis.spec.owner;
  return {
    id,
    definition,
    origin: { file: fileOf(definition), path: name === undefined ? [] : [section, name] },
    ...(described.description === undefined ? {} : { description: described.description }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function sectionOf({ spec }: Analysis, section: string): Readonly<Record<string, Described>> {
  switch (section) {
    case "entities":
      return spec.entities ?? {};
    case "sources":
      return spec.sources ?? {};
    case "transforms":
      return spec.transforms ?? {};
    case "features":
      return spec.features ?? {};
    case "models":
      return spec.models ?? {};
    case "deployments":
      return spec.deployments ?? {};
    default:
      throw new Error(`no such section: ${section}`);
  }
}

/** Looks up what analysis vouches for. */
export function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Error(`analysis lacks ${name}`);
  return found;
}

/** Facts of a dataset by its id. */
export function datasetOf({ analysis }: LowerInput, id: string): DatasetFacts {
  return known(analysis.datasets, nameOf(id));
}

/** A table ordered by id, in code-unit order. */
export function table<T extends { readonly id: string }>(items: readonly T[]): Readonly<Record<string, T>> {
  const sorted = [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return Object.fromEntries(sorted.map((item) => [item.id, item]));
}

/** What a program needs in order to see a dataset. */
export interface Reading {
  /** Stored datasets, ids, in order of first use. */
  readonly stored: readonly string[];
  /** Transforms to evaluate, ids, each after those it reads. */
  readonly views: readonly string[];
}

/** Expands datasets down to what is stored; with `fromSources`, tables too are evaluated from accepted sources. */
export function reading(input: LowerInput, ids: readonly string[], fromSources = false): Reading {
  const stored = new Set<string>();
  const views = new Set<string>();
  const visit = (id: string): void => {
    const facts = datasetOf(input, id);
    if (facts.kind === "source" || (facts.materialised && !fromSources)) stored.add(id);
    else if (!views.has(id)) {
      facts.reads.forEach(visit);
      views.add(id);
    }
  };
  ids.forEach(visit);
  return { stored: [...stored], views: [...views] };
}

/** What a stored transform reads: its own inputs expanded. */
export function inputsOf(input: LowerInput, facts: TransformFacts): Reading {
  return reading(input, facts.reads);
}

export function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

/**
 * How late rows of a dataset can become known, in ms: the most that any source below it allows. Absent where one of them says nothing,
 * for then no moment is late enough for a window to be complete.
 */
export function latenessOf(input: LowerInput, id: string): number | undefined {
  const facts = datasetOf(input, id);
  if (facts.kind === "source") return facts.time.ingestedAt === undefined ? 0 : facts.time.lateness;
  const below = facts.reads.map((read) => latenessOf(input, read));
  return below.reduce((most, each) => (most === undefined || each === undefined ? undefined : Math.max(most, each)), 0);
}
