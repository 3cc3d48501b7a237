/** A row of a test, by the columns that it can have. */
import type { Field } from "../data-type.js";
import { nearest } from "../diagnostics/nearest.js";
import type { Analysis, DatasetFacts, Finding, SpecPath } from "./analysis.js";
import { typedColumns } from "./dataset.js";
import { encodeValue, shownValue } from "./fixture.js";
import { atKey, atValue, finding } from "./finding.js";
import type { FixtureColumn, FixtureValue } from "./test-facts.js";
import { findName } from "./types/name.js";
import { printDataType, printSqlType } from "./types/text.js";

/** What tests are about. */
export type TestedProject = Omit<Analysis, "findings" | "tests">;

export function plainColumn({ name, type }: Field): FixtureColumn {
  return { name, type };
}

export interface ReadRow {
  /** By the column's own name; those that are written and fit. */
  readonly values: Readonly<Record<string, FixtureValue>>;
  /** Columns that are written, right or wrong. */
  readonly written: ReadonlySet<string>;
  /** A name is of no column, which is reported: what is missing may be just that. */
  readonly misspelt: boolean;
  readonly findings: readonly Finding[];
}

interface Table {
  /** What a message calls it. */
  readonly where: string;
  readonly path: SpecPath;
  /** Other names of columns. */
  readonly alias?: ReadonlyMap<string, string>;
  /** Why columns are not known, by name. */
  readonly untyped?: ReadonlyMap<string, string>;
}

/** The values of a row in the types of their columns. */
export function readRow(row: Readonly<Record<string, unknown>>, columns: readonly Field[], table: Table): ReadRow {
  const { where, path, alias = new Map<string, string>(), untyped = new Map<string, string>() } = table;
  const values = Object.create(null) as Record<string, FixtureValue>;
  const written = new Set<string>();
  const findings: Finding[] = [];
  for (const [key, value] of Object.entries(row)) {
    const name = alias.get(key) ?? key;
    const column = findName(columns, name, (field) => field.name);
    const at = [...path, key];
    if (column === undefined) {
      const why = untyped.get(name.toLowerCase());
      if (why === undefined) findings.push(missingColumn(key, [...columns.map((field) => field.name), ...alias.keys()], where, at));
      else findings.push(unfit(at, { value, column: name, type: "of a type that is not known", reason: why }));
      continue;
    }
    if (written.has(column.name)) {
      findings.push(unfit(at, { value, column: key, type: printDataType(column.type), reason: `the row has \`${column.name}\` already` }));
      continue;
    }
    written.add(column.name);
    const encoded =
      value === null && !column.nullable ? ({ ok: false, reason: "it is NOT NULL" } as const) : encodeValue(value, column.type);
    if (encoded.ok) values[column.name] = encoded.value;
    else findings.push(unfit(at, { value, column: column.name, type: printDataType(column.type), reason: encoded.reason }));
  }
  return { values, written, misspelt: findings.some(({ code }) => code === "unknown-column"), findings };
}

function missingColumn(name: string, known: readonly string[], where: string, path: SpecPath): Finding {
  const near = nearest(name, known);
  return finding("unknown-column", atKey(...path), { name, where, known, nearest: near }, near === undefined ? {} : { replacement: near });
}

interface Unfit {
  readonly value: unknown;
  readonly column: string;
  readonly type: string;
  readonly reason: string;
}

export function unfit(path: SpecPath, { value, column, type, reason }: Unfit): Finding {
  return finding("fixture-value", atValue(path), { value: shownValue(value), column, type, reason });
}

/** Of a transform of which not all is known: why its other columns are not, by lower-case name. */
export function untypedColumns(dataset: DatasetFacts): ReadonlyMap<string, string> {
  if (dataset.kind === "source") return new Map();
  const typed = new Set(typedColumns(dataset).map(({ name }) => name));
  return new Map(
    dataset.columns
      .filter(({ name }) => !typed.has(name))
      .map(({ name, type }) => [name.toLowerCase(), type.kind === "unknown" ? type.why : `${printSqlType(type)} cannot be compared`]),
  );
}
