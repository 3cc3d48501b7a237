/** What stands in FROM. */
import type { Span } from "../../text.js";
import type { Aliased, Ident, JoinType, Relation, Sample } from "../ast.js";
import { readCall } from "./call.js";
import { startsQuery, type Cursor } from "./cursor.js";
import { SqlSyntaxError } from "./lexer.js";

/** Words that go on after a relation: no alias without AS. */
const AFTER_RELATION = new Set(["ANTI", "CROSS", "EXCEPT", "FULL", "INNER", "INTERSECT", "JOIN", "LATERAL", "LEFT", "MINUS", "NATURAL", "ON", "RIGHT", "SEMI", "SETMINUS", "UNION", "USING", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "WINDOW", "CLUSTER", "DISTRIBUTE", "SORT", "PIVOT", "UNPIVOT", "TABLESAMPLE", "SELECT", "FOR", "AS"]); // prettier-ignore

/** Where nothing follows, Spark takes these for an alias. */
const CLAUSE = new Set(["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "WINDOW", "CLUSTER", "DISTRIBUTE", "SORT"]);

export function isAliasHere(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek();
  if (kind === "word" && CLAUSE.has(text) && (cursor.peek(1).kind === "end" || cursor.isOp("|>", 1))) return true;
  return kind === "quoted" || (kind === "word" && !AFTER_RELATION.has(text));
}

export function readRelation(cursor: Cursor): Relation {
  let left = readPrimaryRelation(cursor, cursor.eatWords("LATERAL"));
  for (let count = 0; ; count++) {
    const { span } = cursor.peek();
    const next = readPivot(cursor, left) ?? readJoin(cursor, left);
    if (next === undefined) return left;
    cursor.link(count, span);
    left = next;
  }
}

export function readJoin(cursor: Cursor, left: Relation): Relation | undefined {
  const natural = cursor.isWord("NATURAL");
  const type = joinType(cursor);
  if (type === undefined) return undefined;
  const right = readPrimaryRelation(cursor, cursor.eatWords("LATERAL"));
  const on = !natural && cursor.eatWords("ON") ? cursor.expression() : undefined;
  const using = !natural && on === undefined && cursor.eatWords("USING") ? cursor.idents() : undefined;
  return {
    kind: "join",
    type,
    natural,
    left,
    right,
    ...(on && { on }),
    ...(using && { using }),
    span: cursor.since(left.span.start),
  };
}

const JOINS: readonly (readonly [readonly string[], JoinType])[] = [
  [["INNER", "JOIN"], "inner"],
  [["JOIN"], "inner"],
  [["CROSS", "JOIN"], "cross"],
  [["LEFT", "OUTER", "JOIN"], "left"],
  [["LEFT", "SEMI", "JOIN"], "semi"],
  [["LEFT", "ANTI", "JOIN"], "anti"],
  [["LEFT", "JOIN"], "left"],
  [["RIGHT", "OUTER", "JOIN"], "right"],
  [["RIGHT", "JOIN"], "right"],
  [["FULL", "OUTER", "JOIN"], "full"],
  [["FULL", "JOIN"], "full"],
  [["SEMI", "JOIN"], "semi"],
  [["ANTI", "JOIN"], "anti"],
];

/** The words before a joined relation. */
function joinType(cursor: Cursor): JoinType | undefined {
  for (const [words, type] of JOINS) if (cursor.eatWords(...words) || cursor.eatWords("NATURAL", ...words)) return type;
  return undefined;
}

function readAlias(cursor: Cursor): Aliased {
  const sample = readSample(cursor);
  const sampled = sample && { sample };
  const named = cursor.eatWords("AS") || isAliasHere(cursor);
  if (!named) return { ...sampled, columns: [] };
  const alias = cursor.ident();
  return { ...sampled, alias, columns: cursor.isOp("(") ? cursor.idents() : [] };
}

export function readSample(cursor: Cursor): Sample | undefined {
  const { start } = cursor.peek().span;
  if (!cursor.eatWords("TABLESAMPLE")) return undefined;
  cursor.expectOp("(");
  const { kind, text: share } = cursor.peek();
  if (kind === "number" && cursor.isWord("PERCENT", 1) && !(Number(share) <= 100)) cursor.fail("at most 100 PERCENT");
  let rows = false;
  for (let depth = 1; depth > 0;) {
    const { kind: found, text } = cursor.next();
    if (found === "end") cursor.fail("`)`");
    if (found === "op") depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    if (found === "word") rows = text === "ROWS";
  }
  if (cursor.eatWords("REPEATABLE")) {
    cursor.expectOp("(");
    cursor.expression();
    cursor.expectOp(")");
  }
  return { rows, span: cursor.since(start) };
}

/** `VERSION AS OF 3`, `FOR TIMESTAMP AS OF '…'`. */
function readVersion(cursor: Cursor): Span | undefined {
  const { start } = cursor.peek().span;
  const ahead = cursor.isWord("FOR") ? 1 : 0;
  const word = ["VERSION", "SYSTEM_VERSION", "TIMESTAMP", "SYSTEM_TIME"].find((name) => cursor.isWord(name, ahead));
  if (word === undefined || !cursor.isWord("AS", ahead + 1) || !cursor.isWord("OF", ahead + 2)) return undefined;
  for (let i = 0; i < ahead + 3; i++) cursor.next();
  cursor.value();
  return cursor.since(start);
}

function readPrimaryRelation(cursor: Cursor, lateral: boolean): Relation {
  const { start } = cursor.peek().span;
  if (cursor.isOp("(")) return readParenthesized(cursor, lateral);
  if (cursor.isWord("VALUES") && !isEndOfRelation(cursor, 1)) {
    cursor.next();
    const rows = cursor.list(() => cursor.expression());
    const span = cursor.since(start);
    const query = {
      ctes: [],
      recursive: false,
      body: { kind: "values" as const, rows, span },
      orderBy: [],
      orderByAll: false,
      arrangedBy: [],
      span,
    };
    return { kind: "derived", query, lateral, ...readAlias(cursor), span: cursor.since(start) };
  }
  if (!isAliasHere(cursor) && !cursor.isOp(".", 1)) cursor.fail("a table");
  const name = cursor.path();
  if (cursor.isOp("(")) {
    const call = readCall(cursor, name);
    return { kind: "table-function", call, lateral, ...readAlias(cursor), span: cursor.since(start) };
  }
  const version = readVersion(cursor);
  return { kind: "table-ref", name, ...(version && { version }), ...readAlias(cursor), span: cursor.since(start) };
}

function isEndOfRelation(cursor: Cursor, ahead: number): boolean {
  const { kind, text } = cursor.peek(ahead);
  return kind === "end" || (kind === "op" && text !== "(") || (kind === "word" && AFTER_RELATION.has(text));
}

function readParenthesized(cursor: Cursor, lateral: boolean): Relation {
  const { start } = cursor.peek().span;
  const query = (): Relation => {
    cursor.expectOp("(");
    const found = cursor.query();
    cursor.expectOp(")");
    return { kind: "derived", query: found, lateral, ...readAlias(cursor), span: cursor.since(start) };
  };
  // `((SELECT 1) JOIN t)` begins like a query and is none.
  if (startsQuery(cursor, 1)) {
    const found = cursor.isOp("(", 1) ? cursor.attempt(query) : query();
    if (found !== undefined) return found;
  }
  cursor.expectOp("(");
  const relation = cursor.relation();
  cursor.expectOp(")");
  return { kind: "nested", relation, ...readAlias(cursor), span: cursor.since(start) };
}

export function readPivot(cursor: Cursor, input: Relation): Relation | undefined {
  if (cursor.isWord("PIVOT") && cursor.isOp("(", 1)) return readPivotClause(cursor, input);
  if (!cursor.isWord("UNPIVOT")) return undefined;
  return readUnpivotClause(cursor, input);
}

function readPivotClause(cursor: Cursor, input: Relation): Relation {
  cursor.next();
  cursor.expectOp("(");
  const aggregates = cursor.list(() => cursor.grammar.selectItem(cursor));
  cursor.expectWord("FOR");
  const columns = cursor.isOp("(") ? cursor.idents() : [cursor.ident()];
  cursor.expectWord("IN");
  cursor.expectOp("(");
  const values = cursor.list(() => cursor.grammar.selectItem(cursor));
  cursor.expectOp(")");
  cursor.expectOp(")");
  const pivot: Relation = { kind: "pivot", input, aggregates, columns, values, span: cursor.since(input.span.start) };
  return aliasedWhole(cursor, pivot);
}

/** An alias after PIVOT names the whole. */
function aliasedWhole(cursor: Cursor, relation: Relation): Relation {
  const alias = readAlias(cursor);
  return alias.alias === undefined && alias.sample === undefined
    ? relation
    : { kind: "nested", relation, ...alias, span: cursor.since(relation.span.start) };
}

function readUnpivotClause(cursor: Cursor, input: Relation): Relation {
  cursor.next();
  const includeNulls = cursor.eatWords("INCLUDE", "NULLS");
  if (!includeNulls) cursor.eatWords("EXCLUDE", "NULLS");
  cursor.expectOp("(");
  const many = cursor.isOp("(");
  const values = many ? cursor.idents() : [cursor.ident()];
  cursor.expectWord("FOR");
  const name = cursor.ident();
  cursor.expectWord("IN");
  cursor.expectOp("(");
  const sets = cursor.list(() => {
    const columns = many ? paths(cursor) : [cursor.path()];
    const alias = unpivotAlias(cursor);
    return { columns, ...(alias && { alias }) };
  });
  cursor.expectOp(")");
  cursor.expectOp(")");
  const { span } = cursor.peek();
  for (const { columns } of sets) if (columns.length !== values.length) throw new SqlSyntaxError("as many columns as values", span);
  return aliasedWhole(cursor, { kind: "unpivot", input, includeNulls, values, name, sets, span: cursor.since(input.span.start) });
}

function paths(cursor: Cursor): readonly (readonly Ident[])[] {
  cursor.expectOp("(");
  const found = cursor.list(() => cursor.path());
  cursor.expectOp(")");
  return found;
}

function unpivotAlias(cursor: Cursor): Ident | undefined {
  return cursor.eatWords("AS") || cursor.isName() ? cursor.ident() : undefined;
}
