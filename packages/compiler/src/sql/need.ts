/** What a query needs that not every version of Spark in our range has: Spark 4.1 is what we model, and what 4.0 lacks of it is marked. */
import type { Span } from "../text.js";

export interface SqlNeed {
  /** As a message says it: "the function `quote`". */
  readonly what: string;
  /** The first version that has it. */
  readonly since: string;
  /** Half a sentence: what an earlier version makes of it, where it does not just refuse it. */
  readonly reason?: string;
  readonly span: Span;
}

/** What is read or bound twice stands at one place. */
export function distinctNeeds(needs: readonly SqlNeed[]): readonly SqlNeed[] {
  const byPlace = new Map(needs.map((need) => [`${need.what}@${need.span.start}`, need]));
  return [...byPlace.values()].sort((a, b) => a.span.start - b.span.start);
}
