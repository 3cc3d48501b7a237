/** Masks that need a key: what calls them, and whether there is one. */
import { isKeyed, type KeyedMask } from "../sql/masks.js";
import type { Analysis, DatasetFacts, Finding } from "./analysis.js";
import { atKey, finding } from "./finding.js";

/** Those that a dataset's SQL calls. Sorted. */
export function keyedMasks(facts: DatasetFacts): readonly KeyedMask[] {
  const calls = facts.kind === "transform" ? facts.masks : [];
  return [...new Set(calls.map(({ mask }) => mask).filter(isKeyed))].sort();
}

export function maskingFindings({ spec, datasets }: Pick<Analysis, "spec" | "datasets">): readonly Finding[] {
  const calls = Object.values(datasets)
    .flatMap((facts) => (facts.kind === "transform" ? facts.masks : []))
    .filter(({ mask }) => isKeyed(mask));
  if (spec.masking === undefined)
    return calls.map(({ mask, at }) => finding("masking-key-needed", at, { mask, secrets: spec.secrets ?? [] }));
  return calls.length === 0 ? [finding("unused-masking-key", atKey("masking"), {})] : [];
}
