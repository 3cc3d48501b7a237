/** Functions that take lambdas: the lambda's parameters have the types of what it is called with. */
import type { CallExpr, Expr, LambdaExpr } from "../ast.js";
import { canCast, common } from "../coerce.js";
import type { FunctionDef } from "../functions/signature.js";
import { isNested, arrayOf, BOOLEAN, INT, mapOf, printType, unknown, type ArrayType, type MapType, type SqlType } from "../types.js";
import { anyNullable, bound, joinSql, sqlOf, type Bound } from "./bound.js";
import { fail, notKnown, type Env } from "./env.js";

export function isHigherOrder(name: string): boolean {
  return HIGHER_ORDER[name] !== undefined;
}

interface Variable {
  readonly type: SqlType;
  readonly nullable: boolean;
}
interface Made {
  readonly type: SqlType;
  readonly nullable: boolean | undefined;
}
interface Work {
  readonly values: readonly Bound[];
  readonly nullable: boolean | undefined;
  /** Binds the lambda at this place with such parameters. */
  lambda(at: number, ...variables: readonly Variable[]): Bound | undefined;
}
/** Undefined where Spark takes no such arguments. */
type Make = (work: Work) => Made | undefined;

/** No collection where one is due; else what does not fit together. */
function misfit(
  { name }: FunctionDef,
  [first]: readonly Bound[],
  children: readonly Bound[],
  { env, span }: { readonly env: Env; readonly span: Bound["span"] },
): Bound {
  const [at, types] =
    first !== undefined && !isNested(first.type)
      ? [first.span, { types: printType(first.type), place: "1" }]
      : [span, { types: children.map(({ type }) => printType(type)).join(", ") }];
  return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", at, { name, ...types }, children);
}

export function bindHigherOrder(expr: CallExpr, def: FunctionDef, env: Env): Bound {
  const make = HIGHER_ORDER[def.name];
  const args = expr.args.map(({ value }) => value);
  const given = new Map<number, Bound>();
  const values = args.map((arg, i) => {
    const value =
      arg.kind === "lambda"
        ? bound({ type: unknown("a lambda"), nullable: false, span: arg.span, key: "lambda" })
        : env.shared.expression(arg, env);
    given.set(i, value);
    return value;
  });
  if (make === undefined && def.name === "array_sort") return sortedBy(expr, values, env);
  if (make === undefined) return fail(env, "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION", expr.span, { name: def.name }, values);
  const [least, most] = COUNTS[def.name] ?? [2, 2];
  if (args.length < least || args.length > most)
    return fail(
      env,
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      expr.span,
      { name: def.name, expected: `${least}`, found: String(args.length) },
      values,
    );
  let bad: Expr | undefined;
  let plain = false;
  const work: Work = {
    values,
    nullable: anyNullable(values.filter((_, i) => i < (LAMBDA_AT[def.name] ?? 1))),
    lambda(at, ...variables) {
      const body = bindLambda(args[at], variables, env);
      if (args[at]?.kind !== "lambda") plain = true;
      if (body === undefined) bad = args[at] ?? expr;
      else given.set(at, body);
      return body;
    },
  };
  const made = make(work);
  const children = [...given.values()];
  if (bad !== undefined) return fail(env, "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH", bad.span, { name: def.name }, children);
  if (values.some(({ type }, i) => type.kind === "unknown" && args[i]?.kind !== "lambda") && made === undefined)
    return bound({
      type: unknown("computed from what is not known"),
      nullable: undefined,
      span: expr.span,
      key: `?${env.shared.nextId()}`,
      children,
    });
  if (made === undefined) return misfit(def, values, children, { env, span: expr.span });
  const key = `${def.name}(${children.map((child) => child.key).join()})`;
  const implied =
    ["aggregate", "reduce", "array_aggregate"].includes(def.name) && args.length === 3
      ? ["lambdafunction(namedlambdavariable(), namedlambdavariable())"]
      : [];
  const sqls = [...args].map((arg, i) => (arg.kind === "lambda" ? lambdaSql(arg, given.get(i)) : given.get(i)?.sql));
  const sql = plain ? undefined : sqlOf([def.name, "(", joinSql([...sqls, ...implied], ", "), ")"]);
  return bound({ ...made, span: expr.span, key, sql, children });
}

