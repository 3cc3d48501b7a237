/**
 * Texts that Spark reads as a moment of its own clock where a time is asked for: `CAST('now' AS timestamp)`, `at > 'yesterday'`.
 * Elsewhere they are words like any other: only types tell. `epoch` is read so too, and is no clock.
 */
import type { Expr } from "../ast.js";
import { isDatetime, type SqlType } from "../types.js";
import type { Bound } from "./bound.js";
import type { Env } from "./env.js";

const CLOCK = /^\s*(now|today|tomorrow|yesterday)\b/i;
/** An hour without a day is of today, as an instant. */
const HOUR = /^\s*T?\d{1,2}:\d{1,2}/;
/** Functions that bring their arguments to one type, beside those whose signature asks for a time. */
const ALIKE: ReadonlySet<string> = new Set(["array", "coalesce", "greatest", "ifnull", "least", "nullif", "nvl"]);

/** Functions that read a text; by a format of their own they know no such words. */
const READERS: ReadonlySet<string> = new Set(["date", "timestamp", "to_date", "to_timestamp", "to_timestamp_ltz", "to_timestamp_ntz", "try_to_date", "try_to_timestamp"]); // prettier-ignore

/** Where a text becomes a time, or is written as one. */
export function findClocks(expr: Expr, found: Bound, env: Env): void {
  if (expr.kind === "literal") return clockAt(found, found.type, env);
  for (const one of timesIn(expr, found)) clockAt(one, timeOf(found), env);
}

/** What texts become: the type of the whole, or of what stands beside them. */
function timeOf({ type, children }: Bound): SqlType {
  const one = type.kind === "array" ? type.element : type;
  if (isDatetime(one)) return one;
  const inner = children.length === 1 ? (children[0]?.children ?? []) : [];
  return [...children, ...inner].find((child) => isDatetime(child.type))?.type ?? { kind: "timestamp" };
}

/** `type`: what the value becomes. */
export function clockAt({ op, value, span }: Bound, type: SqlType, env: Env): void {
  if (op !== "literal" || typeof value !== "string") return;
  if ((isDatetime(type) && CLOCK.test(value)) || (type.kind === "timestamp" && HOUR.test(value)))
    env.shared.unstable.push({ kind: "clock", what: `'${value.trim()}'`, span });
}

/** Of what a node is made of, the texts that stand beside a time. */
function timesIn(expr: Expr, { type, children }: Bound): readonly Bound[] {
  switch (expr.kind) {
    case "cast":
      return isDatetime(type) ? children : [];
    case "case":
      return isDatetime(type) ? children : [];
    case "binary":
      return expr.op !== "||" && children.some((child) => isDatetime(child.type)) ? children : [];
    case "between":
    case "in-list":
    case "is":
      // A negation stands around what it negates.
      return beside(children.length === 1 ? (children[0]?.children ?? []) : children);
    case "call": {
      const name = expr.name.at(-1)?.name.toLowerCase() ?? "";
      if (READERS.has(name) && children.length === 1) return children;
      return ALIKE.has(name) && isDatetime(type.kind === "array" ? type.element : type) ? children : [];
    }
    default:
      return [];
  }
}

function beside(children: readonly Bound[]): readonly Bound[] {
  return children.some(({ type }) => isDatetime(type)) ? children : [];
}
