/**
 * What a Python file says, without comments, blank lines and blanks: two files with the same tokens do the same. Where anything is in doubt
 * there is no answer, so that a file is then compared as it stands. It reads what Python 3 reads; it need not know what Python refuses.
 */

export interface Token {
  readonly kind: "word" | "operator" | "string" | "newline" | "indent" | "dedent";
  readonly text: string;
}

/** Longest first. Between other signs blanks make no difference to a file that Python accepts. */
const OPERATORS = /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|==|<=|>=|[-+*/%&|^@]=|\*\*|\/\/|<<|>>|[-+*/%@&|^~<>()[\]{},:.;=]/y;
/** On one of the first two lines. */
const OTHER_ENCODING = /^(?:[ \t]*(?:#.*)?\n)?[ \t]*#.*coding[:=](?![ \t]*utf-?8\b)/i;
/** `1.e5` is a number, `1 .e5` is not. */
const NUMBER = /\.?[0-9][A-Za-z0-9_.]*/y;
const WORD = /[A-Za-z0-9_\u0080-\uffff]+/y;
const PREFIX = /^(?:[bfrtu]|br|rb|fr|rf|tr|rt)$/i;
const QUOTE = /"""|'''|"|'/y;

/** Undefined where this file may mean something that is not seen here. */
export function pythonTokens(source: string): readonly Token[] | undefined {
  const text = source.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (/[\0\f]/.test(text) || OTHER_ENCODING.test(text)) return undefined;
  const reader = new Reader(text);
  return reader.read() ? reader.tokens : undefined;
}

class Reader {
  readonly tokens: Token[] = [];
  private at = 0;
  private depth = 0;
  private isDoubtful = false;
  private readonly indents = [""];

  constructor(private readonly text: string) {}

  /** Whether all of it was understood. */
  read(): boolean {
    let isStart = true;
    while (this.at < this.text.length) {
      if (isStart && !this.indentation()) return false;
      isStart = false;
      const sign = this.text[this.at] ?? "";
      if (sign === "\n") {
        isStart = this.depth === 0;
        this.newline();
      } else if (sign === " " || sign === "\t") this.at++;
      else if (sign === "#") this.comment();
      else if (sign === "\\" && this.text[this.at + 1] === "\n") this.at += 2;
      else if (!this.string() && !this.word() && !this.operator()) return false;
      if (this.isDoubtful) return false;
    }
    this.newline();
    for (let left = this.indents.length; left > 1; left--) this.put("dedent", "");
    return this.depth === 0;
  }

  private put(kind: Token["kind"], text: string): void {
    this.tokens.push({ kind, text });
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  /** At the start of a line of its own: blank lines and comments have no depth. */
  private indentation(): boolean {
    const blanks = this.match(/[ \t]*/y) ?? "";
    const next = this.text[this.at + blanks.length];
    this.at += blanks.length;
    if (next === undefined || next === "\n" || next === "#") return true;
    // How deep a line is that begins with what continues it, Python counts in its own way.
    if (next === "\\") return false;
    const top = (): string => this.indents.at(-1) ?? "";
    while (blanks.length < top().length) {
      this.indents.pop();
      this.put("dedent", "");
    }
    if (blanks === top()) return true;
    if (!blanks.startsWith(top())) return false;
    // After a dedent Python takes no new depth.
    if (this.tokens.at(-1)?.kind === "dedent") return false;
    this.indents.push(blanks);
    this.put("indent", "");
    return true;
  }

  private newline(): void {
    this.at++;
    const last = this.tokens.at(-1)?.kind;
    if (this.depth === 0 && last !== undefined && last !== "newline" && last !== "dedent") this.put("newline", "");
  }

  private comment(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  private word(): boolean {
    const found = this.match(NUMBER) ?? this.match(WORD);
    if (found === undefined) return false;
    this.at += found.length;
    this.put("word", found);
    return true;
  }

  private operator(): boolean {
    const found = this.match(OPERATORS);
    if (found === undefined) return false;
    if (/^[([{]$/.test(found)) this.depth++;
    if (/^[)\]}]$/.test(found)) this.depth--;
    this.at += found.length;
    this.put("operator", found);
    return this.depth >= 0;
  }

  /** With its prefix, as it is written. */
  private string(): boolean {
    const start = this.at;
    const word = this.match(WORD) ?? "";
    const prefix = PREFIX.test(word) ? word : "";
    this.at += prefix.length;
    const quote = this.match(QUOTE);
    if (quote === undefined) {
      this.at = start;
      return false;
    }
    const end = this.endOf(quote) ?? this.text.length + 1;
    const content = this.text.slice(this.at + quote.length, end - quote.length);
    this.isDoubtful = end > this.text.length || (/[ft]/i.test(prefix) && !isPlain(content, quote));
    this.at = end;
    this.put("string", this.text.slice(start, end));
    return true;
  }

  private endOf(quote: string): number | undefined {
    for (let i = this.at + quote.length; i < this.text.length; i++) {
      if (this.text[i] === "\\") i++;
      else if (this.text.startsWith(quote, i)) return i + quote.length;
      else if (this.text[i] === "\n" && quote.length === 1) return undefined;
    }
    return undefined;
  }
}

/**
 * Whether what is between the quotes of an f-string ends where a string without `{}` would: since Python 3.12 what stands in braces may hold
 * the same quotes again. Quotes inside are taken where nothing in them can be mistaken for an end.
 */
function isPlain(content: string, quote: string): boolean {
  let depth = 0;
  for (let i = 0; i < content.length; i++) {
    const sign = content[i] ?? "";
    if (depth === 0) {
      if (sign === "\\" && content[i + 1] === "N") return false;
      if ((sign === "{" || sign === "}") && content[i + 1] === sign) i++;
      else if (sign === "{") depth++;
      else if (sign === "}") return false;
    } else if (sign === "{") depth++;
    else if (sign === "}") depth--;
    else if (sign === "\\" || sign === "#" || sign === "\n" || quote.startsWith(sign)) return false;
    else if (sign === '"' || sign === "'") {
      const end = content.indexOf(sign, i + 1);
      if (end < 0 || /[{}\\#\n]/.test(content.slice(i, end))) return false;
      i = end;
    }
  }
  return depth === 0;
}
