/** BETWEEN, IN, LIKE, IS, CASE. */
import type { BetweenExpr, CaseExpr, InListExpr, InQueryExpr, IsExpr, LikeExpr, SubqueryExpr } from "../ast.js";
import { allAhead, answering, withoutLater } from "../ahead.js";
import { canStore, common, sameShape, wider } from "../coerce.js";
import { influenced, merged } from "../lineage.js";
import { BOOLEAN, printType, STRING, unknown } from "../types.js";
import { anyNullable, bound, counted, joinSql, sqlOf, type Bound } from "./bound.js";
import { clashing } from "./collation.js";
import { bindAll, fail, report, type Env } from "./env.js";
import { comparedIn, newest, whether } from "./later.js";
import { momentChosen, momentPicked } from "./moment.js";
import { castsNullable, comparable, comparedNullable, isBoolean, isOrdered } from "./operators.js";

function negate(found: Bound, negated: boolean): Bound {
  return negated
    ? bound({ ...found, op: "other", key: `not(${found.key})`, sql: sqlOf(["(NOT ", found.sql, ")"]), children: [found] })
    : found;
}

export function bindBetween(expr: BetweenExpr, env: Env): Bound {
  const [operand, low, high] = bindAll([expr.operand, expr.low, expr.high], env);
  if (operand === undefined || low === undefined || high === undefined) throw new Error("BETWEEN has three operands");
  const children = [operand, low, high];
  const compared = [low, high].map((side) => comparable(operand, side));
  for (const [i, side] of [low, high].entries())
    if (compared[i] === undefined)
      return fail(
        env,
        "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
        expr.span,
        { left: printType(operand.type), right: printType(side.type) },
        children,
      );
  const sql = sqlOf(["between(", operand.sql, ", ", low.sql, ", ", high.sql, ")"]);
  const key = `between(${children.map((child) => child.key).join()})`;
  const nullable = anyNullable(
    [low, high].map((side, i) => ({ nullable: comparedNullable(i === 0 ? ">=" : "<=", operand, side, compared[i] ?? BOOLEAN) })),
  );
  const within = [...comparedIn(">=", [expr.operand, operand], [expr.low, low], expr.span), ...comparedIn("<=", [expr.operand, operand], [expr.high, high], expr.span)]; // prettier-ignore
  const found = bound({ type: BOOLEAN, nullable, span: expr.span, key, sql, children });
  return expr.negated || within.length === 0 ? negate(found, expr.negated) : { ...found, compared: within };
}

export function bindInList(expr: InListExpr, env: Env): Bound {
  const operand = env.shared.expression(expr.operand, env);
  const items = bindAll(expr.items, env);
  const children = [operand, ...items];
  const clash = clashing(children, expr.span, env);
  if (clash !== undefined) return clash;
  const type = items.every((item) => sameShape(item.type, operand.type)) ? operand.type : common(children.map((child) => child.type));
  if (type === undefined || !isOrdered(type))
    return fail(
      env,
      "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
      expr.span,
      { types: children.map((child) => printType(child.type)).join(", ") },
      children,
    );
  const sql = sqlOf(["(", operand.sql, " IN (", joinSql(items.map((item) => item.sql), ", "), "))"]); // prettier-ignore
  const key = `in(${children.map((child) => child.key).join()})`;
  const nullable = sameShape(type, operand.type)
    ? anyNullable(children.map((child) => ({ nullable: sameShape(child.type, type) ? child.nullable : castsNullable([child], type) })))
    : castsNullable(children, type);
  return negate(bound({ type: BOOLEAN, nullable, span: expr.span, key, sql, children }), expr.negated);
}

