import type { Path } from "../1-parse/index.js";
import { checkTexts, isRecord, shapeFor, type Located, type SchemaError } from "../2-validate/index.js";
import { createReporter, hasErrors } from "../diagnostic.js";
import type { ProjectSpec } from "../spec.js";

interface Usable {
  readonly spec: ProjectSpec | undefined;
  readonly lost: readonly string[];
}

/**
 * What later phases can work on: unknown keys are dropped, definitions with mistakes left out. So a mistake in one file does not hide those in
 * another. Nothing is left where the project itself (its storage, its schedule) is wrong.
 */
export function usable(merged: Located, errors: readonly SchemaError[]): Usable {
  const lost = new Map<string, Path>();
  const unknown: Path[] = [];
  let whole = true;
  for (const { keyword, instancePath, params } of errors) {
    const path = instancePath
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (keyword === "additionalProperties") unknown.push([...path, String(params["additionalProperty"])]);
    else if (isDefinition(path)) lost.set(JSON.stringify(path.slice(0, 2)), path.slice(0, 2));
    else if (path[0] !== "environments") whole = false;
  }
  for (const path of definitionsWithBadTexts(merged)) {
    if (isDefinition(path)) lost.set(JSON.stringify(path), path);
    else if (path[0] !== "environments") whole = false;
  }
  const value = [...unknown, ...lost.values()].reduce<unknown>(without, merged.value);
  // The schema found nothing wrong with what is left.
  return { spec: whole ? (value as ProjectSpec) : undefined, lost: [...lost.values()].map((path) => String(path[1])).sort() };
}

function isDefinition(path: Path): boolean {
  return path.length >= 2 && shapeFor("included").keys?.[String(path[0])] !== undefined;
}

/** Definitions, and other keys of the project, in which a name or a format is wrong. */
function definitionsWithBadTexts(merged: Located): readonly Path[] {
  const found: Path[] = [];
  for (const [section, inner] of Object.entries(isRecord(merged.value) ? merged.value : {})) {
    const paths = isRecord(inner) && isDefinition([section, ""]) ? Object.keys(inner).map((name): Path => [section, name]) : [[section]];
    for (const path of paths) {
      const own = createReporter();
      checkTexts(merged, shapeFor("project"), own.report, path);
      if (hasErrors(own.diagnostics())) found.push(path);
    }
  }
  return found;
}

/** A copy without the key at the path; all that is not on the way there is shared. */
function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === Number(key) ? without(item, rest) : (item as unknown)));
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  const copy = Object.assign(Object.create(null) as Record<string, unknown>, value);
  if (rest.length === 0) delete copy[key];
  else copy[key] = without(value[key], rest);
  return copy;
}
