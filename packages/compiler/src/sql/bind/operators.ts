/** Arithmetic, comparisons, logic and `||`. */
import type { BinaryExpr, BinaryOp, UnaryExpr } from "../ast.js";
import { canStore, castNullable, decimalFor, sameShape, tightest, withString, wider, widerWithoutString } from "../coerce.js";
import { withAhead, withoutLater } from "../ahead.js";
import { decimalResult, type ArithmeticOp } from "../decimals.js";
import {
  BIGINT, BOOLEAN, DATE, DAY_TIME, decimal, DOUBLE, hasUnknown, interval, isDatetime, isDayTime, isIntegral, isNumeric, isTimestamp, isYearMonth,
  printType, STRING, TIMESTAMP, unknown, YEAR_MONTH, type DecimalType, type SqlType,
} from "../types.js"; // prettier-ignore
import { comparing, comparedIn } from "./later.js";
import { merged } from "../lineage.js";
import { atMoment, momentComputed, momentNegated } from "./moment.js";
import { anyNullable, bound, sqlOf, type Bound } from "./bound.js";
import { findClocks } from "./clock.js";
import { clashing } from "./collation.js";
import { fail, report, type Env } from "./env.js";

const COMPARISONS: readonly string[] = ["=", "<=>", "<>", "<", "<=", ">", ">="];
const COMMUTATIVE: readonly string[] = ["+", "*", "=", "<=>", "and", "or", "&", "|", "^"];

export function bindBinary(expr: BinaryExpr, env: Env): Bound {
  // Long chains lean to the left: walked without a call for each link.
  const links: BinaryExpr[] = [];
  let first: BinaryExpr["left"] = expr;
  while (first.kind === "binary") {
    links.push(first);
    first = first.left;
  }
  let left = env.shared.expression(first, env);
  for (const link of links.reverse()) {
    left = binary(link, left, env.shared.expression(link.right, env), env);
    findClocks(link, left, env);
  }
  return left;
}

/** Where the operand of a comparison is printed: `!=` is `NOT (a = b)`. */
function binary(expr: BinaryExpr, left: Bound, right: Bound, env: Env): Bound {
  const { op, span } = expr;
  const children = [left, right];
  const keys = children.map(({ key }) => key);
  const key = `(${(COMMUTATIVE.includes(op) ? keys.sort() : keys).join(` ${op} `)})`;
  const written = sqlOf(["(", left.sql, ` ${op === "and" || op === "or" ? op.toUpperCase() : op} `, right.sql, ")"]);
  const clash = op === "||" || COMPARISONS.includes(op) ? clashing(children, span, env) : undefined;
  if (clash !== undefined) return clash;
  const given = { span, key, sql: op === "<>" ? sqlOf(["(NOT ", "(", left.sql, " = ", right.sql, "))"]) : written, children };
  if (op === "||") return concat(given, env);
  if (op === "and" || op === "or") {
    for (const side of children) if (!isBoolean(side.type)) return mismatch(expr, left, right, env);
    const compared = op === "and" ? children.flatMap((side) => side.compared ?? []) : [];
    return bound({ ...given, type: BOOLEAN, nullable: anyNullable(children), ...(compared.length === 0 ? {} : { compared }) });
  }
  if (COMPARISONS.includes(op)) {
    const compared = comparable(left, right);
    if (compared === undefined) return mismatch(expr, left, right, env);
    const reduced = !["=", "<=>", "<>"].includes(op) && isIntegral(left.type) !== isIntegral(right.type) && children.some(isDecimalLiteral);
    return comparison(expr, left, right, {
      ...given,
      ...(reduced ? { sql: undefined } : {}),
      type: BOOLEAN,
      nullable: op === "<=>" ? false : comparedNullable(op, left, right, compared),
    });
  }
  const type = resultType(op, left, right);
  if (type === undefined) return mismatch(expr, left, right, env);
  const made = bound({
    ...given,
    type,
    nullable:
      (op === "/" && type.kind !== "interval") || op === "%" || op === "div" || narrowed(op, left, right)
        ? true
        : computedNullable(children, type),
    sql: renamed(op, left, right, given.sql),
  });
  return atMoment(made, momentComputed(expr, left, right));
}

