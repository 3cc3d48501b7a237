/** Payments with features over one transform of them, `t`, and labels over another: what is said of the SQL of `t`. */
import { analyze } from "../../src/4-analyze/analyze.js";
import type { Finding } from "../../src/4-analyze/analysis.js";
import type { FeatureSpec, ProjectSpec, TransformSpec } from "../../src/spec.js";

export interface Given {
  readonly sql?: string;
  readonly more?: Partial<TransformSpec>;
  readonly transforms?: Readonly<Record<string, TransformSpec>>;
  readonly feature?: FeatureSpec;
  readonly knownAfter?: string;
  readonly label?: string;
}

export const WINDOWED: FeatureSpec = { entity: "card", from: "t", aggregates: { value: "max(v) over 30d", n: "count(*) over 1d" } };
export const LATEST: FeatureSpec = { entity: "card", from: "t", columns: ["v"] };

export function project({
  sql = "",
  more = {},
  transforms,
  feature = WINDOWED,
  knownAfter = "30d",
  label = "amount > seq",
}: Given): ProjectSpec {
  const t: TransformSpec = { sql, key: "id", event_time: "created_at", ...more };
  return {
    mlspec: "v1",
    project: "shop",
    storage: { path: "./lake", format: "delta" },
    schedule: { cron: "0 2 * * *", start: "2026-01-01" },
    environments: { local: { runtime: "local" } },
    targets: { spark: { version: "4.1" }, python: {} },
    entities: { card: { key: "card" } },
    sources: {
      payments: {
        files: { path: "./raw/payments", format: "parquet" },
        key: "id",
        event_time: "created_at",
        ingested_at: "seen_at",
        lateness: "1h",
        columns: {
          id: "string!",
          card: "string!",
          session: "string!",
          amount: "double!",
          country: "string",
          seq: "bigint!",
          created_at: "timestamp!",
          seen_at: "timestamp!",
        },
      },
      refunds: {
        files: { path: "./raw/refunds", format: "parquet" },
        key: "refund",
        event_time: "refunded_at",
        ingested_at: "told_at",
        lateness: "1h",
        columns: { refund: "string!", id: "string!", reason: "string", refunded_at: "timestamp!", told_at: "timestamp!" },
      },
    },
    transforms: {
      ...(transforms ?? { t }),
      labelled: {
        sql: `SELECT id, card, created_at, seen_at, ${label} AS y FROM payments`,
        key: "id",
        event_time: "created_at",
        ingested_at: "seen_at",
      },
    },
    features: { g: feature },
    models: {
      m: {
        task: "binary_classification",
        observations: "labelled",
        label: { column: "y", known_after: knownAfter },
        features: ["g"],
        estimator: "sklearn.linear_model.LogisticRegression",
        split: { by: "time", test: "20%" },
        metrics: ["roc_auc"],
      },
    },
  } as ProjectSpec;
}

const QUIET: ReadonlySet<string> = new Set(["unused-definition", "knowledge-time-assumed", "known-time-lost", "sql-any-order"]);
export function found(given: Given): readonly Finding[] {
  const { findings } = analyze({ environment: "local", spec: project(given), sqlFiles: {} });
  return findings.filter(({ code }) => !QUIET.has(code));
}
export const codes = (given: Given): readonly string[] => found(given).map(({ code }) => code);
export const select = (value: string): string => `SELECT id, card, created_at, ${value} AS v FROM payments`;
