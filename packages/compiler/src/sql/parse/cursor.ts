/** Where a parse stands: the tokens, and the parts of the grammar that need each other. */
import type { Span } from "../../text.js";
import type { Body, Expr, Ident, Query, Relation, SelectItem, SortItem } from "../ast.js";
import { distinctNeeds, type SqlNeed } from "../need.js";
import type { SqlType } from "../types.js";
import { SqlSyntaxError, TOO_DEEP, tokenize, type Token } from "./lexer.js";

/** Half of what the stack of a process that has just started, and has compiled nothing yet, holds. */
const DEEPEST = 100;
/** A longer chain is a deeper tree than every walk over it would survive. */
const LONGEST_CHAIN = 1000;

const NOT_SPARK: ReadonlySet<string> = new Set(["QUALIFY", "TOP", "INTO", "PREWHERE", "CONNECT", "FETCH", "EXCLUDE"]);
const STARTS_PROGRAM: ReadonlySet<string> = new Set(["TRANSFORM", "MAP", "REDUCE"]);
const isEnd = (token: Token | undefined): boolean => token?.kind === "op" && token.text === ";";

export interface Grammar {
  expression(cursor: Cursor): Expr;
  /** Without AND, OR, NOT and the predicates around it. */
  value(cursor: Cursor): Expr;
  query(cursor: Cursor): Query;
  /** `|>` and what follows it, behind a query. */
  pipes(cursor: Cursor, left: Body): Body;
  relation(cursor: Cursor): Relation;
  sortItem(cursor: Cursor): SortItem;
  selectItem(cursor: Cursor): SelectItem;
  dataType(cursor: Cursor): { readonly type: SqlType; readonly name: string };
}

export class Cursor {
  private readonly tokens: Token[];
  private at = 0;
  private depth = 0;
  private wasted = 0;
  private needed: SqlNeed[] = [];
  /** Of the readings that were tried: what stopped the one that came furthest. */
  furthest: SqlSyntaxError | undefined;

  constructor(
    readonly text: string,
    readonly grammar: Grammar,
  ) {
    this.tokens = [...tokenize(text)];
  }

  peek(ahead = 0): Token {
    const last = this.tokens.length - 1;
    const token = this.tokens[Math.min(this.at + ahead, last)];
    if (token === undefined) throw new Error("a text without tokens");
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.at++;
    return token;
  }

