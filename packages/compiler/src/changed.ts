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

/** The state that this one was compared with last, and where it is other; undefined where that is not known. */
export function stepTo(after: object): { readonly before: object; readonly changed: readonly string[] } | undefined {
  const step = steps.get(after);
  return step?.changed === undefined ? undefined : { before: step.before, changed: step.changed };
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

/** The same of definitions: all names are there. */
export function patchedDefinitions<T>(definitions: Definitions<T>, values: ReadonlyMap<string, T>): Definitions<T> {
  if (values.size === 0) return definitions;
  const copy = Object.create(Object.getPrototypeOf(definitions) as object | null) as Record<string, T>;
  // Of maps as large as these, twice as fast as `Object.assign`.
  for (const name of Object.keys(definitions)) copy[name] = definitions[name] as T;
  for (const [name, value] of values) copy[name] = value;
  cameFrom(copy, definitions, [...values.keys()]);
  return copy;
}

interface EachMade<S, T> {
  readonly of: Definitions<S>;
  readonly on: unknown;
  readonly made: Definitions<T>;
}

/**
 * The same definitions, each made something of, and of what `on` is; what is as it was is the same. `step` names what is made, in one place.
 * They are in the order of the definitions, or in that which `order` gives their names.
 */
export function eachMade<S, T>(
  definitions: Definitions<S>,
  {
    step,
    memo,
    on,
    order = (names) => names,
    make,
  }: {
    readonly step: string;
    readonly memo: Memo;
    readonly on?: unknown;
    readonly order?: (names: readonly string[]) => readonly string[];
    readonly make: (name: string, definition: S, before: T | undefined) => T;
  },
): Definitions<T> {
  return memo.keep(step, [definitions, on], () =>
    memo.carry(step, (before: EachMade<S, T> | undefined): EachMade<S, T> => {
      const changed = before !== undefined && before.on === on ? changedDefinitions(definitions, before.of) : undefined;
      const others = new Map<string, T>();
      for (const name of changed ?? order(Object.keys(definitions))) {
        const old = before?.made[name];
        // Every name is one of the definitions.
        const value = make(name, definitions[name] as S, old);
        if (changed === undefined || value !== old) others.set(name, value);
      }
      if (before !== undefined && changed !== undefined) return { of: definitions, on, made: patchedDefinitions(before.made, others) };
      return { of: definitions, on, made: plain(others) };
    }),
  ).made;
}

function plain<T>(map: ReadonlyMap<string, T>): Definitions<T> {
  // As parsing makes it: a look-up finds only what was written.
  const made = Object.create(null) as Record<string, T>;
  for (const [name, value] of map) made[name] = value;
  return made;
}

/** A map of definitions as plain data. `step` names it. */
export function recordOf<T>(map: ReadonlyMap<string, T>, step: string, memo: Memo): Definitions<T> {
  return memo.keep(step, [map], () =>
    memo.carry(step, (before: { readonly map: ReadonlyMap<string, T>; readonly all: Definitions<T> } | undefined) => {
      const changed = before && changedIn(map, before.map);
      if (before === undefined || changed === undefined) return { map, all: Object.fromEntries(map) };
      // Every name is one of the map.
      return { map, all: patchedDefinitions(before.all, new Map(changed.map((name) => [name, map.get(name) as T]))) };
    }),
  ).all;
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
      const others = new Map<string, readonly T[]>();
      for (const name of changed ?? Object.keys(definitions)) {
        // Every name is one of the definitions.
        const own = say(name, definitions[name] as S);
        if (own.length > 0 || before?.said.has(name) === true) others.set(name, own);
      }
      if (before !== undefined && changed !== undefined && others.size === 0) return { ...before, of: definitions };
      const said = new Map(changed === undefined ? [] : before?.said);
      for (const [name, own] of others) {
        if (own.length > 0) said.set(name, own);
        else said.delete(name);
      }
      const all = said.size === 0 ? [] : Object.keys(definitions).flatMap((name) => said.get(name) ?? []);
      return { of: definitions, on, said, all };
    }),
  ).all;
}
