/** Facts of sources and transforms: each of what it says and what it reads, in the order in which they read each other. */
import { alike, type Memo } from "../memo.js";
import type { ProjectSpec, SourceSpec, TransformSpec } from "../spec.js";
import type { CatalogueTable } from "../sql/bind/env.js";
import type { AnalyzeInput, DatasetFacts, Finding } from "./analysis.js";
import { knowledgeOf } from "./dataset.js";
import { datasetId } from "./edges.js";
import type { Found } from "./finding.js";
import { graphOf } from "./graph.js";
import { asBefore, each, type Facts } from "./each.js";
import { idleLookBacks, withRows } from "./incremental.js";
import type { TimedInput } from "./passed-on.js";
import { readOf, type Read } from "./reading.js";
import type { Analyses } from "./remembered.js";
import type { Asked, Schedules } from "./schedules.js";
import type { BoundSql } from "./sql/bind.js";
import { storedFindings, storedNeeds } from "./stored.js";
import { needFindings } from "./targets.js";
import type { Named } from "./transform.js";

export interface Datasets {
  /** Sources, then transforms, each in the order of the spec. */
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  /** All that are defined. */
  readonly names: Tables;
  /** What transforms read, as far as it is known. */
  readonly reads: ReadonlyMap<string, OwnReads>;
  /** Some SQL cannot be read. */
  readonly unread: boolean;
  readonly findings: readonly Finding[];
  readonly schedules: Asked["facts"];
}

/** What a transform reads, and the ids of that, each once. */
interface OwnReads extends Read {
  readonly ids: readonly string[];
}

interface Context {
  readonly input: AnalyzeInput;
  readonly asked: Asked;
  readonly ask: Analyses;
  readonly memo: Memo;
}

export function analyzeDatasets(
  input: AnalyzeInput,
  { schedules, ask, memo }: { readonly schedules: Schedules; readonly ask: Analyses; readonly memo: Memo },
): Datasets {
  const { sources, transforms, schedule } = input.spec;
  const found = memo.keep("sources", [sources, schedule], () => {
    const asked = schedules.asking();
    return memo.carry("sources", (before: Facts<DatasetFacts> | undefined) =>
      each(sources, before, { asked, of: (name, source, old) => sourceOf(name, source, { asked, ask, memo, old }) }),
    );
  });
  const names = namesOf(input.spec, memo);
  const made = memo.keep("datasets", [found.facts, transforms, schedule, input.sqlFiles, names, input.spec.targets], () => {
    const context = { input, asked: schedules.asking(), ask, memo };
    return memo.carry("datasets", (before: Datasets | undefined) => transformsOf(context, { sources: found.facts, names, before }));
  });
  return {
    ...made,
    findings: [...found.findings, ...made.findings],
    schedules: { ...found.schedules, ...made.schedules },
  };
}

/** Tables as SQL names them, in lower case. */
type Tables = ReadonlyMap<string, Named>;

function namesOf(spec: ProjectSpec, memo: Memo): Tables {
  const { sources = {}, transforms = {} } = spec;
  const names = [...Object.keys(sources), "", ...Object.keys(transforms)];
  return memo.keep(
    "tables",
    [undefined, ...names],
    () => new Map(names.filter((name) => name !== "").map((name) => [name.toLowerCase(), { id: datasetId(spec, name), name }])),
  );
}

interface Below {
  readonly sources: ReadonlyMap<string, DatasetFacts>;
  readonly names: Tables;
  /** What the run before found, by name: equal facts are the same. */
  readonly before: Datasets | undefined;
}

function transformsOf(context: Context, { sources, names, before }: Below): Datasets {
  const { input, memo } = context;
  const { spec } = input;
  const findings: Finding[] = [];
  const reads = readsOf(context, { names, before: before?.reads, findings });
  const datasets = new Map(sources);
  const on = [undefined, ...reads.keys(), ...[...reads.values()].map(({ ids }) => ids)];
  // Columns come from what a query reads, so transforms are taken after those that they read.
  for (const name of memo.keep("order of SQL", on, () => orderOf(reads, memo))) {
    const transform = spec.transforms?.[name];
    const read = reads.get(name);
    if (transform === undefined || read === undefined) continue;
    const below = read.reads.map((table) => datasets.get(table.name));
    const found = transformOf(name, transform, { ...context, read, below, old: before?.datasets.get(name) });
    for (const one of found.findings) findings.push(one);
    if (found.facts !== undefined) datasets.set(name, found.facts);
  }
  findings.push(...idleLookBacks(spec, datasets));
  return {
    datasets: inOrder(datasets, names, before?.datasets),
    names,
    reads,
    unread: Object.keys(spec.transforms ?? {}).some((name) => !reads.has(name)),
    findings,
    schedules: context.asked.facts,
  };
}

/** In the order of the spec; what was there before, if all of it is the same. */
function inOrder(
  datasets: ReadonlyMap<string, DatasetFacts>,
  names: Tables,
  before: ReadonlyMap<string, DatasetFacts> | undefined,
): ReadonlyMap<string, DatasetFacts> {
  const changed = before?.size === datasets.size ? [...datasets].filter(([name, facts]) => before.get(name) !== facts) : undefined;
  if (before !== undefined && changed?.length === 0) return before;
  // The same names of the same kinds: in the same order.
  if (before !== undefined && changed?.every(([name, { kind }]) => before.get(name)?.kind === kind) === true) {
    const copy = new Map(before);
    for (const [name, facts] of changed) copy.set(name, facts);
    return copy;
  }
  const ordered = new Map<string, DatasetFacts>();
  for (const { name } of names.values()) {
    const facts = datasets.get(name);
    if (facts !== undefined) ordered.set(name, facts);
  }
  return ordered;
}

