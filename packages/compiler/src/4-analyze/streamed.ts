/** Datasets that a stream can keep current: each row is made from one message of a topic. */
import type { KafkaSpec } from "../spec.js";
import type { Analysis } from "./analysis.js";

export interface Streamed {
  /** Id. */
  readonly source: string;
  readonly topic: KafkaSpec;
  /** Ids of the transforms on the way, each after the one that it reads. */
  readonly views: readonly string[];
}

export function streamed(facts: Pick<Analysis, "spec" | "datasets">, id: string): Streamed | undefined {
  const name = id.slice(id.indexOf(".") + 1);
  const dataset = Object.hasOwn(facts.datasets, name) ? facts.datasets[name] : undefined;
  if (dataset?.kind === "source") {
    const topic = facts.spec.sources?.[name]?.kafka;
    return topic && { source: id, topic, views: [] };
  }
  const [below, ...more] = dataset?.reads ?? [];
  if (dataset === undefined || below === undefined || more.length > 0 || dataset.function !== undefined) return undefined;
  if (dataset.rows.kind !== "near" || dataset.rows.lookBack !== 0) return undefined;
  const found = streamed(facts, below);
  return found && { ...found, views: [...found.views, id] };
}
