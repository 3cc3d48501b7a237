import { expect, it } from "vitest";
import { frameReaches } from "../../src/sql/frames.js";
import { parseSql } from "../../src/sql/parse/index.js";

const reaches = (over: string): readonly unknown[] => {
  const parsed = parseSql(`SELECT sum(a) OVER (${over}) AS s FROM t`);
  if (!parsed.ok) throw new Error(over);
  return frameReaches(parsed.query);
};
const HOUR = 3_600_000;

it.each<readonly [string, number, number]>([
  ["RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW", 168 * HOUR, 0],
  ["RANGE BETWEEN INTERVAL '90' MINUTE PRECEDING AND INTERVAL 1 HOUR FOLLOWING", 1.5 * HOUR, HOUR],
  ["RANGE BETWEEN INTERVAL 2 HOURS PRECEDING AND INTERVAL 1 HOUR PRECEDING", 2 * HOUR, 0],
  ["RANGE INTERVAL 1 DAY PRECEDING", 24 * HOUR, 0],
  // How long these are, their text does not say.
  ["RANGE BETWEEN INTERVAL 1 MONTH PRECEDING AND CURRENT ROW", 0, 0],
  ["RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", 0, 0],
])("%s", (frame, back, ahead) => {
  expect(reaches(`PARTITION BY b ORDER BY t.At ${frame}`)).toEqual([{ by: "at", back, ahead }]);
});

it.each([
  "ORDER BY at ROWS BETWEEN 7 PRECEDING AND CURRENT ROW",
  "ORDER BY at DESC RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW",
  "ORDER BY at + INTERVAL 1 DAY RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW",
  "ORDER BY at",
])("nothing of %s", (over) => expect(reaches(over)).toEqual([]));

it("knows windows with a name", () => {
  const parsed = parseSql("SELECT sum(a) OVER w AS s FROM t WINDOW w AS (ORDER BY at RANGE INTERVAL 1 HOUR PRECEDING)");
  expect(parsed.ok && frameReaches(parsed.query)).toEqual([{ by: "at", back: HOUR, ahead: 0 }]);
});
