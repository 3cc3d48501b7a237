/**
 * Remembers answers by the inputs that they depend on. A query is a pure function of plain data, and the text of its input is its key, so
 * there is no dependency to track and nothing to invalidate: what changes is asked by another key. A run keeps what it asked for, and what the
 * run before asked for and this one did not is dropped, so the table is never larger than the project.
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
  /** Begins a run. */
  next(): void;
  /** How many answers the run had to compute, by query. */
  computed(): Readonly<Partial<Record<Query, number>>>;
  /** What the run asked for, to be given to a later memo; undefined where that is what this one was given. */
  kept(): readonly Kept[] | undefined;
}

interface Answer {
  readonly query: Query;
  readonly input: string;
  value: unknown;
  /** Comes from JSON, and has not been revived. */
  raw: boolean;
}

/** `known` is what another memo has kept, in another process maybe. */
export function createMemo(known: readonly Kept[] = []): Memo {
  let before = new Map(known.map(([query, input, value]): [string, Answer] => [keyOf(query, input), { query, input, value, raw: true }]));
  let now = new Map<string, Answer>();
  let computed: Partial<Record<Query, number>> = {};
  return {
    get(query, input, compute, revive = (json) => json) {
      const key = keyOf(query, input);
      const found = now.get(key) ?? before.get(key);
      const answer: Answer = found ?? { query, input, value: compute(), raw: false };
      if (found === undefined) computed[query] = (computed[query] ?? 0) + 1;
      now.set(key, answer);
      // Under the key of a query and its input lies what this query has answered, as data.
      if (answer.raw) answer.value = revive(answer.value as ReturnType<typeof compute>);
      answer.raw = false;
      return answer.value as ReturnType<typeof compute>;
    },
    next() {
      if (now.size === 0) return;
      before = now;
      now = new Map();
      computed = {};
    },
    computed: () => computed,
    kept() {
      const answers = [...now.values()].filter(({ query, value }) => KEPT.has(query) && isJson(value));
      const given = new Set(known.map(([query, input]) => keyOf(query, input)));
      const same = answers.length === given.size && answers.every(({ query, input }) => given.has(keyOf(query, input)));
      return same ? undefined : answers.map(({ query, input, value }) => [query, input, value]);
    },
  };
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
