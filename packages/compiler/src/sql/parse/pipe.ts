/** `|>` and its operators. Each stands for a SELECT that reads what is before it; what is one SELECT without pipes is one with them. */
import type { Span } from "../../text.js";
import type { Body, Expr, GroupElement, Ident, PipeStep, Query, Relation, Select, SelectItem } from "../ast.js";
import { around, type Cursor } from "./cursor.js";
import { starOf } from "./from.js";
import { SqlSyntaxError, TOO_DEEP } from "./lexer.js";
import { readBody, readDistinct, readGroupElement, readOrganization, readSelectItem, readWindows, SETS } from "./query.js";
import { readJoin, readPivot, readSample } from "./relation.js";

/** Every operator is a level of the tree. */
const LONGEST_PIPE = 100;

export function readPipes(cursor: Cursor, first: Body): Body {
  let left = first;
  for (let count = 0; cursor.isOp("|>"); count++) {
    if (count >= LONGEST_PIPE) throw new SqlSyntaxError(TOO_DEEP, cursor.peek().span);
    cursor.next();
    left = readOperator(cursor, left);
  }
  return left;
}

function readOperator(cursor: Cursor, left: Body): Body {
  const { span: word, kind, text } = cursor.peek();
  if (kind === "word") {
    const read = OPERATORS[text];
    if (read !== undefined) {
      cursor.next();
      return read(cursor, left, word);
    }
  }
  const extended = readExtended(cursor, left, word);
  if (extended !== undefined) return extended;
  return readSet(cursor, left) ?? arranged(cursor, left, word);
}

type Read = (cursor: Cursor, left: Body, word: Span) => Body;

const OPERATORS: Readonly<Record<string, Read>> = {
  SELECT(cursor, left, word) {
    const distinct = readDistinct(cursor);
    const items = cursor.list(() => readSelectItem(cursor));
    return step(cursor, left, { items, distinct, pipe: { operator: "SELECT" }, word });
  },
  EXTEND(cursor, left, word) {
    const items = [starAt(word), ...cursor.list(() => readSelectItem(cursor))];
    return step(cursor, left, { items, pipe: { operator: "EXTEND" }, word });
  },
  SET: readAssignments,
  DROP(cursor, left, word) {
    const except = cursor.list(() => [cursor.ident()]);
    return step(cursor, left, { items: [starAt(word, { except })], pipe: { operator: "DROP" }, word });
  },
  WHERE(cursor, left, word) {
    const before = passing(left, word);
    const condition = cursor.expression();
    const where: Expr = before.where === undefined ? condition : and(before.where, condition, word);
    return { ...before, where, span: around(left, condition) };
  },
  AS(cursor, left, word) {
    const alias = cursor.ident();
    const { piped: _, ...derived } = before(left);
    const from: Relation = { ...derived, alias, span: cursor.since(left.span.start) };
    return starOf({ from: [from], lateralViews: [] }, word, cursor.since(left.span.start));
  },
  AGGREGATE: readAggregate,
};

const and = (left: Expr, right: Expr, opSpan: Span): Expr => ({
  kind: "binary",
  op: "and",
  opSpan,
  left,
  right,
  span: around(left, right),
});

function starAt(span: Span, more: Partial<Extract<Expr, { readonly kind: "star" }>> = {}): SelectItem {
  return { value: { kind: "star", qualifier: [], except: [], span, ...more } };
}

/** What is before a pipe as something to read. */
function before(left: Body): Extract<Relation, { readonly kind: "derived" }> {
  const { span } = left;
  const query: Query =
    left.kind === "query" ? left.query : { ctes: [], recursive: false, body: left, orderBy: [], orderByAll: false, arrangedBy: [], span };
  return { kind: "derived", query, columns: [], lateral: false, piped: true, span };
}

/** A SELECT that passes everything on, to put a clause into. */
function passing(left: Body, word: Span): Select {
  if (left.kind === "select" && left.pipe?.operator === "from") return left;
  return starOf({ from: [before(left)], lateralViews: [] }, word, left.span);
}

interface Step {
  readonly items: readonly SelectItem[];
  readonly distinct?: boolean;
  readonly groupBy?: Select["groupBy"];
  readonly pipe: PipeStep;
  readonly word: Span;
}

function step(cursor: Cursor, left: Body, { word, groupBy, ...given }: Step): Select {
  const windows = cursor.isWord("WINDOW") && given.pipe.operator !== "DROP" ? readWindows(cursor) : [];
  return { ...passing(left, word), ...given, ...(groupBy && { groupBy }), windows, span: cursor.since(left.span.start) };
}

/** `SET a = 1, b = a`: one after the other. */
function readAssignments(cursor: Cursor, left: Body, word: Span): Body {
  const assignments = cursor.list((): { readonly name: Ident; readonly value: Expr } => {
    const name = cursor.ident();
    if (cursor.isOp(".")) cursor.fail("`=`: SET takes a column, not a field of one or one with its table");
    if (!cursor.eatOp("=") && !cursor.eatOp("==")) cursor.fail("`=`");
    return { name, value: cursor.expression() };
  });
  const windows = cursor.isWord("WINDOW") ? readWindows(cursor) : [];
  let found = left;
  for (const replaced of assignments) {
    const items = [starAt(word, { replaced })];
    found = { ...passing(found, word), items, windows, pipe: { operator: "SET" }, span: around(left, replaced.value) };
  }
  return found;
}

