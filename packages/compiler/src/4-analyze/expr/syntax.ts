import type { Span } from "../../text.js";
import type { BinaryOp } from "./ast.js";

/** An expression as written, before names and types. */
export type Syntax = { readonly span: Span } & (
  | { readonly node: "column"; readonly path: readonly { readonly name: string; readonly span: Span }[] }
  | { readonly node: "number"; readonly text: string }
  | { readonly node: "string"; readonly value: string }
  | { readonly node: "boolean"; readonly value: boolean }
  | { readonly node: "null" }
  | { readonly node: "unary"; readonly op: "-" | "not"; readonly operand: Syntax }
  | { readonly node: "binary"; readonly op: BinaryOp; readonly left: Syntax; readonly right: Syntax; readonly opSpan: Span }
  | { readonly node: "is_null"; readonly operand: Syntax; readonly negated: boolean }
  | { readonly node: "case"; readonly branches: readonly { readonly when: Syntax; readonly then: Syntax }[]; readonly otherwise?: Syntax }
  | { readonly node: "call"; readonly name: string; readonly nameSpan: Span; readonly args: readonly Syntax[] }
  | { readonly node: "cast"; readonly operand: Syntax; readonly type: string; readonly typeSpan: Span }
);

/** A mistake in an expression; the place is in its text. */
export interface ExprFinding {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number | readonly string[]>>;
  readonly span: Span;
  readonly replacement?: string;
}
