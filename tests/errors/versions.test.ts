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
