import type { Argument, EmitContext, ExitCode, Image, Ir, Program, Task } from "@mlspec/compiler";
import { call, identifier, list, literal, print, starred, type Py } from "../text/python.js";
import { jinjaText, shellWord } from "./jinja.js";
import { taskSecrets, type TaskSecrets } from "./secrets.js";

/** Seconds between two questions of a sensor. */
const POKE_INTERVAL = 300;

/** Seconds until a sensor gives up: a day more than rows may be late, for it or one that it waits for waits for them. */
function patience({ datasets }: Ir): number {
  const lateness = Object.values(datasets).map((dataset) => (dataset.kind === "source" ? (dataset.time.lateness ?? 0) : 0));
  return 86_400 + Math.ceil(Math.max(0, ...lateness) / 1000 / POKE_INTERVAL) * POKE_INTERVAL;
}

/** What the template's task block reads. Every name is there, so that a missing one is a mistake of the template. */
export interface TaskView extends TaskSecrets {
  readonly variable: string;
  readonly operator: string;
  readonly taskId: string;
  /** Where it is not the project's. */
  readonly owner: string | false;
  readonly local: boolean;
  readonly sensor: boolean;
  /** The exit code that says that there is nothing to do, which is no failure. */
  readonly skipCode: number | false;
  /** The exit code that says "not yet". */
  readonly notYet: number | false;
  readonly sequential: boolean;
  readonly command?: Py;
  readonly podName?: string;
  readonly image?: string;
  readonly entrypoint?: Py | false;
  readonly arguments?: Py;
  readonly serviceAccount: string | false;
  readonly resources?: Py | false;
  readonly pokeInterval: number;
  readonly timeout: number;
  readonly ownRetries: boolean;
  readonly retries: number;
  readonly retryDelay: Py;
  readonly inlets: Py | false;
  readonly outlets: Py | false;
  /** Markdown. */
  readonly doc: string;
}

/** What tasks share with most of their DAG, and do not say again. */
export interface DagDefaults {
  readonly retries: number;
  readonly retryDelay: number;
  /** As printed; absent where tasks are commands. */
  readonly resources?: Py;
}

