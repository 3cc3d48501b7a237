/** Where offsets become lines and columns. */
import { lineStarts, positionAt, type Place, type Position } from "../text.js";

/** Texts of the files that diagnostics point into, by path. */
export type Texts = ReadonlyMap<string, string>;

/** From the first character to the one behind the last. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Ranges of places in these texts; the lines of a text are counted once. */
export function ranges(texts: Texts): (place: Place) => Range {
  const known = new Map<string, readonly number[]>();
  return ({ file, span }) => {
    const text = texts.get(file) ?? "";
    const starts = known.get(file) ?? lineStarts(text);
    known.set(file, starts);
    const at = (offset: number): Position => {
      const position = positionAt(starts, offset);
      // A byte order mark is no column.
      return position.line === 1 && text.startsWith("\uFEFF") ? { line: 1, column: Math.max(1, position.column - 1) } : position;
    };
    return { start: at(span.start), end: at(span.end) };
  };
}

/** Path of a file below the root of the repository, where the project's folder is `prefix` below it (`""`, or with `/` at its end). */
export function belowRoot(prefix: string, file: string): string {
  const parts: string[] = [];
  for (const part of `${prefix}${file}`.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
