import { mistake, ok, type Parsed } from "./result.js";

/** The values that each field of a cron expression stands for, ascending. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Whether the day or the weekday field is `*`: where neither is, either may match. */
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

interface FieldRule {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12, words: MONTHS },
  { name: "weekday", least: 0, most: 7, words: WEEKDAYS },
] as const satisfies readonly FieldRule[];

/** Five fields: minute, hour, day, month, weekday. */
export function parseCron(text: string): Parsed<Cron> {
  if (text.trim().startsWith("@"))
    return mistake(0, text.length, "a cron expression has five fields, such as `0 2 * * *`; names such as `@daily` are not taken");
  const fields = [...text.matchAll(/\S+/g)];
  if (fields.length !== FIELDS.length)
    return mistake(
      0,
      text.length,
      `a cron expression has five fields (minute, hour, day, month, weekday), such as \`0 2 * * *\`; this has ${fields.length}`,
    );
  const values: (readonly number[])[] = [];
  for (const [index, rule] of FIELDS.entries()) {
    const parsed = parseField(fields[index]?.[0] ?? "", fields[index]?.index ?? 0, rule);
    if (!parsed.ok) return parsed;
    values.push(parsed.value);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = values;
  const starts = (index: number): boolean => (fields[index]?.[0] ?? "").startsWith("*");
  return ok({ minutes, hours, days, months, weekdays: unique(weekdays.map((day) => day % 7)), anyDay: starts(2), anyWeekday: starts(4) });
}

/** Whether any day matches: 31 February does not, unless a weekday is given too. */
export function everComes(cron: Cron): boolean {
  if (cron.anyDay || !cron.anyWeekday) return true;
  return cron.months.some((month) => cron.days.some((day) => day <= daysIn(month)));
}

function daysIn(month: number): number {
  return month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function parseField(field: string, offset: number, rule: FieldRule): Parsed<readonly number[]> {
  const values: number[] = [];
  let at = offset;
  for (const part of field.split(",")) {
    const parsed = parsePart(part, at, rule);
    if (!parsed.ok) return parsed;
    values.push(...parsed.value);
    at += part.length + 1;
  }
  return ok(unique(values));
}

function parsePart(part: string, offset: number, rule: FieldRule): Parsed<readonly number[]> {
  const [, range = "", step] = /^([^/]*)(?:\/(\d+))?$/.exec(part) ?? [];
  const all = range === "*";
  const [from, to] = all ? [rule.least, rule.most] : range.split("-").map((word) => numberOf(word, rule));
  const bounds =
    rule.words === undefined
      ? `${rule.least} to ${rule.most}`
      : `${rule.least} to ${rule.most} or ${rule.words[0]} to ${rule.words.at(-1)}`;
  if (from === undefined || Number.isNaN(from) || (to !== undefined && Number.isNaN(to)) || range.split("-").length > 2) {
    return mistake(
      offset,
      part.length,
      `\`${part}\` is no ${rule.name}: write ${bounds}, \`*\`, a range such as \`${rule.least}-${rule.most}\`, or a step such as \`*/2\``,
    );
  }
  const last = to ?? (step === undefined ? from : rule.most);
  if (from < rule.least || last > rule.most) return mistake(offset, part.length, `\`${part}\` is no ${rule.name}: it goes from ${bounds}`);
  if (from > last) return mistake(offset, part.length, `the range \`${range}\` goes backwards`);
  const by = step === undefined ? 1 : Number(step);
  if (by === 0) return mistake(offset, part.length, "a step is at least 1");
  return ok(Array.from({ length: Math.floor((last - from) / by) + 1 }, (_, i) => from + i * by));
}

function numberOf(word: string, rule: FieldRule): number {
  if (/^\d{1,2}$/.test(word)) return Number(word);
  const index = rule.words?.indexOf(word.toLowerCase()) ?? -1;
  return index < 0 ? Number.NaN : index + rule.least;
}

function unique(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
