/** Our types in the corpus' notation. */
import { printType, type SqlType } from "../../packages/compiler/src/sql/types.js";
import { printName } from "./notation.js";

export function printSqlType(type: SqlType, nullable: boolean): string {
  return `${text(type)}${nullable ? "" : " not null"}`;
}

function text(type: SqlType): string {
  switch (type.kind) {
    case "array":
      return `array<${printSqlType(type.element, type.containsNull)}>`;
    case "map":
      return `map<${text(type.key)},${printSqlType(type.value, type.valueContainsNull)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${printName(field.name)}:${printSqlType(field.type, field.nullable)}`).join(",")}>`;
    default:
      return printType(type);
  }
}
