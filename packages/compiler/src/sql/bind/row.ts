/** Structs that are made in an expression. */
import type { Expr } from "../ast.js";
import { ofStruct } from "../lineage.js";
import { field, structOf } from "../types.js";
import { bound, joinSql, sqlOf, type Bound } from "./bound.js";
import { bindAll, type Env } from "./env.js";

/** `(a, b)` and `struct(a, b)`: a struct whose fields have the names of their columns. */
export function bindRow(items: readonly Expr[], env: Env, span: Expr["span"], written: "struct" | "row" = "row"): Bound {
  const children = bindAll(items, env);
  const names = items.map((item, i) => (item.kind === "aliased" ? item.alias.name : (fieldName(item, children[i]) ?? `col${i + 1}`)));
  const fields = children.map((child, i) => field(names[i] ?? "", child.type, child.nullable ?? true));
  const key = `struct(${children.map((child, i) => `${names[i]}:${child.key}`).join()})`;
  const parts = children.map((child, i) => (items[i]?.kind === "aliased" ? sqlOf([child.sql, " AS ", names[i]]) : child.sql));
  const sql = written === "struct" ? ["struct(", joinSql(parts, ", "), ")"] : ["named_struct(", joinSql(children.map((child, i) => sqlOf([names[i], ", ", child.sql])), ", "), ")"]; // prettier-ignore
  const value = bound({ type: structOf(fields), nullable: false, span, key, sql: sqlOf(sql), children });
  return { ...value, lineage: ofStruct(value.lineage, children.map(({ lineage }, i) => [names[i] ?? "", lineage])) }; // prettier-ignore
}

function fieldName(item: Expr, child: Bound | undefined): string | undefined {
  return item.kind === "column" || item.kind === "member" ? child?.alias : undefined;
}
