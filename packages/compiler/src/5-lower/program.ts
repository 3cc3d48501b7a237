/** Programs: what is run. One runnable file each. */
import type { DeploymentFacts, GroupFacts, LatestFacts, ModelFacts, WindowedFacts } from "../4-analyze/analysis.js";
import type { ExitCode, Program, ProgramWork } from "../ir.js";
import { inputsOf, known, node, reading, union, type LowerInput, type Reading } from "./context.js";
import { secretsOf } from "./secret.js";
import { servedOnline, storeId } from "./feature.js";
import { nameOf } from "../4-analyze/id.js";
import { resourcesOf } from "./serving.js";
import { tilesWork } from "./tiles.js";
import { ownOutputs, valuedGroups } from "./values.js";

export function lowerPrograms(input: LowerInput): readonly Program[] {
  const { datasets, groups, models, deployments } = input.analysis;
  return [
    ...Object.values(datasets).flatMap((facts) => {
      if (facts.kind === "transform") return facts.materialised ? [transform(input, facts.id)] : [];
      const history = historyProgram(input, facts.name);
      const reads = history?.writes ?? [];
      const ingest = program(input, { kind: "ingest", source: facts.id }, { definition: facts.id, reads, writes: [facts.id] });
      return facts.time.ingestedAt === undefined
        ? [ingest]
        : [
            ...(history === undefined ? [] : [history]),
            program(input, { kind: "ready", source: facts.id }, { definition: facts.id, reads: [], writes: [] }),
            ingest,
          ];
    }),
    ...Object.values(groups).flatMap((group) => groupPrograms(input, group)),
    ...valuedGroups(input).map((group) => valuesProgram(input, group)),
    ...Object.values(models).flatMap((model) => modelPrograms(input, model)),
    ...Object.values(deployments).flatMap((deployment) => deploymentPrograms(input, deployment)),
  ];
}

/** The stream that keeps the history of a topic. */
function historyProgram(input: LowerInput, name: string): Program | undefined {
  const spec = input.analysis.spec.sources?.[name];
  if (spec?.kafka === undefined) return undefined;
  const resources = { cpu: "1", memory: "4Gi", ...resourcesOf(spec.resources ?? {}) };
  const id = `sources.${name}`;
  return program(input, { kind: "history", source: id, resources }, { definition: id, reads: [], writes: [`history.${name}`] });
}

/** A program that asks whether another schedule's dataset is complete. */
export function awaitProgram(input: LowerInput, dataset: string, definition: string): Program {
  return program(input, { kind: "await", dataset }, { definition, reads: [dataset], writes: [] });
}

