import type { Place, SourceFile } from "../text.js";

/** A way from the root of a document to a value: keys of maps, indices of lists. */
export type Path = readonly (string | number)[];

/** How a scalar is written. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A file as plain data, with a way back from any path to its place in the text. */
export interface Document {
  readonly file: SourceFile;
  /** Maps have no prototype, so a look-up finds only what was written. Undefined where the file says nothing. */
  readonly value: unknown;
  /** Whether the text could not be read as a whole: `value` is what was understood. */
  readonly broken: boolean;
  /** Place of a key or value; of the nearest thing around it where the path leads nowhere. */
  locate(path: Path, at?: "key" | "value"): Place;
  /** Place of a part of a text: `offset` and `length` count in the parsed value. */
  locateInside(path: Path, offset: number, length: number): Place;
  /** How the scalar at the path is written; undefined for maps and lists. */
  style(path: Path): ScalarStyle | undefined;
}
