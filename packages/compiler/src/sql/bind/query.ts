/** A whole query: WITH, its body, and what sorts and limits its rows. */
import type { Body, Cte, Expr, Query, SortItem } from "../ast.js";
import { allAhead, choosing } from "../ahead.js";
import { besides, influenced, NOTHING, telling, type Lineage } from "../lineage.js";
import { EMPTY, type Scope } from "../scope.js";
import { isIntegral } from "../types.js";
import { limited } from "./later.js";
import { report, type Env, type Output } from "./env.js";
import { bindTable, named } from "./relation.js";
import { bindSelect, placeOf, type Selected } from "./select.js";
import { bindValues, combine } from "./set.js";

export function bindQuery(query: Query, outside: Env): Output {
  return bindWhole(query, outside).output;
}

/** What a pipe behind a query sees. */
export function bindPiped(query: Query, outside: Env): Scope {
  return bindWhole(query, outside).scope;
}

function bindWhole(query: Query, outside: Env): Pick<Selected, "output" | "scope"> {
  const env = withCtes(query, outside);
  const { output, scope, order } = bindBody(query.body, env);
  const sorted = query.orderByAll
    ? output.columns.map(({ lineage }) => lineage)
    : order([...query.orderBy, ...query.arrangedBy.map((value) => ({ value }))], env);
  for (const limit of [query.limit, query.offset]) if (limit !== undefined) checkLimit(limit, env);
  const chosen = query.limit === undefined ? [] : cut(query, query.limit, sorted, output);
  const bySort = <T extends { readonly lineage: Lineage }>(all: readonly T[]): readonly T[] =>
    all.map((one) => ({ ...one, lineage: besides(influenced(one.lineage, sorted, "sort"), chosen) }));
  return {
    output: { ...output, columns: bySort(output.columns) },
    scope: { ...scope, attributes: bySort(scope.attributes), hidden: bySort(scope.hidden) },
  };
}

/** LIMIT makes a choice of rows of what is only an order without it. */
function cut({ orderBy }: Query, { span }: Expr, sorted: readonly Lineage[], output: Output): readonly Lineage[] {
  const latest = limited(sorted[0], orderBy[0]?.direction === "desc", span, output);
  const ahead = allAhead([{ ahead: choosing(allAhead(sorted)) }, { ahead: latest }]);
  return [{ ...telling(NOTHING, sorted, "chosen"), ahead }];
}

function withCtes(query: Query, outside: Env): Env {
  let env = outside;
  const names = new Set<string>();
  for (const cte of query.ctes) {
    const name = cte.name.name.toLowerCase();
    if (names.has(name)) report(env, "DUPLICATED_CTE_NAMES", cte.name.span, { name: cte.name.name });
    names.add(name);
    const output = query.recursive ? recursive(cte, env) : renamed(cte, env.shared.query(cte.query, inside(env)), env);
    env = { ...env, ctes: [{ name: cte.name.name, output }, ...env.ctes] };
  }
  return env;
}

/** A CTE sees no columns around it. */
function inside(env: Env): Env {
  return { ...env, scope: EMPTY };
}

function renamed(cte: Cte, output: Output, env: Env): Output {
  if (cte.columns.length === 0) return output;
  if (!output.open && cte.columns.length !== output.columns.length)
    report(env, "ASSIGNMENT_ARITY_MISMATCH", cte.name.span, { left: String(cte.columns.length), right: String(output.columns.length) });
  return {
    ...output,
    columns: output.columns.map(({ id: _id, ...column }, i) => ({ ...column, name: cte.columns[i]?.name ?? column.name })),
  };
}

/** The first rows say what the columns are; the others are found with these. */
function recursive(cte: Cte, env: Env): Output {
  const { body } = cte.query;
  if (body.kind !== "set" || body.op !== "union") return renamed(cte, env.shared.query(cte.query, inside(env)), env);
  env.shared.needs.push({
    what: "a recursive query",
    since: "4.1",
    reason: "Spark 4.0 takes it, and fails when it runs",
    span: cte.name.span,
  });
  const anchor = renamed(cte, bindBody(body.left, withCtes(cte.query, inside(env))).output, env);
  const rows = anchor.columns.map(({ id: _id, ...column }) => ({ ...column, nullable: true }));
  const self = { name: cte.name.name, output: { ...anchor, columns: rows } };
  const inner = withCtes(cte.query, { ...inside(env), ctes: [self, ...env.ctes] });
  const next = bindBody(body.right, inner).output;
  const columns = combine(body, anchor, next, env).columns.map(({ id: _id, ...column }, i) => ({
    ...column,
    type: anchor.columns[i]?.type ?? column.type,
  }));
  return { columns, open: anchor.open || next.open };
}

function bindBody(body: Body, env: Env): Selected {
  switch (body.kind) {
    case "select":
      return bindSelect(body, env);
    case "query": {
      const { output, scope } = bindWhole(body.query, env);
      return plain(output, scope);
    }
    case "values":
      return unqualified(bindValues(body.rows, { ...env, scope: EMPTY, place: "values" }), env);
    case "table": {
      const output = bindTable(body.name, env);
      return plain(output, named(output, { columns: [] }, env, body.name.map(({ name }) => name))); // prettier-ignore
    }
    case "set": {
      const left = bindBody(body.left, env);
      const output = combine(body, left.output, bindBody(body.right, env).output, env);
      const tables = left.scope.attributes.map(({ qualifier }) => qualifier);
      const { attributes, ...scope } = unqualified(output, env).scope;
      return plain(output, {
        ...scope,
        open: scope.open || left.scope.open,
        attributes: attributes.map((one, i) => ({ ...one, qualifier: tables[i] ?? [] })),
      });
    }
  }
}

function unqualified(output: Output, env: Env): Selected {
  return plain(output, named(output, { columns: [] }, env, []));
}

/** Sorted by its own columns alone. */
function plain(output: Output, scope: Scope): Selected {
  return {
    output,
    scope,
    order(items: readonly SortItem[], env: Env): readonly Lineage[] {
      const bare = scope.attributes.map((one) => ({ ...one, qualifier: [] }));
      const inner: Env = { ...env, scope: { attributes: bare, hidden: [], open: output.open }, place: "order-by" };
      return items.flatMap(({ value }) => {
        const place = placeOf(value, output.open ? Infinity : output.columns.length, env);
        return place === undefined ? [env.shared.expression(value, inner).lineage] : [output.columns[place - 1]?.lineage ?? NOTHING];
      });
    },
  };
}

function checkLimit(limit: Expr, env: Env): void {
  const found = env.shared.expression(limit, { ...env, scope: EMPTY, place: "limit" });
  if (found.type.kind === "unknown") return;
  if (!found.foldable) report(env, "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE", limit.span);
  else if (!isIntegral(found.type)) report(env, "INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE", limit.span);
  else if (typeof found.value === "string" && found.value.startsWith("-"))
    report(env, "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE", limit.span);
}
