/** Names and types for an expression: what Spark's analyzer would do, for the closed grammar. Every node knows its type and whether it can be NULL. */
import { nearest } from "../../diagnostics/nearest.js";
import type { DataType } from "../../data-type.js";
import { findName } from "../types/name.js";
import { parseDataType, printDataType } from "../types/text.js";
import type { BinaryOp, ColumnRef, Expr, ScalarName, TryName } from "./ast.js";
import { isNumeric } from "../../sql/types.js";
import { isBareCall, unstableName } from "../../sql/unstable.js";
import { arithmetic, BOOLEAN, commonType, isArithmetic, unify } from "./coerce.js";
import { OUR_FUNCTIONS, SPARK_FUNCTIONS, TRIES } from "./functions.js";
import { isNull, numberLiteral } from "./literal.js";
import { parseExpression } from "./parse.js";
import { scalarCall, scalarName } from "./scalars.js";
import { sugarOf } from "./sugar.js";
import type { ExprFinding, Syntax } from "./syntax.js";

/** What names mean where an expression stands. */
export interface Scope {
  resolve(path: readonly string[]): Resolved;
}
export type Resolved =
  /** `used` is how many parts of the path name it; what follows are fields of structs. */
  | { readonly ref: ColumnRef; readonly type: DataType; readonly nullable: boolean; readonly used?: number }
  /** `unknown` is the part of the path that is not known; `names` those that could be meant, `where` says of what. */
  | { readonly unknown: number; readonly names: readonly string[]; readonly where: string }
  /** The name is known, its type is not: it was reported elsewhere. */
  | "untyped";

export interface Checked {
  readonly expr?: Expr;
  readonly findings: readonly ExprFinding[];
}

export function checkExpression(text: string, scope: Scope): Checked {
  const parsed = parseExpression(text);
  if ("finding" in parsed) return { findings: [parsed.finding] };
  const findings: ExprFinding[] = [];
  const expr = typed(parsed.syntax, { scope, report: (finding) => void findings.push(finding) });
  if (expr !== undefined && isNull(expr) && findings.length === 0)
    findings.push({ code: "type-mismatch", args: { reason: "NULL alone has no type" }, span: parsed.syntax.span });
  return findings.length > 0 || expr === undefined ? { findings } : { expr, findings };
}

interface Context {
  readonly scope: Scope;
  readonly report: (finding: ExprFinding) => void;
}

/** Undefined where a mistake was reported: what stands above it is not judged. */
function typed(syntax: Syntax, context: Context): Expr | undefined {
  switch (syntax.node) {
    case "column":
      return column(syntax, context);
    case "number":
      return (
        numberLiteral(syntax.text) ??
        fail(context, syntax, "type-mismatch", { reason: `${syntax.text} has more digits than Spark's numbers` })
      );
    case "string":
      return { node: "literal", value: syntax.value, type: { kind: "string" }, nullable: false };
    case "boolean":
      return { node: "literal", value: syntax.value, type: BOOLEAN, nullable: false };
    case "null":
      return { node: "literal", value: null, type: BOOLEAN, nullable: true };
    case "unary":
      return unary(syntax, context);
    case "binary":
      return binary(syntax, context);
    case "is_null": {
      const operand = typed(syntax.operand, context);
      return operand && { node: "is_null", operand, negated: syntax.negated, type: BOOLEAN, nullable: false };
    }
    case "case":
      return caseWhen(syntax, context);
    case "call":
      return call(syntax, context);
    case "cast":
      return cast(syntax, context);
  }
}

function fail(context: Context, at: Syntax, code: string, args: ExprFinding["args"]): undefined {
  context.report({ code, args, span: at.span });
  return undefined;
}

function column(syntax: Extract<Syntax, { node: "column" }>, context: Context): Expr | undefined {
  const found = context.scope.resolve(syntax.path.map((part) => part.name));
  if (found === "untyped") return undefined;
  if ("ref" in found) {
    const { used = syntax.path.length, ...rest } = found;
    return fields({ node: "column", ...rest }, syntax.path, used, context);
  }
  const part = syntax.path[found.unknown] ?? { name: "", span: syntax.span };
  if (syntax.path.length === 1 && isBareCall(part.name)) return unstable(part.name, part.span, context);
  const near = nearest(part.name, found.names);
  context.report({
    code: "unknown-column",
    args: { name: part.name, where: found.where, known: found.names, ...(near === undefined ? {} : { nearest: near }) },
    span: part.span,
    ...(near === undefined ? {} : { replacement: near }),
  });
  return undefined;
}

