/** What `mlspec run` is going to do: the tasks of all schedules as one graph over one interval. */
import type { Argument, Ir, Program, Task } from "@mlspec/compiler";

export interface Step {
  readonly id: string;
  readonly schedule: string;
  readonly language: "pyspark" | "python";
  readonly kind: string;
  /** Program file below the project folder. */
  readonly path: string;
  readonly args: readonly string[];
  readonly start: string;
  readonly end: string;
  /** Steps that must have succeeded. */
  readonly after: readonly string[];
  /** Steps that must only have ended. */
  readonly settled: readonly string[];
  readonly exitCodes: Program["exitCodes"];
}

export interface Interval {
  readonly start: string;
  readonly end: string;
}

/** ISO-8601 in UTC without fractions of zero: `2026-01-01T00:00:00Z`. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** Reads `A/B`; a date alone is its midnight in UTC. Undefined where it is none, or empty. */
export function parseInterval(text: string): Interval | undefined {
  const [from = "", to = "", ...more] = text.split("/");
  const start = parseInstant(from);
  const end = parseInstant(to);
  if (more.length > 0 || start === undefined || end === undefined || start >= end) return undefined;
  return { start: instant(start), end: instant(end) };
}

function parseInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)) return undefined;
  const ms = Date.parse(text);
  // Date.parse rolls 2026-02-30 over to March.
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(ms) || Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  return ms;
}

/** The steps of an environment, in an order in which each comes after what it needs. */
export function planRun(ir: Ir, interval: Interval, pathOf: (program: string) => string): readonly Step[] {
  const tasks = Object.values(ir.tasks);
  const steps = tasks.map((task) => stepOf(ir, task, interval, pathOf));
  const place = { interval, pathOf };
  const streams = Object.values(ir.programs);
  const withHistories = streams.reduce<readonly Step[]>((all, program) => withHistory(all, program, place), steps);
  return ordered([...withHistories, ...streams.flatMap((program) => tilesOf(ir, withHistories, { program, place }))]);
}

interface Place {
  readonly interval: Interval;
  readonly pathOf: (program: string) => string;
}

/** The history of a topic takes in what there is, before anything that is about it. */
function withHistory(steps: readonly Step[], program: Program, place: Place): readonly Step[] {
  if (program.kind !== "history") return steps;
  const about = new Set([`ready.${program.name}`, `ingest.${program.name}`]);
  const [first] = steps.filter(({ id }) => about.has(id));
  if (first === undefined) return steps;
  const drain = drainOf(program, first.schedule, place);
  return [drain, ...steps.map((step) => (about.has(step.id) ? { ...step, after: [...step.after, program.id].sort() } : step))];
}

/** Tiles take in what the history has then. */
function tilesOf(ir: Ir, steps: readonly Step[], { program, place }: { program: Program; place: Place }): readonly Step[] {
  if (program.kind !== "tiles") return [];
  const history = Object.values(ir.programs).find((other) => other.kind === "history" && other.source === program.source)?.id;
  const step = steps.find(({ id }) => id === history);
  return step === undefined ? [] : [{ ...drainOf(program, step.schedule, place), after: [step.id] }];
}

/** What runs for ever, up to where there is nothing more at the moment. */
function drainOf(program: Program, schedule: string, { interval, pathOf }: Place): Step {
  return {
    id: program.id,
    schedule,
    language: program.language,
    kind: program.kind,
    path: pathOf(program.id),
    args: ["--drain"],
    ...interval,
    after: [],
    settled: [],
    exitCodes: program.exitCodes,
  };
}

function stepOf(ir: Ir, task: Task, interval: Interval, pathOf: (program: string) => string): Step {
  const program = ir.programs[task.program];
  if (program === undefined) throw new Error(`task ${task.id} has no program ${task.program}`);
  const tasks = Object.values(ir.tasks);
  const waited = program.kind === "await" ? [program.dataset] : [];
  const writers = tasks.filter(
    (other) => other.schedule !== task.schedule && [...task.reads, ...waited].some((dataset) => other.writes.includes(dataset)),
  );
  return {
    id: task.id,
    schedule: task.schedule,
    language: program.language,
    kind: program.kind,
    path: pathOf(program.id),
    args: task.args.flatMap(({ flag, value }) => [flag, argument(ir, value, interval)]),
    start: interval.start,
    end: interval.end,
    after: [...new Set([...task.after, ...writers.map((writer) => writer.id)])].filter((id) => id !== task.id).sort(),
    settled: task.settled,
    exitCodes: program.exitCodes,
  };
}

function argument(ir: Ir, value: Argument, interval: Interval): string {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "interval_start":
      return interval.start;
    case "interval_end":
      return instant(Date.parse(interval.end) - value.lag);
    case "path":
      return ir.datasets[value.dataset]?.path ?? "";
    case "secret":
      throw new Error("secrets have no value on the command line");
  }
}

/** Stable topological order. */
function ordered(steps: readonly Step[]): readonly Step[] {
  const done = new Set<string>();
  const known = new Set(steps.map((step) => step.id));
  const result: Step[] = [];
  let left = [...steps];
  while (left.length > 0) {
    const step = left.find(({ after, settled }) => [...after, ...settled].every((id) => done.has(id) || !known.has(id)));
    if (step === undefined) throw new Error(`tasks wait for each other: ${left.map((each) => each.id).join(", ")}`);
    result.push(step);
    done.add(step.id);
    left = left.filter((each) => each !== step);
  }
  return result;
}

/** Only the named steps; what they come after is taken as done. */
export function only(steps: readonly Step[], names: readonly string[]): readonly Step[] {
  return alone(steps.filter((step) => names.some((name) => step.id === name || step.schedule === name)));
}

/** All but the named steps, which somebody else takes. */
export function without(steps: readonly Step[], ids: readonly string[]): readonly Step[] {
  return alone(steps.filter(({ id }) => !ids.includes(id)));
}

function alone(kept: readonly Step[]): readonly Step[] {
  const ids = new Set(kept.map((step) => step.id));
  return kept.map((step) => ({
    ...step,
    after: step.after.filter((id) => ids.has(id)),
    settled: step.settled.filter((id) => ids.has(id)),
  }));
}
