/** The interval that `mlspec run` takes when none is asked for: whole days, all that has arrived. The data decides, never the clock. */
import type { Ir } from "@mlspec/compiler";
import type { Engine } from "./engine.js";
import { instant, type Interval } from "./plan.js";

const DAY = 86_400_000;

export interface Chosen {
  readonly interval: Interval;
  /** Why it ends there, for a person. */
  readonly why: string;
}

type SourceDataset = Extract<Ir["datasets"][string], { readonly kind: "source" }>;

interface Bound {
  readonly end: number;
  readonly why: string;
}

/** A sentence where it cannot be told. */
export async function defaultInterval(engine: Pick<Engine, "newest">, ir: Ir, folder: string): Promise<Chosen | string> {
  const sources = Object.values(ir.datasets).filter((dataset) => dataset.kind === "source");
  // Where some sources say when their rows came in, these tell how far the data reaches; others may be of any age.
  const clocked = sources.filter(({ time }) => time.ingestedAt !== undefined);
  const bounds: Bound[] = [];
  let last: Bound | undefined;
  for (const source of clocked.length > 0 ? clocked : sources) {
    const newest = await newestOf(engine, source, folder);
    if (typeof newest === "string") return `the newest row of ${source.id} (${placeOf(source)}) cannot be read: ${newest}`;
    const quiet = { end: midnight(newest.happened) + DAY, why: `the midnight after the last event of ${source.id}` };
    // Stragglers arrive long after: days in which nothing happened are not run.
    if (newest.arrived !== undefined)
      bounds.push(quiet, { end: midnight(newest.arrived), why: `the last midnight that ${source.id} has passed by its lateness` });
    else if (last === undefined || quiet.end > last.end) last = quiet;
  }
  if (last !== undefined) bounds.push(last);
  const start = Math.min(...Object.values(ir.schedules).map((schedule) => Date.parse(`${schedule.start}T00:00:00Z`)));
  return chosen(start, bounds);
}

type Newest = { readonly arrived: number | undefined; readonly happened: number };

async function newestOf(engine: Pick<Engine, "newest">, { name, input, time }: SourceDataset, folder: string): Promise<Newest | string> {
  const ask = async (column: string): Promise<number | string> => {
    const place = "path" in input ? { input: input.path, format: input.format } : { input: name, format: input.kind };
    const answer = await engine.newest({ folder, ...place, column });
    return typeof answer === "number" ? answer : (answer.split("\n")[0] ?? "");
  };
  const happened = await ask(time.eventTime);
  if (typeof happened === "string") return happened;
  if (time.ingestedAt === undefined) return { arrived: undefined, happened };
  const arrived = await ask(time.ingestedAt);
  return typeof arrived === "string" ? arrived : { arrived: arrived - (time.lateness ?? 0), happened };
}

function placeOf({ input }: SourceDataset): string {
  switch (input.kind) {
    case "jdbc":
      return input.table.join(".");
    case "kafka":
      return input.topic;
    default:
      return input.path;
  }
}

const midnight = (moment: number): number => Math.floor(moment / DAY) * DAY;

function chosen(start: number, bounds: readonly Bound[]): Chosen | string {
  const [first, ...others] = bounds;
  if (first === undefined) return "there are no sources";
  const { end, why } = others.reduce((least, each) => (each.end < least.end ? each : least), first);
  if (end <= start) return `no whole day has arrived since ${instant(start)}: ${why} is ${instant(end)}`;
  return { interval: { start: instant(start), end: instant(end) }, why };
}
