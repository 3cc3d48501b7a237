import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { createMemo, hasErrors, memoryHost, analyze, compile, type Diagnostic } from "@mlspec/compiler";
import { emitters, folderTexts } from "../support/compile.js";
import { mutations, type Chance } from "./mutate.js";

const example = folderTexts("tests/support/fraud_files");
const FILES = ["mlspec.yaml", ...Object.keys(example).filter((path) => path.startsWith("specs/"))];
/** Far above what any of these takes: what is looked for does not end, or grows with the square. */
const LIMIT = 15_000;

/** Files that are not spoilt are read once. */
const memo = createMemo();

interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
  readonly compiled: boolean;
}

function answer(files: Readonly<Record<string, string | Uint8Array>>): Answer {
  const begin = performance.now();
  const project = analyze(memoryHost(files), memo);
  const { diagnostics, environments } = compile(project, { emitters });
  expect(performance.now() - begin).toBeLessThan(LIMIT);
  return { diagnostics, texts: project.texts, compiled: environments.length > 0 };
}

/** It compiles, or says why not, at a place that exists. */
function expectAnswer(files: Readonly<Record<string, string | Uint8Array>>): Answer {
  const told = answer(files);
  expect(told.compiled).toBe(!hasErrors(told.diagnostics));
  for (const { code, message, file, span, related = [], fix } of told.diagnostics) {
    for (const place of [{ file, span }, ...related, ...(fix?.edits ?? [])]) {
      const length = told.texts.get(place.file)?.length ?? 0;
      expect({ code, start: place.span.start, end: place.span.end, inside: isInside(place.span, length) }).toMatchObject({ inside: true });
    }
    expect(message).not.toMatch(/undefined|\[object |NaN/);
  }
  return told;
}

function isInside({ start, end }: { readonly start: number; readonly end: number }, length: number): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length;
}

const numbers = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 4, maxLength: 4 });
const chances = (values: readonly number[]): Chance => {
  let next = 0;
  return () => values[next++ % values.length] ?? 0;
};

const RUNS = Number(process.env["MLSPEC_MUTATIONS"] ?? 8);

describe("the fraud example, spoilt", () => {
  it.each(Object.keys(mutations))(
    "%s",
    (name) => {
      const mutate = mutations[name];
      fc.assert(
        fc.property(fc.constantFrom(...FILES), numbers, fc.integer({ min: 1, max: 3 }), (file, values, times) => {
          const chance = chances(values);
          let text = example[file] ?? "";
          for (let i = 0; i < times; i++) text = mutate?.(text, chance) ?? text;
          expectAnswer({ ...example, [file]: text });
        }),
        { seed: Number(process.env["MLSPEC_SEED"] ?? 7), numRuns: RUNS },
      );
    },
    120_000,
  );
});

/** Paths of all values below a value. */
function paths(value: unknown, above: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [above];
  const inner = Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    paths(each, [...above, Array.isArray(value) ? Number(key) : key]),
  );
  return above.length === 0 ? inner : [above, ...inner];
}

/** The one or the other at each: which, is another one at its neighbours. */
function alternately<T>(all: readonly T[], turn: number): readonly T[] {
  return process.env["MLSPEC_MUTATIONS"] === undefined ? all.filter((_, i) => i % 2 === turn) : all;
}

describe("every value of the example, replaced by", () => {
  it.each(["${var.nothing}", "[z-a]"].map((wrong, turn) => ({ wrong, turn })))(
    "$wrong",
    ({ wrong, turn }) => {
      for (const file of FILES) {
        const whole = parseDocument(example[file] ?? "");
        for (const path of alternately(paths(whole.toJS()), turn)) {
          const document = whole.clone();
          document.setIn(path, wrong);
          expectAnswer({ ...example, [file]: document.toString() });
        }
      }
    },
    120_000,
  );
});

const SMALL = `mlspec: v1
project: shop
storage: { path: ./lake, format: delta }
environments: { local: { runtime: local } }
targets: { spark: { version: "4.1" }, python: {} }
sources:
  orders:
    files: { path: ./lake/raw/orders, format: parquet }
    key: order_id
    event_time: ordered_at
    columns: { order_id: string!, ordered_at: timestamp! }
`;

