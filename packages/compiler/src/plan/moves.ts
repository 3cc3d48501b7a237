/** What is called otherwise: ids of before as they are called now. `renamed_from` says so where the old name was there, and is there no more. */
import type { ProjectSpec } from "../spec.js";
import { asRecord } from "./parts.js";

export interface Moves {
  /** Old id to new id, of definitions (`sources.a`) and of columns (`sources.a.x`, by its old names). */
  readonly to: ReadonlyMap<string, string>;
  /** An id of before, as it is called now. */
  now(id: string): string;
  /** What an id of now was called before. */
  was(id: string): string;
}

const SECTIONS = ["entities", "sources", "transforms", "features", "models", "deployments"] as const;

export function movesOf(before: ProjectSpec, after: ProjectSpec): Moves {
  const to = new Map<string, string>();
  for (const section of SECTIONS)
    for (const [name, definition] of Object.entries(asRecord(after[section]))) {
      const old = renamedFrom(definition);
      if (old !== undefined && isMoved(old, name, asRecord(before[section]), asRecord(after[section])))
        to.set(`${section}.${old}`, `${section}.${name}`);
      const was = to.get(`${section}.${old ?? ""}`) === undefined ? name : (old ?? name);
      columnMoves(`${section}.${was}`, `${section}.${name}`, [asRecord(asRecord(before[section])[was]), asRecord(definition)], to);
    }
  return { to, now: (id) => nowCalled(id, to), was: (id) => wasCalled(id, to) };
}

function renamedFrom(definition: unknown): string | undefined {
  const name = asRecord(definition)["renamed_from"];
  return typeof name === "string" ? name : undefined;
}

function isMoved(old: string, now: string, before: object, after: object): boolean {
  return Object.hasOwn(before, old) && !Object.hasOwn(after, old) && !Object.hasOwn(before, now);
}

// oxlint-disable-next-line max-params
function columnMoves(was: string, now: string, [before, after]: readonly [object, object], to: Map<string, string>): void {
  const [old, columns] = [asRecord(Reflect.get(before, "columns")), asRecord(Reflect.get(after, "columns"))];
  for (const [name, column] of Object.entries(columns)) {
    const from = renamedFrom(column);
    if (from !== undefined && isMoved(from, name, old, columns)) to.set(`${was}.${from.toLowerCase()}`, `${now}.${name.toLowerCase()}`);
  }
}

function nowCalled(id: string, to: ReadonlyMap<string, string>): string {
  const whole = to.get(id);
  if (whole !== undefined) return whole;
  const [section = "", name = "", ...rest] = id.split(".");
  const moved = to.get(`${section}.${name}`);
  return moved === undefined ? id : [moved, ...rest].join(".");
}

function wasCalled(id: string, to: ReadonlyMap<string, string>): string {
  for (const [old, now] of to) if (now === id) return old;
  const [section = "", name = "", ...rest] = id.split(".");
  for (const [old, now] of to) if (now === `${section}.${name}`) return [old, ...rest].join(".");
  return id;
}