function lambdaSql(lambda: LambdaExpr, body: Bound | undefined): string | undefined {
  return sqlOf(["lambdafunction(", body?.sql, ...lambda.params.map(() => ", namedlambdavariable()"), ")"]);
}

/** `array_sort(a, (x, y) -> …)`. */
function sortedBy(expr: CallExpr, values: readonly Bound[], env: Env): Bound {
  const [array] = values;
  if (array !== undefined && !["array", "unknown", "null"].includes(array.type.kind))
    return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", array.span, { name: "array_sort", types: printType(array.type), place: "1" }, values); // prettier-ignore
  if (array?.type.kind !== "array") return notKnown(env, "what is sorted is not known", expr.span, values);
  const element = { type: array.type.element, nullable: array.type.containsNull };
  const body = bindLambda(expr.args[1]?.value, [element, element], env);
  if (body === undefined)
    return fail(env, "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH", expr.args[1]?.value.span ?? expr.span, { name: "array_sort" }, values); // prettier-ignore
  if (body.type.kind !== "int") {
    if (body.type.kind === "unknown") return notKnown(env, "how it is sorted is not known", expr.span, values);
    return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE", expr.span, { name: "array_sort" }, values);
  }
  const children = [array, body];
  return bound({
    type: array.type,
    nullable: array.nullable,
    span: expr.span,
    key: `array_sort(${children.map(({ key }) => key).join()})`,
    children,
  });
}

/** Undefined where the lambda takes another number of parameters, or is none. */
function bindLambda(expr: Expr | undefined, given: readonly Variable[], env: Env): Bound | undefined {
  // Anything else stands for a lambda that gives it.
  if (expr !== undefined && expr.kind !== "lambda") return env.shared.expression(expr, env);
  if (expr === undefined) return undefined;
  const params = expr.params;
  // The place of an element may be left out, and nothing else.
  const least = given.at(-1) === INDEX ? given.length - 1 : given.length;
  if (params.length > given.length || params.length < least || new Set(params.map(({ name }) => name.toLowerCase())).size < params.length)
    return undefined;
  return env.shared.expression(expr.body, { ...env, variables: new Map([...env.variables, ...variablesOf(expr, given, env)]) });
}

function variablesOf(expr: LambdaExpr, given: readonly Variable[], env: Env): readonly (readonly [string, Bound])[] {
  return expr.params.map((param, i) => {
    const { type, nullable } = given[i] ?? { type: unknown("no such parameter"), nullable: true };
    const key = `λ${env.shared.nextId()}`;
    const variable = bound({
      op: "lambda-variable",
      type,
      nullable,
      span: param.span,
      key,
      sql: `namedlambdavariable()`,
      alias: param.name,
      foldable: false,
    });
    return [param.name.toLowerCase(), variable];
  });
}

const array = (value: Bound | undefined): ArrayType | undefined => (value?.type.kind === "array" ? value.type : undefined);
const map = (value: Bound | undefined): MapType | undefined => (value?.type.kind === "map" ? value.type : undefined);
const INDEX: Variable = { type: INT, nullable: false };
const isTest = (body: Bound | undefined): boolean => body === undefined || ["boolean", "null", "unknown"].includes(body.type.kind);

/** A test of each element. */
const tested =
  (result: (type: ArrayType, body: Bound | undefined, nullable: boolean | undefined) => Made, withIndex: boolean): Make =>
  ({ values, lambda, nullable }) => {
    const type = array(values[0]);
    if (type === undefined) return undefined;
    const element = { type: type.element, nullable: type.containsNull };
    const body = lambda(1, element, ...(withIndex ? [INDEX] : []));
    return isTest(body) ? result(type, body, nullable) : undefined;
  };

