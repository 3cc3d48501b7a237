/**
 * Remembers answers of pure functions, in two ways that have nothing to invalidate.
 *
 * `get` goes by what an input says: its text is the key, and what changes is asked by another key. `keep` goes by what an input is: where
 * everything that an answer stands on is the very same object as before, nothing is looked at. For this to happen, what says the same has
 * to be the same: `alike` puts the parts of what was there before in place of equal ones.
 *
 * What has not been asked for in a while is dropped, so the table is never much larger than the project.
 */

/** What is remembered: a file's data and what is wrong with it; the tables that an SQL text reads; its columns over the columns of these; the facts of a definition. */
export type Query = "file" | "sql" | "bound" | "source" | "transform" | "function" | "group" | "model" | "deployment";

/** Queries whose answers are worth more than writing them down costs: those that read text. */
const KEPT: ReadonlySet<Query> = new Set<Query>(["file", "sql", "bound"]);

/** An answer that outlives the process: query, input, answer. Plain JSON data. */
export type Kept = readonly [query: Query, input: string, answer: unknown];

export interface Memo {
  /** The answer of `compute`, which depends on nothing but `input`. `revive` makes it anew from JSON data. */
  get<T>(query: Query, input: string, compute: () => T, revive?: (json: T) => T): T;
  /** The answer of `compute`, which depends on nothing but `on`: data that nobody changes, compared by identity. `step` names the function. */
  keep<T>(step: string, on: readonly unknown[], compute: () => T): T;
  /** What the run before had under a name, and from now on what this one has. Only identity may depend on it. */
  carry<T>(name: string, next: (before: T | undefined) => T): T;
  /** Begins a run. */
  next(): void;
  /** How many answers the run had to compute, by query. */
  computed(): Readonly<Partial<Record<Query, number>>>;
  /** How many steps the run had to take, by name. */
  taken(): Readonly<Record<string, number>>;
  /** What the run asked for, to be given to a later memo; undefined where that is what this one was given. */
  kept(): readonly Kept[] | undefined;
}

interface Answer {
  readonly query: Query;
  readonly input: string;
  value: unknown;
  /** Comes from JSON, and has not been revived. */
  raw: boolean;
  /** The last run that asked. */
  run: number;
}

/** `known` is what another memo has kept, in another process maybe. */
export function createMemo(known: readonly Kept[] = []): Memo {
  const answers = new Map(
    known.map(([query, input, value]): [string, Answer] => [keyOf(query, input), { query, input, value, raw: true, run: 0 }]),
  );
  const carried = new Map<string, unknown>();
  let [run, live] = [1, answers.size];
  let computed: Partial<Record<Query, number>> = {};
  const steps = createSteps(() => run);
  return {
    get(query, input, compute, revive = (json) => json) {
      const key = keyOf(query, input);
      const found = answers.get(key);
      const answer: Answer = found ?? { query, input, value: compute(), raw: false, run };
      if (found === undefined) {
        computed[query] = (computed[query] ?? 0) + 1;
        answers.set(key, answer);
      }
      answer.run = run;
      steps.asked(answer);
      // Under the key of a query and its input lies what this query has answered, as data.
      if (answer.raw) answer.value = revive(answer.value as ReturnType<typeof compute>);
      answer.raw = false;
      return answer.value as ReturnType<typeof compute>;
    },
    keep: steps.keep,
    carry(name, next) {
      // What lies under a name came from the same call.
      const value = next(carried.get(name) as ReturnType<typeof next> | undefined);
      carried.set(name, value);
      return value;
    },
    next() {
      // To sweep is to look at everything: now and then.
      if (answers.size > 2 * live + SLACK) {
        for (const [key, answer] of answers) if (answer.run < run) answers.delete(key);
        live = answers.size;
      }
      run++;
      computed = {};
      steps.next();
    },
    computed: () => computed,
    taken: steps.taken,
    kept() {
      const asked = [...answers.values()].filter((answer) => answer.run === run && KEPT.has(answer.query) && isJson(answer.value));
      const given = new Set(known.map(([query, input]) => keyOf(query, input)));
      const same = asked.length === given.size && asked.every(({ query, input }) => given.has(keyOf(query, input)));
      return same ? undefined : asked.map(({ query, input, value }) => [query, input, value]);
    },
  };
}

const SLACK = 1000;

/** An answer, and what it stands on. Environments have theirs side by side. */
interface Step {
  readonly on: readonly unknown[];
  readonly value: unknown;
  /** What was asked for on the way, which is still in use as long as this is. */
  readonly asked: readonly Answer[];
  run: number;
}

/** Steps are found by the first object that they stand on, and go with it. */
function createSteps(run: () => number): Pick<Memo, "keep" | "taken" | "next"> & { asked(answer: Answer): void } {
  const tables = new Map<string, WeakMap<object, readonly Step[]>>();
  let asking: Answer[] | undefined;
  let taken: Record<string, number> = {};
  return {
    asked: (answer) => asking?.push(answer),
    keep(step, on, compute) {
      const table = tables.get(step) ?? new WeakMap<object, readonly Step[]>();
      const first = typeof on[0] === "object" && on[0] !== null ? on[0] : NOTHING;
      const known = table.get(first) ?? [];
      for (const found of known) {
        if (!areSame(found.on, on)) continue;
        // A step on the way has marked its own, and is in use as long as this is.
        if (found.run !== run()) for (const answer of found.asked) answer.run = run();
        found.run = run();
        if (asking !== undefined) for (const answer of found.asked) asking.push(answer);
        // Under the name of a function lies what it has answered.
        return found.value as ReturnType<typeof compute>;
      }
      const outer = asking;
      asking = [];
      const own = asking;
      let value: ReturnType<typeof compute>;
      try {
        value = compute();
      } finally {
        asking = outer;
      }
      const made: Step = { on, value, asked: own, run: run() };
      if (outer !== undefined) for (const answer of own) outer.push(answer);
      table.set(first, [...known.filter((one) => one.run >= run() - 1), made]);
      tables.set(step, table);
      taken[step] = (taken[step] ?? 0) + 1;
      return value;
    },
    taken: () => taken,
    next: () => (taken = {}),
  };
}

const NOTHING = {};

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !Object.is(a[i], b[i])) return false;
  return true;
}

/** What says the same as `after`, with all that is as it was taken from `before`. Plain data. */
export function alike<T>(before: unknown, after: T): T {
  if (before === after || typeof before !== "object" || typeof after !== "object" || before === null || after === null) return after;
  // Whatever the parts are, they are of the type of those that they are equal to.
  if (Array.isArray(after)) {
    if (!Array.isArray(before)) return after;
    const items = after.map((item, index): unknown => (index < before.length ? alike(before[index], item) : item));
    return (areSame(before, items) ? before : items) as T;
  }
  const kind: unknown = Object.getPrototypeOf(after);
  if (Array.isArray(before) || Object.getPrototypeOf(before) !== kind || (kind !== null && kind !== Object.prototype)) return after;
  const old = before as Readonly<Record<string, unknown>>;
  const copy = Object.create(kind as object | null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(after)) copy[key] = Object.hasOwn(old, key) ? alike(old[key], value) : value;
  const [had, has] = [Object.keys(old), Object.keys(copy)];
  return (areSame(had, has) && has.every((key) => Object.is(old[key], copy[key])) ? old : copy) as T;
}

function keyOf(query: Query, input: string): string {
  return `${query} ${input}`;
}

/** Whether a value comes back from JSON as it went: YAML has numbers that JSON lacks. */
function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== "object" || value === null) return value !== undefined;
  return Object.values(value).every(isJson);
}
