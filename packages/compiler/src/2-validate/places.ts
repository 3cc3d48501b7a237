import type { Document, Path } from "../1-parse/index.js";
import type { Place } from "../text.js";

/** Data that is checked, and the way back to where it was written: a document, or the merged value of an environment. */
export interface Located extends Pick<Document, "locate" | "locateInside" | "style"> {
  readonly value: unknown;
  /** The text at a place, as written. */
  source(place: Place): string;
}

export function located(document: Document): Located {
  return {
    value: document.value,
    locate: document.locate,
    locateInside: document.locateInside,
    style: document.style,
    source: ({ span }) => document.file.text.slice(span.start, span.end),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const part of path) {
    if (Array.isArray(at)) at = (at as readonly unknown[])[Number(part)];
    else if (isRecord(at) && Object.hasOwn(at, part)) at = at[part];
    else return undefined;
  }
  return at;
}
