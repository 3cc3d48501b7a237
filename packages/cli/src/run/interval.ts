/** The interval that `mlspec run` takes when none is asked for: all that has arrived. */
import type { Ir } from "@mlspec/compiler";
import type { Engine } from "./engine.js";
import { instant, type Interval } from "./plan.js";

const DAY = 86_400_000;

/** A sentence where it cannot be told. */
export async function defaultInterval(
  engine: Pick<Engine, "newest">,
  ir: Ir,
  folder: string,
  now: number = Date.now(),
): Promise<Interval | string> {
  const starts = Object.values(ir.schedules).map(({ start }) => Date.parse(`${start}T00:00:00Z`));
  const ends: number[] = [now];
  let last = -Infinity;
  for (const dataset of Object.values(ir.datasets)) {
    if (dataset.kind !== "source" || dataset.time.ingestedAt === undefined) continue;
    const ask = (column: string): Promise<number | string> =>
      engine.newest({ folder, input: dataset.input.path, format: dataset.input.format, column });
    const [arrived, happened] = [await ask(dataset.time.ingestedAt), await ask(dataset.time.eventTime)];
    if (typeof arrived === "string" || typeof happened === "string")
      return `the newest row of ${dataset.id} (${dataset.input.path}) cannot be read: ${String(typeof arrived === "string" ? arrived : happened).split("\n")[0] ?? ""}`;
    ends.push(arrived - (dataset.time.lateness ?? 0));
    last = Math.max(last, happened);
  }
  // Stragglers arrive long after: days in which nothing happened are not run.
  if (Number.isFinite(last)) ends.push(Math.floor(last / DAY) * DAY + DAY);
  return lastMidnight(Math.min(...starts), Math.min(...ends));
}

export function lastMidnight(start: number, arrived: number): Interval | string {
  const end = Math.floor(arrived / DAY) * DAY;
  if (end <= start) return `no whole day has arrived since ${instant(start)}`;
  return { start: instant(start), end: instant(end) };
}