export function bindInQuery(expr: InQueryExpr, env: Env): Bound {
  const operands = expr.operand.kind === "row" ? bindAll(expr.operand.items, env) : [env.shared.expression(expr.operand, env)];
  const { output, outer } = env.shared.subquery(expr.query, env);
  const { columns } = output;
  const children = [...operands, ...outer];
  if (!output.open && columns.length !== operands.length)
    return fail(
      env,
      "DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
      expr.span,
      { left: String(operands.length), right: String(columns.length) },
      children,
    );
  for (const [i, operand] of operands.entries()) {
    const type = columns[i]?.type ?? unknown("a column that is not known");
    if (wider(operand.type, type) === undefined)
      return fail(
        env,
        "DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH",
        expr.span,
        { left: printType(operand.type), right: printType(type) },
        children,
      );
  }
  const inner = columns.map(({ lineage }) => lineage);
  const lineage = merged([...operands.map((one) => one.lineage), ...inner], "transformation");
  const key = `?${env.shared.nextId()}`;
  const names = joinSql(operands.map((one) => one.sql), ", "); // prettier-ignore
  const sql = sqlOf(operands.length === 1 ? ["(", names, " IN (listquery()))"] : ["((", names, ") IN (listquery()))"]);
  const nullable = anyNullable([...operands, ...columns]);
  const found = bound({ op: "subquery", type: BOOLEAN, nullable, span: expr.span, key, sql, children, lineage, foldable: false });
  const latest = operands.flatMap((operand, i) => newest(operand, columns[i] ?? found) ?? []);
  const ahead = latest.map((one) => ({ span: expr.span, what: "max", over: "newest" as const, ...one }));
  const asked = whether("in", found, output);
  // That the latest are all that is looked for says more than that their time is the greatest of all.
  const others = asked.lineage.ahead.filter(({ over }) => ahead.length === 0 || over !== "history");
  return negate({ ...asked, lineage: { ...asked.lineage, ahead: allAhead([{ ahead: others }, { ahead }]) } }, expr.negated);
}

export function bindSubquery(expr: SubqueryExpr, env: Env): Bound {
  const { output, outer } = env.shared.subquery(expr.query, env);
  const given = { op: "subquery" as const, span: expr.span, key: `?${env.shared.nextId()}`, children: outer, foldable: false };
  if (expr.exists) {
    const rows = influenced(merged([]), [...outer.map((one) => one.lineage), ...output.columns.map((one) => one.lineage)], "filter");
    const lineage = { ...rows, ahead: answering(rows.ahead) };
    const sql = sqlOf(["exists(", joinSql(outer.map((one) => one.sql), ", "), ")"]); // prettier-ignore
    return whether("exists", bound({ ...given, type: BOOLEAN, nullable: false, lineage, sql }), output);
  }
  const [column] = output.columns;
  if (output.columns.length > 1)
    return fail(
      env,
      "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
      expr.span,
      { count: String(output.columns.length) },
      outer,
    );
  if (column === undefined) return bound({ ...given, type: unknown("a subquery over columns that are not known"), nullable: true });
  return bound({
    ...given,
    type: column.type,
    nullable: true,
    lineage: { ...column.lineage, ahead: answering(column.lineage.ahead) },
    sql:
      column.name === undefined
        ? undefined
        : sqlOf([
            "scalarsubquery(",
            joinSql(
              outer.map((one) => one.sql),
              ", ",
            ),
            ")",
          ]),
  });
}

export function bindLike(expr: LikeExpr, env: Env): Bound {
  const operand = env.shared.expression(expr.operand, env);
  const patterns = bindAll(expr.patterns, env);
  const children = [operand, ...patterns];
  const bad = children.find(({ type }) => !canStore(type, STRING));
  if (bad !== undefined)
    return fail(env, "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", expr.span, { op: expr.op, type: printType(bad.type) }, children);
  const [pattern] = patterns;
  const many = expr.quantifier !== undefined;
  const escape = expr.escape === undefined || expr.escape === "\\" ? "" : ` ESCAPE '${expr.escape}'`;
  const sql = many
    ? sqlOf([
        `${expr.negated ? "not" : ""}like${expr.quantifier ?? ""}(`,
        expr.op === "ilike" ? sqlOf(["lower(", operand.sql, ")"]) : operand.sql,
        ")",
      ])
    : likeSql(expr.op, operand.sql, pattern?.sql, escape);
  const key = `${expr.op}${expr.quantifier ?? ""}(${children.map((child) => child.key).join()}${escape})`;
  const nullable = many ? true : castsNullable(children, STRING);
  const found = bound({ type: BOOLEAN, nullable, span: expr.span, key, sql, children });
  return many && expr.negated ? { ...found, key: `not(${key})` } : negate(found, expr.negated);
}

function likeSql(op: LikeExpr["op"], operand: string | undefined, pattern: string | undefined, escape: string): string | undefined {
  if (op === "like") return sqlOf([operand, " LIKE ", pattern, escape]);
  if (op === "ilike") return sqlOf(["ilike(", operand, ", ", pattern, ")"]);
  return sqlOf(["RLIKE(", operand, ", ", pattern, ")"]);
}

