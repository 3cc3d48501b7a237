/** Transforms by a function of the project's own: what it reads and what it gives is declared, for nobody can see it. */
import { parseCallable } from "../shorthand/index.js";
import type { TransformSpec } from "../spec.js";
import type { CatalogueTable } from "../sql/bind/env.js";
import type { Finding, TransformColumn } from "./analysis.js";
import { keptColumns, reservedColumns } from "./columns.js";
import type { Edge } from "./graph.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { columnsOf, duplicateColumns, timeKeys } from "./source.js";
import type { OwnFacts } from "./incremental.js";
import { stored, viewKeys, type Named } from "./transform.js";

/** What a function reads, by `inputs`; names that are not there were reported. */
export function inputsRead(
  name: string,
  spec: TransformSpec,
  tables: ReadonlyMap<string, Named>,
): { readonly reads: readonly Named[]; readonly edges: readonly Edge[]; readonly findings: readonly Finding[] } {
  const path = ["transforms", name];
  const { inputs = [] } = spec;
  const reads = inputs.map((input) => tables.get(input.toLowerCase()));
  const needs = (["inputs", "columns"] as const).filter((key) => spec[key] === undefined);
  return {
    reads: [...new Set(reads)].filter((table) => table !== undefined),
    edges: reads.flatMap((table, i) => (table === undefined ? [] : [{ to: table.id, at: atValue([...path, "inputs", i]) }])),
    findings: [
      ...needs.map((key) => finding("function-needs", atKey(...path, "python"), { name, key })),
      ...inputs.flatMap((input, i) =>
        inputs.indexOf(input) < i ? [finding("duplicate-input", atValue([...path, "inputs", i]), { name: input })] : [],
      ),
    ],
  };
}

/** A SELECT names what it reads. */
export function inputsOfSql(name: string, { inputs }: TransformSpec): readonly Finding[] {
  return inputs === undefined ? [] : [finding("inputs-of-sql", atKey("transforms", name, "inputs"), { name })];
}

export function analyzeFunction(
  name: string,
  spec: TransformSpec,
  from: { readonly inputs: readonly CatalogueTable[]; readonly schedule: string },
): Found<OwnFacts> {
  const path = ["transforms", name];
  const callable = parseCallable(spec.python ?? "");
  if (!callable.ok || spec.columns === undefined) return { findings: [] };
  const columns = columnsOf(spec.columns).map((column): TransformColumn => ({ ...column, from: everything(from.inputs), indirect: [] }));
  const time = timeKeys(spec, columns, path, name);
  const { key, eventTime, ingestedAt } = time.facts ?? {};
  const names = Object.keys(spec.columns);
  return {
    facts: {
      kind: "transform",
      id: `transforms.${name}`,
      name,
      function: callable.value,
      reads: from.inputs.map(({ id }) => id),
      rowsFrom: from.inputs.map(({ id }) => id),
      weak: [],
      readOnce: [],
      masks: [],
      columns,
      ...(key === undefined || eventTime === undefined
        ? {}
        : { time: { key, eventTime, ...(ingestedAt === undefined ? {} : { ingestedAt }) } }),
      ...stored(spec, from.schedule),
    },
    findings: [
      ...duplicateColumns(names, [...path, "columns"]),
      ...reservedColumns(names, [...path, "columns"]),
      ...(spec.as === undefined || spec.as === "view" ? [] : keptColumns(columnsOf(spec.columns), [...path, "columns"])),
      ...time.findings,
      ...viewKeys(spec, path),
    ],
  };
}

/** What any of its values may be computed from. */
function everything(inputs: readonly CatalogueTable[]): TransformColumn["from"] {
  return inputs
    .flatMap(({ id, columns = [] }) => columns.map(({ name }) => ({ column: `${id}.${name}`, kind: "transformation" as const })))
    .sort((a, b) => (a.column < b.column ? -1 : 1));
}
