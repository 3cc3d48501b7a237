import type { Span } from "../text.js";
import type { ScalarStyle } from "./document.js";

/**
 * Where each character of a scalar's value stands in the text: `map[i]` is the offset of the value's i-th code unit, and one more entry is the end.
 * The scalar is read a second time, in step with what the YAML reader made of it; undefined where the two disagree, so that nobody points at a wrong place.
 */
export function scalarMap(text: string, span: Span, style: ScalarStyle, value: string): readonly number[] | undefined {
  const source = text.slice(span.start, span.end);
  const units = style === "literal" || style === "folded" ? block(source, style, value) : flow(source, style);
  if (units.length < value.length) return undefined;
  const map: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const unit = units[i];
    if (unit === undefined || unit.value !== value[i]) return undefined;
    map.push(span.start + unit.at);
  }
  map.push(span.start + (units[value.length]?.at ?? units.at(-1)?.end ?? source.length));
  return map;
}

interface Unit {
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

/** Block scalars: lines below the header, without their common indentation. */
function block(source: string, style: "literal" | "folded", value: string): readonly Unit[] {
  const lines = splitLines(source);
  const body = lines.slice(1);
  // What the value keeps of its first line's indentation is not indentation of the block (an indicator such as `|2` says so).
  const indent = leading(body.find(filled)?.text ?? "") - leading(value.split("\n").find((line) => line.trim() !== "") ?? "");
  const units: Unit[] = [];
  for (const [index, line] of body.entries()) {
    for (let i = Math.min(indent, line.text.length); i < line.text.length; i++) units.push(unit(line.text[i] ?? "", line.start + i));
    const end = line.start + line.text.length;
    const next = body[index + 1];
    const joined =
      style === "folded" &&
      line.text !== "" &&
      next !== undefined &&
      filled(next) &&
      leading(next.text) === indent &&
      leading(line.text) === indent;
    units.push({ value: joined ? " " : "\n", at: end, end: end + 1 });
  }
  return units;
}

function filled(line: Line): boolean {
  return line.text.trim() !== "";
}

/** Plain and quoted scalars: escapes, doubled quotes, line folding. */
function flow(source: string, style: ScalarStyle): readonly Unit[] {
  const quoted = style !== "plain";
  const end = quoted ? source.length - 1 : source.length;
  const units: Unit[] = [];
  let i = quoted ? 1 : 0;
  while (i < end) {
    const c = source[i] ?? "";
    if (c === "\n" || c === "\r" || ((c === " " || c === "\t") && /^[ \t]+(\r\n|\r|\n)/.test(source.slice(i, end))))
      i = fold(source, i, end, units);
    else if (style === "single" && c === "'" && source[i + 1] === "'") {
      units.push({ value: "'", at: i, end: i + 2 });
      i += 2;
    } else if (style === "double" && c === "\\") i = escape(source, i, end, units);
    else units.push(unit(c, i++));
  }
  return units;
}

/** A line break is a space; with n empty lines after it, n line breaks instead. */
function fold(source: string, from: number, end: number, units: Unit[]): number {
  const run = /^[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+/.exec(source.slice(from, end))?.[0] ?? "\n";
  const breaks = run.match(/\r\n|\r|\n/g)?.length ?? 1;
  if (breaks === 1) units.push({ value: " ", at: from, end: from + run.length });
  else for (let n = 1; n < breaks; n++) units.push({ value: "\n", at: from, end: from + run.length });
  return from + run.length;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
  "\t": "\t",
};

function escape(source: string, at: number, end: number, units: Unit[]): number {
  const kind = source[at + 1] ?? "";
  if (kind === "\n" || kind === "\r") return at + 1 + (/^(?:\r\n|\r|\n)[ \t]*/.exec(source.slice(at + 1, end))?.[0].length ?? 1);
  const digits = kind === "x" ? 2 : kind === "u" ? 4 : kind === "U" ? 8 : 0;
  const stop = at + 2 + digits;
  const code = Number.parseInt(source.slice(at + 2, stop), 16);
  const value = digits === 0 ? (ESCAPES[kind] ?? kind) : code <= 0x10ffff ? String.fromCodePoint(code) : "";
  for (const c of value.split("")) units.push({ value: c, at, end: stop });
  return stop;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function splitLines(source: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const match of source.matchAll(/\r\n|\r|\n|$/g)) {
    if (match[0] === "" && start === source.length && lines.length > 0) break;
    lines.push({ text: source.slice(start, match.index), start });
    start = match.index + match[0].length;
  }
  return lines;
}

function leading(line: string): number {
  return line.length - line.trimStart().length;
}

function unit(value: string, at: number): Unit {
  return { value, at, end: at + 1 };
}
