import { parseVersionRange, spanOf } from "@mlspec/compiler";
import type { AirflowTargetSpec, EmitContext, Image, Ir, Schedule, Task } from "@mlspec/compiler";
import { nodeSelectorOf, regionVariables } from "../places.js";
import { identifier, list, print, type Py } from "../text/python.js";
import { secretsView, type SecretsView } from "./secrets.js";
import {
  duration,
  ENTRY,
  imageConstant,
  imageOf,
  lagConstant,
  resources,
  seconds,
  taskName,
  taskView,
  type DagDefaults,
  type TaskView,
} from "./task.js";

/** The user that images run as. */
const USER = 10001;

/** What `templates/airflow/dag.py.hbs` reads. */
export interface DagView {
  readonly doc: string;
  readonly local: boolean;
  readonly works: boolean;
  readonly sensors: boolean;
  readonly lags: readonly { readonly constant: string; readonly template: string }[];
  /** Tasks that stand for the end of another, however it ended. */
  readonly joins: readonly Join[];
  readonly homeVariable: string;
  readonly pythonVariable: string;
  /** Folders between the file and the project's, where it is below that. */
  readonly depth: number | false;
  readonly images: readonly { readonly constant: string; readonly reference: string }[];
  readonly user: number;
  readonly namespace: string | false;
  readonly labels: Readonly<Record<string, string>>;
  readonly nodes: Readonly<Record<string, string>> | false;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly assets: readonly { readonly variable: string; readonly uri: string }[];
  /** Whether the range of versions has Airflow 2 in it. */
  readonly airflow2: boolean;
  readonly dagId: string;
  readonly description: string | false;
  readonly cron: string;
  readonly timezone: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Whether intervals that were missed are made up for: not where each run replaces all, as a new model does the old one. */
  readonly catchup: boolean;
  readonly owner: string | false;
  readonly retries: number;
  readonly retryDelay: Py;
  readonly entrypoint: readonly string[];
  readonly resources: Py | false;
  readonly tags: readonly string[];
  readonly secrets: SecretsView;
  readonly tasks: readonly TaskView[];
  readonly dependencies: readonly { readonly variable: string; readonly upstream: Py }[];
}

export function dagId(ir: Ir, schedule: Schedule): string {
  return `${ir.project.name}__${schedule.id}`;
}

export function tasksOf(ir: Ir, schedule: Schedule): readonly Task[] {
  return inOrder(Object.values(ir.tasks).filter((task) => task.schedule === schedule.id));
}

export function dagView(context: EmitContext<AirflowTargetSpec>, schedule: Schedule, file: string): DagView {
  const { ir } = context;
  const tasks = tasksOf(ir, schedule);
  const defaults = defaultsOf(ir, tasks);
  const joins = joinsOf(ir, tasks);
  const assets = assetsOf(tasks);
  const [year = 0, month = 0, day = 0] = schedule.start.slice(0, 10).split("-").map(Number);
  const variable = ir.project.name.toUpperCase();
  return {
    doc: docOf(ir, schedule),
    local: ir.environment.runtime === "local",
    works: tasks.some(({ mode }) => mode === "work"),
    sensors: tasks.some(({ mode }) => mode === "sensor"),
    lags: lagsOf(tasks),
    joins,
    homeVariable: `${variable}_HOME`,
    pythonVariable: `${variable}_PYTHON`,
    depth: depthOf(context.folder),
    ...clusterView(context, tasks, file),
    nodes: nodeSelectorOf(ir) ?? false,
    variables: regionVariables(ir),
    assets: [...assets].map(([id, name]) => ({ variable: name, uri: `${ir.project.name}/${id.replace(".", "/")}` })),
    airflow2: includesAirflow2(context.options),
    dagId: dagId(ir, schedule),
    description: ir.project.description ?? false,
    cron: schedule.cron,
    timezone: schedule.timezone,
    year,
    month,
    day,
    catchup: tasks.some(({ writes }) => writes.some((id) => ir.datasets[id]?.kind !== "training")),
    owner: ir.project.owner ?? false,
    retries: defaults.retries,
    retryDelay: duration(defaults.retryDelay),
    entrypoint: [ENTRY],
    resources: defaults.resources ?? false,
    tags: [ir.project.name, ir.environment.name],
    secrets: secretsView(ir, tasks),
    tasks: tasks.map((task) => taskView(task, { context, file, defaults, assets })),
    dependencies: dependenciesOf(ir, tasks, joins),
  };
}

/** Outside of the project nobody knows the way back. */
function depthOf(folder: string): number | false {
  const parts = folder.split("/").filter((part) => part !== ".");
  return parts[0] === ".." ? false : parts.length + 1;
}

function docOf({ project }: Ir, { cron, timezone }: Schedule): string {
  return [
    `The tasks of ${project.name} that run at \`${cron}\` (${timezone}).`,
    ...(project.description === undefined ? [] : [project.description]),
    "A run is about the event time between two ticks, or about the interval that its parameters name.\nRuns can be repeated: each leaves the same rows once.",
    "Generated by mlspec: change the specification and compile it again.",
  ].join("\n\n");
}

