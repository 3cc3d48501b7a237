/** Keys that are misspelt, where it is certain enough what was meant: each is reported, and read as that from then on, so that nothing else is said to be missing. */
import type { Document, Path } from "../1-parse/index.js";
import type { Shape, ValueKind } from "../shape.js";
import { isRecord } from "./places.js";

/** Plain data. The path is that of the map, as later phases see it. */
export interface Slip {
  readonly path: Path;
  readonly written: string;
  readonly meant: string;
}

/** The document as it was meant. Places are those of what was written. */
export function corrected(document: Document, slips: readonly Slip[]): Document {
  if (slips.length === 0) return document;
  const written = (path: Path): Path =>
    path.map((part, depth) => slips.find((slip) => slip.meant === part && isSame(slip.path, path.slice(0, depth)))?.written ?? part);
  return {
    ...document,
    value: slips.reduce(renamed, document.value),
    locate: (path, at) => document.locate(written(path), at),
    locateInside: (path, offset, length) => document.locateInside(written(path), offset, length),
    style: (path) => document.style(written(path)),
  };
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** A copy in which one key has another name and its old place; all that is not on the way there is shared. */
function renamed(value: unknown, { path, written, meant }: Slip): unknown {
  const [next, ...rest] = path;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === next ? renamed(item, { path: rest, written, meant }) : item));
  if (!isRecord(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(value)) {
    if (next === undefined) copy[key === written ? meant : key] = inner;
    else copy[key] = key === next ? renamed(inner, { path: rest, written, meant }) : inner;
  }
  return copy;
}

/** Whether a value is of a kind that a key takes: only then is it believed to be the key's. */
export function isOfKind(value: unknown, shape: Shape | undefined): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === "string" && shape?.words !== undefined && !shape.words.includes(value)) return false;
  return shape?.types === undefined || kindsOf(value).some((kind) => shape.types?.includes(kind) === true);
}

function kindsOf(value: unknown): readonly ValueKind[] {
  if (typeof value === "number") return Number.isInteger(value) ? ["whole number", "number"] : ["number"];
  if (typeof value === "boolean") return ["boolean"];
  return [typeof value === "string" ? "text" : Array.isArray(value) ? "list" : "map"];
}
