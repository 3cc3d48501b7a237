/** Spark's words, numbers, strings and operators, each with its place. */
import type { Span } from "../../text.js";

export interface Token {
  /** `word` may be a keyword; `quoted` is a name in backquotes. */
  readonly kind: "word" | "quoted" | "string" | "number" | "op" | "end";
  /** A word in upper case, an operator, the digits of a number with its suffix, or the characters of a string or quoted name. */
  readonly text: string;
  readonly span: Span;
  /** A string in which two quotes stand for one. */
  readonly doubled?: true;
}

export class SqlSyntaxError {
  constructor(
    readonly message: string,
    readonly span: Span,
  ) {}
}

/** The message of a text that nests deeper, or chains longer, than we read. */
export const TOO_DEEP = "too-deep";

const OPERATORS = [
  ">>>", "<=>", "<<", ">>", "<=", ">=", "<>", "!=", "==", "||", "|>", "->", "=>", "::",
  "+", "-", "*", "/", "%", "~", "&", "^", "|", "=", "<", ">", "!", "(", ")", "[", "]", ",", ".", ";", ":", "?",
]; // prettier-ignore
const BLANK = /[\s\u00a0\u2000-\u200b\u3000\ufeff]+/uy;
const NUMBER = /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?(?:BD|[LSYDF])?/iy;
const WORD = /[\p{L}\p{N}_]+/uy;

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at, tokens.at(-1));
    tokens.push(token);
    at = skipBlank(text, token.span.end);
  }
  const last = tokens.at(-1)?.span.end ?? 0;
  tokens.push({ kind: "end", text: "", span: { start: Math.max(0, last - 1), end: last } });
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const blank = matchAt(BLANK, text, at);
    if (blank !== undefined) at += blank.length;
    else if (text.startsWith("--", at)) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end + 1;
    } else if (text.startsWith("/*", at)) at = commentEnd(text, at);
    else return at;
  }
}

/** Comments nest; so do hints, which change no column. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (text.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  throw new SqlSyntaxError("this comment has no end", { start, end: start + 2 });
}

function tokenAt(text: string, at: number, before: Token | undefined): Token {
  const char = text.charAt(at);
  const next = text.charAt(at + 1);
  if (char === "'" || char === '"') return stringToken(text, at, at, false);
  if ((char === "r" || char === "R") && (next === "'" || next === '"')) return stringToken(text, at, at + 1, true);
  if (char === "`") return quotedToken(text, at);
  // After a dot digits are a name's: `t.1`; a number cannot follow one.
  const afterDot = before?.kind === "op" && before.text === "." && before.span.end === at;
  const number = afterDot ? undefined : matchAt(NUMBER, text, at);
  const word = matchAt(WORD, text, at);
  if (number !== undefined && !/[\p{L}\p{N}_]/u.test(text.charAt(at + number.length)))
    return { kind: "number", text: number.toUpperCase(), span: { start: at, end: at + number.length } };
  if (word !== undefined) return { kind: "word", text: word.toUpperCase(), span: { start: at, end: at + word.length } };
  const op = OPERATORS.find((candidate) => text.startsWith(candidate, at));
  if (op !== undefined) return { kind: "op", text: op, span: { start: at, end: at + op.length } };
  const odd = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new SqlSyntaxError(`unexpected ${odd}`, { start: at, end: at + odd.length });
}

function stringToken(text: string, start: number, quoteAt: number, raw: boolean): Token {
  const quote = text.charAt(quoteAt);
  let value = "";
  let doubled = false;
  for (let at = quoteAt + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) {
      if (!raw && text.charAt(at + 1) === quote) {
        value += quote;
        doubled = true;
        at++;
      } else return { kind: "string", text: value, span: { start, end: at + 1 }, ...(doubled && { doubled }) };
    } else if (char === "\\" && !raw && at + 1 < text.length) {
      const [unescaped, length] = unescape(text, at);
      value += unescaped;
      at += length - 1;
    } else value += char;
  }
  throw new SqlSyntaxError("this string has no end", { start, end: start + 1 });
}

const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a", "%": "\\%", _: "\\_" };

/** What a backslash and the characters after it stand for, and how many they are. */
function unescape(text: string, at: number): readonly [string, number] {
  const unicode = /^\\u([0-9a-fA-F]{4})|^\\U([0-9a-fA-F]{8})|^\\([01][0-7]{2})/.exec(text.slice(at, at + 10));
  if (unicode !== null) {
    const code = unicode[3] === undefined ? Number.parseInt(unicode[1] ?? unicode[2] ?? "", 16) : Number.parseInt(unicode[3], 8);
    return [code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd", unicode[0].length];
  }
  const char = text.charAt(at + 1);
  return [ESCAPES[char] ?? char, 2];
}

function quotedToken(text: string, start: number): Token {
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) !== "`") value += text.charAt(at);
    else if (text.charAt(at + 1) === "`") {
      value += "`";
      at++;
    } else return { kind: "quoted", text: value, span: { start, end: at + 1 } };
  }
  throw new SqlSyntaxError("this name in backquotes has no end", { start, end: start + 1 });
}
