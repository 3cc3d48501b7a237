import { expect, it } from "vitest";
import { lag, nextTick, period, previousTick, scheduleName } from "../../src/4-analyze/cron.js";
import { parseCron, type Cron } from "../../src/shorthand/index.js";

const cron = (text: string): Cron => {
  const parsed = parseCron(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
};
const at = (text: string, timezone = "UTC"): { cron: Cron; timezone: string } => ({ cron: cron(text), timezone });
const iso = (ms: number | undefined): string => (ms === undefined ? "never" : new Date(ms).toISOString().slice(0, 16));
const start = Date.UTC(2026, 0, 1);

it.each([
  ["0 2 * * *", "daily_0200"],
  ["15 * * * *", "hourly_15"],
  ["0 4 * * 0", "sundays_0400"],
  ["0 4 * * 7", "sundays_0400"],
  ["0 4 1 * *", "monthly_1_0400"],
  ["*/5 * * * *", "cron_anyper5_any_any_any_any"],
  ["0 2,14 * * 1-5", "cron_0_2and14_any_any_1to5"],
  ["0 0 13 * 5", "cron_0_0_13_any_5"],
])("names %s %s", (text, name) => expect(scheduleName(text, cron(text))).toBe(name));

it("finds ticks on both sides", () => {
  expect(iso(nextTick(at("0 2 * * *"), start))).toBe("2026-01-01T02:00");
  expect(iso(nextTick(at("0 2 * * *"), start + 2 * 3_600_000))).toBe("2026-01-02T02:00");
  expect(iso(previousTick(at("0 4 * * 0"), start))).toBe("2025-12-28T04:00");
  expect(iso(nextTick(at("0 0 29 2 *"), start))).toBe("2028-02-29T00:00");
  expect(iso(previousTick(at("0 0 29 2 *"), start))).toBe("2024-02-29T00:00");
  expect(nextTick(at("0 0 31 2 *"), start)).toBeUndefined();
  expect(iso(nextTick(at("0 0 13 * 5"), start))).toBe("2026-01-02T00:00");
});
it("follows the clocks of a zone", () => {
  const paris = at("30 2 * * *", "Europe/Paris");
  expect(iso(nextTick(paris, Date.UTC(2026, 2, 28)))).toBe("2026-03-28T01:30");
  expect(iso(nextTick(paris, Date.UTC(2026, 2, 29)))).toBe("2026-03-29T01:30");
  expect(iso(nextTick(paris, Date.UTC(2026, 2, 30)))).toBe("2026-03-30T00:30");
  expect(iso(nextTick(paris, Date.UTC(2026, 9, 24, 20)))).toBe("2026-10-25T00:30");
  expect(iso(nextTick(paris, Date.UTC(2026, 9, 25, 0, 30)))).toBe("2026-10-26T01:30");
});
it("measures the distance to a producer", () => {
  expect(lag(at("0 4 * * 0"), at("0 2 * * *"), start)).toBe(2 * 3_600_000);
  expect(lag(at("0 2 * * *"), at("0 2 * * *"), start)).toBe(0);
  expect(lag(at("0 2 * * *"), at("15 * * * *"), start)).toBe(45 * 60_000);
  expect(lag(at("0 2 * * *"), at("0 4 * * 0"), start)).toBeUndefined();
  expect(lag(at("0 4 * * *", "Europe/Paris"), at("0 2 * * *"), start)).toBeUndefined();
  expect(lag(at("0 4 * * *", "Europe/Paris"), at("0 2 * * *", "Europe/Paris"), start)).toBeUndefined();
  expect(lag(at("0 6 * * *", "Europe/Paris"), at("0 4 * * *", "Europe/Paris"), start)).toBe(2 * 3_600_000);
});
it("knows equal intervals", () => {
  expect(period(at("0 2 * * *"), start)).toBe(86_400_000);
  expect(period(at("0 2 * * *", "Europe/Paris"), start)).toBeUndefined();
  expect(period(at("0 4 1 * *"), start)).toBeUndefined();
});
