import type { Bound } from "../bind/bound.js";
import type { SqlType } from "../types.js";

export interface RuleInput {
  readonly name: string;
  readonly args: readonly Bound[];
  /** Of the arguments, as they are coerced. */
  readonly types: readonly SqlType[];
  /** What WITHIN GROUP sorts by. */
  readonly within?: SqlType;
  /** Names of the arguments' columns, where they have one. */
  readonly names: readonly (string | undefined)[];
  /** What both become when they are compared; undefined where they cannot be. */
  comparable(left: Bound, right: Bound): SqlType | undefined;
  concatType(types: readonly SqlType[]): SqlType | undefined;
}

/** A type alone takes its nullability from the signature; undefined where Spark takes no such arguments. */
export type Answer = SqlType | { readonly type: SqlType; readonly nullable: boolean | undefined } | undefined;
export type Rule = (input: RuleInput) => Answer;

export function intValue(arg: Bound | undefined): number | undefined {
  return typeof arg?.value === "string" && /^-?\d+$/.test(arg.value) ? Number(arg.value) : undefined;
}
