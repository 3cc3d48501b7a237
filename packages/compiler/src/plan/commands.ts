/** Commands of the tools that an environment uses. Names in them are checked identifiers; paths are quoted for a shell. */
import type { Work } from "./effect.js";
import { streamName } from "../stream-name.js";
import { at, type PlanSide, type Step } from "./plan.js";

type Interval = NonNullable<Step["interval"]>;

/** A word of a shell command, whatever is in it. */
function word(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** DAGs that are emitted, by id of the schedule. */
export function dagsOf({ ir, files }: PlanSide): ReadonlyMap<string, string> {
  const ids = Object.keys(ir.schedules).map((schedule) => [schedule, `${ir.project.name}__${schedule}`] as const);
  return new Map(ids.filter(([, dag]) => files.some(({ path }) => path === `airflow/${dag}.py`)));
}

/** On Airflow only: elsewhere nothing runs by itself that a plan knows how to stop. DAGs that are triggered go on by themselves. */
export function pauseCommands(
  before: PlanSide,
  after: PlanSide,
  triggered: readonly string[],
): { readonly pause: readonly string[]; readonly resume: readonly string[] } {
  if (after.ir.environment.runtime === "local") return { pause: [], resume: [] };
  const resume = [...dagsOf(after).values()].map(unpause).filter((command) => !triggered.includes(command));
  return { pause: [...dagsOf(before).values()].map((dag) => `airflow dags pause ${dag}`), resume };
}

/** A DAG that goes is paused before its file does, and forgotten after; Airflow pauses one that comes, until somebody says so. */
export function dagCommands(
  side: PlanSide,
  comes: readonly string[],
  goes: readonly string[],
): Readonly<Record<"pause" | "resume" | "clean", readonly string[]>> {
  const isStopped = side.ir.environment.runtime !== "local";
  return {
    pause: isStopped ? goes.map((dag) => `airflow dags pause ${dag}`) : [],
    resume: isStopped ? comes.map(unpause) : [],
    clean: goes.map((dag) => `airflow dags delete --yes ${dag}`),
  };
}

function unpause(dag: string): string {
  return `airflow dags unpause ${dag}`;
}

export function deployCommands({ name, folder, files }: PlanSide): readonly string[] {
  const bake = files.some(({ path }) => path === "docker/docker-bake.json");
  return [`mlspec compile -e ${name}`, ...(bake ? [`docker buildx bake --push -f ${word(`${folder}/docker/docker-bake.json`)}`] : [])];
}

/** Before any run waits for what it reads. */
export function streamCommands({ folder, files }: PlanSide, program: string): readonly string[] {
  const manifest = manifestOf(program);
  return files.some(({ path }) => path === manifest) ? [`kubectl apply -f ${word(`${folder}/${manifest}`)}`] : [];
}

/** Streams that go on under their name, with another pod. `others` are programs of streams that are stopped, or begin. */
export function goOnCommands(before: PlanSide, after: PlanSide, others: readonly string[]): readonly string[] {
  const textOf = ({ files }: PlanSide, id: string): string | undefined => files.find(({ path }) => path === manifestOf(id))?.text;
  const names = new Set(Object.values(before.ir.programs).map((program) => streamName(before.ir, program)));
  return Object.values(after.ir.programs).flatMap((program) => {
    const name = streamName(after.ir, program);
    if (!(program.kind === "history" || program.kind === "tiles") || others.includes(program.id) || !names.has(name)) return [];
    const [was, is] = [textOf(before, program.id), textOf(after, program.id)];
    return was === undefined || was === is ? [] : [...streamCommands(after, program.id), `kubectl rollout status deployment/${name}`];
  });
}

function manifestOf(program: string): string {
  return `kubernetes/${program.replace(/[._]/g, "-")}.yaml`;
}

export function rollOutCommands({ folder, files, ir }: PlanSide, deployment: string): readonly string[] {
  if (ir.environment.runtime === "local") return [];
  const manifests = files.some(({ path }) => path === "kubernetes/kustomization.yaml");
  const name = deployment.replaceAll("_", "-");
  return manifests ? [`kubectl apply -k ${word(`${folder}/kubernetes`)}`, `kubectl rollout status deployment/${name}`] : [];
}

export function backfillCommands(side: PlanSide, programs: readonly string[], interval: Interval): readonly string[] {
  if (side.ir.environment.runtime === "local") return [local(side, programs, interval)];
  return [...triggers(side, programs, interval), ...programs.flatMap((program) => startCommands(side, program))];
}

/** A new stream takes in what its windows reach back to, and says so when it has caught up. */
function startCommands(side: PlanSide, id: string): readonly string[] {
  const program = at(side.ir.programs, id);
  if (program?.kind !== "tiles") return [];
  const [apply] = streamCommands(side, id);
  const name = streamName(side.ir, program);
  // Before its container runs, there is no log to follow.
  return apply === undefined
    ? []
    : [apply, `kubectl rollout status deployment/${name}`, `kubectl logs -f deployment/${name} | grep -m 1 published`];
}

export function stopCommands({ ir, files }: PlanSide, stream: string): readonly string[] {
  if (ir.environment.runtime === "local" || !files.some(({ path }) => path === "kubernetes/kustomization.yaml")) return [];
  return [`kubectl delete deployment/${stream} networkpolicy/${stream}`];
}

function local({ name }: PlanSide, programs: readonly string[], { start, end }: Interval): string {
  const only = programs.flatMap((program) => ["--only", program]).join(" ");
  return `mlspec run -e ${name} --interval ${start}/${end ?? '"$END"'} ${only}`;
}

/** A DAG takes any stretch of time by its parameters; all of its tasks run, and what is right already stays as it is. */
function triggers(side: PlanSide, programs: readonly string[], { start, end }: Interval): readonly string[] {
  const tasks = Object.values(side.ir.tasks).filter(({ program }) => programs.includes(program));
  const schedules = [...new Set(tasks.map(({ schedule }) => schedule))];
  const known = dagsOf(side);
  const until = end === undefined ? `'"$END"'` : end;
  return schedules.flatMap((schedule) => {
    const dag = known.get(schedule);
    if (dag === undefined) return [];
    return [`airflow dags trigger ${dag} --conf '{"interval_start": "${start}", "interval_end": "${until}"}'`, unpause(dag)];
  });
}

/** What is stored, and the file that says how far it is complete. */
export function moveCommands({ ir }: PlanSide, { path, to, marks }: Omit<Extract<Work, { kind: "move" }>, "kind">): readonly string[] {
  const files = (marks ?? []).map((dataset) => `${ir.storage.marks}/${dataset}.json`);
  const [from, into] = files;
  return [moved(path, to, true), ...(from === undefined || into === undefined ? [] : [moved(from, into, false)])];
}

function moved(path: string, to: string, isFolder: boolean): string {
  const s3 = (place: string): string => word(place.replace(/^s3a:/, "s3:"));
  if (/^s3a?:/.test(path)) return `aws s3 mv ${isFolder ? "--recursive " : ""}${s3(path)} ${s3(to)}`;
  const parent = to.slice(0, Math.max(0, to.lastIndexOf("/"))) || ".";
  return `mkdir -p ${word(parent)} && mv ${word(path)} ${word(to)}`;
}

/** Delta knows a table by an absolute path, so one below the project's folder begins with where the command is given. */
export function alterCommands(sql: readonly string[]): readonly string[] {
  return sql.map((statement) => `spark-sql -e ${word(statement).replace("delta.`./", `delta.\`'"$PWD"'/`)}`);
}
