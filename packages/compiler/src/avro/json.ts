/** JSON with places, so that a mistake in it can be shown where it stands. */
import type { Span } from "../text.js";

export type JsonNode = (
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  /** `true`, `false` or `null`. */
  | { readonly kind: "word" }
  | { readonly kind: "list"; readonly items: readonly JsonNode[] }
  | { readonly kind: "map"; readonly entries: readonly Entry[] }
) & { readonly span: Span };

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export interface Slip {
  readonly span: Span;
  /** Half a sentence. */
  readonly message: string;
}

/** Deeper than any schema, and far from what a stack holds. */
const DEPTH_LIMIT = 100;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y; // oxlint-disable-line no-control-regex -- a text has none of them.
const SPACE = /[ \t\r\n]*/y;

interface Token {
  /** Empty at the end. */
  readonly text: string;
  readonly span: Span;
}

/** Where it is not JSON, the first thing that is wrong. */
export function parseJson(text: string): JsonNode | Slip {
  const reader = new Reader(text);
  const value = reader.value(0);
  if ("message" in value) return value;
  const { text: rest, span } = reader.next();
  return rest === "" && span.start === text.length ? value : { span, message: "JSON ends before this" };
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Undefined text where nothing of JSON stands there. */
  next(): Token {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    const start = SPACE.lastIndex;
    TOKEN.lastIndex = start;
    const [text = ""] = TOKEN.exec(this.text) ?? [];
    this.at = start + text.length;
    return { text, span: { start, end: text === "" ? Math.min(start + 1, this.text.length) : this.at } };
  }

  value(depth: number): JsonNode | Slip {
    const token = this.next();
    const { text, span } = token;
    if (depth > DEPTH_LIMIT) return { span, message: `more than ${DEPTH_LIMIT} lists and maps are inside of each other` };
    if (text === "{") return this.map(span, depth);
    if (text === "[") return this.list(span, depth);
    if (text.startsWith('"')) return { kind: "text", value: JSON.parse(text) as string, span };
    if (/^[-\d]/.test(text)) return { kind: "number", value: Number(text), span };
    return /^[tfn]/.test(text) ? { kind: "word", span } : this.unexpected(token, "a value of JSON");
  }

  private list(start: Span, depth: number): JsonNode | Slip {
    const items: JsonNode[] = [];
    const before = this.at;
    let token = this.next();
    if (token.text !== "]") this.at = before;
    while (token.text !== "]") {
      const item = this.value(depth + 1);
      if ("message" in item) return item;
      items.push(item);
      token = this.next();
      if (token.text !== "," && token.text !== "]") return this.unexpected(token, "`,` or `]`");
    }
    return { kind: "list", items, span: { start: start.start, end: token.span.end } };
  }

  private map(start: Span, depth: number): JsonNode | Slip {
    const entries: Entry[] = [];
    const keys = new Set<string>();
    let token = this.next();
    while (token.text !== "}" || entries.length > 0) {
      if (!token.text.startsWith('"')) return this.unexpected(token, 'a key in `"`');
      const key = JSON.parse(token.text) as string;
      if (keys.has(key)) return { span: token.span, message: `\`${key}\` stands here twice` };
      keys.add(key);
      const colon = this.next();
      if (colon.text !== ":") return this.unexpected(colon, "`:`");
      const value = this.value(depth + 1);
      if ("message" in value) return value;
      entries.push({ key, keySpan: token.span, value });
      const after = this.next();
      if (after.text === "}") return { kind: "map", entries, span: { start: start.start, end: after.span.end } };
      if (after.text !== ",") return this.unexpected(after, "`,` or `}`");
      token = this.next();
    }
    return { kind: "map", entries, span: { start: start.start, end: token.span.end } };
  }

  private unexpected({ span }: Token, wanted: string): Slip {
    return { span, message: span.start >= this.text.length ? `${wanted} is expected here, not the end` : `${wanted} is expected here` };
  }
}
