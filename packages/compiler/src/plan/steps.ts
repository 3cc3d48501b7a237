/** The steps that put one environment in order, with the emitted programs and the commands that take them. */
import type { Program } from "../ir.js";
import {
  alterCommands,
  backfillCommands,
  dagCommands,
  deployCommands,
  goOnCommands,
  moveCommands,
  pauseCommands,
  rollOutCommands,
  stopCommands,
  streamCommands,
} from "./commands.js";
import type { Found, Work } from "./effect.js";
import { at, STEPS, type FileChange, type PlanSide, type Step } from "./plan.js";

/** One environment, as it was and as it will be, with what is to be done in it. */
export interface Site {
  readonly before: PlanSide;
  readonly after: PlanSide;
  readonly effects: readonly Found[];
  readonly files: readonly FileChange[];
}

export function stepsOf(site: Site): readonly Step[] {
  if (site.files.length === 0) return [];
  const work = site.effects.flatMap(({ work: list = [], definition }) => list.map((each) => ({ each, definition })));
  const data = dataSteps(site, work);
  const steps = [
    ...data,
    ...deploySteps(
      site,
      work,
      data.flatMap(({ commands }) => commands),
    ),
  ];
  return steps.toSorted((a, b) => STEPS.indexOf(a.kind) - STEPS.indexOf(b.kind));
}

type Wanted = readonly { readonly each: Work; readonly definition: string }[];

function of<K extends Work["kind"]>(
  work: Wanted,
  kind: K,
): readonly { readonly each: Extract<Work, { kind: K }>; readonly definition: string }[] {
  const found = work.filter((one): one is { each: Extract<Work, { kind: K }>; definition: string } => one.each.kind === kind);
  return [...new Map(found.map((one) => [JSON.stringify(one.each), one])).values()];
}

function owners(list: readonly { readonly definition: string }[]): readonly string[] {
  return [...new Set(list.map(({ definition }) => definition))].sort();
}

/** What happens to what is stored. */
function dataSteps({ after, effects }: Site, work: Wanted): readonly Step[] {
  const base = { programs: [], definitions: [] };
  const moves = of(work, "move");
  // Where the whole lake moves, its tables go with it.
  const whole = moves.find(({ definition }) => definition === "project");
  const steps: Step[] = (whole === undefined ? moves : [whole]).map(({ each, definition }) => ({
    ...base,
    kind: "move",
    title: `Move ${each.path} to ${each.to}`,
    definitions: [definition],
    commands: moveCommands(after, each),
  }));
  for (const { each, definition } of of(work, "rebuild"))
    steps.push({
      ...base,
      kind: "alter",
      title: `Put ${each.path} aside: it is made anew`,
      definitions: [definition],
      commands: moveCommands(after, { ...each, to: `${each.path}.before` }),
    });
  for (const { each, definition } of of(work, "alter"))
    steps.push({ ...base, kind: "alter", title: `Alter ${each.path}`, definitions: [definition], commands: alterCommands(each.sql) });
  steps.push(...backfills(after, work), ...retrains(after, work, effects));
  for (const { each, definition } of of(work, "stop"))
    steps.push({
      ...base,
      kind: "clean",
      title: `Stop the stream ${each.stream}, once no service reads what it keeps current, and remove ${each.path}`,
      definitions: [definition],
      commands: stopCommands(after, each.stream),
    });
  const gone = of(work, "clean");
  if (gone.length > 0)
    steps.push({
      ...base,
      kind: "clean",
      title: `Remove what nothing writes any more, once nobody reads it: ${gone.map(({ each }) => each.path).join(", ")}`,
      definitions: owners(gone),
      commands: [],
    });
  return steps;
}

/** Programs in the order in which they run, those of one stretch of time together. */
function backfills(side: PlanSide, work: Wanted): readonly Step[] {
  const wanted = of(work, "backfill").filter(({ each }) => Object.hasOwn(side.ir.programs, each.program));
  const limited = wanted.filter(
    ({ each }) =>
      each.until !== undefined && !wanted.some((other) => other.each.program === each.program && other.each.until === undefined),
  );
  const open = wanted.filter(({ each }) => each.until === undefined);
  const start =
    earliest(open.flatMap(({ each }) => each.from ?? [])) ??
    startOf(
      side,
      open.map(({ each }) => each.program),
    );
  return [
    ...limited.map((one) => backfill(side, [one], { start: instant(one.each.from ?? ""), end: instant(one.each.until ?? "") })),
    ...(open.length === 0 ? [] : [backfill(side, open, { start: instant(start) })]),
  ];
}

function backfill(
  side: PlanSide,
  list: readonly { readonly each: { readonly program: string }; readonly definition: string }[],
  interval: NonNullable<Step["interval"]>,
): Step {
  const programs = inOrder(side, [...new Set(list.map(({ each }) => each.program))]);
  const definitions = [...new Set(programs.map((program) => at(side.ir.programs, program)?.definition ?? program))];
  const title = `Backfill ${definitions.join(", ")} from ${interval.start.slice(0, 10)}${interval.end === undefined ? "" : ` to ${interval.end.slice(0, 10)}`}`;
  return {
    kind: "backfill",
    title,
    definitions,
    interval,
    programs: programs.map((id) => pathOf(side, id)),
    commands: backfillCommands(side, programs, interval),
  };
}

