/** A feature group: its plain outputs, from its dataset or the request. */
import type { Field } from "../data-type.js";
import type { AggregatePlan, Output, TimeKeys } from "../ir.js";
import type { FeatureSpec } from "../spec.js";
import { analyzeAggregate, isTile, tileOf } from "./aggregate.js";
import type { DatasetFacts, Finding, GroupFacts, LatestFacts, SpecPath } from "./analysis.js";
import { knowledgeOf, typedColumns, untypedColumns } from "./dataset.js";
import { checkCondition } from "./expr/unfailing.js";
import { atKey, atValue, expressionFindings, finding, type Found } from "./finding.js";
import { tileKey } from "./columns.js";
import { datasetScope, unknownColumn } from "./source.js";
import { findName, sameName } from "./types/name.js";

export interface GroupInput {
  readonly name: string;
  readonly spec: FeatureSpec;
  readonly schedule: string;
  /** Key columns of its entity. */
  readonly key?: readonly string[];
  /** Absent where the reference is wrong, or the dataset has mistakes. */
  readonly from?: DatasetFacts;
  /** Types of request columns by the observations of the models that use the group; absent where nothing tells. */
  readonly request: ReadonlyMap<string, Field>;
}

/** All of a group but its derived values. */
export type PlainGroup = GroupFacts;

export function analyzeGroup(input: GroupInput): Found<PlainGroup> {
  const path = ["features", input.name];
  return input.spec.request === undefined ? entityGroup(input, path) : requestGroup(input, path);
}

function requestGroup({ name, spec, request }: GroupInput, path: SpecPath): Found<PlainGroup> {
  const findings = (["entity", "from", "deleted_when", "tile", "delay", "online", "resources", "schedule"] as const).flatMap((key) =>
    spec[key] === undefined ? [] : [finding("group-key", atKey(...path, key), { key, reason: "request columns come with the request" })],
  );
  const columns = (spec.request ?? []).flatMap((column) => request.get(column) ?? []);
  const outputs = columns.map(({ name: column, type, nullable }): Output => ({ name: column, type, nullable }));
  return {
    facts: { kind: "request", id: `features.${name}`, name, columns, outputs, derived: [], readsGroups: [] },
    findings: [...findings, ...clashes(spec.request ?? [], name, path)],
  };
}

function clashes(names: readonly string[], group: string, path: SpecPath): readonly Finding[] {
  return names.flatMap((name, i) =>
    names.slice(0, i).some((other) => sameName(other, name)) ? [finding("duplicate-output", atKey(...path), { name, group })] : [],
  );
}

function entityGroup({ name, spec, schedule, key, from }: GroupInput, path: SpecPath): Found<PlainGroup> {
  const findings: Finding[] = [];
  for (const wanted of ["entity", "from"] as const)
    if (spec[wanted] === undefined) findings.push(finding("group-incomplete", atKey(...path), { group: name, key: wanted }));
  const time = from && datasetTime(from, name, [...path, "from"], findings);
  const columns = from && typedColumns(from);
  if (key === undefined || from === undefined || columns === undefined || time === undefined || spec.entity === undefined)
    return { findings };
  // A key that the dataset lacks is told of with the entity.
  const keys = key.map((column) => findName(columns, column, (field) => field.name)?.name ?? column);
  const base = {
    id: `features.${name}`,
    name,
    derived: [],
    readsGroups: [],
    entity: spec.entity,
    key: keys,
    from: from.id,
    time,
    online: spec.online,
    schedule,
  };
  if (spec.columns !== undefined) {
    const latest = latestColumns(spec.columns, { spec, path, columns, from: from.name });
    return {
      facts: { ...base, kind: "latest", ...latest.facts },
      findings: [...findings, ...latest.findings, ...clashes(spec.columns, name, [...path, "columns"])],
    };
  }
  if (spec.deleted_when !== undefined)
    findings.push(
      finding("group-key", atKey(...path, "deleted_when"), {
        key: "deleted_when",
        reason: "aggregates are of rows, of which none is the latest",
      }),
    );
  findings.push(...keys.flatMap((column) => tileKey(column, [...path, "entity"])));
  const windowed = windowedOutputs({ spec, path, columns, from: from.name });
  findings.push(
    ...windowed.findings,
    ...clashes(
      (windowed.facts ?? { outputs: [] }).outputs.map((output) => output.name),
      name,
      [...path, "aggregates"],
    ),
  );
  const { aggregates, outputs } = windowed.facts ?? { aggregates: [], outputs: [] };
  const tiles = [...new Set(aggregates.flatMap((aggregate) => aggregate.windows.map((window) => window.tile)))].sort((a, b) => a - b);
  return { facts: { ...base, kind: "windowed", aggregates, tiles, outputs }, findings };
}

