/**
 * The typed expression AST: what `checks.expect`, `where`, `derived` and `gate` become. Closed: whatever is not here is refused
 * at its token. Printers to Spark SQL and Python take these nodes and nothing else. Plain data, so the IR can carry it.
 */
import type { DataType } from "../../data-type.js";

interface Typed {
  /** Spark's type of the value. */
  readonly type: DataType;
  /** Whether the value can be NULL. */
  readonly nullable: boolean;
}

export type Expr =
  | (Typed & { readonly node: "column"; readonly ref: ColumnRef })
  | (Typed & {
      readonly node: "literal";
      readonly value: string | number | boolean | null;
      /** Digits as written, for decimals. */ readonly text?: string;
    })
  | (Typed & { readonly node: "unary"; readonly op: "-" | "not"; readonly operand: Expr })
  | (Typed & { readonly node: "binary"; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr })
  /** A field of a struct. */
  | (Typed & { readonly node: "field"; readonly operand: Expr; readonly name: string })
  | (Typed & { readonly node: "is_null"; readonly operand: Expr; readonly negated: boolean })
  | (Typed & {
      readonly node: "case";
      readonly branches: readonly { readonly when: Expr; readonly then: Expr }[];
      readonly otherwise?: Expr;
    })
  | (Typed & { readonly node: "call"; readonly name: FunctionName; readonly args: readonly Expr[] })
  | (Typed & { readonly node: "cast"; readonly operand: Expr });

export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "and" | "or";

export type FunctionName = "nullif" | "coalesce" | "hour" | "dayofweek" | TryName | ScalarName;
/** `scalars.ts` says what they take and give. */
export type ScalarName =
  | "abs"
  | "ceil"
  | "concat"
  | "contains"
  | "endswith"
  | "exp"
  | "floor"
  | "greatest"
  | "isnan"
  | "least"
  | "length"
  | "like"
  | "ln"
  | "log"
  | "log10"
  | "log1p"
  | "log2"
  | "lower"
  | "ltrim"
  | "pow"
  | "replace"
  | "round"
  | "rtrim"
  | "sqrt"
  | "startswith"
  | "substring"
  | "trim"
  | "upper";
/** NULL where `+`, `-`, `*` and `/` fail. */
export type TryName = "try_add" | "try_subtract" | "try_multiply" | "try_divide";

/** What a name in an expression stands for. */
export type ColumnRef =
  /** A column of the dataset in scope. */
  | { readonly scope: "dataset"; readonly name: string }
  /** An output of a feature group (its own or another's). */
  | { readonly scope: "output"; readonly group: string; readonly name: string }
  /** The moment asked about. */
  | { readonly scope: "at" }
  /** A metric of this run, or of the champion. */
  | { readonly scope: "metric"; readonly name: string; readonly of: "candidate" | "champion" };
