import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Report } from "../diagnostic.js";
import type { Place, SourceFile, Span } from "../text.js";
import { checkComment } from "./comment.js";
import { keyText, spanOf } from "./locate.js";
import { templateReason } from "./causes.js";
import { splitJoinedPairs } from "./joined-pairs.js";
import { joinSplitItems } from "./split-comma.js";

export const DEPTH_LIMIT = 64;

const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export interface Reading {
  readonly file: SourceFile;
  readonly report: Report;
  place(span: Span | undefined): Place;
  /** A value is not known, which is reported. What is said of the rest of the file would be an echo as often as not. */
  unknown(): void;
}

/** Plain data of a node. Whatever the language does not take is reported and left out. */
export function dataOf(node: unknown, reading: Reading, depth = 0): unknown {
  if (node === null || node === undefined) return null;
  if (depth > DEPTH_LIMIT) {
    reading.report("too-deep", reading.place(spanOf(node)), { limit: DEPTH_LIMIT });
    return null;
  }
  if (isAlias(node)) {
    const span = node.range === null || node.range === undefined ? undefined : { start: node.range[0], end: node.range[1] };
    reading.report("yaml-anchor", reading.place(span), { word: `*${node.source}` });
    reading.unknown();
    return undefined;
  }
  checkProperties(node, reading);
  if (isMap(node)) return isTemplate(node, reading) ? undefined : mapOf(node, reading, depth);
  if (isSeq(node)) return listOf(node, reading, depth);
  if (isScalar(node)) {
    checkComment(node, reading);
    checkCharacters(node, reading);
    return scalarOf(node);
  }
  return null;
}

function scalarOf(node: Scalar): unknown {
  const { value } = node;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** An escape can name half of a character, which no file can hold again. */
function checkCharacters({ value, range }: Scalar, reading: Reading): void {
  const half = typeof value === "string" ? /\p{Surrogate}/u.exec(value)?.[0] : undefined;
  if (half === undefined) return;
  const escape = `\\u${half.charCodeAt(0).toString(16)}`;
  const reason = `\`${escape}\` is half of a character, which no text can hold. Write both halves, or leave it out.`;
  reading.report("yaml-syntax", reading.place(range ? { start: range[0], end: range[1] } : undefined), { reason });
}

/** Anchors and tags stand in front of the node they belong to. */
function checkProperties(node: unknown, reading: Reading): void {
  const { anchor, tag } = node as { readonly anchor?: string; readonly tag?: string };
  if (anchor !== undefined) reading.report("yaml-anchor", wordBefore(node, `&${anchor}`, reading), { word: `&${anchor}` });
  if (tag !== undefined) {
    const written = tag.replace(/^tag:yaml\.org,2002:/, "!!");
    reading.report("yaml-tag", wordBefore(node, written, reading), { tag: written });
    // What a tag of the user's own makes of the value nobody knows.
    if (!written.startsWith("!!")) reading.unknown();
  }
}

function wordBefore(node: unknown, word: string, reading: Reading): Place {
  const span = spanOf(node);
  const start = reading.file.text.lastIndexOf(word, span?.start);
  return reading.place(start < 0 ? span : { start, end: start + word.length });
}

/** `path: {{ var.lake }}` is a map in a map to YAML. */
function isTemplate(map: YAMLMap, reading: Reading): boolean {
  const span = spanOf(map);
  const written = span === undefined ? "" : reading.file.text.slice(span.start, span.end);
  if (!/^\{\{[^{}]*\}\}$/.test(written)) return false;
  reading.report("yaml-syntax", reading.place(span), { reason: templateReason(written) });
  reading.unknown();
  return true;
}

function mapOf(map: YAMLMap, reading: Reading, depth: number): unknown {
  const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const seen = new Map<string, Pair>();
  if (map.flow === true) {
    joinSplitItems(map, reading);
    splitJoinedPairs(map, reading);
  }
  for (const pair of map.items) {
    const key = checkedKey(pair, seen, reading);
    // What a merge key merges goes with it.
    if (key === undefined && keyText(pair.key) === "<<") {
      reading.unknown();
      continue;
    }
    const value = dataOf(pair.value, reading, depth + 1);
    if (key === undefined) continue;
    seen.set(key, pair);
    if (value !== undefined) data[key] = value;
  }
  return data;
}

function listOf(list: YAMLSeq, reading: Reading, depth: number): unknown {
  if (list.flow === true) joinSplitItems(list, reading);
  return list.items.map((item) => {
    if (!isPair(item)) return dataOf(item, reading, depth + 1) ?? null;
    // `[a: 1]` is a list of maps.
    const key = checkedKey(item, new Map(), reading);
    const value = dataOf(item.value, reading, depth + 1);
    return key === undefined ? null : Object.assign(Object.create(null) as object, { [key]: value });
  });
}

function checkedKey(pair: Pair, seen: ReadonlyMap<string, Pair>, reading: Reading): string | undefined {
  const node = pair.key as Node | null;
  const at = reading.place(spanOf(node) ?? spanOf(pair.value));
  if (!isScalar(node) || node.value === null) {
    const span = spanOf(node);
    reading.report("key-not-text", at, { key: span === undefined ? ":" : reading.file.text.slice(span.start, span.end) || ":" });
    dataOf(node, reading);
    return undefined;
  }
  checkProperties(node, reading);
  checkCharacters(node, reading);
  const key = keyText(node);
  if (key === "<<" && node.type === "PLAIN") reading.report("yaml-merge-key", at, {});
  else if (RESERVED.has(key)) reading.report("prototype-key", at, { key });
  else if (seen.has(key)) {
    reading.report(
      "duplicate-key",
      at,
      { key },
      { related: [{ ...reading.place(spanOf(seen.get(key)?.key)), message: "first written here" }] },
    );
  } else return key;
  return undefined;
}
