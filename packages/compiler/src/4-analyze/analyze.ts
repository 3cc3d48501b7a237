/** What a project means, for one environment: all facts that can be known, all mistakes that can be told. */
import { createMemo, type Memo } from "../memo.js";
import type { SqlParser } from "../sql-port.js";
import type { ProjectSpec } from "../spec.js";
import type {
  Analysis,
  AnalyzeInput,
  DatasetFacts,
  DeploymentFacts,
  EntityFacts,
  Finding,
  GroupFacts,
  ModelFacts,
  TransformFacts,
} from "./analysis.js";
import { unaligned } from "./alignment.js";
import { analyzeDerived } from "./derived.js";
import { datasetId, edgesOf, type SqlReads } from "./edges.js";
import { atKey, finding, type Found } from "./finding.js";
import { buildGraph, type Edge } from "./graph.js";
import type { PlainGroup } from "./group.js";
import { knowledgeFindings } from "./knowledge.js";
import { remembering, type Analyses } from "./remembered.js";
import { requestFields } from "./request.js";
import { analyzePlaces } from "./places.js";
import { collectSchedules, lagsOf, type Schedules } from "./schedules.js";
import { sqlFacts, type SqlFacts, type SqlTable } from "./sql/facts.js";
import { analyzeTargets } from "./targets.js";
import { parseSql, sqlReads, sqlText, type SqlText } from "./transform.js";
import type { SqlQuery } from "../sql-port.js";

export function analyze(input: AnalyzeInput, parser: SqlParser, memo: Memo = createMemo()): Analysis {
  const { spec } = input;
  const schedules = collectSchedules(spec.schedule);
  const findings: Finding[] = [...schedules.findings, ...analyzeTargets(spec.targets), ...analyzePlaces(spec, input.environment)];
  const take = <T>({ facts, findings: found }: Found<T>): T | undefined => {
    findings.push(...found);
    return facts;
  };
  const ask = remembering(memo);
  const entities = entityFacts(spec);
  const { datasets, reads } = analyzeDatasets(input, { parser, schedules, take, ask });
  const groups = analyzeGroups(spec, { entities, datasets, schedules, take, ask });
  const models = new Map<string, ModelFacts>();
  for (const [name, model] of Object.entries(spec.models ?? {})) {
    const facts = take(
      ask.model({
        name,
        spec: model,
        schedule: schedules.idOf(model.schedule),
        groups,
        features: spec.features ?? {},
        ...present("observations", datasets.get(model.observations)),
      }),
    );
    if (facts !== undefined) models.set(name, facts);
  }
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
  };
  return {
    ...analysis,
    findings: [
      ...findings,
      ...cycles.filter((cycle) => !isTold(cycle, findings)),
      ...unaligned(analysis),
      ...knowledgeFindings(analysis),
      ...graph.unused.map(unused),
    ],
  };
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

interface Read {
  readonly text: SqlText;
  readonly query: SqlQuery;
  readonly sql: SqlFacts;
}

function analyzeDatasets(
  { spec, sqlFiles }: AnalyzeInput,
  {
    parser,
    schedules,
    take,
    ask,
  }: { readonly parser: SqlParser; readonly schedules: Schedules; readonly take: Take; readonly ask: Analyses },
): { readonly datasets: ReadonlyMap<string, DatasetFacts>; readonly reads: SqlReads } {
  const datasets = new Map<string, DatasetFacts>();
  for (const [name, source] of Object.entries(spec.sources ?? {})) {
    const facts = take(ask.source(name, source, schedules.idOf(source.schedule)));
    if (facts !== undefined) datasets.set(name, facts);
  }
  const names = [...Object.keys(spec.sources ?? {}), ...Object.keys(spec.transforms ?? {})];
  const tables = new Map(names.map((name): [string, SqlTable] => [name.toLowerCase(), { id: datasetId(spec, name), name }]));
  const read = new Map<string, Read>();
  const reads = new Map<string, readonly Edge[]>();
  for (const [name, transform] of Object.entries(spec.transforms ?? {})) {
    const text = sqlText(name, transform, sqlFiles);
    const query = text && take(parseSql(text, parser));
    const sql = text && query && take(sqlReads(query, text, tables));
    if (text === undefined || query === undefined || sql === undefined) continue;
    read.set(name, { text, query, sql });
    reads.set(
      `${name}`,
      sql.reads.map(({ id, span }) => ({ to: id, at: text.at(span) })),
    );
  }
  for (const facts of transformsInOrder(spec, { read, reads, datasets, tables, schedules, take, ask })) datasets.set(facts.name, facts);
  const ordered = names.flatMap((name) => {
    const facts = datasets.get(name);
    return facts ? [[name, facts] as const] : [];
  });
  return { datasets: new Map(ordered), reads };
}

interface TransformsInput {
  readonly read: ReadonlyMap<string, Read>;
  readonly reads: SqlReads;
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  readonly tables: ReadonlyMap<string, SqlTable>;
  readonly schedules: Schedules;
  readonly take: Take;
  readonly ask: Analyses;
}

/** Columns of a `*` come from what a query reads, so transforms are taken after those that they read. */
function transformsInOrder(
  spec: ProjectSpec,
  { read, reads, datasets, tables, schedules, take, ask }: TransformsInput,
): readonly TransformFacts[] {
  const edges = new Map([...reads].map(([name, list]) => [`transforms.${name}`, list]));
  const known = new Map(tables);
  const learn = (name: string, columns: readonly string[]): void => {
    const table = known.get(name.toLowerCase());
    if (table !== undefined) known.set(name.toLowerCase(), { ...table, columns });
  };
  for (const [name, facts] of datasets)
    if (facts.columns !== undefined)
      learn(
        name,
        facts.columns.map((column) => column.name),
      );
  return buildGraph(edges).graph.order.flatMap((id): TransformFacts[] => {
    const name = id.slice("transforms.".length);
    const transform = spec.transforms?.[name];
    const found = read.get(name);
    if (transform === undefined || found === undefined) return [];
    const facts = take(
      ask.transform(name, transform, {
        text: found.text,
        sql: sqlFacts(found.query, known),
        schedule: schedules.idOf(transform.schedule),
      }),
    );
    if (facts?.outputs !== undefined) learn(name, facts.outputs);
    return facts === undefined ? [] : [facts];
  });
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