interface OfDataset {
  readonly spec: FeatureSpec;
  readonly path: SpecPath;
  readonly columns: readonly Field[];
  /** Its name. */
  readonly from: string;
}

function latestColumns(
  names: readonly string[],
  { spec, path, columns, from }: OfDataset,
): { readonly facts: Pick<LatestFacts, "columns" | "outputs" | "deletedWhen">; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  if (spec.tile !== undefined)
    findings.push(finding("group-key", atKey(...path, "tile"), { key: "tile", reason: "columns have no windows" }));
  const found = names.flatMap(
    (column, i) =>
      findName(columns, column, (field) => field.name) ??
      report(findings, unknownColumn(column, columns, from, [...path, "columns", i]), []),
  );
  const gone = spec.deleted_when === undefined ? undefined : checkCondition(spec.deleted_when, datasetScope(columns, from));
  findings.push(...expressionFindings(gone?.findings ?? [], [...path, "deleted_when"]));
  // Before an entity is known, all its columns are NULL.
  const outputs = found.map(({ name: column, type, comment }): Output => ({
    name: column,
    type,
    nullable: true,
    ...(comment === undefined ? {} : { description: comment }),
  }));
  return { facts: { columns: found, outputs, ...(gone?.expr === undefined ? {} : { deletedWhen: gone.expr }) }, findings };
}

function windowedOutputs({
  spec,
  path,
  columns,
  from,
}: OfDataset): Found<{ readonly aggregates: readonly AggregatePlan[]; readonly outputs: readonly Output[] }> {
  const tile = tileOf(spec.tile);
  if (tile !== undefined && !isTile(tile))
    return {
      findings: [
        finding("window-size", atValue([...path, "tile"]), {
          window: spec.tile ?? "",
          reason: "a tile is whole seconds, and divides a day or is whole days",
        }),
      ],
    };
  const found = Object.entries(spec.aggregates ?? {}).map(([name, aggregate]) =>
    analyzeAggregate(name, aggregate, { columns, from, path, ...(tile === undefined ? {} : { tile }) }),
  );
  const facts = found.flatMap((one) => one.facts ?? []);
  return {
    facts: { aggregates: facts.map(({ plan }) => plan), outputs: facts.flatMap(({ outputs }) => outputs) },
    findings: found.flatMap(({ findings }) => findings),
  };
}

/** Key and event time of a dataset that features, models and deployments read, and its columns; what is missing is reported at the reference. */
export function datasetTime(dataset: DatasetFacts, reader: string, path: SpecPath, findings: Finding[]): TimeKeys | undefined {
  const known = knowledgeOf(dataset);
  if (known === "wrong") return undefined;
  if (known === "some")
    return report(
      findings,
      finding("columns-needed", atValue(path), { name: dataset.name, reader, unknown: untypedColumns(dataset) }),
      undefined,
    );
  if (dataset.time === undefined) return report(findings, timeNeeded(dataset, reader, path), undefined);
  return dataset.time;
}

function timeNeeded(dataset: DatasetFacts, reader: string, path: SpecPath): Finding {
  const undecided = dataset.kind === "transform" ? (dataset.undecided ?? []) : [];
  const of = (key: string): readonly string[] => undecided.find((one) => one.key === key)?.candidates ?? [];
  // Of a function, nothing passes through: both are declared, or neither is known.
  const keys = undecided.length === 0 ? ["key", "event_time"] : undecided.map(({ key }) => key);
  return finding("time-needed", atValue(path), { name: dataset.name, keys, reader, key: of("key"), time: of("event_time") });
}

function report<T>(findings: Finding[], found: Finding, value: T): T {
  findings.push(found);
  return value;
}
