/**
 * DAGs that come and go with schedules: each is called after its schedule, so another one is another DAG, and Airflow knows nothing of what
 * the one before has run.
 */
import { nameOf } from "../4-analyze/id.js";
import { dagsOf } from "./commands.js";
import type { Found, Pair } from "./effect.js";
import { asRecord, at, type PlanSide } from "./plan.js";

export function scheduleEffects(pair: Pair): readonly Found[] {
  const [old, now] = [dagsOf(pair.before), dagsOf(pair.after)];
  // A target that comes or goes as a whole says so itself.
  if (old.size === 0 || now.size === 0) return [];
  const comes = [...now].filter(([schedule]) => !old.has(schedule));
  const goes = [...old].filter(([schedule]) => !now.has(schedule));
  return [
    ...comes.flatMap(([schedule, dag]) => said(pair, { dag, change: "added", why: whyNew(pair.after, schedule, dag) }, schedule)),
    ...goes.flatMap(([schedule, dag]) =>
      said(pair, { dag, change: "removed", why: `the DAG ${dag} is gone: Airflow runs it no more` }, schedule),
    ),
  ];
}

interface Said {
  readonly dag: string;
  readonly change: "added" | "removed";
  readonly why: string;
}

/** Airflow catches up with all intervals of a DAG that it does not know. Where nothing but training sets is made, the newest is enough. */
function whyNew({ ir }: PlanSide, schedule: string, dag: string): string {
  const tasks = Object.values(ir.tasks).filter((task) => task.schedule === schedule);
  const isWhole = tasks.some(({ writes }) => writes.some((id) => at(ir.datasets, id)?.kind !== "training"));
  const start = at(ir.schedules, schedule)?.start ?? "";
  return isWhole
    ? `the DAG ${dag} is new: Airflow runs it for every interval since ${start}, also those that have been run under another name`
    : `the DAG ${dag} is new: Airflow begins with its newest interval`;
}

/** It stands by the definitions whose schedule it was or is, or by the project, where they have it from there. */
function said({ before, after, moves }: Pair, { dag, change, why }: Said, schedule: string): readonly Found[] {
  const [side, now] = change === "added" ? [after, (id: string) => id] : [before, (id: string) => moves.now(id)];
  const ids = new Set(
    Object.values(side.ir.tasks)
      .filter((task) => task.schedule === schedule)
      .map(({ definition }) => definition),
  );
  const spec = asRecord(side.analysis.spec);
  const inherits = (id: string): boolean => asRecord(asRecord(spec[id.split(".")[0] ?? ""])[nameOf(id)])["schedule"] === undefined;
  const isProject =
    JSON.stringify(before.analysis.spec.schedule) !== JSON.stringify(after.analysis.spec.schedule) && [...ids].some(inherits);
  return (isProject ? ["project"] : [...ids].map(now)).map((definition) => ({
    definition,
    class: "compatible",
    on: "Airflow",
    why,
    from: [],
    work: [{ kind: "dag", dag, change }],
  }));
}