export interface TaskInput {
  readonly context: EmitContext;
  readonly file: string;
  readonly defaults: DagDefaults;
  /** Dataset ids that are assets in this file. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Variable and task id: the program's file name, unless several tasks run it. */
export function taskName(ir: Ir, task: Task): string {
  return (task.id === task.program ? programOf(ir, task).file.replace(/\.py$/, "") : task.id).replaceAll(".", "_");
}

export function programOf(ir: Ir, task: Task): Program {
  const program = ir.programs[task.program];
  if (program === undefined) throw new Error(`${task.id} runs no program`);
  return program;
}

export function imageOf(ir: Ir, program: string): Image {
  const image = Object.values(ir.images).find(({ programs }) => programs.includes(program));
  if (image === undefined) throw new Error(`${program} is in no image`);
  return image;
}

export function imageConstant(image: Image): string {
  return `${image.id.replace(/[.-]/g, "_").toUpperCase()}_IMAGE`;
}

export function taskView(task: Task, input: TaskInput): TaskView {
  const { context, defaults, file } = input;
  const { ir } = context;
  const local = ir.environment.runtime === "local";
  const sensor = task.mode === "sensor";
  const linked = context.link(`program:${task.program}`, file);
  const [entry = ENTRY, ...argv] = linked.kind === "file" ? linked.argv : [];
  const retryDelay = seconds(task.retryDelay);
  const name = taskName(ir, task);
  const assets = (ids: readonly string[]): Py | false => {
    const variables = ids.flatMap((id) => input.assets.get(id) ?? []);
    return variables.length > 0 && list(variables.map(identifier));
  };
  return {
    variable: name,
    operator: OPERATORS[local ? "local" : "kubernetes"][task.mode],
    taskId: name,
    owner: task.owner !== undefined && task.owner !== ir.project.owner && task.owner,
    local,
    sensor,
    skipCode: exitCode(ir, task, "skipped"),
    notYet: exitCode(ir, task, "again"),
    sequential: task.sequential,
    pokeInterval: POKE_INTERVAL,
    timeout: patience(ir),
    serviceAccount: false,
    ...(local ? { command: command(ir, argv, task) } : pod(task, input, { entry, argv })),
    ownRetries: task.retries !== defaults.retries || retryDelay !== defaults.retryDelay,
    retries: task.retries,
    retryDelay: duration(retryDelay),
    ...taskSecrets(ir, task),
    inlets: assets(task.reads),
    outlets: assets(task.writes),
    doc: [DOES[programOf(ir, task).kind], ...(task.description === undefined ? [] : [task.description])].join("\n\n"),
  };
}

/** Those of sensors are classes of the file. */
const OPERATORS = {
  local: { work: "BashOperator", sensor: "CommandSensor" },
  kubernetes: { work: "KubernetesPodOperator", sensor: "PodSensor" },
} as const;

function exitCode(ir: Ir, task: Task, outcome: ExitCode["outcome"]): number | false {
  return programOf(ir, task).exitCodes.find((exit) => exit.outcome === outcome)?.code ?? false;
}

/** What a task does, for those who look at it in Airflow. */
const DOES: Readonly<Record<Program["kind"], string>> = {
  history: "Keeps the history of a topic.",
  ready: "Waits until the rows of the interval have arrived.",
  await: "Waits until another DAG has written what is read here.",
  ingest: "Judges the raw rows of the interval and stores those that are accepted.",
  transform: "Computes the table for the interval.",
  features: "Computes the interval's partial aggregates.",
  materialise: "Brings the online store up to the interval's end.",
  values: "Writes values as of the interval's end where another feature store reads them.",
  tiles: "Keeps the online store current from a topic.",
  training_set: "Joins observations with what was known at their time.",
  train: "Fits a model and keeps it as a candidate.",
  gate: "Makes the candidate champion. Skipped where it is not good enough.",
  scoring_set: "Joins the rows to be scored with their features.",
  score: "Scores the rows with the champion. Skipped where there is none yet.",
  serve: "Answers requests.",
};

function command(ir: Ir, argv: readonly string[], task: Task): Py {
  const word = (text: string): Py => literal(jinjaText(shellWord(text)));
  return call("command", [...argv.map(word), ...argumentsOf(ir, task, word)]);
}

interface Run {
  readonly entry: string;
  readonly argv: readonly string[];
}

function pod(task: Task, input: TaskInput, { entry, argv }: Run): Partial<TaskView> {
  const { context, file } = input;
  const { ir } = context;
  const image = imageOf(ir, task.program);
  const account = `service-account:${image.id}` as const;
  const linked = context.has(account) ? context.link(account, file) : undefined;
  const word = (text: string): Py => literal(jinjaText(text));
  return {
    podName: taskName(ir, task).replaceAll("_", "-"),
    image: imageConstant(image),
    entrypoint: entry !== ENTRY && list([word(entry)]),
    arguments: list([...argv.map(word), ...argumentsOf(ir, task, word)]),
    serviceAccount: linked?.kind === "reference" && linked.reference,
    resources: !same(resources(task), input.defaults.resources) && resources(task),
  };
}

/** How nearly all programs are started. */
export const ENTRY = "python3";

/** Memory is what a container may use; the processor may be lent. */
export function resources({ resources: { cpu, memory } }: Task): Py {
  return call("k8s.V1ResourceRequirements", [], { requests: literal({ cpu, memory }), limits: literal({ memory }) });
}

function argumentsOf(ir: Ir, { args }: Task, word: (text: string) => Py): readonly Py[] {
  if (isPlainInterval(args)) return [starred("INTERVAL")];
  return args.flatMap(({ flag, value }) => [word(flag), argument(ir, value, word)]);
}

/** What nearly every task is given: the template has a name for it. */
function isPlainInterval(args: Task["args"]): boolean {
  const [start, end] = args;
  return (
    args.length === 2 &&
    start?.flag === "--interval-start" &&
    start.value.kind === "interval_start" &&
    end?.flag === "--interval-end" &&
    end.value.kind === "interval_end" &&
    end.value.lag === 0
  );
}

function argument(ir: Ir, value: Argument, word: (text: string) => Py): Py {
  switch (value.kind) {
    case "literal":
      return word(value.value);
    case "path":
      return word(pathOf(ir, value.dataset));
    case "interval_start":
      return identifier("INTERVAL_START");
    case "interval_end":
      return identifier(value.lag === 0 ? "INTERVAL_END" : lagConstant(value.lag));
    case "secret":
      throw new Error("secrets reach programs by their environment");
  }
}

function pathOf(ir: Ir, dataset: string): string {
  const path = ir.datasets[dataset]?.path;
  if (path === undefined) throw new Error(`${dataset} is not stored`);
  return path;
}

/** The name of an interval's end less a lag. */
export function lagConstant(lag: number): string {
  return `INTERVAL_END_LESS_${String(seconds(lag))}_S`;
}

/** A timedelta in the largest unit that fits. */
export function duration(length: number): Py {
  const [unit, size] = UNITS.find(([, each]) => length > 0 && length % each === 0) ?? (["seconds", 1] as const);
  return call("timedelta", [], { [unit]: literal(length / size) });
}

const UNITS = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
] as const;

function same(left: Py, right: Py | undefined): boolean {
  return right !== undefined && print(left) === print(right);
}

export function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