const transform: Make = ({ values, lambda, nullable }) => {
  const type = array(values[0]);
  const body = type && lambda(1, { type: type.element, nullable: type.containsNull }, INDEX);
  return type && { type: arrayOf(body?.type ?? unknown("a lambda"), body?.nullable ?? true), nullable };
};

const reduce: Make = ({ values, lambda }) => {
  const type = array(values[0]);
  const [, zero] = values;
  if (type === undefined || zero === undefined) return undefined;
  const accumulator = { type: zero.type, nullable: true };
  const merge = lambda(2, accumulator, { type: type.element, nullable: type.containsNull });
  if (merge === undefined || !canBecome(merge.type, zero.type)) return undefined;
  const finish = values.length === 4 ? lambda(3, accumulator) : undefined;
  const result = finish ?? zero;
  return { type: result.type, nullable: finish === undefined ? true : (values[0]?.nullable ?? true) || (finish.nullable ?? true) };
};

/** The accumulator keeps the type of its start. */
function canBecome(from: SqlType, to: SqlType): boolean {
  const both = common([from, to]);
  return (
    from.kind === "unknown" ||
    to.kind === "unknown" ||
    (both !== undefined && printType(both) === printType(to)) ||
    (from.kind === "null" && canCast(from, to))
  );
}

const zipWith: Make = ({ values, lambda, nullable }) => {
  const [left, right] = [array(values[0]), array(values[1])];
  const body = left && right && lambda(2, { type: left.element, nullable: true }, { type: right.element, nullable: true });
  return left && right && { type: arrayOf(body?.type ?? unknown("a lambda"), body?.nullable ?? true), nullable };
};

const ofMap =
  (result: (type: MapType, body: Bound) => SqlType | undefined): Make =>
  ({ values, lambda, nullable }) => {
    const type = map(values[0]);
    const body = type && lambda(1, { type: type.key, nullable: false }, { type: type.value, nullable: type.valueContainsNull });
    const made = type && body && result(type, body);
    return made && { type: made, nullable };
  };

const mapZipWith: Make = ({ values, lambda, nullable }) => {
  const [left, right] = [map(values[0]), map(values[1])];
  const key = left && right && common([left.key, right.key]);
  if (left === undefined || right === undefined || key === undefined) return undefined;
  const body = lambda(2, { type: key, nullable: false }, { type: left.value, nullable: true }, { type: right.value, nullable: true });
  return { type: mapOf(key, body?.type ?? unknown("a lambda"), body?.nullable ?? true), nullable };
};

const HIGHER_ORDER: Readonly<Record<string, Make>> = {
  transform,
  filter: tested((type, _body, nullable) => ({ type, nullable }), true),
  exists: tested(
    (_type, body, nullable) => ({ type: BOOLEAN, nullable: anyNullable([{ nullable }, { nullable: body?.nullable ?? true }]) }),
    false,
  ),
  forall: tested(
    (_type, body, nullable) => ({ type: BOOLEAN, nullable: anyNullable([{ nullable }, { nullable: body?.nullable ?? true }]) }),
    false,
  ),
  aggregate: reduce,
  array_aggregate: reduce,
  reduce,
  zip_with: zipWith,
  transform_keys: ofMap((type, body) => mapOf(body.type, type.value, type.valueContainsNull)),
  transform_values: ofMap((type, body) => mapOf(type.key, body.type, body.nullable ?? true)),
  map_filter: ofMap((type, body) => (isTest(body) ? type : undefined)),
  map_zip_with: mapZipWith,
};
/** Where the first lambda stands. */
const LAMBDA_AT: Readonly<Record<string, number>> = { aggregate: 2, reduce: 2, zip_with: 2, map_zip_with: 2 };
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  aggregate: [3, 4],
  array_aggregate: [3, 4],
  reduce: [3, 4],
  zip_with: [3, 3],
  map_zip_with: [3, 3],
};
