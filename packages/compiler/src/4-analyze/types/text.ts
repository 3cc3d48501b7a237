/** Spark SQL types as text, and back. */
import type { DataType } from "../../data-type.js";
import { parseColumnType } from "../../shorthand/index.js";
import { printType, toDataType, type SqlType } from "../../sql/types.js";
import { printName } from "./name.js";

/** The type that a text names; undefined where it names none. */
export function parseDataType(text: string): DataType | undefined {
  const parsed = parseColumnType(text);
  return parsed.ok && parsed.value.nullable ? parsed.value.type : undefined;
}

export function printDataType(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${printDataType(type.element)}>`;
    case "map":
      return `map<${printDataType(type.key)},${printDataType(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${printName(field.name)}:${printDataType(field.type)}${field.nullable ? "" : " not null"}`).join(",")}>`;
    default:
      return type.kind;
  }
}

/** Also of types that no column of a source can have. */
export function printSqlType(type: SqlType): string {
  const own = toDataType(type);
  return own === undefined ? printType(type) : printDataType(own);
}