function comparison(expr: BinaryExpr, left: Bound, right: Bound, given: Given): Bound {
  const compared = comparedIn(expr.op, [expr.left, left], [expr.right, right], expr.span);
  const made = bound({ ...given, ...(compared.length === 0 ? {} : { compared }) });
  const newest = comparing(expr, left, right);
  if (newest.length === 0) return made;
  // That the latest are all that is left says more than that their time is the greatest of all.
  const others = made.lineage.ahead.filter(({ over }) => over !== "window");
  return { ...made, lineage: withAhead({ ...made.lineage, ahead: others }, newest) };
}

const isDecimalLiteral = (one: Bound): boolean => one.op === "literal" && one.type.kind === "decimal";

/** An integer literal beside a decimal is cast to as many digits as it has, which Spark says may fail. */
function narrowed(op: BinaryOp, left: Bound, right: Bound): boolean {
  const isWhole = (one: Bound): boolean => one.op === "literal" && isIntegral(one.type);
  const ofDecimal = (one: Bound, other: Bound): boolean =>
    isWhole(one) && other.type.kind === "decimal" && !(other.op === "literal" && ["<", "<=", ">", ">="].includes(op));
  return ofDecimal(left, right) || ofDecimal(right, left);
}

export function comparedNullable(op: BinaryOp, left: Bound, right: Bound, type: SqlType): boolean | undefined {
  if (narrowed(op, left, right)) return true;
  // An integer is compared with the next integer of a decimal literal.
  const whole = (isDecimalLiteral(left) && isIntegral(right.type)) || (isDecimalLiteral(right) && isIntegral(left.type));
  return whole ? anyNullable([left, right]) : castsNullable([left, right], type);
}

/** Once all are cast to what they are compared or computed in. */
export function castsNullable(children: readonly Bound[], type: SqlType): boolean | undefined {
  return anyNullable(children.map((child) => ({ nullable: castNullable(child, type) })));
}

/** Text becomes a number or a time, and may not be one. */
function computedNullable(children: readonly Bound[], type: SqlType): boolean | undefined {
  const kinds = children.map((child) => child.type.kind);
  return kinds.includes("string") || (kinds.includes("timestamp_ntz") && kinds.includes("date"))
    ? true
    : type.kind === "double"
      ? castsNullable(children, type)
      : anyNullable(children);
}

/** Arithmetic on times is a function of another name. */
function renamed(op: BinaryOp, left: Bound, right: Bound, sql: string | undefined): string | undefined {
  const both = [left.type, right.type];
  if (op === "+" && both.some((type) => type.kind === "date") && both.some((type) => isIntegral(type)))
    return left.type.kind === "date"
      ? sqlOf(["date_add(", left.sql, ", ", right.sql, ")"])
      : sqlOf(["date_add(", right.sql, ", ", left.sql, ")"]);
  if (op === "-" && left.type.kind === "date" && isIntegral(right.type)) return sqlOf(["date_sub(", left.sql, ", ", right.sql, ")"]);
  if ((op === "+" || op === "-") && isSpan(right.type) !== isSpan(left.type)) return sqlOf([left.sql, ` ${op} `, right.sql]);
  return sql;
}

const isSpan = ({ kind }: SqlType): boolean => kind === "interval" || kind === "calendar_interval";

function mismatch(expr: BinaryExpr, left: Bound, right: Bound, env: Env): Bound {
  const args = { op: expr.op, left: printType(left.type), right: printType(right.type) };
  const condition =
    tightest(left.type, right.type) === undefined ? "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES" : "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE";
  return fail(env, condition, expr.span, args, [left, right]);
}

export function isBoolean(type: SqlType): boolean {
  return type.kind === "boolean" || type.kind === "null" || type.kind === "unknown" || type.kind === "string";
}

/** What both sides become; undefined where Spark compares no such types. */
export function comparable(left: Bound, right: Bound): SqlType | undefined {
  // Structs are compared by position, whatever their fields are called.
  const shared = sameShape(left.type, right.type) ? left.type : undefined;
  const type = tightest(left.type, right.type) ?? shared ?? decimals(left, right) ?? withString(left.type, right.type);
  return type === undefined || !isOrdered(type) ? undefined : type;
}

function decimals(left: Bound, right: Bound): SqlType | undefined {
  return isNumeric(left.type) && isNumeric(right.type) ? widerWithoutString(left.type, right.type) : undefined;
}