/** `AGGREGATE sum(a) AS b GROUP BY c AS d` gives `d` and `b`. */
function readAggregate(cursor: Cursor, left: Body, word: Span): Body {
  const isEnd = cursor.peek().kind === "end" || cursor.isOp("|>") || cursor.isOp(")");
  if (isEnd) cursor.fail("an aggregate or GROUP BY");
  const items = cursor.isWords("GROUP", "BY") ? [] : cursor.list(() => readSelectItem(cursor));
  const { start } = cursor.peek().span;
  if (!cursor.eatWords("GROUP", "BY")) return step(cursor, left, { items, pipe: { operator: "AGGREGATE", keys: 0 }, word });
  const keys: SelectItem[] = [];
  const elements = cursor.list((): GroupElement => {
    const sets = readGroupElement(cursor);
    if (sets.kind !== "expression") return sets;
    keys.push(named(cursor, sets.value));
    return sets;
  });
  refuseSets(cursor, elements, start);
  const groupBy = { all: false, elements, span: cursor.since(start) };
  return step(cursor, left, { items: [...keys, ...items], groupBy, pipe: { operator: "AGGREGATE", keys: keys.length }, word });
}

function named(cursor: Cursor, value: Expr): SelectItem {
  const has =
    cursor.eatWords("AS") ||
    (cursor.isName() && !["WITH", "GROUPING", "WINDOW", ...Object.keys(SETS), ...ARRANGED].some((word) => cursor.isWord(word)));
  return has ? { value, alias: cursor.ident() } : { value };
}

const ARRANGED = ["ORDER", "SORT", "DISTRIBUTE", "CLUSTER", "LIMIT", "OFFSET"];

/** Spark takes plain keys alone after a pipe. */
function refuseSets(cursor: Cursor, elements: readonly GroupElement[], start: number): void {
  const later = ["ROLLUP", "CUBE"].some((word) => cursor.isWords("WITH", word)) || cursor.isWords("GROUPING", "SETS");
  const all = elements.some(
    (one) =>
      one.kind === "expression" &&
      one.value.kind === "column" &&
      one.value.path.length === 1 &&
      one.value.path[0]?.name.toUpperCase() === "ALL",
  );
  if (later || all || elements.some(({ kind }) => kind !== "expression"))
    throw new SqlSyntaxError("after `|> AGGREGATE`, GROUP BY takes no ALL, ROLLUP, CUBE or GROUPING SETS", cursor.since(start));
}

/** Joins, PIVOT and TABLESAMPLE go on with what is before them. */
function readExtended(cursor: Cursor, left: Body, word: Span): Body | undefined {
  const [only, ...others] = left.kind === "select" && isPlain(left) ? left.from : [];
  const input = only !== undefined && others.length === 0 ? only : before(left);
  const found = readJoin(cursor, input) ?? readPivot(cursor, input);
  if (found !== undefined) return starOf({ from: [found], lateralViews: [] }, word, cursor.since(left.span.start));
  const sample = readSample(cursor);
  if (sample === undefined) return undefined;
  const span = cursor.since(left.span.start);
  return starOf({ from: [{ ...before(left), sample, span }], lateralViews: [] }, word, span);
}

function isPlain(select: Select): boolean {
  return select.pipe?.operator === "from" && select.where === undefined && select.lateralViews.length === 0;
}

function readSet(cursor: Cursor, left: Body): Body | undefined {
  const word = cursor.eatOneOf(Object.keys(SETS)) as keyof typeof SETS | undefined;
  if (word === undefined) return undefined;
  const all = cursor.eatWords("ALL");
  if (!all) cursor.eatWords("DISTINCT");
  const right = readBody(cursor);
  return { kind: "set", op: SETS[word], all, left, right, span: around(left, right) };
}

/** ORDER BY, LIMIT and the like: one of them. Nothing at all changes nothing. */
function arranged(cursor: Cursor, left: Body, word: Span): Body {
  const isEnd = cursor.peek().kind === "end" || cursor.isOp("|>") || cursor.isOp(")") || cursor.isOp(";");
  if (isEnd) return left;
  const first = ARRANGED.find((one) => cursor.isWord(one));
  if (first === undefined)
    cursor.fail("an operator such as WHERE, SELECT, EXTEND, SET, DROP, AS, JOIN, AGGREGATE, ORDER BY, LIMIT or UNION");
  const organization = readOrganization(cursor);
  const { orderBy, orderByAll, arrangedBy, limit, offset } = organization;
  const sorts = orderBy.length > 0 || orderByAll || arrangedBy.length > 0;
  if (sorts && (limit !== undefined || offset !== undefined))
    throw new SqlSyntaxError("after `|>` stands one clause: write `|> LIMIT …` after the ORDER BY", cursor.since(word.start));
  const span = cursor.since(left.span.start);
  const query: Query = { ctes: [], recursive: false, body: passing(left, word), ...organization, span };
  return { kind: "query", query, span };
}
