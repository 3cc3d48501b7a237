/** Facts of the definitions of one kind, one by one. */
import { changedDefinitions, patched } from "../changed.js";
import { alike } from "../memo.js";
import type { Finding } from "./analysis.js";
import type { Found } from "./finding.js";
import type { Asked, Schedules } from "./schedules.js";

export interface Facts<T> {
  /** In the order of the spec, which is that of names. */
  readonly facts: ReadonlyMap<string, T>;
  readonly findings: readonly Finding[];
  readonly schedules: Asked["facts"];
}

/** With what is needed to make them anew after an edit. */
export interface Made<S, T> extends Facts<T> {
  readonly asked: Schedules;
  readonly definitions: Readonly<Record<string, S>>;
  readonly told: ReadonlyMap<string, readonly Finding[]>;
  readonly when: ReadonlyMap<string, string>;
}

interface How<S, T> {
  readonly schedules: Schedules;
  /** Id of the schedule that a definition runs on; empty where it runs on none. */
  readonly schedule: (spec: S, asked: Asked) => string;
  readonly of: (name: string, spec: S, given: { readonly schedule: string; readonly old: T | undefined }) => Found<T>;
  /** Whether all that a definition stands on is what it was; absent where it stands on nothing but what it says. */
  readonly stands?: (name: string, spec: S, old: T | undefined) => boolean;
}

/** Where all facts are as they were before, so is their map. */
export function each<S, T>(definitions: Readonly<Record<string, S>> = NONE, before: Made<S, T> | undefined, how: How<S, T>): Made<S, T> {
  return (before && afterEdit(definitions, before, how)) ?? afresh(definitions, before, how);
}

const NONE = {};

/** What came out before, with what an edit reaches; undefined where it changes which definitions there are, or when they run. */
function afterEdit<S, T>(
  definitions: Readonly<Record<string, S>>,
  before: Made<S, T>,
  { schedules, schedule, of, stands }: How<S, T>,
): Made<S, T> | undefined {
  const edited = before.asked === schedules ? changedDefinitions(definitions, before.definitions) : undefined;
  if (edited === undefined) return undefined;
  const asked = schedules.asking();
  // Every name is one of the definitions.
  if (edited.some((name) => schedule(definitions[name] as S, asked) !== before.when.get(name))) return undefined;
  const reached = stands === undefined ? [] : Object.keys(definitions).filter((name) => !stands(name, definitions[name] as S, before.facts.get(name))); // prettier-ignore
  const [facts, told] = [new Map<string, T>(), new Map<string, readonly Finding[]>()];
  for (const name of new Set([...edited, ...reached])) {
    const old = before.facts.get(name);
    const found = of(name, definitions[name] as S, { schedule: before.when.get(name) ?? "", old });
    if ((found.facts === undefined) !== (old === undefined)) return undefined;
    if (found.facts !== undefined && found.facts !== old) facts.set(name, found.facts);
    if (found.findings.length > 0 || before.told.has(name)) told.set(name, found.findings);
  }
  const made = { ...before, definitions, facts: patched(before.facts, facts) };
  if (told.size === 0) return made;
  const all = new Map([...before.told, ...told]);
  return { ...made, told: all, findings: Object.keys(definitions).flatMap((name) => all.get(name) ?? []) };
}

function afresh<S, T>(
  definitions: Readonly<Record<string, S>>,
  before: Made<S, T> | undefined,
  { schedules, schedule, of, stands }: How<S, T>,
): Made<S, T> {
  const asked = schedules.asking();
  const facts = new Map<string, T>();
  const told = new Map<string, readonly Finding[]>();
  const whens = new Map<string, string>();
  let same = true;
  for (const name of Object.keys(definitions)) {
    // Every name is one of the definitions.
    const spec = definitions[name] as S;
    const old = before?.facts.get(name);
    const when = schedule(spec, asked);
    whens.set(name, when);
    const asItWas = before?.definitions[name] === spec && before.when.get(name) === when && stands?.(name, spec, old) !== false;
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
  return { facts: isAsBefore ? before.facts : facts, findings, schedules: asked.facts, asked: schedules, definitions, told, when: whens };
}

/** Equal facts are those that were there, so that who stands on them need not look. */
export function asBefore<T>({ facts, findings }: Found<T>, before: unknown): Found<T> {
  return facts === undefined ? { findings } : { facts: alike(before, facts), findings };
}
