/** What is kept of runs: `.mlspec/runs/<id>/` with a log per task and run.json, from which a run is resumed. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeState } from "../state.js";
import type { Interval } from "./plan.js";
import type { Outcome } from "./scheduler.js";

export interface RunRecord {
  readonly id: string;
  readonly environment: string;
  readonly interval: Interval;
  readonly only: readonly string[];
  /** By step; `program` is the hash of the program's folder when it ran. */
  readonly steps: Readonly<Record<string, Outcome & { readonly program: string }>>;
}

export interface RunStore {
  readonly folder: string;
  log(step: string): string;
  save(record: RunRecord): void;
}

const root = (project: string): string => join(project, ".mlspec", "runs");

/** The folder of a run, made when it is not there. */
export function openRun(project: string, id: string): RunStore {
  const folder = makeState(project, join("runs", id));
  return {
    folder,
    log: (step) => join(folder, `${step.replace(/[^A-Za-z0-9_.-]/g, "_")}.log`),
    save: (record) => {
      const file = join(folder, "run.json");
      writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}

/** The latest run of an environment. */
export function latestRun(project: string, environment: string): RunRecord | undefined {
  if (!existsSync(root(project))) return undefined;
  for (const id of readdirSync(root(project)).sort().reverse()) {
    const record = readRecord(join(root(project), id, "run.json"));
    if (record?.environment === environment) return record;
  }
  return undefined;
}

function readRecord(file: string): RunRecord | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    const whole = typeof read === "object" && read !== null && "id" in read && "steps" in read && "interval" in read;
    // A file of our own, in a folder of our own: its shape is what `save` wrote.
    return whole ? (read as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Sorts by time, and never names a folder that is there. */
export function newRunId(project: string, now: Date): string {
  const stem = now
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.\d+Z$/, "Z");
  let id = stem;
  for (let i = 2; existsSync(join(root(project), id)); i++) id = `${stem}-${i}`;
  return id;
}
