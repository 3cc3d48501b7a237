import { isPair, isScalar, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { quoted } from "./comment.js";
import type { Reading } from "./data.js";
import { spanOf } from "./locate.js";

/**
 * `{ amount: decimal(12,2) }` is read as `amount: decimal(12` and a key `2)`. Where an unquoted value in braces or brackets leaves a round or
 * angle bracket open and the next bare items close it, they are one value: reported once, and joined so that nothing else is said about it.
 */
export function joinSplitItems(collection: YAMLMap | YAMLSeq, reading: Reading): void {
  const items = collection.items as unknown[];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const value = isPair(item) ? item.value : item;
    const start = spanOf(value)?.start;
    if (start === undefined || !isPlainText(value) || balance(value.value) <= 0) continue;
    const end = closingEnd(items, i, start, reading.file.text);
    if (end === undefined) continue;
    const whole = reading.file.text.slice(start, end.offset);
    const written = value.value;
    const comma = reading.file.text.indexOf(",", spanOf(value)?.end);
    reading.report(
      "split-comma",
      reading.place({ start: comma, end: comma + 1 }),
      { written, whole, between: isPair(item) ? "braces" : "brackets" },
      { fix: { title: "Put the value in quotes", edits: [{ ...reading.place({ start, end: end.offset }), newText: quoted(whole) }] } },
    );
    value.value = whole;
    value.source = whole;
    value.range = [start, end.offset, end.offset];
    items.splice(i + 1, end.count);
  }
}

/** How many of the next items belong to the value that begins at `start`, and where it ends. */
function closingEnd(
  items: readonly unknown[],
  from: number,
  start: number,
  text: string,
): { readonly count: number; readonly offset: number } | undefined {
  for (let next = from + 1; next < items.length; next++) {
    const item = items[next];
    if (isPair(item) && item.value !== null && spanOf(item.value)?.start !== spanOf(item.value)?.end) return undefined;
    const part = isPair(item) ? item.key : item;
    const span = spanOf(part);
    if (span === undefined || !isScalar(part) || part.type !== "PLAIN") return undefined;
    if (balance(text.slice(start, span.end)) === 0) return { count: next - from, offset: span.end };
  }
  return undefined;
}

function isPlainText(value: unknown): value is Scalar<string> {
  return isScalar(value) && value.type === "PLAIN" && typeof value.value === "string";
}

/** Opened less closed `(` and `<`; a `<` opens only right after a type's name. */
function balance(value: string): number {
  const opened = value.match(/\(|(?:struct|array|map)<|(?<=<[^()]*)</gi)?.length ?? 0;
  const closed = value.match(/\)|>(?=$|[>,!)\s])/g)?.length ?? 0;
  return opened - closed;
}
