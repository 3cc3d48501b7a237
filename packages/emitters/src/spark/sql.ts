/** Expressions and types of the IR as text for Spark. Names stand in backquotes: `interval` and `date` alone are no columns there. */
import { printDataType, printSpark, type ColumnRef, type DataType, type Expr } from "@mlspec/compiler";

/** `nameOf` says how a name is reached where the SQL stands. */
export function sqlExpression(expr: Expr, nameOf: (ref: ColumnRef) => string): string {
  return printSpark(expr, (ref) => `\`${nameOf(ref).replaceAll("`", "``")}\``);
}

/** A type as Spark's DDL has it. What a reader promises about NULL is checked row by row, so that a field of a struct is not refused. */
export function typeText(type: DataType): string {
  return printDataType(nullable(type));
}

function nullable(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return { ...type, element: nullable(type.element) };
    case "map":
      return { ...type, key: nullable(type.key), value: nullable(type.value) };
    case "struct":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: nullable(field.type), nullable: true })) };
    default:
      return type;
  }
}
