/** What a change of a project means: the shape that `mlspec plan --format json` prints. Documented in docs/plan.md, and stable. */
import type { Analysis } from "../4-analyze/analysis.js";
import type { OutputFile } from "../7-emit/emit.js";
import type { Ir } from "../ir.js";

/**
 * What a change asks for, the least first. `metadata`: only prose and formatting in emitted files. `compatible`: put the output in place.
 * `backfill`: tables or models that are there have to be made again. `online`: services and what they read do not fit each other until the
 * steps are done. `breaking`: somebody who is named has to change.
 */
export const CLASSES = ["none", "metadata", "compatible", "backfill", "online", "breaking"] as const;
export type ChangeClass = (typeof CLASSES)[number];

export interface Plan {
  readonly class: ChangeClass;
  /** Definitions that differ, by id; also `project`, `code`, `environments.NAME`, `targets.NAME`. */
  readonly changes: readonly Change[];
  readonly environments: readonly EnvironmentPlan[];
}

export interface Change {
  /** As it is called now; of what is removed, as it was called. */
  readonly definition: string;
  readonly change: "added" | "removed" | "changed" | "moved";
  /** What it was called, where it is moved. */
  readonly was?: string;
  readonly class: ChangeClass;
  readonly environments: readonly string[];
  readonly parts: readonly Part[];
  readonly effects: readonly Effect[];
  /** Columns and outputs (`transforms.payments.amount`), models and deployments that depend on what is changed. */
  readonly reaches: readonly string[];
}

/** One thing that differs in a definition. Absent sides are those where it is not there. */
export interface Part {
  /** Below the definition: `aggregates.spend`, `columns.amount`. */
  readonly path: string;
  /** Its path before, where it is moved. */
  readonly was?: string;
  readonly before?: string;
  readonly after?: string;
  /** Whether it only changes what people read. */
  readonly prose: boolean;
}

/** What follows, for whom. */
export interface Effect {
  readonly class: ChangeClass;
  /** A definition, who reads a table or calls a service, or `Airflow`. */
  readonly on: string;
  readonly why: string;
}

export interface EnvironmentPlan {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly files: readonly FileChange[];
}

/** In the order in which steps are taken: each when the one before has ended. */
export const STEPS = ["pause", "move", "alter", "deploy", "backfill", "retrain", "resume", "roll_out", "clean"] as const;

export interface Step {
  readonly kind: (typeof STEPS)[number];
  readonly title: string;
  readonly definitions: readonly string[];
  /** Stretch of event time; without `end`, up to the end of the last interval that has run, `$END` in commands. */
  readonly interval?: { readonly start: string; readonly end?: string };
  /** Emitted programs that do it, in order, by their paths below the project's folder. */
  readonly programs: readonly string[];
  readonly commands: readonly string[];
}

export interface FileChange {
  /** Below the project's folder. */
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
  /** Definitions that it comes from. */
  readonly from: readonly string[];
}

/** One environment of a project as it was, or as it is. */
export interface PlanSide {
  readonly name: string;
  readonly analysis: Analysis;
  readonly ir: Ir;
  /** Output folder below the project's folder. */
  readonly folder: string;
  readonly files: readonly OutputFile[];
  /** The project's own templates. */
  readonly templates: readonly { readonly name: string; readonly source: string }[];
}

export function worst(classes: readonly ChangeClass[]): ChangeClass {
  return CLASSES[Math.max(0, ...classes.map((each) => CLASSES.indexOf(each)))] ?? "none";
}

/** A table's row by its key, where there is one. */
export function at<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
