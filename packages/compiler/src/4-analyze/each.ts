/** Facts of the definitions of one kind, one by one. */
import { alike } from "../memo.js";
import type { Finding } from "./analysis.js";
import type { Found } from "./finding.js";
import type { Asked } from "./schedules.js";

export interface Facts<T> {
  /** In the order of the spec, which is that of names. */
  readonly facts: ReadonlyMap<string, T>;
  readonly findings: readonly Finding[];
  readonly schedules: Asked["facts"];
}

/** With what is needed to make them anew after an edit. */
export interface Made<S, T> extends Facts<T> {
  readonly definitions: Readonly<Record<string, S>>;
  readonly told: ReadonlyMap<string, readonly Finding[]>;
  readonly when: ReadonlyMap<string, string>;
}

interface How<S, T> {
  readonly asked: Asked;
  /** Id of the schedule that a definition runs on; empty where it runs on none. */
  readonly schedule: (spec: S) => string;
  readonly of: (name: string, spec: S, given: { readonly schedule: string; readonly old: T | undefined }) => Found<T>;
  /** Whether all that a definition stands on is what it was. */
  readonly stands: (name: string, spec: S, old: T | undefined) => boolean;
}

/** Where all facts are as they were before, so is their map. */
export function each<S, T>(
  definitions: Readonly<Record<string, S>> = {},
  before: Made<S, T> | undefined,
  { asked, schedule, of, stands }: How<S, T>,
): Made<S, T> {
  const facts = new Map<string, T>();
  const told = new Map<string, readonly Finding[]>();
  const whens = new Map<string, string>();
  let same = true;
  for (const name of Object.keys(definitions)) {
    // Every name is one of the definitions.
    const spec = definitions[name] as S;
    const old = before?.facts.get(name);
    const when = schedule(spec);
    whens.set(name, when);
    const asItWas = before?.definitions[name] === spec && before.when.get(name) === when && stands(name, spec, old);
    const found = asItWas ? undefined : of(name, spec, { schedule: when, old });
    const own = found === undefined ? old : found.facts;
    const findings = found === undefined ? before?.told.get(name) : found.findings;
    if (findings !== undefined && findings.length > 0) told.set(name, findings);
    if (own === undefined) continue;
    facts.set(name, own);
    same &&= own === old;
  }
  const isAsBefore = before !== undefined && same && facts.size === before.facts.size;
  const findings = [...told.values()].flat();
  return { facts: isAsBefore ? before.facts : facts, findings, schedules: asked.facts, definitions, told, when: whens };
}

/** Equal facts are those that were there, so that who stands on them need not look. */
export function asBefore<T>({ facts, findings }: Found<T>, before: unknown): Found<T> {
  return facts === undefined ? { findings } : { facts: alike(before, facts), findings };
}
