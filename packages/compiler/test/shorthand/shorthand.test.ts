import { describe, expect, it } from "vitest";
import {
  everComes,
  inRange,
  parseAggregate,
  parseCallable,
  parseColumnType,
  parseCpu,
  parseCron,
  parseDate,
  parseDuration,
  parseEstimator,
  parseKafkaServers,
  parseKafkaTopic,
  parseMemory,
  parsePath,
  parsePercent,
  parseTimezone,
  parseVersion,
  parseVersionRange,
  parseWindowedAggregate,
  splitArguments,
  type Parsed,
} from "../../src/shorthand/index.js";

/** The value, or the part of the text that is wrong. */
function read<T>(parse: (text: string) => Parsed<T>, text: string): T | string {
  const parsed = parse(text);
  return parsed.ok ? parsed.value : `wrong: ${text.slice(parsed.offset, parsed.offset + parsed.length)}`;
}

describe("quantities", () => {
  it.each([
    ["10m", 600_000],
    ["0s", 0],
    ["500ms", 500],
    ["2w", 1_209_600_000],
    ["10", "wrong: "],
    ["10x", "wrong: x"],
    ["m", "wrong: m"],
    ["1.5h", "wrong: 1.5h"],
    ["-1h", "wrong: -1h"],
    ["40000d", "wrong: 40000d"],
  ])("duration %s is %s", (text, expected) => {
    expect(read(parseDuration, text)).toBe(expected);
  });
  it.each([
    ["20%", 0.2],
    ["100%", 1],
    ["99.9%", 0.999],
    ["101%", "wrong: 101%"],
    ["0.2", "wrong: 0.2"],
  ])("share %s is %s", (text, expected) => {
    expect(read(parsePercent, text)).toBe(expected);
  });
  it.each([
    ["500m", 500],
    ["2", 2000],
    ["0.5", 500],
    ["0", "wrong: 0"],
    ["0.5m", "wrong: 0.5m"],
    ["many", "wrong: many"],
  ])("CPU %s is %s", (text, expected) => {
    expect(read(parseCpu, text)).toBe(expected);
  });
  it.each([
    ["1Gi", 2 ** 30],
    ["512Mi", 2 ** 29],
    ["1.5G", 1.5e9],
    ["1GB", "wrong: GB"],
    ["1", "wrong: "],
    ["1Ki", "wrong: 1Ki"],
  ])("memory %s is %s", (text, expected) => {
    expect(read(parseMemory, text)).toBe(expected);
  });
});

describe("cron", () => {
  it("expands names, ranges, steps and lists", () => {
    expect(read(parseCron, "*/20 8-10 1,15 jan-mar mon,7")).toEqual({
      minutes: [0, 20, 40],
      hours: [8, 9, 10],
      days: [1, 15],
      months: [1, 2, 3],
      weekdays: [0, 1],
      anyDay: false,
      anyWeekday: false,
    });
    expect(read(parseCron, "5/30 0 * * *")).toMatchObject({ minutes: [5, 35], anyDay: true });
  });
  it.each([
    ["* * * *", "* * * *"],
    ["60 * * * *", "60"],
    ["0 24 * * *", "24"],
    ["0 0 0 * *", "0"],
    ["0 0 * 13 *", "13"],
    ["0 0 * * monday", "monday"],
    ["*/0 * * * *", "*/0"],
    ["5-1 * * * *", "5-1"],
    ["@daily", "@daily"],
    ["1-2-3 * * * *", "1-2-3"],
    ["1,,2 * * * *", ""],
  ])("%s is wrong at %j", (text, part) => {
    expect(read(parseCron, text)).toBe(`wrong: ${part}`);
  });
  it.each([
    ["0 0 31 2 *", false],
    ["0 0 31 4,6 *", false],
    ["0 0 29 2 *", true],
    ["0 0 31 2 mon", true],
    ["0 0 31 * *", true],
  ])("%s ever comes: %s", (text, expected) => {
    const cron = parseCron(text);
    expect(cron.ok && everComes(cron.value)).toBe(expected);
  });
});

