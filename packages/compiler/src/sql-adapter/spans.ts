import type { Span } from "../text.js";

/** The parser counts lines at `\n` and columns in code points, both from 1; we count UTF-16 code units. */
export interface Reader {
  offset(line: number, column: number): number;
  /** `{start: {line, column}, end: {…}}` of the parser's tree. */
  span(value: unknown): Span;
}

export function spanReader(text: string): Reader {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const ascii = !/[\ud800-\udbff]/.test(text);
  const offset = (line: number, column: number): number => {
    let at = starts[line - 1] ?? text.length;
    if (ascii) return Math.min(at + column - 1, text.length);
    for (let left = column - 1; left > 0 && at < text.length; left--) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    return at;
  };
  const point = (value: unknown): number => {
    const { line, column } = value as { readonly line: number; readonly column: number };
    return offset(line, column);
  };
  return {
    offset,
    span(value) {
      const { start, end } = value as { readonly start: unknown; readonly end: unknown };
      return { start: point(start), end: point(end) };
    },
  };
}
