/** How long after it became known an event counts. */
import { parseDuration } from "../shorthand/index.js";
import type { KafkaSpec } from "../spec.js";
import type { Analysis, GroupFacts } from "./analysis.js";
import { streamed } from "./streamed.js";

const TRIGGER = 60_000;

/** How far a history's mark lies behind the clock, ms: clocks differ, and messages wait for their transaction. */
const SLACK = 60_000;
/** How often a stream looks for what is new, ms. */
export function triggerOf({ trigger }: KafkaSpec): number {
  const given = trigger === undefined ? undefined : parseDuration(trigger);
  return given?.ok === true ? given.value : TRIGGER;
}

/** How long it takes, ms, from the broker through the stream of the history and that of the group. */
export function lagOf(topic: KafkaSpec): number {
  return SLACK + 2 * triggerOf(topic);
}

/**
 * In ms: what the group says, else how long the streams take that keep it current. It does not ask whether a deployment reads it today:
 * values that a model was trained on are no others because a service has gone.
 */
export function delayOf(analysis: Pick<Analysis, "spec" | "datasets">, group: GroupFacts): number {
  if (group.kind === "request") return 0;
  const said = analysis.spec.features?.[group.name]?.delay;
  const parsed = said === undefined ? undefined : parseDuration(said);
  if (parsed?.ok === true) return parsed.value;
  const stream = group.online !== undefined ? streamed(analysis, group.from) : undefined;
  return stream === undefined ? 0 : lagOf(stream.topic);
}
