/** Calls of functions, those with a syntax of their own, and windows. */
import type { CallArg, CallExpr, Expr, Frame, FrameBound, Ident, SortItem, WindowRef, WindowSpec } from "../ast.js";
import { STRING } from "../types.js";
import type { Cursor } from "./cursor.js";
import { SqlSyntaxError } from "./lexer.js";

export function readCall(cursor: Cursor, name: readonly Ident[]): CallExpr {
  const start = name[0]?.span.start ?? 0;
  cursor.expectOp("(");
  const distinct = isQuantifier(cursor) && cursor.next().text === "DISTINCT";
  const isStruct = name.length === 1 && isUnquoted(name[0]) && name[0]?.name.toLowerCase() === "struct";
  const args = cursor.isOp(")") ? [] : cursor.list(() => (isStruct ? readField(cursor) : readArg(cursor)));
  const inner = cursor.isWord("IGNORE") || cursor.isWord("RESPECT") ? readNulls(cursor) : undefined;
  cursor.expectOp(")");
  const withinGroup = cursor.eatWords("WITHIN", "GROUP") ? readWithin(cursor) : undefined;
  const filter = cursor.isWord("FILTER") && cursor.isOp("(", 1) ? readFilter(cursor) : undefined;
  const nulls = inner ?? readNulls(cursor);
  const over = cursor.eatWords("OVER") ? readWindow(cursor) : undefined;
  return {
    kind: "call",
    name,
    args,
    distinct,
    ...(withinGroup && { withinGroup }),
    ...(filter && { filter }),
    ...(nulls && { nulls }),
    ...(over && { over }),
    span: cursor.since(start),
  };
}

function isQuantifier(cursor: Cursor): boolean {
  const after = cursor.peek(1);
  return (cursor.isWord("DISTINCT") || cursor.isWord("ALL")) && !(after.kind === "op" && [",", ")", "."].includes(after.text));
}

function readArg(cursor: Cursor): CallArg {
  if (cursor.isName() && cursor.isOp("=>", 1)) {
    const name = cursor.ident();
    cursor.next();
    return { name, value: readTableArg(cursor) ?? cursor.expression() };
  }
  return { value: readTableArg(cursor) ?? cursor.expression() };
}

/** Fields of `struct(…)` are named as columns of a SELECT are; no other function takes names so. */
function readField(cursor: Cursor): CallArg {
  // `a.*` is an item, and no expression.
  const { value, alias } = cursor.grammar.selectItem(cursor);
  // Here words are names too that go on after an item elsewhere: `struct(a from)`.
  const name = alias ?? (cursor.isName() ? cursor.ident() : undefined);
  return { value: name === undefined ? value : { kind: "aliased", value, alias: name, span: cursor.since(value.span.start) } };
}

const isUnquoted = (ident: Ident | undefined): boolean => ident !== undefined && ident.span.end - ident.span.start === ident.name.length;

/** `TABLE(SELECT …)` as an argument of a table function. */
function readTableArg(cursor: Cursor): Expr | undefined {
  if (!cursor.isWord("TABLE")) return undefined;
  const { start } = cursor.peek().span;
  return cursor.attempt(() => {
    const wrapped = cursor.isOp("(", 1);
    if (wrapped) cursor.next();
    const open = wrapped && cursor.eatOp("(");
    const query = open && cursor.isName() && !cursor.isWord("SELECT") && !cursor.isWord("WITH") ? undefined : cursor.query();
    if (query === undefined) cursor.path();
    if (open) cursor.expectOp(")");
    return { kind: "parameter", span: cursor.since(start) };
  });
}

function readNulls(cursor: Cursor): "ignore" | "respect" | undefined {
  if (cursor.eatWords("IGNORE", "NULLS")) return "ignore";
  return cursor.eatWords("RESPECT", "NULLS") ? "respect" : undefined;
}

function readWithin(cursor: Cursor): readonly SortItem[] {
  cursor.expectOp("(");
  cursor.expectWord("ORDER", "BY");
  const items = cursor.list(() => cursor.grammar.sortItem(cursor));
  cursor.expectOp(")");
  return items;
}

function readFilter(cursor: Cursor): Expr {
  cursor.next();
  cursor.expectOp("(");
  cursor.expectWord("WHERE");
  const condition = cursor.expression();
  cursor.expectOp(")");
  return condition;
}

export function readWindow(cursor: Cursor): WindowRef {
  if (!cursor.isOp("(")) return cursor.ident();
  const { start } = cursor.next().span;
  if (cursor.isName() && cursor.isOp(")", 1)) {
    const name = cursor.ident();
    cursor.next();
    return name;
  }
  const partitioned = cursor.eatOneOf(["PARTITION", "DISTRIBUTE", "CLUSTER"]);
  if (partitioned !== undefined) cursor.expectWord("BY");
  const partitionBy = partitioned === undefined ? [] : cursor.list(() => cursor.expression());
  const ordered = cursor.eatOneOf(["ORDER", "SORT"]);
  if (ordered !== undefined) cursor.expectWord("BY");
  const orderBy = ordered === undefined ? [] : cursor.list(() => cursor.grammar.sortItem(cursor));
  const frame = readFrame(cursor);
  cursor.expectOp(")");
  const spec: WindowSpec = { kind: "window", partitionBy, orderBy, ...(frame && { frame }), span: cursor.since(start) };
  return spec;
}

