/** What a project means, for one environment: all facts that can be known, all mistakes that can be told. */
import type { Severity } from "../diagnostic.js";
import { diagnosticTable } from "../diagnostics/index.js";
import { recordOf } from "../changed.js";
import { alike, createMemo, type Memo } from "../memo.js";
import type { ProjectSpec } from "../spec.js";
import type { Analysis, AnalyzeInput, Finding, ScheduleFacts } from "./analysis.js";
import { inNameOrder } from "./order.js";
import { unaligned } from "./alignment.js";
import { boundsFindings } from "./bounds.js";
import { analyzeDatasets, type Datasets } from "./datasets.js";
import type { Facts } from "./each.js";
import { withoutConnections } from "./connections.js";
import { withDropped } from "./dropped.js";
import { transformsIn, withoutEchoes } from "./echoes.js";
import { edgesOf, readsOf } from "./edges.js";
import { entityKeyFindings } from "./entity-key.js";
import { atKey, finding } from "./finding.js";
import { gistOf, readersOf, timesOf } from "./gist.js";
import { cyclesOf, graphOf } from "./graph.js";
import { analyzeDeployments, analyzeGroups, analyzeModels, entityFacts } from "./groups.js";
import { knowledgeFindings } from "./knowledge.js";
import { leakageFindings, leakageTogether } from "./leakage.js";
import { maskingFindings } from "./masking.js";
import { analyzeMessages } from "./messages.js";
import { lineageOf, type ProjectLineage } from "./lineage.js";
import { idlePods } from "./pods.js";
import { idlePolicies, policyFindings } from "./policies.js";
import { refreshFindings } from "./refresh.js";
import { hasTopics } from "./streamed.js";
import { remembering } from "./remembered.js";
import { regionFindings } from "./regions.js";
import { renameFindings } from "./renames.js";
import { analyzePlaces } from "./places.js";
import { analyzeSecrets } from "./secrets.js";
import { analyzeStores } from "./stores.js";
import { ofSlices } from "./slices.js";
import { collectSchedules, lagsOf } from "./schedules.js";
import { analyzeTargets, topicFindings } from "./targets.js";
import { analyzeTests } from "./tests.js";
import { withCommas } from "./commas.js";

export function analyze(given: AnalyzeInput, memo: Memo = createMemo()): Analysis {
  const { environment, packages } = given;
  const spec = inNameOrder(given.spec, memo);
  const sqlFiles = memo.carry<AnalyzeInput["sqlFiles"]>("SQL files", (before) => alike(before, given.sqlFiles));
  const schemaFiles = memo.carry<AnalyzeInput["sqlFiles"]>("schema files", (before) => alike(before, given.schemaFiles ?? {}));
  return memo.keep("analysis", [spec, sqlFiles, schemaFiles, environment, ...(packages ?? [])], () =>
    analyzeOrdered({ ...given, spec, sqlFiles, schemaFiles }, memo),
  );
}

function analyzeOrdered({ environment, packages, spec, sqlFiles, schemaFiles = {} }: AnalyzeInput, memo: Memo): Analysis {
  const schedules = memo.keep("schedules", [spec.schedule], () => collectSchedules(spec.schedule));
  const ask = remembering(memo);
  const told = withoutConnections(spec, environment, memo);
  const datasets = analyzeDatasets({ environment, spec: told, sqlFiles }, { schedules, ask, memo });
  const messages = analyzeMessages(told, schemaFiles, memo);
  const entities = entityFacts(spec, memo);
  const context = { spec: told, entities, datasets: datasets.datasets, schedules, ask, memo };
  const groups = analyzeGroups(context);
  const models = analyzeModels(context, groups.facts);
  const deployments = analyzeDeployments(context, groups.facts, models.facts);
  const groupFacts = recordOf(groups.facts, "record of groups", memo);
  const readers = readersOf(spec, groupFacts, memo);
  const named = [datasets.names, datasets.ids, spec.entities, ...Object.values(readers)];
  const reads = memo.keep("targets", named, () => readsOf(spec, { sql: datasets.ids, readers, memo }));
  const { circular, ...graph } = graphOf(reads, memo);
  const findings = [schedules, messages, datasets, groups, models, deployments].flatMap((stage) => stage.findings);
  const cycles = circular ? cyclesOf(edgesOf(spec, datasets.reads, groupFacts)) : [];
  const facts = memo.carry("schedules", (before: Analysis["schedules"] | undefined) =>
    alike(before, scheduleFacts([datasets, groups, models, deployments])),
  );
  const analysis = {
    environment,
    spec,
    entities: recordOf(entities, "record of entities", memo),
    datasets: recordOf(datasets.datasets, "record of datasets", memo),
    groups: groupFacts,
    models: recordOf(models.facts, "record of models", memo),
    deployments: recordOf(deployments.facts, "record of deployments", memo),
    schedules: facts,
    lags: memo.keep("lags", [facts], () => lagsOf(facts)),
    graph,
    schemas: messages.schemas,
    // Known when all else is.
    tests: {},
  };
  const found = [
    ...frameFindings({ spec, told, environment }, memo),
    ...findings,
    ...cycles.filter((cycle) => !isTold(cycle, findings)),
    ...wholeFindings({ ...analysis, spec: told }, packages ?? [], memo),
    // What SQL reads that cannot be read is not known.
    ...graph.unused.filter((id) => (!datasets.unread || !/^(sources|transforms)\./.test(id)) && !isValued(spec, id)).map(unused),
  ];
  const { tests, findings: untrue } = analyzeTests(analysis, withErrors(found, spec));
  const direct = withDropped(withoutEchoes([...found, ...untrue], spec), analysis);
  return { ...analysis, tests, findings: withCommas(direct, { spec, sqlFiles }) };
}

