import type { SqlBody, SqlIdent, SqlItem, SqlProblem, SqlQuery, SqlRelation, SqlResult } from "../sql-port.js";
import type { Span } from "../text.js";
import type { Reader } from "./spans.js";

/** The parser's tree, whose objects have one key that names the variant, or several that name fields. */
type Raw = Readonly<Record<string, unknown>>;

export interface ReadContext {
  readonly spans: Reader;
  readonly whole: Span;
}

/** Thrown and caught here only: what Spark does not have can stand anywhere in the tree. */
class NotSpark {
  constructor(readonly problem: SqlProblem) {}
}

export function readStatement(statement: unknown, context: ReadContext): SqlResult {
  const found = typeof statement === "string" ? statement : (Object.keys(rawOf(statement))[0] ?? "");
  const query = rawOf(statement)["Query"];
  if (query === undefined)
    return {
      ok: false,
      problem: { kind: "not-a-select", found: found.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase(), span: context.whole },
    };
  try {
    return { ok: true, query: readQuery(rawOf(query), context) };
  } catch (error) {
    if (error instanceof NotSpark) return { ok: false, problem: error.problem };
    throw error;
  }
}

function readQuery(query: Raw, context: ReadContext): SqlQuery {
  for (const [key, what] of NOT_SPARK_QUERY) refuse(query[key], what, context);
  const withClause = rawOf(query["with"]);
  const rest = Object.entries(query).filter(([key]) => key !== "with" && key !== "body");
  return {
    ctes: list(withClause["cte_tables"]).map((cte) => {
      const alias = rawOf(rawOf(cte)["alias"]);
      return {
        name: ident(alias["name"], context),
        columns: aliasColumns(alias, context),
        query: readQuery(rawOf(rawOf(cte)["query"]), context),
      };
    }),
    recursive: withClause["recursive"] === true,
    body: readBody(rawOf(query["body"]), context),
    subqueries: rest.flatMap(([, value]) => subqueries(value, context)),
  };
}

function readBody(body: Raw, context: ReadContext): SqlBody {
  if (body["Select"] !== undefined) return readSelect(rawOf(body["Select"]), context);
  if (body["Query"] !== undefined) return { kind: "query", query: readQuery(rawOf(body["Query"]), context) };
  if (body["SetOperation"] !== undefined) {
    const set = rawOf(body["SetOperation"]);
    return {
      kind: "set",
      left: readBody(rawOf(set["left"]), context),
      right: readBody(rawOf(set["right"]), context),
      byName: String(set["set_quantifier"]).includes("ByName"),
    };
  }
  if (body["Values"] !== undefined) {
    const rows = list(rawOf(body["Values"])["rows"]);
    return { kind: "values", width: list(rawOf(rows[0])["content"]).length, subqueries: subqueries(rows, context) };
  }
  // `TABLE x`, and INSERT, UPDATE or DELETE in the place of a query.
  throw new NotSpark({ kind: "not-a-select", found: (Object.keys(body)[0] ?? "").toUpperCase(), span: context.whole });
}

function readSelect(select: Raw, context: ReadContext): SqlBody {
  for (const [key, what] of NOT_SPARK_SELECT) refuse(select[key], what, context);
  const from = list(select["from"]);
  const rest = Object.entries(select).filter(([key]) => key !== "from");
  return {
    kind: "select",
    items: list(select["projection"]).map((item) => readItem(rawOf(item), context)),
    from: from.flatMap((tables) => readJoined(rawOf(tables), context)),
    subqueries: [
      ...rest.flatMap(([, value]) => subqueries(value, context)),
      ...from.flatMap((tables) => list(rawOf(tables)["joins"]).flatMap((join) => subqueries(rawOf(join)["join_operator"], context))),
    ],
    moreColumns: list(select["lateral_views"]).length > 0,
  };
}

function readItem(item: Raw, context: ReadContext): SqlItem {
  const aliased = item["ExprWithAlias"];
  if (aliased !== undefined) {
    const name = ident(rawOf(aliased)["alias"], context);
    return { kind: "expression", name, span: name.span };
  }
  const plain = item["UnnamedExpr"];
  if (plain !== undefined) {
    const expression = rawOf(plain);
    const column = expression["Identifier"] ?? list(expression["CompoundIdentifier"]).at(-1);
    const span = extent(plain, context);
    return column === undefined ? { kind: "expression", span } : { kind: "expression", name: ident(column, context), span };
  }
  const [qualifier, options] = item["Wildcard"] === undefined ? list(item["QualifiedWildcard"]) : [undefined, item["Wildcard"]];
  if (options === undefined) return { kind: "expression", span: extent(item, context) };
  const { opt_except: except, wildcard_token: _token, ...changes } = rawOf(options);
  return {
    kind: "star",
    qualifier: names(rawOf(qualifier)["ObjectName"], context),
    except: except === undefined || except === null ? [] : idents(except, context),
    span: extent(item, context),
    changed: Object.values(changes).some((value) => value !== undefined && value !== null),
  };
}

