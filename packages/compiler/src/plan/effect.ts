/** What follows from a change: for whom, because of what, and the work that puts it right. */
import type { Moves } from "./moves.js";
import type { Effect, PlanSide } from "./plan.js";
import type { Meanings } from "./reach.js";

export interface Pair {
  readonly before: PlanSide;
  readonly after: PlanSide;
  readonly moves: Moves;
  readonly meanings: Meanings;
}

export interface Found extends Effect {
  /** The definition that it is about. */
  readonly definition: string;
  /** It also belongs to every change that reaches one of these. */
  readonly from: readonly string[];
  readonly work?: readonly Work[];
}

export type Work =
  /** A program over past intervals; without `from`, one run makes all anew. */
  | { readonly kind: "backfill"; readonly program: string; readonly from?: string; readonly until?: string }
  | { readonly kind: "retrain"; readonly model: string }
  /** What is stored under a path goes to another one; `marks` are the dataset's ids: a file says how far each is complete. */
  | { readonly kind: "move"; readonly path: string; readonly to: string; readonly marks?: readonly [string, string] }
  /** Spark SQL on a stored table. */
  | { readonly kind: "alter"; readonly path: string; readonly sql: readonly string[] }
  /** A table that cannot be changed in place; `marks` as above. */
  | { readonly kind: "rebuild"; readonly path: string; readonly marks?: readonly [string, string] }
  /** The stream of a history, by its program before, is stopped while the rest is done, and another one starts where it is still wanted. */
  | { readonly kind: "stream"; readonly stops: string; readonly starts?: string }
  | { readonly kind: "roll_out"; readonly deployment: string }
  /** A stream that nobody writes for any more, with the folder that it goes on from. */
  | { readonly kind: "stop"; readonly stream: string; readonly path: string }
  | { readonly kind: "clean"; readonly path: string }
  /** Airflow learns of a DAG, or forgets it. */
  | { readonly kind: "dag"; readonly dag: string; readonly change: "added" | "removed" };

/** A table by its place below the project's storage: the same words in every environment. */
export function placeOf(path: string): string {
  return path.split("/").slice(-2).join("/");
}

export function readersOf(path: string): string {
  return `readers of ${placeOf(path)}`;
}

export function clientsOf(deployment: string): string {
  return `clients of ${deployment}`;
}
