/** What calls need of Spark that version 4.0 lacks. */
import type { Span } from "../../text.js";
import type { FunctionDef } from "../functions/signature.js";
import { isIntegral, printType } from "../types.js";
import type { Bound } from "./bound.js";
import type { Env } from "./env.js";

/** Of its name, and of the number of its arguments. */
export function functionNeeds(def: FunctionDef, args: number, { env, span }: { readonly env: Env; readonly span: Span }): void {
  const { since, name } = def;
  if (since === undefined || since.arities?.includes(args) === false) return;
  const with_ = since.arities === undefined ? "" : ` with ${args === 1 ? "one argument" : `${args} arguments`}`;
  env.shared.needs.push({ what: `the function \`${name}\`${with_}`, since: since.version, span });
}

/** Of their types: Spark 4.0 casts nothing but whole numbers to the place that `get` takes. */
export function argumentNeeds({ name }: FunctionDef, args: readonly Bound[], env: Env): void {
  const place = name === "get" ? args[1] : undefined;
  if (place === undefined || isIntegral(place.type) || place.type.kind === "null" || place.type.kind === "unknown") return;
  env.shared.needs.push({ what: `a place of type ${printType(place.type)} in \`get()\``, since: "4.1", span: place.span });
}
