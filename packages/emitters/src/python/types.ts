/** Spark's types as the Python modules name them, and as requests and responses have them. */
import type { DataType } from "@mlspec/compiler";

/** Bits of the integer types. */
export const BITS: Readonly<Partial<Record<DataType["kind"], number>>> = { tinyint: 8, smallint: 16, int: 32, bigint: 64 };

/** Types that a model, a key or a request can have. */
export function isScalar(type: DataType): boolean {
  return type.kind === "decimal" || SCALARS.has(type.kind);
}

const SCALARS: ReadonlySet<DataType["kind"]> = new Set([
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "float",
  "double",
  "string",
  "date",
  "timestamp",
]);

/** `decimal(12,2)`, `bigint`. */
export function typeName(type: DataType): string {
  return type.kind === "decimal" ? `decimal(${type.precision},${type.scale})` : type.kind;
}

/** Names in `serving.py`: types of fields of a request, which refuse what Spark's type cannot hold. */
export function annotation(type: DataType): string {
  switch (type.kind) {
    case "boolean":
      return "bool";
    case "float":
    case "double":
      return "float";
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return "int";
    case "decimal":
      return "Decimal";
    case "date":
      return "Date";
    case "timestamp":
      return "Timestamp";
    default:
      return "str";
  }
}

/** A value of the type for the examples of an API. */
export function example(type: DataType): string | number | boolean {
  switch (type.kind) {
    case "boolean":
      return true;
    case "float":
    case "double":
      return 12.5;
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return 3;
    case "decimal":
      return type.scale === 0 ? "12" : `12.${"5".padEnd(type.scale, "0")}`;
    case "date":
      return "2026-01-01";
    case "timestamp":
      return "2026-01-01T10:00:00Z";
    default:
      return "a1";
  }
}
