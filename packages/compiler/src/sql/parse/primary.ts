/** Operands: what stands between operators. */
import type { Expr, Ident } from "../ast.js";
import { BOOLEAN, NULL } from "../types.js";
import { readCall, readSpecialCall } from "./call.js";
import { readQueryIn, startsQuery, type Cursor } from "./cursor.js";
import { SqlSyntaxError } from "./lexer.js";
import { readIntervalLiteral, readNumber, readString, readTyped } from "./literal.js";

/** `-1` is one constant. */
export function isNumberAfterMinus(cursor: Cursor): boolean {
  return cursor.isOp("-") && cursor.peek(1).kind === "number";
}

export function readPrimary(cursor: Cursor): Expr {
  let operand = readBase(cursor);
  for (let count = 0; ; count++) {
    const { start } = operand.span;
    cursor.link(count, operand.span);
    if (cursor.isOp(".") && cursor.isName(1)) {
      cursor.next();
      const name = cursor.ident();
      operand =
        operand.kind === "column"
          ? { kind: "column", path: [...operand.path, name], span: cursor.since(start) }
          : { kind: "member", operand, field: name, span: cursor.since(start) };
    } else if (cursor.eatOp("[")) {
      const index = cursor.value();
      cursor.expectOp("]");
      operand = { kind: "index", operand, index, span: cursor.since(start) };
    } else if (cursor.eatOp("::")) {
      const { type, name } = cursor.grammar.dataType(cursor);
      operand = { kind: "cast", operand, type, typeName: name, safe: false, span: cursor.since(start) };
    } else if (cursor.isOp(":") && startsPath(cursor, 1)) {
      const colon = cursor.next();
      cursor.need("a path into a variant", colon.span);
      operand = { kind: "variant-path", operand, ...readVariantPath(cursor), span: cursor.since(start) };
    } else if (cursor.isWord("COLLATE") && cursor.isName(1)) {
      cursor.next();
      const collation = cursor.path().map(({ name }) => name).join("."); // prettier-ignore
      operand = { kind: "collate", operand, collation, span: cursor.since(start) };
    } else return operand;
  }
}

const isKey = (cursor: Cursor, ahead: number): boolean =>
  cursor.isOp("[", ahead) && ["number", "string"].includes(cursor.peek(ahead + 1).kind) && cursor.isOp("]", ahead + 2);

function startsPath(cursor: Cursor, ahead: number): boolean {
  return cursor.isName(ahead) || isKey(cursor, ahead);
}

/** `a.b[0]['c d']`. */
function readVariantPath(cursor: Cursor): { readonly path: string; readonly last?: Ident } {
  let path = "$";
  let last: Ident | undefined;
  while (path === "$" ? startsPath(cursor, 0) : (cursor.isOp(".") && cursor.isName(1)) || isKey(cursor, 0)) {
    if (cursor.eatOp("[")) {
      const { kind, text, span } = cursor.next();
      cursor.expectOp("]");
      path += kind === "number" ? `[${text}]` : `['${text}']`;
      if (kind === "string") last = { name: text, span };
    } else {
      cursor.eatOp(".");
      last = cursor.ident();
      path += `.${last.name}`;
    }
  }
  return { path, ...(last && { last }) };
}

function readBase(cursor: Cursor): Expr {
  const { kind, text, span } = cursor.peek();
  if (kind === "number") return readNumber(cursor, span.start, false);
  if (kind === "string") return readString(cursor);
  if (kind === "end") return cursor.fail("an expression");
  if (kind === "op") return readSymbol(cursor, text);
  return (kind === "word" ? readKeyword(cursor, text) : undefined) ?? readNamed(cursor);
}

function readSymbol(cursor: Cursor, text: string): Expr {
  const { start } = cursor.peek().span;
  switch (text) {
    case "-":
      cursor.next();
      return readNumber(cursor, start, true);
    case "*":
      cursor.next();
      return { kind: "star", qualifier: [], except: readExcept(cursor), span: cursor.since(start) };
    case "?":
      cursor.next();
      return { kind: "parameter", span: cursor.since(start) };
    case ":":
      cursor.next();
      cursor.ident();
      return { kind: "parameter", span: cursor.since(start) };
    case "(":
      return readParentheses(cursor);
    default:
      return cursor.fail("an expression");
  }
}

export function readExcept(cursor: Cursor): readonly (readonly Ident[])[] {
  if (!cursor.isWord("EXCEPT") || !cursor.isOp("(", 1) || cursor.isWord("SELECT", 2)) return [];
  cursor.next();
  cursor.expectOp("(");
  const names = cursor.list(() => cursor.path());
  cursor.expectOp(")");
  return names;
}

