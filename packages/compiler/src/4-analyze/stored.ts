/** What a Delta table does not keep. The suite `spark` holds this to real Spark, type by type, on each version. */
import type { TransformSpec } from "../spec.js";
import type { SqlNeed } from "../sql/need.js";
import { printType, type SqlType } from "../sql/types.js";
import type { Finding } from "./analysis.js";
import { finding } from "./finding.js";
import type { BoundSql, SqlColumn } from "./sql/bind.js";
import type { SqlText } from "./transform.js";

/** Columns that a stored transform cannot have. */
export function storedFindings({ as = "view" }: TransformSpec, { columns }: BoundSql, { at }: SqlText): readonly Finding[] {
  if (as === "view") return [];
  return columns.flatMap(({ name = "", type, span }) => {
    const reason = whyNotKept(type);
    return reason === undefined ? [] : [finding("unfit-type", at(span), { column: name, type: printType(type), reason })];
  });
}

/** Columns that not every Delta keeps. */
export function storedNeeds({ as = "view" }: TransformSpec, { columns }: BoundSql): readonly SqlNeed[] {
  const lost = ({ type }: SqlColumn): boolean => whyNotKept(type) === undefined && hasNull(type);
  if (as === "view") return [];
  return columns.filter(lost).map(({ name = "", type, span }) => ({
    what: `the column \`${name}\` of type ${printType(type)} in a stored table`,
    since: "4.1",
    reason: "Delta of Spark 4.0 leaves what is only NULL out; cast it to a type",
    span,
  }));
}

const REASONS: Readonly<Partial<Record<SqlType["kind"], string>>> = {
  interval: "a Delta table keeps no intervals. Keep a number, such as of days or seconds",
  calendar_interval: "a Delta table keeps no intervals. Keep a number, such as of days or seconds",
  time: "a Delta table keeps no times of day. Keep a text, or a number of seconds",
};

/** `within`: inside an array or a map. */
export function whyNotKept(type: SqlType, within = false): string | undefined {
  switch (type.kind) {
    case "null":
      return within
        ? "a Delta table keeps no arrays and maps of NULL alone. Cast it, such as with `CAST(array() AS array<string>)`"
        : undefined;
    case "array":
      return whyNotKept(type.element, true);
    case "map":
      return whyNotKept(type.key, true) ?? whyNotKept(type.value, true);
    case "struct":
      if (type.fields.length === 0) return "a Delta table keeps no struct without fields";
      return type.fields.map((field) => whyNotKept(field.type, within)).find((reason) => reason !== undefined);
    default:
      return REASONS[type.kind];
  }
}

/** Outside of arrays and maps, where none is kept at all. */
function hasNull(type: SqlType): boolean {
  return type.kind === "null" || (type.kind === "struct" && type.fields.some((field) => hasNull(field.type)));
}
