/** Facts of one transform: of what it says, and of what is known of what it reads. */
import type { Memo } from "../memo.js";
import type { ProjectSpec, TransformSpec } from "../spec.js";
import type { CatalogueTable } from "../sql/bind/env.js";
import type { AnalyzeInput, DatasetFacts, Finding } from "./analysis.js";
import { knowledgeOf } from "./dataset.js";
import { asBefore } from "./each.js";
import type { Found } from "./finding.js";
import { withRows } from "./incremental.js";
import type { TimedInput } from "./passed-on.js";
import type { Read } from "./reading.js";
import type { Analyses } from "./remembered.js";
import type { Asked } from "./schedules.js";
import type { BoundSql } from "./sql/bind.js";
import { storedFindings, storedNeeds } from "./stored.js";
import { needFindings } from "./targets.js";
import type { Named } from "./transform.js";

export interface Context {
  readonly input: AnalyzeInput;
  readonly asked: Asked;
  readonly ask: Analyses;
  readonly memo: Memo;
}

interface OneTransform extends Context {
  readonly read: Read;
  readonly below: readonly (DatasetFacts | undefined)[];
  readonly old: DatasetFacts | undefined;
}

export function transformOf(name: string, transform: TransformSpec, context: OneTransform): Found<DatasetFacts> {
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
          readOnce: read.readOnce,
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
