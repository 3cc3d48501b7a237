/** What a project means, for one environment: all facts that can be known, all mistakes that can be told. */
import type { Severity } from "../diagnostic.js";
import { diagnosticTable } from "../diagnostics/index.js";
import { createMemo, type Memo } from "../memo.js";
import type { ProjectSpec, TransformSpec } from "../spec.js";
import type { CatalogueTable } from "../sql/bind/env.js";
import type { Analysis, AnalyzeInput, DatasetFacts, DeploymentFacts, EntityFacts, Finding, GroupFacts, ModelFacts } from "./analysis.js";
import { inNameOrder } from "./order.js";
import { unaligned } from "./alignment.js";
import { knowledgeOf } from "./dataset.js";
import { analyzeDerived } from "./derived.js";
import { datasetId, edgesOf, type SqlReads } from "./edges.js";
import { boundsFindings } from "./bounds.js";
import { withoutEchoes } from "./echoes.js";
import { entityKeyFindings } from "./entity-key.js";
import { atKey, finding, type Found } from "./finding.js";
import { buildGraph, type Edge } from "./graph.js";
import type { PlainGroup } from "./group.js";
import { idleLookBacks, withRows } from "./incremental.js";
import { knowledgeFindings } from "./knowledge.js";
import { leakageFindings } from "./leakage.js";
import { maskingFindings } from "./masking.js";
import { lineageOf, type ProjectLineage } from "./lineage.js";
import { policyFindings } from "./policies.js";
import { refreshFindings } from "./refresh.js";
import { remembering, type Analyses } from "./remembered.js";
import { renameFindings } from "./renames.js";
import type { TimedInput } from "./passed-on.js";
import { requestFields } from "./request.js";
import { analyzePlaces } from "./places.js";
import { analyzeSecrets } from "./secrets.js";
import { analyzeStores } from "./stores.js";
import { collectSchedules, lagsOf, type Schedules } from "./schedules.js";
import type { BoundSql } from "./sql/bind.js";
import { storedFindings, storedNeeds } from "./stored.js";
import { analyzeTargets, needFindings } from "./targets.js";
import { analyzeTests } from "./tests.js";
import type { Named } from "./transform.js";
import { readOf, type Read } from "./reading.js";

export function analyze(given: AnalyzeInput, memo: Memo = createMemo()): Analysis {
  const input = { ...given, spec: inNameOrder(given.spec) };
  const { spec } = input;
  const schedules = collectSchedules(spec.schedule);
  const findings: Finding[] = [...schedules.findings, ...frameFindings(spec, input.environment)];
  const take = <T>({ facts, findings: found }: Found<T>): T | undefined => {
    findings.push(...found);
    return facts;
  };
  const ask = remembering(memo);
  const entities = entityFacts(spec);
  const { datasets, reads, unread } = analyzeDatasets(input, { schedules, take, ask });
  const groups = analyzeGroups(spec, { entities, datasets, schedules, take, ask });
  const models = analyzeModels(spec, { groups, datasets, schedules, take, ask });
  const deployments = analyzeDeployments(spec, { groups, models, datasets, schedules, take, ask });
  const { graph, findings: cycles } = buildGraph(edgesOf(spec, reads, groups));
  const analysis = {
    environment: input.environment,
    spec,
    entities: Object.fromEntries(entities),
    datasets: Object.fromEntries(datasets),
    groups: Object.fromEntries(groups),
    models: Object.fromEntries(models),
    deployments: Object.fromEntries(deployments),
    schedules: schedules.facts,
    lags: lagsOf(schedules.facts),
    graph,
    // Known when all else is.
    tests: {},
  };
  const found = [
    ...findings,
    ...cycles.filter((cycle) => !isTold(cycle, findings)),
    ...unaligned(analysis),
    ...knowledgeFindings(analysis),
    ...refreshFindings(analysis),
    ...maskingFindings(analysis),
    ...lineageFindings(analysis),
    ...entityKeyFindings(analysis),
    ...boundsFindings(analysis, input.packages ?? []),
    // What SQL reads that cannot be read is not known.
    ...graph.unused.filter((id) => !unread || !/^(sources|transforms)\./.test(id)).map(unused),
  ];
  const { tests, findings: untrue } = analyzeTests(analysis, withErrors(found, spec));
  return { ...analysis, tests, findings: withoutEchoes([...found, ...untrue], spec) };
}

