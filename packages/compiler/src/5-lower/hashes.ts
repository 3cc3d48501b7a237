/** Hashes of what definitions mean: of a definition and everything it is computed from. Comments, order and prose make no difference. */
import type { Analysis } from "../4-analyze/analysis.js";
import { canonical, sha256 } from "../hash.js";
import { known } from "./context.js";
import type { CodeFile } from "../ir.js";
import { codeText, meaningGraph, meaningHash } from "./meaning.js";

/** First 8 hex digits of the hash of what a group stores: its generation. What is computed from it later is no part of it. */
export function generationOf(analysis: Analysis, group: string, code: readonly CodeFile[]): string {
  return meaningHash(meaningGraph(analysis, code), group).slice(0, 8);
}

/** First 8 hex digits of the hash of a model, of the code that trains it, and of what judges it. */
export function modelHash(analysis: Analysis, model: string, code: readonly CodeFile[]): string {
  const { metrics, gate, trainer } = known(analysis.models, model.slice("models.".length));
  const judged = [metrics, gate.map(({ text }) => text)];
  // Whoever brings code for training means that code as it is now: it is part of what the model is.
  const trains = trainer.kind === "class" ? [] : code.map((file) => `${file.path} ${codeText(file)}`);
  return sha256(canonical([meaningHash(meaningGraph(analysis, code), model), judged, trains])).slice(0, 8);
}
