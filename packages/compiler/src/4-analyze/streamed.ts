/** Datasets that a stream can keep current: each row is made from one message of a topic. */
import type { KafkaSpec, ProjectSpec } from "../spec.js";
import type { Analysis, DatasetFacts } from "./analysis.js";
import { nameOf } from "./id.js";

export interface Streamed {
  /** Id. */
  readonly source: string;
  readonly topic: KafkaSpec;
  /** Ids of the transforms on the way, each after the one that it reads. */
  readonly views: readonly string[];
}

type Facts = Pick<Analysis, "spec" | "datasets">;

export function hasTopics(spec: ProjectSpec): boolean {
  return Object.values(spec.sources ?? {}).some(({ kafka }) => kafka !== undefined);
}

/** `above` are the datasets that read it, by which a cycle is known: of one, nothing is said here. */
export function streamed(facts: Facts, id: string, above: readonly string[] = []): Streamed | undefined {
  const dataset = datasetOf(facts, id);
  if (dataset?.kind === "source") {
    const topic = topicOf(facts, id);
    return topic && { source: id, topic, views: [] };
  }
  const [below] = dataset?.reads ?? [];
  if (dataset === undefined || below === undefined || above.includes(id) || whyNot(dataset) !== undefined) return undefined;
  const found = streamed(facts, below, [...above, id]);
  return found && { ...found, views: [...found.views, id] };
}

/** A topic that a dataset is made from, but not row by row: of which source, and which transform is in the way, why. */
export interface Unstreamed {
  readonly source: string;
  readonly transform: string;
  /** Half a sentence. */
  readonly why: string;
}

/** Why no stream keeps a group that is made from a transform. */
export function notRowByRow({ transform, why }: Pick<Unstreamed, "transform" | "why">): string {
  return `\`${nameOf(transform)}\` is not made row by row, for ${why}`;
}

/** Undefined where no topic is below, or a stream can follow it. */
export function unstreamed(facts: Facts, id: string): Unstreamed | undefined {
  const source = topicBelow(facts, id);
  return source === undefined ? undefined : inTheWay(facts, id, source);
}

function inTheWay(facts: Facts, id: string, source: string, above: readonly string[] = []): Unstreamed | undefined {
  const dataset = datasetOf(facts, id);
  if (dataset?.kind !== "transform" || above.includes(id)) return undefined;
  const [below] = dataset.reads;
  const further = below === undefined ? undefined : inTheWay(facts, below, source, [...above, id]);
  if (further !== undefined) return further;
  const why = whyNot(dataset);
  return why === undefined ? undefined : { source, transform: id, why };
}

/** Why rows are not made one by one from those of one dataset. */
function whyNot(dataset: Extract<DatasetFacts, { kind: "transform" }>): string | undefined {
  const { reads, rows } = dataset;
  if (dataset.function !== undefined) return "it is a function, and only SQL is computed in a stream";
  if (reads.length !== 1) return `it reads ${reads.length === 0 ? "no dataset" : reads.map((each) => `\`${nameOf(each)}\``).join(" and ")}`;
  // What could be declared would help a run, and no stream.
  if (rows.kind === "whole") return rows.why.split(";")[0];
  return rows.lookBack === 0 ? undefined : "its rows are made from several others";
}

/** The first topic below. */
function topicBelow(facts: Facts, id: string): string | undefined {
  // What is added meanwhile is visited, too; each dataset once.
  const visited = new Set([id]);
  for (const each of visited) {
    const dataset = datasetOf(facts, each);
    if (dataset?.kind === "transform") for (const further of dataset.reads) visited.add(further);
    else if (topicOf(facts, each) !== undefined) return each;
  }
  return undefined;
}

function datasetOf({ datasets }: Facts, id: string): DatasetFacts | undefined {
  const name = nameOf(id);
  return Object.hasOwn(datasets, name) ? datasets[name] : undefined;
}

function topicOf({ spec }: Facts, id: string): KafkaSpec | undefined {
  return spec.sources?.[nameOf(id)]?.kafka;
}