/** Ids of definitions in which there is an error. */
function withErrors(findings: readonly Finding[], { transforms = {} }: ProjectSpec): ReadonlySet<string> {
  const table: Readonly<Record<string, { readonly severity: Severity }>> = diagnosticTable;
  const errors = findings.filter(({ code }) => table[code]?.severity === "error");
  return new Set(
    errors.flatMap(({ at }) => {
      if (at.in === "spec") return [at.path.slice(0, 2).join(".")];
      return Object.keys(transforms).flatMap((name) => (transforms[name]?.sql_file === at.file ? [`transforms.${name}`] : []));
    }),
  );
}

/** What is wrong by itself, whatever the definitions mean. */
function frameFindings(spec: ProjectSpec, environment: string): readonly Finding[] {
  return [
    ...analyzeTargets(spec.targets),
    ...analyzePlaces(spec, environment),
    ...analyzeSecrets(spec, environment),
    ...analyzeStores(spec, environment),
    ...renameFindings(spec),
  ];
}

/** What stands on column lineage, which is made where it is asked for, and once. */
function lineageFindings(analysis: Omit<Analysis, "findings">): readonly Finding[] {
  let made: ProjectLineage | undefined;
  const lineage = (): ProjectLineage => (made ??= lineageOf(analysis));
  return [...leakageFindings(analysis, lineage), ...policyFindings(analysis, lineage)];
}

type Take = <T>(found: Found<T>) => T | undefined;

function present<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  // A computed key is typed as any string.
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

function isTold(cycle: Finding, findings: readonly Finding[]): boolean {
  return findings.some((other) => other.code === cycle.code && JSON.stringify(other.at) === JSON.stringify(cycle.at));
}

const KINDS: Readonly<Record<string, string>> = {
  entities: "entity",
  sources: "source",
  transforms: "transform",
  features: "feature group",
};

function unused(id: string): Finding {
  const [section = "", name = ""] = id.split(".");
  return finding("unused-definition", atKey(section, name), { kind: KINDS[section] ?? section, name });
}

function entityFacts(spec: ProjectSpec): ReadonlyMap<string, EntityFacts> {
  return new Map(
    Object.entries(spec.entities ?? {}).map(([name, { key }]) => [
      name,
      { id: `entities.${name}`, name, key: typeof key === "string" ? [key] : key },
    ]),
  );
}

interface DatasetsInput {
  readonly schedules: Schedules;
  readonly take: Take;
  readonly ask: Analyses;
}

