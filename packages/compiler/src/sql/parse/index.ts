/** Text to our tree, by Spark's grammar: the one place that knows how a query is written. */
import type { Span } from "../../text.js";
import type { Query } from "../ast.js";
import { Cursor, startsQuery, type Grammar } from "./cursor.js";
import { readDataType } from "./data-type.js";
import { readExpression, readValue } from "./expression.js";
import { SqlSyntaxError, TOO_DEEP } from "./lexer.js";
import { readQuery, readSelectItem, readSortItem } from "./query.js";
import { readRelation } from "./relation.js";

export type ParsedSql =
  | { readonly ok: true; readonly query: Query }
  | {
      readonly ok: false;
      readonly problem: { readonly kind: "syntax" | "too-deep" | "not-a-select"; readonly message: string; readonly span: Span };
    };

export const GRAMMAR: Grammar = {
  expression: readExpression,
  value: readValue,
  query: readQuery,
  relation: readRelation,
  sortItem: readSortItem,
  selectItem: readSelectItem,
  dataType: readDataType,
};

export function parseSql(text: string): ParsedSql {
  let cursor: Cursor | undefined;
  try {
    cursor = new Cursor(text, GRAMMAR);
    if (!startsQuery(cursor, 0)) {
      const { span } = cursor.peek();
      return { ok: false, problem: { kind: "not-a-select", message: text.slice(span.start, span.end).toUpperCase(), span } };
    }
    const query = cursor.query();
    while (cursor.eatOp(";"));
    if (cursor.peek().kind !== "end") cursor.fail("the end of the query");
    return { ok: true, query };
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { furthest } = cursor ?? {};
    const { message, span } =
      furthest !== undefined && furthest.span.start > error.span.start && error.message !== TOO_DEEP ? furthest : error;
    return { ok: false, problem: { kind: message === TOO_DEEP ? "too-deep" : "syntax", message, span } };
  }
}
