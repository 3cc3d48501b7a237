import { analyze, emptyIr, memoryHost, type Analysis, type FixtureValue } from "@mlspec/compiler";
import { expect, it } from "vitest";
import { jobOf } from "../../src/test/job.js";

const project = (tests: unknown): string =>
  JSON.stringify({
    mlspec: "v1",
    project: "shop",
    storage: { path: "./lake", format: "delta" },
    schedule: { cron: "0 2 * * *", start: "2026-01-01" },
    environments: { local: { runtime: "local" } },
    targets: { spark: { version: "4.1" } },
    entities: { customer: { key: "customer_id" } },
    sources: {
      orders: {
        files: { path: "./raw", format: "parquet" },
        key: "order_id",
        event_time: "ordered_at",
        columns: { order_id: "string!", customer_id: "string!", amount: "decimal(12,2)", weight: "double", ordered_at: "timestamp!" },
      },
    },
    transforms: { large: { sql: "SELECT order_id, customer_id, amount, ordered_at FROM orders WHERE amount > 100", as: "table" } },
    features: { spending: { entity: "customer", from: "large", aggregates: { total: "sum(amount) over 1d" } } },
    tests,
  });

function analysed(tests: unknown): Analysis {
  const { environments, diagnostics } = analyze(memoryHost({ "mlspec.yaml": project(tests) }));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const [analysis] = environments.flatMap((environment) => environment.analysis ?? []);
  if (analysis === undefined) throw new Error("there is no analysis");
  return analysis;
}

const order = (more: object): object => ({ order_id: "o1", customer_id: "c1", ordered_at: "2026-01-01T10:00:00+02:00", ...more });

function rowsOf(more: object): readonly (readonly FixtureValue[])[] {
  const { tests } = analysed({ one: { given: { orders: [order(more)] }, expect: { orders: [{ order_id: "o1" }] } } });
  return tests["one"]?.given[0]?.rows ?? [];
}

it("gives values as text, of which no digit is lost, in the order of the columns", () => {
  expect(rowsOf({ amount: 12.5, weight: 1e21 })).toEqual([["o1", "c1", "12.50", "1e+21", "2026-01-01T08:00:00.000000Z"]]);
  expect(rowsOf({ amount: "1234567890.12", weight: null })).toEqual([["o1", "c1", "1234567890.12", null, "2026-01-01T08:00:00.000000Z"]]);
  expect(rowsOf({ amount: 1e9 })[0]?.[2]).toBe("1000000000.00");
  expect(rowsOf({ amount: 1e-2 })[0]?.[2]).toBe("0.01");
});

it("leaves texts as they are: nothing in them is code", () => {
  const texts = ["'); DROP TABLE orders; --", "`id` $(id) {{x}} {% x %}", '"""\\', "\u0007\u202e😀", "__proto__", "NULL", ""];
  for (const text of texts) expect(rowsOf({ order_id: text })[0]?.[0]).toBe(text);
});

it("says what the runner needs: types, what groups are of, transforms in the order in which they are computed, keys of tables", () => {
  const analysis = analysed({
    one: {
      given: { orders: [order({})] },
      expect: { large: [{ order_id: "o1" }], spending: [{ customer: "c1", at: "2026-01-01T12:00:00Z", total_1d: null }] },
    },
  });
  const test = analysis.tests["one"];
  if (test === undefined) throw new Error("there is no test");
  const job = jobOf(test, analysis, emptyIr);
  expect(job).toMatchObject({
    groups: { spending: "large" },
    transforms: ["large"],
    expected: [
      {
        title: "large",
        of: { kind: "rows", dataset: "transforms.large" },
        compared: [{ name: "order_id", type: "string" }],
        key: ["order_id", "ordered_at"],
      },
      {
        title: "spending",
        of: { kind: "features", group: "spending", plans: ["spending"] },
        asked: [{ name: "customer_id", type: "string" }],
        rows: [{ at: "2026-01-01T12:00:00.000000Z", asked: { customer_id: "c1" }, values: { total_1d: null } }],
      },
    ],
  });
});

it("does not go below a transform that is given", () => {
  const given = { large: [order({})] };
  const analysis = analysed({ one: { given, expect: { spending: [{ customer: "c1", at: "2026-01-01T12:00:00Z", total_1d: null }] } } });
  const test = analysis.tests["one"];
  expect(test?.given[0]?.time).toEqual({ key: ["order_id"], eventTime: "ordered_at" });
  expect(test?.given[0]?.dataset).toBe("transforms.large");
});