/** The field that a path leads to, from a column. */
// oxlint-disable-next-line max-params -- a path, and where in it.
function fields(column: Expr, path: Extract<Syntax, { node: "column" }>["path"], used: number, context: Context): Expr | undefined {
  let expr = column;
  for (const { name, span } of path.slice(used)) {
    const before = path.slice(0, used).map((part) => part.name).join("."); // prettier-ignore
    if (expr.type.kind !== "struct") {
      context.report({
        code: "type-mismatch",
        args: { reason: `\`${before}\` is of type ${printDataType(expr.type)}, which has no fields`, remedy: "" },
        span,
      });
      return undefined;
    }
    const known = expr.type.fields;
    const field = findName(known, name, (each) => each.name);
    if (field === undefined) {
      const names = known.map((each) => each.name);
      const near = nearest(name, names);
      const more = near === undefined ? {} : { nearest: near };
      context.report({
        code: "unknown-column",
        args: { name, where: before, known: names, ...more },
        span,
        ...(near === undefined ? {} : { replacement: near }),
      });
      return undefined;
    }
    expr = { node: "field", operand: expr, name: field.name, type: field.type, nullable: expr.nullable || field.nullable };
    used += 1;
  }
  return expr;
}

/** Undefined also where the function is not one of these: then nothing was reported. */
function unstable(name: string, span: Syntax["span"], context: Context): undefined {
  const kind = unstableName(name);
  if (kind !== undefined) context.report({ code: "sql-not-reproducible", args: { what: name.toLowerCase(), kind }, span });
}

function unary(syntax: Extract<Syntax, { node: "unary" }>, context: Context): Expr | undefined {
  const operand = typed(syntax.operand, context);
  if (operand === undefined) return undefined;
  const right = syntax.op === "not" ? operand.type.kind === "boolean" : isNumeric(operand.type);
  if (!right)
    return fail(context, syntax.operand, "type-mismatch", {
      reason: `${syntax.op === "not" ? "NOT" : "minus"} takes ${syntax.op === "not" ? "a boolean" : "a number"}, not ${printDataType(operand.type)}`,
    });
  return { node: "unary", op: syntax.op, operand, type: operand.type, nullable: operand.nullable };
}

function binary(syntax: Extract<Syntax, { node: "binary" }>, context: Context): Expr | undefined {
  let left = typed(syntax.left, context);
  let right = typed(syntax.right, context);
  if (left === undefined || right === undefined) return undefined;
  if (isNull(left)) left = { ...left, type: right.type };
  if (isNull(right)) right = { ...right, type: left.type };
  const result = resultOf(syntax.op, left, right);
  if (result === undefined) {
    const verb = isArithmetic(syntax.op)
      ? "computes with numbers"
      : syntax.op === "and" || syntax.op === "or"
        ? "joins conditions"
        : "compares two values of one kind";
    context.report({
      code: "type-mismatch",
      args: {
        reason: `\`${syntax.op.toUpperCase()}\` ${verb}, and these are ${printDataType(left.type)} and ${printDataType(right.type)}`,
      },
      span: syntax.span,
    });
    return undefined;
  }
  return { node: "binary", op: syntax.op, left, right, type: result, nullable: left.nullable || right.nullable };
}

function resultOf(op: BinaryOp, left: Expr, right: Expr): DataType | undefined {
  if (isArithmetic(op)) return arithmetic(op, left, right)?.result;
  if (op === "and" || op === "or") return left.type.kind === "boolean" && right.type.kind === "boolean" ? BOOLEAN : undefined;
  const common = commonType(left, right);
  const comparable = common !== undefined && !["array", "map", "struct", "binary"].includes(common.kind);
  return comparable ? BOOLEAN : undefined;
}

function caseWhen(syntax: Extract<Syntax, { node: "case" }>, context: Context): Expr | undefined {
  const whens = syntax.branches.map((branch) => typed(branch.when, context));
  const thens = [...syntax.branches.map((branch) => branch.then), ...(syntax.otherwise ? [syntax.otherwise] : [])].map((value) =>
    typed(value, context),
  );
  syntax.branches.forEach(({ when }, i) => {
    const type = whens[i]?.type;
    if (type !== undefined && type.kind !== "boolean")
      fail(context, when, "type-mismatch", { reason: `WHEN takes a condition, not ${printDataType(type)}` });
  });
  const values = thens.filter((value) => value !== undefined);
  if (values.length < thens.length || whens.includes(undefined)) return undefined;
  const unified = unify(values);
  if (unified === undefined)
    return fail(context, syntax, "type-mismatch", {
      reason: `the branches of CASE have no common type: ${[...new Set(values.map((value) => printDataType(value.type)))].join(", ")}`,
    });
  const branches = syntax.branches.flatMap((_, i) => {
    const [when, then] = [whens[i], unified.parts[i]];
    return when && then ? [{ when, then }] : [];
  });
  const otherwise = syntax.otherwise && unified.parts.at(-1);
  return {
    node: "case",
    branches,
    ...(otherwise ? { otherwise } : {}),
    type: unified.type,
    nullable: otherwise === undefined || unified.parts.some((part) => part.nullable),
  };
}

