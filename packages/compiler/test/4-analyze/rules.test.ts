import { expect, it } from "vitest";
import { printDataType } from "../../src/4-analyze/types/text.js";
import type { Analysis } from "../../src/4-analyze/analysis.js";
import { analyzed, changed, fraud } from "./project.js";

/** What the example leaves open is beside the point here. */
const OPEN: ReadonlySet<string> = new Set(["knowledge-time-assumed", "lateness-assumed", "window-shorter-than-refresh"]);
const codes = (analysis: Analysis): string[] => [...new Set(analysis.findings.map(({ code }) => code).filter((code) => !OPEN.has(code)))];
const velocity = (aggregates: unknown, more: object = {}): Analysis => {
  const spec = changed(["features", "card_velocity", "aggregates"], aggregates);
  const base = changed(["features", "card_velocity"], { ...spec.features?.["card_velocity"], derived: {}, ...more });
  return analyzed({ ...base, models: {}, deployments: {} });
};
const outputs = (analysis: Analysis): string[] =>
  analysis.groups["card_velocity"]?.outputs.map(({ name, type }) => `${name} ${printDataType(type)}`) ?? [];

it("types aggregates as Spark does", () => {
  const spec = structuredClone(fraud());
  const analysis = analyzed({
    ...spec,
    models: {},
    deployments: {},
    features: {
      g: {
        entity: "card",
        from: "transactions",
        aggregates: {
          a: "sum(amount) over 1h",
          b: "avg(amount) over 1h",
          c: "max(created_at) over 1h",
          d: "count(country) over all",
          e: "sum(cast(amount as bigint)) over 1d",
          f: "min(country) over 30d",
        },
      },
    },
  });
  expect(analysis.groups["g"]?.outputs.map(({ name, type }) => `${name} ${printDataType(type)}`)).toEqual([
    "a_1h decimal(22,2)",
    "b_1h decimal(16,6)",
    "c_1h timestamp",
    "d_all bigint",
    "f_30d string",
  ]);
  expect(codes(analysis)).toContain("may-fail");
});
it("chooses tiles by the window, or takes the group's", () => {
  const tiles = (analysis: Analysis): unknown => {
    const group = analysis.groups["card_velocity"];
    return group?.kind === "windowed" ? group.tiles.map((tile) => tile / 60_000) : [];
  };
  expect(tiles(velocity({ n: "count(*) over [10m, 1h, 12h, 12d, 13d, all]" }))).toEqual([1, 5, 60, 1440]);
  expect(tiles(velocity({ n: "count(*) over [1h, 7d]" }, { tile: "30m" }))).toEqual([30]);
  expect(codes(velocity({ n: "count(*) over 1h" }, { tile: "7m" }))).toContain("window-size");
  expect(codes(velocity({ n: "count(*) over 45m" }, { tile: "30m" }))).toContain("window-size");
  expect(outputs(velocity({ n: "count(*) over [60m, 24h]" }))).toEqual(["n_60m bigint", "n_24h bigint"]);
});

it("asks for every column that is read where it is read", () => {
  expect(codes(analyzed(changed(["deployments", "fraud_review", "rows"], "cards")))).toEqual(["unknown-column"]);
  expect(codes(analyzed(changed(["models", "fraud_score", "label"], { column: "isfraud", known_after: "30d" })))).toEqual([
    "unknown-column",
  ]);
  expect(codes(analyzed(changed(["entities", "card", "key"], "cardid")))).toEqual(["entity-key"]);
  expect(codes(analyzed(changed(["features", "card_profile", "columns"], ["home_countr", "credit_limit"])))).toContain("unknown-column");
  expect(codes(analyzed(changed(["features", "payment_context", "request"], ["amount", "contry"])))).toContain("unknown-column");
});

it("stays standing when views read each other", () => {
  const spec = changed(["transforms", "payments", "sql"], "SELECT * FROM labelled_payments");
  const analysis = analyzed(
    changed(["x"], 1) && {
      ...spec,
      transforms: { ...spec.transforms, labelled_payments: { ...spec.transforms?.["labelled_payments"], as: "view" } },
    },
  );
  expect(codes(analysis)).toContain("cycle");
});
it("stays standing on long chains of derived values and odd names", () => {
  const derived = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i}`, `d${i + 1} + 1`]));
  expect(codes(analyzed(changed(["features", "payment_context", "derived"], derived)))).toContain("expression-too-deep");
  expect(codes(analyzed(changed(["features", "payment_context", "derived"], { a: "constructor.name = 'x'", b: "toString + 1" })))).toEqual(
    expect.arrayContaining(["unknown-column"]),
  );
});

it.each([
  [
    "spark",
    ["4.1", "4.1.1", ">=4.1 <4.2", ">=4.1 <=4.1", "4.0", ">=4.0 <4.2", ">=4.0 <4.1", ">=4 <=4.1"],
    ["3.5", ">=4.0", ">=3.5 <4.2", ">=4.1 <5", "4", "4.2", ">=4.0 <4.3"],
  ],
  ["kubernetes", ["1.31", "1.36", ">=1.31 <1.37", ">=1.33 <=1.35"], ["1.30", "1.37", ">=1.31", "<1.36", ">=1.30 <1.34", ">=1.36 <1.38"]],
])("takes versions and ranges of %s that it writes for only", (target, good, bad) => {
  const told = (version: string): boolean =>
    codes(analyzed(changed(["targets", target, "version"], version))).includes("unsupported-version");
  expect(good.filter(told)).toEqual([]);
  expect(bad.filter((version) => !told(version))).toEqual([]);
});

it("takes airflow ranges that it writes for only", () => {
  const told = (version: string): boolean =>
    codes(analyzed(changed(["targets", "airflow", "version"], version))).includes("unsupported-version");
  expect([">=2.11 <4", ">=3.0 <3.4", "3.3", ">=2.11.0 <4.0"].map(told)).toEqual([false, false, false, false]);
  expect([">=2.10 <4", ">=2.11", "<4", ">=2.11 <5", "4.0", ">=2.11 <=4"].map(told)).toEqual([true, true, true, true, true, true]);
});
