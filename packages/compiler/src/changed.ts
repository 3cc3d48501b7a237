/** What is other in one state of a project than in another: so that an edit costs what it changes. Values are compared by identity. */
import type { Memo } from "./memo.js";

/** Whether two maps hold the same things under the same names. */
export function sameMaps<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  return changedIn(a, b)?.length === 0;
}

/** Under which names there is something else than before; undefined where the names are others. */
export function changedIn<T>(after: ReadonlyMap<string, T>, before: ReadonlyMap<string, T>): readonly string[] | undefined {
  return changedOf(after, before, () => {
    if (after.size !== before.size) return undefined;
    const changed: string[] = [];
    for (const [name, value] of after) {
      if (before.get(name) === value) continue;
      if (!before.has(name)) return undefined;
      changed.push(name);
    }
    return changed;
  });
}

/** The same of two maps of definitions. */
export function changedDefinitions(
  after: Readonly<Record<string, unknown>> = NONE,
  before: Readonly<Record<string, unknown>> = NONE,
): readonly string[] | undefined {
  return changedOf(after, before, () => {
    const names = Object.keys(after);
    if (names.length !== Object.keys(before).length) return undefined;
    const changed = names.filter((name) => after[name] !== before[name]);
    return changed.every((name) => Object.hasOwn(before, name)) ? changed : undefined;
  });
}

const NONE = {};

/** What is known of how something came to be: several ask, and who changes a copy knows. Of one state only the step before it, so that states go. */
const steps = new WeakMap<object, { readonly before: object; readonly changed: readonly string[] | undefined }>();

function changedOf(after: object, before: object, compare: () => readonly string[] | undefined): readonly string[] | undefined {
  if (after === before) return [];
  const known = steps.get(after);
  if (known?.before === before) return known.changed;
  const changed = compare();
  cameFrom(after, before, changed);
  return changed;
}

function cameFrom(after: object, before: object, changed: readonly string[] | undefined): void {
  steps.set(after, { before, changed });
  steps.delete(before);
}

/** A copy in which some values are others. */
export function patched<T>(map: ReadonlyMap<string, T>, values: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  if (values.size === 0) return map;
  const copy = new Map(map);
  for (const [name, value] of values) copy.set(name, value);
  if (copy.size === map.size) cameFrom(copy, map, [...values.keys()]);
  return copy;
}

type Definitions<T> = Readonly<Record<string, T>>;

/** The same definitions, each made something of; what is as it was is the same. `step` names what is made, in one place. */
export function eachMade<S, T>(
  definitions: Definitions<S>,
  {
    step,
    memo,
    make,
  }: { readonly step: string; readonly memo: Memo; readonly make: (name: string, definition: S, before: T | undefined) => T },
): Definitions<T> {
  return memo.keep(step, [definitions], () =>
    memo.carry(step, (before: { readonly of: Definitions<S>; readonly made: Definitions<T> } | undefined) => {
      const changed = before && changedDefinitions(definitions, before.of);
      const made = Object.create(null) as Record<string, T>;
      if (before !== undefined && changed !== undefined) Object.assign(made, before.made);
      // Every name is one of the definitions.
      for (const name of changed ?? Object.keys(definitions)) made[name] = make(name, definitions[name] as S, before?.made[name]);
      if (before === undefined || changed === undefined) return { of: definitions, made };
      const others = changed.filter((name) => made[name] !== before.made[name]);
      if (others.length > 0) cameFrom(made, before.made, others);
      return { of: definitions, made: others.length > 0 ? made : before.made };
    }),
  ).made;
}

interface Said<T> {
  readonly of: Definitions<unknown>;
  readonly on: unknown;
  readonly said: ReadonlyMap<string, readonly T[]>;
  readonly all: readonly T[];
}

/** What is said of definitions, each by itself and by what `on` is, in their order. `step` names what is said, in one place. */
export function saidOfEach<S, T>(
  definitions: Definitions<S>,
  {
    step,
    memo,
    on,
    say,
  }: { readonly step: string; readonly memo: Memo; readonly on?: unknown; readonly say: (name: string, definition: S) => readonly T[] },
): readonly T[] {
  return memo.keep(step, [definitions, on], () =>
    memo.carry(step, (before: Said<T> | undefined): Said<T> => {
      const changed = before !== undefined && before.on === on ? changedDefinitions(definitions, before.of) : undefined;
      const said = new Map(changed === undefined ? [] : before?.said);
      for (const name of changed ?? Object.keys(definitions)) {
        // Every name is one of the definitions.
        const own = say(name, definitions[name] as S);
        if (own.length > 0) said.set(name, own);
        else said.delete(name);
      }
      const all = said.size === 0 ? [] : Object.keys(definitions).flatMap((name) => said.get(name) ?? []);
      return { of: definitions, on, said, all };
    }),
  ).all;
}
