/** Operators by Spark's precedence; the operands are in `primary.ts`. */
import type { BinaryOp, Expr } from "../ast.js";
import { around, readQueryIn, startsQuery, type Cursor } from "./cursor.js";
import { isNumberAfterMinus, readPrimary } from "./primary.js";
import { SqlSyntaxError } from "./lexer.js";

export function readExpression(cursor: Cursor): Expr {
  return readOr(cursor);
}

function chain(cursor: Cursor, operand: (cursor: Cursor) => Expr, operator: (cursor: Cursor) => BinaryOp | undefined): Expr {
  let left = operand(cursor);
  for (let count = 0; ; count++) {
    const opSpan = cursor.peek().span;
    const op = operator(cursor);
    if (op === undefined) return left;
    cursor.link(count, opSpan);
    const right = operand(cursor);
    left = { kind: "binary", op, opSpan, left, right, span: around(left, right) };
  }
}

function readOr(cursor: Cursor): Expr {
  return chain(cursor, readAnd, (at) => (at.eatWords("OR") ? "or" : undefined));
}
function readAnd(cursor: Cursor): Expr {
  return chain(cursor, readNot, (at) => (at.eatWords("AND") ? "and" : undefined));
}

function readNot(cursor: Cursor): Expr {
  const { span } = cursor.peek();
  const negates = cursor.isOp("!") || (cursor.isWord("NOT") && !endsName(cursor));
  if (!negates) return readPredicate(cursor);
  cursor.next();
  const operand = cursor.nested(() => readNot(cursor));
  return { kind: "unary", op: "not", operand, span: around({ span }, operand) };
}

/** A word that stands alone is a name, whatever it means elsewhere. */
function endsName(cursor: Cursor): boolean {
  const after = cursor.peek(1);
  return after.kind === "end" || (after.kind === "op" && [",", ")", "."].includes(after.text));
}

function readPredicate(cursor: Cursor): Expr {
  const operand = readValue(cursor);
  const negated = (cursor.isWord("NOT") || cursor.isOp("!")) && isPredicateWord(cursor, 1);
  if (negated) cursor.next();
  const { start } = operand.span;
  if (cursor.eatWords("BETWEEN")) {
    const low = cursor.value();
    cursor.expectWord("AND");
    const high = cursor.value();
    return { kind: "between", negated, operand, low, high, span: cursor.since(start) };
  }
  if (cursor.isWord("IN") && cursor.isOp("(", 1)) return readIn(cursor, operand, negated);
  const like = cursor.eatOneOf(["LIKE", "ILIKE", "RLIKE", "REGEXP"]);
  if (like !== undefined) return readLike(cursor, operand, negated, like);
  if (cursor.eatWords("IS")) return readIs(cursor, operand);
  return operand;
}

function isPredicateWord(cursor: Cursor, ahead: number): boolean {
  return ["BETWEEN", "IN", "LIKE", "ILIKE", "RLIKE", "REGEXP"].some((word) => cursor.isWord(word, ahead));
}

function readIn(cursor: Cursor, operand: Expr, negated: boolean): Expr {
  cursor.next();
  if (startsQuery(cursor, 1)) {
    const query = readQueryIn(cursor);
    if (query !== undefined) return { kind: "in-query", negated, operand, query, span: cursor.since(operand.span.start) };
  }
  cursor.expectOp("(");
  const items = cursor.list(() => cursor.expression());
  cursor.expectOp(")");
  return { kind: "in-list", negated, operand, items, span: cursor.since(operand.span.start) };
}

function readLike(cursor: Cursor, operand: Expr, negated: boolean, word: string): Expr {
  const op = word === "LIKE" ? "like" : word === "ILIKE" ? "ilike" : "rlike";
  const { start } = operand.span;
  const many = op === "rlike" ? undefined : cursor.eatOneOf(["ANY", "SOME", "ALL"]);
  if (many !== undefined) {
    cursor.expectOp("(");
    const patterns = cursor.list(() => cursor.expression());
    cursor.expectOp(")");
    return { kind: "like", negated, op, operand, patterns, quantifier: many === "ALL" ? "all" : "any", span: cursor.since(start) };
  }
  const patterns = [cursor.value()];
  if (op === "rlike" || !cursor.eatWords("ESCAPE")) return { kind: "like", negated, op, operand, patterns, span: cursor.since(start) };
  const escape = cursor.next();
  if (escape.kind !== "string" || [...escape.text].length !== 1) throw new SqlSyntaxError("ESCAPE takes one character", escape.span);
  return { kind: "like", negated, op, operand, patterns, escape: escape.text, span: cursor.since(start) };
}

function readIs(cursor: Cursor, operand: Expr): Expr {
  const negated = cursor.eatWords("NOT") || cursor.eatOp("!");
  const { start } = operand.span;
  if (cursor.eatWords("DISTINCT", "FROM")) {
    const other = cursor.value();
    return { kind: "is", negated, operand, test: { distinctFrom: other }, span: cursor.since(start) };
  }
  const test = cursor.eatOneOf(["NULL", "TRUE", "FALSE", "UNKNOWN"]) ?? cursor.fail("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
  return { kind: "is", negated, operand, test: test.toLowerCase() as "null" | "true" | "false" | "unknown", span: cursor.since(start) };
}

/** From what binds least to what binds most. */
const LEVELS: readonly Readonly<Record<string, BinaryOp>>[] = [
  { "=": "=", "==": "=", "<=>": "<=>", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" },
  { "|": "|" },
  { "^": "^" },
  { "&": "&" },
  { "<<": "<<", ">>": ">>", ">>>": ">>>" },
  { "+": "+", "-": "-", "||": "||" },
  { "*": "*", "/": "/", "%": "%", DIV: "div" },
];

export function readValue(cursor: Cursor): Expr {
  return readLevel(cursor, 0);
}

function readLevel(cursor: Cursor, level: number): Expr {
  const operators = LEVELS[level];
  if (operators === undefined) return readUnary(cursor);
  return chain(
    cursor,
    (at) => readLevel(at, level + 1),
    (at) => {
      const { kind, text } = at.peek();
      const op = kind === "op" || kind === "word" ? operators[text] : undefined;
      if (op !== undefined) at.next();
      return op;
    },
  );
}

function readUnary(cursor: Cursor): Expr {
  const { span, kind, text } = cursor.peek();
  if (kind !== "op" || !["-", "+", "~"].includes(text) || isNumberAfterMinus(cursor)) return readPrimary(cursor);
  cursor.next();
  const operand = cursor.nested(() => readUnary(cursor));
  return { kind: "unary", op: text as "-" | "+" | "~", operand, span: around({ span }, operand) };
}
