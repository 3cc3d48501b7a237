/** Collations that are written beside each other: `a COLLATE UNICODE = b COLLATE UTF8_LCASE`. */
import type { Bound } from "./bound.js";
import { fail, type Env } from "./env.js";

/** Functions whose arguments become one type. */
const OF_ONE_TYPE: ReadonlySet<string> = new Set(["concat", "coalesce", "nvl", "ifnull", "nullif", "if", "greatest", "least", "array", "contains", "startswith", "endswith"]); // prettier-ignore

export function isOfOneType(name: string): boolean {
  return OF_ONE_TYPE.has(name);
}

/** Said where two of them differ: Spark does not choose. */
export function clashing(children: readonly Bound[], span: Bound["span"], env: Env): Bound | undefined {
  const named = children.flatMap(({ key }) => /^collate\(.*,(\w+)\)$/s.exec(key)?.[1] ?? []);
  const [first, other] = new Set(named);
  if (first === undefined || other === undefined) return undefined;
  return fail(env, "COLLATION_MISMATCH.EXPLICIT", span, { left: first.toUpperCase(), right: other.toUpperCase() }, children);
}
