/** Expressions that are computed for each row of a table. */
import { printDataType } from "../types/text.js";
import type { Expr } from "./ast.js";
import { checkExpression, type Checked, type Scope } from "./check.js";
import { fitting } from "./fitting.js";
import { printSpark } from "./print.js";
import { whyRaises } from "./raises.js";
import type { RangeOf } from "./range.js";

/** A condition of rows. */
export function checkCondition(text: string, scope: Scope): Checked {
  const checked = checkUnfailing(text, scope);
  if (checked.expr === undefined || checked.expr.type.kind === "boolean") return checked;
  const span = { start: 0, end: text.trimEnd().length };
  return { findings: [{ code: "not-boolean", args: { type: printDataType(checked.expr.type) }, span }] };
}

/** An expression of rows that never fails, for one row would stop the whole job: what does not fit its type is NULL, and what may be divided by zero is a mistake. */
export function checkUnfailing(text: string, scope: Scope): Checked {
  const checked = checkExpression(text, scope);
  if (checked.expr === undefined) return checked;
  const { expr, fails } = unfailing(checked.expr);
  if (fails === undefined) return { expr, findings: [] };
  const span = { start: 0, end: text.trimEnd().length };
  return { findings: [{ code: "may-fail", args: { reason: fails.reason, what: printSpark(fails.what) }, span }] };
}

/** Where an expression fails all the same. */
export interface Failing {
  readonly reason: "divides" | "casts" | "overflows";
  readonly what: Expr;
}

/** An expression with NULL for what may not fit its type, and what of it can still fail. */
export function unfailing(written: Expr, names: RangeOf = () => undefined): { readonly expr: Expr; readonly fails?: Failing } {
  const { expr, never } = fitting(written, names);
  const [first] = never;
  const fails: Failing | undefined = whyRaises(written, names) ?? (first && { reason: "overflows", what: first });
  return { expr, ...(fails && { fails }) };
}
