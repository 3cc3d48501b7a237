/** What `explain` says of columns: their types, what they are made from, and what is made from them. */
import {
  lineageOf,
  piiOf,
  schemaOf,
  traced,
  type Analysis,
  type ColumnSchema,
  type Made,
  type Masking,
  type ProjectLineage,
} from "@mlspec/compiler";

export interface ExplainedColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Classes of personal data that it holds, declared or by what it is computed from. */
  readonly pii: readonly string[];
  /** DIRECT in OpenLineage's terms: what it is computed from, down to columns of sources. */
  readonly from: readonly string[];
  /** Of these, what comes in only through a mask: a masking function, or `counted`. Absent where nothing does. */
  readonly masked?: readonly { readonly column: string; readonly by: string }[];
  /** INDIRECT: what decides which value, which rows or their order; down to columns of sources. */
  readonly indirect: Made["indirect"];
  /** Columns that are computed from it, directly or further on. */
  readonly reaches: readonly string[];
}

export interface Columns {
  readonly lineage: ProjectLineage;
  readonly schema: ReadonlyMap<string, readonly ColumnSchema[]>;
  readonly pii: ReadonlyMap<string, readonly string[]>;
}

export function columnsOf(analysis: Analysis): Columns {
  const lineage = lineageOf(analysis);
  return { lineage, schema: schemaOf(analysis), pii: piiOf(analysis, lineage) };
}

/** `transforms.payments` has its columns; `transforms.payments.amount` is one. Undefined where a path is neither. */
export function explainedColumns({ lineage, schema, pii }: Columns, path: string): readonly ExplainedColumn[] | undefined {
  const [section = "", name = ""] = path.split(".");
  const definition = `${section}.${name}`;
  const all = schema.get(definition);
  if (all === undefined) return undefined;
  const asked = path.slice(definition.length + 1);
  const columns = asked === "" ? all : all.filter((column) => column.name === asked);
  if (columns.length === 0) return undefined;
  return columns.map(({ name: column, type, nullable }) => {
    const id = `${definition}.${column}`;
    const { from, indirect } = traced(lineage, id);
    const masks = from.flatMap(({ column: input, masked }) => (masked === undefined ? [] : [{ column: input, by: maskedBy(masked) }]));
    return {
      name: column,
      type,
      nullable,
      pii: pii.get(id) ?? [],
      from: from.map((input) => input.column),
      ...(masks.length === 0 ? {} : { masked: masks }),
      indirect,
      reaches: reachedFrom(lineage, id),
    };
  });
}

function reachedFrom(lineage: ProjectLineage, id: string): readonly string[] {
  const reached = new Set([id]);
  // A column comes after those that it is made from.
  for (const [column, { from }] of lineage) if (from.some((input) => reached.has(input.column))) reached.add(column);
  reached.delete(id);
  return [...reached];
}

const personal = ({ pii }: ExplainedColumn): string => (pii.length === 0 ? "" : `  personal data (${pii.join(", ")})`);
const nullability = ({ nullable }: { readonly nullable: boolean }): string => (nullable ? "" : " not null");

/** All columns of a definition, one a line. */
export function describeColumns(columns: readonly ExplainedColumn[]): string {
  const width = Math.max(...columns.map(({ name }) => name.length));
  return [
    "  columns:",
    ...columns.map((column) => `    ${column.name.padEnd(width)}  ${column.type}${nullability(column)}${personal(column)}`),
    "",
  ].join("\n");
}

/** One column, with the way that its values come. */
export function describeColumn({ lineage }: Columns, path: string, column: ExplainedColumn): string {
  const computed = tree(lineage, path, "    ", new Set());
  const decided = column.indirect.map(({ column: id, kinds }) => `    ${id} (${kinds.map(spoken).join(", ")})`);
  return [
    `${path}  ${column.type}${nullability(column)}${personal(column)}`,
    ...(computed.length === 0 ? [] : ["  computed from", ...computed]),
    ...(decided.length === 0 ? [] : ["  decided by", ...decided]),
    ...(column.reaches.length === 0 ? [] : ["  reaches", ...column.reaches.map((id) => `    ${id}`)]),
    "",
  ].join("\n");
}

function tree(lineage: ProjectLineage, id: string, indent: string, above: ReadonlySet<string>): readonly string[] {
  return (lineage.get(id)?.from ?? []).flatMap(({ column, kind, masked }) => [
    `${indent}${column}${how(kind, masked)}`,
    ...(above.has(column) ? [] : tree(lineage, column, `${indent}  `, new Set([...above, column]))),
  ]);
}

function how(kind: string, masked: Masking | undefined): string {
  const said = [...(kind === "identity" ? [] : [spoken(kind)]), ...(masked === undefined ? [] : [`masked: ${maskedBy(masked)}`])];
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}

const maskedBy = (masked: Masking): string => (["counted", "tested", "chosen"].includes(masked) ? masked : `mask.${masked}`);
const spoken = (kind: string): string => kind.replaceAll("_", " ");
