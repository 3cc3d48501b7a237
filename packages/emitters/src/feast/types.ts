/** Spark's types as Feast names them. */
import type { DataType } from "@mlspec/compiler";
import { call, identifier, type Py } from "../text/python.js";

const SCALARS: Readonly<Partial<Record<DataType["kind"], string>>> = {
  boolean: "Bool",
  tinyint: "Int32",
  smallint: "Int32",
  int: "Int32",
  bigint: "Int64",
  float: "Float32",
  double: "Float64",
  decimal: "Decimal",
  string: "String",
  binary: "Bytes",
  timestamp: "UnixTimestamp",
  // Written as its first moment.
  date: "UnixTimestamp",
};

/** In arrays dates stay dates, and exact numbers are not tried. */
const ELEMENTS: ReadonlySet<DataType["kind"]> = new Set(["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string"]);

const KEYS: Readonly<Partial<Record<DataType["kind"], string>>> = {
  tinyint: "INT32",
  smallint: "INT32",
  int: "INT32",
  bigint: "INT64",
  string: "STRING",
  binary: "BYTES",
};

export interface FeastType {
  readonly value: Py;
  /** What is imported from `feast.types`. */
  readonly names: readonly string[];
}

/** The type of a field; undefined where Feast has none. */
export function fieldType(type: DataType): FeastType | undefined {
  if (type.kind === "array") {
    const element = ELEMENTS.has(type.element.kind) ? SCALARS[type.element.kind] : undefined;
    return element === undefined ? undefined : { value: call("Array", [identifier(element)]), names: ["Array", element] };
  }
  const name = SCALARS[type.kind];
  return name === undefined ? undefined : { value: identifier(name), names: [name] };
}

/** The type of a key, a member of `ValueType`; undefined where Feast looks nothing up by it. */
export function keyType(type: DataType): string | undefined {
  return KEYS[type.kind];
}
