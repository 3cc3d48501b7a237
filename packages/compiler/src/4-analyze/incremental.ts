/** What a run of a transform has to recompute: whether a row is made from rows near it alone, down to the sources. */
import { saidOfEach } from "../changed.js";
import type { Memo } from "../memo.js";
import { parseDuration, printDuration } from "../shorthand/index.js";
import type { FrameReach } from "../sql/frames.js";
import type { ProjectSpec, TransformSpec } from "../spec.js";
import type { DatasetFacts, Finding, Incremental, RowsRead, TransformFacts } from "./analysis.js";
import { atKey, atValue, finding, type Found } from "./finding.js";
import { sameName } from "./types/name.js";
import { nameOf } from "./id.js";

/** What is known of a transform before it is known what lies below it. */
export type OwnFacts = Omit<TransformFacts, "rows" | "incremental">;

interface Reads {
  /** What it reads, in order, where that is known. */
  readonly below: readonly (DatasetFacts | undefined)[];
  /** What in its SQL looks at more than one row. */
  readonly manyRows?: string;
  /** How far windows of its SQL look. */
  readonly frames: readonly FrameReach[];
}

export function withRows(spec: TransformSpec, facts: OwnFacts, { below, ...own }: Reads): Found<TransformFacts> {
  const known = below.filter((each) => each !== undefined);
  const rows = rowsRead(spec, facts, { ...own, below: known });
  if (spec.as !== "incremental") return { facts: { ...facts, rows }, findings: [] };
  if (rows.kind === "near") {
    const { lookBack, lateness } = rows;
    return { facts: { ...facts, rows, incremental: { lookBack, lateness, eventTimes: eventTimes(known) } }, findings: [] };
  }
  // What is not known because of a mistake was reported.
  const told = known.length < below.length || facts.open !== undefined || [facts, ...known].some((each) => !hasEventTime(each));
  const at = atValue(["transforms", facts.name, "as"]);
  return { facts: { ...facts, rows }, findings: told ? [] : [finding("not-incremental", at, { name: facts.name, why: rows.why })] };
}

function rowsRead(
  { look_back: declared }: TransformSpec,
  facts: OwnFacts,
  { below, manyRows, frames }: Reads & { readonly below: readonly DatasetFacts[] },
): RowsRead {
  const whole = (why: string): RowsRead => ({ kind: "whole", why });
  const parsed = declared === undefined ? undefined : parseDuration(declared);
  const own = parsed?.ok === true ? parsed.value : undefined;
  if (facts.time === undefined) return whole("it has no `key` and `event_time`");
  if (own === undefined && facts.function !== undefined)
    return whole("nobody can see which rows a function looks at: declare `look_back`, `0s` where each row stands for itself");
  if (own === undefined && manyRows !== undefined)
    return whole(`${manyRows}; where these lie within some time before, declare it: \`look_back: 7d\``);
  const further = own === undefined ? undefined : furtherThan(own, frames, below);
  if (further !== undefined) return whole(further);
  let [most, latest] = [0, 0];
  for (const dataset of below) {
    if (dataset.time === undefined) return whole(`\`${dataset.name}\`, which it reads, has no \`event_time\``);
    if (facts.function === undefined && !keepsTime(facts, dataset))
      return whole(`its \`event_time\` is not that of \`${dataset.name}\`, as it is there`);
    if (dataset.kind === "source") {
      const { ingestedAt, lateness = 0 } = dataset.time;
      latest = ingestedAt === undefined ? latest : Math.max(latest, lateness);
      continue;
    }
    if (dataset.rows.kind === "whole") return whole(`\`${dataset.name}\`, which it reads, is computed as a whole: ${dataset.rows.why}`);
    most = Math.max(most, dataset.rows.lookBack);
    latest = Math.max(latest, dataset.rows.lateness);
  }
  return { kind: "near", lookBack: (own ?? 0) + most, lateness: latest };
}

/** A window over event time that looks where no row may be that counts: these would be missing from its values. */
function furtherThan(declared: number, frames: readonly FrameReach[], below: readonly DatasetFacts[]): string | undefined {
  for (const { by, back, ahead } of frames) {
    if (!below.some(({ time }) => time !== undefined && sameName(time.eventTime, by))) continue;
    if (back > declared) return `a window looks ${printDuration(back)} back, further than \`look_back: ${printDuration(declared)}\``;
    if (ahead > 0) return `a window looks ${printDuration(ahead)} ahead of its row, and \`look_back\` is about rows before it`;
  }
  return undefined;
}

/** That a dataset does not have the column that it names is told there. */
function hasEventTime({ time, columns }: OwnFacts | DatasetFacts): boolean {
  return time === undefined || columns.some(({ name }) => sameName(name, time.eventTime));
}

/** Whether a row has the event time of the row that it is made from. */
function keepsTime({ time, columns }: OwnFacts, dataset: DatasetFacts): boolean {
  const wanted = `${dataset.id}.${dataset.time?.eventTime ?? ""}`.toLowerCase();
  const from = columns.find(({ name }) => sameName(name, time?.eventTime ?? ""))?.from ?? [];
  return (
    from.some(({ column, kind }) => kind === "identity" && column.toLowerCase() === wanted) && from.every(({ kind }) => kind === "identity")
  );
}

function eventTimes(below: readonly DatasetFacts[]): Incremental["eventTimes"] {
  return Object.fromEntries(below.map(({ id, time }) => [id, time?.eventTime ?? ""]));
}

const NONE = {};

/** Look-backs that no incremental transform goes by. */
export function idleLookBacks(
  { transforms = NONE }: Pick<ProjectSpec, "transforms">,
  datasets: ReadonlyMap<string, DatasetFacts>,
  memo: Memo,
): readonly Finding[] {
  const given = saidOfEach<TransformSpec, string>(transforms, {
    step: "look-backs",
    memo,
    say: (name, { look_back: lookBack }) => (lookBack === undefined ? [] : [name]),
  });
  if (given.length === 0) return [];
  const used = new Set(Object.keys(transforms).filter((name) => transforms[name]?.as === "incremental"));
  for (const name of used) {
    const facts = datasets.get(name);
    for (const id of facts?.kind === "transform" ? facts.reads : []) used.add(nameOf(id));
  }
  return given.filter((name) => !used.has(name)).map((name) => finding("look-back-idle", atKey("transforms", name, "look_back"), { name }));
}
