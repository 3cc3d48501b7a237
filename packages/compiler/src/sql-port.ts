/** The port through which SQL is read, and our own small tree of a query: what analysis asks of SQL and nothing else. Spans are UTF-16 offsets in the text. */
import type { Span } from "./text.js";

export interface SqlParser {
  parse(text: string): SqlResult;
}

export type SqlResult = { readonly ok: true; readonly query: SqlQuery } | { readonly ok: false; readonly problem: SqlProblem };

export type SqlProblem =
  | { readonly kind: "syntax"; readonly message: string; readonly span: Span }
  /** Chains or nesting beyond what the parser and Spark survive. */
  | { readonly kind: "too-deep"; readonly span: Span }
  /** None, or more than one. */
  | { readonly kind: "not-one-statement"; readonly count: number; readonly span: Span }
  | { readonly kind: "not-a-select"; readonly found: string; readonly span: Span }
  /** Accepted by the parser, not by Spark. */
  | { readonly kind: "not-spark"; readonly what: string; readonly span: Span };

export interface SqlIdent {
  readonly name: string;
  readonly span: Span;
}

export interface SqlQuery {
  readonly ctes: readonly SqlCte[];
  readonly recursive: boolean;
  readonly body: SqlBody;
  /** Subqueries outside of the body: in ORDER BY and the like. */
  readonly subqueries: readonly SqlQuery[];
}

export interface SqlCte {
  readonly name: SqlIdent;
  readonly columns: readonly SqlIdent[];
  readonly query: SqlQuery;
}

export type SqlBody =
  | {
      readonly kind: "select";
      readonly items: readonly SqlItem[];
      readonly from: readonly SqlRelation[];
      /** In expressions, in order. */ readonly subqueries: readonly SqlQuery[];
      /** LATERAL VIEW, PIVOT and the like add columns that we do not follow. */ readonly moreColumns: boolean;
    }
  | { readonly kind: "set"; readonly left: SqlBody; readonly right: SqlBody; readonly byName: boolean }
  | { readonly kind: "values"; readonly width: number; readonly subqueries: readonly SqlQuery[] }
  | { readonly kind: "query"; readonly query: SqlQuery };

export type SqlItem =
  | {
      readonly kind: "star";
      readonly qualifier: readonly SqlIdent[];
      /** EXCEPT (…): names left out. */ readonly except: readonly SqlIdent[];
      readonly span: Span;
      /** REPLACE, RENAME and other changes that we do not follow. */ readonly changed: boolean;
    }
  | {
      readonly kind: "expression";
      /** Its alias, or the column's own name; absent where Spark makes one up. */ readonly name?: SqlIdent;
      readonly span: Span;
    };

/** One relation of a FROM, with how it is joined to those before it. */
export interface SqlRelation {
  readonly source:
    | { readonly kind: "table"; readonly name: readonly SqlIdent[] }
    | { readonly kind: "function"; readonly name: readonly SqlIdent[]; readonly subqueries: readonly SqlQuery[] }
    | { readonly kind: "query"; readonly query: SqlQuery }
    | { readonly kind: "joined"; readonly relations: readonly SqlRelation[] };
  readonly alias?: SqlIdent;
  readonly columns: readonly SqlIdent[];
  /** SEMI and ANTI joins give no columns. */
  readonly hidden: boolean;
  /** Columns of USING stand once, first. */
  readonly using: readonly SqlIdent[];
  readonly natural: boolean;
}
