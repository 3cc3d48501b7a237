/** What the language says about a place in a project, for the phases and the editor; the table itself is generated from spec.ts. */
export interface Shape {
  /** What a map with fixed keys is called: "feature", "source". */
  readonly noun?: string;
  /** First sentence of the key's description. */
  readonly about?: string;
  /** Kinds of values that are taken; absent where anything is. */
  readonly types?: readonly ValueKind[];
  readonly keys?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Values of a map with free keys. */
  readonly values?: Shape;
  readonly items?: Shape;
  readonly words?: readonly string[];
  /** The keys of this map declare definitions of a kind. */
  readonly declares?: string;
  /** The text names a definition of one of these kinds. */
  readonly references?: readonly string[];
  /** The text takes `${var.x}`. */
  readonly vars?: boolean;
  /** The text is `${secret.x}` and nothing else. */
  readonly secret?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly exactlyOne?: readonly string[];
  /** Keys that are not listed name plugins. */
  readonly plugins?: boolean;
  /** Anything goes. */
  readonly free?: boolean;
}

export type ValueKind = "text" | "whole number" | "number" | "boolean" | "list" | "map";

/** The shape below a key or index; undefined where the language says nothing. */
export function shapeAt(shape: Shape | undefined, part: string | number): Shape | undefined {
  if (typeof part === "number") return shape?.items;
  return shape?.keys !== undefined && Object.hasOwn(shape.keys, part) ? shape.keys[part] : shape?.values;
}
