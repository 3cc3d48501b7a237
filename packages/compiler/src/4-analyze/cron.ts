/** Ticks of cron schedules in time zones, names of schedules, and the distance between two of them. `Intl` knows the zones. */
import type { Cron } from "../shorthand/index.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A cron expression in its time zone. */
export interface CronIn {
  readonly cron: Cron;
  readonly timezone: string;
}

/** Ticks in [from, to), ascending. A wall-clock time that a change of clocks leaves out comes when the clocks have changed; one that it repeats comes once. */
export function* ticks({ cron, timezone }: CronIn, from: number, to: number): Generator<number> {
  const offset = offsetIn(timezone);
  let last = -Infinity;
  for (let day = Math.floor(from / DAY) * DAY - DAY; day < to + DAY; day += DAY) {
    if (!matchesDay(cron, new Date(day))) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const at = utcOf(day + hour * 60 * MINUTE + minute * MINUTE, offset);
        if (at < from || at <= last) continue;
        if (at >= to) return;
        last = at;
        yield at;
      }
    }
  }
}

function matchesDay(cron: Cron, date: Date): boolean {
  if (!cron.months.includes(date.getUTCMonth() + 1)) return false;
  const day = cron.days.includes(date.getUTCDate());
  const weekday = cron.weekdays.includes(date.getUTCDay());
  return cron.anyDay || cron.anyWeekday ? day && weekday : day || weekday;
}

export function nextTick(schedule: CronIn, after: number): number | undefined {
  // Four years and a bit hold every date that there is, a leap day too; eight hold one around 2100.
  return ticks(schedule, after + 1, after + 9 * 366 * DAY).next().value ?? undefined;
}

export function previousTick(schedule: CronIn, before: number): number | undefined {
  for (let span = DAY; span <= 16 * 366 * DAY; span *= 4) {
    let last: number | undefined;
    for (const tick of ticks(schedule, before - span, before)) last = tick;
    if (last !== undefined) return last;
  }
  return undefined;
}

type Offset = (utc: number) => number;

function utcOf(wall: number, offset: Offset): number {
  // The offset before the wall time is right for repeated times (the first) and for times left out (what comes after).
  const before = wall - offset(wall - DAY);
  return wall - offset(before) === before ? before : Math.max(wall - offset(before), before);
}

/** Minutes east of UTC in ms. */
function offsetIn(timezone: string): Offset {
  if (timezone === "UTC") return () => 0;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const known = new Map<number, number>();
  return (utc) => {
    // Zones change their offset on the quarter of an hour.
    const quarter = Math.floor(utc / (15 * MINUTE)) * 15 * MINUTE;
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const part = Object.fromEntries(format.formatToParts(quarter).map(({ type, value }) => [type, Number(value)]));
    const wall = Date.UTC(part["year"] ?? 0, (part["month"] ?? 1) - 1, part["day"], part["hour"], part["minute"], part["second"]);
    known.set(quarter, wall - quarter);
    return wall - quarter;
  };
}

/** Time over which schedules are compared: both changes of clocks, and several ticks of rare ones. */
function horizon(a: CronIn, b: CronIn): number {
  const perDay = Math.max(...[a, b].map(({ cron }) => cron.hours.length * cron.minutes.length));
  const rare = [a, b].some(({ cron }) => cron.months.length < 12);
  return (rare ? 5 * 366 : perDay > 48 ? 100 : 400) * DAY;
}

/** Milliseconds from a tick of the consumer back to the producer's latest tick at or before it; undefined where it is not always the same. */
export function lag(consumer: CronIn, producer: CronIn, start: number): number | undefined {
  const end = start + horizon(consumer, producer);
  const produced = ticks(producer, start, end);
  let next = produced.next();
  let latest: number | undefined;
  let distance: number | undefined;
  for (const tick of ticks(consumer, start, end)) {
    while (next.done !== true && next.value <= tick) {
      latest = next.value;
      next = produced.next();
    }
    if (latest === undefined) continue;
    if (distance !== undefined && tick - latest !== distance) return undefined;
    distance = tick - latest;
  }
  return distance;
}

/** Length of the intervals, where all are equal. */
export function period(schedule: CronIn, start: number): number | undefined {
  let last: number | undefined;
  let length: number | undefined;
  for (const tick of ticks(schedule, start, start + horizon(schedule, schedule))) {
    if (last !== undefined) {
      if (length !== undefined && tick - last !== length) return undefined;
      length = tick - last;
    }
    last = tick;
  }
  return length;
}

/** The longest time between two ticks by the clock on the wall, which changes of clocks do not make longer. */
export function longestGap(cron: Cron, start: number): number {
  const schedule = { cron, timezone: "UTC" };
  const span = horizon(schedule, schedule);
  let last: number | undefined;
  let longest: number | undefined;
  for (const tick of ticks(schedule, start, start + span)) {
    if (last !== undefined) longest = Math.max(longest ?? 0, tick - last);
    last = tick;
  }
  return longest ?? span;
}

const WEEKDAYS = ["sundays", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays"];

/** The name that people would give it: `daily_0200`, `hourly_15`, `sundays_0400`, `monthly_1_0400`. */
export function scheduleName(text: string, cron: Cron): string {
  const [minute, ...minutes] = cron.minutes;
  const [hour, ...hours] = cron.hours;
  const slug = `cron_${text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .map((field) => field.replaceAll("*", "any").replaceAll("/", "per").replaceAll("-", "to").replaceAll(",", "and"))
    .join("_")}`;
  if (minute === undefined || hour === undefined || minutes.length > 0 || cron.months.length < 12) return slug;
  const two = (value: number): string => String(value).padStart(2, "0");
  if (cron.hours.length === 24) return cron.anyDay && cron.anyWeekday ? `hourly_${two(minute)}` : slug;
  if (hours.length > 0) return slug;
  const time = `${two(hour)}${two(minute)}`;
  if (cron.anyDay && cron.anyWeekday) return `daily_${time}`;
  const [weekday, ...weekdays] = cron.weekdays;
  if (cron.anyDay && weekdays.length === 0) return `${WEEKDAYS[weekday ?? 0]}_${time}`;
  return cron.anyWeekday && cron.days.length === 1 ? `monthly_${cron.days[0]}_${time}` : slug;
}
