/** A Spark SQL query as our own closed tree: every node knows its place (UTF-16 offsets in the text). Names only; nothing is resolved here. */
import type { Span } from "../text.js";
import type { SqlType } from "./types.js";

export interface Ident {
  readonly name: string;
  readonly span: Span;
}

interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

export type Expr =
  | ColumnRef
  | Star
  | LiteralExpr
  | UnaryExpr
  | BinaryExpr
  | BetweenExpr
  | InListExpr
  | InQueryExpr
  | SubqueryExpr
  | IsExpr
  | LikeExpr
  | CaseExpr
  | CastExpr
  | CallExpr
  | IndexExpr
  | MemberExpr
  | VariantPathExpr
  | LambdaExpr
  | RowExpr
  | AliasedExpr
  | CollateExpr
  | ParameterExpr;

/** `a`, `t.a`, `t.a.field`. */
export interface ColumnRef extends Node<"column"> {
  readonly path: readonly Ident[];
}
export interface Star extends Node<"star"> {
  readonly qualifier: readonly Ident[];
  readonly except: readonly (readonly Ident[])[];
  /** `|> SET name = value`: the column that has another value. */
  readonly replaced?: { readonly name: Ident; readonly value: Expr };
}
export interface LiteralExpr extends Node<"literal"> {
  readonly type: SqlType;
  /** Digits of a number, the characters of a string, Spark's text of anything else; null is NULL. */
  readonly value: string | boolean | null;
}
export type UnaryOp = "-" | "+" | "~" | "not";
export interface UnaryExpr extends Node<"unary"> {
  readonly op: UnaryOp;
  readonly operand: Expr;
}
export type BinaryOp =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "div"
  | "||"
  | "<<"
  | ">>"
  | ">>>"
  | "&"
  | "^"
  | "|"
  | "="
  | "<=>"
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "and"
  | "or";
export interface BinaryExpr extends Node<"binary"> {
  readonly op: BinaryOp;
  readonly opSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}
export interface BetweenExpr extends Node<"between"> {
  readonly negated: boolean;
  readonly operand: Expr;
  readonly low: Expr;
  readonly high: Expr;
}
export interface InListExpr extends Node<"in-list"> {
  readonly negated: boolean;
  readonly operand: Expr;
  readonly items: readonly Expr[];
}
export interface InQueryExpr extends Node<"in-query"> {
  readonly negated: boolean;
  readonly operand: Expr;
  readonly query: Query;
}
export interface SubqueryExpr extends Node<"subquery"> {
  readonly exists: boolean;
  readonly query: Query;
}
export interface IsExpr extends Node<"is"> {
  readonly negated: boolean;
  readonly operand: Expr;
  readonly test: "null" | "true" | "false" | "unknown" | { readonly distinctFrom: Expr };
}
export interface LikeExpr extends Node<"like"> {
  readonly negated: boolean;
  readonly op: "like" | "ilike" | "rlike";
  readonly operand: Expr;
  /** One pattern, or those of LIKE ANY and ALL. */
  readonly patterns: readonly Expr[];
  readonly quantifier?: "any" | "all";
  readonly escape?: string;
}
export interface CaseExpr extends Node<"case"> {
  readonly operand?: Expr;
  readonly branches: readonly { readonly when: Expr; readonly then: Expr }[];
  readonly otherwise?: Expr;
}
export interface CastExpr extends Node<"cast"> {
  readonly operand: Expr;
  readonly type: SqlType;
  readonly safe: boolean;
  /** `CHAR(n)`, `VARCHAR(n)`: strings that Spark names differently. */
  readonly typeName: string;
}
export interface CallArg {
  readonly name?: Ident;
  readonly value: Expr;
}
export interface CallExpr extends Node<"call"> {
  readonly name: readonly Ident[];
  readonly args: readonly CallArg[];
  readonly distinct: boolean;
  /** Syntax of its own: `EXTRACT(x FROM y)`, or a name without parentheses. */
  readonly form?: "bare" | "extract" | "substring-from" | "trim" | "position" | "overlay";
  readonly filter?: Expr;
  readonly nulls?: "ignore" | "respect";
  readonly withinGroup?: readonly SortItem[];
  readonly over?: WindowRef;
}
export type WindowRef = Ident | WindowSpec;
export interface WindowSpec {
  readonly kind: "window";
  readonly base?: Ident;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly SortItem[];
  readonly frame?: Frame;
  readonly span: Span;
}
export interface Frame {
  readonly unit: "rows" | "range";
  readonly start: FrameBound;
  readonly end?: FrameBound;
  readonly span: Span;
}
export type FrameBound =
  | { readonly kind: "unbounded" | "offset"; readonly side: "preceding" | "following"; readonly offset?: Expr }
  | { readonly kind: "current" };
