/** Casts as calls of `expressions.py`, and what prints the parts of an expression. */
import type { DataType, Expr } from "@mlspec/compiler";
import { literal, type Py } from "../text/python.js";
import { BITS } from "./types.js";

/** Prints a part, in the type that is wanted of it. */
export type Print = (expr: Expr, wanted?: DataType) => Py;

/** A call of a function of `expressions.py`. */
export type Use = (name: string, args: readonly Py[]) => Py;

export const DOUBLE: DataType = { kind: "double" };
export function isFloating(type: DataType): boolean {
  return type.kind === "double" || type.kind === "float";
}

/** The least integer of a type has no negative in it. */
export function within(type: DataType, value: Py, use: Use): Py {
  return BITS[type.kind] === undefined ? value : cast(value, type, use);
}

export function cast(value: Py, type: DataType, use: Use): Py {
  const bits = BITS[type.kind];
  if (bits !== undefined) return use("as_integer", [value, literal(bits)]);
  switch (type.kind) {
    case "float":
      return use("as_float", [value]);
    case "double":
      return use("as_double", [value]);
    case "decimal":
      return use("as_decimal", [value, literal(type.precision), literal(type.scale)]);
    case "timestamp":
      return use("as_timestamp", [value]);
    case "string":
      return use("as_string", [value]);
    default:
      return value;
  }
}