/** The range is checked before: its lower bound says all. */
function includesAirflow2({ version }: AirflowTargetSpec): boolean {
  const parsed = parseVersionRange(version);
  const [major = 0] = parsed.ok ? spanOf(parsed.value).from : [];
  return major < 3;
}

function clusterView(
  context: EmitContext,
  tasks: readonly Task[],
  file: string,
): Pick<DagView, "images" | "user" | "namespace" | "labels"> {
  const { ir } = context;
  const labels = { "app.kubernetes.io/part-of": ir.project.name.replaceAll("_", "-"), "app.kubernetes.io/component": "batch" };
  if (ir.environment.runtime === "local") return { images: [], user: USER, namespace: false, labels };
  const used = new Map<string, Image>(tasks.map(({ program }) => imageOf(ir, program)).map((image) => [image.id, image]));
  const images = [...used.values()].map((image) => {
    const linked = context.link(`image:${image.id}`, file);
    return { constant: imageConstant(image), reference: linked.kind === "reference" ? linked.reference : linked.path };
  });
  images.sort((a, b) => (a.constant < b.constant ? -1 : 1));
  const id = `namespace:${ir.project.name}` as const;
  const namespace = context.has(id) ? context.link(id, file) : undefined;
  return { images, user: USER, namespace: namespace?.kind === "reference" && namespace.reference, labels };
}

/** What most tasks have, and most pods. */
function defaultsOf(ir: Ir, tasks: readonly Task[]): DagDefaults {
  const task = mostFrequent(tasks, ({ retries, retryDelay }) => `${retries} ${retryDelay}`);
  const needs = ir.environment.runtime === "local" ? [] : tasks.map(resources);
  const common = mostFrequent(needs, print);
  return {
    retries: task?.retries ?? 0,
    retryDelay: seconds(task?.retryDelay ?? 0),
    ...(common === undefined ? {} : { resources: common }),
  };
}

/** The first of those that are there most often. */
function mostFrequent<T>(items: readonly T[], key: (item: T) => string): T | undefined {
  const counts = new Map<string, { readonly item: T; count: number }>();
  for (const item of items) {
    const entry = counts.get(key(item)) ?? { item, count: 0 };
    entry.count += 1;
    counts.set(key(item), entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.item;
}

/** The ends of intervals that tasks are given less the time to the last run of the schedule that they read. */
function lagsOf(tasks: readonly Task[]): DagView["lags"] {
  const lags = new Set(tasks.flatMap(({ args }) => args.flatMap(({ value }) => (value.kind === "interval_end" ? [value.lag] : []))));
  return [...lags]
    .filter((lag) => lag !== 0)
    .sort((a, b) => a - b)
    .map((lag) => ({
      constant: lagConstant(lag),
      template: `{{ bound(params.interval_end, data_interval_end | default(none), lag_seconds=${String(seconds(lag))}) }}`,
    }));
}

/** A task after another has ended: Airflow knows no edge that takes success of one task and the mere end of another. */
interface Join {
  readonly variable: string;
  readonly of: string;
}

function joinsOf(ir: Ir, tasks: readonly Task[]): readonly Join[] {
  const settled = new Set(tasks.flatMap((task) => task.settled));
  return tasks.filter(({ id }) => settled.has(id)).map((task) => ({ variable: joinName(ir, task), of: taskName(ir, task) }));
}

/** No program's file begins like this. */
function joinName(ir: Ir, task: Task): string {
  return `after_${taskName(ir, task)}`;
}

/** Stored datasets that tasks read or write, with the variables of their assets. */
function assetsOf(tasks: readonly Task[]): ReadonlyMap<string, string> {
  const ids = new Set(tasks.flatMap(({ reads, writes }) => [...reads, ...writes]));
  return new Map([...ids].sort().map((id) => [id, `${id.replaceAll(".", "_")}_asset`]));
}

function dependenciesOf(ir: Ir, tasks: readonly Task[], joins: readonly Join[]): DagView["dependencies"] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const named = (ids: readonly string[], name: (ir: Ir, task: Task) => string): readonly string[] =>
    ids.flatMap((id) => byId.get(id) ?? []).map((task) => name(ir, task));
  const edges = tasks.map((task) => ({
    variable: taskName(ir, task),
    upstream: [...named(task.after, taskName), ...named(task.settled, joinName)].map(identifier),
  }));
  return [...joins.map(({ variable, of }) => ({ variable, upstream: [identifier(of)] })), ...edges].flatMap(({ variable, upstream }) => {
    const [only] = upstream;
    return only === undefined ? [] : [{ variable, upstream: upstream.length === 1 ? only : list(upstream) }];
  });
}

/** Tasks after those they wait for; by id where the order is free. */
function inOrder(tasks: readonly Task[]): readonly Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const done = new Set<string>();
  const ordered: Task[] = [];
  const visit = (task: Task): void => {
    if (done.has(task.id)) return;
    done.add(task.id);
    for (const id of [...task.after, ...task.settled]) {
      const before = byId.get(id);
      if (before !== undefined) visit(before);
    }
    ordered.push(task);
  };
  for (const task of [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1))) visit(task);
  return ordered;
}