/** A table and the tables joined to it. */
function readJoined(tables: Raw, context: ReadContext): readonly SqlRelation[] {
  const first = readRelation(rawOf(tables["relation"]), context);
  const joined = list(tables["joins"]).map((value) => {
    const join = rawOf(value);
    const [kind, constraint] =
      typeof join["join_operator"] === "string"
        ? [join["join_operator"], undefined]
        : (Object.entries(rawOf(join["join_operator"]))[0] ?? ["", undefined]);
    const using = list(rawOf(constraint)["Using"]).flatMap((name) => names(name, context));
    return { ...readRelation(rawOf(join["relation"]), context), hidden: /semi|anti/i.test(kind), using, natural: constraint === "Natural" };
  });
  return [first, ...joined];
}

function readRelation(relation: Raw, context: ReadContext): SqlRelation {
  const [kind, value] = Object.entries(relation)[0] ?? ["", undefined];
  const inner = rawOf(value);
  const alias = rawOf(inner["alias"]);
  const base = {
    ...(alias["name"] === undefined ? {} : { alias: ident(alias["name"], context) }),
    columns: aliasColumns(alias, context),
    hidden: false,
    using: [],
    natural: false,
  };
  if (kind === "Derived") return { ...base, source: { kind: "query", query: readQuery(rawOf(inner["subquery"]), context) } };
  if (kind === "NestedJoin")
    return { ...base, source: { kind: "joined", relations: readJoined(rawOf(inner["table_with_joins"]), context) } };
  if (kind === "Table" && (inner["args"] === undefined || inner["args"] === null))
    return { ...base, source: { kind: "table", name: names(inner["name"], context) } };
  // Table functions, and PIVOT and the like over a table: what they read is followed, their columns are not known.
  return {
    ...base,
    source: {
      kind: "function",
      name: names(inner["name"], context),
      subqueries: [...subqueries(inner, context), ...pivoted(inner, context)],
    },
  };
}

function pivoted(inner: Raw, context: ReadContext): readonly SqlQuery[] {
  if (inner["table"] === undefined || inner["table"] === null) return [];
  const body: SqlBody = {
    kind: "select",
    items: [],
    from: [readRelation(rawOf(inner["table"]), context)],
    subqueries: [],
    moreColumns: true,
  };
  return [{ ctes: [], recursive: false, body, subqueries: [] }];
}

/** Queries anywhere below, outermost first, in order. Iterative: chains of operators are deep trees. */
function subqueries(value: unknown, context: ReadContext): readonly SqlQuery[] {
  const found: SqlQuery[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    if ("body" in next && "pipe_operators" in next) found.push(readQuery(rawOf(next), context));
    else open.push(...Object.values(next).reverse());
  }
  return found;
}

/** From the first to the last place that the tree knows below. */
function extent(value: unknown, context: ReadContext): Span {
  let start = Number.MAX_SAFE_INTEGER;
  let end = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    if ("line" in next === false && "start" in next && "end" in next) {
      const span = context.spans.span(next);
      start = Math.min(start, span.start);
      end = Math.max(end, span.end);
    } else open.push(...Object.values(next));
  }
  return end === 0 ? context.whole : { start, end };
}

const NOT_SPARK_SELECT: readonly (readonly [string, string])[] = [
  ["qualify", "QUALIFY"],
  ["top", "TOP"],
  ["into", "INTO"],
  ["prewhere", "PREWHERE"],
  ["connect_by", "CONNECT BY"],
  ["value_table_mode", "AS STRUCT"],
  ["exclude", "EXCLUDE"],
];
const NOT_SPARK_QUERY: readonly (readonly [string, string])[] = [
  ["fetch", "FETCH"],
  ["for_clause", "FOR"],
  ["settings", "SETTINGS"],
  ["format_clause", "FORMAT"],
  ["locks", "FOR UPDATE"],
  ["pipe_operators", "|>"],
];

function refuse(value: unknown, what: string, context: ReadContext): void {
  if (value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0)) return;
  throw new NotSpark({ kind: "not-spark", what, span: extent(value, context) });
}

function aliasColumns(alias: Raw, context: ReadContext): readonly SqlIdent[] {
  return list(alias["columns"]).map((column) => ident(rawOf(column)["name"], context));
}

/** Parts of an object's name. */
function names(value: unknown, context: ReadContext): readonly SqlIdent[] {
  return list(value).map((part) => ident(rawOf(part)["Identifier"] ?? part, context));
}

function idents(value: unknown, context: ReadContext): readonly SqlIdent[] {
  if (Array.isArray(value)) return value.flatMap((part) => idents(part, context));
  const raw = rawOf(value);
  return "value" in raw && "span" in raw ? [ident(raw, context)] : Object.values(raw).flatMap((part) => idents(part, context));
}

function ident(value: unknown, context: ReadContext): SqlIdent {
  const raw = rawOf(value);
  if (typeof raw["value"] !== "string") return { name: "", span: context.whole };
  return { name: raw["value"], span: context.spans.span(raw["span"]) };
}

// What comes out of the parser is read by shape: a field that is not there reads as empty.
function rawOf(value: unknown): Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