function retrains(side: PlanSide, work: Wanted, effects: readonly Found[]): readonly Step[] {
  const models = [...new Set(of(work, "retrain").map(({ each }) => each.model))].sort();
  return models.map((model): Step => {
    const programs = ["training_set", "train", "gate"].map((kind) => `${kind}.${model}`);
    const interval = { start: instant(startOf(side, programs)) };
    const why = effects.find(({ definition, on }) => definition === `models.${model}` && on === definition)?.why;
    return {
      kind: "retrain",
      title: `Train models.${model}${why === undefined ? "" : `: ${why}`}`,
      definitions: [`models.${model}`],
      interval,
      programs: programs.map((id) => pathOf(side, id)),
      commands: backfillCommands(side, programs, interval),
    };
  });
}

/** What happens to what runs. A service stays as it is until what it reads is there. */
function deploySteps({ before, after, files }: Site, work: Wanted, taken: readonly string[]): readonly Step[] {
  const base = { programs: [], definitions: [] };
  const waits = work.some(({ each }) => !["roll_out", "clean", "stop", "dag", "stream"].includes(each.kind));
  const deployments = of(work, "roll_out");
  const dags = of(work, "dag").map(({ each }) => each);
  const named = (change: "added" | "removed"): readonly string[] => dags.filter((one) => one.change === change).map(({ dag }) => dag);
  const streams = of(work, "stream").map(({ each }) => each);
  const starting = streams.flatMap(({ starts }) => starts ?? []);
  const lone = dagCommands(after, named("added"), named("removed"));
  const paused = waits ? pauseCommands(before, after, taken) : lone;
  const services = deployments.map(({ each }) => `deployments.${each.deployment}`);
  const holding = services.length > 0 && waits ? `, all but the service of ${services.join(", ")}` : "";
  return [
    ...(paused.pause.length + streams.length === 0 ? [] : [pauseStep(before, paused.pause, streams)]),
    {
      ...base,
      kind: "deploy",
      title: `Deploy ${files.length} changed file${files.length === 1 ? "" : "s"} below ${after.folder}${holding}`,
      commands: [
        ...deployCommands(after),
        ...starting.flatMap((program) => streamCommands(after, program)),
        ...goOnCommands(before, after, [...streams.map(({ stops }) => stops), ...starting]),
      ],
    },
    ...deployments.map(({ each }): Step => ({
      ...base,
      kind: "roll_out",
      title: `Roll out deployments.${each.deployment}`,
      definitions: [`deployments.${each.deployment}`],
      programs: [pathOf(after, `serve.${each.deployment}`)].filter((path) => path !== ""),
      commands: rollOutCommands(after, each.deployment),
    })),
    ...(paused.resume.length === 0
      ? []
      : [{ ...base, kind: "resume" as const, title: "Let what runs on schedule go on", commands: paused.resume }]),
    ...(lone.clean.length === 0
      ? []
      : [
          {
            ...base,
            kind: "clean" as const,
            title: "Let Airflow forget DAGs that are gone, with the records of their runs",
            commands: lone.clean,
          },
        ]),
  ];
}

function pauseStep(before: PlanSide, pause: readonly string[], streams: readonly Extract<Work, { kind: "stream" }>[]): Step {
  const stopped = streams.map(({ stops }) => stops);
  const kept = `what keeps ${stopped.join(", ")}`;
  const title = pause.length === 0 ? `Stop ${kept}` : `Pause what runs on schedule${stopped.length === 0 ? "" : `, and stop ${kept}`}`;
  return {
    kind: "pause",
    title,
    definitions: [],
    programs: stopped.map((program) => pathOf(before, program)).filter((path) => path !== ""),
    commands: [...pause, ...stopped.flatMap((program) => stopCommands(before, program.replace(/[._]/g, "-")))],
  };
}

function earliest(days: readonly string[]): string | undefined {
  return days.toSorted()[0];
}

/** First day of the schedules of programs. */
function startOf({ ir }: PlanSide, programs: readonly string[]): string {
  const starts = Object.values(ir.tasks)
    .filter(({ program }) => programs.includes(program))
    .flatMap(({ schedule }) => at(ir.schedules, schedule)?.start ?? []);
  return earliest(starts) ?? earliest(Object.values(ir.schedules).map(({ start }) => start)) ?? "1970-01-01";
}

function instant(day: string): string {
  return day.includes("T") ? day : `${day}T00:00:00Z`;
}

/** Each after what writes what it reads. */
function inOrder({ ir }: PlanSide, programs: readonly string[]): readonly string[] {
  const rank: Readonly<Record<Program["kind"], number>> = {
    history: 0,
    ready: 0,
    await: 0,
    ingest: 1,
    transform: 2,
    features: 3,
    materialise: 4,
    tiles: 4,
    values: 4,
    training_set: 5,
    train: 6,
    gate: 7,
    scoring_set: 8,
    score: 9,
    serve: 10,
  };
  const depth = (id: string): number => {
    const program = at(ir.programs, id);
    const transforms = Object.values(ir.programs).filter(
      (other) => other.kind === "transform" && (program?.reads ?? []).some((read) => other.writes.includes(read)),
    );
    return program?.kind === "transform" ? 1 + Math.max(0, ...transforms.map((other) => depth(other.id))) : 0;
  };
  const key = (id: string): number => (rank[at(ir.programs, id)?.kind ?? "serve"] ?? 0) * 1000 + depth(id);
  return programs.toSorted((a, b) => key(a) - key(b) || (a < b ? -1 : 1));
}

/** Where an emitted program is, below the project's folder; empty where no target writes it. */
function pathOf({ ir, folder, files }: PlanSide, id: string): string {
  const file = at(ir.programs, id)?.file;
  const found = files.find(({ path }) => file !== undefined && path.endsWith(`/${file}`));
  return found === undefined ? "" : `${folder}/${found.path}`;
}
