import type { Path } from "../1-parse/index.js";
import { checkTexts, isRecord, isSection, shapeFor, valueAt, type Located, type SchemaError } from "../2-validate/index.js";
import { stepTo } from "../changed.js";
import { createReporter, hasErrors, type Diagnostic } from "../diagnostic.js";
import type { ProjectSpec } from "../spec.js";
import type { Memo } from "../memo.js";
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

/** What was found out of definitions and other parts, once for all environments, and for later runs where nothing is wrong. */
export interface Known {
  /** Files, parts and whole sections in whose names and formats nothing is wrong. */
  readonly texts: WeakSet<object>;
  /** Definitions, and whole sections, that are as the schema wants them. */
  readonly shapes: WeakSet<object>;
  /** Of this run: whether names or formats are wrong, which is reported. */
  readonly wrong: WeakMap<object, boolean>;
}

/** What was checked with its file need not be checked where an environment shares it. */
export function knownOf(files: readonly ProjectFile[], memo: Memo): Known {
  const lasting = memo.carry("checked", (before: Pick<Known, "texts" | "shapes"> | undefined) => before ?? { texts: new WeakSet(), shapes: new WeakSet() }); // prettier-ignore
  const { texts } = lasting;
  for (const { document, clean } of files) {
    const { value } = document;
    if (clean !== true || !isRecord(value) || texts.has(value)) continue;
    texts.add(value);
    for (const path of partsOf(value)) {
      const part = valueAt(value, path);
      if (isRecord(part)) texts.add(part);
    }
  }
  return { ...lasting, wrong: new WeakMap() };
}

/** The project with those of its definitions that have not been checked against the schema. */
export function unchecked(value: unknown, { shapes }: Known): unknown {
  if (!isRecord(value)) return value;
  return mapSections(value, (section) => {
    if (shapes.has(section)) return NONE;
    const others = othersThan(shapes, section).filter(([, definition]) => !isRecord(definition) || !shapes.has(definition));
    return Object.fromEntries(others);
  });
}

/** Definitions of a section that may be others than those of a section in a set. */
function othersThan(set: WeakSet<object>, section: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  const step = stepTo(section);
  return step !== undefined && set.has(step.before) ? step.changed.map((name) => [name, section[name]]) : Object.entries(section);
}

const NONE: Readonly<Record<string, unknown>> = {};

function mapSections(
  value: Readonly<Record<string, unknown>>,
  change: (section: Readonly<Record<string, unknown>>) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isRecord(inner) && isSection(key) ? change(inner) : inner]));
}

/** What has been checked and is in order, for all who share it. */
export function remember(
  value: unknown,
  { errors, bad, known }: { readonly errors: readonly SchemaError[]; readonly bad: readonly Path[]; readonly known: Known },
): void {
  const paths = errors.map(({ instancePath }) => pathOf(instancePath));
  for (const [key, section] of Object.entries(isRecord(value) ? value : {})) {
    if (!isRecord(section) || !isSection(key) || known.shapes.has(section)) continue;
    const here = paths.filter(([first]) => first === key);
    if (here.some((path) => path.length === 1)) continue;
    const wrong = new Set(here.map(([, name]) => name));
    for (const [name, definition] of othersThan(known.shapes, section))
      if (isRecord(definition) && !wrong.has(name)) known.shapes.add(definition);
    if (here.length === 0) known.shapes.add(section);
    const spoken = othersThan(known.texts, section).some(([, definition]) => !isRecord(definition) || !known.texts.has(definition));
    if (!spoken && !bad.some(([first]) => first === key)) known.texts.add(section);
  }
}

/** Definitions, and other keys of the project, in which a name or a format is wrong; what is wrong is reported. */
export function badTexts(merged: Located, known: Known, report: (diagnostic: Diagnostic) => void): readonly Path[] {
  const bad: Path[] = [];
  const check = (path: Path, value: unknown): void => {
    if (isRecord(value) && known.texts.has(value)) return;
    const before = isRecord(value) ? known.wrong.get(value) : undefined;
    const own = createReporter();
    if (before === undefined) checkTexts(merged, shapeFor("project"), own.report, path);
    const found = own.diagnostics();
    for (const diagnostic of found) report(diagnostic);
    const wrong = before ?? hasErrors(found);
    if (wrong) bad.push(path);
    if (!isRecord(value)) return;
    if (found.length === 0 && before === undefined) known.texts.add(value);
    else known.wrong.set(value, wrong);
  };
  for (const [key, inner] of Object.entries(isRecord(merged.value) ? merged.value : {})) {
    if (!isRecord(inner) || !isSection(key)) check([key], inner);
    else if (!known.texts.has(inner)) for (const [name, definition] of othersThan(known.texts, inner)) check([key, name], definition);
  }
  return bad;
}

function partsOf(value: Readonly<Record<string, unknown>>): readonly Path[] {
  return Object.entries(value).flatMap(([section, inner]): readonly Path[] =>
    isRecord(inner) && isSection(section) ? Object.keys(inner).map((name) => [section, name]) : [[section]],
  );
}

function isDefinition(path: Path): boolean {
  return path.length >= 2 && isSection(String(path[0]));
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