/** Ids of definitions in which there is an error. */
function withErrors(findings: readonly Finding[], spec: ProjectSpec): ReadonlySet<string> {
  const table: Readonly<Record<string, { readonly severity: Severity }>> = diagnosticTable;
  const errors = findings.filter(({ code }) => table[code]?.severity === "error");
  return new Set(
    errors.flatMap(({ at }) => {
      if (at.in === "spec") return [at.path.slice(0, 2).join(".")];
      return transformsIn(at.file, spec).map((name) => `transforms.${name}`);
    }),
  );
}

/** Schedules that something runs on. */
function scheduleFacts(stages: readonly (Datasets | Facts<unknown>)[]): Readonly<Record<string, ScheduleFacts>> {
  return Object.assign({}, ...stages.map(({ schedules }) => schedules)) as Readonly<Record<string, ScheduleFacts>>;
}

interface Frame {
  readonly spec: ProjectSpec;
  /** Where sources are is not told in it. */
  readonly told: ProjectSpec;
  readonly environment: string;
}

/** What is wrong by itself, whatever the definitions mean. */
function frameFindings({ spec, told, environment }: Frame, memo: Memo): readonly Finding[] {
  return [
    ...analyzeTargets(spec.targets),
    ...idlePolicies(spec),
    ...analyzePlaces(spec, environment, memo),
    ...memo.keep("regions", [spec.storage, spec.environments, spec.policies, environment], () => regionFindings(spec, environment)),
    ...memo.keep("topics", [told.sources, told.targets], () => topicFindings(told)),
    ...analyzeSecrets(spec, environment),
    ...analyzeStores(spec, environment, memo),
    ...renameFindings(told, memo),
    ...idlePods(spec, memo),
  ];
}

/** What shows when all definitions are seen together. */
function wholeFindings(analysis: Omit<Analysis, "findings">, packages: readonly string[], memo: Memo): readonly Finding[] {
  const found = ofSlices(analysis, memo, lineageFindings);
  const { spec, graph, models, deployments, schedules, lags } = analysis;
  const gist = gistOf(analysis, memo);
  const times = timesOf(gist, memo);
  const facts = [times.datasets, times.groups, times.models, deployments];
  // Without a topic, what transforms do is nothing to those.
  const streams = hasTopics(spec) ? [spec.sources, analysis.datasets] : [false];
  return [
    ...memo.keep("aligned", [...facts, lags], () => unaligned(times)),
    ...memo.keep("knowledge", [...facts, graph.unused], () => knowledgeFindings(times)),
    ...memo.keep("refresh", [deployments, models, analysis.groups, schedules, spec.features, ...streams], () => refreshFindings(analysis)),
    ...maskingFindings(gist, memo),
    ...leakageTogether(found.flatMap(({ leakage }) => leakage)),
    ...found.flatMap(({ policies }) => policies),
    ...entityKeyFindings({ ...gist, models: times.models }, memo),
    ...boundsFindings(analysis, packages, memo),
  ];
}

/** What stands on column lineage, which is made where it is asked for, and once. */
function lineageFindings(slice: Omit<Analysis, "findings">): LineageFindings {
  let made: ProjectLineage | undefined;
  const lineage = (): ProjectLineage => (made ??= lineageOf(slice));
  return { leakage: leakageFindings(slice, lineage), policies: policyFindings(slice, lineage) };
}

interface LineageFindings {
  readonly leakage: readonly Finding[];
  readonly policies: readonly Finding[];
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

/** Values of all groups of an entity are written for Feast. */
function isValued({ targets, features = {} }: Pick<ProjectSpec, "targets" | "features">, id: string): boolean {
  const [section, name = ""] = id.split(".");
  return section === "features" && targets.feast !== undefined && features[name]?.request === undefined;
}

function unused(id: string): Finding {
  const [section = "", name = ""] = id.split(".");
  return finding("unused-definition", atKey(section, name), { kind: KINDS[section] ?? section, name });
}
