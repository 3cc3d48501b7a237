/** Precedence climbing over the closed grammar; what Spark has and we do not yet have is named at its token. */
import type { Span } from "../../text.js";
import type { BinaryOp } from "./ast.js";
import { lex, type Token, unexpectedReason } from "./lex.js";
import type { ExprFinding, Syntax } from "./syntax.js";

export type Parsed = { readonly syntax: Syntax } | { readonly finding: ExprFinding };

/** So that no walk over the tree runs out of stack; Spark's own parser gives up not much later. */
const MOST_TOKENS = 2000;
const DEEPEST = 60;

// Spark's order: or < and < not < comparison and predicates < + - < * / % < unary minus.
const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  "=": 4,
  "<>": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 6,
  "-": 6,
  "||": 6,
  "*": 7,
  "/": 7,
  "%": 7,
};
const NOT = 3;
const PREDICATE = 4;
const SAME: Readonly<Record<string, string>> = { "==": "=", "!=": "<>", "&&": "and", "||": "||" };
const LATER_WORDS = new Set(["rlike", "ilike", "regexp", "div", "exists", "over", "interval", "collate"]);
const LATER_SYMBOLS = new Set(["<=>", "::", "[", "->", "&", "|", "^", "~", "?", ":", "{"]);
const MASK = "masks are for the SQL of transforms, so make a column there and use that here";
const KEYWORDS = new Set([
  "and",
  "or",
  "not",
  "is",
  "in",
  "between",
  "case",
  "when",
  "then",
  "else",
  "end",
  "null",
  "true",
  "false",
  "as",
  "select",
  "from",
  "where",
  "distinct",
  "like",
  ...LATER_WORDS,
]);

/** Thrown and caught in this file only: the first mistake ends the parse. */
class Stop {
  constructor(readonly finding: ExprFinding) {}
}

export function parseExpression(text: string): Parsed {
  const tokens = lex(text);
  if (tokens.length > MOST_TOKENS) return { finding: { code: "expression-too-deep", args: {}, span: { start: 0, end: text.length } } };
  try {
    return { syntax: new Parser(tokens).whole() };
  } catch (error) {
    if (error instanceof Stop) return { finding: error.finding };
    throw error;
  }
}

/** `a || b || c` is one text of three. */
function joined(left: Syntax, right: Syntax, nameSpan: Span): Syntax {
  const before = left.node === "call" && left.name === "concat" ? left.args : [left];
  return { node: "call", name: "concat", nameSpan, args: [...before, right], span: join(left.span, right.span) };
}

const join = (a: Span, b: Span): Span => ({ start: a.start, end: b.end });

class Parser {
  private at = 0;
  private depth = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Syntax {
    const syntax = this.expression(0);
    if (this.token().kind !== "end") throw this.unexpected();
    return syntax;
  }

  private token(ahead = 0): Token {
    const found = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    if (found === undefined) throw new Error("an expression has no token for its end");
    return found;
  }
  private next(): Token {
    const token = this.token();
    this.at++;
    return token;
  }
  private word(ahead = 0): string | undefined {
    const token = this.token(ahead);
    return token.kind === "name" && !token.quoted ? token.text.toLowerCase() : undefined;
  }
  private isSymbol(text: string, ahead = 0): boolean {
    const token = this.token(ahead);
    return token.kind === "symbol" && token.text === text;
  }
  private eat(text: string): boolean {
    const found = this.isSymbol(text) || this.word() === text;
    if (found) this.at++;
    return found;
  }
  private expect(text: string): Token {
    if (!this.isSymbol(text) && this.word() !== text) throw this.unexpected(/\w/.test(text) ? text.toUpperCase() : text);
    return this.next();
  }
  private unexpected(wanted?: string): Stop {
    const token = this.token();
    if (token.kind === "bad") return new Stop({ code: "expression-syntax", args: { reason: token.reason }, span: token.span });
    const text = token.kind === "end" ? "the end" : token.kind === "string" ? "a string" : `\`${token.text}\``;
    const later = (token.kind === "symbol" && LATER_SYMBOLS.has(token.text)) || LATER_WORDS.has(this.word() ?? "");
    if (later && token.kind !== "end")
      return this.later(token.kind === "name" ? token.text.toUpperCase() : text.replaceAll("`", ""), token.span);
    return new Stop({
      code: "expression-syntax",
      args: { reason: unexpectedReason(token.kind, text, wanted) },
      span: token.span,
    });
  }
  private later(what: string, span: Span): Stop {
    return new Stop({ code: "not-yet-supported", args: { what }, span });
  }

