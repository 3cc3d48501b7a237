import { parseCron, parseDate, parseTimezone } from "../shorthand/index.js";
import type { ScheduleSpec } from "../spec.js";
import type { Finding, ScheduleFacts } from "./analysis.js";
import { lag, longestGap, period, scheduleName, type CronIn } from "./cron.js";
import { atKey, finding } from "./finding.js";

/** Id of a schedule that cannot be known. */
export const NO_SCHEDULE = "none";

export interface Schedules {
  readonly findings: readonly Finding[];
  /** Somebody who asks for schedules, and those that it was told of. */
  asking(): Asked;
}

export interface Asked {
  /** Id of the schedule that a definition runs on. */
  idOf(own: ScheduleSpec | undefined): string;
  readonly facts: Record<string, ScheduleFacts>;
}

/** Effective schedules: a definition's own keys over the project's. Definitions that run alike share one. */
export function collectSchedules(project: ScheduleSpec): Schedules {
  // Most definitions run alike, and to know a schedule is to go through its ticks.
  const known = new Map<string, ScheduleFacts | undefined>();
  const factsOf = (own: ScheduleSpec): ScheduleFacts | undefined => {
    const key = own === NONE ? "" : JSON.stringify([own.cron, own.timezone, own.start]);
    if (!known.has(key)) known.set(key, effective(project, own));
    return known.get(key);
  };
  const findings = (["cron", "start"] as const).flatMap((key) =>
    project[key] === undefined ? [finding("schedule-incomplete", atKey("schedule"), { key })] : [],
  );
  const asking = (): Asked => {
    const facts: Record<string, ScheduleFacts> = {};
    return {
      facts,
      idOf(own) {
        const found = factsOf(own ?? NONE);
        if (found === undefined) return NO_SCHEDULE;
        facts[found.id] = found;
        return found.id;
      },
    };
  };
  return { findings, asking };
}

const NONE: ScheduleSpec = {};

function effective(project: ScheduleSpec, own: ScheduleSpec): ScheduleFacts | undefined {
  const { cron, timezone = "UTC", start } = { ...project, ...own };
  if (cron === undefined || start === undefined) return undefined;
  const parsed = parseCron(cron);
  // A text that is not well written was reported before: one with a variable that does not exist, say.
  if (!parsed.ok || !parseTimezone(timezone).ok || !parseDate(start).ok) return undefined;
  const projectZone = project.timezone ?? "UTC";
  // A name says what is unlike the project's schedule, so that it stays when others change.
  const zone = timezone === projectZone ? "" : `_${timezone.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`;
  const since = start === project.start ? "" : `_from_${start.replaceAll("-", "")}`;
  const from = Date.parse(`${start}T00:00:00Z`);
  const length = period({ cron: parsed.value, timezone }, from);
  return {
    id: `${scheduleName(cron, parsed.value)}${zone}${since}`,
    cron: cron.trim().split(/\s+/).join(" "),
    timezone,
    start,
    ...(length === undefined ? {} : { period: length }),
    longest: longestGap(parsed.value, from),
  };
}

/** Distance between every two schedules, where it is constant: `consumer<producer`. */
export function lagsOf(schedules: Readonly<Record<string, ScheduleFacts>>): Readonly<Record<string, number>> {
  const lags: Record<string, number> = {};
  const all = Object.values(schedules).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const consumer of all) {
    for (const producer of all) {
      if (consumer.id === producer.id) continue;
      const [a, b] = [cronOf(consumer), cronOf(producer)];
      const distance = a && b && lag(a, b, Date.parse(`${consumer.start}T00:00:00Z`));
      if (distance !== undefined) lags[`${consumer.id}<${producer.id}`] = distance;
    }
  }
  return lags;
}

function cronOf({ cron, timezone }: ScheduleFacts): CronIn | undefined {
  const parsed = parseCron(cron);
  return parsed.ok ? { cron: parsed.value, timezone } : undefined;
}
