/** Every kind of expression to the part that binds it. */
import type { CollateExpr, Expr } from "../ast.js";
import { printType, STRING } from "../types.js";
import { bound, sqlOf, type Bound } from "./bound.js";
import { bindCall } from "./call.js";
import { findClocks } from "./clock.js";
import { bindColumn, extractField, extractItem, extractPath } from "./column.js";
import { fail, notKnown, wrong, type Env } from "./env.js";
import { bindCast, bindLiteral } from "./literal.js";
import { bindBinary, bindUnary } from "./operators.js";
import { bindRow } from "./row.js";
import { bindBetween, bindCase, bindInList, bindInQuery, bindIs, bindLike, bindSubquery } from "./predicates.js";

export function bindExpression(expr: Expr, env: Env): Bound {
  const found = bindKind(expr, env);
  if (expr.kind !== "binary") findClocks(expr, found, env);
  // A grouping set leaves out what others group by: NULL stands for it.
  return env.grouping?.has(found.key) === true && env.inside !== "aggregate" ? { ...found, nullable: true } : found;
}

/** Its type is Spark's string of another order, which we do not follow. Equal ones are equal, as GROUP BY has them. */
function bindCollate(expr: CollateExpr, env: Env): Bound {
  const operand = env.shared.expression(expr.operand, env);
  const takes = ["string", "null", "unknown"].includes(operand.type.kind);
  if (!takes) return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", operand.span, { name: "collate", types: printType(operand.type) }, [operand]); // prettier-ignore
  const key = `collate(${operand.key},${expr.collation.toLowerCase()})`;
  if (/_RTRIM(_|$)/i.test(expr.collation))
    env.shared.needs.push({ what: `the collation \`${expr.collation}\``, since: "4.1", span: expr.span });
  // The one that strings have anyway.
  if (/^UTF8_BINARY$/i.test(expr.collation))
    return bound({ type: STRING, nullable: operand.nullable, span: expr.span, key, sql: sqlOf(["collate(", operand.sql, ", UTF8_BINARY)"]), children: [operand] }); // prettier-ignore
  const found = notKnown(env, `a collation: ${expr.collation}`, expr.span, [operand]);
  return { ...found, key };
}

function bindKind(expr: Expr, env: Env): Bound {
  switch (expr.kind) {
    case "column":
      return bindColumn(expr, env);
    case "literal":
      return bindLiteral(expr);
    case "unary":
      return bindUnary(expr, env);
    case "binary":
      return bindBinary(expr, env);
    case "between":
      return bindBetween(expr, env);
    case "in-list":
      return bindInList(expr, env);
    case "in-query":
      return bindInQuery(expr, env);
    case "subquery":
      return bindSubquery(expr, env);
    case "is":
      return bindIs(expr, env);
    case "like":
      return bindLike(expr, env);
    case "case":
      return bindCase(expr, env);
    case "cast":
      return bindCast(expr, env);
    case "call":
      return bindCall(expr, env);
    case "index":
      return extractItem(env.shared.expression(expr.operand, env), env.shared.expression(expr.index, env), expr.span, env);
    case "member":
      return extractField(env.shared.expression(expr.operand, env), expr.field, env);
    case "variant-path":
      return extractPath(env.shared.expression(expr.operand, env), expr, env);
    case "row":
      return bindRow(expr.items, env, expr.span);
    case "aliased":
      return env.shared.expression(expr.value, env);
    case "collate":
      return bindCollate(expr, env);
    case "parameter":
      return notKnown(env, "a parameter", expr.span);
    case "star":
      return fail(env, "INVALID_USAGE_OF_STAR_OR_REGEX", expr.span);
    case "lambda":
      return wrong(env, expr.span);
  }
}