function analyzeDatasets(
  { spec, sqlFiles }: AnalyzeInput,
  { schedules, take, ask }: DatasetsInput,
): { readonly datasets: ReadonlyMap<string, DatasetFacts>; readonly reads: SqlReads; readonly unread: boolean } {
  const datasets = new Map<string, DatasetFacts>();
  for (const [name, source] of Object.entries(spec.sources ?? {})) {
    const facts = take(ask.source(name, source, schedules.idOf(source.schedule)));
    if (facts !== undefined) datasets.set(name, facts);
  }
  const names = [...Object.keys(spec.sources ?? {}), ...Object.keys(spec.transforms ?? {})];
  const tables = new Map(names.map((name): [string, Named] => [name.toLowerCase(), { id: datasetId(spec, name), name }]));
  const read = new Map<string, Read>();
  for (const [name, transform] of Object.entries(spec.transforms ?? {})) {
    const found = take(readOf(name, transform, { sqlFiles, tables, ask }));
    if (found !== undefined) read.set(name, found);
  }
  const reads = new Map([...read].map(([name, { edges }]): [string, readonly Edge[]] => [name, edges]));
  // Columns come from what a query reads, so transforms are taken after those that they read.
  const edges = new Map([...reads].map(([name, list]) => [`transforms.${name}`, list]));
  for (const id of buildGraph(edges).graph.order) {
    const name = id.slice("transforms.".length);
    const transform = spec.transforms?.[name];
    const found = read.get(name);
    if (transform === undefined || found === undefined) continue;
    const inputs = found.reads.map((table) => catalogueTable(table, datasets.get(table.name)));
    const schedule = schedules.idOf(transform.schedule);
    const { text } = found;
    const sql = text && ask.bound(text.sql, inputs);
    if (sql !== undefined) take({ findings: targetFindings(spec, transform, found, sql) });
    const own = take(
      text === undefined || sql === undefined
        ? ask.function(name, transform, { inputs, schedule })
        : ask.transform(name, transform, {
            text,
            sql,
            reads: found.reads.map((table) => table.id),
            inputs: found.reads.flatMap((table) => timedInput(datasets.get(table.name))),
            rowsFrom: found.rowsFrom,
            hashes: found.hashes,
            masks: found.masks,
            broken: found.broken || found.reads.some((table) => isBroken(datasets.get(table.name))),
            schedule,
          }),
    );
    if (own === undefined) continue;
    const below = found.reads.map((table) => datasets.get(table.name));
    const facts = take(withRows(transform, own, { below, ...present("manyRows", found.manyRows) }));
    if (facts !== undefined) datasets.set(name, facts);
  }
  take({ findings: idleLookBacks(spec, datasets) });
  const ordered = names.flatMap((name) => {
    const facts = datasets.get(name);
    return facts ? [[name, facts] as const] : [];
  });
  return { datasets: new Map(ordered), reads, unread: Object.keys(spec.transforms ?? {}).some((name) => !reads.has(name)) };
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

interface GroupsInput {
  readonly entities: ReadonlyMap<string, EntityFacts>;
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  readonly schedules: Schedules;
  readonly take: Take;
  readonly ask: Analyses;
}

function analyzeGroups(spec: ProjectSpec, { entities, datasets, schedules, take, ask }: GroupsInput): ReadonlyMap<string, GroupFacts> {
  const request = requestFields(spec, datasets);
  take({ findings: request.findings });
  const plain = new Map<string, PlainGroup>();
  for (const [name, feature] of Object.entries(spec.features ?? {})) {
    const schedule = feature.request === undefined ? schedules.idOf(feature.schedule) : "";
    const facts = take(
      ask.group({
        name,
        spec: feature,
        schedule,
        request: request.byGroup.get(name) ?? new Map(),
        ...present("key", entities.get(feature.entity ?? "")?.key),
        ...present("from", datasets.get(feature.from ?? "")),
      }),
    );
    if (facts !== undefined) plain.set(name, facts);
  }
  const derived = analyzeDerived(plain, spec.features ?? {});
  take({ findings: derived.findings });
  return derived.groups;
}

type ModelsInput = Omit<DeploymentsInput, "models">;

function analyzeModels(spec: ProjectSpec, { groups, datasets, schedules, take, ask }: ModelsInput): ReadonlyMap<string, ModelFacts> {
  const models = new Map<string, ModelFacts>();
  for (const [name, model] of Object.entries(spec.models ?? {})) {
    const schedule = schedules.idOf(model.schedule);
    const observations = present("observations", datasets.get(model.observations));
    const facts = take(ask.model({ name, spec: model, schedule, groups, features: spec.features ?? {}, ...observations }));
    if (facts !== undefined) models.set(name, facts);
  }
  return models;
}

interface DeploymentsInput {
  readonly groups: ReadonlyMap<string, GroupFacts>;
  readonly models: ReadonlyMap<string, ModelFacts>;
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  readonly schedules: Schedules;
  readonly take: Take;
  readonly ask: Analyses;
}

function analyzeDeployments(
  spec: ProjectSpec,
  { groups, models, datasets, schedules, take, ask }: DeploymentsInput,
): ReadonlyMap<string, DeploymentFacts> {
  const deployments = new Map<string, DeploymentFacts>();
  for (const [name, deployment] of Object.entries(spec.deployments ?? {})) {
    const schedule = deployment.serve === "batch" ? schedules.idOf(deployment.schedule) : "";
    const model = present("model", models.get(deployment.model));
    const rows = present("rows", datasets.get(deployment.rows ?? ""));
    const facts = take(ask.deployment({ name, spec: deployment, schedule, groups, ...model, ...rows }));
    if (facts !== undefined) deployments.set(name, facts);
  }
  return deployments;
}
