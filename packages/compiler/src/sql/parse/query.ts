/** Queries: WITH, set operations, SELECT and what arranges their rows. */
import type {
  Body,
  Cte,
  Expr,
  GroupBy,
  GroupElement,
  Ident,
  LateralView,
  Query,
  Relation,
  Select,
  SelectItem,
  SortItem,
  WindowRef,
} from "../ast.js";
import { readCall, readWindow } from "./call.js";
import { around, type Cursor } from "./cursor.js";
import { starOf, type From } from "./from.js";
import { isAliasHere } from "./relation.js";

export function readQuery(cursor: Cursor): Query {
  const { start } = cursor.peek().span;
  const withs = cursor.isWord("WITH") ? readWith(cursor) : { ctes: [], recursive: false };
  const body = readPiped(cursor);
  const more = readOrganization(cursor);
  return { ...withs, body, ...more, span: cursor.since(start) };
}

function readWith(cursor: Cursor): { readonly ctes: readonly Cte[]; readonly recursive: boolean } {
  cursor.next();
  const recursive = cursor.isWord("RECURSIVE") && cursor.isName(1) && !cursor.isWord("AS", 1) && cursor.next().text !== "";
  const ctes = cursor.list((): Cte => {
    const name = cursor.ident();
    const columns = cursor.isOp("(") && cursor.isName(1) && (cursor.isOp(",", 2) || cursor.isOp(")", 2)) ? cursor.idents() : [];
    const { start } = cursor.peek().span;
    if (cursor.eatWords("MAX")) {
      cursor.expectWord("RECURSION", "LEVEL");
      cursor.need("`MAX RECURSION LEVEL`", cursor.since(start));
      cursor.expression();
    }
    cursor.eatWords("AS");
    cursor.expectOp("(");
    const query = cursor.query();
    cursor.expectOp(")");
    return { name, columns, query };
  });
  return { ctes, recursive };
}

export type Organization = Pick<Query, "orderBy" | "orderByAll" | "arrangedBy" | "limit" | "offset">;

export function readOrganization(cursor: Cursor): Organization {
  let orderBy: readonly SortItem[] = [];
  let orderByAll = false;
  const arrangedBy: Expr[] = [];
  if (cursor.eatWords("ORDER", "BY")) orderBy = cursor.list(() => readSortItem(cursor));
  const [only] = orderBy;
  if (
    orderBy.length === 1 &&
    only?.value.kind === "column" &&
    only.value.path.length === 1 &&
    only.value.path[0]?.name.toUpperCase() === "ALL"
  ) {
    orderByAll = true;
    orderBy = [];
  }
  if (cursor.eatWords("CLUSTER", "BY")) arrangedBy.push(...cursor.list(() => cursor.expression()));
  if (cursor.eatWords("DISTRIBUTE", "BY")) arrangedBy.push(...cursor.list(() => cursor.expression()));
  if (cursor.eatWords("SORT", "BY")) arrangedBy.push(...cursor.list(() => readSortItem(cursor).value));
  const limit = cursor.eatWords("LIMIT") && !cursor.eatWords("ALL") ? cursor.expression() : undefined;
  const offset = cursor.eatWords("OFFSET") ? cursor.expression() : undefined;
  return { orderBy, orderByAll, arrangedBy, ...(limit && { limit }), ...(offset && { offset }) };
}

export function readSortItem(cursor: Cursor): SortItem {
  const value = cursor.expression();
  const direction = cursor.eatOneOf(["ASC", "DESC"]);
  const nulls = cursor.eatWords("NULLS") ? (cursor.eatOneOf(["FIRST", "LAST"]) ?? cursor.fail("FIRST or LAST")) : undefined;
  return {
    value,
    ...(direction && { direction: direction === "ASC" ? "asc" : "desc" }),
    ...(nulls && { nulls: nulls === "FIRST" ? "first" : "last" }),
  };
}

/** Set operations bind more than pipes, and may go on behind them. */
function readPiped(cursor: Cursor): Body {
  let left = readUnion(cursor);
  while (cursor.isOp("|>")) left = readUnion(cursor, cursor.grammar.pipes(cursor, left));
  return left;
}

const UNIONS = { UNION: "union", EXCEPT: "except", MINUS: "except", SETMINUS: "except" } as const;
const INTERSECTS = { INTERSECT: "intersect" } as const;
/** The words of all set operations. */
export const SETS = { ...UNIONS, ...INTERSECTS } as const;

