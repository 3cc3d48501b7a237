/** What columns can be called, and of which types they can be, where they stand. */
import type { DataType, Field } from "../data-type.js";
import type { SqlType } from "../sql/types.js";
import type { Finding, SpecPath } from "./analysis.js";
import { atKey, atValue, finding } from "./finding.js";
import { whyNotKept } from "./stored.js";
import { printDataType, printSqlType } from "./types/text.js";

/** Columns that emitted programs put beside those of the project. */
export function reservedColumns(names: readonly string[], path: SpecPath): readonly Finding[] {
  return names
    .filter((name) => name.startsWith("__") || name.toLowerCase() === "_corrupt_record")
    .map((name) => finding("reserved-column", atKey(...path, name), { name, reason: "emitted programs use such names for themselves" }));
}

/** The columns of a source, by path of their map. */
export function sourceColumns(columns: readonly Field[], path: SpecPath, format: string | undefined): readonly Finding[] {
  const unfit = columns.flatMap(({ name, type }) => {
    const reason = whyUnfit(type, format) ?? whyNotKept(type);
    return reason === undefined
      ? []
      : [finding("unfit-type", atValue([...path, name]), { column: name, type: printDataType(type), reason })];
  });
  return [
    ...reservedColumns(
      columns.map(({ name }) => name),
      path,
    ),
    ...unfit,
  ];
}

/** The columns of what a function gives and a table keeps, by path of their map. */
export function keptColumns(columns: readonly Field[], path: SpecPath): readonly Finding[] {
  return columns.flatMap(({ name, type }) => {
    const reason = whyNotKept(type);
    return reason === undefined
      ? []
      : [finding("unfit-type", atValue([...path, name]), { column: name, type: printDataType(type), reason })];
  });
}

function whyUnfit(type: DataType, format: string | undefined): string | undefined {
  if (format === "csv" && (isNested(type) || type.kind === "binary"))
    return "CSV holds text, which has no one way to say such a value. Declare a string, and convert it in a transform";
  if (format === "jdbc" && isNested(type.kind === "array" ? type.element : type))
    return "a column of a database holds a plain value, or an array of such. Declare a string, and take it apart in a transform";
  return requiresInside(type) ? "NOT NULL inside of a type is not checked, only of whole columns. Leave it out" : undefined;
}

function isNested({ kind }: SqlType): boolean {
  return kind === "array" || kind === "map" || kind === "struct";
}

function requiresInside(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return requiresInside(type.element);
    case "map":
      return requiresInside(type.key) || requiresInside(type.value);
    case "struct":
      return type.fields.some((field) => !field.nullable || requiresInside(field.type));
    default:
      return false;
  }
}

/** A column of a key, or that is to be unique. */
export function comparedColumn({ name, type }: { readonly name: string; readonly type: SqlType }, path: SpecPath): readonly Finding[] {
  if (!isNested(type) && type.kind !== "binary") return [];
  return [
    finding("unfit-type", atValue(path), {
      column: name,
      type: printSqlType(type),
      reason: "rows are told apart by it, which takes a plain value such as a string or a number",
    }),
  ];
}

const TILE_COLUMNS: ReadonlySet<string> = new Set(["tile_seconds", "tile_start", "events", "last_event"]);

/** Tiles are stored with the entity's key and columns of their own. */
export function tileKey(name: string, path: SpecPath): readonly Finding[] {
  const taken = TILE_COLUMNS.has(name.toLowerCase()) || /__(?:count|sum|min|max|sketch)$/i.test(name);
  return taken ? [finding("reserved-column", atValue(path), { name, reason: "the tiles of aggregates have a column of this name" })] : [];
}
