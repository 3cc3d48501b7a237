/**
 * Masking functions, `mask.keyed_hash(card_number)`: ours, not Spark's. Calls are found in the tree, and written in Spark's words
 * for what is emitted; the rest of a text stays as it is.
 */
import type { Span } from "../text.js";
import type { CallExpr, Ident, Query } from "./ast.js";
import { parseFunction, type FunctionDef } from "./functions/signature.js";
import { isCall, nodesBelow } from "./node.js";

/** Those that need the key. Emitted programs make them known to Spark as `mask_NAME`. */
export type KeyedMask = "keyed_hash" | "tokenise";
export type MaskName = KeyedMask | "truncate" | "bucket";

/** `mask.truncate` takes whole numbers of characters, `mask.bucket` numbers; nothing is cast to text, so that what is hashed is what stands there. */
const MASKS: Readonly<Record<MaskName, FunctionDef>> = {
  keyed_hash: parseFunction("mask.keyed_hash(string^) string?"),
  tokenise: parseFunction("mask.tokenise(string^) string?"),
  truncate: parseFunction("mask.truncate(string^, int^) string"),
  bucket: parseFunction("mask.bucket(numeric^, numeric^) $0?"),
};

export const MASK_NAMES = Object.keys(MASKS);

function isMaskName(name: string): name is MaskName {
  return Object.hasOwn(MASKS, name);
}

export function isKeyed(name: MaskName): name is KeyedMask {
  return name === "keyed_hash" || name === "tokenise";
}

/** Whether a function is called by a name of ours, be there one or not. */
export function isInMask(path: readonly Ident[]): boolean {
  return path.length === 2 && path[0]?.name.toLowerCase() === "mask";
}

export function maskOf({ name: path }: CallExpr): MaskName | undefined {
  const name = isInMask(path) ? (path[1]?.name.toLowerCase() ?? "") : "";
  return isMaskName(name) ? name : undefined;
}

export function maskFunction(name: MaskName): FunctionDef {
  return MASKS[name];
}

export interface MaskCall {
  readonly mask: MaskName;
  /** Of its name. */
  readonly span: Span;
}

/** In the order of the text. */
export function masksIn(query: Query): readonly MaskCall[] {
  return callsIn(query).flatMap(({ call, mask }) => ({ mask, span: nameSpan(call) }));
}

interface Found {
  readonly call: CallExpr;
  readonly mask: MaskName;
}

/** In the order of the text, each place once. */
function callsIn(root: object): readonly Found[] {
  const found = new Map<number, Found>();
  for (const node of nodesBelow(root)) {
    if (!isCall(node)) continue;
    const mask = maskOf(node);
    if (mask !== undefined) found.set(nameSpan(node).start, { call: node, mask });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** A bucket in another would be written twice for each around it. */
export function hasBucket(root: object): boolean {
  return callsIn(root).some(({ mask }) => mask === "bucket");
}

function nameSpan({ name, span }: CallExpr): Span {
  return { start: name[0]?.span.start ?? span.start, end: name.at(-1)?.span.end ?? span.end };
}

/** Text in place of a range; an empty range is a place. */
interface Edit extends Span {
  readonly text: string;
}

/**
 * A query in Spark's words. `inexact`: where calls of `mask.bucket` begin whose values are doubles. What is left of one after a division depends on
 * its last digits, so these are counted in decimals: all values of a bucket are to have one lower bound.
 */
export function sparkText(text: string, query: Query, inexact: ReadonlySet<number>): string {
  return edited(text, { start: 0, end: text.length }, editsOf({ text, inexact }, callsIn(query)));
}

function editsOf(from: { readonly text: string; readonly inexact: ReadonlySet<number> }, calls: readonly Found[]): readonly Edit[] {
  const { text, inexact } = from;
  return calls.flatMap(({ call, mask }): readonly Edit[] => {
    const name = nameSpan(call);
    if (isKeyed(mask)) return [{ ...name, text: `mask_${mask}` }];
    if (mask === "truncate") return [{ ...name, text: "left" }];
    const [value, width] = call.args.map((arg) => arg.value.span);
    if (value === undefined || width === undefined) return [];
    const inside = calls.filter((one) => value.start <= one.call.span.start && one.call.span.end <= value.end);
    // A bucket in a bucket is a mistake that the binder tells.
    if (inside.some((one) => one.mask === "bucket")) return [];
    const size = text.slice(width.start, width.end);
    if (inexact.has(name.start)) return inDecimals(call, size);
    const again = edited(text, value, editsOf(from, inside));
    return [
      { ...name, text: "try_subtract" },
      { start: width.start, end: width.start, text: `pmod(${again}, ` },
      { start: width.end, end: width.end, text: ")" },
    ];
  });
}

/** `CAST(floor(try_cast((value) / width AS DECIMAL(38, 18))) * width AS DOUBLE)`; NULL where that many buckets are too many to count. */
function inDecimals({ name, args, span }: CallExpr, width: string): readonly Edit[] {
  const value = args[0]?.value;
  const size = args[1]?.value.span;
  if (value === undefined || size === undefined) return [];
  const [open, close] = value.kind === "column" ? ["", ""] : ["(", ")"];
  return [
    { start: name[0]?.span.start ?? span.start, end: value.span.start, text: `CAST(floor(try_cast(${open}` },
    { start: value.span.end, end: size.end, text: `${close} / ${width} AS DECIMAL(38, 18))) * ${width} AS DOUBLE` },
  ];
}

function edited(text: string, { start, end }: Span, edits: readonly Edit[]): string {
  let at = start;
  const parts: string[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return [...parts, text.slice(at, end)].join("");
}
