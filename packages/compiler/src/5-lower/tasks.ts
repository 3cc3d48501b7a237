/** Tasks: which program runs on which schedule, after what. What another schedule writes is waited for. */
import type { Argument, Program, Resources, Task } from "../ir.js";
import type { ResourcesSpec } from "../spec.js";
import { datasetOf, known, node, type LowerInput } from "./context.js";
import { awaitProgram } from "./program.js";
import { resourcesOf } from "./serving.js";

export interface Work {
  readonly tasks: readonly Task[];
  /** Programs that only waiting needs. */
  readonly awaits: readonly Program[];
}

export function lowerTasks(input: LowerInput, programs: readonly Program[]): Work {
  const scheduled = programs.flatMap((program) => {
    const schedule = scheduleOf(input, program);
    return schedule === undefined ? [] : [{ program, schedule }];
  });
  const producers = new Map(scheduled.flatMap((step) => step.program.writes.map((dataset) => [dataset, step] as const)));
  const ready = new Map(programs.flatMap((program) => (program.kind === "ready" ? [[program.source, program.id] as const] : [])));
  const waits = new Waits();
  const tasks = scheduled.map(({ program, schedule }): Task => {
    const after = new Set(precedents(program, ready));
    for (const dataset of program.reads) {
      const producer = producers.get(dataset);
      if (producer === undefined) continue;
      after.add(
        producer.schedule === schedule
          ? producer.program.id
          : waits.add({ dataset, schedule, producer: producer.schedule, definition: producer.program.definition }),
      );
    }
    return task(input, program, { schedule, after: [...after].sort() });
  });
  const awaits = new Map<string, Program>();
  const waiting = waits.all().map(({ id, dataset, definition, schedule, producer }) => {
    const program = awaits.get(dataset) ?? awaitProgram(input, dataset, definition);
    awaits.set(dataset, program);
    const lag = known(input.analysis.lags, `${schedule}<${producer}`);
    return { ...task(input, program, { schedule, after: [], lag }), id };
  });
  return { tasks: [...tasks, ...waiting], awaits: [...awaits.values()] };
}

interface Wait {
  readonly id: string;
  readonly dataset: string;
  /** Of the reader. */
  readonly schedule: string;
  /** Schedule of the writer. */
  readonly producer: string;
  readonly definition: string;
}

/** Collects what is waited for: one task for a dataset in a schedule. */
class Waits {
  readonly #waits = new Map<string, Wait>();
  readonly #first = new Map<string, string>();

  add(wait: Omit<Wait, "id">): string {
    const key = `${wait.schedule} ${wait.dataset}`;
    const first = this.#first.get(wait.dataset) ?? wait.schedule;
    this.#first.set(wait.dataset, first);
    const id = first === wait.schedule ? `await.${wait.dataset}` : `await.${wait.dataset}.${wait.schedule}`;
    this.#waits.set(key, { ...wait, id });
    return id;
  }

  all(): readonly Wait[] {
    return [...this.#waits.values()];
  }
}

/** Tasks that come before although no dataset says so; `ready` by source. */
function precedents(program: Program, ready: ReadonlyMap<string, string>): readonly string[] {
  switch (program.kind) {
    case "ingest": {
      const before = ready.get(program.source);
      return before === undefined ? [] : [before];
    }
    case "gate":
      return [`train.${program.model}`];
    default:
      return [];
  }
}

function scheduleOf(input: LowerInput, program: Program): string | undefined {
  switch (program.kind) {
    case "ready":
    case "ingest":
      return datasetOf(input, program.source).schedule;
    case "transform":
      return datasetOf(input, program.transform).schedule;
    case "features":
    case "materialise":
    case "values": {
      const group = known(input.analysis.groups, program.plan);
      return group.kind === "request" ? undefined : group.schedule;
    }
    case "training_set":
    case "train":
    case "gate":
      return known(input.analysis.models, program.model).schedule;
    case "scoring_set":
    case "score":
      return known(input.analysis.deployments, program.deployment).schedule;
    case "serve":
    case "await":
    case "history":
    case "tiles":
      return undefined;
    default:
      return program satisfies never;
  }
}

interface Step {
  readonly schedule: string;
  readonly after: readonly string[];
  readonly lag?: number;
}

function task(input: LowerInput, program: Program, { schedule, after, lag = 0 }: Step): Task {
  const sensor = program.kind === "ready" || program.kind === "await";
  const end: Argument = { kind: "interval_end", lag };
  return {
    ...node(input, program.id, program.definition),
    program: program.id,
    schedule,
    args: [
      { flag: "--interval-start", value: { kind: "interval_start" } },
      { flag: "--interval-end", value: end },
    ],
    after,
    settled: program.kind === "score" ? [`gate.${program.model}`] : [],
    reads: program.reads,
    writes: program.writes,
    retries: RETRIES,
    retryDelay: RETRY_DELAY,
    // What they have written up to an instant is taken to be there from the beginning.
    sequential: program.kind === "ingest" || program.kind === "transform" || program.kind === "features",
    mode: sensor ? "sensor" : "work",
    resources: { ...defaultResources(program), ...resourcesOf(resourcesFor(input, program) ?? {}) },
  };
}

const RETRIES = 2;
const RETRY_DELAY = 5 * 60_000;

/** What a job asks for where nothing is said. A question of a sensor reads little. */
function defaultResources({ kind, language }: Program): Required<Resources> {
  const small = language === "python" || kind === "ready" || kind === "await";
  return { cpu: "1", memory: small ? "2Gi" : "4Gi" };
}

/** What the definition of a job asks for. An `await` only reads a mark, however large the job that it waits for. */
function resourcesFor({ analysis: { spec } }: LowerInput, program: Program): ResourcesSpec | undefined {
  switch (program.kind) {
    case "ready":
    case "ingest":
    case "history":
      return spec.sources?.[program.name]?.resources;
    case "transform":
      return spec.transforms?.[program.name]?.resources;
    case "features":
    case "materialise":
    case "values":
    case "tiles":
      return spec.features?.[program.plan]?.resources;
    case "training_set":
    case "train":
    case "gate":
      return spec.models?.[program.model]?.resources;
    case "scoring_set":
    case "score":
    case "serve":
      return spec.deployments?.[program.deployment]?.resources;
    case "await":
      return undefined;
    default:
      return program satisfies never;
  }
}
