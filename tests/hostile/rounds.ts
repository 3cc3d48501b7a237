/** Many slots in one project: those that are refused are told apart by where the compiler points, and the others are compiled. */
import type { Diagnostic, Span } from "@mlspec/compiler";
import { parse, type Document } from "../../packages/compiler/src/1-parse/index.js";
import { notes, others } from "../key-table/base.js";
import { policies } from "../key-table/policies.js";
import { compileTexts, type Texts } from "../support/compile.js";
import { start } from "./project.js";
import { get, put, type Data, type Path, type Place } from "./slots.js";

/** One string in one slot. */
export interface Trial {
  readonly place: Place;
  readonly value: string;
  /** What is written: the value, or an expression around it. */
  readonly written: string;
}

/** Trials that went through together, and what came out. */
export interface Settled {
  readonly trials: readonly Trial[];
  readonly output: Texts;
}

/** Every trial is either refused at its own place, or in a group whose output is given. */
export function settle(trials: readonly Trial[]): readonly Settled[] {
  if (trials.length === 0) return [];
  const text = textOf(projectWith(trials));
  const { output, diagnostics } = compileTexts({ ...others, "mlspec.yaml": text }, notes, policies);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return [{ trials, output }];
  const document = parse({ path: "mlspec.yaml", text }, () => undefined);
  const refused = new Set(trials.filter((trial) => errors.some(isIn(spanOf(document, pathOf(trial))))));
  if (refused.size > 0) return settle(trials.filter((trial) => !refused.has(trial)));
  if (trials.length === 1) return [];
  // Nothing points at a trial itself: what is below the places pointed at is tried one by one, or else everything in halves.
  const suspects = new Set(
    trials.filter((trial) =>
      errors.some((each) => pathOf(trial).some((_, i, path) => i > 1 && isIn(document.locate(path.slice(0, i), "key").span)(each))),
    ),
  );
  const alone = suspects.size > 0 ? suspects : new Set(trials.slice(0, Math.floor(trials.length / 2)));
  const rest = trials.filter((trial) => !alone.has(trial));
  const groups = suspects.size > 0 ? [...alone].map((trial) => [trial]) : [[...alone]];
  return [...groups, rest].flatMap(settle);
}

function isIn({ start: from, end: to }: Span): (diagnostic: Diagnostic) => boolean {
  return ({ file, span }) => file === "mlspec.yaml" && span.start >= from && span.end <= to;
}

/** The key and the value. */
function spanOf(document: Document, path: Path): Span {
  const key = document.locate(path, "key").span;
  const value = document.locate(path, "value").span;
  return { start: Math.min(key.start, value.start), end: Math.max(key.end, value.end) };
}

/** A name is added beside the others: what refers to those stays right. */
function pathOf({ place, written }: Trial): Path {
  return place.kind === "name" ? [...place.path, written] : place.path;
}

export function projectWith(trials: readonly Trial[]): Data {
  const project = structuredClone(start);
  for (const trial of trials) put(project, pathOf(trial), trial.place.kind === "name" ? companion(trial.place) : trial.written);
  return project;
}

/** What a new name stands for: the same as the first of its map. */
function companion({ path }: Place): unknown {
  return structuredClone(Object.values(Object(get(start, path)))[0]);
}

/** JSON with escapes for what YAML would not take as it stands. */
export function textOf(project: unknown): string {
  return JSON.stringify(project, null, 1).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function compileTrials(trials: readonly Trial[]): Texts {
  const { output, messages } = compileTexts({ ...others, "mlspec.yaml": textOf(projectWith(trials)) }, notes, policies);
  if (Object.keys(output).length === 0) throw new Error(`harmless texts were refused: ${messages}`);
  return output;
}
