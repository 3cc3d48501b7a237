/** Effects of definitions that come, go or move, of schedules and of the place of all data. */
import type { Analysis, ScheduleFacts } from "../4-analyze/analysis.js";
import { clientsOf, placeOf, readersOf, type Found, type Pair, type Work } from "./effect.js";
import { at, type PlanSide } from "./plan.js";
import { nameOf } from "../4-analyze/id.js";

/** Ids of all definitions of a side. */
export function definitionsOf({ entities, datasets, groups, models, deployments }: Analysis): readonly string[] {
  return [entities, datasets, groups, models, deployments].flatMap((facts) =>
    Object.values<{ readonly id: string }>(facts).map(({ id }) => id),
  );
}

export function existenceEffects(pair: Pair): readonly Found[] {
  const [old, now] = [definitionsOf(pair.before.analysis).map(pair.moves.now), definitionsOf(pair.after.analysis)];
  return [
    ...now.filter((id) => !old.includes(id)).map((id) => added(pair.after, id)),
    ...old.filter((id) => !now.includes(id)).flatMap((id) => removed(pair.before, id)),
    ...[...pair.moves.to].filter(([, to]) => to.split(".").length === 2).flatMap(([from, to]) => moved(pair, from, to)),
    ...(pair.before.ir.storage.root === pair.after.ir.storage.root ? [] : [rooted(pair)]),
    ...now.filter((id) => old.includes(id)).flatMap((id) => earlier(pair, id)),
  ];
}

function added(side: PlanSide, id: string): Found {
  const name = nameOf(id);
  const base = { definition: id, on: id, from: [] };
  const { programs } = side.ir;
  const whole = (program: string, why: string): Found => ({
    ...base,
    class: "backfill",
    why,
    work: [{ kind: "backfill", program, ...startOf(side, id) }],
  });
  if (id.startsWith("sources.")) return whole(`ingest.${name}`, "its past has to be ingested");
  if (Object.hasOwn(programs, `transform.${name}`) && id.startsWith("transforms."))
    return whole(`transform.${name}`, "its table has to be computed");
  if (Object.hasOwn(programs, `features.${name}`) && id.startsWith("features."))
    return whole(`features.${name}`, "its tiles have to be computed");
  if (id.startsWith("models."))
    return { ...base, class: "backfill", why: "it has to be trained", work: [{ kind: "retrain", model: name }] };
  const work: readonly Work[] = id.startsWith("deployments.") ? [{ kind: "roll_out", deployment: name }] : [];
  return { ...base, class: "compatible", why: "nothing depended on it before", work };
}

function startOf({ analysis }: PlanSide, id: string): { readonly from?: string } {
  const start = id.startsWith("sources.") ? scheduleOf(analysis, id)?.start : undefined;
  return start === undefined ? {} : { from: start };
}

function scheduleOf(analysis: Analysis, id: string): ScheduleFacts | undefined {
  const name = nameOf(id);
  const facts = id.startsWith("sources.") || id.startsWith("transforms.") ? at(analysis.datasets, name) : undefined;
  return facts?.schedule === undefined ? undefined : at(analysis.schedules, facts.schedule);
}

function removed({ ir }: PlanSide, id: string): readonly Found[] {
  const name = nameOf(id);
  const gone = (path: string | undefined, isRead: boolean): readonly Found[] => {
    if (path === undefined) return [{ definition: id, class: "compatible", on: id, why: "nothing uses it any more", from: [] }];
    const work: readonly Work[] = [{ kind: "clean", path }];
    const on = isRead ? readersOf(path) : id;
    return [
      { definition: id, class: isRead ? "breaking" : "compatible", on, why: `${placeOf(path)} is no longer written`, from: [], work },
    ];
  };
  if (id.startsWith("features.")) return gone(at(ir.datasets, id)?.path ?? at(ir.stores, `online.${name}`)?.path, false);
  if (id.startsWith("models.")) return gone(at(ir.models, name)?.registryPath, false);
  if (!id.startsWith("deployments.")) return gone(at(ir.datasets, id)?.path, true);
  if (at(ir.services, name) === undefined) return gone(at(ir.datasets, `predictions.${name}`)?.path, true);
  return [{ definition: id, class: "breaking", on: clientsOf(id), why: "the service is gone", from: [] }];
}

/** What has to move with a name: the table, how far it is complete, the registry, the address of a service. */
function moved(pair: Pair, from: string, to: string): readonly Found[] {
  const [old, now] = [pathOf(pair.before, from), pathOf(pair.after, to)];
  const base = { definition: to, from: [] };
  const effects: Found[] = [];
  if (old !== undefined && now !== undefined && old.path !== now.path) {
    const marks = old.dataset === undefined || now.dataset === undefined ? {} : { marks: [old.dataset, now.dataset] as const };
    const work: readonly Work[] = [{ kind: "move", path: old.path, to: now.path, ...marks }];
    const why = `${placeOf(old.path)} becomes ${placeOf(now.path)}`;
    effects.push(
      old.isRead
        ? { ...base, class: "breaking", on: readersOf(old.path), why, work }
        : { ...base, class: "backfill", on: to, why: `what is in ${why}`, work },
    );
  }
  if (at(pair.before.ir.services, nameOf(from)) !== undefined && at(pair.after.ir.services, nameOf(to)) !== undefined)
    effects.push({
      ...base,
      class: "breaking",
      on: clientsOf(to),
      why: `its name in the network is that of ${to} now`,
      work: [{ kind: "roll_out", deployment: nameOf(to) }],
    });
  return effects.length > 0 ? effects : [{ ...base, class: "compatible", on: to, why: `it was ${from}: nothing is stored under its name` }];
}

interface Stored {
  readonly path: string;
  /** Its id, where a mark says how far it is complete. */
  readonly dataset?: string;
  /** Whether others than the project's own programs may read it. */
  readonly isRead: boolean;
}

function pathOf({ ir }: PlanSide, id: string): Stored | undefined {
  const name = nameOf(id);
  const dataset = id.startsWith("deployments.") ? `predictions.${name}` : id;
  const path = id.startsWith("models.") ? at(ir.models, name)?.registryPath : at(ir.datasets, dataset)?.path;
  if (path === undefined) return undefined;
  const isMarked = !id.startsWith("models.") && !id.startsWith("deployments.");
  return { path, ...(isMarked ? { dataset } : {}), isRead: !id.startsWith("models.") && !id.startsWith("features.") };
}

function rooted({ before, after }: Pair): Found {
  const [path, to] = [before.ir.storage.root, after.ir.storage.root];
  const why = `everything is read and written below ${to} now`;
  return { definition: "project", class: "breaking", on: `readers of ${path}`, why, from: [], work: [{ kind: "move", path, to }] };
}

/** A schedule that begins earlier has intervals that nobody has run. */
function earlier({ before, after, moves }: Pair, id: string): readonly Found[] {
  if (!id.startsWith("sources.")) return [];
  const [was, is] = [scheduleOf(before.analysis, moves.was(id)), scheduleOf(after.analysis, id)];
  if (was === undefined || is === undefined || is.start >= was.start) return [];
  const own = after.analysis.spec.sources?.[nameOf(id)]?.schedule?.start !== undefined;
  const work: readonly Work[] = [{ kind: "backfill", program: `ingest.${nameOf(id)}`, from: is.start, until: was.start }];
  const why = `the days from ${is.start} to ${was.start} have not been ingested`;
  return [{ definition: own ? id : "project", class: "backfill", on: id, why, from: [], work }];
}
