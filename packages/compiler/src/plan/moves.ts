/** What is called otherwise: ids of before as they are called now. `renamed_from` says so where the old name was there, and is there no more. */
import type { Analysis } from "../4-analyze/analysis.js";
import { asRecord, at } from "./plan.js";

export interface Moves {
  /** Old id to new id, of definitions (`sources.a`) and of columns (`sources.a.x`, by its old names). */
  readonly to: ReadonlyMap<string, string>;
  /** An id of before, as it is called now. */
  now(id: string): string;
  /** What an id of now was called before. */
  was(id: string): string;
}

const SECTIONS = ["entities", "sources", "transforms", "features", "models", "deployments"] as const;

export function movesOf(before: Analysis, after: Analysis): Moves {
  const to = new Map<string, string>();
  for (const section of SECTIONS)
    for (const [name, definition] of Object.entries(asRecord(after.spec[section]))) {
      const old = movedFrom(name, asRecord(before.spec[section]), asRecord(after.spec[section]));
      if (old !== undefined) to.set(`${section}.${old}`, `${section}.${name}`);
      const was = asRecord(asRecord(before.spec[section])[old ?? name]);
      const ids = [`${section}.${old ?? name}`, `${section}.${name}`] as const;
      for (const [from, into] of innerMoves("columns", was, asRecord(definition)))
        to.set(`${ids[0]}.${from.toLowerCase()}`, `${ids[1]}.${into.toLowerCase()}`);
      for (const [from, into] of innerMoves("aggregates", was, asRecord(definition)))
        for (const window of windowsOf(before, old ?? name, from)) to.set(`${ids[0]}.${from}${window}`, `${ids[1]}.${into}${window}`);
    }
  return { to, now: (id) => nowCalled(id, to), was: (id) => wasCalled(id, to) };
}

/** What is called otherwise in a map of a definition, old name first. */
export function innerMoves(key: "columns" | "aggregates", before: object, after: object): readonly (readonly [string, string])[] {
  const [old, now] = [asRecord(Reflect.get(before, key)), asRecord(Reflect.get(after, key))];
  return Object.keys(now).flatMap((name): readonly (readonly [string, string])[] => {
    const from = movedFrom(name, old, now);
    return from === undefined ? [] : [[from, name]];
  });
}

/** The name that something had, where that was there and is there no more. */
function movedFrom(name: string, before: object, after: object): string | undefined {
  const from = asRecord(Reflect.get(after, name))["renamed_from"];
  const isMoved = typeof from === "string" && Object.hasOwn(before, from) && !Object.hasOwn(after, from) && !Object.hasOwn(before, name);
  return isMoved ? from : undefined;
}

/** What stands behind an aggregate's name in the names of its outputs. */
function windowsOf({ groups }: Analysis, group: string, aggregate: string): readonly string[] {
  const facts = at(groups, group);
  const plan = facts?.kind === "windowed" ? facts.aggregates.find(({ name }) => name === aggregate) : undefined;
  return plan?.windows.map(({ output }) => output.slice(aggregate.length)) ?? [];
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