/** Maps, variants and intervals of mixed units have no order. */
export function isOrdered(type: SqlType): boolean {
  switch (type.kind) {
    case "map":
    case "variant":
    case "calendar_interval":
      return false;
    case "array":
      return isOrdered(type.element);
    case "struct":
      return type.fields.every((field) => isOrdered(field.type));
    default:
      return true;
  }
}

/** The type of an arithmetic operation; undefined where there is none. */
export function resultType(op: BinaryOp, left: Bound, right: Bound): SqlType | undefined {
  const [a, b] = [left.type, right.type];
  if (a.kind === "unknown" || b.kind === "unknown") return unknown("computed from what is not known");
  if (op === "<<" || op === ">>" || op === ">>>") return shifted(a, b);
  if (op === "&" || op === "|" || op === "^") return bits(a, b);
  if (op === "+" || op === "-" || op === "*" || op === "/" || op === "%" || op === "div")
    return timed(op, a, b) ?? arithmetic(op, left, right);
  return undefined;
}

function shifted(a: SqlType, b: SqlType): SqlType | undefined {
  if (!(isIntegral(b) || b.kind === "null" || b.kind === "string")) return undefined;
  if (a.kind === "bigint") return a;
  return isIntegral(a) || a.kind === "null" || a.kind === "string" ? { kind: "int" } : undefined;
}

function bits(a: SqlType, b: SqlType): SqlType | undefined {
  const type = tightest(a, b) ?? withString(a, b);
  return type !== undefined && (isIntegral(type) || type.kind === "null") ? (type.kind === "null" ? { kind: "int" } : type) : undefined;
}

/** With a date, a time or an interval; undefined where there is none, or no such operation. */
function timed(op: ArithmeticOp, a: SqlType, b: SqlType): SqlType | undefined {
  if (op === "+") return added(a, b) ?? added(b, a);
  if (op === "-") return subtracted(a, b);
  if (op === "div" && a.kind === "interval" && b.kind === "interval") return isDayTime(a) === isDayTime(b) ? BIGINT : undefined;
  const [span, other] = a.kind === "interval" ? [a, b] : [b, a];
  if (span.kind !== "interval" || !(isNumeric(other) || other.kind === "null" || other.kind === "string")) return undefined;
  if (op === "*" || (op === "/" && a.kind === "interval")) return isDayTime(span) ? DAY_TIME : YEAR_MONTH;
  return undefined;
}

function added(a: SqlType, b: SqlType): SqlType | undefined {
  if (b.kind === "interval") {
    if (a.kind === "date") return isYearMonth(b) || (b.start === 2 && b.end === 2) ? DATE : TIMESTAMP;
    if (isTimestamp(a)) return a;
    if (a.kind === "string") return isDayTime(b) ? unknown("text and an interval") : undefined;
    if (a.kind === "time") return isDayTime(b) ? a : undefined;
    return a.kind === "null" ? b : tightest(a, b);
  }
  if (b.kind === "calendar_interval") return isDatetime(a) || a.kind === "calendar_interval" ? a : a.kind === "string" ? STRING : undefined;
  if (a.kind === "date") return ["tinyint", "smallint", "int", "null"].includes(b.kind) ? DATE : undefined;
  return undefined;
}

function subtracted(a: SqlType, b: SqlType): SqlType | undefined {
  if (b.kind === "interval" || b.kind === "calendar_interval") return added(a, b);
  if (a.kind === "date" && b.kind === "date") return interval(2, 2);
  if (isTimestamp(a) && (isDatetime(b) || b.kind === "string" || b.kind === "null")) return DAY_TIME;
  if (isTimestamp(b) && (isDatetime(a) || a.kind === "string" || a.kind === "null")) return DAY_TIME;
  if (a.kind === "time" && b.kind === "time") return interval(3, 5);
  if (a.kind === "date" && b.kind === "string") return interval(2, 2);
  if (a.kind === "string" && b.kind === "date") return interval(2, 2);
  if (a.kind === "date") return ["tinyint", "smallint", "int", "null"].includes(b.kind) ? DATE : undefined;
  return undefined;
}

/** An integer literal beside a decimal has as many digits as it is written with. */
function decimalOperand(operand: Bound): DecimalType {
  if (operand.op === "literal" && isIntegral(operand.type) && typeof operand.value === "string")
    return decimal(operand.value.replace("-", "").length, 0);
  return decimalFor(operand.type);
}