  /** Tries a reading; what throws is undone. */
  attempt<T>(read: () => T): T | undefined {
    const [at, depth, needed] = [this.at, this.depth, this.needed.length];
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SqlSyntaxError) || error.message === TOO_DEEP) throw error;
      if (this.furthest === undefined || error.span.start > this.furthest.span.start) this.furthest = error;
      this.wasted += this.at - at;
      // Readings inside readings: what nobody writes would take for ever.
      if (this.wasted > 20 * this.tokens.length + 10_000) throw new SqlSyntaxError(TOO_DEEP, error.span);
      this.at = at;
      this.depth = depth;
      this.needed.length = needed;
      return undefined;
    }
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && token.text === word;
  }
  /** All of these words, one after the other. */
  isWords(...words: readonly string[]): boolean {
    return words.every((word, i) => this.isWord(word, i));
  }
  isOp(op: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "op" && token.text === op;
  }

  eatWords(...words: readonly string[]): boolean {
    if (!this.isWords(...words)) return false;
    this.at += words.length;
    return true;
  }
  eatOp(op: string): boolean {
    if (!this.isOp(op)) return false;
    this.at++;
    return true;
  }

  /** The word that is there, of several. */
  eatOneOf(words: readonly string[]): string | undefined {
    const found = words.find((word) => this.isWord(word));
    if (found !== undefined) this.at++;
    return found;
  }

  expectWord(...words: readonly string[]): Token {
    for (const word of words.slice(0, -1)) if (!this.eatWords(word)) this.fail(word);
    const last = words.at(-1) ?? "";
    return this.isWord(last) ? this.next() : this.fail(last);
  }
  expectOp(op: string): Token {
    return this.isOp(op) ? this.next() : this.fail(`\`${op}\``);
  }

  /** `>` may be the first half of `>>`. */
  expectClose(): void {
    const token = this.peek();
    if (token.kind === "op" && /^>+$/.test(token.text) && token.text.length > 1) {
      this.tokens[this.at] = { ...token, text: token.text.slice(1), span: { start: token.span.start + 1, end: token.span.end } };
    } else this.expectOp(">");
  }

  fail(expected: string): never {
    const { text, kind, span } = this.peek();
    const found = kind === "end" ? "the end of the text" : kind === "string" ? "a string" : this.text.slice(span.start, span.end);
    throw new SqlSyntaxError(text === "" && kind === "word" ? expected : `expected ${expected}, found ${found}`, span);
  }

  isName(ahead = 0): boolean {
    const { kind } = this.peek(ahead);
    return kind === "word" || kind === "quoted";
  }

  /** Any word can be a name. */
  ident(): Ident {
    const token = this.peek();
    if (token.kind !== "word" && token.kind !== "quoted") this.fail("a name");
    this.at++;
    return { name: token.kind === "quoted" ? token.text : this.text.slice(token.span.start, token.span.end), span: token.span };
  }
  path(): readonly Ident[] {
    if (this.isWord("IDENTIFIER") && this.isOp("(", 1) && this.peek(2).kind === "string" && this.isOp(")", 3))
      return this.identifierClause();
    const parts = [this.ident()];
    while (this.isOp(".") && this.isName(1)) {
      this.at++;
      parts.push(this.ident());
    }
    return parts;
  }
  /** `IDENTIFIER('a.b')`: the name is in the string. */
  private identifierClause(): readonly Ident[] {
    const { text, span } = this.peek(2);
    const parts = [...text.matchAll(/`((?:[^`]|``)*)`|([^.`]+)/g)].map(([, quoted, plain]) => ({
      name: quoted?.replaceAll("``", "`") ?? plain ?? "",
      span,
    }));
    if (parts.length === 0) throw new SqlSyntaxError("a name is missing", span);
    this.at += 4;
    return parts;
  }
  /** `(a, b)`. */
  idents(): readonly Ident[] {
    this.expectOp("(");
    const found = this.list(() => this.ident());
    this.expectOp(")");
    return found;
  }

  list<T>(read: () => T): readonly T[] {
    const found = [read()];
    while (this.eatOp(",")) found.push(read());
    return found;
  }

  expression(): Expr {
    return this.nested(() => this.grammar.expression(this));
  }
  value(): Expr {
    return this.nested(() => this.grammar.value(this));
  }
  query(): Query {
    return this.nested(() => this.grammar.query(this));
  }
  relation(): Relation {
    return this.nested(() => this.grammar.relation(this));
  }

  nested<T>(read: () => T): T {
    if (++this.depth > DEEPEST) throw new SqlSyntaxError(TOO_DEEP, this.peek().span);
    const found = read();
    this.depth--;
    return found;
  }

  /** How many statements follow. */
  statements(): number {
    const rest = this.tokens.slice(this.at);
    return rest.filter((token, i) => token.kind !== "end" && !isEnd(token) && (i === 0 || isEnd(rest[i - 1]))).length;
  }
  /** `TRANSFORM (…) USING 'program'`, and its older spellings: nothing else has a text behind `USING`. */
  program(): { readonly kind: "starts-a-program"; readonly span: Span } | undefined {
    const word = this.tokens.findIndex(
      (token, i) => token.kind === "word" && token.text === "USING" && this.tokens[i + 1]?.kind === "string",
    );
    const [using, program] = [this.tokens[word], this.tokens[word + 1]];
    const starts = this.tokens.slice(0, Math.max(word, 0)).some(({ kind, text }) => kind === "word" && STARTS_PROGRAM.has(text));
    return starts && using && program ? { kind: "starts-a-program", span: around(using, program) } : undefined;
  }

  /** A clause of another database, where a reading stopped at it or just behind: words that Spark takes for names. */
  foreign({ start }: Span): { readonly kind: "not-spark"; readonly what: string; readonly span: Span } | undefined {
    const at = this.tokens.findIndex((token) => token.span.start >= start);
    const found = [this.tokens[at], this.tokens[at - 1]].find((token) => token?.kind === "word" && NOT_SPARK.has(token.text));
    return found && { kind: "not-spark", what: found.text, span: found.span };
  }

  /** Something was read that Spark has from 4.1 on. */
  need(what: string, span: Span): void {
    this.needed.push({ what, since: "4.1", span });
  }
  needs(): readonly SqlNeed[] {
    const quotes = this.tokens.flatMap(({ doubled, span }): readonly SqlNeed[] => {
      const quote = this.text.charAt(span.end - 1);
      if (doubled === undefined) return [];
      const what = `\`${quote}${quote}\` for a quote inside a text (\`\\${quote}\` is one in all)`;
      return [{ what, since: "4.1", reason: "earlier versions lose the quote", span }];
    });
    return distinctNeeds([...this.needed, ...quotes]);
  }

  /** A chain that leans to the left has so many links, and here comes one more. */
  link(count: number, span: Span): void {
    if (count >= LONGEST_CHAIN) throw new SqlSyntaxError(TOO_DEEP, span);
  }

  /** From a start to the last token that was read. */
  since(start: number): Span {
    return { start, end: this.tokens[this.at - 1]?.span.end ?? start };
  }
}

/** From the first to the last of some nodes. */
export function around(first: { readonly span: Span }, last: { readonly span: Span }): Span {
  return { start: first.span.start, end: last.span.end };
}

/** After any parentheses, a query begins `ahead` of here: a column may be called `values`. */
export function startsQuery(cursor: Cursor, ahead: number): boolean {
  let at = ahead;
  while (cursor.isOp("(", at)) at++;
  return (
    (cursor.isWord("SELECT", at) && !cursor.isOp(")", at + 1) && !cursor.isOp(",", at + 1)) ||
    ((cursor.isWord("WITH", at) || cursor.isWord("FROM", at) || cursor.isWord("TABLE", at)) && cursor.isName(at + 1)) ||
    (cursor.isWord("FROM", at) && cursor.isOp("(", at + 1)) ||
    (cursor.isWord("VALUES", at) && !cursor.isOp(",", at + 1) && !cursor.isOp(")", at + 1))
  );
}

/** `(SELECT …)`; undefined where the parentheses hold an expression that begins with a query. */
export function readQueryIn(cursor: Cursor): Query | undefined {
  const read = (): Query => {
    cursor.expectOp("(");
    const found = cursor.query();
    cursor.expectOp(")");
    return found;
  };
  return cursor.isOp("(", 1) ? cursor.attempt(read) : read();
}
