/**
 * Layout of bracketed Python, as `ruff format` leaves it at line length 100: on one line if that
 * fits, else one item per line with a trailing comma.
 */

export const LINE_LENGTH = 100;
const INDENT = 4;

/** A piece of code that knows how to break. `flat` is the text of its one-line form. */
export type Doc =
  | { readonly kind: "text"; readonly flat: string }
  | {
      readonly kind: "group";
      readonly flat: string;
      readonly open: string;
      readonly items: readonly Doc[];
      readonly close: string;
    }
  | { readonly kind: "pair"; readonly flat: string; readonly left: string; readonly right: Doc };

/** Where a piece of code begins, and how much text follows its last line. */
export interface Place {
  readonly indent: number;
  readonly column: number;
  readonly after: number;
}

export function text(flat: string): Doc {
  return { kind: "text", flat };
}

export function group(open: string, items: readonly Doc[], close: string): Doc {
  const flat = open + items.map((item) => item.flat).join(", ") + close;
  return { kind: "group", flat, open, items, close };
}

/** `left` is a key with its separator: `"key": ` or `name=`. */
export function pair(left: string, right: Doc): Doc {
  return { kind: "pair", flat: left + right.flat, left, right };
}

export function layOut(doc: Doc, place: Place): string {
  if (fits(doc, place)) return doc.flat;
  switch (doc.kind) {
    case "text":
      return doc.flat;
    case "pair":
      return doc.left + layOut(doc.right, { ...place, column: place.column + width(doc.left) });
    case "group":
      return doc.items.length === 0 ? doc.flat : broken(doc.open, doc.items, doc.close, place.indent);
  }
}

/** Whether the one-line form stays within the line. */
export function fits(doc: Doc, place: Place): boolean {
  const room = LINE_LENGTH - place.column - place.after;
  return doc.flat.length <= 2 * room && !doc.flat.includes("\n") && width(doc.flat) <= room;
}

function broken(open: string, items: readonly Doc[], close: string, indent: number): string {
  const inner = indent + INDENT;
  const lines = items.map((item) => `${" ".repeat(inner)}${layOut(item, { indent: inner, column: inner, after: 1 })},\n`);
  return `${open}\n${lines.join("")}${" ".repeat(indent)}${close}`;
}

/** Columns that `text` takes. The literal printer lets no other wide or zero-width character through. */
export function width(value: string): number {
  let columns = value.length;
  for (let index = 0; index < value.length; index += 1) {
    if (isWide(value.charCodeAt(index))) columns += 1;
  }
  return columns;
}

/** Kana, the common Han block and Hangul syllables. */
export function isWide(unit: number): boolean {
  return (
    (unit >= 0x3041 && unit <= 0x3096) ||
    (unit >= 0x30a1 && unit <= 0x30fa) ||
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xd7a3)
  );
}
