import { expect, it } from "vitest";
import type { Emitter } from "@mlspec/compiler";
import { compileTexts } from "../support/compile.js";

const PROJECT = (version: string, patch: string): string => `mlspec: v1
project: shop
storage: { path: "s3a://shop/lake", format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments: { production: { runtime: kubernetes } }
targets:
  spark: { version: ">=4.1 <4.2" }
  docker: { registry: ghcr.io/shop }
  kubernetes:
    version: "${version}"
    namespace: shop
    patches: [${patch}]
sources:
  orders:
    files: { path: "s3a://shop/raw/orders", format: parquet }
    key: order_id
    event_time: ordered_at
    columns: { order_id: string!, ordered_at: timestamp! }
`;
const POD = "{ kind: CronJob, merge: { spec: { jobTemplate: { spec: { template: { spec: { resources: { limits: { cpu: 2 } } } } } } } } }";

function told(version: string, patch: string): readonly string[] {
  const { diagnostics } = compileTexts({ "mlspec.yaml": PROJECT(version, patch) });
  return diagnostics.filter(({ code }) => code !== "unused-definition").map(({ code, message }) => `${code}: ${message}`);
}

it.each(["1.33", ">=1.31 <1.37", ">=1.33 <1.35"])("a field that a cluster in %s would drop is refused", (version) => {
  const [first = "", ...more] = told(version, POD);
  expect(first).toContain(`not-in-version: Not all of \`${version}\` have \`spec.jobTemplate.spec.template.spec.resources\` of \`CronJob `);
  expect(first).toContain("Kubernetes has it from 1.34 on (its feature gate is PodLevelResources). Do without it, or let the range begin with 1.34.");
  expect(more).toEqual([]);
});

it.each(["1.34", ">=1.34 <1.37"])("a field that all clusters in %s know is fine", (version) => {
  expect(told(version, POD)).toEqual([]);
});

it("a field that no version has by default, or that has gone, is refused everywhere", () => {
  const volumes = (volume: string): string =>
    `{ kind: CronJob, merge: { spec: { jobTemplate: { spec: { template: { spec: { volumes: [${volume}] } } } } } } }`;
  expect(told("1.36", volumes("{ name: a, gitRepo: { repository: x } }"))[0]).toContain("Kubernetes has it no more from 1.33 on");
  expect(told("1.36", volumes("{ name: a, projected: { sources: [{ podCertificate: { signerName: x } }] } }"))[0]).toContain("Kubernetes does not have it by default");
});

const flyte = (parts: Partial<Emitter>): Emitter => ({
  name: "flyte",
  optionsSchema: { type: "object", properties: { version: { type: "string" } } },
  needs: [],
  tool: { name: "Flyte", versions: ">=1.10 <2", capabilities: { caching: { since: "1.12", reason: "tasks were not cached before" } } },
  uses: () => [{ capability: "caching", what: "cached tasks", definition: "sources.orders" }],
  provide: () => ({}),
  emit: () => ({ files: [{ path: "a.txt", text: "a\n", from: ["project"] }] }),
  ...parts,
});

function third(version: string, parts: Partial<Emitter> = {}): readonly string[] {
  const spec = PROJECT("1.34", "").replace("    patches: []\n", "").replace("targets:\n", `targets:\n  ./flyte.mjs: { version: "${version}" }\n`);
  const { diagnostics, analyzed } = compileTexts({ "mlspec.yaml": spec }, { "./flyte.mjs": { emitter: flyte(parts), plugin: true } });
  return diagnostics
    .filter(({ code }) => code !== "unused-definition")
    .map(({ code, message, file, span }) => `${code} at ${(analyzed.texts.get(file) ?? "").slice(span.start, span.end)}: ${message}`);
}

it("an emitter of anyone says which versions it writes for, and what some of them lack", () => {
  expect(third(">=1.12 <2")).toEqual([]);
  expect(third("1.11")).toEqual([
    "not-in-version at orders: Not all of `1.11` have cached tasks: Flyte has it from 1.12 on (tasks were not cached before). Do without it, or let the range begin with 1.12.",
  ]);
  expect(third("2.0")).toEqual([
    'unsupported-version at "2.0": `2.0` is not a version of ./flyte.mjs that mlspec writes for. Choose one within `>=1.10 <2`.',
  ]);
});

