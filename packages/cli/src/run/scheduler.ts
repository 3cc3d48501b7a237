/** Runs steps in parallel where the graph allows. Knows nothing of processes: a step is whatever `execute` does. */
import type { Step } from "./plan.js";

export type Status = "done" | "failed" | "skipped" | "kept";

export interface Outcome {
  readonly status: Status;
  /** Exit code of the program; absent where it did not run. */
  readonly code?: number;
  readonly seconds?: number;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export interface Execution {
  readonly steps: readonly Step[];
  readonly parallel: number;
  /** Outcomes of an earlier run that still hold. */
  readonly kept: ReadonlyMap<string, Outcome>;
  execute(step: Step): Promise<Outcome>;
  started(step: Step): void;
  ended(step: Step, outcome: Outcome): void;
}

/** A step runs once all it comes after are done; where one is not, it is skipped. The rest of the graph goes on. */
export async function runSteps(execution: Execution): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const running = new Map<string, Promise<void>>();
  const end = (step: Step, outcome: Outcome): void => {
    outcomes.set(step.id, outcome);
    execution.ended(step, outcome);
  };
  const lengths = chains(execution.steps);
  let waiting = [...execution.steps];
  while (waiting.length > 0 || running.size > 0) {
    const ready: Step[] = [];
    for (const step of waiting) {
      const needed = step.after.map((id) => outcomes.get(id));
      if (needed.some((outcome) => outcome?.status === "failed" || outcome?.status === "skipped")) {
        end(step, { status: "skipped", message: `${step.after.filter((id) => !isDone(outcomes.get(id))).join(", ")} did not succeed` });
      } else if (needed.every(isDone) && step.settled.every((id) => outcomes.has(id))) ready.push(step);
    }
    const ended = waiting.length;
    waiting = waiting.filter((step) => !outcomes.has(step.id));
    ready.sort((a, b) => (lengths.get(b.id) ?? 0) - (lengths.get(a.id) ?? 0));
    for (const step of ready) {
      const kept = execution.kept.get(step.id);
      if (kept !== undefined) end(step, { ...kept, status: "kept" });
      else if (running.size < execution.parallel)
        running.set(
          step.id,
          begin(execution, step, end, () => running.delete(step.id)),
        );
    }
    waiting = waiting.filter((step) => !outcomes.has(step.id) && !running.has(step.id));
    if (waiting.length < ended) continue;
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.length > 0) throw new Error(`nothing can go on: ${waiting.map((step) => step.id).join(", ")}`);
  }
  return outcomes;
}

/** How many steps the longest chain from each step on has: where not all that is ready can run, the longest chain decides the end. */
function chains(steps: readonly Step[]): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  // Steps are in an order in which each comes after what it needs.
  for (const step of [...steps].reverse())
    for (const before of [step.id, ...step.after, ...step.settled])
      lengths.set(before, Math.max(lengths.get(before) ?? 1, before === step.id ? 1 : (lengths.get(step.id) ?? 1) + 1));
  return lengths;
}

function isDone(outcome: Outcome | undefined): boolean {
  return outcome?.status === "done" || outcome?.status === "kept";
}

async function begin(execution: Execution, step: Step, end: (step: Step, outcome: Outcome) => void, after: () => void): Promise<void> {
  execution.started(step);
  const outcome = await execution.execute(step).catch((error: unknown): Outcome => ({ status: "failed", message: String(error) }));
  after();
  end(step, outcome);
}
