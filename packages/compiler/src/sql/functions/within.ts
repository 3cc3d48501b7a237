/** WITHIN GROUP: how many things its functions are sorted by, and what goes with it. */
import type { CallExpr } from "../ast.js";
import type { Bound } from "../bind/bound.js";
import type { FunctionDef } from "./signature.js";
import type { Unfit } from "./ranges.js";

interface Sorted {
  readonly expr: CallExpr;
  readonly def: FunctionDef;
  readonly args: readonly Bound[];
  readonly within?: readonly Bound[];
}

const SHARES: ReadonlySet<string> = new Set(["percentile_cont", "percentile_disc"]);
const LISTS: ReadonlySet<string> = new Set(["listagg", "string_agg"]);

export function withinProblem({ expr, def, args, within }: Sorted): Unfit | undefined {
  const { name } = def;
  const wrong = (condition: string): Unfit => ({ condition: `INVALID_WITHIN_GROUP_EXPRESSION.${condition}`, at: args.length });
  if (LISTS.has(name)) return expr.distinct && isOther(args[0], within) ? wrong("MISMATCH_WITH_DISTINCT_INPUT") : undefined;
  const isShare = SHARES.has(name);
  if (!isShare && name !== "mode") return undefined;
  if (expr.distinct) return wrong("DISTINCT_UNSUPPORTED");
  const expected = isShare || args.length === 0 ? 1 : 0;
  const count = within?.length ?? 0;
  if (count === expected) return undefined;
  return count === 0 ? wrong("WITHIN_GROUP_MISSING") : { ...wrong("WRONG_NUM_ORDERINGS"), args: { expected: String(expected) } };
}

/** DISTINCT values are sorted by themselves; of what is computed Spark may see that it is the same. */
function isOther(value: Bound | undefined, within: readonly Bound[] | undefined): boolean {
  return value?.op === "column" && within?.some((one) => one.op === "column" && one.key !== value.key) === true;
}
