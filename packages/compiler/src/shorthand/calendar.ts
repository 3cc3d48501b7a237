import { mistake, ok, type Parsed } from "./result.js";

/** An ISO date, as written. */
export function parseDate(text: string): Parsed<string> {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return mistake(0, text.length, "a date is written `2026-01-31`: year, month, day");
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? ok(text) : mistake(0, text.length, "there is no such day in the calendar");
}

/** An IANA time zone. */
export function parseTimezone(text: string): Parsed<string> {
  // `Intl` also takes offsets and abbreviations such as EST, which have no daylight saving rules.
  if (!/^(UTC|[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/.test(text) || !known(text))
    return mistake(0, text.length, "this is no IANA time zone; they are written `UTC` or `Europe/Paris`");
  return ok(text);
}

function known(zone: string): boolean {
  // Most projects name no other, and to load a locale costs milliseconds.
  if (zone === "UTC") return true;
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
