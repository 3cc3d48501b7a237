import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { front } from "../front.js";
import { renderPretty } from "../../src/render.js";

const example = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../examples/fraud_detection/${path}`, import.meta.url)), "utf8");

it("finds nothing wrong with the example, and merges it for each environment", () => {
  const files = {
    "mlspec.yaml": example("mlspec.yaml"),
    "specs/data.yaml": example("specs/data.yaml"),
    "specs/model.yaml": example("specs/model.yaml"),
  };
  const { diagnostics, resolution } = front(files);
  expect(renderPretty(diagnostics, new Map(Object.entries(files)))).toBe("");
  const [local, production] = resolution.environments;
  expect(local?.spec?.storage.path).toBe("./lake");
  expect(production?.spec?.storage.path).toBe("s3a://acme-fraud/lake");
  expect(production?.spec?.sources?.["cards"]?.files?.path).toBe("s3a://acme-fraud/lake/raw/cards");
  expect(production?.spec?.deployments?.["fraud_api"]?.scale).toEqual({ min: 4, max: 24, cpu: "70%" });
  expect(local?.spec?.deployments?.["fraud_api"]?.scale).toEqual({ min: 2, max: 12, cpu: "70%" });
  expect(production?.origin(["deployments", "fraud_api", "scale", "min"])).toEqual({
    file: "mlspec.yaml",
    path: ["environments", "production", "overrides", "deployments", "fraud_api", "scale", "min"],
    by: "overrides",
  });
  expect(production?.origin(["deployments", "fraud_api", "scale", "cpu"])).toMatchObject({ file: "specs/model.yaml", by: "file" });
});

const topic = (over: string): { readonly "mlspec.yaml": string } => ({
  "mlspec.yaml": `mlspec: v1
project: till
storage: { path: ./lake, format: delta }
schedule: { cron: "0 2 * * *", timezone: UTC, start: 2026-01-01 }
environments:
  local: { runtime: local, overrides: { sources: { payments: ${over} } } }
  production: { runtime: kubernetes }
targets: { spark: { version: "4.1" } }
sources:
  payments:
    x-team: tills
    kafka: { bootstrap_servers: "localhost:9092", topic: payments, format: json, trigger: 5s }
    key: payment_id
    event_time: paid_at
    ingested_at: broker
    lateness: 20m
    columns: { payment_id: string!, paid_at: timestamp! }
    checks: { paid: { not_null: [paid_at], on_fail: warn } }
`,
});

it("lets overrides replace one of several keys of which there is exactly one, and merges it where it is the same", () => {
  const kinds = (over: string): { readonly said: string; readonly kinds: readonly (readonly string[])[]; readonly team: unknown } => {
    const files = topic(over);
    const { diagnostics, resolution } = front(files);
    const sources = resolution.environments.map(
      ({ value }) => (value as { sources: { payments: Record<string, unknown> } }).sources.payments,
    );
    return {
      said: renderPretty(diagnostics, new Map(Object.entries(files))),
      kinds: sources.map((source) => Object.keys(source).filter((key) => ["files", "table", "jdbc", "kafka"].includes(key))),
      team: sources[0]?.["x-team"],
    };
  };
  const files = "files: { path: ./raw, format: parquet }, ingested_at: ingested_at, columns: { ingested_at: timestamp! }";
  expect(kinds(`{ ${files} }`)).toEqual({ said: "", kinds: [["files"], ["kafka"]], team: "tills" });
  expect(kinds("{ kafka: { topic: tests } }")).toEqual({ said: "", kinds: [["kafka"], ["kafka"]], team: "tills" });
  expect(front(topic("{ kafka: { topic: tests } }")).resolution.environments[0]?.spec?.sources?.["payments"]?.kafka).toMatchObject({
    topic: "tests",
    trigger: "5s",
  });
  // In a check, too.
  const checks = "{ checks: { paid: { expect: payment_id > '' } } }";
  expect(front(topic(checks)).resolution.environments.map(({ spec }) => spec?.sources?.["payments"]?.checks?.["paid"])).toEqual([
    { expect: "payment_id > ''", on_fail: "warn" },
    { not_null: ["paid_at"], on_fail: "warn" },
  ]);
  // Two are two.
  const both = kinds(`{ ${files}, kafka: { topic: tests } }`);
  expect(both.said).toContain("it has `files` and `kafka`. Keep one.");
});