/** Names of transforms, each after those that it reads. */
function orderOf(reads: ReadonlyMap<string, OwnReads>, memo: Memo): readonly string[] {
  const graph = graphOf(new Map([...reads].map(([name, { ids }]) => [`transforms.${name}`, ids])), memo);
  return graph.order.map((id) => id.slice("transforms.".length));
}

function sourceOf(
  name: string,
  source: SourceSpec,
  { asked, ask, memo, old }: Omit<Context, "input"> & { readonly old: DatasetFacts | undefined },
): Found<DatasetFacts> {
  const schedule = asked.idOf(source.schedule);
  return memo.keep("source", [source, name, schedule], () => asBefore(ask.source(name, source, schedule), old));
}

/** What each transform reads, as far as that is known. */
function readsOf(
  { input, ask, memo }: Context,
  { names, before, findings }: { readonly names: Tables; readonly before: Datasets["reads"] | undefined; readonly findings: Finding[] },
): ReadonlyMap<string, OwnReads> {
  const { spec, sqlFiles } = input;
  const reads = new Map<string, OwnReads>();
  for (const [name, transform] of Object.entries(spec.transforms ?? {})) {
    const text = transform.sql_file === undefined ? undefined : sqlFiles[transform.sql_file];
    const found = memo.keep("reads", [transform, name, text, names], (): Found<OwnReads> => {
      const own = readOf(name, transform, { sqlFiles, tables: names, ask });
      if (own.facts === undefined) return { findings: own.findings };
      const ids = alike(before?.get(name)?.ids, [...new Set(own.facts.edges.map(({ to }) => to))]);
      return { facts: { ...own.facts, ids }, findings: own.findings };
    });
    for (const each of found.findings) findings.push(each);
    if (found.facts !== undefined) reads.set(name, found.facts);
  }
  return reads;
}

interface OneTransform extends Context {
  readonly read: Read;
  readonly below: readonly (DatasetFacts | undefined)[];
  readonly old: DatasetFacts | undefined;
}

function transformOf(name: string, transform: TransformSpec, context: OneTransform): Found<DatasetFacts> {
  const { asked, memo, read, below, old } = context;
  const schedule = asked.idOf(transform.schedule);
  const on: unknown[] = [transform, read, name, schedule, context.input.spec.targets];
  // What is said below of other things does not matter here.
  for (const facts of below) {
    const { open, rows } = facts?.kind === "transform" ? facts : { open: undefined, rows: undefined };
    on.push(facts?.kind, facts?.columns, facts?.time, open, rows);
  }
  return memo.keep("transform", on, () => asBefore(boundTransform(name, transform, { ...context, schedule }), old));
}

function boundTransform(
  name: string,
  transform: TransformSpec,
  { input, ask, read, below, schedule }: OneTransform & { readonly schedule: string },
): Found<DatasetFacts> {
  const { text, reads } = read;
  const inputs = reads.map((table, i) => catalogueTable(table, below[i]));
  const sql = text && ask.bound(text.sql, inputs);
  const own =
    text === undefined || sql === undefined
      ? ask.function(name, transform, { inputs, schedule })
      : ask.transform(name, transform, {
          text,
          sql,
          reads: reads.map((table) => table.id),
          inputs: below.flatMap(timedInput),
          rowsFrom: read.rowsFrom,
          hashes: read.hashes,
          masks: read.masks,
          broken: read.broken || below.some(isBroken),
          schedule,
        });
  const lacking = sql === undefined ? [] : targetFindings(input.spec, transform, read, sql);
  if (own.facts === undefined) return { findings: [...lacking, ...own.findings] };
  const { facts, findings } = withRows(transform, own.facts, {
    below,
    frames: read.frames,
    ...(read.manyRows === undefined ? {} : { manyRows: read.manyRows }),
  });
  return { ...(facts === undefined ? {} : { facts }), findings: [...lacking, ...own.findings, ...findings] };
}

/** What the versions that are asked for, and the tables that it is kept in, do not have. */
function targetFindings({ targets }: ProjectSpec, transform: TransformSpec, { text, needs }: Read, sql: BoundSql): readonly Finding[] {
  if (text === undefined) return [];
  const all = [...needs, ...sql.needs, ...storedNeeds(transform, sql)];
  return [...needFindings(targets, all, text), ...storedFindings(transform, sql, text)];
}

function timedInput(facts: DatasetFacts | undefined): readonly TimedInput[] {
  return facts?.time === undefined ? [] : [{ id: facts.id, time: facts.time }];
}

function isBroken(facts: DatasetFacts | undefined): boolean {
  return facts === undefined || knowledgeOf(facts) === "wrong";
}

/** What has no facts has mistakes, or is read in a circle. */
function catalogueTable({ id, name }: Named, facts: DatasetFacts | undefined): CatalogueTable {
  if (facts === undefined) return { id, name };
  const columns = facts.columns.map(({ name: column, type, nullable }) => ({ name: column, type, nullable }));
  const { key, eventTime, ingestedAt } = facts.time ?? {};
  const times = [eventTime, ingestedAt].filter((column) => column !== undefined);
  const rows = { ...(times.length === 0 ? {} : { times }), ...(key === undefined ? {} : { key }) };
  return { id, name, columns, ...rows, ...(facts.kind === "transform" && facts.open !== undefined ? { open: true } : {}) };
}
