import type { Argument, EmitContext, Ir, Schedule, Task } from "@mlspec/compiler";
import type { CronJob } from "kubernetes-types/batch/v1.js";
import type { ConfigMap, Container } from "kubernetes-types/core/v1.js";
import { printer } from "../text/print.js";
import { regionVariables } from "../places.js";
import { accountName, batchSelector, cronJobName, imageOf, kebab, projectLabels } from "./names.js";
import { containerSecurity, hardened, ownResources, resourcesOf, scratchMount, secretVariables } from "./pod.js";

const SCRIPT = "run_interval.py";
const FOLDER = "/opt/schedule";
/** A day: what has not run by then is overtaken. */
const DEADLINE_SECONDS = 86_400;

/** A schedule as a CronJob whose pod runs the tasks one after the other: for clusters without Airflow. */
export function scheduleObjects(context: EmitContext, schedule: Schedule, file: string): readonly object[] {
  const tasks = inOrder(Object.values(context.ir.tasks).filter((task) => task.schedule === schedule.id));
  return [
    cronJob(
      context,
      schedule,
      tasks.map((task) => container(context, { task, schedule, file })),
    ),
  ];
}

/** The script that knows which interval a run is about. */
export function scriptMap(context: EmitContext): ConfigMap {
  const { ir } = context;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: scriptName(context), labels: labelsOf(ir) },
    data: { [SCRIPT]: script(context) },
    immutable: true,
  };
}

function script(context: EmitContext): string {
  return printer(context).text("kubernetes/run_interval.py");
}

function scriptName(context: EmitContext): string {
  const hash = context.contentHash({ texts: [script(context)], files: [], code: false }).slice(0, 8);
  return `${kebab(context.ir.project.name)}-schedule-${hash}`;
}

function labelsOf(ir: Ir): { [label: string]: string } {
  return { ...batchSelector(ir), ...projectLabels(ir) };
}

function cronJob(context: EmitContext, schedule: Schedule, steps: readonly Container[]): CronJob {
  const { ir } = context;
  const [last] = steps.slice(-1);
  if (last === undefined) throw new Error(`${schedule.id} has no tasks`);
  // One pod has one account: the one that writes most.
  const account = ir.images["spark"] === undefined ? (Object.values(ir.images).find(({ base }) => base === "training")?.id ?? "") : "spark";
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: cronJobName(schedule), labels: labelsOf(ir) },
    spec: {
      schedule: schedule.cron,
      timeZone: schedule.timezone,
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: DEADLINE_SECONDS,
          template: {
            metadata: { labels: labelsOf(ir) },
            spec: hardened(ir, {
              serviceAccountName: accountName(ir, account),
              restartPolicy: "Never",
              initContainers: steps.slice(0, -1),
              containers: [last],
              volumes: [{ name: "schedule", configMap: { name: scriptName(context) } }],
            }),
          },
        },
      },
    },
  };
}

interface Step {
  readonly task: Task;
  readonly schedule: Schedule;
  readonly file: string;
}

function container(context: EmitContext, { task, schedule, file }: Step): Container {
  const { ir } = context;
  const image = context.link(`image:${imageOf(ir, task.program).id}`, file);
  const program = context.link(`program:${task.program}`, file);
  const argv = program.kind === "file" ? program.argv : [];
  const skip = ir.programs[task.program]?.exitCodes.filter(({ outcome }) => outcome === "skipped") ?? [];
  return {
    name: kebab(task.id).slice(0, 63).replace(/-+$/, ""),
    image: image.kind === "reference" ? image.reference : image.path,
    imagePullPolicy: "IfNotPresent",
    command: ["python3", `${FOLDER}/${SCRIPT}`],
    args: [
      "--cron",
      schedule.cron,
      "--timezone",
      schedule.timezone,
      ...skip.flatMap(({ code }) => ["--skip", String(code)]),
      "--",
      ...argv.map(escaped),
      ...task.args.flatMap(({ flag, value }) => [escaped(flag), argument(ir, value)]),
    ],
    // Its last part is the minute that the run was scheduled for.
    env: [
      { name: "JOB_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } } },
      ...regionVariables(ir),
      ...ownResources(),
      ...secretVariables(ir, task.program),
    ],
    resources: resourcesOf(task.resources),
    securityContext: containerSecurity,
    volumeMounts: [scratchMount, { name: "schedule", mountPath: FOLDER, readOnly: true }],
  };
}

/** The script replaces `{start}` and `{end-SECONDS}` where they are a whole argument. */
function argument(ir: Ir, value: Argument): string {
  switch (value.kind) {
    case "literal":
      return escaped(value.value);
    case "path":
      return escaped(ir.datasets[value.dataset]?.path ?? "");
    case "interval_start":
      return "{start}";
    case "interval_end":
      return `{end-${Math.round(value.lag / 1000)}}`;
    case "secret":
      throw new Error("secrets reach programs by their environment");
  }
}

/** Kubernetes expands `$(NAME)`; the script has its own words in braces, and `{=` says that the rest is meant as it is. */
function escaped(value: string): string {
  const dollars = value.replaceAll("$", "$$$$");
  return dollars.startsWith("{") ? `{=${dollars}` : dollars;
}

/** Tasks after those they wait for; by id where the order is free. */
function inOrder(tasks: readonly Task[]): readonly Task[] {
  const left = [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = new Set(left.map(({ id }) => id));
  const ordered: Task[] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ after, settled }) => [...after, ...settled].every((id) => !ids.has(id)));
    const [next] = left.splice(Math.max(index, 0), 1);
    if (next === undefined) break;
    ids.delete(next.id);
    ordered.push(next);
  }
  return ordered;
}
