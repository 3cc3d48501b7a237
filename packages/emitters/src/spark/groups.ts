/** `feature_groups.py`: the feature plans of entities. Request groups have nothing to compute here. */
import type { AggregatePlan, FeaturePlan, Ir, LatestPlan, WindowedPlan, WindowPlan } from "@mlspec/compiler";
import { call, list, literal, type Py } from "../text/python.js";
import { constant, imported, present, timedelta } from "./code.js";
import { sqlExpression, typeText } from "./sql.js";

export interface GroupsContext {
  readonly project: string;
  readonly imports: Py;
  readonly groups: readonly { readonly constant: string; readonly value: Py }[];
}

export type EntityPlan = WindowedPlan | LatestPlan;

export function groupsContext(ir: Ir): GroupsContext {
  const plans = Object.values(ir.featurePlans).filter(isEntityPlan);
  const windowed = plans.some((plan) => plan.kind === "windowed");
  const names = windowed ? ["Aggregate", "Over", "WindowedGroup"] : [];
  if (plans.some((plan) => plan.kind === "latest")) names.push("LatestGroup");
  return {
    project: ir.project.name,
    imports: imported(names),
    groups: plans.map((plan) => ({ constant: constant(plan.name, "GROUP"), value: groupValue(ir, plan) })),
  };
}

export function isEntityPlan(plan: FeaturePlan): plan is EntityPlan {
  return plan.kind !== "request";
}

function groupValue(ir: Ir, plan: EntityPlan): Py {
  const { time } = plan;
  const common = {
    name: literal(plan.name),
    key: literal(plan.key),
    event_key: literal(time.key),
    event_time: literal(time.eventTime),
    ingested_at: literal(time.ingestedAt ?? null),
    delay: timedelta(plan.delay),
    generation: literal(plan.generation),
  };
  if (plan.kind === "latest") {
    const { columns, deletedWhen } = plan;
    const gone =
      deletedWhen === undefined
        ? {}
        : { deleted_when: literal(sqlExpression(deletedWhen, (ref) => ("name" in ref ? ref.name : ref.scope))) };
    return call("LatestGroup", [], { ...common, columns: literal(columns.map((column) => column.name)), ...gone });
  }
  return call("WindowedGroup", [], {
    ...common,
    lateness: timedelta(latenessOf(plan)),
    tiles: literal(ir.datasets[plan.dataset]?.path ?? ""),
    aggregates: list(plan.aggregates.map(aggregateValue)),
  });
}

/** How late rows come, in ms; windows over rows of which that is not known are refused. */
function latenessOf({ id, time }: WindowedPlan): number {
  const lateness = time.ingestedAt === undefined ? 0 : time.lateness;
  if (lateness === undefined) throw new Error(`${id} has windows, and nothing bounds how late its rows come`);
  return lateness;
}

function aggregateValue(aggregate: AggregatePlan): Py {
  const column = (ref: { readonly scope: string; readonly name?: string }): string => ref.name ?? ref.scope;
  const { argument, by, fraction, where } = aggregate;
  return call(
    "Aggregate",
    [],
    present({
      name: literal(aggregate.name),
      function: literal(aggregate.function),
      argument: argument === undefined ? undefined : literal(sqlExpression(argument, column)),
      by: by === undefined ? undefined : literal(sqlExpression(by, column)),
      fraction: fraction === undefined ? undefined : literal(fraction),
      where: where === undefined ? undefined : literal(sqlExpression(where, column)),
      result: literal(typeText(aggregate.type)),
      windows: list(aggregate.windows.map(windowValue)),
    }),
  );
}

function windowValue(window: WindowPlan): Py {
  const length = window.length === "all" ? literal(null) : timedelta(window.length);
  return call("Over", [literal(window.output), length], { tile: timedelta(window.tile) });
}
