/** `mlspec run`: the compiled tasks of a local environment, in order, on this machine. */
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { newestSpark, type CompiledEnvironment, type SparkVersion } from "@mlspec/compiler";
import { projectFlags, UsageError } from "../args.js";
import { asset } from "../assets.js";
import { environmentFlag, type Command, type Context } from "../command.js";
import { build } from "../project.js";
import { forMachines } from "../report.js";
import { goingStreams } from "../run/going.js";
import { openEngine, type Engine } from "../run/engine.js";
import { defaultInterval } from "../run/interval.js";
import { only, parseInterval, planRun, without, type Interval, type Step } from "../run/plan.js";
import { machine } from "../run/machine.js";
import { openProgress, type Progress } from "../run/progress.js";
import { programHashes } from "../run/program-hash.js";
import { missingSecrets, neededSecrets, saidMissing } from "../run/secrets.js";
import { runSteps, type Outcome } from "../run/scheduler.js";
import { onSignal } from "../run/signals.js";
import { latestRun, newRunId, openRun, type RunRecord, type RunStore } from "../run/store.js";
import { summarise } from "../run/summary.js";
import { paint } from "../terminal.js";
import { planned } from "./compile.js";
import { keepStreams } from "./run-stream.js";

export const run: Command = {
  name: "run",
  summary: "Runs the compiled tasks on this machine, with embedded Spark.",
  operands: "[DIR]",
  positionals: 1,
  flags: [
    { ...environmentFlag, help: "the environment to run, one with `runtime: local`; default: the first such" },
    {
      name: "interval",
      value: "A/B",
      help: "stretch of event time, ISO 8601 (2026-01-01/2026-02-01, or with times); default: whole days (UTC) from the schedule's start to the last event, as far as every row can have come in: the data decides, not the clock",
    },
    { name: "only", value: "TASK", many: true, help: "only this task or schedule, or with --stream only this stream; may be repeated" },
    { name: "stream", help: "keep the streams going, beside each other, until Ctrl-C, in place of running an interval" },
    { name: "resume", help: "go on with the latest run: what is done and unchanged is kept" },
    { name: "parallel", value: "N", help: "tasks at the same time; default: the number of cores" },
    { name: "force", help: "replace our files even where they were edited by hand" },
    ...projectFlags,
  ],
  examples: [
    "mlspec run",
    "mlspec run --interval 2026-01-01/2026-02-01",
    "mlspec run --resume",
    "mlspec run --only ingest.transactions",
    "mlspec run --stream",
  ],
  run: async (context) => {
    const asked = context.args.value("interval");
    const interval = asked === undefined ? undefined : parseInterval(asked);
    if (asked !== undefined && interval === undefined)
      throw new UsageError(`--interval is two ISO 8601 instants, the earlier first, such as 2026-01-01/2026-02-01; not \`${asked}\``);
    const parallel = parallelism(context);
    const other = ["interval", "resume", "parallel"].find((name) => context.args.has("stream") && context.args.has(name));
    if (other !== undefined) throw new UsageError(`--${other} is of a run over an interval: --stream keeps streams going, and has none`);
    const built = await build(context, context.args.positionals[0]);
    if (planned(context, built) === undefined) return 1;
    const environment = localOf(context, built.compiled.environments);
    const targets = built.project.environments.find(({ name }) => name === environment.name)?.analysis?.spec.targets;
    const job = { project: built.folder, environment, spark: newestSpark(targets?.spark?.version) };
    if (context.args.has("stream")) return keepStreams(context, { ...job, pathOf: (program) => programPath(environment, program) });
    return execute(context, { ...job, interval, parallel });
  },
};

function parallelism({ args }: Context): number {
  const asked = args.value("parallel");
  if (asked === undefined) return availableParallelism();
  if (!/^[1-9]\d{0,2}$/.test(asked)) throw new UsageError(`--parallel is a number of tasks; not \`${asked}\``);
  return Number(asked);
}

function localOf({ args }: Context, environments: readonly CompiledEnvironment[]): CompiledEnvironment {
  const found = environments.find(({ ir }) => ir.environment.runtime === "local");
  if (found !== undefined) return found;
  const asked = args.value("env");
  throw new UsageError(
    asked === undefined
      ? "no environment has `runtime: local`"
      : `the environment \`${asked}\` has not \`runtime: local\`: only such run on this machine`,
  );
}

interface Job {
  readonly project: string;
  readonly environment: CompiledEnvironment;
  readonly spark: SparkVersion;
  readonly interval: Interval | undefined;
  readonly parallel: number;
}

