/** Effects on the histories of topics, and on the streams that keep them: a checkpoint, its table and its topic belong together. */
import { canonical } from "../hash.js";
import type { TopicInput } from "../ir.js";
import { placeOf, readersOf, type Found, type Pair, type Work } from "./effect.js";
import { at, type PlanSide } from "./plan.js";

interface History {
  /** Id of the source. */
  readonly source: string;
  readonly topic: TopicInput;
  readonly path: string;
}

export function historyEffects({ before, after, moves }: Pair): readonly Found[] {
  // Histories go with the whole lake.
  const isMoved = before.ir.storage.root !== after.ir.storage.root;
  return Object.keys(before.ir.datasets).flatMap((id): readonly Found[] => {
    const old = historyOf(before, id);
    if (old === undefined) return [];
    const now = historyOf(after, moves.now(id));
    if (now === undefined) return [gone(old, moves.now(id))];
    if (old.topic.topic !== now.topic.topic) return [otherTopic(old, now)];
    if (!isMoved) return [...otherSchema(old, now), ...moved(old, now)];
    const why = "its stream stands still while its history moves";
    return [
      ...otherSchema(old, now),
      { definition: "project", class: "compatible", on: now.source, why, from: [], work: [restarted(old, now)] },
    ];
  });
}

function historyOf({ ir }: PlanSide, id: string): History | undefined {
  const source = at(ir.datasets, id);
  const topic = source?.kind === "source" && source.input.kind === "kafka" ? source.input : undefined;
  const path = topic === undefined ? undefined : at(ir.datasets, topic.history)?.path;
  return topic === undefined || path === undefined ? undefined : { source: id, topic, path };
}

/** Folders of a history: its own, and that of a checkpoint elsewhere. */
function foldersOf({ topic, path }: History): readonly string[] {
  return topic.checkpoint.startsWith(`${path}/`) ? [path] : [path, topic.checkpoint];
}

function gone(old: History, definition: string): Found {
  const why = `${placeOf(old.path)} is no longer written: its stream goes on until it is stopped`;
  const folders = foldersOf(old).map((path): Work => ({ kind: "clean", path }));
  return {
    definition,
    class: "breaking",
    on: readersOf(old.path),
    why,
    from: [],
    work: [{ kind: "stream", stops: old.topic.history }, ...folders],
  };
}

/** Offsets of one topic say nothing of another. */
function otherTopic(old: History, now: History): Found {
  const why = `${placeOf(old.path)} and its checkpoint are of ${old.topic.topic}: those of ${now.topic.topic} begin anew`;
  const aside = foldersOf(old).map((path): Work => {
    const marks = [old.topic.history, `${old.topic.history}.before`] as const;
    return { kind: "rebuild", path, ...(path === old.path ? { marks } : {}) };
  });
  return { definition: now.source, class: "backfill", on: now.source, why, from: [now.source], work: [restarted(old, now), ...aside] };
}

/** The history keeps bytes, which no schema changes: who reads them does, by one schema for all. */
function otherSchema(old: History, now: History): readonly Found[] {
  const [was, is] = [old.topic.schema, now.topic.schema];
  if (was === undefined || is === undefined || canonical(was.schema) === canonical(is.schema)) return [];
  const why = `runs read all messages of ${placeOf(now.path)} by the new schema, those that were written by the one before too: where that does not fit, they are malformed`;
  return [{ definition: now.source, class: "breaking", on: now.source, why, from: [now.source] }];
}

function moved(old: History, now: History): readonly Found[] {
  const isElsewhere = old.path !== now.path;
  // What lies in the folder of the history goes with it.
  const inside = isElsewhere && old.topic.checkpoint.startsWith(`${old.path}/`);
  const checkpoint = inside ? `${now.path}${old.topic.checkpoint.slice(old.path.length)}` : old.topic.checkpoint;
  const base = { definition: now.source, from: [] };
  const found: Found[] = [];
  if (isElsewhere) {
    const marks = [old.topic.history, now.topic.history] as const;
    const work: readonly Work[] = [restarted(old, now), { kind: "move", path: old.path, to: now.path, marks }];
    const why = `${placeOf(old.path)} becomes ${placeOf(now.path)}`;
    found.push({ ...base, class: "breaking", on: readersOf(old.path), why, work });
  }
  if (checkpoint !== now.topic.checkpoint) {
    const work: readonly Work[] = [restarted(old, now), { kind: "move", path: checkpoint, to: now.topic.checkpoint }];
    const why = `its stream goes on from ${placeOf(now.topic.checkpoint)}, and stops where that is not there`;
    found.push({ ...base, class: "backfill", on: now.source, why, work });
  }
  return found;
}

function restarted(old: History, now: History): Work {
  return { kind: "stream", stops: old.topic.history, starts: now.topic.history };
}