  private expression(least: number): Syntax {
    if (++this.depth > DEEPEST) throw new Stop({ code: "expression-too-deep", args: {}, span: this.token().span });
    let left = this.prefix();
    for (;;) {
      const grown = this.infix(left, least);
      if (grown === undefined) break;
      left = grown;
    }
    this.depth--;
    return left;
  }

  private infix(left: Syntax, least: number): Syntax | undefined {
    const token = this.token();
    const word = this.word();
    const text = token.kind === "symbol" ? (SAME[token.text] ?? token.text) : (word ?? "");
    const precedence = Object.hasOwn(PRECEDENCE, text) ? PRECEDENCE[text] : undefined;
    if (precedence !== undefined) {
      if (precedence <= least) return undefined;
      this.at++;
      const right = this.expression(precedence);
      if (text === "||") return joined(left, right, token.span);
      return { node: "binary", op: text as BinaryOp, left, right, opSpan: token.span, span: join(left.span, right.span) };
    }
    if (PREDICATE <= least) return undefined;
    if (word === "is") return this.isNull(left);
    const negated = word === "not" && ["in", "between", "like"].includes(this.word(1) ?? "");
    if (negated) this.at++;
    const predicate = this.predicate(left);
    return predicate && negated ? { node: "unary", op: "not", operand: predicate, span: predicate.span } : predicate;
  }

  private predicate(left: Syntax): Syntax | undefined {
    switch (this.word()) {
      case "in":
        return this.inList(left);
      case "between":
        return this.between(left);
      case "like":
        return this.like(left);
      default:
        return undefined;
    }
  }

  private like(left: Syntax): Syntax {
    const nameSpan = this.next().span;
    if (["any", "all", "some"].includes(this.word() ?? "") && this.isSymbol("(", 1))
      throw this.later(`LIKE ${(this.word() ?? "").toUpperCase()}`, join(nameSpan, this.token().span));
    const pattern = this.expression(PREDICATE);
    if (this.word() === "escape") throw this.later("ESCAPE", this.token().span);
    return { node: "call", name: "like", nameSpan, args: [left, pattern], span: join(left.span, pattern.span) };
  }

  private isNull(operand: Syntax): Syntax {
    this.at++;
    const negated = this.eat("not");
    if (this.word() !== "null" && this.token().kind === "name")
      throw this.later(`IS ${negated ? "NOT " : ""}${(this.word() ?? "").toUpperCase()}`, this.token().span);
    const end = this.expect("null");
    return { node: "is_null", operand, negated, span: join(operand.span, end.span) };
  }

  /** `a IN (b, c)` is `a = b OR a = c`, with NULL too. */
  private inList(left: Syntax): Syntax {
    const opSpan = this.next().span;
    this.expect("(");
    if (this.word() === "select") throw this.later("a subquery", this.token().span);
    const values = this.list();
    const span = join(left.span, this.expect(")").span);
    const equals = values.map((right): Syntax => ({ node: "binary", op: "=", left, right, opSpan, span }));
    return equals.reduce((a, b): Syntax => ({ node: "binary", op: "or", left: a, right: b, opSpan, span }));
  }

  private between(left: Syntax): Syntax {
    const opSpan = this.next().span;
    const low = this.expression(PREDICATE);
    this.expect("and");
    const high = this.expression(PREDICATE);
    const span = join(left.span, high.span);
    const side = (op: BinaryOp, right: Syntax): Syntax => ({ node: "binary", op, left, right, opSpan, span });
    return { node: "binary", op: "and", left: side(">=", low), right: side("<=", high), opSpan, span };
  }

  private list(): readonly Syntax[] {
    const items = [this.expression(0)];
    while (this.eat(",")) items.push(this.expression(0));
    return items;
  }

