/** Calls of masking functions: typed as what they are written as for Spark. */
import { nearest } from "../../diagnostics/nearest.js";
import type { CallExpr, Expr } from "../ast.js";
import type { FunctionDef } from "../functions/signature.js";
import { masked, unmasked } from "../lineage.js";
import { hasBucket, isKeyed, MASK_NAMES, maskFunction, maskOf, type MaskName } from "../masks.js";
import { decimal, DOUBLE } from "../types.js";
import { isBare, type Bound } from "./bound.js";
import { isColumn, nodesBelow } from "../node.js";
import { fail, isWrong, wrong, type Env } from "./env.js";

type Plain = (expr: CallExpr, def: FunctionDef, env: Env) => Bound;

export function bindMask(expr: CallExpr, env: Env, plain: Plain): Bound {
  const mask = maskOf(expr);
  if (mask === undefined) return noMask(expr, env);
  const def = maskFunction(mask);
  const misplaced = misplacedMask(mask, expr, env);
  if (misplaced !== undefined) return fail(env, misplaced, expr.span, { name: def.name });
  const bound = plain(expr, def, env);
  if (isWrong(bound)) return bound;
  const size = SIZES[mask];
  if (size !== undefined && !isPositive(expr.args[1]?.value))
    return fail(env, "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", expr.args[1]?.value.span ?? expr.span, { name: def.name, expected: size });
  const as = mask === "bucket" ? bucket(expr, bound, env) : bound;
  const named = { ...as, sql: undefined, foldable: as.foldable && !isKeyed(mask) };
  if (isWeak(mask, expr.args[1]?.value)) {
    env.shared.weak.push({ what: `mask.${mask}`, columns: unmasked(bound.lineage), span: expr.span });
    return { ...named, lineage: bound.lineage };
  }
  const [value] = bound.children;
  return { ...named, lineage: masked(bound.lineage, mask), ...(value !== undefined && isBare(value) ? { bare: true } : {}) };
}

function noMask(expr: CallExpr, env: Env): Bound {
  const [, last] = expr.name;
  const near = nearest(last?.name ?? "", MASK_NAMES);
  env.shared.findings.push({
    condition: "UNRESOLVED_ROUTINE",
    args: { name: `mask.${last?.name ?? ""}` },
    span: last?.span ?? expr.span,
    ...(near === undefined ? {} : { nearest: near }),
    known: MASK_NAMES,
  });
  return wrong(env, expr.span);
}

function misplacedMask(mask: MaskName, expr: CallExpr, env: Env): string | undefined {
  if (expr.over !== undefined) return "UNSUPPORTED_EXPR_FOR_WINDOW";
  if (mask === "bucket" && expr.args.some(({ value }) => hasBucket(value))) return "_MASK_IN_ITSELF";
  if (!isKeyed(mask)) return undefined;
  // Python computes these, from the rows of a table.
  if (env.variables.size > 0) return "UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_PYTHON_UDF";
  if (env.place === "values") return "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE";
  return env.place === "join" && tablesIn(expr.args) > 1 ? "UNSUPPORTED_FEATURE.PYTHON_UDF_IN_ON_CLAUSE" : undefined;
}

/** How many tables columns are of, as far as they say; one that does not may be of any. */
function tablesIn(args: CallExpr["args"]): number {
  const columns = nodesBelow(args).filter(isColumn);
  return new Set(columns.map(({ path }) => (path.length > 1 ? path[0] : path.at(-1))?.name.toLowerCase())).size;
}

/** What the second argument has to be. */
const SIZES: Readonly<Partial<Record<MaskName, string>>> = {
  truncate: "how many characters are left: a whole number above 0, such as `6`",
  bucket: "the width of a bucket: a number above 0, such as `100`",
};

function isPositive(size: Expr | undefined): boolean {
  return size?.kind === "literal" && typeof size.value === "string" && Number(size.value) > 0;
}

/** Of what names a person by itself so much may be left: as much as card numbers show of the issuer; the shortest identifiers have eight or nine characters. */
const LEFT = 6;

/** Whether it leaves out too little to be a mask: a bucket of 1 has one whole number in it. */
function isWeak(mask: MaskName, size: Expr | undefined): boolean {
  const amount = size?.kind === "literal" ? Number(size.value) : 0;
  return mask === "truncate" ? amount > LEFT : mask === "bucket" && amount <= 1;
}

/** The lower bound of a bucket, as `sparkText` writes it. */
function bucket(expr: CallExpr, { children }: Bound, env: Env): Bound {
  const [value, width] = expr.args.map((arg) => arg.value);
  const start = expr.name[0]?.span.start;
  if (value === undefined || width === undefined || start === undefined) throw new Error("a bucket has a value and a width");
  if (!children.some(({ type }) => type.kind === "double" || type.kind === "float"))
    return env.shared.expression(called(expr, "try_subtract", value, called(expr, "pmod", value, width)), env);
  env.shared.inexact.add(start);
  const { span } = expr;
  const operator = { kind: "binary", opSpan: span, span } as const;
  const share: Expr = { ...operator, op: "/", left: value, right: width };
  const whole = called(expr, "floor", {
    kind: "cast",
    operand: share,
    type: decimal(38, 18),
    typeName: "DECIMAL(38,18)",
    safe: true,
    span,
  });
  const bound: Expr = { ...operator, op: "*", left: whole, right: width };
  return env.shared.expression({ kind: "cast", operand: bound, type: DOUBLE, typeName: "DOUBLE", safe: false, span }, env);
}

function called({ span }: CallExpr, name: string, ...args: readonly Expr[]): CallExpr {
  return { kind: "call", name: [{ name, span }], args: args.map((value) => ({ value })), distinct: false, span };
}
