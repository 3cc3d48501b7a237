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

/** Where all facts are as they were before, so is their map. */
export function each<S, T>(
  definitions: Readonly<Record<string, S>> | undefined,
  before: Facts<T> | undefined,
  { asked, of }: { readonly asked: Asked; readonly of: (name: string, spec: S, before: T | undefined) => Found<T> },
): Facts<T> {
  const facts = new Map<string, T>();
  const findings: Finding[] = [];
  let same = true;
  for (const [name, spec] of Object.entries(definitions ?? {})) {
    const old = before?.facts.get(name);
    const found = of(name, spec, old);
    for (const one of found.findings) findings.push(one);
    if (found.facts === undefined) continue;
    facts.set(name, found.facts);
    same &&= found.facts === old;
  }
  const isAsBefore = before !== undefined && same && facts.size === before.facts.size;
  return { facts: isAsBefore ? before.facts : facts, findings, schedules: asked.facts };
}

/** Equal facts are those that were there, so that who stands on them need not look. */
export function asBefore<T>({ facts, findings }: Found<T>, before: unknown): Found<T> {
  return facts === undefined ? { findings } : { facts: alike(before, facts), findings };
}

/** Whether two maps hold the same things under the same names. */
export function sameMaps<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) if (b.get(name) !== value) return false;
  return true;
}