describe("hostile texts", () => {
  const deep = (open: string, close: string, times = 10_000): string => `a: ${open.repeat(times)}1${close.repeat(times)}\n`;
  const bomb = [
    "a: &a [x, x, x, x, x, x, x, x, x]",
    ..."bcdefghi".split("").map((name, i) => `${name}: &${name} [${`*${"abcdefgh"[i]}, `.repeat(9)}]`),
    "",
  ].join("\n");
  it.each<[string, string]>([
    ["lists in lists", deep("[", "]")],
    ["maps in maps", deep("{a: ", "}")],
    ["lists of lists by dashes", `a:\n${"- ".repeat(10_000)}1\n`],
    ["keys by question marks", "? ".repeat(10_000)],
    ["maps by indentation", Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
    ["tags", "!x ".repeat(10_000)],
    ["anchors", "&x ".repeat(10_000)],
    ["an alias bomb", bomb],
    ["an alias of itself", "a: &a [*a]\n"],
    ["a merge of itself", "a: &a\n  <<: *a\n"],
    ["five thousand keys", Array.from({ length: 5_000 }, (_, i) => `k${i}: 1\n`).join("")],
    ["one key five thousand times", "k: 1\n".repeat(5_000)],
    ["a thousand documents", "---\na: 1\n".repeat(1_000)],
    ["a line of a million characters", `a: ${"x".repeat(1_000_000)}\n`],
    ["quotes that never close", `a: "${"x\n".repeat(100_000)}`],
    ["a million spaces", `a:${" ".repeat(1_000_000)}1`],
    ["very many new lines", `a:${"\n".repeat(200_000)}1`],
    ["a hundred thousand comments", "# x\n".repeat(100_000)],
    ["nothing but colons", ":".repeat(100_000)],
    ["commas between braces", `a: {${",".repeat(20_000)}}`],
    ["carriage returns", "a: 1\r".repeat(10_000)],
  ])(
    "%s",
    (_, text) => {
      for (const file of [
        { "mlspec.yaml": text },
        { "mlspec.yaml": SMALL + text },
        { "mlspec.yaml": `${SMALL}include: [more.yaml]\n`, "more.yaml": text },
      ]) {
        expect(hasErrors(expectAnswer(file).diagnostics)).toBe(true);
      }
    },
    60_000,
  );

  it.each(["__proto__", "toString"].map((key, turn) => ({ key, turn })))(
    "$key as every key and name",
    ({ key, turn }) => {
      for (const file of FILES) {
        const whole = parseDocument(example[file] ?? "");
        const named = paths(whole.toJS()).filter((each) => typeof each.at(-1) === "string");
        for (const path of alternately(named, turn)) {
          const document = whole.clone();
          document.setIn([...path.slice(0, -1), key], document.getIn(path));
          expectAnswer({ ...example, [file]: document.toString() });
        }
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
    120_000,
  );

  it("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (bytes, at) => {
        const whole = new TextEncoder().encode(example["mlspec.yaml"]);
        const from = at % whole.length;
        const spoilt = new Uint8Array([...whole.slice(0, from), ...bytes, ...whole.slice(from)]);
        for (const text of [bytes, spoilt]) expectAnswer({ ...example, "mlspec.yaml": text });
      }),
      { seed: 11, numRuns: 3 * RUNS },
    );
  }, 60_000);
});

it("takes every time zone that it says it takes, and refuses all others without a crash", () => {
  const odd = [
    "Etc/GMT+12",
    "Etc/GMT-14",
    "Etc/GMT+13",
    "Etc/GMT0",
    "EST5EDT",
    "EST",
    "CET",
    "GMT",
    "UCT",
    "Zulu",
    "America/Argentina/ComodRivadavia",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "+01:00",
    "europe/paris",
    "Europe/Nowhere",
    "Europe/",
    "/",
    "..",
    "Europe/Paris ",
    "Europe/Paris\u0000",
    "UTC+1",
    "\u{1F600}/x",
    `Europe/${"x".repeat(10_000)}`,
  ];
  const crons = ["0 2 * * *", "30 2 * * 0", "*/7 * * * *", "0 0 29 2 *", "59 23 31 12 *"];
  const zones = [...Intl.supportedValuesOf("timeZone"), ...odd];
  const wrong: string[] = [];
  for (const [i, zone] of zones.entries()) {
    const schedule = `schedule: { cron: "${crons[i % crons.length]}", timezone: ${JSON.stringify(zone)}, start: 2026-01-01 }\n`;
    const told = expectAnswer({ "mlspec.yaml": SMALL + schedule });
    const refused = told.diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
    expect([[], ["bad-value"]]).toContainEqual(refused);
    const isZone = zone.includes("/") || zone === "UTC";
    if (!odd.includes(zone) && isZone !== (refused.length === 0)) wrong.push(zone);
  }
  expect(wrong).toEqual([]);
}, 60_000);