function readFrame(cursor: Cursor): Frame | undefined {
  const { start } = cursor.peek().span;
  const unit = cursor.eatOneOf(["ROWS", "RANGE"]);
  if (unit === undefined) return undefined;
  const kind = unit === "ROWS" ? "rows" : "range";
  if (!cursor.eatWords("BETWEEN")) return { unit: kind, start: readBound(cursor), span: cursor.since(start) };
  const from = readBound(cursor);
  cursor.expectWord("AND");
  return { unit: kind, start: from, end: readBound(cursor), span: cursor.since(start) };
}

function readBound(cursor: Cursor): FrameBound {
  if (cursor.eatWords("CURRENT", "ROW")) return { kind: "current" };
  const unbounded = cursor.eatWords("UNBOUNDED");
  const offset = unbounded ? undefined : cursor.expression();
  const side = cursor.eatOneOf(["PRECEDING", "FOLLOWING"]) ?? cursor.fail("PRECEDING or FOLLOWING");
  return { kind: unbounded ? "unbounded" : "offset", side: side === "PRECEDING" ? "preceding" : "following", ...(offset && { offset }) };
}

/** Names that are functions without parentheses, where no column has them. */
const BARE = new Set(["CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_USER", "CURRENT_TIME", "USER", "SESSION_USER"]); // prettier-ignore
export const isBareFunction = (name: string): boolean => BARE.has(name.toUpperCase());

export function readSpecialCall(cursor: Cursor): Expr | undefined {
  if (!cursor.isOp("(", 1)) return undefined;
  const { text } = cursor.peek();
  const read = SPECIAL[text];
  if (read === undefined) return undefined;
  return cursor.attempt(() => {
    const name = cursor.ident();
    cursor.expectOp("(");
    const { args, as, form } = read(cursor);
    cursor.expectOp(")");
    const called = as === undefined ? name : { name: as, span: name.span };
    return {
      kind: "call",
      name: [called],
      args: args.map((value) => ({ value })),
      distinct: false,
      ...(form && { form }),
      span: cursor.since(name.span.start),
    };
  });
}

interface Special {
  readonly args: readonly Expr[];
  readonly as?: string;
  readonly form?: NonNullable<CallExpr["form"]>;
}
const UNITS = new Set(["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"]);

/** What does not fit these forms is read as an ordinary call. */
const SPECIAL: Readonly<Record<string, (cursor: Cursor) => Special>> = {
  EXTRACT: readExtract,
  SUBSTRING: readSubstring,
  SUBSTR: readSubstring,
  TRIM: readTrim,
  POSITION: readPosition,
  OVERLAY: readOverlay,
  TIMESTAMPADD: (cursor) => readUnit(cursor, "timestampadd"),
  DATEADD: (cursor) => readUnit(cursor, "timestampadd"),
  DATE_ADD: (cursor) => readUnit(cursor, "timestampadd"),
  TIMESTAMPDIFF: (cursor) => readUnit(cursor, "timestampdiff"),
  DATEDIFF: (cursor) => readUnit(cursor, "timestampdiff"),
  DATE_DIFF: (cursor) => readUnit(cursor, "timestampdiff"),
};

function text(value: string, span: Expr["span"]): Expr {
  return { kind: "literal", type: STRING, value, span };
}

function readUnit(cursor: Cursor, as: string): Special {
  const unit = cursor.next();
  if (unit.kind !== "word" || !UNITS.has(unit.text)) throw new SqlSyntaxError("a unit of time", unit.span);
  cursor.expectOp(",");
  const amount = cursor.value();
  cursor.expectOp(",");
  return { args: [text(unit.text, unit.span), amount, cursor.value()], as };
}

function readExtract(cursor: Cursor): Special {
  const field = cursor.ident();
  cursor.expectWord("FROM");
  return { args: [text(field.name, field.span), cursor.value()], form: "extract" };
}

function readSubstring(cursor: Cursor): Special {
  const value = cursor.value();
  cursor.expectWord("FROM");
  const from = cursor.value();
  const args = cursor.eatWords("FOR") ? [value, from, cursor.value()] : [value, from];
  return { args, as: "substring" };
}

function readTrim(cursor: Cursor): Special {
  const side = cursor.eatOneOf(["BOTH", "LEADING", "TRAILING"]);
  const characters = cursor.isWord("FROM") ? undefined : cursor.value();
  cursor.expectWord("FROM");
  const value = cursor.value();
  const as = side === "LEADING" ? "ltrim" : side === "TRAILING" ? "rtrim" : "trim";
  return { args: characters === undefined ? [value] : [characters, value], as, form: "trim" };
}

function readPosition(cursor: Cursor): Special {
  const part = cursor.value();
  cursor.expectWord("IN");
  return { args: [part, cursor.value()], form: "position" };
}

function readOverlay(cursor: Cursor): Special {
  const value = cursor.value();
  cursor.expectWord("PLACING");
  const replacement = cursor.value();
  cursor.expectWord("FROM");
  const from = cursor.value();
  const args = cursor.eatWords("FOR") ? [value, replacement, from, cursor.value()] : [value, replacement, from];
  return { args, form: "overlay" };
}
