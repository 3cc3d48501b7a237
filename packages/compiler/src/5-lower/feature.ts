/** Feature plans and their online stores. */
import type { GroupFacts } from "../4-analyze/analysis.js";
import type { FeaturePlan, Store, TimeKeys } from "../ir.js";
import { known, latenessOf, node, type LowerInput } from "./context.js";
import { servedModels } from "../4-analyze/refresh.js";
import { streamed } from "../4-analyze/streamed.js";
import { delayOf, lagOf } from "../4-analyze/delay.js";
import { generationOf } from "./hashes.js";
import type { Layout } from "./layout.js";
import { placeOf } from "./place.js";

export function lowerPlans(input: LowerInput): readonly FeaturePlan[] {
  const served = servedOnline(input);
  return Object.values(input.analysis.groups).map((group) => plan(input, group, served));
}

function plan(input: LowerInput, group: GroupFacts, served: ReadonlySet<string>): FeaturePlan {
  const base = {
    ...node(input, group.name, group.id),
    name: group.name,
    outputs: group.outputs,
    derived: group.derived,
    generation: generationOf(input.analysis, group.id, input.code),
  };
  if (group.kind === "request") return { ...base, kind: "request", columns: group.columns };
  const entity = {
    entity: group.entity,
    key: group.key,
    from: group.from,
    time: timeOf(input, group),
    delay: delayOf(input.analysis, group),
    ...(served.has(group.name) ? { store: storeId(group.name) } : {}),
  };
  if (group.kind === "latest")
    return {
      ...base,
      ...entity,
      kind: "latest",
      columns: group.columns,
      ...(group.deletedWhen === undefined ? {} : { deletedWhen: group.deletedWhen }),
    };
  return { ...base, ...entity, kind: "windowed", aggregates: group.aggregates, tiles: group.tiles, dataset: `features.${group.name}` };
}

/** A transform's rows are as late as those of the sources below it: tiles must stay open for them, or a late event leaks into the past. */
function timeOf(input: LowerInput, { from, time }: { readonly from: string; readonly time: TimeKeys }): TimeKeys {
  const lateness = latenessOf(input, from);
  return time.ingestedAt === undefined || lateness === undefined ? time : { ...time, lateness };
}

/** Groups that an online deployment asks for and that are kept online. */
export function servedOnline({ analysis }: LowerInput): ReadonlySet<string> {
  const plans = servedModels(analysis).flatMap((model) => model.plans);
  return new Set(plans.filter((name) => isOnline(known(analysis.groups, name))));
}

function isOnline(group: GroupFacts): boolean {
  return group.kind !== "request" && group.online !== undefined;
}

export function storeId(group: string): string {
  return `online.${group}`;
}

export function lowerStores(input: LowerInput, layout: Layout): readonly Store[] {
  return [...servedOnline(input)].map((name) => {
    const { id } = known(input.analysis.groups, name);
    return {
      ...node(input, storeId(name), id),
      plan: name,
      ...placeOf(input, layout, name),
      generation: generationOf(input.analysis, id, input.code),
      maxAge: maxAge(input, name),
    };
  });
}

/** How long it may take until a stream that has ended is back, ms. */
const RESTART = 10 * 60_000;

/** Until the next refresh is done the store is as old as a period, and as a run waits for late rows; two more may fail. */
function maxAge(input: LowerInput, name: string): number {
  const group = known(input.analysis.groups, name);
  if (group.kind === "request") throw new Error(`${name} has no store`);
  const stream = streamed(input.analysis, group.from);
  if (stream !== undefined) return Math.max(RESTART, 3 * lagOf(stream.topic));
  return 3 * known(input.analysis.schedules, group.schedule).longest + (latenessOf(input, group.from) ?? 0);
}
