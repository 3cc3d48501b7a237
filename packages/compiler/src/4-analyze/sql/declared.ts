/** `columns` of an SQL transform against what its SELECT gives: names, order, types, NOT NULL. Each column is told of once. */
import type { DataType, Field } from "../../data-type.js";
import { nearest } from "../../diagnostics/nearest.js";
import { hasUnknown, sameType } from "../../sql/types.js";
import type { Finding, SpecPath } from "../analysis.js";
import { atKey, atValue, finding } from "../finding.js";
import type { SqlText } from "../transform.js";
import { findName, sameName } from "../types/name.js";
import { printDataType, printSqlType } from "../types/text.js";
import type { BoundSql, SqlColumn } from "./bind.js";

interface Declaring {
  /** Of the transform. */
  readonly name: string;
  readonly text: SqlText;
  /** Of `columns`. */
  readonly path: SpecPath;
}

type Named = SqlColumn & { readonly name: string };

export function differences(declared: readonly Field[], sql: BoundSql, declaring: Declaring): readonly Finding[] {
  if (sql.open) return [];
  const given = sql.columns.filter(isNamed).filter((column, i, all) => all.findIndex(({ name }) => sameName(name, column.name)) === i);
  const names = nameDifferences(declared, given, sql.columns.every(isNamed), declaring);
  const types = declared.flatMap((field) => {
    const column = findName(given, field.name, ({ name }) => name);
    return column === undefined ? [] : typeDifference(field, column, [...declaring.path, field.name]);
  });
  return [...names, ...types, ...(names.length > 0 || given.length < sql.columns.length ? [] : misordered(declared, given, declaring))];
}

function isNamed(column: SqlColumn): column is Named {
  return column.name !== undefined && column.made === undefined;
}

/** A declared column that is not selected, and a selected one that is not declared, are one slip where they are near. */
function nameDifferences(declared: readonly Field[], given: readonly Named[], all: boolean, declaring: Declaring): readonly Finding[] {
  const { name: transform, text, path } = declaring;
  const names = given.map(({ name }) => name);
  const extra = given.filter(({ name }) => !declared.some((field) => sameName(field.name, name)));
  const missing = declared.filter(({ name }) => !names.some((other) => sameName(other, name)));
  const meant = new Map(missing.map(({ name }) => [name, nearest(name, extra.map((column) => column.name))])); // prettier-ignore
  const slips = new Set(meant.values());
  return [
    ...extra
      .filter(({ name }) => !slips.has(name))
      .map(({ name, span }) => finding("column-not-declared", text.at(span), { name, transform })),
    // An expression without a name is most likely the column that seems to be missing.
    ...(all ? missing : []).map(({ name }) => {
      const near = meant.get(name);
      const more = near === undefined ? {} : { replacement: near };
      return finding("column-not-selected", atKey(...path, name), { name, known: names, nearest: near ?? nearest(name, names) }, more);
    }),
  ];
}

/** Also where it is not known. */
export function hasType({ type }: Pick<SqlColumn, "type">, declared: DataType): boolean {
  return hasUnknown(type) || sameType(type, declared);
}

/** That a column is never NULL where it is declared to be so at times promises less, and is no mistake. */
function typeDifference({ name, type, nullable }: Field, column: Named, path: SpecPath): readonly Finding[] {
  if (!hasType(column, type))
    return [finding("column-type-differs", atValue(path), { name, declared: printDataType(type), found: printSqlType(column.type) })];
  if (!nullable && column.nullable === true)
    return [finding("column-type-differs", atValue(path), { name, declared: "NOT NULL", found: "NULL" })];
  return [];
}

function misordered(declared: readonly Field[], given: readonly Named[], { path }: Declaring): readonly Finding[] {
  const at = declared.findIndex(({ name }, i) => !sameName(name, given[i]?.name ?? ""));
  const name = declared[at]?.name;
  if (name === undefined) return [];
  return [
    finding("column-order", atKey(...path, name), {
      name,
      declared: at + 1,
      found: 1 + given.findIndex((column) => sameName(column.name, name)),
    }),
  ];
}
