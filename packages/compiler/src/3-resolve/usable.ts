import type { Path } from "../1-parse/index.js";
import { checkTexts, isRecord, shapeFor, valueAt, type Located, type SchemaError } from "../2-validate/index.js";
import { createReporter, hasErrors, type Diagnostic } from "../diagnostic.js";
import type { ProjectSpec } from "../spec.js";
import type { ProjectFile } from "./files.js";

interface Usable {
  readonly spec: ProjectSpec | undefined;
  readonly lost: readonly string[];
}

/**
 * What later phases can work on: unknown keys are dropped, definitions with mistakes left out. So a mistake in one file does not hide those in
 * another. Nothing is left where the project itself (its storage, its schedule) is wrong.
 */
export function usable(merged: Located, errors: readonly SchemaError[], badTexts: readonly Path[]): Usable {
  const lost = new Map<string, Path>();
  const unknown: Path[] = [];
  let whole = true;
  for (const { keyword, instancePath, params } of errors) {
    const path = pathOf(instancePath);
    if (keyword === "additionalProperties") unknown.push([...path, String(params["additionalProperty"])]);
    else if (isDefinition(path)) lost.set(JSON.stringify(path.slice(0, 2)), path.slice(0, 2));
    else if (path[0] !== "environments") whole = false;
  }
  for (const path of badTexts) {
    if (isDefinition(path)) lost.set(JSON.stringify(path), path);
    else if (path[0] !== "environments") whole = false;
  }
  const value = without(merged.value, goneOf([...unknown, ...lost.values()]));
  // The schema found nothing wrong with what is left.
  return { spec: whole ? (value as ProjectSpec) : undefined, lost: [...lost.values()].map((path) => String(path[1])).sort() };
}

function pathOf(pointer: string): Path {
  const parts = pointer.split("/").slice(1);
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Whether a definition that all environments share is wrong: found out once. */
export type Known = WeakMap<object, boolean>;

/** What was checked with its file need not be checked where an environment shares it. */
export function knownOf(files: readonly ProjectFile[]): Known {
  const known: Known = new WeakMap();
  for (const { document, clean } of files) {
    if (clean !== true) continue;
    for (const path of partsOf(document.value)) {
      const value = valueAt(document.value, path);
      if (isRecord(value)) known.set(value, false);
    }
  }
  return known;
}

/** Definitions, and other keys of the project, in which a name or a format is wrong; what is wrong is reported. */
export function badTexts(merged: Located, known: Known, report: (diagnostic: Diagnostic) => void): readonly Path[] {
  return partsOf(merged.value).filter((path) => {
    const value = valueAt(merged.value, path);
    const before = isRecord(value) ? known.get(value) : undefined;
    if (before !== undefined) return before;
    const own = createReporter();
    checkTexts(merged, shapeFor("project"), own.report, path);
    const found = own.diagnostics();
    for (const diagnostic of found) report(diagnostic);
    if (isRecord(value)) known.set(value, hasErrors(found));
    return hasErrors(found);
  });
}

function partsOf(value: unknown): readonly Path[] {
  return Object.entries(isRecord(value) ? value : {}).flatMap(([section, inner]): readonly Path[] =>
    isRecord(inner) && isDefinition([section, ""]) ? Object.keys(inner).map((name) => [section, name]) : [[section]],
  );
}

function isDefinition(path: Path): boolean {
  return path.length >= 2 && shapeFor("included").keys?.[String(path[0])] !== undefined;
}

/** What is to go, by key; an empty one says that all of it is. One for all paths, since each copy is of everything on the way. */
interface Gone extends Map<string, Gone> {}

function goneOf(paths: readonly Path[]): Gone {
  const root: Gone = new Map();
  for (const path of [...paths].sort((a, b) => b.length - a.length)) {
    let at = root;
    for (const part of path.slice(0, -1)) {
      const inner: Gone = at.get(String(part)) ?? new Map();
      at.set(String(part), inner);
      at = inner;
    }
    // Shorter paths come last: what is gone as a whole needs no parts.
    at.set(String(path.at(-1)), new Map());
  }
  return root;
}

/** A copy without what is to go; all that is not on the way there is shared. Entries of lists stay: their places have a meaning. */
function without(value: unknown, gone: Gone): unknown {
  if (gone.size === 0) return value;
  if (Array.isArray(value)) return value.map((item: unknown, index) => without(item, gone.get(String(index)) ?? new Map()));
  if (!isRecord(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(value)) {
    const part = gone.get(key);
    if (part === undefined) copy[key] = inner;
    else if (part.size > 0) copy[key] = without(inner, part);
  }
  return copy;
}
