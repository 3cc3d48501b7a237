/** Hashes of what definitions mean: of a definition and everything it is computed from. Comments, order and prose make no difference. */
import type { Analysis } from "../4-analyze/analysis.js";
import { canonical, sha256 } from "../hash.js";
import { known } from "./context.js";
import type { CodeFile } from "../ir.js";
import { meaningGraph, meaningHash, type MeaningGraph } from "./meaning.js";

/** First 8 hex digits of the hash of what a group stores: its generation. What is computed from it later is no part of it. */
export function generationOf(analysis: Analysis, group: string, code: readonly CodeFile[] = []): string {
  const graph = meaningGraph(analysis);
  const meaning = meaningHash(graph, group);
  const files = functionFiles(analysis, graph, group);
  if (files.size === 0) return meaning.slice(0, 8);
  const functions = code.filter(({ path }) => files.has(path)).map(({ path, sha256: hash }) => [path, hash]);
  return sha256(canonical([meaning, functions])).slice(0, 8);
}

/** Files of the functions that something is computed by. */
function functionFiles({ datasets }: Analysis, graph: MeaningGraph, id: string): ReadonlySet<string> {
  const files = new Set<string>();
  const seen = new Set([id]);
  for (const node of seen) {
    const facts = node.startsWith("transforms.") ? datasets[node.slice("transforms.".length)] : undefined;
    if (facts?.kind === "transform" && facts.function !== undefined) files.add(facts.function.file);
    for (const read of graph.get(node)?.reads ?? []) seen.add(read);
  }
  return files;
}

/** First 8 hex digits of the hash of a model, of the code that trains it, and of what judges it. */
export function modelHash(analysis: Analysis, model: string, code: readonly string[]): string {
  const { metrics, gate } = known(analysis.models, model.slice("models.".length));
  const judged = [metrics, gate.map(({ text }) => text)];
  return sha256(canonical([meaningHash(meaningGraph(analysis), model), judged, code])).slice(0, 8);
}