describe("calendar and versions", () => {
  it.each([
    ["2026-02-28", "2026-02-28"],
    ["2024-02-29", "2024-02-29"],
    ["2026-02-29", "wrong: 2026-02-29"],
    ["2026-1-1", "wrong: 2026-1-1"],
  ])("date %s", (text, expected) => {
    expect(read(parseDate, text)).toBe(expected);
  });
  it.each([
    ["UTC", "UTC"],
    ["Europe/Paris", "Europe/Paris"],
    ["America/Argentina/Ushuaia", "America/Argentina/Ushuaia"],
    ["EST", "wrong: EST"],
    ["+01:00", "wrong: +01:00"],
    ["Mars/Base", "wrong: Mars/Base"],
  ])("time zone %s", (text, expected) => {
    expect(read(parseTimezone, text)).toBe(expected);
  });
  it.each([
    [">=2.11 <4", "2.11", true],
    [">=2.11 <4", "2.10.5", false],
    [">=2.11 <4", "4", false],
    [">2 <=3.3", "3.3.2", true],
    ["3", "3.1", true],
    ["<4,>=2", "2", undefined],
  ])("%s holds %s: %s", (range, version, expected) => {
    const bounds = parseVersionRange(range);
    const parsed = parseVersion(version);
    expect(bounds.ok && parsed.ok ? inRange(parsed.value, bounds.value) : undefined).toBe(expected);
  });
  it("refuses an empty range and one that holds nothing", () => {
    expect(read(parseVersionRange, "")).toBe("wrong: ");
    expect(read(parseVersionRange, ">=4 <3")).toBe("wrong: >=4 <3");
    expect(read(parseVersionRange, ">= 2.11  <4")).toHaveLength(2);
  });
});

describe("paths and callables", () => {
  it.each([
    ["sql/a.sql", "sql/a.sql"],
    ["../a", "wrong: .."],
    ["a/../../b", "wrong: .."],
    ["/etc/passwd", "wrong: /etc/passwd"],
    ["C:/x", "wrong: C:/x"],
    ["a\\b", "wrong: \\"],
    ["a//b", "wrong: /"],
    ["a\nb", "wrong: \n"],
  ])("path %j", (text, expected) => {
    expect(read(parsePath, text)).toBe(expected);
  });
  it("tells classes, factories and functions", () => {
    expect(read(parseEstimator, "sklearn.linear_model.Ridge")).toEqual({ kind: "class", module: "sklearn.linear_model", name: "Ridge" });
    expect(read(parseEstimator, "src/model.py:build")).toEqual({ kind: "factory", file: "src/model.py", function: "build" });
    expect(read(parseEstimator, "sklearn.linear model.Ridge")).toBe("wrong: linear model");
    expect(read(parseEstimator, "Ridge")).toBe("wrong: Ridge");
    expect(read(parseCallable, "src/train.py:1st")).toBe("wrong: 1st");
    expect(read(parseCallable, "../train.py:go")).toBe("wrong: ..");
  });
});

describe("column types", () => {
  it("reads nested types", () => {
    expect(read(parseColumnType, "string!")).toEqual({ type: { kind: "string" }, nullable: false });
    expect(read(parseColumnType, " decimal( 12 , 2 ) ")).toEqual({ type: { kind: "decimal", precision: 12, scale: 2 }, nullable: true });
    expect(read(parseColumnType, "map<string,array<struct<a:int not null,b:BIGINT>>>")).toEqual({
      type: {
        kind: "map",
        key: { kind: "string" },
        valueContainsNull: true,
        value: {
          kind: "array",
          containsNull: true,
          element: {
            kind: "struct",
            fields: [
              { name: "a", type: { kind: "int" }, nullable: false },
              { name: "b", type: { kind: "bigint" }, nullable: true },
            ],
          },
        },
      },
      nullable: true,
    });
  });
  it.each([
    ["strng", "strng"],
    ["decimal(12", ""],
    ["decimal(40,2)", "40,2"],
    ["decimal(2,3)", "2,3"],
    ["array<text>", "text"],
    ["struct<a:int,A:int>", "A"],
    ["string not null", "not null"],
    ["string!!", "!"],
    ["map<map<int,int>,int>", "map<int,int>"],
    ["array<>", ">"],
    ["", ""],
    [`${"array<".repeat(30)}int`, "a"],
  ])("%s is wrong at %j", (text, part) => {
    expect(read(parseColumnType, text)).toBe(`wrong: ${part}`);
  });
});

