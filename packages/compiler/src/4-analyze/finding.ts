import type { Code, ParamsOf } from "../diagnostic.js";
import type { Span } from "../text.js";
import type { Finding, SpecPath, Where } from "./analysis.js";
import type { ExprFinding } from "./expr/syntax.js";

type More = Pick<Finding, "related" | "replacement">;

/** A finding with the parameters that its code takes. */
export function finding<C extends Code>(code: C, at: Where, args: ParamsOf<C>, more: More = {}): Finding {
  // An argument that is undefined is absent: findings are compared and kept as text.
  const given = Object.entries(args as Readonly<Record<string, string | number | readonly string[]>>).filter(
    ([, value]) => value !== undefined,
  );
  return { code, args: Object.fromEntries(given), at, ...more };
}

export function atKey(...path: SpecPath): Where {
  return { in: "spec", path, part: "key" };
}
export function atValue(path: SpecPath, span?: Span): Where {
  return { in: "spec", path, part: "value", ...(span === undefined ? {} : { span }) };
}

/** Findings of an expression that stands in the text at a path, from `offset` on. */
export function expressionFindings(found: readonly ExprFinding[], path: SpecPath, offset = 0): readonly Finding[] {
  return found.map(({ code, args, span, replacement }) => ({
    code,
    args,
    at: atValue(path, { start: span.start + offset, end: span.end + offset }),
    ...(replacement === undefined ? {} : { replacement }),
  }));
}

/** What an analysis of one thing gives: facts, where there are any, and findings. */
export interface Found<T> {
  readonly facts?: T;
  readonly findings: readonly Finding[];
}
