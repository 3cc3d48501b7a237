/** Text to our tree, by Spark's grammar: the one place that knows how a query is written. */
import type { Span } from "../../text.js";
import type { Query } from "../ast.js";
import type { SqlNeed } from "../need.js";
import { Cursor, startsQuery, type Grammar } from "./cursor.js";
import { readDataType } from "./data-type.js";
import { readExpression, readValue } from "./expression.js";
import { SqlSyntaxError, TOO_DEEP } from "./lexer.js";
import { readPipes } from "./pipe.js";
import { readQuery, readSelectItem, readSortItem } from "./query.js";
import { readRelation } from "./relation.js";

export type ParsedSql =
  | { readonly ok: true; readonly query: Query; readonly needs: readonly SqlNeed[] }
  | { readonly ok: false; readonly problem: SqlProblem };

export type SqlProblem =
  | { readonly kind: "syntax"; readonly message: string; readonly span: Span }
  /** Chains or nesting beyond what Spark's parser and every walk over the tree survive. */
  | { readonly kind: "too-deep"; readonly span: Span }
  /** None, or more than one. */
  | { readonly kind: "not-one-statement"; readonly count: number; readonly span: Span }
  | { readonly kind: "not-a-select"; readonly found: string; readonly span: Span }
  /** Rows piped through a program of the machine. */
  | { readonly kind: "starts-a-program"; readonly span: Span }
  /** Of other databases. */
  | { readonly kind: "not-spark"; readonly what: string; readonly span: Span };

export const GRAMMAR: Grammar = {
  expression: readExpression,
  value: readValue,
  query: readQuery,
  pipes: readPipes,
  relation: readRelation,
  sortItem: readSortItem,
  selectItem: readSelectItem,
  dataType: readDataType,
};

export function parseSql(text: string): ParsedSql {
  let cursor: Cursor | undefined;
  try {
    cursor = new Cursor(text, GRAMMAR);
    const query = readStatement(cursor);
    return { ok: true, query, needs: cursor.needs() };
  } catch (error) {
    const program = cursor?.program();
    if (program !== undefined && (error instanceof Refused || error instanceof SqlSyntaxError)) return { ok: false, problem: program };
    if (error instanceof Refused) return { ok: false, problem: error.problem };
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { furthest } = cursor ?? {};
    const { message, span } =
      furthest !== undefined && furthest.span.start > error.span.start && error.message !== TOO_DEEP ? furthest : error;
    if (message === TOO_DEEP) return { ok: false, problem: { kind: "too-deep", span } };
    return { ok: false, problem: cursor?.foreign(span) ?? { kind: "syntax", message, span } };
  }
}

/** Thrown and caught here only. */
class Refused {
  constructor(readonly problem: SqlProblem) {}
}

function readStatement(cursor: Cursor): Query {
  const first = cursor.peek();
  if (first.kind === "end") throw new Refused({ kind: "not-one-statement", count: 0, span: first.span });
  if (!startsQuery(cursor, 0))
    throw new Refused({ kind: "not-a-select", found: cursor.text.slice(first.span.start, first.span.end).toUpperCase(), span: first.span });
  const query = cursor.query();
  const ended = cursor.isOp(";");
  while (cursor.eatOp(";"));
  const next = cursor.peek();
  if (next.kind === "end") return query;
  if (!ended) cursor.fail("the end of the query");
  throw new Refused({ kind: "not-one-statement", count: 1 + cursor.statements(), span: next.span });
}
