import { mistake, ok, type Mistake, type Parsed } from "./result.js";
import { parseDuration } from "./quantities.js";

/** A text that is parsed later, and where it begins. */
export interface Part {
  readonly text: string;
  readonly offset: number;
}

export interface Window extends Part {
  /** Milliseconds, or the whole past. */
  readonly length: number | "all";
}

export interface AggregateCall {
  readonly function: Part;
  /** What is between the brackets: an expression, or `*`. */
  readonly argument: Part;
}

export interface WindowedAggregate extends AggregateCall {
  readonly windows: readonly Window[];
}

const EXAMPLE = "`sum(amount) over [1h, 7d]`";

/** `sum(amount)`: the expression inside is read by the analysis. */
export function parseAggregate(text: string): Parsed<AggregateCall> {
  const open = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*\(/.exec(text);
  const name = open?.[1];
  if (open === null || name === undefined)
    return mistake(0, text.length, "an aggregate is a function and what it takes, such as `sum(amount)` or `count(*)`");
  const close = closing(text, open[0].length);
  if (close === undefined) return mistake(open[0].length - 1, 1, "this bracket is never closed");
  const rest = text.slice(close + 1);
  if (rest.trim() !== "") return mistake(close + 1, rest.length, "nothing may follow the closing bracket");
  const argument = trimmed(text.slice(open[0].length, close), open[0].length);
  if (argument.text === "")
    return mistake(close, 1, `between the brackets stands what is aggregated: a column, or \`*\` as in \`count(*)\``);
  return ok({ function: { text: name, offset: text.indexOf(name) }, argument });
}

/** What stands between the commas of an argument: `country, amount`. */
export function splitArguments({ text, offset }: Part): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  let depth = 0;
  let quote = "";
  for (let i = 0; i <= text.length; i++) {
    const c = text[i] ?? ",";
    if (i < text.length && quote !== "") quote = c === quote ? "" : quote;
    else if (c === "'" || c === '"' || c === "`") quote = c;
    else if (c === "(") depth++;
    else if (c === ")") depth--;
    else if (i === text.length || (c === "," && depth === 0)) {
      parts.push(trimmed(text.slice(start, i), offset + start));
      start = i + 1;
    }
  }
  return parts;
}

/** `sum(amount) over [1h, 7d]`. */
export function parseWindowedAggregate(text: string): Parsed<WindowedAggregate> {
  const over = overOf(text);
  if (over === undefined) {
    const whole = /^\w+\([^()]*\)$/.test(text.trim());
    return mistake(0, text.length, `the windows are missing: write ${whole ? `\`${text.trim()} over [1h, 7d]\`` : EXAMPLE}`);
  }
  const call = parseAggregate(text.slice(0, over.start).trimEnd());
  if (!call.ok) return call;
  const windows = parseWindowList(text.slice(over.end), over.end);
  return windows.ok ? ok({ ...call.value, windows: windows.value }) : windows;
}

/** One window: a duration, or `all`. */
export function parseWindow(text: string, offset = 0): Parsed<Window> {
  if (text === "all") return ok({ text, offset, length: "all" });
  const duration = parseDuration(text);
  if (!duration.ok)
    return {
      ...duration,
      offset: duration.offset + offset,
      message: text === "" ? "a window is missing here, such as `24h` or `all`" : `a window is a duration or \`all\`; ${duration.message}`,
    };
  if (duration.value === 0) return mistake(offset, text.length, "a window is longer than 0");
  return ok({ text, offset, length: duration.value });
}

function parseWindowList(text: string, offset: number): Parsed<readonly Window[]> {
  const list = trimmed(text, offset);
  if (list.text === "") return mistake(offset, 0, `the windows are missing: write ${EXAMPLE}`);
  const bracketed = list.text.startsWith("[");
  if (bracketed !== list.text.endsWith("]"))
    return mistake(list.offset, list.text.length, "a list of windows begins with `[` and ends with `]`");
  if (!bracketed && list.text.includes(",")) return mistake(list.offset, list.text.length, "several windows stand between `[` and `]`");
  const inner = bracketed ? list.text.slice(1, -1) : list.text;
  return parseParts(inner.split(","), list.offset + (bracketed ? 1 : 0));
}

function parseParts(parts: readonly string[], offset: number): Parsed<readonly Window[]> {
  const windows: Window[] = [];
  let at = offset;
  for (const part of parts) {
    const { text, offset: start } = trimmed(part, at);
    const window = parseWindow(text, start);
    if (!window.ok) return window;
    const twice = sameWindow(windows, window.value);
    if (twice !== undefined) return twice;
    windows.push(window.value);
    at += part.length + 1;
  }
  return ok(windows);
}

function sameWindow(windows: readonly Window[], window: Window): Mistake | undefined {
  const same = windows.find(({ length }) => length === window.length);
  if (same === undefined) return undefined;
  return mistake(
    window.offset,
    window.text.length,
    same.text === window.text
      ? `the window \`${window.text}\` is there twice`
      : `\`${window.text}\` is the same window as \`${same.text}\``,
  );
}

/** The last `over` outside of brackets and quotes. */
function overOf(text: string): { readonly start: number; readonly end: number } | undefined {
  const found = [...text.matchAll(/\)\s*over\b/gi)].at(-1);
  if (found === undefined) return undefined;
  return { start: found.index + 1, end: found.index + found[0].length };
}

/** Offset of the bracket that closes the one before `from`. */
function closing(text: string, from: number): number | undefined {
  let depth = 1;
  let quote = "";
  for (let i = from; i < text.length; i++) {
    const c = text[i] ?? "";
    if (quote !== "") quote = c === quote ? "" : quote;
    else if (c === "'" || c === '"' || c === "`") quote = c;
    else if (c === "(") depth++;
    else if (c === ")" && --depth === 0) return i;
  }
  return undefined;
}

function trimmed(text: string, offset: number): Part {
  return { text: text.trim(), offset: offset + (text.length - text.trimStart().length) };
}