  private prefix(): Syntax {
    const token = this.token();
    const word = this.word();
    if (token.kind === "number") return { node: "number", text: token.text, span: this.next().span };
    if (token.kind === "string") return { node: "string", value: token.value, span: this.next().span };
    if (this.isSymbol("(")) return this.parenthesised();
    if (this.isSymbol("-")) return this.minus();
    if (word === "not" || this.isSymbol("!")) {
      this.at++;
      const operand = this.expression(word === "not" ? NOT - 1 : (PRECEDENCE["*"] ?? 0));
      return { node: "unary", op: "not", operand, span: join(token.span, operand.span) };
    }
    if (word === "true" || word === "false") return { node: "boolean", value: word === "true", span: this.next().span };
    if (word === "null") return { node: "null", span: this.next().span };
    if (word === "case") return this.caseWhen();
    if (word !== undefined && this.isSymbol("(", 1) && !["and", "or"].includes(word)) return word === "cast" ? this.cast() : this.call();
    if (word !== undefined && ["date", "timestamp", "interval"].includes(word) && this.token(1).kind === "string")
      throw this.later(`a literal ${word.toUpperCase()} '…'`, token.span);
    if (token.kind === "name" && (word === undefined || !KEYWORDS.has(word))) return this.column();
    throw this.unexpected();
  }

  private parenthesised(): Syntax {
    const open = this.next();
    if (this.word() === "select") throw this.later("a subquery", this.token().span);
    const inner = this.expression(0);
    if (this.isSymbol(",")) throw this.later("a row value", this.token().span);
    return { ...inner, span: join(open.span, this.expect(")").span) };
  }

  /** A minus before a number belongs to the literal, as in Spark: its type is of the number with its sign. */
  private minus(): Syntax {
    const sign = this.next();
    const token = this.token();
    if (token.kind === "number") return { node: "number", text: `-${token.text}`, span: join(sign.span, this.next().span) };
    const operand = this.expression(7);
    return { node: "unary", op: "-", operand, span: join(sign.span, operand.span) };
  }

  private caseWhen(): Syntax {
    const start = this.next();
    const subject = this.word() === "when" ? undefined : this.expression(0);
    const branches: { when: Syntax; then: Syntax }[] = [];
    if (this.word() !== "when") throw this.unexpected("WHEN");
    while (this.word() === "when") {
      const opSpan = this.next().span;
      const when = this.expression(0);
      this.expect("then");
      const then = this.expression(0);
      branches.push({
        when: subject === undefined ? when : { node: "binary", op: "=", left: subject, right: when, opSpan, span: when.span },
        then,
      });
    }
    const otherwise = this.eat("else") ? this.expression(0) : undefined;
    return { node: "case", branches, ...(otherwise === undefined ? {} : { otherwise }), span: join(start.span, this.expect("end").span) };
  }

  private cast(): Syntax {
    const start = this.next();
    this.expect("(");
    const operand = this.expression(0);
    this.expect("as");
    const from = this.token().span;
    let typeSpan = from;
    let type = "";
    for (let open = 0; this.token().kind !== "end" && !(open === 0 && this.isSymbol(")"));) {
      open += this.isSymbol("(") ? 1 : this.isSymbol(")") ? -1 : 0;
      const token = this.next();
      typeSpan = join(from, token.span);
      type += token.kind === "name" || token.kind === "number" || token.kind === "symbol" ? token.text : " ? ";
    }
    return { node: "cast", operand, type, typeSpan, span: join(start.span, this.expect(")").span) };
  }

  private call(): Syntax {
    const name = this.next();
    if (name.kind !== "name") throw this.unexpected();
    this.expect("(");
    if (this.word() === "distinct") throw this.later("DISTINCT", this.token().span);
    if (this.isSymbol("*")) throw this.later(`${name.text}(*)`, join(name.span, this.token().span));
    const args = this.isSymbol(")") ? [] : this.list();
    const span = join(name.span, this.expect(")").span);
    if (this.word() === "over" || this.word() === "filter") throw this.later(`${(this.word() ?? "").toUpperCase()} (…)`, this.token().span);
    return { node: "call", name: name.text, nameSpan: name.span, args, span };
  }

  private column(): Syntax {
    const path: { name: string; span: Span }[] = [];
    do {
      const token = this.next();
      if (token.kind !== "name") {
        this.at--;
        throw this.unexpected("a name");
      }
      path.push({ name: token.text, span: token.span });
    } while (this.eat("."));
    const first = path[0]?.span ?? this.token().span;
    const span = join(first, path.at(-1)?.span ?? first);
    if (path[0]?.name.toLowerCase() === "mask" && this.isSymbol("("))
      throw new Stop({ code: "expression-syntax", args: { reason: MASK }, span });
    return { node: "column", path, span };
  }
}
