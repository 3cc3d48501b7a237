/** Functions that Spark itself makes other expressions of: they are read as these. */
import type { Syntax } from "./syntax.js";

type Call = Extract<Syntax, { node: "call" }>;

interface Sugar {
  readonly takes: number;
  readonly as: (call: Call, args: readonly Syntax[]) => Syntax | undefined;
}

const choice = ({ span }: Call, when: Syntax, then: Syntax, otherwise: Syntax): Syntax => ({ node: "case", branches: [{ when, then }], otherwise, span }); // prettier-ignore
const whether = (negated: boolean): Sugar => ({
  takes: 1,
  as: ({ span }, [operand]) => operand && { node: "is_null", operand, negated, span },
});
const coalesced: Sugar = { takes: 2, as: (call) => ({ ...call, name: "coalesce" }) };

const SUGAR: ReadonlyMap<string, Sugar> = new Map([
  ["if", { takes: 3, as: (call, [when, then, otherwise]) => when && then && otherwise && choice(call, when, then, otherwise) }],
  [
    "nvl2",
    {
      takes: 3,
      as: (call, [operand, then, otherwise]) =>
        operand && then && otherwise && choice(call, { node: "is_null", operand, negated: true, span: operand.span }, then, otherwise),
    },
  ],
  ["nvl", coalesced],
  ["ifnull", coalesced],
  ["isnull", whether(false)],
  ["isnotnull", whether(true)],
]);

/** How many values it takes, and what it is with these; undefined where it is none of them. */
export function sugarOf(call: Call): { readonly takes: number; readonly plain?: Syntax } | undefined {
  const sugar = SUGAR.get(call.name.toLowerCase());
  if (sugar === undefined) return undefined;
  const plain = call.args.length === sugar.takes ? sugar.as(call, call.args) : undefined;
  return { takes: sugar.takes, ...(plain && { plain }) };
}
