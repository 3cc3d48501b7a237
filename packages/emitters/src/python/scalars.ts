/** Functions of numbers and texts as calls of `expressions.py`. */
import { digitsOf, type Expr } from "@mlspec/compiler";
import { literal, type Py } from "../text/python.js";
import { cast, DOUBLE, within, type Print, type Use } from "./casts.js";
import { BITS } from "./types.js";

type Call = Extract<Expr, { node: "call" }>;

/** Those that compute with doubles, whatever number they are given. */
const OF_DOUBLE: Readonly<Record<string, string>> = { exp: "exp", ln: "ln", log: "ln", log10: "log10", log1p: "log1p", log2: "log2", pow: "power", sqrt: "sqrt" }; // prettier-ignore
const OF_TEXT: Readonly<Record<string, string>> = { length: "length", lower: "lower", ltrim: "ltrim", rtrim: "rtrim", trim: "trim", upper: "upper" }; // prettier-ignore

const OF_TEXTS: Readonly<Record<string, string>> = { concat: "concat", contains: "contains", endswith: "ends_with", like: "like", replace: "replace", startswith: "starts_with", substring: "substring" }; // prettier-ignore

/** Undefined where it is none of them. */
export function scalarCall(expr: Call, print: Print, use: Use): Py | undefined {
  const { name, args, type } = expr;
  const [first] = args;
  if (first === undefined) return undefined;
  if (name === "log" && args.length === 2) return use("logarithm", args.map((arg) => print(arg, DOUBLE))); // prettier-ignore
  const ofDouble = OF_DOUBLE[name];
  if (ofDouble !== undefined) return use(ofDouble, args.map((arg) => print(arg, DOUBLE))); // prettier-ignore
  const ofText = OF_TEXT[name];
  if (ofText !== undefined) return use(ofText, [print(first)]);
  const ofTexts = OF_TEXTS[name];
  if (ofTexts !== undefined) return use(ofTexts, args.map((arg) => print(arg))); // prettier-ignore
  switch (name) {
    case "isnan":
      return use("is_nan", [print(first)]);
    case "greatest":
    case "least":
      return use(name, args.map((arg) => print(arg, type))); // prettier-ignore
    case "abs":
      return within(type, use("absolute", [print(first)]), use);
    case "ceil":
    case "floor":
      return BITS[first.type.kind] === undefined ? use(name, [print(first)]) : print(first);
    case "round":
      return rounded(expr, first, print, use);
    default:
      return undefined;
  }
}

function rounded({ args, type }: Call, first: Expr, print: Print, use: Use): Py {
  const digits = digitsOf(args) ?? 0;
  if (BITS[type.kind] !== undefined || (type.kind === "decimal" && first.type.kind === "decimal" && digits >= first.type.scale))
    return print(first);
  const value = use("round_half_up", [print(first), literal(digits)]);
  return type.kind === "float" ? cast(value, type, use) : value;
}