it("an emitter that names what its own table does not have has a mistake", () => {
  expect(third("1.12", { uses: () => [{ capability: "cashing", what: "cached tasks" }] })[0]).toContain("which `tool.capabilities` does not have");
  expect(third("1.12", { uses: () => "caching" as unknown as [] })[0]).toContain("`uses` has to return a list");
  expect(third("1.12", { tool: { name: "Flyte", versions: "new", capabilities: {} } })[0]).toContain("target-broken");
});

const SPARK = (version: string, sql: string, as = "view"): string => `mlspec: v1
project: shop
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", start: 2026-01-01 }
environments: { local: { runtime: local } }
targets: { spark: { version: "${version}" } }
sources:
  orders:
    files: { path: ./lake/raw/orders, format: parquet }
    key: order_id
    event_time: ordered_at
    columns: { order_id: string!, note: string, ordered_at: timestamp! }
transforms:
  notes:
    as: ${as}
    sql: |
      ${sql}
`;

/** What is said, each with the text that it points at. */
function ofSpark(version: string, sql: string, as?: string): readonly string[] {
  const text = SPARK(version, sql, as);
  const { diagnostics } = compileTexts({ "mlspec.yaml": text });
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, message, span }) => `${code} at ${text.slice(span.start, span.end)}: ${message}`);
}

const NEWER: readonly (readonly [sql: string, at: string, what: string])[] = [
  ["SELECT order_id, quote(note) AS q FROM orders", "quote", "the function `quote`"],
  ["SELECT order_id, hour(ordered_at, 1) AS h FROM orders", "hour", "the function `hour` with 2 arguments"],
  ["SELECT order_id, get(array(1), '0') AS g FROM orders", "'0'", "a place of type string in `get()`"],
  [`SELECT order_id, note = 'it''s' AS i FROM orders`, "'it''s'", "`''` for a quote inside a text (`\\'` is one in all)"],
  ["WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n, order_id FROM t CROSS JOIN orders", "t", "a recursive query"],
  ["SELECT order_id, min(TIME '10:00') OVER () AS t FROM orders", "TIME", "the type `TIME`"],
];

it.each(NEWER)("what Spark 4.0 makes nothing or something else of is refused where it may be what runs: %s", (sql, at, what) => {
  for (const range of [">=4.0 <4.2", "4.0", ">=4.0.1 <4.2"]) {
    const [first = "", ...more] = ofSpark(range, sql);
    expect(first).toContain(`not-in-version at ${at}: Not all of \`${range}\` have ${what}: Spark has it from 4.1 on`);
    expect(more).toEqual([]);
  }
  expect(ofSpark("4.1", sql)).toEqual([]);
  expect(ofSpark(">=4.1 <4.2", sql)).toEqual([]);
});

it("what both have is fine for both", () => {
  expect(ofSpark(">=4.0 <4.2", String.raw`SELECT order_id, hour(ordered_at) AS h, get(array(1), 0) AS g, note = 'it\'s' AS i FROM orders`, "table")).toEqual([]);
});

it("a column that a stored table does not keep is refused in one, not in a view", () => {
  const took = "SELECT order_id, ordered_at - ordered_at AS took FROM orders";
  expect(ofSpark("4.1", took, "table")[0]).toContain("unfit-type at took: `took` cannot be interval day to second here: a Delta table keeps no intervals.");
  expect(ofSpark("4.1", took)).toEqual([]);
  const nothing = "SELECT order_id, NULL AS nothing FROM orders";
  expect(ofSpark("4.1", nothing, "table")).toEqual([]);
  expect(ofSpark("4.0", nothing, "table")[0]).toContain("not-in-version at nothing: Not all of `4.0` have the column `nothing` of type void in a stored table");
  expect(ofSpark("4.0", nothing)).toEqual([]);
});

it("jobs read files alike on all versions of a range: what only the newest has beside others is turned off where they differ", () => {
  const settings = (version: string): string =>
    compileTexts({ "mlspec.yaml": SPARK(version, "SELECT order_id FROM orders", "table") }).output["generated/local/spark/settings.py"] ?? "";
  for (const version of ["4.0", ">=4.0 <4.2", ">=4.0.1 <4.2"]) expect(settings(version)).toContain('"spark.sql.legacy.parquet.returnNullStructIfAllFieldsMissing": "true"');
  expect(settings("4.1")).toContain("spark.sql.shuffle.partitions");
  expect(settings("4.1")).not.toContain("legacy");
});