interface Edges {
  readonly definition: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

function program(input: LowerInput, work: ProgramWork, { definition, reads, writes }: Edges): Program {
  const name = work.kind === "await" ? work.dataset : nameOf(definition);
  const { prefix, language } = KINDS[work.kind];
  const exitCodes = [...USUAL, ...KINDS[work.kind].exits.map((exit) => EXITS[exit])];
  exitCodes.sort((a, b) => a.code - b.code);
  return {
    ...node(input, `${work.kind}.${name}`, definition),
    ...work,
    name,
    language,
    file: `${prefix}_${name.replace(".", "_")}.py`,
    exitCodes,
    reads,
    writes,
    secrets: secretsOf(input, work),
  };
}

const USUAL: readonly ExitCode[] = [
  { code: 0, meaning: "done", outcome: "done" },
  { code: 1, meaning: "failed", outcome: "failed" },
  { code: 2, meaning: "wrong usage", outcome: "failed" },
];
const EXITS = {
  check: { code: 3, meaning: "a check that fails the run has failed", outcome: "failed" },
  gate: { code: 4, meaning: "the gate did not pass: the model stays a candidate", outcome: "skipped" },
  noChampion: { code: 75, meaning: "there is no champion yet: nothing to score with", outcome: "skipped" },
  notReady: { code: 75, meaning: "not ready yet: ask again", outcome: "again" },
} as const satisfies Readonly<Record<string, ExitCode>>;

interface Kind {
  /** First part of the file's name. No prefix is another's beginning up to an underscore, so that files never collide. */
  readonly prefix: string;
  readonly language: Program["language"];
  readonly exits: readonly (keyof typeof EXITS)[];
}

const KINDS: Readonly<Record<ProgramWork["kind"], Kind>> = {
  ready: { prefix: "ready", language: "pyspark", exits: ["notReady"] },
  history: { prefix: "history", language: "pyspark", exits: [] },
  await: { prefix: "await", language: "pyspark", exits: ["notReady"] },
  ingest: { prefix: "ingest", language: "pyspark", exits: ["check"] },
  transform: { prefix: "transform", language: "pyspark", exits: [] },
  features: { prefix: "features", language: "pyspark", exits: [] },
  values: { prefix: "values", language: "pyspark", exits: [] },
  materialise: { prefix: "materialise", language: "pyspark", exits: [] },
  tiles: { prefix: "tiles", language: "pyspark", exits: ["check", "notReady"] },
  training_set: { prefix: "training", language: "pyspark", exits: [] },
  train: { prefix: "train", language: "python", exits: [] },
  gate: { prefix: "gate", language: "python", exits: ["gate"] },
  scoring_set: { prefix: "scoring", language: "pyspark", exits: [] },
  score: { prefix: "score", language: "python", exits: ["noChampion"] },
  serve: { prefix: "serve", language: "python", exits: [] },
};

function transform(input: LowerInput, id: string): Program {
  const facts = known(input.analysis.datasets, id.slice("transforms.".length));
  if (facts.kind !== "transform") throw new Error(`${id} is no transform`);
  const { stored, views } = inputsOf(input, facts);
  return program(input, { kind: "transform", transform: id, views }, { definition: id, reads: stored, writes: [id] });
}

function groupPrograms(input: LowerInput, group: GroupFacts): readonly Program[] {
  if (group.kind === "request") return [];
  const { stored, views } = reading(input, [group.from]);
  const tiles = `features.${group.name}`;
  const { name: plan, id: definition } = group;
  const computed =
    group.kind === "windowed" ? [program(input, { kind: "features", plan, views }, { definition, reads: stored, writes: [tiles] })] : [];
  if (!servedOnline(input).has(plan)) return computed;
  const stream = tilesWork(input, group);
  // What a stream keeps current, no schedule fills: one writes.
  if (stream !== undefined)
    return [...computed, program(input, stream, { definition, reads: [stream.source.replace("sources.", "history.")], writes: [] })];
  const reads = group.kind === "windowed" ? [...stored, tiles] : stored;
  return [...computed, program(input, { kind: "materialise", plan, views, store: storeId(plan) }, { definition, reads, writes: [] })];
}

/** What writes the values of a group for another feature store. */
function valuesProgram(input: LowerInput, group: LatestFacts | WindowedFacts): Program {
  const { name: plan, id: definition } = group;
  const { stored, views } = featureReading(input, [plan]);
  const dataset = `values.${plan}`;
  const outputs = ownOutputs(group).map(({ name }) => name);
  return program(input, { kind: "values", plan, views, dataset, outputs }, { definition, reads: stored, writes: [dataset] });
}

/** What it takes to compute features of rows: tiles, and the events behind them that are younger than any tile. */
function featureReading(input: LowerInput, plans: readonly string[]): Reading {
  const groups = plans.map((plan) => known(input.analysis.groups, plan)).filter((group) => group.kind !== "request");
  const { stored, views } = reading(
    input,
    groups.map((group) => group.from),
  );
  const tiles = groups.flatMap((group) => (group.kind === "windowed" ? [`features.${group.name}`] : []));
  return { stored: union(stored, tiles), views };
}

function modelPrograms(input: LowerInput, model: ModelFacts): readonly Program[] {
  const { name, id: definition } = model;
  const dataset = `training.${name}`;
  // Observations are evaluated from accepted sources cut at the interval's end, so that a re-run sees the same labels.
  const rows = reading(input, [model.observations], true);
  const features = featureReading(input, model.plans);
  const views = union(rows.views, features.views);
  return [
    program(
      input,
      { kind: "training_set", model: name, views, dataset },
      { definition, reads: union(rows.stored, features.stored), writes: [dataset] },
    ),
    program(input, { kind: "train", model: name }, { definition, reads: [dataset], writes: [] }),
    program(input, { kind: "gate", model: name }, { definition, reads: [dataset], writes: [] }),
  ];
}

function deploymentPrograms(input: LowerInput, { name, id: definition, model, rows }: DeploymentFacts): readonly Program[] {
  if (rows === undefined)
    return [program(input, { kind: "serve", deployment: name, model, service: name }, { definition, reads: [], writes: [] })];
  const [scoring, predictions] = [`scoring.${name}`, `predictions.${name}`];
  const own = reading(input, [rows]);
  const features = featureReading(input, known(input.analysis.models, model).plans);
  const work: ProgramWork = {
    kind: "scoring_set",
    deployment: name,
    model,
    rows,
    views: union(own.views, features.views),
    dataset: scoring,
  };
  return [
    program(input, work, { definition, reads: union(own.stored, features.stored), writes: [scoring] }),
    program(
      input,
      { kind: "score", deployment: name, model, from: scoring, dataset: predictions },
      { definition, reads: [scoring], writes: [predictions] },
    ),
  ];
}