export function bindIs(expr: IsExpr, env: Env): Bound {
  const operand = env.shared.expression(expr.operand, env);
  const { test, span, negated } = expr;
  if (typeof test === "object") {
    const other = env.shared.expression(test.distinctFrom, env);
    const children = [operand, other];
    if (comparable(operand, other) === undefined)
      return fail(
        env,
        "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
        span,
        { left: printType(operand.type), right: printType(other.type) },
        children,
      );
    const sql = sqlOf(["(", operand.sql, " <=> ", other.sql, ")"]);
    return negate(
      bound({ type: BOOLEAN, nullable: false, span, key: `(${children.map((one) => one.key).join(" <=> ")})`, sql, children }),
      !negated,
    );
  }
  if (test !== "null" && !isBoolean(operand.type))
    return fail(env, "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", span, { left: printType(operand.type), right: "boolean" }, [operand]);
  const given = { type: BOOLEAN, nullable: false, span, children: [operand] };
  if (test === "null" || test === "unknown") {
    const sql = sqlOf(["(", operand.sql, negated ? " IS NOT NULL)" : " IS NULL)"]);
    const whether = bound({ ...given, key: `${negated ? "isnotnull" : "isnull"}(${operand.key})`, sql });
    const lineage = merged([counted(operand)], "transformation");
    return { ...whether, lineage: negated ? lineage : withoutLater(lineage) };
  }
  const sql = sqlOf(["(", operand.sql, ` <=> ${test})`]);
  return negate(bound({ ...given, key: `(${operand.key} <=> ${test})`, sql }), negated);
}

export function bindCase(expr: CaseExpr, env: Env): Bound {
  const operand = expr.operand && env.shared.expression(expr.operand, env);
  const whens = bindAll(expr.branches.map(({ when }) => when), env); // prettier-ignore
  const thens = bindAll(expr.branches.map(({ then }) => then), env); // prettier-ignore
  const otherwise = expr.otherwise && env.shared.expression(expr.otherwise, env);
  const values = otherwise === undefined ? thens : [...thens, otherwise];
  const children = [...(operand === undefined ? [] : [operand]), ...whens, ...values];
  for (const when of whens) {
    if (operand === undefined ? isBoolean(when.type) && when.type.kind !== "string" : comparable(operand, when) !== undefined) continue;
    report(env, operand === undefined ? "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE" : "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", when.span, {
      type: printType(when.type),
    });
  }
  const clash = clashing(values, expr.span, env);
  if (clash !== undefined) return clash;
  const type = common(values.map((value) => value.type));
  if (type === undefined)
    return fail(
      env,
      "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
      expr.span,
      { types: values.map((value) => printType(value.type)).join(", ") },
      children,
    );
  const nullable = otherwise === undefined ? true : castsNullable(values, type);
  const repeated = repeatedIn(expr, operand, whens, thens);
  const lineage = influenced(
    merged([...values, ...repeated].map((value) => value.lineage), "transformation"), // prettier-ignore
    [...(operand === undefined ? [] : [operand]), ...whens].map((one) => one.lineage),
    "conditional",
  );
  const [branch, ...more] = expr.branches;
  const moment =
    otherwise === undefined
      ? undefined
      : more.length === 0 && operand === undefined
        ? momentChosen(branch?.when, whens[0]?.children ?? [], values)
        : momentPicked(values);
  return bound({
    type,
    nullable,
    span: expr.span,
    key: `case(${children.map((one) => one.key).join()},${whens.length})`,
    sql: caseSql(operand, whens, thens, otherwise),
    children,
    lineage: moment === undefined ? lineage : { ...lineage, moment },
  });
}

/** What is given back as it is: `CASE id WHEN 'a' THEN 'a' …` lists values, and gives them away. */
// oxlint-disable-next-line max-params -- the parts of one CASE.
function repeatedIn(
  { branches }: CaseExpr,
  operand: Bound | undefined,
  whens: readonly Bound[],
  thens: readonly Bound[],
): readonly Bound[] {
  const given = whens.flatMap((when, i) => {
    const written = branches[i]?.when;
    const sides = operand !== undefined ? [operand, when] : written?.kind === "binary" && written.op === "=" ? when.children : [];
    const literal = sides.find(({ op, key }) => op === "literal" && key === thens[i]?.key);
    return literal === undefined ? [] : sides.filter((side) => side !== literal);
  });
  return [...new Set(given)];
}

function caseSql(
  operand: Bound | undefined,
  whens: readonly Bound[],
  thens: readonly Bound[],
  otherwise: Bound | undefined,
): string | undefined {
  const branches = whens.map((when, i) => {
    const test = operand === undefined ? when.sql : sqlOf(["(", operand.sql, " = ", when.sql, ")"]);
    return sqlOf([" WHEN ", test, " THEN ", thens[i]?.sql]);
  });
  return sqlOf(["CASE", ...branches, ...(otherwise === undefined ? [] : [" ELSE ", otherwise.sql]), " END"]);
}