describe("aggregates", () => {
  it("splits function, argument and windows, with their offsets", () => {
    const text = "sum( amount * 2 ) over [1h, 7d]";
    const parsed = parseWindowedAggregate(text);
    expect(parsed).toEqual({
      ok: true,
      value: {
        function: { text: "sum", offset: 0 },
        argument: { text: "amount * 2", offset: 5 },
        windows: [
          { text: "1h", offset: 24, length: 3_600_000 },
          { text: "7d", offset: 28, length: 604_800_000 },
        ],
      },
    });
    expect(read(parseWindowedAggregate, "count(*) over all")).toMatchObject({
      argument: { text: "*", offset: 6 },
      windows: [{ length: "all" }],
    });
    expect(read(parseAggregate, "max(nullif(a, ')'))")).toMatchObject({ argument: { text: "nullif(a, ')')", offset: 4 } });
  });
  it("splits arguments at commas outside of brackets and quotes", () => {
    const argument = { text: "nullif(a, ','), `b,` , c", offset: 7 };
    expect(splitArguments(argument)).toEqual([
      { text: "nullif(a, ',')", offset: 7 },
      { text: "`b,`", offset: 23 },
      { text: "c", offset: 30 },
    ]);
  });
  it.each([
    ["sum(amount)", "sum(amount)"],
    ["sum() over 1h", ")"],
    ["sum(a) over", ""],
    ["sum(a) over [1h", "[1h"],
    ["sum(a) over 1h, 2h", "1h, 2h"],
    ["sum(a) over [60m, 1h]", "1h"],
    ["sum(a) over [1h,]", ""],
    ["sum(a) b over 1h", "sum(a) b over 1h"],
    ["sum((a) over 1h", "("],
    ["sum(a) over 0m", "0m"],
  ])("%s is wrong at %j", (text, part) => {
    expect(read(parseWindowedAggregate, text)).toBe(`wrong: ${part}`);
  });
});

describe("topics", () => {
  it("reads brokers", () => {
    expect(read(parseKafkaServers, "b-1.acme.example:9092,10.1.2.3:9098,[::1]:9092")).toEqual([
      { host: "b-1.acme.example", port: 9092 },
      { host: "10.1.2.3", port: 9098 },
      { host: "::1", port: 9092 },
    ]);
  });
  it.each([
    ["b-1.acme.example", "b-1.acme.example"],
    ["kafka://b-1:9092", "kafka://b-1:9092"],
    ["b-1:9092, b-2:9092", " b-2:9092"],
    ["b-1:9092,", ""],
    ["b-1:9092,b-2:0", "b-2:0"],
    ["b-1:99999", "b-1:99999"],
    ["user:word@b-1:9092", "user:word@b-1:9092"],
  ])("%s is wrong at %j", (text, part) => {
    expect(read(parseKafkaServers, text)).toBe(`wrong: ${part}`);
  });
  it.each(["payments.transactions", "a", "A_b-9"])("%s is a topic", (text) => {
    expect(read(parseKafkaTopic, text)).toBe(text);
  });
  it.each(["..", "a b", "a,b", "ä", "a".repeat(250)])("%s is none", (text) => {
    expect(read(parseKafkaTopic, text)).toBe(`wrong: ${text}`);
  });
});