function readParentheses(cursor: Cursor): Expr {
  const { start } = cursor.peek().span;
  const params = cursor.attempt(() => {
    const names = cursor.idents();
    cursor.expectOp("->");
    return names;
  });
  if (params !== undefined) return lambda(cursor, start, params);
  const query = startsQuery(cursor, 1) ? readQueryIn(cursor) : undefined;
  if (query !== undefined) return { kind: "subquery", exists: false, query, span: cursor.since(start) };
  cursor.expectOp("(");
  const items = cursor.list(() => namedValue(cursor));
  cursor.expectOp(")");
  const [only] = items;
  const span = cursor.since(start);
  if (items.length !== 1 || only === undefined) return { kind: "row", items, span };
  if (only.kind === "aliased") throw new SqlSyntaxError("an alias inside parentheses", only.alias.span);
  // Parentheses belong to what they hold: `(a).b` is a field of `a`, not a column of a table.
  return only.kind === "column" ? { kind: "column", path: only.path, span } : { ...only, span };
}

export function namedValue(cursor: Cursor): Expr {
  const value = cursor.expression();
  if (!cursor.eatWords("AS")) return value;
  const alias = cursor.ident();
  return { kind: "aliased", value, alias, span: cursor.since(value.span.start) };
}

function lambda(cursor: Cursor, start: number, params: readonly Ident[]): Expr {
  const body = cursor.expression();
  return { kind: "lambda", params, body, span: cursor.since(start) };
}

/** What begins with a keyword, where the keyword is none: undefined. */
function readKeyword(cursor: Cursor, word: string): Expr | undefined {
  const { start } = cursor.peek().span;
  switch (word) {
    case "NULL":
      cursor.next();
      return { kind: "literal", type: NULL, value: null, span: cursor.since(start) };
    case "TRUE":
    case "FALSE":
      if (cursor.isOp(".", 1) || cursor.isOp("(", 1)) return undefined;
      cursor.next();
      return { kind: "literal", type: BOOLEAN, value: word === "TRUE", span: cursor.since(start) };
    case "CASE":
      return readCase(cursor);
    case "CAST":
    case "TRY_CAST":
      return cursor.isOp("(", 1) ? readCast(cursor, word === "TRY_CAST") : undefined;
    case "EXISTS":
      return readExists(cursor);
    case "INTERVAL":
      return readIntervalLiteral(cursor);
    default:
      return readTyped(cursor) ?? readSpecialCall(cursor);
  }
}

function readExists(cursor: Cursor): Expr | undefined {
  const { start } = cursor.peek().span;
  if (!cursor.isOp("(", 1) || !startsQuery(cursor, 2)) return undefined;
  cursor.next();
  const query = readQueryIn(cursor);
  // `exists(array, x -> …)` is a function.
  return query === undefined ? undefined : { kind: "subquery", exists: true, query, span: cursor.since(start) };
}

function readCase(cursor: Cursor): Expr | undefined {
  const after = cursor.peek(1);
  if (after.kind === "op" && [",", ")", ".", "="].includes(after.text)) return undefined;
  const { start } = cursor.next().span;
  const operand = cursor.isWord("WHEN") ? undefined : cursor.expression();
  const branches = [];
  while (cursor.eatWords("WHEN")) {
    const when = cursor.expression();
    cursor.expectWord("THEN");
    branches.push({ when, then: cursor.expression() });
  }
  if (branches.length === 0) cursor.fail("WHEN");
  const otherwise = cursor.eatWords("ELSE") ? cursor.expression() : undefined;
  cursor.expectWord("END");
  return {
    kind: "case",
    ...(operand && { operand }),
    branches,
    ...(otherwise && { otherwise }),
    span: cursor.since(start),
  };
}

function readCast(cursor: Cursor, safe: boolean): Expr {
  const { start } = cursor.next().span;
  cursor.expectOp("(");
  const operand = cursor.expression();
  cursor.expectWord("AS");
  const { type, name } = cursor.grammar.dataType(cursor);
  cursor.expectOp(")");
  return { kind: "cast", operand, type, typeName: name, safe, span: cursor.since(start) };
}

/** Words that only a clause begins with: where an expression is due they are no names. */
const CLAUSES = new Set(["FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "SELECT", "WHEN", "THEN", "ELSE", "ON", "USING", "JOIN", "BETWEEN", "AND", "OR", "IN", "AS", "BY", "LATERAL"]); // prettier-ignore

function readNamed(cursor: Cursor): Expr {
  const token = cursor.peek();
  if (token.kind === "word" && CLAUSES.has(token.text) && !cursor.isOp(".", 1) && !cursor.isOp(",", 1) && !standsAlone(cursor))
    cursor.fail("an expression");
  const { start } = token.span;
  if (cursor.isOp("->", 1)) {
    const params = [cursor.ident()];
    cursor.next();
    return lambda(cursor, start, params);
  }
  const path = cursor.path();
  if (cursor.isOp(".") && cursor.isOp("*", 1)) {
    cursor.next();
    cursor.next();
    return { kind: "star", qualifier: path, except: readExcept(cursor), span: cursor.since(start) };
  }
  if (cursor.isOp("(")) return readCall(cursor, path);
  return { kind: "column", path, span: cursor.since(start) };
}

/** `SELECT order FROM t`: a name, since a clause would go on otherwise. */
function standsAlone(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(1);
  return kind === "end" || (kind === "op" && text !== "(" && text !== "*") || (kind === "word" && (text === "FROM" || text === "AS"));
}