function arithmetic(op: ArithmeticOp, left: Bound, right: Bound): SqlType | undefined {
  const [a, b] = [left.type, right.type];
  const type = tightest(a, b) ?? decimals(left, right) ?? withString(a, b);
  if (type === undefined || !(isNumeric(type) || type.kind === "null" || type.kind === "string")) return undefined;
  if (a.kind === "string" && b.kind === "string") return undefined;
  if (type.kind === "string") return a.kind === "null" || b.kind === "null" || op !== "div" ? DOUBLE : BIGINT;
  if (op === "div")
    return isNumeric(type) && type.kind !== "float" && type.kind !== "double" ? BIGINT : type.kind === "null" ? BIGINT : undefined;
  if (type.kind === "null") return DOUBLE;
  const isDecimal = (one: SqlType): boolean => one.kind === "decimal";
  const exact = (one: SqlType): boolean => isDecimal(one) || isIntegral(one);
  if ((isDecimal(a) && exact(b)) || (isDecimal(b) && exact(a))) return decimalResult(op, decimalOperand(left), decimalOperand(right));
  if (type.kind === "decimal") return decimalResult(op, type, type);
  return op === "/" ? DOUBLE : type;
}

type Given = Parameters<typeof bound>[0];

function concat(given: Omit<Given, "type" | "nullable"> & { readonly children: readonly Bound[] }, env: Env): Bound {
  const { children } = given;
  const sql = sqlOf(["concat(", children[0]?.sql, ", ", children[1]?.sql, ")"]);
  const type = concatType(children.map((child) => child.type));
  if (type !== undefined) return bound({ ...given, sql, type, nullable: anyNullable(children) });
  return fail(
    env,
    "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
    given.span,
    { types: children.map((child) => printType(child.type)).join(", ") },
    children,
  );
}

/** Arrays become one array; anything else text, binary only among binaries. */
export function concatType(types: readonly SqlType[]): SqlType | undefined {
  if (types.some(hasUnknown)) return unknown("joined from what is not known");
  if (types.some(({ kind }) => kind === "array")) {
    let all: SqlType | undefined = types[0];
    for (const type of types) all = all && wider(all, type);
    return all;
  }
  if (types.length > 0 && types.every(({ kind }) => kind === "binary")) return { kind: "binary" };
  return types.every((type) => canStore(type, STRING)) ? STRING : undefined;
}

export function bindUnary(expr: UnaryExpr, env: Env): Bound {
  const operand = env.shared.expression(expr.operand, env);
  const { type, nullable } = operand;
  const given = { span: expr.span, key: `${expr.op}(${operand.key})`, nullable, children: [operand] };
  const bad = (): Bound =>
    fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", expr.span, { op: expr.op, type: printType(type) }, [operand]);
  if (expr.op === "not") {
    if (!isBoolean(type)) return bad();
    return bound({ ...given, type: BOOLEAN, sql: sqlOf(["(NOT ", operand.sql, ")"]), lineage: withoutLater(merged([operand.lineage], "transformation")) }); // prettier-ignore
  }
  if (type.kind === "unknown") return bound({ ...given, type });
  if (expr.op === "~") {
    if (!isIntegral(type) && type.kind !== "null" && type.kind !== "string") return bad();
    return bound({ ...given, type: isIntegral(type) ? type : BIGINT, sql: sqlOf(["~", operand.sql]) });
  }
  const sql = expr.op === "-" ? sqlOf(["(- ", operand.sql, ")"]) : sqlOf(["(+ ", operand.sql, ")"]);
  if (isNumeric(type) || type.kind === "interval" || type.kind === "calendar_interval") {
    return atMoment(bound({ ...given, type, sql }), expr.op === "-" ? momentNegated(operand) : operand.lineage.moment);
  }
  if (type.kind === "string" || type.kind === "null") return bound({ ...given, type: DOUBLE, sql });
  return bad();
}

/** A condition of WHERE, HAVING, FILTER or a join. */
export function condition(found: Bound, name: string, env: Env): void {
  const { kind } = found.type;
  if (kind !== "boolean" && kind !== "null" && kind !== "unknown") report(env, name, found.span, { type: printType(found.type) });
}