function readSets(
  cursor: Cursor,
  first: Body,
  operand: (cursor: Cursor) => Body,
  words: Readonly<Record<string, "union" | "intersect" | "except">>,
): Body {
  let left = first;
  for (let count = 0; ; count++) {
    const { span } = cursor.peek();
    const word = cursor.eatOneOf(Object.keys(words));
    const op = word === undefined ? undefined : words[word];
    if (op === undefined) return left;
    cursor.link(count, span);
    const all = cursor.eatWords("ALL");
    if (!all) cursor.eatWords("DISTINCT");
    const right = operand(cursor);
    left = { kind: "set", op, all, left, right, span: around(left, right) };
  }
}
function readUnion(cursor: Cursor, first?: Body): Body {
  return readSets(cursor, readIntersect(cursor, first), readIntersect, UNIONS);
}
function readIntersect(cursor: Cursor, first?: Body): Body {
  return readSets(cursor, first ?? readBody(cursor), readBody, INTERSECTS);
}

export function readBody(cursor: Cursor): Body {
  const { start } = cursor.peek().span;
  if (cursor.isWord("SELECT")) return readSelect(cursor, undefined);
  if (cursor.isWord("FROM")) return readFromFirst(cursor);
  if (cursor.eatWords("VALUES")) {
    const rows = cursor.list(() => cursor.expression());
    return valuesBody(cursor, rows, start);
  }
  if (cursor.eatWords("TABLE")) return { kind: "table", name: cursor.path(), span: cursor.since(start) };
  if (!cursor.isOp("(")) return cursor.fail("SELECT");
  cursor.next();
  const query = cursor.query();
  cursor.expectOp(")");
  return { kind: "query", query, span: cursor.since(start) };
}

/** `VALUES (1, 2) AS t (a, b)` is a relation. */
function valuesBody(cursor: Cursor, rows: readonly Expr[], start: number): Body {
  const values: Body = { kind: "values", rows, span: cursor.since(start) };
  if (!cursor.isWord("AS") && !isAliasHere(cursor)) return values;
  cursor.eatWords("AS");
  const alias = cursor.ident();
  const columns = cursor.isOp("(") ? cursor.idents() : [];
  const { span } = values;
  const query: Query = { ctes: [], recursive: false, body: values, orderBy: [], orderByAll: false, arrangedBy: [], span };
  const relation: Relation = { kind: "derived", query, alias, columns, lateral: false, span: cursor.since(start) };
  const star: SelectItem = { value: { kind: "star", qualifier: [], except: [], span } };
  return { kind: "select", distinct: false, items: [star], from: [relation], lateralViews: [], windows: [], span: cursor.since(start) };
}

function readFrom(cursor: Cursor): From {
  const from = cursor.eatWords("FROM") ? cursor.list(() => cursor.relation()) : [];
  const lateralViews: LateralView[] = [];
  while (cursor.isWords("LATERAL", "VIEW")) lateralViews.push(readLateralView(cursor));
  return { from, lateralViews };
}

/** `FROM t SELECT a`, or `FROM t` alone, which gives all that there is. */
function readFromFirst(cursor: Cursor): Body {
  const { span: word } = cursor.peek();
  const from = readFrom(cursor);
  if (cursor.isWord("SELECT")) {
    let found: Body = readSelect(cursor, from);
    // Several SELECTs of one FROM are one below the other.
    while (cursor.isWord("SELECT")) {
      const right = readSelect(cursor, from);
      found = { kind: "set", op: "union", all: true, left: found, right, span: around(found, right) };
    }
    return found;
  }
  if (cursor.isWord("WHERE")) cursor.fail("SELECT or `|>`");
  return starOf(from, word, cursor.since(word.start));
}

function readSelect(cursor: Cursor, given: From | undefined): Select {
  const { start } = cursor.next().span;
  const distinct = readDistinct(cursor);
  const items = cursor.list(() => readSelectItem(cursor));
  const found = given ?? readFrom(cursor);
  const views: LateralView[] = [...found.lateralViews];
  while (cursor.isWords("LATERAL", "VIEW")) views.push(readLateralView(cursor));
  const where = cursor.eatWords("WHERE") ? cursor.expression() : undefined;
  const groupBy = cursor.isWords("GROUP", "BY") ? readGroupBy(cursor) : undefined;
  const having = cursor.eatWords("HAVING") ? cursor.expression() : undefined;
  const windows = cursor.isWord("WINDOW") ? readWindows(cursor) : [];
  return {
    kind: "select",
    distinct,
    items,
    from: found.from,
    lateralViews: views,
    ...(where && { where }),
    ...(groupBy && { groupBy }),
    ...(having && { having }),
    windows,
    span: cursor.since(start),
  };
}

export function readDistinct(cursor: Cursor): boolean {
  const after = cursor.peek(1);
  if (after.kind === "op" && [",", ")", "."].includes(after.text)) return false;
  if (cursor.isWord("FROM", 1) || after.kind === "end") return false;
  if (cursor.eatWords("DISTINCT")) return true;
  cursor.eatWords("ALL");
  return false;
}

