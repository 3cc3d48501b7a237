import type { Span } from "../../text.js";

/** Tokens of Spark SQL expressions. Comments are white space. */
export type Token =
  | { readonly kind: "name"; readonly text: string; readonly quoted: boolean; readonly span: Span }
  | { readonly kind: "number"; readonly text: string; readonly span: Span }
  | { readonly kind: "string"; readonly value: string; readonly span: Span }
  | { readonly kind: "symbol"; readonly text: string; readonly span: Span }
  | { readonly kind: "bad"; readonly reason: string; readonly span: Span }
  | { readonly kind: "end"; readonly span: Span };

// A digit may begin a name in Spark (`1h_total`), and `1e3` is a number: the number is tried first and must not run into a word.
const SPACE = /(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NUMBER = /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;
const WORD = /[\p{L}_\p{N}][\p{L}\p{N}_]*/uy;
const QUOTED = /`((?:[^`]|``)+)`/y;
const STRING = /'((?:[^'\\]|\\[\s\S]|'')*)'|"((?:[^"\\]|\\[\s\S]|"")*)"/y;
const SYMBOL = /<=>|<>|!=|==|<=|>=|\|\||&&|::|->|[-+*/%=<>!(),.[\]&|^~?:;@$#{}]/y;

export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(SPACE, text, at)?.[0].length ?? 0;
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.span.end;
  }
  const end = text.trimEnd().length;
  return [...tokens, { kind: "end", span: { start: Math.max(0, end - 1), end } }];
}

function tokenAt(text: string, at: number): Token {
  const to = (length: number): Span => ({ start: at, end: at + length });
  const number = match(NUMBER, text, at);
  if (number) return { kind: "number", text: number[0], span: to(number[0].length) };
  const word = match(WORD, text, at);
  if (word) return { kind: "name", text: word[0], quoted: false, span: to(word[0].length) };
  const quoted = match(QUOTED, text, at);
  if (quoted) return { kind: "name", text: (quoted[1] ?? "").replaceAll("``", "`"), quoted: true, span: to(quoted[0].length) };
  const string = match(STRING, text, at);
  if (string)
    return {
      kind: "string",
      value: unescape(string[1]?.replaceAll("''", "'") ?? (string[2] ?? "").replaceAll('""', '"')),
      span: to(string[0].length),
    };
  const symbol = match(SYMBOL, text, at);
  if (symbol) return { kind: "symbol", text: symbol[0], span: to(symbol[0].length) };
  const first = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const open = "'\"`".includes(first)
    ? `${first === "`" ? "a quoted name" : "a string"} that begins here is not closed`
    : `${first} has no meaning here`;
  return { kind: "bad", reason: open, span: to("'\"`".includes(first) ? text.length - at : first.length) };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const ESCAPES: Readonly<Record<string, string>> = { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a" };

/** Spark's `unescapeSQLString`. */
function unescape(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-1][0-7][0-7])|([\s\S]))/g,
    (all, ...groups: readonly (string | undefined)[]) => {
      const [short, long, octal, one] = groups;
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      if (long !== undefined) {
        const point = Number.parseInt(long, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : all;
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      // `\%` and `\_` stay as they are: they are for LIKE.
      return one === "%" || one === "_" ? all : (ESCAPES[one ?? ""] ?? one ?? "");
    },
  );
}

/** What to say of a token that does not belong where it stands. */
export function unexpectedReason(kind: Token["kind"], text: string, wanted: string | undefined): string {
  if (kind === "end") return wanted === undefined ? "it ends where something more is expected" : `it ends, and \`${wanted}\` is missing`;
  return wanted === undefined ? `${text} is not expected here` : `\`${wanted}\` is expected here, not ${text}`;
}