async function execute(context: Context, job: Job): Promise<number> {
  const { args, terminal } = context;
  const { project, environment } = job;
  requireSecrets(job, args.has("only") && job.interval !== undefined ? args.values("only") : []);
  const before = args.has("resume") ? latestRun(project, environment.name) : undefined;
  if (args.has("resume") && before === undefined) throw new UsageError("there is no run to resume");
  const id = before?.id ?? newRunId(project, new Date());
  const store = openRun(project, id);
  const engine = openEngine({
    machine: await machine(job.spark),
    project,
    parallel: job.parallel,
    runner: join(asset("runner"), "spark_runner.py"),
    log: join(store.folder, "spark.log"),
  });
  const progress = openProgress(terminal);
  const stopping = onSignal(async () => {
    progress.close();
    const recorded = latestRun(project, environment.name)?.id === id;
    terminal.say(recorded ? "Stopped. What is done is kept; to go on: mlspec run --resume" : "Stopped before a task was begun.");
    await engine.kill();
  });
  try {
    const asked = job.interval ?? before?.interval;
    const found =
      asked === undefined ? await defaultInterval(engine, environment.ir, sparkFolder(job)) : { interval: asked, why: undefined };
    await stopping.held();
    if (typeof found === "string") throw new UsageError(`${found}; say which stretch of time to run: --interval 2026-01-01/2026-02-01`);
    const { interval, why } = found;
    const going = goingStreams(project, environment.name);
    const steps = without(stepsOf(context, job, { interval, before }), going?.streams ?? []);
    terminal.say(`${paint(terminal, "bold", environment.ir.project.name)} in ${environment.name}: ${steps.length} tasks, run ${id}`);
    terminal.say(`  interval ${interval.start} to ${interval.end}`);
    if (going !== undefined)
      terminal.say(`  streams are kept going by \`mlspec run --stream\` (process ${going.pid}): ${going.streams.join(", ")}`);
    if (why !== undefined) terminal.say(`  from the schedule's start to ${why}; another one: --interval A/B`);
    return await finish(context, job, { engine, store, steps, interval, before, id, progress, held: stopping.held });
  } finally {
    stopping.off();
    await engine.close();
  }
}

/** Without an interval, all sources are asked how far they reach. */
function requireSecrets({ environment }: Job, only: readonly string[]): void {
  const missing = missingSecrets(neededSecrets(environment.ir, only), process.env);
  if (missing.length > 0) throw new UsageError(`programs read secrets that are ${saidMissing(missing)}`);
}

function stepsOf(
  { args }: Context,
  { environment }: Job,
  { interval, before }: { readonly interval: Interval; readonly before: RunRecord | undefined },
): readonly Step[] {
  const all = planRun(environment.ir, interval, (program) => programPath(environment, program));
  const names = args.has("only") ? args.values("only") : (before?.only ?? []);
  const unknown = names.find((name) => !all.some((step) => step.id === name || step.schedule === name));
  if (unknown !== undefined)
    throw new UsageError(`there is no task or schedule \`${unknown}\`; there are ${all.map(({ id }) => id).join(", ")}`);
  return names.length === 0 ? all : only(all, names);
}

interface Going {
  readonly engine: Engine;
  readonly store: RunStore;
  readonly steps: readonly Step[];
  readonly interval: Interval;
  readonly before: RunRecord | undefined;
  readonly id: string;
  readonly progress: Progress;
  readonly held: () => Promise<void>;
}

async function finish(
  { args, terminal }: Context,
  job: Job,
  { engine, store, steps, interval, before, id, progress, held }: Going,
): Promise<number> {
  const { project, environment, parallel } = job;
  const hash = programHashes(project, environment.ir);
  const record = new Map(Object.entries(before?.steps ?? {}));
  progress.begin(steps.length);
  const save = (): void =>
    store.save({
      id,
      environment: environment.name,
      interval,
      only: args.has("only") ? args.values("only") : (before?.only ?? []),
      steps: Object.fromEntries(record),
    });
  save();
  const outcomes = await runSteps({
    steps,
    parallel,
    kept: keptSteps(steps, { before, interval, hash }),
    execute: async (step) => {
      const outcome = await engine.run(step, store.log(step.id));
      await held();
      return outcome;
    },
    started: progress.started,
    ended: (step, outcome) => {
      record.set(step.id, { ...outcome, program: hash(step) });
      save();
      progress.ended(step, outcome, relative(project, store.log(step.id)));
    },
  }).finally(progress.close);
  const summary = ["", ...summarise(environment.ir, steps, outcomes), `  logs  ${relative(project, store.folder)}`].join("\n");
  if (forMachines({ args })) terminal.say(summary);
  else terminal.out(`${summary}\n`);
  const failed = [...outcomes.values()].filter(({ status }) => status === "failed" || status === "skipped").length;
  if (failed > 0) terminal.say(`${failed} of ${steps.length} tasks did not succeed. When the cause is gone: mlspec run --resume`);
  return failed > 0 ? 1 : 0;
}

/** What an earlier run did and still holds: same interval, same programs, and all it came after is kept too. */
export function keptSteps(
  steps: readonly Step[],
  {
    before,
    interval,
    hash,
  }: { readonly before: RunRecord | undefined; readonly interval: Interval; readonly hash: (step: Step) => string },
): ReadonlyMap<string, Outcome> {
  const kept = new Map<string, Outcome>();
  if (before === undefined || before.interval.start !== interval.start || before.interval.end !== interval.end) return kept;
  for (const step of steps) {
    const old = before.steps[step.id];
    const done = (old?.status === "done" || old?.status === "kept") && old.program === hash(step);
    const { program: _, ...outcome } = old ?? { program: "", status: "failed" as const };
    if (done && [...step.after, ...step.settled].every((id) => kept.has(id))) kept.set(step.id, outcome);
  }
  return kept;
}

function programPath({ folder, files, ir }: CompiledEnvironment, id: string): string {
  const program = ir.programs[id];
  const found = files.find(({ path }) => program !== undefined && path.endsWith(`/${program.file}`));
  if (found === undefined) throw new UsageError(`no target of this project makes the program ${id}`);
  return `${folder}/${found.path}`;
}

function sparkFolder({ project, environment }: Job): string {
  const program = Object.values(environment.ir.programs).find(({ language }) => language === "pyspark");
  return program === undefined ? project : dirname(join(project, programPath(environment, program.id)));
}