/** Words that go on after an item: no alias without AS. */
const AFTER_ITEM = new Set(["FROM", "SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "INTERSECT", "EXCEPT", "MINUS", "SETMINUS", "WINDOW", "LATERAL", "CLUSTER", "DISTRIBUTE", "SORT", "FOR", "IN", "PIVOT", "AND", "OR", "NOT", "ON", "USING", "BETWEEN", "LIKE", "IS", "THEN", "ELSE", "WHEN", "END"]); // prettier-ignore

export function readSelectItem(cursor: Cursor): SelectItem {
  const value = cursor.expression();
  if (cursor.eatWords("AS")) return cursor.isOp("(") ? { value, aliases: cursor.idents() } : { value, alias: cursor.ident() };
  const { kind, text } = cursor.peek();
  if (kind === "quoted" || (kind === "word" && !AFTER_ITEM.has(text))) return { value, alias: cursor.ident() };
  return { value };
}

function readLateralView(cursor: Cursor): LateralView {
  cursor.next();
  cursor.next();
  const outer = cursor.eatWords("OUTER");
  const call = readCall(cursor, cursor.path());
  const table: Ident = cursor.ident();
  const named = cursor.eatWords("AS") || isAliasHere(cursor);
  return { outer, call, table, columns: named ? cursor.list(() => cursor.ident()) : [] };
}

export function readWindows(cursor: Cursor): Select["windows"] {
  cursor.next();
  return cursor.list(() => {
    const name = cursor.ident();
    cursor.expectWord("AS");
    const spec: WindowRef = readWindow(cursor);
    return { name, spec };
  });
}

function readGroupBy(cursor: Cursor): GroupBy {
  const { start } = cursor.next().span;
  cursor.next();
  if (cursor.isWord("ALL") && !cursor.isOp(",", 1) && !cursor.isOp(".", 1)) {
    cursor.next();
    return { all: true, elements: [], span: cursor.since(start) };
  }
  const elements = cursor.list(() => readGroupElement(cursor));
  return { all: false, elements: groupedBy(cursor, elements), span: cursor.since(start) };
}

/** The older forms: `GROUP BY a, b WITH ROLLUP`, `GROUP BY a, b GROUPING SETS (…)`. */
function groupedBy(cursor: Cursor, elements: readonly GroupElement[]): readonly GroupElement[] {
  const plain = elements.flatMap((element) => (element.kind === "expression" ? [element.value] : []));
  if (cursor.isWords("WITH", "ROLLUP") || cursor.isWords("WITH", "CUBE")) {
    cursor.next();
    const kind = cursor.next().text === "ROLLUP" ? "rollup" : "cube";
    return [{ kind, sets: plain.map((value) => [value]) }];
  }
  return cursor.isWords("GROUPING", "SETS") ? [readGroupElement(cursor)] : elements;
}

export function readGroupElement(cursor: Cursor): GroupElement {
  const sets = (): readonly (readonly Expr[])[] => {
    cursor.expectOp("(");
    const found = cursor.list(() => readGroupingSet(cursor));
    cursor.expectOp(")");
    return found;
  };
  if ((cursor.isWord("ROLLUP") || cursor.isWord("CUBE")) && cursor.isOp("(", 1)) {
    const kind = cursor.next().text === "ROLLUP" ? "rollup" : "cube";
    return { kind, sets: sets() };
  }
  if (!cursor.eatWords("GROUPING", "SETS")) return { kind: "expression", value: cursor.expression() };
  cursor.expectOp("(");
  const inner = cursor.list((): GroupElement | readonly Expr[] =>
    ((cursor.isWord("ROLLUP") || cursor.isWord("CUBE")) && cursor.isOp("(", 1)) || cursor.isWords("GROUPING", "SETS")
      ? readGroupElement(cursor)
      : readGroupingSet(cursor),
  );
  cursor.expectOp(")");
  const isElement = (one: GroupElement | readonly Expr[]): one is GroupElement => "kind" in one;
  return { kind: "sets", elements: inner.filter(isElement), sets: inner.flatMap((one) => (isElement(one) ? [] : [one])) };
}

function readGroupingSet(cursor: Cursor): readonly Expr[] {
  if (!cursor.isOp("(")) return [cursor.expression()];
  const listed = cursor.attempt(() => {
    cursor.expectOp("(");
    const values = cursor.isOp(")") ? [] : cursor.list(() => cursor.expression());
    cursor.expectOp(")");
    return cursor.isOp(",") || cursor.isOp(")") ? values : cursor.fail("`,`");
  });
  return listed ?? [cursor.expression()];
}