function call(syntax: Extract<Syntax, { node: "call" }>, context: Context): Expr | undefined {
  const sugar = sugarOf(syntax);
  if (sugar?.plain !== undefined) return typed(sugar.plain, context);
  if (sugar !== undefined) {
    const wanted = ["one value", "two values", "three values"][sugar.takes - 1] ?? "";
    return fail(context, syntax, "type-mismatch", { reason: `${syntax.name.toLowerCase()} takes ${wanted}, not ${syntax.args.length}` });
  }
  const scalar = scalarName(syntax.name);
  if (scalar !== undefined) return ofScalar(scalar, syntax, context);
  const name = OUR_FUNCTIONS.find((known) => known === syntax.name.toLowerCase());
  if (name === undefined) {
    const known = SPARK_FUNCTIONS.has(syntax.name.toLowerCase());
    const near = nearest(syntax.name, SPARK_FUNCTIONS);
    if (unstableName(syntax.name) !== undefined) unstable(syntax.name, syntax.nameSpan, context);
    else if (known)
      context.report({ code: "not-yet-supported", args: { kind: "function", what: syntax.name.toLowerCase() }, span: syntax.nameSpan });
    else
      context.report({
        code: "unknown-function",
        args: { name: syntax.name, ...(near === undefined ? {} : { nearest: near }) },
        span: syntax.nameSpan,
        ...(near === undefined ? {} : { replacement: near }),
      });
    return undefined;
  }
  if (isTry(name)) return tried(name, syntax, context);
  const args = syntax.args.map((arg) => typed(arg, context)).filter((arg) => arg !== undefined);
  if (args.length < syntax.args.length) return undefined;
  const wanted = name === "coalesce" ? "at least one value" : name === "nullif" ? "two values" : "one value";
  const right = name === "coalesce" ? args.length >= 1 : args.length === (name === "nullif" ? 2 : 1);
  const [first, second] = args;
  if (!right || first === undefined)
    return fail(context, syntax, "type-mismatch", { reason: `${name} takes ${wanted}, not ${args.length}` });
  if (name === "hour" || name === "dayofweek") {
    const fits = first.type.kind === "timestamp" || (name === "dayofweek" && first.type.kind === "date");
    if (!fits)
      return fail(context, syntax.args[0] ?? syntax, "type-mismatch", {
        reason: `${name} takes a timestamp, not ${printDataType(first.type)}`,
      });
    return { node: "call", name, args, type: { kind: "int" }, nullable: first.nullable };
  }
  const unified = unify(args);
  if (unified === undefined)
    return fail(context, syntax, "type-mismatch", {
      reason: `the values of ${name} have no common type: ${args.map((arg) => printDataType(arg.type)).join(", ")}`,
    });
  if (name === "coalesce")
    return { node: "call", name, args: unified.parts, type: unified.type, nullable: args.every((arg) => arg.nullable) };
  const [a, b] = unified.parts;
  return a && b && second ? { node: "call", name, args: [a, b], type: a.type, nullable: true } : undefined;
}

function ofScalar(name: ScalarName, syntax: Extract<Syntax, { node: "call" }>, context: Context): Expr | undefined {
  const args = syntax.args.map((arg) => typed(arg, context)).filter((arg) => arg !== undefined);
  if (args.length < syntax.args.length) return undefined;
  const made = scalarCall(name, args);
  if ("expr" in made) return made.expr;
  const at = made.at === undefined ? undefined : syntax.args[made.at];
  return fail(context, at ?? syntax, "type-mismatch", { reason: made.reason });
}

const isTry = (name: (typeof OUR_FUNCTIONS)[number]): name is TryName => Object.hasOwn(TRIES, name);

/** The same operation, but for what it does where it fails. */
function tried(name: TryName, syntax: Extract<Syntax, { node: "call" }>, context: Context): Expr | undefined {
  const [left, right, ...more] = syntax.args;
  if (left === undefined || right === undefined || more.length > 0)
    return fail(context, syntax, "type-mismatch", { reason: `${name} takes two values, not ${syntax.args.length}` });
  const found = binary({ node: "binary", op: TRIES[name], left, right, opSpan: syntax.nameSpan, span: syntax.span }, context);
  if (found?.node !== "binary") return undefined;
  return { node: "call", name, args: [found.left, found.right], type: found.type, nullable: true };
}

function cast(syntax: Extract<Syntax, { node: "cast" }>, context: Context): Expr | undefined {
  const operand = typed(syntax.operand, context);
  const type = parseDataType(syntax.type);
  if (type === undefined) {
    context.report({ code: "type-mismatch", args: { reason: `${syntax.type} is not a type` }, span: syntax.typeSpan });
    return undefined;
  }
  if (operand === undefined) return undefined;
  const from = operand.type;
  const text =
    type.kind === "string" &&
    (from.kind === "string" || from.kind === "boolean" || ["tinyint", "smallint", "int", "bigint"].includes(from.kind));
  const number = isNumeric(type) && type.kind !== "float" && (isNumeric(from) || (from.kind === "boolean" && type.kind === "double"));
  if (!text && !number) {
    context.report({
      code: "not-yet-supported",
      args: { what: `CAST from ${printDataType(from)} to ${printDataType(type)}` },
      span: syntax.typeSpan,
    });
    return undefined;
  }
  return { node: "cast", operand: isNull(operand) ? { ...operand, type } : operand, type, nullable: operand.nullable };
}
