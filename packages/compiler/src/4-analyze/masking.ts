/** Masks that need a key: what calls them, and whether there is one. */
import { isKeyed, type KeyedMask } from "../sql/masks.js";
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import type { Analysis, DatasetFacts, Finding, TransformFacts } from "./analysis.js";
import { atKey, finding } from "./finding.js";

/** Those that a dataset's SQL calls. Sorted. */
export function keyedMasks(facts: DatasetFacts): readonly KeyedMask[] {
  const calls = facts.kind === "transform" ? facts.masks : [];
  return [...new Set(calls.map(({ mask }) => mask).filter(isKeyed))].sort();
}

export function maskingFindings({ spec, datasets }: Pick<Analysis, "spec" | "datasets">, memo: Memo): readonly Finding[] {
  const calls = saidOfEach<DatasetFacts, TransformFacts["masks"][number]>(datasets, {
    step: "calls of keyed masks",
    memo,
    say: (_name, facts) => (facts.kind === "transform" ? facts.masks.filter(({ mask }) => isKeyed(mask)) : []),
  });
  if (spec.masking === undefined)
    return calls.map(({ mask, at }) => finding("masking-key-needed", at, { mask, secrets: spec.secrets ?? [] }));
  return calls.length === 0 ? [finding("unused-masking-key", atKey("masking"), {})] : [];
}
