/** UNION, INTERSECT, EXCEPT and VALUES: rows of several sources under one head. */
import type { Body, Expr } from "../ast.js";
import { castNullable, common, wider, widerWithoutString } from "../coerce.js";
import { influenced, merged } from "../lineage.js";
import { printType, sameType, unknown, WRONG, type SqlType } from "../types.js";
import { anyNullable, type Bound } from "./bound.js";
import { identified, report, wrong, type Env, type Output, type OutputColumn } from "./env.js";
import { isOrdered } from "./operators.js";

type SetBody = Extract<Body, { readonly kind: "set" }>;

export function combine(body: SetBody, left: Output, right: Output, env: Env): Output {
  if (left.open || right.open)
    return {
      columns: left.columns.map((column) => ({ ...column, type: unknown("a side of a set operation is not known"), nullable: undefined })),
      open: true,
    };
  if (left.columns.length !== right.columns.length) {
    report(env, "NUM_COLUMNS_MISMATCH", body.right.span, { left: String(left.columns.length), right: String(right.columns.length) });
    return left;
  }
  // Rows are compared by all that is in them.
  const compared = body.op === "union" ? [] : [...left.columns, ...right.columns].map(({ lineage }) => lineage);
  const columns = left.columns.map((a, i): OutputColumn => {
    const b = right.columns[i] ?? a;
    const type = wider(a.type, b.type);
    if (type === undefined) report(env, "INCOMPATIBLE_COLUMN_TYPE", b.span, { left: printType(a.type), right: printType(b.type) });
    else if (!isOrdered(type) && !(body.op === "union" && body.all))
      report(env, "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE", body.span);
    return {
      name: a.name,
      type: type ?? WRONG,
      nullable: nullableOf(body.op, a, b, type),
      lineage: body.op === "union" ? merged([a.lineage, b.lineage]) : influenced(a.lineage, compared, "filter"),
      span: a.span,
      ...(a.made === undefined ? {} : { made: a.made }),
      // A cast makes another column of it.
      ...(type !== undefined && (type.kind === "unknown" || sameType(a.type, type)) ? identified(a.id) : {}),
    };
  });
  return { columns, open: false };
}

function nullableOf(op: SetBody["op"], left: OutputColumn, right: OutputColumn, type: SqlType | undefined): boolean | undefined {
  const [a, b] = [left, right].map((one) => ({ nullable: type === undefined ? undefined : castNullable(one, type) }));
  if (a === undefined || b === undefined) return undefined;
  if (op === "union") return anyNullable([a, b]);
  if (op === "except") return a.nullable;
  return a.nullable === false || b.nullable === false ? false : a.nullable === true && b.nullable === true ? true : undefined;
}

/** A struct that is made in the row is the row. */
function cellsOf(row: Expr): readonly Expr[] {
  if (row.kind === "row") return row.items;
  const name = row.kind === "call" ? row.name.at(-1)?.name.toLowerCase() : undefined;
  const values = row.kind === "call" ? row.args.map(({ value }) => value) : [];
  if (name === "struct") return values;
  return name === "named_struct" ? values.filter((_, i) => i % 2 === 1) : [row];
}

export function bindValues(rows: readonly Expr[], env: Env): Output {
  const cells = rows.map((row): readonly Bound[] => {
    const found = cellsOf(row);
    return found.map((cell) => (cell.kind === "star" ? wrong(env, cell.span) : env.shared.expression(cell, env)));
  });
  const [first = []] = cells;
  for (const [i, row] of cells.entries())
    if (row.length !== first.length) report(env, "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH", rows[i]?.span ?? { start: 0, end: 0 });
  const columns = first.map((cell, i): OutputColumn => {
    const column = cells.flatMap((row) => row[i] ?? []);
    const type: SqlType | undefined = common(
      column.map((one) => one.type),
      widerWithoutString,
    );
    if (type === undefined) report(env, "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE", cell.span, { name: `col${i + 1}` });
    const lineage = merged(column.map((one) => one.lineage), "transformation"); // prettier-ignore
    return {
      name: `col${i + 1}`,
      type: type ?? WRONG,
      nullable: type === undefined ? undefined : anyNullable(column.map((one) => ({ nullable: castNullable(one, type) }))),
      lineage,
      span: cell.span,
    };
  });
  return { columns, open: false };
}