export interface SortItem {
  readonly value: Expr;
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}
export interface IndexExpr extends Node<"index"> {
  readonly operand: Expr;
  readonly index: Expr;
}
export interface MemberExpr extends Node<"member"> {
  readonly operand: Expr;
  readonly field: Ident;
}
/** `value:a.b[0]`: what stands at a path of a variant. */
export interface VariantPathExpr extends Node<"variant-path"> {
  readonly operand: Expr;
  /** As Spark writes it: `$.a.b[0]`. */
  readonly path: string;
  /** The last name of the path, which names the column. */
  readonly last?: Ident;
}
export interface LambdaExpr extends Node<"lambda"> {
  readonly params: readonly Ident[];
  readonly body: Expr;
}
/** `(a, b)`: a struct. */
export interface RowExpr extends Node<"row"> {
  readonly items: readonly Expr[];
}
/** `struct(a AS b)`. */
export interface AliasedExpr extends Node<"aliased"> {
  readonly value: Expr;
  readonly alias: Ident;
}
export interface CollateExpr extends Node<"collate"> {
  readonly operand: Expr;
  readonly collation: string;
}
/** `?` and `:name`: their values are given from outside. */
export type ParameterExpr = Node<"parameter">;

export interface Query {
  readonly ctes: readonly Cte[];
  readonly recursive: boolean;
  readonly body: Body;
  readonly orderBy: readonly SortItem[];
  /** ORDER BY ALL sorts by every column. */
  readonly orderByAll: boolean;
  /** CLUSTER BY, DISTRIBUTE BY, SORT BY: arrangement only. */
  readonly arrangedBy: readonly Expr[];
  readonly limit?: Expr;
  readonly offset?: Expr;
  readonly span: Span;
}
export interface Cte {
  readonly name: Ident;
  readonly columns: readonly Ident[];
  readonly query: Query;
}
export type Body =
  | Select
  | (Node<"set"> & {
      readonly op: "union" | "intersect" | "except";
      readonly all: boolean;
      readonly left: Body;
      readonly right: Body;
    })
  | (Node<"values"> & { readonly rows: readonly Expr[] })
  | (Node<"table"> & { readonly name: readonly Ident[] })
  | (Node<"query"> & { readonly query: Query });

export interface Select extends Node<"select"> {
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: readonly Relation[];
  readonly lateralViews: readonly LateralView[];
  readonly where?: Expr;
  readonly groupBy?: GroupBy;
  readonly having?: Expr;
  readonly windows: readonly { readonly name: Ident; readonly spec: WindowRef }[];
  /** The operator after `|>` that it stands for. */
  readonly pipe?: PipeStep;
}
/** `from`: rows are passed on as they are, so that whatever could be named still can be. `keys`: how many items stand for GROUP BY. */
export type PipeStep =
  | { readonly operator: "from" | "SELECT" | "EXTEND" | "SET" | "DROP" }
  | { readonly operator: "AGGREGATE"; readonly keys: number };
export interface SelectItem {
  readonly value: Expr;
  readonly alias?: Ident;
  /** `AS (a, b)`: names for the columns that a generator makes. */
  readonly aliases?: readonly Ident[];
}
export interface GroupBy {
  readonly all: boolean;
  readonly elements: readonly GroupElement[];
  readonly span: Span;
}
export type GroupElement =
  | { readonly kind: "expression"; readonly value: Expr }
  | { readonly kind: "rollup" | "cube"; readonly sets: readonly (readonly Expr[])[] }
  | { readonly kind: "sets"; readonly elements: readonly GroupElement[]; readonly sets: readonly (readonly Expr[])[] };

export interface LateralView {
  readonly outer: boolean;
  readonly call: CallExpr;
  readonly table: Ident;
  readonly columns: readonly Ident[];
}

export type JoinType = "inner" | "cross" | "left" | "right" | "full" | "semi" | "anti";
/** TABLESAMPLE: some of the rows, or so many of them. */
export interface Sample {
  readonly rows: boolean;
  readonly span: Span;
}
export type Relation =
  | (Node<"table-ref"> &
      Aliased & {
        readonly name: readonly Ident[];
        /** `VERSION AS OF 3`: where it is written. */
        readonly version?: Span;
      })
  | (Node<"derived"> &
      Aliased & {
        readonly query: Query;
        readonly lateral: boolean;
        /** What stands before `|>`: columns keep the table that they come from. */
        readonly piped?: true;
      })
  | (Node<"table-function"> & Aliased & { readonly call: CallExpr; readonly lateral: boolean })
  | (Node<"nested"> & Aliased & { readonly relation: Relation })
  | JoinRelation
  | PivotRelation
  | UnpivotRelation;
export interface Aliased {
  readonly sample?: Sample;
  readonly alias?: Ident;
  readonly columns: readonly Ident[];
}
export interface JoinRelation extends Node<"join"> {
  readonly type: JoinType;
  readonly natural: boolean;
  readonly left: Relation;
  readonly right: Relation;
  readonly on?: Expr;
  readonly using?: readonly Ident[];
}
export interface PivotRelation extends Node<"pivot"> {
  readonly input: Relation;
  readonly aggregates: readonly SelectItem[];
  readonly columns: readonly Ident[];
  readonly values: readonly SelectItem[];
}
export interface UnpivotRelation extends Node<"unpivot"> {
  readonly input: Relation;
  readonly includeNulls: boolean;
  readonly values: readonly Ident[];
  readonly name: Ident;
  readonly sets: readonly { readonly columns: readonly (readonly Ident[])[]; readonly alias?: Ident }[];
}
