/** Expressions that are computed for each row of a table. */
import { printDataType } from "../types/text.js";
import { checkExpression, type Checked, type Scope } from "./check.js";
import { fitting } from "./fitting.js";
import { printSpark } from "./print.js";
import { whyRaises } from "./raises.js";

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
  const raises = whyRaises(checked.expr);
  const { expr, never } = fitting(checked.expr, () => undefined);
  const told = raises ?? never.map((what) => ({ reason: "overflows" as const, what }))[0];
  if (told === undefined) return { expr, findings: [] };
  const span = { start: 0, end: text.trimEnd().length };
  return { findings: [{ code: "may-fail", args: { reason: told.reason, what: printSpark(told.what) }, span }] };
}
