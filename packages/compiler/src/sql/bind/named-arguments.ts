/** `mask(s, lowerChar => 'q')`: few functions of Spark have names for what they take. */
import type { CallArg, CallExpr, Expr } from "../ast.js";
import type { FunctionDef, Parameter } from "../functions/signature.js";
import { same } from "../scope.js";
import { NULL, STRING } from "../types.js";
import { report, type Env } from "./env.js";

/** With the arguments in the order of the parameters; undefined where a mistake was reported. */
export function inOrder(expr: CallExpr, def: FunctionDef, env: Env): CallExpr | undefined {
  const { args } = expr;
  if (args.every(({ name }) => name === undefined)) return expr;
  const mistake = (condition: string, at: CallArg, more: Readonly<Record<string, string>> = {}): undefined => {
    report(env, condition, at.name?.span ?? at.value.span, { name: def.name, ...more });
    return undefined;
  };
  const [first] = args.filter(({ name }) => name !== undefined);
  const { parameters } = def;
  if (first === undefined) return expr;
  if (parameters === undefined) return mistake("NAMED_PARAMETERS_NOT_SUPPORTED", first);
  const inPlace = args.findIndex(({ name }) => name !== undefined);
  const late = args.slice(inPlace).find(({ name }) => name === undefined);
  if (late !== undefined) return mistake("UNEXPECTED_POSITIONAL_ARGUMENT", late);
  const values = new Map<string, Expr>(args.slice(0, inPlace).map(({ value }, i) => [parameters[i]?.name ?? `${i}`, value]));
  for (const arg of args.slice(inPlace)) {
    const written = arg.name?.name ?? "";
    const parameter = parameters.find(({ name }) => same(name, written));
    const known = parameters.map(({ name }) => name).join(", ");
    if (parameter === undefined) return mistake("UNRECOGNIZED_PARAMETER_NAME", arg, { parameter: written, known });
    if (values.has(parameter.name)) {
      const twice =
        parameters.indexOf(parameter) < inPlace
          ? "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED"
          : "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE";
      return mistake(twice, arg, { parameter: parameter.name });
    }
    values.set(parameter.name, arg.value);
  }
  const missing = parameters.find(({ name, otherwise }) => otherwise === undefined && !values.has(name));
  if (missing !== undefined) return mistake("REQUIRED_PARAMETER_NOT_FOUND", first, { parameter: missing.name });
  return { ...expr, args: [...args.slice(parameters.length, inPlace), ...filled(parameters, values, expr)] };
}

/** What is left out is what the function takes for it. */
function filled(parameters: readonly Parameter[], values: ReadonlyMap<string, Expr>, { span }: CallExpr): readonly CallArg[] {
  const last = parameters.findLastIndex(({ name }) => values.has(name));
  return parameters.slice(0, last + 1).map(({ name, otherwise }): CallArg => {
    const value = otherwise === "NULL" ? null : (otherwise ?? "");
    return { value: values.get(name) ?? { kind: "literal", type: value === null ? NULL : STRING, value, span } };
  });
}
